"""Naming every case by one variant or by two, a few at a time, and measuring what comes back."""

from __future__ import annotations

import asyncio
import sys
import time
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from naming.chain import name_task, without_key
from naming.claude.instructions import load_instructions
from naming.claude.message import NO_TOKENS, Tokens
from naming.claude.recording import NotRecorded, ReplayClient, question_of
from naming.evaluation.asking import USAGE, AskWithPauses, CaseUsage
from naming.evaluation.inputs import InvalidInput, read_instructions
from naming.evaluation.scoring import score
from naming.wiring import endpoint_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence

    from naming.chain import Ask
    from naming.claude.instructions import Instructions
    from naming.claude.recording import Recording
    from naming.evaluation.inputs import Case
    from naming.outcome import Outcome
    from naming.settings import Settings


@dataclass(frozen=True, slots=True)
class Variant:
    """One way of asking; `instructions` is None where Claude is not asked at all."""

    label: str
    model: str | None = None
    instructions: Instructions | None = None

    @property
    def described(self) -> str:
        """Say in a few words how names are asked for."""
        if self.instructions is None:
            return "without Claude: the prompt's own words, else a random pair"
        return f"{self.model}, instructions {self.instructions.version}"


def read_variants(
    settings: Settings, prompts: Sequence[str], models: Sequence[str], *, replays: bool
) -> list[Variant]:
    """Make the one or two variants that the command line describes. Raises InvalidInput."""
    for option, given in (("--prompt", prompts), ("--model", models)):
        if len(given) > 2:  # noqa: PLR2004
            raise InvalidInput(f"{option}: can be given twice at most")
        if given and not settings.has_claude and not replays:
            raise InvalidInput(f"{option}: needs ANTHROPIC_API_KEY, or --replay")
    if len(prompts) == len(models) == 2:  # noqa: PLR2004
        raise InvalidInput(
            "--model: give two models or two prompts, not both; else nobody knows which of them won"
        )
    if not settings.has_claude and not replays:
        return [Variant("")]
    told = [(path, read_instructions(path)) for path in prompts] or [("", load_instructions())]
    asked = list(models) or [settings.anthropic_model]
    return [
        Variant(model if len(asked) > 1 else path, model, instructions)
        for path, instructions in told
        for model in asked
    ]


@asynccontextmanager
async def open_variant(
    variant: Variant, settings: Settings, recording: Recording, calls: int
) -> AsyncIterator[Ask]:
    """Open the way to ask Claude by one variant."""
    if variant.model is None or variant.instructions is None:
        yield without_key
        return
    model, instructions = variant.model, variant.instructions
    client = None
    if settings.has_claude and not recording.is_closed_to_new:
        # It imports the SDK, which takes most of a second.
        from naming.claude.client import Client  # noqa: PLC0415

        client = Client(
            endpoint_of(settings, calls, model),
            instructions,
            keep=lambda text, body: recording.keep(
                question_of(model, instructions.version, text), body
            ),
        )
    try:
        # An empty recording passes every question on.
        sender = ReplayClient(model, instructions, recording, client)
        patience_ms = min(settings.deadline_ms, settings.call_timeout_ms)
        yield AskWithPauses(sender, instructions, patience_ms / 1000)
    finally:
        if client is not None:
            await client.close()


@dataclass(frozen=True, slots=True)
class Result:
    """What one case came to; `outcome` is None where a replay holds no reply for it."""

    case: Case
    outcome: Outcome | None
    seconds: float = 0.0
    tokens: Tokens = NO_TOKENS
    scores: Mapping[str, float] = field(default_factory=dict)


async def run(
    variants: Sequence[Variant],
    cases: Sequence[Case],
    settings: Settings,
    recording: Recording,
    calls: int,
) -> list[list[Result]]:
    """Name all `cases` by all `variants`, at most `calls` at a time.

    Gives each variant's results in the cases' order. Each case is asked by both variants at the
    same time, so that a slow minute is shared fairly. Raises Stopped.
    """
    turn = asyncio.Semaphore(calls)
    async with AsyncExitStack() as stack:
        asks = [
            await stack.enter_async_context(open_variant(variant, settings, recording, calls))
            for variant in variants
        ]
        advance = _bar(len(cases) * len(variants), stack)
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [
                    [group.create_task(_judge(case, ask, turn, advance)) for ask in asks]
                    for case in cases
                ]
        except BaseExceptionGroup as several:  # the others only repeat the first
            raise several.exceptions[0] from None
        return [[each[at].result() for each in tasks] for at in range(len(variants))]


async def _judge(
    case: Case, ask: Ask, turn: asyncio.Semaphore, advance: Callable[[], object]
) -> Result:
    async with turn:
        USAGE.set(usage := CaseUsage())
        started = time.perf_counter()
        try:
            outcome = await name_task(case.prompt, ask, float("inf"))
        except NotRecorded:
            return Result(case, None)
        finally:
            advance()
        seconds = time.perf_counter() - started - usage.waited_seconds
    scores = score(case, *outcome.task_name)
    return Result(case, outcome, seconds, usage.tokens, scores)


def _bar(total: int, stack: AsyncExitStack) -> Callable[[], object]:
    if not sys.stderr.isatty():
        return lambda: None
    from tqdm import tqdm  # noqa: PLC0415 # only a terminal needs it

    bar = tqdm(total=total, unit=" cases", file=sys.stderr, dynamic_ncols=True, leave=False)
    stack.callback(bar.close)
    return bar.update
