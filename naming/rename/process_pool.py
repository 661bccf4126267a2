"""Other processes for the computing that naming takes, so that who talks to Claude does only that.

The tasks are the parts of naming that are computing alone.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from naming.chain import name_task, without_key
from naming.claude.instructions import load_instructions
from naming.outcome import CannotName, Outcome, Reason
from naming.request import Request
from naming.validation import believe
from naming.validation.examples import Examples

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence

    from naming.names import TaskName

Task: TypeAlias = "tuple[Callable[..., Awaitable[Any]], tuple[Any, ...]]"
"""A function of this module and what it is given."""

TASKS_A_CHUNK: Final = 64
CHUNKS_A_PROCESS: Final = 2
"""Chunks under way for each process: one that is worked at, and one that waits there."""

MOST_PROCESSES: Final = 8
WORTH_PROCESSES: Final = 2_000
"""Tasks. Fewer are named sooner than other processes have started."""


class ProcessPool:
    """Does tasks in other processes, those that wait at the same moment together.

    In this process where it has none, and where one has died.
    """

    def __init__(self, processes: int) -> None:
        self._waiting: asyncio.Queue[tuple[Task, asyncio.Future[Any]]] = asyncio.Queue()
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

    async def name_without_key(self, prompt: str) -> Outcome:
        """Name by the prompt's own words, for want of a key."""
        return await self._run(name_without_key, prompt)  # type: ignore[no-any-return]

    async def name_unasked(self, prompt: str) -> Outcome:
        """Name by the prompt's own words, by choice."""
        return await self._run(name_unasked, prompt)  # type: ignore[no-any-return]

    async def read_question(self, prompt: str) -> tuple[str, Outcome]:
        """Find what Claude is to be asked, empty for nothing, and the outcome without an answer."""
        return await self._run(read_question, prompt)  # type: ignore[no-any-return]

    async def judge_reply(self, reply: str, text: str) -> TaskName:
        """Make a name of Claude's reply to cleaned `text`. Raises CannotName."""
        judged = await self._run(judge_reply, reply, text)
        if isinstance(judged, Reason):
            raise CannotName(judged)
        return judged  # type: ignore[no-any-return]

    async def conclude(self, prompt: str, name: TaskName) -> Outcome:
        """Take a name of Claude's for a prompt, unless it holds what the prompt keeps secret."""
        return await self._run(conclude, prompt, name)  # type: ignore[no-any-return]

    async def stop(self) -> None:
        """End the processes."""
        for serving in self._serving:
            serving.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)

    async def _run(self, function: Callable[..., Awaitable[Any]], *given: Any) -> Any:  # noqa: ANN401 # as the task has it
        if self._executor is None:
            return await function(*given)
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.put_nowait(((function, given), future))
        return await future

    async def _serve(self, executor: ProcessPoolExecutor) -> None:
        while True:
            chunk = [await self._waiting.get()]
            while len(chunk) < TASKS_A_CHUNK and not self._waiting.empty():
                chunk.append(self._waiting.get_nowait())
            tasks = [task for task, _ in chunk]
            try:
                running = asyncio.get_running_loop().run_in_executor(executor, run_chunk, tasks)
                results = await running
            except BrokenProcessPool:  # what it would have done is done here
                results = await _results(tasks)
            for (_, future), result in zip(chunk, results, strict=True):
                if future.done():
                    continue
                if isinstance(result, Exception):
                    future.set_exception(result)
                else:
                    future.set_result(result)


@asynccontextmanager
async def open_pool(processes: int) -> AsyncIterator[ProcessPool]:
    """Run so many processes; with none of them the tasks are done here."""
    pool = ProcessPool(processes)
    try:
        yield pool
    finally:
        await pool.stop()


def processes_for(tasks: int) -> int:
    """Choose how many processes, one a core, name so many tasks without waiting for Claude."""
    cores = min(os.cpu_count() or 1, MOST_PROCESSES)
    return cores if cores > 1 and tasks >= WORTH_PROCESSES else 0


def tasks_ahead(processes: int) -> int:
    """Tell how many tasks keep so many processes busy."""
    return processes * TASKS_A_CHUNK * 4 or 1


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


def run_chunk(tasks: Sequence[Task]) -> list[Any]:
    """Do tasks; gives the result of each, or the exception that it raised."""
    return _loop().run_until_complete(_results(tasks))


@cache
def _loop() -> asyncio.AbstractEventLoop:
    return asyncio.new_event_loop()


async def _results(tasks: Sequence[Task]) -> list[Any]:
    results = []
    for function, given in tasks:
        try:
            results.append(await function(*given))
        except Exception as error:  # noqa: BLE001 # handed on to who waits for this one
            results.append(error)
    return results


async def name_without_key(prompt: str) -> Outcome:
    """Name by the prompt's own words; the reason is that there is no key."""
    return await name_task(prompt, without_key, 0.0)


async def name_unasked(prompt: str) -> Outcome:
    """Name by the prompt's own words; the reason is that Claude was not asked."""
    return await name_task(prompt, _decline, 0.0)


async def read_question(prompt: str) -> tuple[str, Outcome]:
    """Find what Claude is to be asked, empty for nothing, and the outcome without an answer."""
    asked = []

    async def note(request: Request, until: float) -> TaskName:
        asked.append(request.text)
        return await _decline(request, until)

    outcome = await name_task(prompt, note, 0.0)
    return asked[0], outcome


async def judge_reply(reply: str, text: str) -> TaskName | Reason:
    """Make a name of Claude's reply to cleaned `text`, or tell why it is none."""
    try:
        return believe(reply, Request(text), _examples())
    except CannotName as declined:
        return declined.reason


async def conclude(prompt: str, name: TaskName) -> Outcome:
    """Take a name of Claude's for a prompt, unless it holds what the prompt keeps secret."""

    async def give(_request: Request, _until: float) -> TaskName:
        return name

    return await name_task(prompt, give, 0.0)


@cache
def _examples() -> Examples:
    return Examples(example.task_name for example in load_instructions().examples)


async def _decline(_request: Request, _until: float) -> TaskName:
    raise CannotName(Reason.NOT_ASKED)
