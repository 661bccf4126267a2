"""The log: one line an event, readable on a terminal, JSON in a pipe."""

from __future__ import annotations

import logging
import os
import sys
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, TextIO

import msgspec

from naming.observability.terminal_lines import TerminalLines, wants_colours

if TYPE_CHECKING:
    from collections.abc import Callable


class Log:
    """Writes each event of the level `least` and above as a line, with its facts."""

    def __init__(
        self, least: int, stream: TextIO, render: Callable[[dict[str, object]], str]
    ) -> None:
        self._least = least
        self._stream = stream
        self._render = render
        # A destructor's complaint can come while a line is being written.
        self._lock = threading.RLock()

    def debug(self, event: str, **facts: object) -> None:
        """Tell of what only a search for a fault asks for."""
        self._tell(logging.DEBUG, "debug", event, facts)

    def info(self, event: str, **facts: object) -> None:
        """Tell of what happens every day."""
        self._tell(logging.INFO, "info", event, facts)

    def warning(self, event: str, **facts: object) -> None:
        """Tell of what may go wrong."""
        self._tell(logging.WARNING, "warning", event, facts)

    def error(self, event: str, **facts: object) -> None:
        """Tell of what went wrong."""
        self._tell(logging.ERROR, "error", event, facts)

    def _tell(self, level: int, word: str, event: str, facts: dict[str, object]) -> None:
        if level < self._least:
            return
        facts |= {"event": event, "level": word, "timestamp": datetime.now(tz=UTC)}
        line = self._render(facts)
        with self._lock:
            self._stream.write(line + "\n")
            self._stream.flush()


def open_log(level: str, stream: TextIO | None = None) -> Log:
    """Make the service's log: readable lines on a terminal, one JSON object a line in a pipe."""
    stream = stream or sys.stderr
    least = logging.getLevelNamesMapping()[level.upper()]
    people = TerminalLines(coloured=wants_colours(os.environ))
    return Log(least, stream, people if stream.isatty() else _to_json)


_ENCODER: Final = msgspec.json.Encoder(enc_hook=str)


def _to_json(facts: dict[str, object]) -> str:
    facts.pop(
        "name", None
    )  # its words are the prompt's: for the person who watches, not to be kept
    return _ENCODER.encode(facts).decode()
