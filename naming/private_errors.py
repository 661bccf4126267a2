"""Errors told by their kind and place, without messages, which may quote a prompt or a key."""

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from typing import Final


def tell_plainly(event: str, **facts: object) -> None:
    """Tell of an event in a line on standard error, for commands that keep no log."""
    told = (
        f"{word}: {' '.join(fact) if isinstance(fact, list) else fact}"
        for word, fact in facts.items()
    )
    print(f"naming: {event}: {'; '.join(told)}", file=sys.stderr)


FRAMES_TOLD: Final = 8  # the innermost frames of a traceback; the others are the framework's


def describe_error(error: BaseException | None) -> dict[str, object]:
    """Describe a bug for the log: its class and where it was raised, not its message."""
    if error is None:
        return {}
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES_TOLD:]
    places = ["/".join(each.filename.rsplit("/", 2)[-2:]) + f":{each.lineno}" for each in frames]
    return {"error": type(error).__name__, "at": places}


def hide_messages(error: Callable[..., object], warning: Callable[..., object]) -> None:
    """Tell all that this process would write about itself by these: as kinds and places only."""
    root = logging.getLogger()
    root.handlers = [_PrivateHandler(error, warning)]
    root.setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    sys.excepthook = lambda _kind, raised, _trace: error("crash", **describe_error(raised))
    sys.unraisablehook = lambda what: error("unraisable", **describe_error(what.exc_value))
    threading.excepthook = lambda what: error("thread_crash", **describe_error(what.exc_value))


class _PrivateHandler(logging.Handler):
    def __init__(self, *tell: Callable[..., object]) -> None:
        super().__init__()
        self._error, self._warning = tell

    def emit(self, record: logging.LogRecord) -> None:
        facts = describe_error(record.exc_info[1] if record.exc_info else None)
        tell = self._error if record.levelno >= logging.ERROR else self._warning
        place = f"{record.filename}:{record.lineno}"
        tell("library", logger=record.name, said_at=place, **facts)
