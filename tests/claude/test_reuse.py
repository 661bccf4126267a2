"""Recent names: found while they are fresh, bounded in number, and nothing of the prompt kept."""

from __future__ import annotations

import gc
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from naming.claude.instructions import question_key
from naming.claude.reuse import MAX_RECENT, RecentNames
from naming.names import TaskName
from naming.request import Question
from tests.strategies import hostile_text

ONE, OTHER = TaskName("one", "One"), TaskName("other", "Other")
PARTS = st.tuples(*[st.text(max_size=5)] * 3)


class Clock:
    time = 0.0

    def __call__(self) -> float:
        return self.time


def test_a_name_is_found_until_its_time_is_over() -> None:
    recent = RecentNames(5, clock := Clock())
    recent.put("key", ONE)
    clock.time = 4.999
    assert recent.get("key") == ONE
    clock.time = 5.0
    assert recent.get("key") is None
    assert len(recent.names) == 0


def test_finding_a_name_does_not_make_it_younger() -> None:
    recent = RecentNames(5, clock := Clock())
    recent.put("key", ONE)
    clock.time = 4.0
    recent.get("key")
    clock.time = 6.0
    assert recent.get("key") is None


def test_a_name_given_again_is_young_again() -> None:
    recent = RecentNames(5, clock := Clock())
    recent.put("key", ONE)
    clock.time = 4.0
    recent.put("key", OTHER)
    clock.time = 8.0
    assert recent.get("key") == OTHER


def test_an_unknown_question_has_no_name() -> None:
    assert RecentNames(5, Clock()).get("key") is None


@pytest.mark.parametrize("seconds", [0, -1])
def test_with_no_seconds_nothing_is_kept(seconds: float) -> None:
    recent = RecentNames(seconds, Clock())
    recent.put("key", ONE)
    assert len(recent.names) == 0
    assert recent.get("key") is None


def test_when_there_are_too_many_the_oldest_goes() -> None:
    recent = RecentNames(5, Clock(), most=2)
    recent.put("a", ONE)
    recent.put("b", ONE)
    recent.put("a", OTHER)  # now b is the oldest
    recent.put("c", ONE)
    assert (recent.get("a"), recent.get("b"), recent.get("c")) == (OTHER, None, ONE)


def test_ten_thousand_names_are_kept_and_no_more() -> None:
    recent = RecentNames(5, Clock())
    for number in range(MAX_RECENT + 5):
        recent.put(str(number), ONE)
    assert len(recent.names) == MAX_RECENT == 10_000
    assert recent.get("4") is None
    assert recent.get("5") == ONE


@given(PARTS, PARTS)
@example(("ab", "c", ""), ("a", "bc", ""))
@example(("", "", "ab"), ("", "ab", ""))
def test_two_questions_have_one_key_only_when_every_part_is_equal(
    one: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    first, second = (
        question_key(model, version, Question(text)) for model, version, text in (one, other)
    )
    assert (first == second) == (one == other)


@given(st.builds(Question), st.builds(Question))
def test_two_wishes_have_one_key_only_when_they_are_equal(one: Question, other: Question) -> None:
    first, second = (question_key("model", "version", each) for each in (one, other))
    assert (first == second) == (tuple(map(str, one)) == tuple(map(str, other)))


@given(hostile_text)
@example("\ud800")
def test_a_key_is_a_digest_that_holds_nothing_of_the_prompt(text: str) -> None:
    assert re.fullmatch(r"[0-9a-f]{32}", question_key("model", "version", Question(text)))


def test_no_prompt_can_be_found_in_what_is_kept() -> None:
    recent = RecentNames(5, Clock())
    recent.put(question_key("model", "version", Question("a prompt with hunter2 in it")), ONE)
    reachable: list[object] = [recent]
    seen: set[int] = set()
    while reachable:
        thing = reachable.pop()
        if (
            id(thing) in seen
            or isinstance(thing, type)
            or type(thing).__name__ in {"module", "function"}
        ):
            continue
        seen.add(id(thing))
        assert not (isinstance(thing, str) and "hunter2" in thing)
        reachable.extend(gc.get_referents(thing))


class AnyOrderOfNames(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.recent = RecentNames(10, self.clock, most=3)
        self.puts: dict[str, tuple[float, TaskName]] = {}

    @rule(key=st.sampled_from("abcde"), name=st.sampled_from([ONE, OTHER]))
    def a_name_is_given(self, key: str, name: TaskName) -> None:
        self.recent.put(key, name)
        self.puts.pop(key, None)
        self.puts[key] = (self.clock.time, name)
        while len(self.puts) > 3:
            del self.puts[next(iter(self.puts))]

    @rule(key=st.sampled_from("abcde"))
    def a_name_is_looked_for(self, key: str) -> None:
        given_at, name = self.puts.get(key, (-100.0, None))
        fresh = self.clock.time - given_at < 10
        assert self.recent.get(key) == (name if fresh else None)
        if not fresh:
            self.puts.pop(key, None)

    @rule(seconds=st.sampled_from([0.5, 5.0, 9.5]))
    def time_passes(self, seconds: float) -> None:
        self.clock.time += seconds

    @invariant()
    def there_are_never_too_many(self) -> None:
        assert len(self.recent.names) == len(self.puts) <= 3


AnyOrderOfNames.TestCase.settings = settings(max_examples=50, stateful_step_count=30, deadline=None)
TestAnyOrderOfNames = AnyOrderOfNames.TestCase
