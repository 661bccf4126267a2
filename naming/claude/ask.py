"""Asking Claude by a caller's deadline.

What is known is reused, equal questions share a call, and bad days cost nobody a wait.
"""

from __future__ import annotations

import asyncio
import math
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from naming.claude.backoff import Backoff
from naming.claude.circuit import Circuit, RetryBudget, State
from naming.claude.exchange import Exchange
from naming.claude.interfaces import Call, CallObserver
from naming.claude.patient import CANARY
from naming.claude.reasons import OUTAGE, RETRIED_SOON
from naming.claude.recent_names import RecentNames
from naming.claude.single_flight import Flight, SingleFlight
from naming.outcome import CannotName, Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from naming.claude.circuit import Permit
    from naming.claude.instructions import Instructions
    from naming.claude.interfaces import MessagesClient, SharedCache
    from naming.claude.message import Reply
    from naming.names import TaskName
    from naming.request import Request

ANSWER_SECONDS: Final = 0.010
"""Kept back from every deadline for what is left to do once Claude has answered or has not."""

UNMEASURED_HANG_SECONDS: Final = 1.5
"""Before any call has succeeded, one given up by its caller counts as a hang only after this long.

Otherwise callers in more of a hurry than Claude ever is would open the circuit for everybody."""

RETRY_PAUSE_SECONDS: Final = 0.1
"""The pause before a retry, give or take half of it."""

REFUSALS_TO_DOUBT: Final = 3
"""Bad requests in a row, after which a question of our own tells whether it is these prompts."""

FIRST_GUESS_SECONDS: Final = 0.8
SHORTEST_USUAL_SECONDS: Final = 0.4
LONGEST_USUAL_SECONDS: Final = 5.0
"""A usual call takes up to twice the moving average of those that succeeded, within these."""


class AskClaude:
    """Asks for the name of a cleaned prompt, within a time.

    Every way of getting none is a CannotName.
    """

    def __init__(  # noqa: PLR0913 # the parts are told apart by name
        self,
        client: MessagesClient,
        instructions: Instructions,
        *,
        max_calls: int,
        call_seconds: float,
        cache_seconds: float,
        observer: CallObserver | None = None,
        shared: SharedCache | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._exchange = Exchange(client, instructions, call_seconds)
        self._max_calls = max_calls
        self._observer = observer or CallObserver()
        self._shared = shared
        self._now = now
        self._recent = RecentNames(cache_seconds, now)
        self._flights: SingleFlight[TaskName] = SingleFlight()
        self._circuit = Circuit(now)
        self._retries = RetryBudget()
        self._average_seconds = FIRST_GUESS_SECONDS / 2
        self._measured = False
        self._refused_in_a_row = 0
        self.calls_in_flight = 0
        self._told: State | None = None
        self._tell_state()

    @property
    def state(self) -> State:
        """Tell whether calls are let through."""
        return self._circuit.state

    @property
    def usual_seconds(self) -> float:
        """Tell how long a call may take before it is slower than usual."""
        return min(max(2 * self._average_seconds, SHORTEST_USUAL_SECONDS), LONGEST_USUAL_SECONDS)

    async def __call__(self, request: Request, until: float) -> TaskName:
        """Ask for the name of `request`, until the time `until` on the running loop's clock.

        Raises CannotName.
        """
        if not request.text:
            raise CannotName(Reason.NOT_ASKED)
        key = self._exchange.key(request.text)
        if (name := self._recent.get(key)) is not None:
            self._observer.reused("cache")
            return name
        until -= ANSWER_SECONDS
        if until <= asyncio.get_running_loop().time():
            raise CannotName(Reason.NOT_ASKED)
        if self._flights.is_under_way(key):
            self._observer.reused("flight")
        try:
            return await self._flights.join(
                key, until, lambda flight: self._name(request, key, flight)
            )
        except TimeoutError as error:
            raise CannotName(Reason.DEADLINE) from error

    async def _name(self, request: Request, key: str, flight: Flight[TaskName]) -> TaskName:
        if self._shared is not None and (name := await self._look(self._shared, key)) is not None:
            self._observer.reused("shared")
            self._recent.put(key, name)
            return name
        if self.calls_in_flight >= self._max_calls:
            raise CannotName(Reason.BUSY)
        self.calls_in_flight += 1
        self._observer.in_flight(self.calls_in_flight)
        try:
            name = await self._ask_perhaps_twice(request, flight)
        finally:
            self.calls_in_flight -= 1
            self._observer.in_flight(self.calls_in_flight)
        self._recent.put(key, name)
        if self._shared is not None:
            self._shared.keep(key, name)
        return name

    async def _look(self, shared: SharedCache, key: str) -> TaskName | None:
        known = await shared.look(key)
        if known.pause is not None:
            self._circuit.hear(known.pause.seconds, known.pause.left)
            self._tell_state()
        return known.name

    async def _ask_perhaps_twice(self, request: Request, flight: Flight[TaskName]) -> TaskName:
        self._retries.deposit()
        try:
            return await self._ask_once(request)
        except CannotName as declined:
            backoff = Backoff(RETRY_PAUSE_SECONDS, jitter=0.5, longest_told=math.inf)
            pause = backoff.pause(declined.retry_after_seconds)
            left = flight.patience - asyncio.get_running_loop().time()
            hopeful = declined.reason in RETRIED_SOON and left >= pause + self.usual_seconds
            if not hopeful or self.state is not State.CLOSED or not self._retries.withdraw():
                raise
            first = declined
        await asyncio.sleep(pause)
        if self.state is not State.CLOSED:
            raise first
        return await self._ask_once(request)

    async def _ask_once(self, request: Request) -> TaskName:
        probes = self._circuit.is_due
        if probes and self._shared is not None and not await self._shared.may_probe():
            raise CannotName(Reason.CIRCUIT_OPEN)
        permit = self._circuit.admit()
        if permit is None:
            raise CannotName(Reason.CIRCUIT_OPEN)
        self._tell_state()
        started = self._now()
        try:
            reply = await self._exchange.send(request.text)
            self._refused_in_a_row = 0
            self._succeeded(permit)
        except CannotName as declined:
            self._observer.called(Call(declined.reason, self._now() - started))
            await self._note_failure(permit, declined)
            raise
        except asyncio.CancelledError:
            if self._now() - started >= (
                self.usual_seconds if self._measured else UNMEASURED_HANG_SECONDS
            ):
                self._failed(permit, Reason.DEADLINE)
            self._observer.called(Call(Reason.DEADLINE, self._now() - started))
            raise
        finally:
            self._circuit.no_verdict(permit)  # where one was given, this changes nothing
            self._tell_state()
        seconds = self._now() - started
        self._measured = True
        self._average_seconds += 0.2 * (seconds - self._average_seconds)
        return self._judge(reply, request, seconds)

    def _tell_state(self) -> None:
        if self.state is not self._told:
            self._told = self.state
            self._observer.circuit_is(self.state)

    async def _note_failure(self, permit: Permit, declined: CannotName) -> None:
        reason = declined.reason
        if (
            reason in OUTAGE
            or declined.lasting
            or (reason is Reason.BAD_REQUEST and await self._refuses_all())
        ):
            self._failed(permit, reason, declined.retry_after_seconds)
        else:
            self._succeeded(permit)

    async def _refuses_all(self) -> bool:
        """Tell, after some refusals in a row, whether a question of our own is refused too."""
        self._refused_in_a_row += 1
        if self._refused_in_a_row < REFUSALS_TO_DOUBT:
            return False
        started = self._now()
        try:
            call = Call(None, 0.0, await self._exchange.send(CANARY))
            self._refused_in_a_row = 0
        except CannotName as declined:
            call = Call(declined.reason, 0.0)
        self._observer.called(replace(call, seconds=self._now() - started))
        return call.reason is Reason.BAD_REQUEST

    def _succeeded(self, permit: Permit) -> None:
        probed = self.state is State.PROBING
        self._circuit.succeeded(permit)
        if probed and self._shared is not None and self.state is State.CLOSED:
            self._shared.healed()

    def _failed(
        self, permit: Permit, reason: Reason, retry_after_seconds: float | None = None
    ) -> None:
        pause = self._circuit.failed(permit, reason, retry_after_seconds)
        if pause is not None:
            self._observer.paused(reason, pause)
            if self._shared is not None:
                self._shared.pause(pause)

    def _judge(self, reply: Reply, request: Request, seconds: float) -> TaskName:
        reason: Reason | None = None
        try:
            return self._exchange.judge(reply, request)
        except CannotName as declined:
            reason = declined.reason
            raise
        finally:
            self._observer.called(Call(reason, seconds, reply))
