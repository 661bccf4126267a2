"""Other processes for what naming computes, so that who talks to Claude does only that."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import Final, TypeVar, TypeVarTuple

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

WORTH_PROCESSES: Final = 500
"""Tasks. Fewer are named sooner than other processes have started."""

MOST_PROCESSES: Final = 8


def processes_for(tasks: int) -> int:
    """Choose how many processes, one a core, compute the names of so many tasks."""
    cores = min(os.cpu_count() or 1, MOST_PROCESSES)
    return cores if cores > 1 and tasks >= WORTH_PROCESSES else 0


class ProcessPool:
    """Runs functions in other processes; in a thread where it has none, or one has died."""

    def __init__(self, processes: int) -> None:
        self.processes = processes
        self._executor: ProcessPoolExecutor | None = None
        if processes:
            self._executor = ProcessPoolExecutor(
                processes, multiprocessing.get_context("spawn"), initializer=_end_with_parent
            )
            # They inherit it: Ctrl-C is for this process to answer.
            before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            for _ in range(processes):
                self._executor.submit(os.getpid)
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    async def run(self, function: Callable[[*Ts], T], *given: *Ts) -> T:
        """Give what `function` makes of what it is given. Raises what it raises."""
        if self._executor is not None:
            with suppress(BrokenProcessPool):  # what it would have done is done here
                loop = asyncio.get_running_loop()
                return await loop.run_in_executor(self._executor, function, *given)
        return await asyncio.to_thread(function, *given)

    def close(self) -> None:
        """End the processes."""
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)


def _end_with_parent() -> None:
    """Have this process end when the one that started it is gone, however that ended."""
    os.setsid()  # signals to the terminal's processes are not for this one
    parent = multiprocessing.parent_process()
    assert parent is not None  # noqa: S101 # it runs in other processes only

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
