"""Threads that nobody waits for: what libraries do in them knows no deadline of ours."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class LooseThreads(ThreadPoolExecutor):
    """Does each work in a thread of its own, which neither a loop nor the process waits for."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Begin a work."""
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()

        def work() -> None:
            try:
                future.set_result(fn(*args, **kwargs))
            except BaseException as error:  # noqa: BLE001 # raised to who waits, as in any executor
                future.set_exception(error)

        threading.Thread(target=work, daemon=True).start()
        return future
