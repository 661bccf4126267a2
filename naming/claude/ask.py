"""Asking Claude by a caller's deadline: what is known is reused, equal questions share a call."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from naming.claude.circuit import Backoff, Circuit, State
from naming.claude.instructions import CANARY, Instructions, question_key
from naming.claude.message import Call, CallObserver, MessagesClient, Reply
from naming.claude.reasons import OUTAGE, RETRIED_SOON
from naming.claude.reuse import Flight, RecentNames, SingleFlight
from naming.names import TaskName
from naming.outcome import CannotName, Reason
from naming.request import Request
from naming.shared_cache.replica_cache import ReplicaCache

ANSWER_SECONDS: Final = 0.010  # kept back from every deadline for what is left to do then

RETRY_PAUSE: Final = Backoff(0.1, longest_told=float("inf"), jitter=0.5)
"""Before the one retry; a `Retry-After` that the deadline has no room for ends the asking."""

RETRIES_PER_CALL: Final = 0.1
MOST_RETRIES: Final = 10.0
"""A token bucket, as in gRPC's retry throttling: each call earns a tenth of a retry, and quiet
times save up ten, with which a new service starts."""

BAD_DAYS: Final = {Reason.MODEL_NOT_FOUND, Reason.OVERLOADED, Reason.RATE_LIMITED, None}
"""The failures of a model that another may not share; None: another process has met them."""

REFUSALS_TO_DOUBT: Final = 3  # in a row, after which the canary tells whether it is these prompts

FIRST_GUESS_SECONDS: Final = 0.8
SHORTEST_USUAL_SECONDS: Final = 0.4
LONGEST_USUAL_SECONDS: Final = 5.0
"""A usual call takes up to twice the moving average of those that succeeded, within these."""

UNMEASURED_HANG_SECONDS: Final = 1.5  # what counts as a hang until a call has succeeded


class AskClaude:
    """Asks for the name of a request, within a time. Every way of getting none is a CannotName.

    `second` is asked where the first model is missing, overloaded or limited and time is left.
    """

    def __init__(  # noqa: PLR0913 # the parts are told apart by name
        self,
        client: MessagesClient,
        instructions: Instructions,
        *,
        max_calls: int,
        cache_seconds: float,
        observer: CallObserver | None = None,
        shared: ReplicaCache | None = None,
        second: MessagesClient | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._observer = observer or CallObserver()
        self._key = partial(question_key, client.model, instructions.version)
        circuit, judge = Circuit(now, self._observer.circuit_is), instructions.judge
        self._first = Upstream(client, judge, self._observer, circuit, shared)
        self._second = Upstream(second, judge, self._observer, Circuit(now)) if second else None
        self._max_calls = max_calls
        self._shared = shared
        self._recent = RecentNames(cache_seconds, now)
        self._flights: SingleFlight[TaskName] = SingleFlight()
        self._retries = MOST_RETRIES
        self.calls_in_flight = 0

    async def __call__(self, request: Request, until: float) -> TaskName:
        """Ask until the time `until` on the running loop's clock. Raises CannotName."""
        if not request.whole:
            raise CannotName(Reason.NOT_ASKED)
        key = self._key(request.question)
        if (name := self._recent.get(key)) is not None:
            self._observer.reused("cache")
            return name
        until -= ANSWER_SECONDS
        if until <= asyncio.get_running_loop().time():
            raise CannotName(Reason.NOT_ASKED)
        if key in self._flights.under_way:
            self._observer.reused("flight")
        try:
            return await self._flights.join(key, until, partial(self._name, request, key))
        except TimeoutError as error:
            raise CannotName(Reason.DEADLINE) from error

    async def _name(self, request: Request, key: str, flight: Flight[TaskName]) -> TaskName:
        if self._shared is not None:
            name, pause = await self._shared.look(key)
            if pause is not None:
                self._first.circuit.hear(*pause)
            if name is not None:
                self._observer.reused("shared")
                self._recent.put(key, name)
                return name
        if self.calls_in_flight >= self._max_calls:
            raise CannotName(Reason.BUSY)
        self._count(1)
        try:
            name = await self._ask_perhaps_twice(request, flight)
        finally:
            self._count(-1)
        if request.is_repeated_in(*name):  # by a guess: nobody takes it, and nothing keeps it
            return name
        keys = [key]
        if request.current is not None:  # asked again with nothing new, its new name stays
            keys.append(self._key(request.called(*name).question))
        for each in keys:
            self._recent.put(each, name)
            if self._shared is not None:
                self._shared.keep(each, name)
        return name

    def _count(self, more: int) -> None:
        self.calls_in_flight += more
        self._observer.in_flight(self.calls_in_flight)

    async def _ask_perhaps_twice(self, request: Request, flight: Flight[TaskName]) -> TaskName:
        self._retries = min(MOST_RETRIES, self._retries + RETRIES_PER_CALL)
        try:
            return await self._first.ask(request)
        except CannotName as declined:
            first, left = declined, flight.patience - asyncio.get_running_loop().time()
        is_open = first.reason is Reason.CIRCUIT_OPEN
        reason = self._first.circuit.paused_for if is_open else first.reason
        if self._second is not None and reason in BAD_DAYS:
            if left < self._second.usual_seconds:
                raise first
            try:
                return await self._second.ask(request)
            except CannotName as declined:
                if declined.reason in {*OUTAGE, Reason.CIRCUIT_OPEN}:
                    raise first from declined
                raise
        pause, circuit = RETRY_PAUSE.pause(first.retry_after_seconds), self._first.circuit
        hopeful = first.reason in RETRIED_SOON and left >= pause + self._first.usual_seconds
        if not hopeful or circuit.state is not State.CLOSED or self._retries < 1.0:
            raise first
        self._retries -= 1.0
        await asyncio.sleep(pause)
        if circuit.state is not State.CLOSED:
            raise first
        return await self._first.ask(request)


@dataclass
class Upstream:
    """Makes single calls to one model, none while they are paused; `shared` tells of pauses."""

    client: MessagesClient
    judge: Callable[[str, Request], TaskName]
    observer: CallObserver
    circuit: Circuit
    shared: ReplicaCache | None = None
    _average_seconds: float = FIRST_GUESS_SECONDS / 2
    _is_measured: bool = False
    _refused_in_a_row: int = 0

    @property
    def usual_seconds(self) -> float:
        """Tell how long a call may take before it is slower than usual."""
        usual = max(2 * self._average_seconds, SHORTEST_USUAL_SECONDS)
        return min(usual, LONGEST_USUAL_SECONDS)

    async def ask(self, request: Request) -> TaskName:
        """Make one call about `request`. Raises CannotName, also while calls are paused."""
        is_held = self.circuit.is_due and self.shared and not await self.shared.may_probe()
        if is_held or (era := self.circuit.admit()) is None:
            raise CannotName(Reason.CIRCUIT_OPEN)
        started = self.circuit.now()
        try:
            reply = await self.client.send(request.question)
        except CannotName as declined:
            self._note(self.circuit.now() - started, declined.reason)
            if declined.lasting or await self._is_outage(declined.reason):
                self._failed(era, declined)
            else:
                self._succeeded(era)
            raise
        except asyncio.CancelledError:
            patience = self.usual_seconds if self._is_measured else UNMEASURED_HANG_SECONDS
            if (seconds := self.circuit.now() - started) >= patience:
                self._failed(era, CannotName(Reason.DEADLINE))
            self._note(seconds, Reason.DEADLINE)
            raise
        else:
            self._refused_in_a_row = 0
            self._succeeded(era)
        finally:
            self.circuit.no_verdict(era)  # where one was given, this changes nothing
        seconds = self.circuit.now() - started
        self._average_seconds += 0.2 * (seconds - self._average_seconds)
        self._is_measured = True
        try:
            name = self.judge(reply.answer, request)
        except CannotName as declined:
            self._note(seconds, declined.reason, reply)
            raise
        self._note(seconds, None, reply)
        return name

    def _note(self, seconds: float, reason: Reason | None, reply: Reply | None = None) -> None:
        self.observer.called(Call(reason, seconds, reply, self.client.model))

    async def _is_outage(self, reason: Reason) -> bool:
        """Tell whether no other prompt fares better; after some refusals in a row by the canary."""
        if reason is not Reason.BAD_REQUEST:
            return reason in OUTAGE
        self._refused_in_a_row += 1
        if self._refused_in_a_row < REFUSALS_TO_DOUBT:
            return False
        started, reply, told = self.circuit.now(), None, None
        try:
            reply = await self.client.send(CANARY)
            self._refused_in_a_row = 0
        except CannotName as declined:
            told = declined.reason
        self._note(self.circuit.now() - started, told, reply)
        return told is Reason.BAD_REQUEST

    def _succeeded(self, era: int) -> None:
        probed = self.circuit.state is State.PROBING
        self.circuit.succeeded(era)
        if probed and self.shared is not None and self.circuit.state is State.CLOSED:
            self.shared.healed()

    def _failed(self, era: int, declined: CannotName) -> None:
        if (pause := self.circuit.failed(era, declined)) is not None:
            self.observer.paused(declined.reason, pause)
            if self.shared is not None:
                self.shared.pause(pause)
