"""Naming every case by one variant or by two, a few at a time, and measuring what comes back.

Claude is asked within the service's deadline, but limits and outages are waited out: a hundred
cases at once meet limits that a hundred users in a day do not, and nobody wants those judged.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from typing import Final, NoReturn

from tqdm import tqdm

from naming.chain import name_task, without_key
from naming.claude.circuit import Backoff
from naming.claude.instructions import Instructions, load_instructions
from naming.claude.message import NO_TOKENS, Reply, Tokens
from naming.claude.reasons import Stopped, why_stopped
from naming.evaluation.inputs import Case, InvalidInput, read_instructions
from naming.evaluation.recording import NotRecorded, Recording, ReplayClient
from naming.evaluation.scoring import score
from naming.names import TaskName
from naming.outcome import CannotName, Outcome, Reason
from naming.request import Question, Request
from naming.settings import Settings
from naming.wiring import endpoint_of

TRIES: Final = 5

WAITED_OUT: Final = frozenset({Reason.RATE_LIMITED, Reason.OVERLOADED, Reason.UNREACHABLE})
"""A missed deadline is not waited out: the service would not have had its name either."""

PAUSE: Final[Callable[[float], Awaitable[None]]] = asyncio.sleep


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
    told = [(path, read_instructions(path, settings.guide)) for path in prompts]
    told = told or [("", load_instructions(guide=settings.guide))]
    asked = models or [settings.anthropic_model]
    return [
        Variant(model if len(asked) > 1 else path, model, instructions)
        for path, instructions in told
        for model in asked
    ]


@dataclass(slots=True)
class CaseAsker:
    """Asks about one case. Raises CannotName as the service would; Stopped for what stays so."""

    client: ReplayClient | None  # None where Claude is not asked at all
    has_time: bool
    tokens: Tokens = NO_TOKENS
    waited_seconds: float = 0.0  # what was only waited until the next try

    async def __call__(self, request: Request, until: float) -> TaskName:
        """Ask for its name, in the time that the service would have."""
        if self.client is None:
            return await without_key(request, until)
        if not request.text or not self.has_time:
            raise CannotName(Reason.NOT_ASKED)
        reply = await self._send(self.client, request.question)
        self.tokens = reply.tokens
        return self.client.instructions.judge(reply.answer, request)

    async def _send(self, client: ReplayClient, question: Question) -> Reply:
        backoff, tries = Backoff(1.0), 0
        while True:
            tries, started = tries + 1, time.perf_counter()
            try:
                return await client.send(question)
            except CannotName as declined:
                if (why := why_stopped(declined)) is not None:
                    is_missing = declined.reason is Reason.MODEL_NOT_FOUND
                    or_model = ", or give --model" if is_missing else ""
                    raise Stopped(why + or_model) from declined
                if declined.reason not in WAITED_OUT or tries == TRIES:
                    raise
                await PAUSE(backoff.pause(declined.retry_after_seconds))
                backoff.grow()
            self.waited_seconds += time.perf_counter() - started


def _open(
    stack: AsyncExitStack, variant: Variant, settings: Settings, recording: Recording, calls: int
) -> ReplayClient | None:
    """Open the way to ask Claude by one variant; None where it is not asked at all."""
    if variant.model is None or variant.instructions is None:
        return None
    # An empty recording passes every question on.
    sender = ReplayClient(variant.model, variant.instructions, recording)
    if not recording.is_closed_to_new:  # else there is a way to Claude, or this was refused
        from naming.claude.client import Client  # noqa: PLC0415 # the SDK takes most of a second

        endpoint = endpoint_of(settings, calls, variant.model)
        seconds = min(endpoint.call_seconds, settings.deadline_ms / 1000)
        endpoint = replace(endpoint, call_seconds=seconds)
        client = sender.otherwise = Client(endpoint, variant.instructions, keep=sender.keep)
        stack.push_async_callback(client.close)
    return sender


@dataclass(frozen=True, slots=True)
class Result:
    """What one case came to."""

    case: Case
    outcome: Outcome
    seconds: float
    tokens: Tokens
    scores: Mapping[str, float]


async def run(
    variants: Sequence[Variant],
    cases: Sequence[Case],
    settings: Settings,
    recording: Recording,
    calls: int,
) -> list[list[Result | None]]:
    """Name all `cases` by all `variants`, at most `calls` at a time.

    Gives each variant's results in the cases' order, None where a replay holds no reply. Each case
    is asked by both variants at the same time, so that a slow minute is shared fairly. Raises
    Stopped.
    """
    turn, has_time = asyncio.Semaphore(calls), settings.deadline_ms > 0
    async with AsyncExitStack() as stack:
        clients = [_open(stack, each, settings, recording, calls) for each in variants]
        total = len(cases) * len(variants)  # of a bar that only a terminal is shown
        bar = stack.enter_context(tqdm(total=total, unit=" cases", leave=False, disable=None))
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [
                    group.create_task(_judge(case, CaseAsker(client, has_time), turn, bar))
                    for case in cases
                    for client in clients
                ]
        except BaseExceptionGroup as several:  # the others only repeat the first
            raise several.exceptions[0] from None
        results = [task.result() for task in tasks]
    return [results[at :: len(variants)] for at in range(len(variants))]


async def _judge(
    case: Case, ask: CaseAsker, turn: asyncio.Semaphore, bar: "tqdm[NoReturn]"
) -> Result | None:
    async with turn:
        started = time.perf_counter()
        try:
            outcome = await name_task(case.read(), ask, float("inf"))
        except NotRecorded:
            return None
        finally:
            bar.update()
        seconds = time.perf_counter() - started - ask.waited_seconds
    return Result(case, outcome, seconds, ask.tokens, score(case, *outcome.task_name))
