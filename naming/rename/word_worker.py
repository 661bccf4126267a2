"""A process that names prompts by their own words: a line with prompts comes in, a line with names goes out."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import TYPE_CHECKING

from naming.chain import name_task, without_key
from naming.names import TaskName
from naming.outcome import CannotName, Outcome, Reason, Source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO

    from naming.rename.planning import NameTask


def alone(*, has_key: bool) -> NameTask:
    """Give the chain without Claude. Without an API key that is the reason, with one it is our choice."""
    ask = _not_asked if has_key else without_key

    async def name(prompt: str) -> Outcome:
        return await name_task(prompt, ask, 0.0)

    return name


async def _not_asked(_text: str, _until: float) -> TaskName:
    raise CannotName(Reason.NOT_ASKED)


def write_prompts(prompts: Sequence[str], *, has_key: bool) -> bytes:
    """Write the line that asks for names."""
    return json.dumps([has_key, list(prompts)]).encode() + b"\n"


def read_outcomes(line: bytes) -> list[Outcome]:
    """Read the line that answers."""
    return [
        Outcome(TaskName(name, display_name), Source(source), None if reason is None else Reason(reason))
        for name, display_name, source, reason in json.loads(line)
    ]


def work(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer lines until there are no more: at the latest when the process that asks is gone."""
    for line in questions:
        has_key, prompts = json.loads(line)
        outcomes = asyncio.run(_name_all(prompts, alone(has_key=has_key)))
        rows = [(*outcome.task_name, outcome.source, outcome.reason) for outcome in outcomes]
        answers.write(json.dumps(rows).encode() + b"\n")
        answers.flush()


async def _name_all(prompts: Sequence[str], name: NameTask) -> list[Outcome]:
    return [await name(prompt) for prompt in prompts]


def main() -> None:
    """Work on standard input and output."""
    work(sys.stdin.buffer, sys.stdout.buffer)
