"""Who names a plan's tasks: Claude, waited for as long as it takes, or the prompts' own words."""

from __future__ import annotations

import os
from contextlib import asynccontextmanager
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from naming.claude.instructions import load_instructions
from naming.extraction import name_from_prompt, name_from_request
from naming.outcome import CannotName, Outcome, Reason, Source
from naming.rename.process_pool import JOBS_A_CHUNK, open_pool
from naming.request import Request
from naming.validation import believe
from naming.validation.examples import Examples

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

    from naming.names import TaskName
    from naming.rename.process_pool import ProcessPool
    from naming.rename.tasks import Task
    from naming.rename.terminal import Terminal
    from naming.settings import Settings

NameTask: TypeAlias = "Callable[[str], Awaitable[Outcome | Reason]]"
"""Names a task by its prompt; gives a reason where the prompt holds nothing to name.

Raises LeftOver to leave the task out, Stopped to end the run."""


class Work(NamedTuple):
    """What is to be named, and where to speak of it meanwhile."""

    tasks: int
    pending: Callable[[], Iterator[Task]]
    """Gives the tasks to ask about, as often as wanted."""
    talk: Terminal


class Namer(NamedTuple):
    """A way to name tasks, ready."""

    name_task: NameTask
    ahead: int
    """How many tasks are named at a time."""
    cost_lines: Callable[[], list[str]]
    """Tells what naming has cost so far."""


WORTH_PROCESSES: Final = 2_000
"""Tasks. Fewer are named sooner than other processes have started."""

MOST_PROCESSES: Final = 8


def processes_for(tasks: int) -> int:
    """Choose how many processes, one a core, name so many tasks without waiting for Claude."""
    cores = min(os.cpu_count() or 1, MOST_PROCESSES)
    return cores if cores > 1 and tasks >= WORTH_PROCESSES else 0


def tasks_ahead(processes: int) -> int:
    """Tell how many tasks keep so many processes busy."""
    return processes * JOBS_A_CHUNK * 4 or 1


@asynccontextmanager
async def open_words(settings: Settings, work: Work) -> AsyncIterator[Namer]:
    """Get ready to name by the prompts' own words: free, and with one process a core."""
    has_key = settings.has_claude
    reason = Reason.NOT_ASKED if has_key else Reason.NO_API_KEY
    processes = processes_for(work.tasks)

    async with open_pool(processes) as pool:

        async def name_task(prompt: str) -> Outcome | Reason:
            words = await pool.run(name_from_prompt, prompt)
            return reason if words is None else Outcome(words, Source.PROMPT, reason)

        yield Namer(name_task, tasks_ahead(processes), list)


async def ask_or_fall_back(
    pool: ProcessPool, ask: Callable[[str], Awaitable[TaskName]], prompt: str
) -> Outcome | Reason:
    """Name one task as the chain does, with the computing elsewhere."""
    text, words = await pool.run(read_prompt, prompt)
    reason = Reason.NOT_ASKED
    if text:
        try:
            name = await ask(text)
            if not await pool.run(is_repeated, prompt, name):
                return Outcome(name, Source.CLAUDE)
            reason = Reason.NOT_A_NAME
        except CannotName as declined:
            reason = declined.reason
    return reason if words is None else Outcome(words, Source.PROMPT, reason)


def read_prompt(prompt: str) -> tuple[str, TaskName | None]:
    """Find what Claude is to be asked, empty for nothing, and the name of its own words."""
    request = Request.of(prompt)
    words = name_from_request(request)
    return ("" if words is None else request.text), words


def is_repeated(prompt: str, name: TaskName) -> bool:
    """Tell whether a name holds what the prompt keeps secret."""
    return Request.of(prompt).is_repeated_in(*name)


def judge_reply(reply: str, text: str) -> TaskName | Reason:
    """Make a name of Claude's reply to cleaned `text`, or tell why it is none."""
    try:
        return believe(reply, Request(text), _examples())
    except CannotName as declined:
        return declined.reason


@cache
def _examples() -> Examples:
    return Examples(example.task_name for example in load_instructions().examples)


async def judged(pool: ProcessPool, reply: str, text: str) -> TaskName:
    """Make a name of Claude's reply to cleaned `text`. Raises CannotName."""
    found = await pool.run(judge_reply, reply, text)
    if isinstance(found, Reason):
        raise CannotName(found)
    return found
