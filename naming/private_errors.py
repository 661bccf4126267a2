"""Errors reported without their messages, which may quote a prompt or a key.

What is told is the kind of the error and where it happened.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from types import TracebackType


class ErrorLog(Protocol):
    """Where events are told: the service's log, or `PlainErrorLog`."""

    def error(self, event: str, **facts: object) -> object:
        """Tell of what went wrong."""

    def warning(self, event: str, **facts: object) -> object:
        """Tell of what may go wrong."""


class PlainErrorLog:
    """Tells each event in a line on standard error, for commands that keep no log."""

    def error(self, event: str, **facts: object) -> None:
        """Tell of what went wrong."""
        told = (
            f"{word}: {' '.join(fact) if isinstance(fact, list) else fact}"
            for word, fact in facts.items()
        )
        print(f"naming: {event}: {'; '.join(told)}", file=sys.stderr)

    warning = error


FRAMES_TOLD: Final = 8
"""The innermost frames of a traceback; the others are the framework's."""


def describe_error(error: BaseException) -> dict[str, object]:
    """Describe a bug for the log: its class and where it was raised, not its message."""
    return {"error": type(error).__name__, "at": _places(error.__traceback__)}


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-FRAMES_TOLD:]
    return ["/".join(frame.filename.rsplit("/", 2)[-2:]) + f":{frame.lineno}" for frame in frames]


def hide_messages(log: ErrorLog) -> None:
    """Send all that this process would write about itself to `log`, as kinds and places only.

    Python tells an exception's message, asyncio's debugger the arguments of slow calls, and
    libraries log what they like: each of these can hold a prompt or a key.
    """
    root = logging.getLogger()
    root.handlers = [_PrivateHandler(log)]
    root.setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    sys.excepthook = lambda _kind, error, _trace: _tell(log, "crash", error)
    sys.unraisablehook = lambda what: _tell(log, "unraisable", what.exc_value)
    threading.excepthook = lambda what: _tell(log, "thread_crash", what.exc_value)


def _tell(log: ErrorLog, event: str, error: BaseException | None) -> None:
    log.error(event, **({} if error is None else describe_error(error)))


class _PrivateHandler(logging.Handler):
    def __init__(self, log: ErrorLog) -> None:
        super().__init__()
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        facts = (
            {}
            if not record.exc_info or record.exc_info[1] is None
            else describe_error(record.exc_info[1])
        )
        place = f"{record.filename}:{record.lineno}"
        tell = self._log.error if record.levelno >= logging.ERROR else self._log.warning
        tell("library", logger=record.name, said_at=place, **facts)
