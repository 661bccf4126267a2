"""The circuit, against a model small enough to be believed, on a clock of its own."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    precondition,
    rule,
)

from naming.claude.circuit import Circuit, State
from naming.claude.reasons import OUTAGE, STANDING
from naming.outcome import CannotName, Reason

PASSING = sorted(OUTAGE - STANDING.keys())


class Clock:
    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


def state(circuit: Circuit) -> State:
    return (
        circuit.state
    )  # called anew each time, so that a type checker does not take it for settled


def opened(
    reason: Reason = Reason.OVERLOADED, retry_after: float | None = None
) -> tuple[Circuit, Clock]:
    """Open a circuit by five failures, or by one for a standing reason."""
    clock = Clock()
    circuit = Circuit(clock)
    while state(circuit) is State.CLOSED:
        fail(circuit, reason, retry_after)
    return circuit, clock


def fail(
    circuit: Circuit, reason: Reason = Reason.OVERLOADED, retry_after: float | None = None
) -> None:
    permit = circuit.admit()
    assert permit is not None
    circuit.failed(permit, CannotName(reason, retry_after_seconds=retry_after))


def seconds_of_pause(circuit: Circuit, clock: Clock) -> float:
    """Measure from outside: wait in small steps until a call is let through, and give that call up."""
    started = clock.time
    while (permit := circuit.admit()) is None:
        clock.time += 0.5
        assert clock.time - started < 1000
    circuit.no_verdict(permit)
    return clock.time - started


@pytest.mark.parametrize("reason", PASSING)
def test_the_fifth_failure_in_a_row_opens_it_and_not_the_fourth(reason: Reason) -> None:
    circuit = Circuit(Clock())
    for _ in range(4):
        fail(circuit, reason)
        assert state(circuit) is State.CLOSED
    fail(circuit, reason)
    assert state(circuit) is State.OPEN
    assert circuit.admit() is None


def test_one_success_starts_the_count_anew() -> None:
    circuit = Circuit(Clock())
    for _ in range(20):
        for _ in range(4):
            fail(circuit)
        permit = circuit.admit()
        assert permit is not None
        circuit.succeeded(permit)
    assert state(circuit) is State.CLOSED


def test_the_failure_that_opens_it_is_told_the_length_of_the_pause() -> None:
    circuit = Circuit(Clock())
    for pause in (None, None, None, None, 10.0):
        permit = circuit.admit()
        assert permit is not None
        assert circuit.failed(permit, CannotName(Reason.OVERLOADED)) == pause


def test_the_reasons_that_count_are_outages_and_never_bad_replies() -> None:
    bad_replies = {
        Reason.BAD_REQUEST,
        Reason.REFUSED,
        Reason.CUT_SHORT,
        Reason.UNREADABLE,
        Reason.NOT_A_NAME,
    }
    ours = {Reason.NO_API_KEY, Reason.NOT_ASKED, Reason.CIRCUIT_OPEN, Reason.BUSY}
    assert set(Reason) - bad_replies - ours == OUTAGE
    mended_by_a_person = {Reason.SPEND_LIMIT, Reason.AUTHENTICATION, Reason.MODEL_NOT_FOUND}
    assert mended_by_a_person | {Reason.BAD_REQUEST} == STANDING.keys()


@pytest.mark.parametrize("reason", sorted(STANDING))
def test_what_only_a_person_can_mend_opens_it_at_once_and_for_five_minutes(reason: Reason) -> None:
    circuit = Circuit(clock := Clock())
    fail(circuit, reason, retry_after=1.0)
    assert state(circuit) is State.OPEN
    assert seconds_of_pause(circuit, clock) == 300


def test_exactly_one_call_probes() -> None:
    circuit, clock = opened()
    clock.time += 10
    permits = [circuit.admit() for _ in range(20)]
    assert sum(permit is not None for permit in permits) == 1
    assert permits[0] is not None
    assert state(circuit) is State.PROBING
    circuit.succeeded(permits[0])
    assert state(circuit) is State.CLOSED
    assert all(circuit.admit() is not None for _ in range(20))


def test_pauses_are_longer_at_each_failed_probe_up_to_a_minute() -> None:
    circuit, clock = opened()
    pauses = []
    for _ in range(6):
        pauses.append(seconds_of_pause(circuit, clock))
        fail(circuit)
    assert pauses == [10, 20, 40, 60, 60, 60]


def test_after_a_recovery_the_pause_is_short_again_and_five_failures_are_needed_again() -> None:
    circuit, clock = opened()
    for _ in range(3):
        seconds_of_pause(circuit, clock)
        fail(circuit)
    seconds_of_pause(circuit, clock)
    permit = circuit.admit()
    assert permit is not None
    circuit.succeeded(permit)
    for _ in range(4):
        fail(circuit)
        assert state(circuit) is State.CLOSED
    fail(circuit)
    assert seconds_of_pause(circuit, clock) == 10


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [
        (None, 10),
        (0, 10),
        (3, 10),
        (10, 10),
        (25, 25),
        (60, 60),
        (61, 60),
        (3600, 60),
        (float("inf"), 60),
    ],
)
def test_retry_after_is_honoured_within_bounds(retry_after: float | None, seconds: float) -> None:
    circuit, clock = opened(Reason.RATE_LIMITED, retry_after)
    assert seconds_of_pause(circuit, clock) == seconds


def test_the_pause_ends_at_its_time_and_not_before() -> None:
    circuit, clock = opened()
    clock.time += 9.999
    assert circuit.admit() is None
    clock.time += 0.001
    assert circuit.admit() is not None


def test_a_probe_that_tells_nothing_leaves_the_next_call_to_probe() -> None:
    circuit, clock = opened()
    clock.time += 10
    probe = circuit.admit()
    assert probe is not None
    circuit.no_verdict(probe)
    assert state(circuit) is State.OPEN
    assert circuit.admit() is not None
    assert circuit.admit() is None


def test_a_straggler_neither_ends_a_pause_nor_lengthens_it_nor_frees_the_probe() -> None:
    clock = Clock()
    circuit = Circuit(clock)
    stragglers = [circuit.admit() for _ in range(6)]
    for _ in range(5):
        fail(circuit)
    good, bad, standing, silent, *_ = [permit for permit in stragglers if permit is not None]
    circuit.succeeded(good)
    circuit.failed(bad, CannotName(Reason.OVERLOADED, retry_after_seconds=60.0))
    circuit.failed(standing, CannotName(Reason.SPEND_LIMIT))
    assert state(circuit) is State.OPEN
    clock.time += 10
    probe = circuit.admit()
    assert probe is not None
    circuit.no_verdict(silent)
    circuit.succeeded(good)
    assert state(circuit) is State.PROBING


def test_stragglers_of_an_outage_do_not_pause_calls_again_after_it() -> None:
    clock = Clock()
    circuit = Circuit(clock)
    stragglers = [circuit.admit() for _ in range(30)]
    for _ in range(5):
        fail(circuit)
    clock.time += 10
    probe = circuit.admit()
    assert probe is not None
    circuit.succeeded(probe)
    for straggler in stragglers:
        assert straggler is not None
        circuit.failed(straggler, CannotName(Reason.DEADLINE))
    assert state(circuit) is State.CLOSED


@dataclass
class Model:
    """What the page above says, in its own words."""

    era: int = 0
    failures: int = 0
    pauses: int = 0
    open_until: float | None = None
    probe: int | None = None


class AnyOrderOfEvents(RuleBasedStateMachine):
    permits = Bundle("permits")

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.circuit = Circuit(self.clock)
        self.model = Model()
        self.eras: dict[int, int] = {}

    @rule(target=permits)
    def a_call_is_let_through_or_not(self) -> int | None:
        model, permit = self.model, self.circuit.admit()
        paused = model.open_until is not None and (
            model.probe is not None or self.clock.time < model.open_until
        )
        assert (permit is None) == paused
        if permit is not None:
            self.eras[permit] = model.era
            if model.open_until is not None:
                model.probe = permit
        return permit

    @rule(seconds=st.sampled_from([0.5, 9.5, 10.0, 20.0, 60.0, 299.0]))
    def time_passes(self, seconds: float) -> None:
        self.clock.time += seconds

    @rule(permit=consumes(permits))
    def a_call_succeeds(self, permit: int | None) -> None:
        if permit is None:
            return
        self.circuit.succeeded(permit)
        if self.eras[permit] == self.model.era:
            self.model = Model(self.model.era)
        self.circuit.no_verdict(permit)  # as whoever asks does in the end, always

    @rule(
        permit=consumes(permits),
        reason=st.sampled_from(sorted(OUTAGE)),
        wait=st.sampled_from([None, 0.0, 30.0, 9e9]),
    )
    def a_call_fails(self, permit: int | None, reason: Reason, wait: float | None) -> None:
        if permit is None:
            return
        self.circuit.failed(permit, CannotName(reason, retry_after_seconds=wait))
        model = self.model
        if self.eras[permit] == model.era:
            model.failures += 1
            model.pauses += permit == model.probe
            if permit == model.probe or model.failures >= 5 or reason in STANDING:
                pause = [10.0, 20.0, 40.0, 60.0][min(model.pauses, 3)]
                pause = 300.0 if reason in STANDING else max(pause, min(wait or 0.0, 60.0))
                model.open_until, model.probe, model.era = (
                    self.clock.time + pause,
                    None,
                    model.era + 1,
                )
        self.circuit.no_verdict(permit)

    @rule(permit=consumes(permits))
    def a_call_tells_nothing(self, permit: int | None) -> None:
        if permit is None:
            return
        self.circuit.no_verdict(permit)
        if permit == self.model.probe:
            self.model.probe = None

    @precondition(lambda self: self.model.open_until is not None and self.model.probe is None)
    @rule(callers=st.integers(2, 5))
    def many_call_when_the_pause_is_over(self, callers: int) -> None:
        assert self.model.open_until is not None
        self.clock.time = max(self.clock.time, self.model.open_until)
        permits = [permit for _ in range(callers) if (permit := self.circuit.admit()) is not None]
        assert len(permits) == 1
        self.circuit.no_verdict(permits[0])

    @invariant()
    def the_state_is_what_the_model_says(self) -> None:
        model = self.model
        expected = (
            State.CLOSED
            if model.open_until is None
            else State.PROBING
            if model.probe is not None
            else State.OPEN
        )
        assert self.circuit.state is expected


AnyOrderOfEvents.TestCase.settings = settings(
    max_examples=120, stateful_step_count=40, deadline=None
)
TestAnyOrderOfEvents = AnyOrderOfEvents.TestCase
