"""Asking Claude as a whole.

What is known is reused, equal questions share a call, and bad days cost nobody a wait.
"""

from __future__ import annotations

import asyncio
import random
import time
from typing import TYPE_CHECKING, Final, Protocol

from naming.claude.circuit import OUTAGE, Circuit, State
from naming.claude.flights import Flight, Flights
from naming.claude.recent_names import RecentNames, question_key
from naming.claude.retry_budget import RetryBudget
from naming.claude.watch import Call, Watch
from naming.outcome import CannotName, Reason
from naming.validation import believe
from naming.validation.examples import Examples

if TYPE_CHECKING:
    from collections.abc import Callable

    from naming.claude.circuit import Permit
    from naming.claude.instructions import Instructions
    from naming.claude.message import Reply
    from naming.claude.shared import Shared
    from naming.names import TaskName
    from naming.request import Request

ANSWER_SECONDS: Final = 0.010
"""Kept back from every deadline for what is left to do once Claude has answered or has not."""

UNMEASURED_HANG_SECONDS: Final = 1.5
"""Before any call has succeeded, a call given up by its caller counts as a hang only after this long: otherwise callers
in more of a hurry than Claude ever is would open the circuit for everybody."""

RETRIED: Final = frozenset({Reason.UNREACHABLE, Reason.OVERLOADED})
"""The failures after which a second try soon may do better."""

RETRY_PAUSE_SECONDS: Final = (0.05, 0.15)
"""The pause before a retry is drawn from this range, so that many callers do not retry as one."""

FIRST_GUESS_SECONDS: Final = 0.8
SHORTEST_USUAL_SECONDS: Final = 0.4
LONGEST_USUAL_SECONDS: Final = 5.0
"""A usual call takes up to twice the moving average of the calls that succeeded, within these bounds."""


class Sender(Protocol):
    """The client as seen from here."""

    @property
    def model(self) -> str:
        """The model that is asked."""

    async def send(self, text: str) -> Reply:
        """Make one call. Raises CannotName."""


class AskClaude:
    """Asks for the name of a cleaned prompt, within a time.

    Every way of getting none is a CannotName.
    """

    def __init__(  # noqa: PLR0913 # the parts are told apart by name
        self,
        client: Sender,
        instructions: Instructions,
        *,
        max_calls: int,
        call_seconds: float,
        cache_seconds: float,
        watch: Watch | None = None,
        shared: Shared | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._instructions = instructions
        self._examples = Examples(example.task_name for example in instructions.examples)
        self._max_calls = max_calls
        self._call_seconds = call_seconds
        self._watch = watch or Watch()
        self._shared = shared
        self._now = now
        self._recent = RecentNames(cache_seconds, now)
        self._flights: Flights[TaskName] = Flights()
        self._circuit = Circuit(now)
        self._retries = RetryBudget()
        self._average_seconds = FIRST_GUESS_SECONDS / 2
        self._measured = False
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
        key = question_key(self._client.model, self._instructions.version, request.text)
        if (name := self._recent.get(key)) is not None:
            self._watch.reused("cache")
            return name
        until -= ANSWER_SECONDS
        if until <= asyncio.get_running_loop().time():
            raise CannotName(Reason.NOT_ASKED)
        if self._flights.is_under_way(key):
            self._watch.reused("flight")
        try:
            return await self._flights.join(
                key, until, lambda flight: self._name(request, key, flight)
            )
        except TimeoutError as error:
            raise CannotName(Reason.DEADLINE) from error

    async def _name(self, request: Request, key: str, flight: Flight[TaskName]) -> TaskName:
        if self._shared is not None and (name := await self._look(self._shared, key)) is not None:
            self._watch.reused("shared")
            self._recent.put(key, name)
            return name
        if self.calls_in_flight >= self._max_calls:
            raise CannotName(Reason.BUSY)
        self.calls_in_flight += 1
        self._watch.in_flight(self.calls_in_flight)
        try:
            name = await self._ask_perhaps_twice(request, flight)
        finally:
            self.calls_in_flight -= 1
            self._watch.in_flight(self.calls_in_flight)
        self._recent.put(key, name)
        if self._shared is not None:
            self._shared.keep(key, name)
        return name

    async def _look(self, shared: Shared, key: str) -> TaskName | None:
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
            pause = max(random.uniform(*RETRY_PAUSE_SECONDS), declined.retry_after_seconds or 0.0)  # noqa: S311
            left = flight.patience - asyncio.get_running_loop().time()
            hopeful = declined.reason in RETRIED and left >= pause + self.usual_seconds
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
            reply = await self._send(request.text)
            self._succeeded(permit)
        except CannotName as declined:
            self._judge(permit, declined)
            self._watch.called(Call(declined.reason, self._now() - started))
            raise
        except asyncio.CancelledError:
            if self._now() - started >= (
                self.usual_seconds if self._measured else UNMEASURED_HANG_SECONDS
            ):
                self._failed(permit, Reason.DEADLINE)
            self._watch.called(Call(Reason.DEADLINE, self._now() - started))
            raise
        finally:
            self._circuit.no_verdict(permit)  # where one was given, this changes nothing
            self._tell_state()
        seconds = self._now() - started
        self._measured = True
        self._average_seconds += 0.2 * (seconds - self._average_seconds)
        return self._believe(reply, request, seconds)

    def _tell_state(self) -> None:
        if self.state is not self._told:
            self._told = self.state
            self._watch.circuit_is(self.state)

    async def _send(self, text: str) -> Reply:
        try:
            async with asyncio.timeout(self._call_seconds):
                return await self._client.send(text)
        except TimeoutError as error:
            raise CannotName(Reason.DEADLINE) from error

    def _judge(self, permit: Permit, declined: CannotName) -> None:
        if declined.reason in OUTAGE:
            self._failed(permit, declined.reason, declined.retry_after_seconds)
        else:
            self._succeeded(permit)

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
            self._watch.paused(reason, pause)
            if self._shared is not None:
                self._shared.pause(pause)

    def _believe(self, reply: Reply, request: Request, seconds: float) -> TaskName:
        reason: Reason | None = None
        try:
            return believe(reply.text, request, self._examples)
        except CannotName as declined:
            reason = declined.reason
            raise
        finally:
            self._watch.called(Call(reason, seconds, reply.input_tokens, reply.output_tokens))
