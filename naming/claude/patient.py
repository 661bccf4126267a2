"""Asking Claude with all the time in the world: limits and outages are waited out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from naming.claude.message import NO_TOKENS, Tokens
from naming.claude.reasons import UNUSABLE, WAITED_OUT, Stopped, why_stopped
from naming.outcome import CannotName, Reason
from naming.request import Question

if TYPE_CHECKING:
    from naming.claude.exchange import Exchange
    from naming.claude.message import Reply
    from naming.claude.pacing import Pacer
    from naming.names import TaskName

TRIES_OF_UNUSABLE: Final = 2
UNUSABLE_TO_STOP: Final = 20
"""Prompts in a row without a usable reply, after which the rest is not named without Claude."""

CANARY: Final = Question("Add a dark mode to the settings page")
"""Nobody's prompt, to find out whether it is a prompt that gets no answer or all of them."""

TRIES_AMONG_SUCCESSES: Final = 20
"""Tries of one prompt that fails while others succeed: it is this prompt, then, and not Claude."""

Judge: TypeAlias = "Callable[[str, Question], Awaitable[TaskName]]"
"""Makes a name of a reply to a question. Raises CannotName."""


@dataclass
class PatientClaude:
    """Asks for names. Raises CannotName, and Stopped for what waiting does not mend."""

    exchange: Exchange
    pacer: Pacer
    judge: Judge
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
                if reason in {Reason.NOT_A_NAME, Reason.REFUSED}:
                    self._note_answer()
                if reason in UNUSABLE:
                    unusable += 1
                    if unusable == TRIES_OF_UNUSABLE:
                        await self._give_up(reason, question)
                        raise
                elif reason not in WAITED_OUT or (
                    tries >= TRIES_AMONG_SUCCESSES and self._answered > answered_before
                ):
                    raise
            else:
                self._note_answer()
                return name

    def _note_answer(self) -> None:
        self._answered += 1
        self._unusable_in_a_row = 0

    async def _send(self, question: Question) -> Reply:
        async with self.pacer.turn() as began:
            try:
                reply = await self.exchange.send(question)
            except CannotName as declined:
                reason, wait = declined.reason, declined.retry_after_seconds
                if (why := why_stopped(declined)) is not None:
                    raise Stopped(why) from None
                if reason in WAITED_OUT:
                    limited = reason is Reason.RATE_LIMITED
                    self.pacer.failed(began, WAITED_OUT[reason], wait, limited=limited)
                else:
                    self.pacer.succeeded()
                raise
            self.tokens += reply.tokens
            self.pacer.succeeded()
            self._is_claude |= reply.reason is not Reason.UNREADABLE
            return reply

    async def _give_up(self, reason: Reason, question: Question) -> None:
        """Let a prompt do without Claude. Raises Stopped if it is all prompts that have to."""
        if reason is Reason.UNREADABLE and not self._is_claude and question != CANARY:
            try:  # to find out whether Claude is at that address at all
                told = (await self._send(CANARY)).reason
            except CannotName as declined:
                told = declined.reason
            if told is Reason.UNREADABLE:
                raise Stopped(
                    "what answers is not Claude (unreadable);"
                    " check ANTHROPIC_BASE_URL, and what stands between"
                )
        self._unusable_in_a_row += 1
        if self._unusable_in_a_row == UNUSABLE_TO_STOP:
            raise Stopped(
                f"Claude gave no usable reply to {UNUSABLE_TO_STOP} prompts in a row"
                f" (the last: {reason}); check ANTHROPIC_BASE_URL and ANTHROPIC_MODEL"
            )
