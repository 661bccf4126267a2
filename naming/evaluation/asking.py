"""Asking Claude for an evaluation.

Within the service's deadline, but limits and outages are waited out.

A hundred cases at once meet limits that a hundred users in a day do not, and nobody wants those
judged.
"""

from __future__ import annotations

import asyncio
import time
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from naming.evaluation.trouble import Stopped
from naming.outcome import CannotName, Reason
from naming.validation import believe
from naming.validation.examples import Examples

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from naming.claude.instructions import Instructions
    from naming.claude.message import Reply
    from naming.names import TaskName
    from naming.request import Request

PAUSES_SECONDS: Final = (1.0, 2.0, 4.0, 8.0)
"""How long is waited before each further try, at least."""

LONGEST_PAUSE_SECONDS: Final = 60.0
"""A longer Retry-After is cut to this."""

WAITED_OUT: Final = frozenset({Reason.RATE_LIMITED, Reason.OVERLOADED, Reason.UNREACHABLE})
STOPS: Final[Mapping[Reason, str]] = {
    Reason.SPEND_LIMIT: "Claude's spend limit is reached (spend_limit); raise it or wait for its next period",
    Reason.AUTHENTICATION: "Claude refuses the key (authentication); check ANTHROPIC_API_KEY",
    Reason.MODEL_NOT_FOUND: "there is no such model (model_not_found); check ANTHROPIC_MODEL or --model",
}


PAUSE: Final[Callable[[float], Awaitable[None]]] = asyncio.sleep


@dataclass(slots=True)
class Spent:
    """What one case cost: tokens, and seconds that were only waited."""

    tokens_in: int = 0
    tokens_out: int = 0
    waited_seconds: float = 0.0


SPENT: Final[ContextVar[Spent]] = ContextVar("SPENT")
"""The bill of the case that is being named."""


class Meter:
    """Puts what replies cost on the bill of their case."""

    def heard(self, headers: Mapping[str, str]) -> None:
        """Take no notice of headers."""

    def spent(self, tokens_in: int, tokens_out: int) -> None:
        """Add a reply's tokens."""
        bill = SPENT.get()
        bill.tokens_in += tokens_in
        bill.tokens_out += tokens_out


class Sender(Protocol):
    """A client as seen from here."""

    async def send(self, text: str) -> Reply:
        """Make one call. Raises CannotName."""


class Ask:
    """Asks for names.

    Raises CannotName as the service would, and Stopped for what waiting does not mend.
    """

    def __init__(self, sender: Sender, instructions: Instructions, patience_seconds: float) -> None:
        self._sender = sender
        self._examples = Examples(example.task_name for example in instructions.examples)
        self._patience = patience_seconds

    async def __call__(self, request: Request, _until: float) -> TaskName:
        """Ask for the name of `request`."""
        if not request.text or self._patience <= 0:
            raise CannotName(Reason.NOT_ASKED)
        for pause in PAUSES_SECONDS:
            started = time.perf_counter()
            try:
                return await self._ask(request)
            except CannotName as declined:
                if declined.reason not in WAITED_OUT:
                    raise
                await PAUSE(
                    max(pause, min(declined.retry_after_seconds or 0.0, LONGEST_PAUSE_SECONDS))
                )
            SPENT.get().waited_seconds += time.perf_counter() - started
        return await self._ask(request)

    async def _ask(self, request: Request) -> TaskName:
        try:
            async with asyncio.timeout(self._patience):
                reply = await self._sender.send(request.text)
        except TimeoutError as error:
            raise CannotName(Reason.DEADLINE) from error
        except CannotName as declined:
            if declined.reason in STOPS:
                raise Stopped(STOPS[declined.reason]) from declined
            raise
        return believe(reply.text, request, self._examples)
