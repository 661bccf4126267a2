"""Asking Claude with all the time in the world: limits and outages are waited out.

What only a person mends stops.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from naming.claude.recent_names import question_key
from naming.outcome import CannotName, Reason
from naming.rename.errors import Stopped

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from naming.claude.instructions import Instructions
    from naming.claude.message import Reply
    from naming.names import TaskName
    from naming.rename.answers import Answers
    from naming.rename.pacing import Pacer

WAITED_OUT: Final = {
    Reason.RATE_LIMITED: "it limits the rate (rate_limited)",
    Reason.OVERLOADED: "it is overloaded (overloaded)",
    Reason.UNREACHABLE: "it cannot be reached (unreachable)",
    Reason.DEADLINE: "it does not answer in time (deadline)",
}
STOPS: Final = {
    Reason.SPEND_LIMIT: "Claude's spend limit is reached (spend_limit); raise it or wait for its next period",
    Reason.AUTHENTICATION: "Claude refuses the key (authentication); check ANTHROPIC_API_KEY",
    Reason.MODEL_NOT_FOUND: "there is no such model (model_not_found); check ANTHROPIC_MODEL",
}
UNUSABLE: Final = frozenset({Reason.UNREADABLE, Reason.CUT_SHORT, Reason.BAD_REQUEST})
"""Replies that may be bad luck with one prompt, or the sign that there is no Claude at that address."""

TRIES_OF_UNUSABLE: Final = 2
UNUSABLE_TO_STOP: Final = 20
"""Prompts in a row without a usable reply, after which nobody would want the rest to be named without Claude."""

CANARY: Final = "Add a dark mode to the settings page"
"""Nobody's prompt, to find out whether it is a prompt that gets no answer or all of them."""

TRIES_AMONG_SUCCESSES: Final = 20
"""Tries of one prompt that fails while others succeed: it is this prompt, then, and not Claude."""


Judge: TypeAlias = "Callable[[str, str], Awaitable[TaskName]]"
"""Makes a name of a reply to cleaned text. Raises CannotName."""


class Sender(Protocol):
    """The client as seen from here."""

    @property
    def model(self) -> str:
        """The model that is asked."""

    async def send(self, text: str) -> Reply:
        """Make one call. Raises CannotName."""


class PatientClaude:
    """Asks for names.

    Raises CannotName for what Claude cannot name, Stopped for what waiting does not mend.
    """

    def __init__(  # noqa: PLR0913, PLR0917 # what one question passes through
        self,
        client: Sender,
        instructions: Instructions,
        pacer: Pacer,
        answers: Answers,
        call_seconds: float,
        judge: Judge,
    ) -> None:
        self._client = client
        self._instructions = instructions
        self._judge = judge
        self._pacer = pacer
        self._answers = answers
        self._call_seconds = call_seconds
        self._asking: dict[str, asyncio.Task[TaskName]] = {}
        self._answered = 0
        self._is_claude = False
        """Whether anything has answered yet as Claude does."""
        self._unusable_in_a_row = 0

    async def __call__(self, text: str) -> TaskName:
        """Ask for the name of cleaned `text`, equal texts once."""
        key = question_key(self._client.model, self._instructions.version, text)
        known = self._answers.find(key)
        if isinstance(known, CannotName):
            raise known
        if known is not None:
            return known
        asking = self._asking.get(key)
        if asking is None:
            asking = self._asking[key] = asyncio.ensure_future(self._ask(key, text))
            asking.add_done_callback(lambda done: self._forget(key, done))
        return await asyncio.shield(asking)

    def _forget(self, key: str, asking: asyncio.Task[TaskName]) -> None:
        del self._asking[key]
        if not asking.cancelled():
            asking.exception()  # it was raised to everybody who waits; who has gone must not make it "never retrieved"

    async def close(self) -> None:
        """Drop the questions under way."""
        under_way = list(self._asking.values())
        for asking in under_way:
            asking.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    async def _ask(self, key: str, text: str) -> TaskName:
        try:
            name = await self._ask_until_answered(text)
        except CannotName as declined:
            self._answers.keep(key, declined)
            raise
        self._answers.keep(key, name)
        return name

    async def _ask_until_answered(self, text: str) -> TaskName:
        tries, unusable, answered_before = 0, 0, self._answered
        while True:
            tries += 1
            try:
                return await self._ask_once(text)
            except CannotName as declined:
                reason = declined.reason
                if reason in UNUSABLE:
                    unusable += 1
                    if unusable == TRIES_OF_UNUSABLE:
                        await self._give_up(reason, text)
                        raise
                elif reason not in WAITED_OUT or (
                    tries >= TRIES_AMONG_SUCCESSES and self._answered > answered_before
                ):
                    raise

    async def _give_up(self, reason: Reason, text: str) -> None:
        """Let a prompt do without Claude, unless it is all prompts that will have to.

        Raises Stopped.
        """
        if reason is Reason.UNREADABLE and not self._is_claude and text != CANARY:
            await self._try_canary()
        self._unusable_in_a_row += 1
        if self._unusable_in_a_row == UNUSABLE_TO_STOP:
            raise Stopped(
                f"Claude gave no usable reply to {UNUSABLE_TO_STOP} prompts in a row (the last: {reason});"
                " check ANTHROPIC_BASE_URL and ANTHROPIC_MODEL"
            )

    async def _try_canary(self) -> None:
        """Find out whether Claude is at that address at all. Raises Stopped."""
        try:
            await self._send(CANARY)
        except CannotName as declined:
            if declined.reason is Reason.UNREADABLE:
                raise Stopped(
                    "what answers is not Claude (unreadable); check ANTHROPIC_BASE_URL, and what stands between"
                ) from None

    async def _send(self, text: str) -> Reply:
        async with self._pacer.turn() as began:
            try:
                async with asyncio.timeout(self._call_seconds):
                    reply = await self._client.send(text)
            except TimeoutError:
                raise self._failed(began, CannotName(Reason.DEADLINE)) from None
            except CannotName as declined:
                raise self._failed(began, declined) from None
            self._pacer.succeeded()
            self._is_claude = True
            return reply

    async def _ask_once(self, text: str) -> TaskName:
        reply = await self._send(text)
        try:
            name = await self._judge(reply.text, text)
        except CannotName as declined:
            if declined.reason is Reason.NOT_A_NAME:
                self._note_answer()
            raise
        self._note_answer()
        return name

    def _failed(self, began: float, declined: CannotName) -> Exception:
        reason = declined.reason
        if reason in STOPS:
            return Stopped(STOPS[reason])
        if reason in WAITED_OUT:
            limited = reason is Reason.RATE_LIMITED
            self._pacer.failed(
                began, WAITED_OUT[reason], declined.retry_after_seconds, limited=limited
            )
        else:
            self._pacer.succeeded()
            if reason is Reason.REFUSED:
                self._note_answer()
        return declined

    def _note_answer(self) -> None:
        self._answered += 1
        self._unusable_in_a_row = 0
