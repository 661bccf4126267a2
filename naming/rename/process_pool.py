"""Other processes for what naming computes, so that who talks to Claude does only that."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar, TypeVarTuple

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

Job: TypeAlias = "tuple[Callable[..., Any], tuple[Any, ...]]"
"""A function that another process can import, and what it is given."""

JOBS_A_CHUNK: Final = 64
CHUNKS_A_PROCESS: Final = 2
"""Chunks under way for each process: one that is worked at, and one that waits there."""


class ProcessPool:
    """Does jobs in other processes, those that wait at the same moment together.

    In this process where it has none, and where one has died.
    """

    def __init__(self, processes: int) -> None:
        self._waiting: asyncio.Queue[tuple[Job, asyncio.Future[Any]]] = asyncio.Queue()
        self._executor: ProcessPoolExecutor | None = None
        self._serving: list[asyncio.Future[None]] = []
        if processes:
            self._executor = ProcessPoolExecutor(
                processes, multiprocessing.get_context("spawn"), initializer=_end_with_parent
            )
            with _ctrl_c_blocked():  # which they inherit: Ctrl-C is for this process to answer
                for _ in range(processes):
                    self._executor.submit(os.getpid)
            self._serving = [
                asyncio.ensure_future(self._serve(self._executor))
                for _ in range(processes * CHUNKS_A_PROCESS)
            ]

    async def run(self, function: Callable[[*Ts], T], *given: *Ts) -> T:
        """Give what `function` makes of what it is given. Raises what it raises."""
        if self._executor is None:
            return function(*given)
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.put_nowait(((function, given), future))
        return await future

    async def stop(self) -> None:
        """End the processes."""
        for serving in self._serving:
            serving.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)

    async def _serve(self, executor: ProcessPoolExecutor) -> None:
        while True:
            chunk = [await self._waiting.get()]
            while len(chunk) < JOBS_A_CHUNK and not self._waiting.empty():
                chunk.append(self._waiting.get_nowait())
            jobs = [job for job, _ in chunk]
            try:
                running = asyncio.get_running_loop().run_in_executor(executor, do_jobs, jobs)
                results = await running
            except BrokenProcessPool:  # what it would have done is done here
                results = do_jobs(jobs)
            for (_, future), result in zip(chunk, results, strict=True):
                if future.done():
                    continue
                if isinstance(result, Exception):
                    future.set_exception(result)
                else:
                    future.set_result(result)


@asynccontextmanager
async def open_pool(processes: int) -> AsyncIterator[ProcessPool]:
    """Run so many processes; with none of them the jobs are done here."""
    pool = ProcessPool(processes)
    try:
        yield pool
    finally:
        await pool.stop()


@contextmanager
def _ctrl_c_blocked() -> Iterator[None]:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with_parent() -> None:
    """Have this process end when the one that started it is gone, however that ended."""
    os.setsid()  # signals to the terminal's processes are not for this one
    parent = multiprocessing.parent_process()
    assert parent is not None  # noqa: S101 # it runs in other processes only

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def do_jobs(jobs: Sequence[Job]) -> list[Any]:
    """Do some jobs; gives the result of each, or the exception that it raised."""
    results = []
    for function, given in jobs:
        try:
            results.append(function(*given))
        except Exception as error:  # noqa: BLE001 # handed on to who waits for this one
            results.append(error)
    return results
