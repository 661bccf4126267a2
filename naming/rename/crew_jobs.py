"""The parts of naming that are computing alone, as jobs for any process.

A line of jobs in, a line of results out.

A job takes texts and gives a list of texts, so that it can travel.
"""

from __future__ import annotations

import asyncio
import json
import sys
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from naming.chain import name_task, without_key
from naming.claude.instructions import load_instructions
from naming.names import TaskName
from naming.outcome import CannotName, Outcome, Reason, Source
from naming.request import Request
from naming.validation import believe
from naming.validation.examples import Examples

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from typing import BinaryIO

Job: TypeAlias = "tuple[str, Sequence[str]]"
Result: TypeAlias = list[Any]


async def name_without_key(prompt: str) -> Result:
    """Name by the prompt's own words; the reason is that there is no key."""
    return write_outcome(await name_task(prompt, without_key, 0.0))


async def name_unasked(prompt: str) -> Result:
    """Name by the prompt's own words; the reason is that Claude was not asked."""
    return write_outcome(await name_task(prompt, _decline, 0.0))


async def read_question(prompt: str) -> Result:
    """Find what Claude is to be asked, empty for nothing, and the outcome for want of an answer."""
    asked = []

    async def note(request: Request, until: float) -> TaskName:
        asked.append(request.text)
        return await _decline(request, until)

    outcome = await name_task(prompt, note, 0.0)
    return [*asked, *write_outcome(outcome)]


async def judge_reply(reply: str, text: str) -> Result:
    """Make a name of Claude's reply to cleaned `text`, or tell why it is none."""
    try:
        return [*believe(reply, Request(text), _examples()), None]
    except CannotName as declined:
        return [None, None, declined.reason]


async def conclude(prompt: str, name: str, display_name: str) -> Result:
    """Take a name of Claude's for a prompt, unless it holds what the prompt keeps secret."""

    async def give(_request: Request, _until: float) -> TaskName:
        return TaskName(name, display_name)

    return write_outcome(await name_task(prompt, give, 0.0))


JOBS: Final[Mapping[str, Callable[..., Awaitable[Result]]]] = {
    job.__name__: job
    for job in (name_without_key, name_unasked, read_question, judge_reply, conclude)
}


@cache
def _examples() -> Examples:
    return Examples(example.task_name for example in load_instructions().examples)


async def _decline(_request: Request, _until: float) -> TaskName:
    raise CannotName(Reason.NOT_ASKED)


def write_outcome(outcome: Outcome) -> Result:
    """Write an outcome as texts."""
    return [*outcome.task_name, outcome.source, outcome.reason]


def read_outcome(result: Result) -> Outcome:
    """Read an outcome from texts."""
    name, display_name, source, reason = result
    return Outcome(
        TaskName(name, display_name), Source(source), None if reason is None else Reason(reason)
    )


async def work(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer lines until there are no more: at the latest when the process that asks is gone."""
    for line in questions:  # nothing else runs here, so nothing minds the wait
        results = [await JOBS[name](*texts) for name, texts in json.loads(line)]
        answers.write(json.dumps(results).encode() + b"\n")
        answers.flush()


def main() -> None:
    """Work on standard input and output."""
    asyncio.run(work(sys.stdin.buffer, sys.stdout.buffer))
