"""One model as it is asked now: by calls that its circuit lets through, and how long they take."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from naming.claude.circuit import Circuit, State
from naming.claude.message import MessagesClient, Reply
from naming.claude.reasons import OUTAGE
from naming.names import TaskName
from naming.outcome import CannotName, Reason
from naming.request import Question, Request
from naming.shared_cache import SharedLookup

if TYPE_CHECKING:
    from naming.shared_cache.replica_cache import ReplicaCache

UNMEASURED_HANG_SECONDS: Final = 1.5
"""Until a call has succeeded, only one given up after this counts as a hang: callers hurry."""

CANARY: Final = Question("Add a dark mode to the settings page")
"""Nobody's prompt, to find out whether it is a prompt that gets no answer or all of them."""

REFUSALS_TO_DOUBT: Final = 3
"""Bad requests in a row, after which the canary tells whether it is these prompts."""

FIRST_GUESS_SECONDS: Final = 0.8
SHORTEST_USUAL_SECONDS: Final = 0.4
LONGEST_USUAL_SECONDS: Final = 5.0
"""A usual call takes up to twice the moving average of those that succeeded, within these."""


@dataclass(frozen=True, slots=True)
class Call:
    """What one call upstream came to; `reason` is None when the reply gave a name."""

    reason: Reason | None
    seconds: float
    reply: Reply | None = None
    """What came back; None where nothing did that could be read."""
    model: str = ""


class CallObserver:
    """Is told what happens on the way to Claude; this one takes no notice."""

    def called(self, call: Call) -> None:
        """Take note of a finished call."""

    def reused(self, how: str) -> None:
        """Take note that no call was needed: `cache`, `flight` or `shared`."""

    def looked(self, result: SharedLookup) -> None:
        """Take note of what came of a look into what replicas share."""

    def line_is(self, *, up: bool) -> None:
        """Take note that what replicas share can, or can no longer, be reached."""

    def in_flight(self, calls: int) -> None:
        """Take note of how many calls are under way now."""

    def circuit_is(self, state: State) -> None:
        """Take note of what the circuit does with the next call, at first and at each change."""

    def retires(self, model: str, when: str) -> None:
        """Take note, at the start, that `model` is due to retire: on a date, or soon."""

    def paused(self, reason: Reason, seconds: float) -> None:
        """Take note that calls are paused for `seconds`, after a failure for `reason`."""


class Upstream:
    """Makes single calls to one model, none while they are paused; `shared` tells of pauses."""

    def __init__(
        self,
        client: MessagesClient,
        judge: Callable[[str, Request], TaskName],
        observer: CallObserver,
        circuit: Circuit,
        shared: ReplicaCache | None = None,
    ) -> None:
        self._client = client
        self._judge = judge
        self._observer = observer
        self.circuit = circuit
        self._now = circuit.now
        self._shared = shared
        self._average_seconds = FIRST_GUESS_SECONDS / 2
        self._measured = False
        self._refused_in_a_row = 0

    @property
    def usual_seconds(self) -> float:
        """Tell how long a call may take before it is slower than usual."""
        return min(max(2 * self._average_seconds, SHORTEST_USUAL_SECONDS), LONGEST_USUAL_SECONDS)

    async def ask(self, request: Request) -> TaskName:
        """Make one call about `request`. Raises CannotName, also while calls are paused."""
        is_held = self.circuit.is_due and self._shared and not await self._shared.may_probe()
        if is_held or (era := self.circuit.admit()) is None:
            raise CannotName(Reason.CIRCUIT_OPEN)
        started = self._now()
        try:
            reply = await self._client.send(request.question)
        except CannotName as declined:
            self._note(self._now() - started, declined.reason)
            if declined.lasting or await self._is_outage(declined.reason):
                self._failed(era, declined.reason, declined.retry_after_seconds)
            else:
                self._succeeded(era)
            raise
        except asyncio.CancelledError:
            patience = self.usual_seconds if self._measured else UNMEASURED_HANG_SECONDS
            if (seconds := self._now() - started) >= patience:
                self._failed(era, Reason.DEADLINE)
            self._note(seconds, Reason.DEADLINE)
            raise
        else:
            self._refused_in_a_row = 0
            self._succeeded(era)
        finally:
            self.circuit.no_verdict(era)  # where one was given, this changes nothing
        self._measured, seconds = True, self._now() - started
        self._average_seconds += 0.2 * (seconds - self._average_seconds)
        try:
            name = self._judge(reply.answer, request)
        except CannotName as declined:
            self._note(seconds, declined.reason, reply)
            raise
        self._note(seconds, None, reply)
        return name

    def _note(self, seconds: float, reason: Reason | None, reply: Reply | None = None) -> None:
        self._observer.called(Call(reason, seconds, reply, self._client.model))

    async def _is_outage(self, reason: Reason) -> bool:
        """Tell whether no other prompt fares better; after some refusals in a row by the canary."""
        if reason is not Reason.BAD_REQUEST:
            return reason in OUTAGE
        self._refused_in_a_row += 1
        if self._refused_in_a_row < REFUSALS_TO_DOUBT:
            return False
        started, reply, told = self._now(), None, None
        try:
            reply = await self._client.send(CANARY)
            self._refused_in_a_row = 0
        except CannotName as declined:
            told = declined.reason
        self._note(self._now() - started, told, reply)
        return told is Reason.BAD_REQUEST

    def _succeeded(self, era: int) -> None:
        probed = self.circuit.state is State.PROBING
        self.circuit.succeeded(era)
        if probed and self._shared is not None and self.circuit.state is State.CLOSED:
            self._shared.healed()

    def _failed(self, era: int, reason: Reason, retry_after_seconds: float | None = None) -> None:
        pause = self.circuit.failed(era, reason, retry_after_seconds)
        if pause is not None:
            self._observer.paused(reason, pause)
            if self._shared is not None:
                self._shared.pause(pause)
