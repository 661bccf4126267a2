"""Being told to end, by a scheduler or a closed terminal, says what Ctrl-C says.

What was done and how to go on.
"""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDINGS: Final = (signal.SIGTERM, signal.SIGHUP)


@contextmanager
def ended_as_by_ctrl_c() -> Iterator[None]:
    """Take the signals to end for Ctrl-C, but for those that are ignored, as `nohup` has it."""
    if (
        threading.current_thread() is not threading.main_thread()
    ):  # no other may say what signals do
        yield
        return
    heard = [ending for ending in ENDINGS if signal.getsignal(ending) is not signal.SIG_IGN]
    before = {ending: signal.signal(ending, _interrupt) for ending in heard}
    try:
        yield
    finally:
        for ending, handler in before.items():
            signal.signal(ending, handler)


def _interrupt(*_: object) -> None:
    if (
        signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    ):  # as for what a script runs in the background
        signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.raise_signal(
        signal.SIGINT
    )  # and not simply an exception: the event loop has its own way to take this one
