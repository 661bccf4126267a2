"""The log: one line an event, readable on a terminal, JSON in a pipe."""

import logging
import os
import sys
import threading
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final, TextIO

import msgspec

PLACE_COLUMNS: Final = 32  # of the name that was given, or else of the path
ID_COLUMNS: Final = 18  # what 100 leave; by so much of an id a request is found in other logs

_RED, _GREEN, _YELLOW, _DIM = 31, 32, 33, 2  # of levels, and of statuses by their hundreds
_COLOURS: Final = {"debug": _DIM, "warning": _YELLOW, "error": _RED, 2: _GREEN, 4: _YELLOW, 5: _RED}


class Log:
    """Writes each event of a level and above with its facts: as JSON, on a terminal for people."""

    def __init__(self, level: str, stream: TextIO | None = None) -> None:
        self._least = logging.getLevelNamesMapping()[level.upper()]
        self._stream = stream or sys.stderr
        usual = os.environ.get("TERM") not in {None, "", "dumb"}
        coloured = not os.environ.get("NO_COLOR") and bool(os.environ.get("FORCE_COLOR") or usual)
        self._render = partial(_for_people, coloured) if self._stream.isatty() else _to_json
        # A destructor's complaint can come while a line is being written.
        self._lock = threading.RLock()
        self.debug = partial(self._tell, logging.DEBUG, "debug")
        self.info = partial(self._tell, logging.INFO, "info")
        self.warning = partial(self._tell, logging.WARNING, "warning")
        self.error = partial(self._tell, logging.ERROR, "error")

    def _tell(self, level: int, word: str, event: str, **facts: object) -> None:
        if level < self._least:
            return
        facts |= {"event": event, "level": word, "timestamp": datetime.now(tz=UTC)}
        line = self._render(facts)
        with self._lock:
            self._stream.write(line + "\n")


_ENCODER: Final = msgspec.json.Encoder(enc_hook=str)


def _to_json(facts: dict[str, Any]) -> str:
    # A name's words are the prompt's: for the person who watches, not to be kept.
    facts.pop("name", None)
    return _ENCODER.encode(facts).decode()


def _for_people(coloured: bool, facts: dict[str, Any]) -> str:  # noqa: FBT001 # comes by partial
    """Write a request in columns, another event with its facts."""

    def paint(colour: int | None, text: str) -> str:
        return f"\x1b[{colour}m{text}\x1b[0m" if coloured and colour else text

    clock = f"{facts.pop('timestamp').astimezone():%H:%M:%S}"
    level, event = facts.pop("level"), facts.pop("event")
    if event != "request":
        told = "".join(f" {word}={_printable(facts[word])}" for word in sorted(facts))
        return f"{clock} {paint(_COLOURS.get(level), level)} {_printable(event)}{told}"
    status = paint(_COLOURS.get(facts["status"] // 100), f"{facts['status']:3}")
    place = _fit(facts.get("name") or facts["path"], PLACE_COLUMNS)
    source, reason = (_printable(facts.get(word) or "") for word in ("source", "reason"))
    milliseconds = f"{facts['seconds'] * 1000:8.1f} ms"
    id_ = paint(_DIM, _fit(facts["request_id"], ID_COLUMNS).rstrip())
    return f"{clock} {status} {place} {source:7} {reason:15} {milliseconds} {id_}"


def _printable(value: object) -> str:
    """Give a text in which nothing moves the cursor of a terminal."""
    text = str(value)
    return text if text.isprintable() else repr(text)


def _fit(value: object, columns: int) -> str:
    text = "".join(char if char.isascii() else "?" for char in _printable(value))
    return f"{text if len(text) <= columns else text[: columns - 1] + '…':{columns}}"
