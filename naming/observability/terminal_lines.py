"""Log lines for people: what a request came to at a glance, in 100 columns.

Colours are left out where `NO_COLOR` says so (https://no-color.org) or the terminal has none;
`FORCE_COLOR` says that it has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

PLACE_COLUMNS: Final = 32
"""Of the name that was given, or else of the path."""

ID_COLUMNS: Final = 18
"""The rest; by that much of an id a request is still found in other logs."""

_RED, _GREEN, _YELLOW, _DIM = 31, 32, 33, 2
_LEVEL_COLOURS: Final = {"debug": _DIM, "warning": _YELLOW, "error": _RED}
_STATUS_COLOURS: Final = {2: _GREEN, 4: _YELLOW, 5: _RED}


def wants_colours(environ: Mapping[str, str]) -> bool:
    """Tell whether lines on a terminal should have colours; an empty variable counts as not set."""
    if environ.get("NO_COLOR"):
        return False
    return bool(environ.get("FORCE_COLOR")) or environ.get("TERM") not in {None, "", "dumb"}


class TerminalLines:
    """Writes an event as one line: requests in columns, others with their facts."""

    def __init__(self, *, coloured: bool) -> None:
        self._coloured = coloured

    def __call__(self, facts: dict[str, Any]) -> str:
        """Write the line of an event."""
        at: datetime = facts.pop("timestamp")
        level, event = facts.pop("level"), facts.pop("event")
        clock = f"{at.astimezone():%H:%M:%S}"
        if event == "request" and {"path", "status", "seconds", "request_id"} <= facts.keys():
            return f"{clock} {self._request(facts)}"
        told = "".join(f" {word}={printable(facts[word])}" for word in sorted(facts))
        return f"{clock} {self._in(_LEVEL_COLOURS.get(level), level)} {printable(event)}{told}"

    def _request(self, facts: dict[str, Any]) -> str:
        place = _fit(facts.get("name") or facts["path"], PLACE_COLUMNS)
        source, reason = (printable(facts.get(word) or "") for word in ("source", "reason"))
        colour = _STATUS_COLOURS.get(facts["status"] // 100)
        status = self._in(colour, f"{facts['status']:3}")
        milliseconds = f"{facts['seconds'] * 1000:8.1f} ms"
        id_ = self._in(_DIM, _fit(facts["request_id"], ID_COLUMNS).rstrip())
        return f"{status} {place} {source:7} {reason:15} {milliseconds} {id_}"

    def _in(self, colour: int | None, text: str) -> str:
        return f"\x1b[{colour}m{text}\x1b[0m" if self._coloured and colour else text


def printable(value: object) -> str:
    """Give a text in which nothing moves the cursor of a terminal."""
    text = str(value)
    return text if text.isprintable() else repr(text)


def _fit(value: object, columns: int) -> str:
    text = "".join(char if char.isascii() else "?" for char in printable(value))
    return f"{text if len(text) <= columns else text[: columns - 1] + '…':{columns}}"
