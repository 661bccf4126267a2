"""Errors told by their kind and place, without messages, which may quote a prompt or a key."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from typing import Final, Protocol


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


FRAMES_TOLD: Final = 8  # the innermost frames of a traceback; the others are the framework's


def describe_error(error: BaseException | None) -> dict[str, object]:
    """Describe a bug for the log: its class and where it was raised, not its message."""
    if error is None:
        return {}
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES_TOLD:]
    places = ["/".join(each.filename.rsplit("/", 2)[-2:]) + f":{each.lineno}" for each in frames]
    return {"error": type(error).__name__, "at": places}


def hide_messages(log: ErrorLog) -> None:
    """Send all that this process would write about itself to `log`, as kinds and places only."""
    root = logging.getLogger()
    root.handlers = [_PrivateHandler(log)]
    root.setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    sys.excepthook = lambda _kind, error, _trace: log.error("crash", **describe_error(error))
    sys.unraisablehook = lambda what: log.error("unraisable", **describe_error(what.exc_value))
    threading.excepthook = lambda what: log.error("thread_crash", **describe_error(what.exc_value))


class _PrivateHandler(logging.Handler):
    def __init__(self, log: ErrorLog) -> None:
        super().__init__()
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        facts = describe_error(record.exc_info[1] if record.exc_info else None)
        place = f"{record.filename}:{record.lineno}"
        tell = self._log.error if record.levelno >= logging.ERROR else self._log.warning
        tell("library", logger=record.name, said_at=place, **facts)
