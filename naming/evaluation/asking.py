"""Asking Claude for an evaluation.

Within the service's deadline, but limits and outages are waited out. A hundred cases at once meet
limits that a hundred users in a day do not, and nobody wants those judged.
"""

from __future__ import annotations

import asyncio
import time
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from naming.claude.backoff import Backoff
from naming.claude.exchange import Exchange
from naming.claude.message import NO_TOKENS, Tokens
from naming.claude.reasons import STOPS, Stopped
from naming.outcome import CannotName, Reason

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from naming.claude.instructions import Instructions
    from naming.claude.interfaces import MessagesClient
    from naming.names import TaskName
    from naming.request import Request

TRIES: Final = 5

WAITED_OUT: Final = frozenset({Reason.RATE_LIMITED, Reason.OVERLOADED, Reason.UNREACHABLE})
"""A missed deadline is not waited out: the service would not have had its name either."""

PAUSE: Final[Callable[[float], Awaitable[None]]] = asyncio.sleep


@dataclass(slots=True)
class CaseUsage:
    """What one case cost: tokens, and seconds that were only waited."""

    tokens: Tokens = NO_TOKENS
    waited_seconds: float = 0.0


USAGE: Final[ContextVar[CaseUsage]] = ContextVar("USAGE")
"""What the case that is being named has cost so far."""


class AskWithPauses:
    """Asks for names.

    Raises CannotName as the service would, and Stopped for what waiting does not mend.
    """

    def __init__(
        self, client: MessagesClient, instructions: Instructions, patience_seconds: float
    ) -> None:
        self._exchange = Exchange(client, instructions, patience_seconds)
        self._has_patience = patience_seconds > 0

    async def __call__(self, request: Request, _until: float) -> TaskName:
        """Ask for the name of `request`."""
        if not request.text or not self._has_patience:
            raise CannotName(Reason.NOT_ASKED)
        backoff = Backoff(1.0)
        for _ in range(TRIES - 1):
            started = time.perf_counter()
            try:
                return await self._ask(request)
            except CannotName as declined:
                if declined.reason not in WAITED_OUT:
                    raise
                await PAUSE(backoff.pause(declined.retry_after_seconds))
                backoff.grow()
            USAGE.get().waited_seconds += time.perf_counter() - started
        return await self._ask(request)

    async def _ask(self, request: Request) -> TaskName:
        try:
            reply = await self._exchange.send(request.text)
        except CannotName as declined:
            if declined.reason is Reason.MODEL_NOT_FOUND:
                raise Stopped(f"{STOPS[declined.reason]} or --model") from declined
            if declined.reason in STOPS:
                raise Stopped(STOPS[declined.reason]) from declined
            raise
        USAGE.get().tokens += reply.tokens
        return self._exchange.judge(reply, request)
