"""Names kept apart: never one that is taken, always lawful, and no number of the name's own is lost."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from naming.names import MAX_NAME_LENGTH, TaskName, name_fault
from naming.uniqueness import SUFFIX_LETTERS, comparable, numbered, suffixed

WORDS = st.one_of(
    st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12),
    st.integers(0, 99_999).map(str),
    st.text("g", min_size=20, max_size=32),
)
NAMES = (
    st.lists(WORDS, min_size=1, max_size=6)
    .map(lambda words: "-".join(words)[:MAX_NAME_LENGTH].rstrip("-"))
    .filter(lambda name: name_fault(name) is None)
)
NUMBERS = st.lists(st.integers(0, 99_999).map(str), min_size=1, max_size=3).map("-".join)
NAMES_THAT_END_IN_A_NUMBER = (
    st.tuples(NAMES, NUMBERS)
    .map(lambda parts: f"{parts[0][: MAX_NAME_LENGTH - len(parts[1]) - 1].rstrip('-')}-{parts[1]}")
    .filter(lambda name: name_fault(name) is None)
)


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # a test must come out the same again


def named(name: str) -> TaskName:
    return TaskName(name, "Any title")


def take_all(name: str, times: int) -> list[str]:
    """Name `times` tasks alike, each one's name taken for the next."""
    taken: list[str] = []
    for _ in range(times):
        taken.append(numbered(named(name), taken).name)
    return taken


@given(NAMES, st.sets(NAMES))
def test_a_name_that_nobody_has_stays_as_it_is(name: str, taken: set[str]) -> None:
    assume(name not in taken)
    assert numbered(named(name), taken) == named(name)


@given(NAMES, st.integers(1, 30))
@example("g" + "1" * 31, 12)
@example("1" * 29 + "-ab", 12)
@example("42-" + "g" * 29, 12)
@example("x-" + "1" * 29, 12)
@example("1a" + "-1" * 15, 30)
def test_equal_names_are_told_apart_lawfully_however_many_there_are(name: str, times: int) -> None:
    names = take_all(name, times)
    assert len(set(names)) == times
    assert all(
        name_fault(each) is None for each in names
    )  # TaskName has seen to it; said again for the reader
    assert names[0] == name
    assert [each.rsplit("-", 1)[1] for each in names[1:]] == [
        str(number) for number in range(2, times + 1)
    ]


@given(NAMES, st.sets(st.integers(2, 40)))
def test_the_lowest_free_number_is_taken(name: str, numbers: set[int]) -> None:
    every = take_all(name, 45)
    taken = {name} | {every[number - 1] for number in numbers}
    lowest = next(number for number in range(2, 50) if number not in numbers)
    assert numbered(named(name), taken).name == every[lowest - 1]


@given(NAMES, st.integers(0, 2**32))
def test_the_title_never_changes(name: str, seed: int) -> None:
    task_name = TaskName(name, "Ein Titel №5")
    assert numbered(task_name, {name}).display_name == task_name.display_name
    assert suffixed(task_name, seeded(seed)).display_name == task_name.display_name


@given(NAMES.filter(lambda name: name_fault(f"{name}-2") is None))  # `0e-2` is a number
def test_a_name_with_room_is_kept_whole_before_its_number_or_suffix(name: str) -> None:
    if len(name) <= MAX_NAME_LENGTH - 2:
        assert numbered(named(name), {name}).name == f"{name}-2"
    if len(name) <= MAX_NAME_LENGTH - 5:
        assert suffixed(named(name)).name[:-5] == name


@given(NAMES_THAT_END_IN_A_NUMBER)
@example("g" * 26 + "-12345")
@example("g" * 27 + "-6-1")
@example("0-" + "g" * 23 + "-0-0000")
@example("upgrade-service-to-version-12345")
def test_a_number_that_ends_a_name_is_never_lost_nor_cut(name: str) -> None:
    number = re.search(r"(?:-\d+)+$", name)
    assert number is not None
    assume(len(number[0]) <= 20)  # beyond that no word has room beside it
    for longer in (numbered(named(name), {name}).name, suffixed(named(name)).name):
        assert longer.rsplit("-", 1)[0].endswith(number[0])
        assert longer[0] == name[0]


@given(NAMES, st.integers(0, 2**32))
def test_a_suffix_is_four_characters_that_spell_nothing(name: str, seed: int) -> None:
    rest, suffix = suffixed(named(name), seeded(seed)).name.rsplit("-", 1)
    assert rest
    assert re.fullmatch(r"[bcdfghjkmnpqrstvwxz23456789]{4}", suffix)


def test_every_letter_of_the_alphabet_comes_up_and_no_two_suffixes_agree_for_long() -> None:
    suffixes = [suffixed(named("fix-login"), seeded(seed)).name[-4:] for seed in range(400)]
    assert set("".join(suffixes)) == set(SUFFIX_LETTERS) == set("bcdfghjkmnpqrstvwxz23456789")
    assert len(set(suffixes)) > 390


def test_two_services_draw_different_suffixes() -> None:
    assert len({suffixed(named("fix-login")).name for _ in range(20)}) > 15


@pytest.mark.parametrize(
    ("name", "numbered_name"),
    [
        ("fix-login", "fix-login-2"),
        ("upgrade-python-3", "upgrade-python-3-2"),
        ("fix-login-2", "fix-login-2-2"),
        ("upgrade-service-to-version-12345", "upgrade-to-version-12345-2"),
        ("upgrade-the-service-to-python-3", "upgrade-service-to-python-3-2"),
        ("g" * 26 + "-12345", "g" * 24 + "-12345-2"),
        ("move-all-services-to-redis-6-1", "move-all-services-to-redis-6-1-2"),
        ("fix-the-login-button-on-the-page", "fix-the-login-button-2"),
        ("7-" + "g" * 23 + "-2-0-24", "7-" + "g" * 21 + "-2-0-24-2"),
        ("g" * 32, "g" * 30 + "-2"),
        ("g" * 20 + "-hhhhh-12345", "g" * 20 + "-12345-2"),
        ("42-" + "g" * 29, "42-" + "g" * 27 + "-2"),
        ("1" * 30 + "-a", "the-" + "1" * 26 + "-2"),
    ],
)
def test_how_a_taken_name_is_numbered(name: str, numbered_name: str) -> None:
    assert numbered(named(name), {name}).name == numbered_name


def test_names_in_capitals_are_taken_when_the_caller_lowers_them() -> None:
    taken = {name.lower() for name in ("Fix-Login", "FIX-LOGIN-2")}
    assert numbered(named("fix-login"), taken).name == "fix-login-3"


def test_a_number_stays_inside_the_bound_however_high_it_gets() -> None:
    names = take_all("g" * 32, 101)
    assert names[8] == "g" * 30 + "-9"
    assert names[9] == "g" * 29 + "-10"
    assert names[100] == "g" * 28 + "-101"


@given(NAMES, st.data())
def test_only_names_that_one_of_ours_could_equal_are_compared(
    name: str, data: st.DataObject
) -> None:
    near = st.sampled_from(
        [
            name,
            name.upper(),
            name.replace("k", "\N{KELVIN SIGN}"),
            name + "ı",
            name * 40,
            "İ" * 9,
            "ẞ",
        ]
    )
    taken = data.draw(st.lists(near | st.text(), max_size=6))
    task_name = TaskName(name, "X")
    assert numbered(task_name, comparable(taken)) == numbered(
        task_name, {other.lower() for other in taken}
    )


def test_what_is_taken_is_compared_in_lower_case() -> None:
    assert comparable(["Fix-It", "fi\N{KELVIN SIGN}", "x" * 33, "é", ""]) == {"fix-it", "fik", ""}
