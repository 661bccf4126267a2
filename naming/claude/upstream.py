"""One model as it is asked now: by calls that its circuit lets through, and how long they take."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from naming.claude.circuit import Circuit, State
from naming.claude.interfaces import Call
from naming.claude.patient import CANARY
from naming.claude.reasons import OUTAGE
from naming.outcome import CannotName, Reason

if TYPE_CHECKING:
    from naming.claude.circuit import Permit
    from naming.claude.exchange import Exchange
    from naming.claude.interfaces import CallObserver
    from naming.claude.message import Reply
    from naming.names import TaskName
    from naming.request import Request
    from naming.shared_cache.replica_cache import ReplicaCache

UNMEASURED_HANG_SECONDS: Final = 1.5
"""Until a call has succeeded, only one given up after this counts as a hang: callers hurry."""

REFUSALS_TO_DOUBT: Final = 3
"""Bad requests in a row, after which a question of our own tells whether it is these prompts."""

FIRST_GUESS_SECONDS: Final = 0.8
SHORTEST_USUAL_SECONDS: Final = 0.4
LONGEST_USUAL_SECONDS: Final = 5.0
"""A usual call takes up to twice the moving average of those that succeeded, within these."""


class Upstream:
    """Makes single calls to one model, none while they are paused; `shared` tells of pauses."""

    def __init__(
        self,
        exchange: Exchange,
        observer: CallObserver,
        now: Callable[[], float],
        shared: ReplicaCache | None = None,
        *,
        tells_state: bool = True,
    ) -> None:
        self._exchange = exchange
        self._observer = observer
        self._now = now
        self._shared = shared
        self._circuit = Circuit(now)
        self._average_seconds = FIRST_GUESS_SECONDS / 2
        self._measured = False
        self._refused_in_a_row = 0
        self._told: State | None = None
        self._tells_state = tells_state
        self.paused_for: Reason | None = None
        """Why calls were last paused here; None since they succeed, or where others paused them."""
        self._tell_state()

    @property
    def state(self) -> State:
        """Tell whether calls are let through."""
        return self._circuit.state

    @property
    def usual_seconds(self) -> float:
        """Tell how long a call may take before it is slower than usual."""
        return min(max(2 * self._average_seconds, SHORTEST_USUAL_SECONDS), LONGEST_USUAL_SECONDS)

    def hear(self, pause_seconds: float, left_seconds: float) -> None:
        """Pause as another replica does, whose pause has `left_seconds` left."""
        self._circuit.hear(pause_seconds, left_seconds)
        self._tell_state()

    async def ask(self, request: Request) -> TaskName:
        """Make one call about `request`. Raises CannotName, also while calls are paused."""
        probes = self._circuit.is_due
        if probes and self._shared is not None and not await self._shared.may_probe():
            raise CannotName(Reason.CIRCUIT_OPEN)
        permit = self._circuit.admit()
        if permit is None:
            raise CannotName(Reason.CIRCUIT_OPEN)
        self._tell_state()
        started = self._now()
        try:
            reply = await self._exchange.send(request.question)
        except CannotName as declined:
            reason = declined.reason
            self._note(reason, self._now() - started)
            if (
                reason in OUTAGE
                or declined.lasting
                or (reason is Reason.BAD_REQUEST and await self._refuses_all())
            ):
                self._failed(permit, reason, declined.retry_after_seconds)
            else:
                self._succeeded(permit)
            raise
        except asyncio.CancelledError:
            patience = self.usual_seconds if self._measured else UNMEASURED_HANG_SECONDS
            if self._now() - started >= patience:
                self._failed(permit, Reason.DEADLINE)
            self._note(Reason.DEADLINE, self._now() - started)
            raise
        else:
            self._refused_in_a_row = 0
            self._succeeded(permit)
        finally:
            self._circuit.no_verdict(permit)  # where one was given, this changes nothing
            self._tell_state()
        seconds = self._now() - started
        self._measured = True
        self._average_seconds += 0.2 * (seconds - self._average_seconds)
        try:
            name = self._exchange.judge(reply, request)
        except CannotName as declined:
            self._note(declined.reason, seconds, reply)
            raise
        self._note(None, seconds, reply)
        return name

    def _note(self, reason: Reason | None, seconds: float, reply: Reply | None = None) -> None:
        self._observer.called(Call(reason, seconds, reply, self._exchange.model))

    def _tell_state(self) -> None:
        if self._tells_state and self.state is not self._told:
            self._told = self.state
            self._observer.circuit_is(self.state)

    async def _refuses_all(self) -> bool:
        """Tell, after some refusals in a row, whether a question of our own is refused too."""
        self._refused_in_a_row += 1
        if self._refused_in_a_row < REFUSALS_TO_DOUBT:
            return False
        started, reply, reason = self._now(), None, None
        try:
            reply = await self._exchange.send(CANARY)
            self._refused_in_a_row = 0
        except CannotName as declined:
            reason = declined.reason
        self._note(reason, self._now() - started, reply)
        return reason is Reason.BAD_REQUEST

    def _succeeded(self, permit: Permit) -> None:
        probed = self.state is State.PROBING
        self._circuit.succeeded(permit)
        if self.state is State.CLOSED:
            self.paused_for = None
            if probed and self._shared is not None:
                self._shared.healed()

    def _failed(
        self, permit: Permit, reason: Reason, retry_after_seconds: float | None = None
    ) -> None:
        pause = self._circuit.failed(permit, reason, retry_after_seconds)
        if pause is not None:
            self.paused_for = reason
            self._observer.paused(reason, pause)
            if self._shared is not None:
                self._shared.pause(pause)
