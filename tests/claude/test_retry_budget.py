"""Retries stay a tenth of the calls, with ten saved up for a bad moment in quiet times."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from naming.claude.circuit import RetryBudget


def spend(budget: RetryBudget) -> int:
    spent = 0
    while budget.withdraw():
        spent += 1
        assert spent < 1000
    return spent


def test_a_new_service_may_retry_ten_times() -> None:
    assert spend(RetryBudget()) == 10


@given(st.integers(0, 500))
def test_quiet_times_save_up_ten_retries_and_no_more(calls: int) -> None:
    budget = RetryBudget()
    for _ in range(calls):
        budget.deposit()
    assert spend(budget) == 10


def test_an_empty_budget_gives_a_retry_for_ten_calls() -> None:
    budget = RetryBudget()
    spend(budget)
    for _ in range(9):
        budget.deposit()
        assert not budget.withdraw()
    budget.deposit()
    budget.deposit()  # a tenth is not exact in binary: the tenth of ten calls may be a hair short of one
    assert budget.withdraw()
    assert not budget.withdraw()


def test_a_refused_retry_costs_nothing() -> None:
    budget = RetryBudget()
    spend(budget)
    for _ in range(100):
        assert not budget.withdraw()
    for _ in range(11):
        budget.deposit()
    assert budget.withdraw()


class AnyOrderOfCallsAndRetries(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.budget = RetryBudget()
        self.calls = self.retries = 0

    @rule(calls=st.integers(1, 40))
    def calls_are_made(self, calls: int) -> None:
        for _ in range(calls):
            self.budget.deposit()
        self.calls += calls

    @rule(tries=st.integers(1, 15))
    def retries_are_wanted(self, tries: int) -> None:
        self.retries += sum(self.budget.withdraw() for _ in range(tries))

    @invariant()
    def retries_never_multiply_calls(self) -> None:
        assert self.retries <= 10 + self.calls / 10 + 1e-6


AnyOrderOfCallsAndRetries.TestCase.settings = settings(
    max_examples=50, stateful_step_count=30, deadline=None
)
TestAnyOrderOfCallsAndRetries = AnyOrderOfCallsAndRetries.TestCase
