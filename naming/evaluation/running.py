"""Naming every case on every side, a few at a time, and measuring what comes back."""

from __future__ import annotations

import asyncio
import sys
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from naming.chain import name_task
from naming.claude.tape import NotOnTape
from naming.evaluation.asking import SPENT, Spent
from naming.evaluation.scoring import score
from naming.evaluation.sides import open_side

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from naming.chain import Ask
    from naming.claude.tape import Tape
    from naming.evaluation.cases import Case
    from naming.evaluation.sides import Side
    from naming.outcome import Outcome
    from naming.settings import Settings


@dataclass(frozen=True, slots=True)
class Result:
    """What one case came to; `outcome` is None where a replay holds no reply for it."""

    case: Case
    outcome: Outcome | None
    seconds: float = 0.0
    tokens_in: int = 0
    tokens_out: int = 0
    scores: Mapping[str, float] = field(default_factory=dict)


async def run(
    sides: Sequence[Side], cases: Sequence[Case], settings: Settings, tape: Tape, calls: int
) -> list[list[Result]]:
    """Name all `cases` on all `sides`, at most `calls` at a time.

    Gives each side's results in the cases' order.

    Case by case both sides are asked side by side, so that a slow minute is shared fairly. Raises
    Stopped.
    """
    turn = asyncio.Semaphore(calls)
    async with AsyncExitStack() as stack:
        asks = [
            await stack.enter_async_context(open_side(side, settings, tape, calls))
            for side in sides
        ]
        advance = _bar(len(cases) * len(sides), stack)
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [
                    [group.create_task(_judge(case, ask, turn, advance)) for ask in asks]
                    for case in cases
                ]
        except (
            BaseExceptionGroup
        ) as several:  # the first one says what to mend, the others only say it again
            raise several.exceptions[0] from None
        return [[each[side].result() for each in tasks] for side in range(len(sides))]


async def _judge(
    case: Case, ask: Ask, turn: asyncio.Semaphore, advance: Callable[[], object]
) -> Result:
    async with turn:
        SPENT.set(bill := Spent())
        started = time.perf_counter()
        try:
            outcome = await name_task(case.prompt, ask, float("inf"))
        except NotOnTape:
            return Result(case, None)
        finally:
            advance()
        seconds = time.perf_counter() - started - bill.waited_seconds
    scores = score(case, *outcome.task_name)
    return Result(case, outcome, seconds, bill.tokens_in, bill.tokens_out, scores)


def _bar(total: int, stack: AsyncExitStack) -> Callable[[], object]:
    if not sys.stderr.isatty():
        return lambda: None
    from tqdm import tqdm  # noqa: PLC0415 # only a terminal needs it

    bar = tqdm(total=total, unit=" cases", file=sys.stderr, dynamic_ncols=True, leave=False)
    stack.callback(bar.close)
    return bar.update
