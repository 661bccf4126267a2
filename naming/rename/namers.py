"""Who names a plan's tasks: Claude, waited for as long as it takes, or the prompts' own words."""

import asyncio
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import aclosing, contextmanager, suppress
from functools import cache
from itertools import islice
from typing import Final, NamedTuple, TypeVar, TypeVarTuple

from naming.claude.instructions import load_instructions
from naming.extraction import name_from_request
from naming.names import TaskName
from naming.outcome import CannotName, Outcome, Reason, Source
from naming.rename.good_names import good_name, is_legacy, name_from_old_words
from naming.rename.plan_file import PlanSettings
from naming.rename.tasks import Task
from naming.request import Question, Request
from naming.secrets.redaction import Redacted

_instructions: Final = cache(load_instructions)

T = TypeVar("T")
U = TypeVar("U")
Ts = TypeVarTuple("Ts")

TASKS_A_CHUNK: Final = 64  # tasks that are read from the source, and by a process, in one go
WORTH_PROCESSES: Final = 500  # tasks. Fewer are named sooner than other processes have started
MOST_PROCESSES: Final = 8


def processes_for(tasks: int) -> int:
    """Choose how many processes, one a core, compute the names of so many tasks."""
    cores = min(os.cpu_count() or 1, MOST_PROCESSES)
    return cores if cores > 1 and tasks >= WORTH_PROCESSES else 0


LONGEST_SECONDS: Final = 60.0
"""Seconds that a task may take in another process. Python 3.11 can lose a task that is given to its
pool while a process of it dies: nothing ever comes back for that one."""


class ProcessPool:
    """Runs functions in other processes; in a thread where it has none, or one has died."""

    def __init__(self, processes: int) -> None:
        self.processes = processes
        self._executor: ProcessPoolExecutor | None = None
        if processes:
            self._executor = ProcessPoolExecutor(
                processes, multiprocessing.get_context("spawn"), initializer=_end_with_parent
            )
            with _ctrl_c_later():  # they inherit it: Ctrl-C is for this process to answer
                for _ in range(processes):
                    self._executor.submit(os.getpid)

    async def run(self, function: Callable[[*Ts], T], *given: *Ts) -> T:
        """Give what `function` makes of what it is given. Raises what it raises."""
        if self._executor is not None:
            with suppress(BrokenProcessPool, TimeoutError):  # what it would have done is done here
                loop = asyncio.get_running_loop()
                async with asyncio.timeout(LONGEST_SECONDS):
                    return await loop.run_in_executor(self._executor, function, *given)
        return await asyncio.to_thread(function, *given)

    def close(self) -> None:
        """End the processes."""
        if self._executor is not None:
            with _ctrl_c_later():  # Python 3.11, interrupted here, waits for them for ever at exit
                self._executor.shutdown(cancel_futures=True)


@contextmanager
def _ctrl_c_later() -> Iterator[None]:
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


class Work(NamedTuple):
    """What is to be named."""

    tasks: int
    pending: Callable[[], Iterator[Task]]  # gives the tasks to ask about, as often as wanted
    asked: PlanSettings


class ReadTask(NamedTuple):
    """What a task's prompt and its old names hold."""

    question: Question | None  # what Claude is asked, unless there is no name or a good one
    words: TaskName | None  # the good name to keep, or else what serves where Claude gives none
    redacted: Sequence[Redacted] = ()
    values: Mapping[str, str] = {}  # for the places of the template
    is_kept: bool = False


class Namer:
    """Names tasks; this one by their prompts' own words: free, and with one process a core."""

    ahead = 1  # how many tasks are named at a time

    def __init__(self, work: Work, reason: Reason = Reason.NOT_ASKED) -> None:
        self.work, self.reason = work, reason
        self.pool = ProcessPool(processes_for(work.tasks))

    async def aclose(self) -> None:
        """End the processes."""
        self.pool.close()

    async def prepare(self) -> None:
        """Do what comes before the first task. Raises Stopped."""

    async def ask(self, question: Question) -> TaskName | str:  # noqa: ARG002 # others answer it
        """Ask Claude a question; or tell why its task is left. Raises CannotName, Stopped."""
        raise CannotName(self.reason)

    def cost_lines(self) -> list[str]:
        """Tell what naming has cost so far."""
        return []

    async def read(self) -> AsyncGenerator[tuple[Task, ReadTask]]:
        """Read tasks in a thread, and what they hold in the pool's processes, some chunks ahead."""
        tasks, pool = self.work.pending(), self.pool

        async def chunks() -> AsyncGenerator[list[Task]]:
            while chunk := await asyncio.to_thread(lambda: list(islice(tasks, TASKS_A_CHUNK))):
                yield chunk

        async def read(chunk: list[Task]) -> Iterator[tuple[Task, ReadTask]]:
            return zip(chunk, await pool.run(read_chunk, chunk, self.work.asked), strict=True)

        async with aclosing(in_order(chunks(), read, 2 * pool.processes or 1)) as read_ones:
            async for pairs in read_ones:
                for pair in pairs:
                    yield pair

    async def name(self, reading: ReadTask) -> Outcome | str:
        """Name one task as the chain does, else by its old names; or tell why it is left."""
        reason = Reason.NOT_ASKED if reading.is_kept else self.reason
        if reading.question is not None:
            try:
                name = await self.ask(reading.question)
                if isinstance(name, str):
                    return name
                repeats = (each.is_repeated_in(*name) for each in reading.redacted)
                if not is_legacy(name.name) and not any(repeats):
                    return Outcome(name, Source.CLAUDE)
                reason = Reason.NOT_A_NAME
            except CannotName as declined:
                reason = declined.reason
        if reading.words is None:
            return "neither its prompt nor its old names hold a word to name it by"
        return Outcome(reading.words, Source.PROMPT, reason)


def read_chunk(tasks: Sequence[Task], asked: PlanSettings) -> list[ReadTask]:
    """Read what Claude is to be asked about each task, and what names it without."""
    return [_read(task, asked) for task in tasks]


def _read(task: Task, asked: PlanSettings) -> ReadTask:
    request = asked.request(task.prompt)
    values = asked.template_within().values(request)
    if asked.keep_good and (kept := good_name(task)) is not None:
        return ReadTask(None, kept, values=values, is_kept=True)
    words = name_from_request(request)
    question = None if words is None else request.question
    if words is None or is_legacy(words.name):
        words = name_from_old_words(task)
    return ReadTask(question, words, request.redacted, values)


def judge(reply: str, question: Question) -> TaskName:
    """Make a name of Claude's reply to a question. Raises CannotName."""
    return _instructions().judge(reply, Request(question.text, question, [question.text]))


async def in_order(
    items: AsyncGenerator[T], work: Callable[[T], Awaitable[U]], ahead: int
) -> AsyncGenerator[U]:
    """Run `work` on up to `ahead` items at a time; gives what comes of them, in their order."""
    under_way: deque[asyncio.Future[U]] = deque()
    try:
        async with aclosing(items):
            async for item in items:
                if len(under_way) >= ahead:
                    yield await under_way.popleft()
                under_way.append(asyncio.ensure_future(work(item)))
        while under_way:
            yield await under_way.popleft()
    finally:
        for working in under_way:
            working.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
