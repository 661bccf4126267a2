"""Asking Claude with all the time in the world: limits and outages are waited out.

Calls in flight follow TCP's rule (additive increase, multiplicative decrease), and pauses what the
upstream says; where it says nothing they double. After a pause one call finds out if it is over.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Final

from naming.claude.circuit import Backoff, Circuit
from naming.claude.instructions import CANARY
from naming.claude.message import NO_TOKENS, MessagesClient, Reply, Tokens
from naming.claude.reasons import (
    STANDING,
    UNUSABLE,
    WAITED_OUT,
    Stopped,
    seconds_until,
    why_stopped,
)
from naming.names import TaskName
from naming.outcome import CannotName, Reason
from naming.request import Question

LONGEST_TOLD_SECONDS: Final = 3600.0  # the longest pause that it is believed
FAILURES_TO_PAUSE: Final = 3  # in a row. One alone, among calls that succeed, pauses nobody

NO_CLAUDE: Final[Mapping[Reason, str]] = {
    Reason.UNREADABLE: (
        "what answers is not Claude (unreadable); check ANTHROPIC_BASE_URL, and what stands between"
    ),
    Reason.BAD_REQUEST: STANDING[Reason.BAD_REQUEST],
}
"""What it says of an address that nothing has come from but this, to a question of ours too."""

TRIES_OF_UNUSABLE: Final = 2
UNUSABLE_TO_STOP: Final = 20  # prompts in a row without a usable reply, after which work stops
TRIES_AMONG_SUCCESSES: Final = 20  # that fail while others succeed: it is this prompt, not Claude

_LIMITS: Final = ("requests", "tokens", "input-tokens", "output-tokens")


class Pacer:
    """Lets so many calls through at a time as Claude takes. `say` hears of every pause."""

    def __init__(
        self, calls: int, say: Callable[[str], None], now: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = self.limit = float(calls)
        """How many calls may be in flight, at most and now."""
        self._say = say
        backoff = Backoff(1.0, longest_told=LONGEST_TOLD_SECONDS, jitter=0.25)
        self._circuit = Circuit(now, backoff=backoff, failures_to_open=FAILURES_TO_PAUSE)
        self._door = asyncio.Lock()
        self._changed = asyncio.Event()
        self.in_flight = 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn to call; what is raised in it, or nothing, tells how it went."""
        async with self._door:  # first come, first served
            while self.in_flight >= int(self.limit) or (era := self._circuit.admit()) is None:
                self._changed.clear()
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._circuit.seconds_left or None):
                        await self._changed.wait()
            self.in_flight += 1
        try:
            yield
        except CannotName as declined:
            if declined.reason in WAITED_OUT:
                self._failed(era, declined)
            else:
                self._succeeded(era)
            raise
        else:
            self._succeeded(era)
        finally:
            self._circuit.no_verdict(era)
            self.in_flight -= 1
            self._changed.set()

    def _succeeded(self, era: int) -> None:
        """Let one call more through at a time, after as many answers as are in flight."""
        self._circuit.succeeded(era)
        self.limit = min(self._most, self.limit + 1.0 / self.limit)

    def _failed(self, era: int, declined: CannotName) -> None:
        """Let half as many through after a pause, if this limit or outage begins one."""
        reason, told = declined.reason, declined.retry_after_seconds
        at_once = reason is Reason.RATE_LIMITED or (told or 0.0) >= 1.0
        if (pause := self._circuit.failed(era, declined, at_once=at_once)) is not None:
            self.limit = max(1.0, self.limit / 2)
            self._tell(WAITED_OUT[reason], pause)

    def heard(self, headers: Mapping[str, str]) -> None:
        """Pause until a limit is reset of which the headers of a reply say that nothing remains."""
        for limit in _LIMITS:
            if headers.get(f"anthropic-ratelimit-{limit}-remaining", "").strip() == "0":
                reset = seconds_until(headers.get(f"anthropic-ratelimit-{limit}-reset", "")) or 0.0
                seconds = min(reset, LONGEST_TOLD_SECONDS)
                left = self._circuit.seconds_left
                if seconds > (left + 1 if left else 0):  # many calls hear of one pause
                    self._circuit.open(seconds)
                    self._tell(f"its limit of {limit.replace('-', ' ')} is used up", seconds)

    def _tell(self, why: str, seconds: float) -> None:
        self._say(f"waiting {max(1, round(seconds))} s for Claude: {why}")


@dataclass
class PatientClaude:
    """Asks for names. Raises CannotName, and Stopped for what waiting does not mend."""

    client: MessagesClient
    pacer: Pacer
    judge: Callable[[str, Question], Awaitable[TaskName]]
    tokens: Tokens = NO_TOKENS
    """What all replies have cost."""
    _is_claude: bool = False
    """Whether anything has answered yet as Claude does."""
    _answered: int = 0
    _unusable_in_a_row: int = 0

    async def __call__(self, question: Question) -> TaskName:
        """Ask for the name of a question until there is an answer."""
        tries, unusable, answered_before = 0, 0, self._answered
        while True:
            tries += 1
            try:
                name = await self.judge((await self._send(question)).answer, question)
            except CannotName as declined:
                reason = declined.reason
                if reason in UNUSABLE:
                    unusable += 1
                    if unusable == TRIES_OF_UNUSABLE:
                        await self._give_up(reason, question)
                        raise
                elif reason not in WAITED_OUT:
                    self._note_answer()
                    raise
                elif tries >= TRIES_AMONG_SUCCESSES and self._answered > answered_before:
                    raise
            else:
                self._note_answer()
                return name

    def _note_answer(self) -> None:
        self._answered += 1
        self._unusable_in_a_row = 0

    async def _send(self, question: Question) -> Reply:
        try:
            async with self.pacer.turn():
                reply = await self.client.send(question)
        except CannotName as declined:
            if (why := why_stopped(declined)) is not None:
                raise Stopped(why) from None
            raise
        self.tokens += reply.tokens
        self._is_claude |= reply.reason is not Reason.UNREADABLE
        return reply

    async def _give_up(self, reason: Reason, question: Question) -> None:
        """Let a prompt do without Claude. Raises Stopped if it is all prompts that have to."""
        if reason in NO_CLAUDE and not self._is_claude and question != CANARY:
            try:  # to find out whether Claude is at that address at all
                told = (await self._send(CANARY)).reason
            except CannotName as declined:
                told = declined.reason
            if told is reason:
                raise Stopped(NO_CLAUDE[reason])
        self._unusable_in_a_row += 1
        if self._unusable_in_a_row == UNUSABLE_TO_STOP:
            raise Stopped(
                f"Claude gave no usable reply to {UNUSABLE_TO_STOP} prompts in a row"
                f" (the last: {reason}); check ANTHROPIC_BASE_URL and ANTHROPIC_MODEL"
            )
