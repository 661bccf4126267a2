"""Shortcuts for the usual text, held against the patterns that they spare."""

from __future__ import annotations

import re
import sys
from collections import Counter
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from naming.extraction import words
from naming.extraction.ranking import Weights, topic_of
from naming.extraction.words import (
    has_words,
    in_any_case,
    plain_words,
    stop_words_of,
    tokens,
    weight,
)
from tests.strategies import hostile_text, prompts

ascii_text = st.text(st.characters(codec="ascii"), max_size=200) | st.text("ab1' -_\n", max_size=60)


@given(hostile_text | prompts | ascii_text)
def test_a_line_is_split_part_by_part_as_it_would_be_whole(text: str) -> None:
    assert tokens(text) == words._TOKEN.findall(text)


@given(hostile_text | prompts | ascii_text)
def test_a_line_has_words_when_it_can_be_split(text: str) -> None:
    assert has_words(text) == bool(tokens(text))


@given(ascii_text)
@example("it's 'quoted' a''b 'tis dogs' x'y'z '")
def test_plain_words_keep_an_apostrophe_only_between_letters(text: str) -> None:
    assert plain_words(text) == re.findall(r"[a-z0-9]+(?:'[a-z0-9]+)*", text.lower())


@given(hostile_text | prompts | st.text("ab1' -_…—“”’é", max_size=60))
@example("the ‘queue’ – don’t “stop”…it—'s a_b • c→d")
def test_plain_words_are_those_of_the_pattern_whatever_stands_between_them(text: str) -> None:
    assert plain_words(text) == words._PLAIN.findall(text.lower())


def test_small_letters_are_those_that_a_pattern_compares_when_it_ignores_case() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    for letter in "abcdefghijklmnopqrstuvwxyz":
        taken = re.findall(letter, everything, re.IGNORECASE)
        assert len(taken) > 1
        assert {in_any_case(char) for char in taken} == {letter}


def test_other_letters_never_become_these() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    taken = set(re.findall("[a-z]", everything, re.IGNORECASE))
    assert {
        char for char in everything if in_any_case(char)[0] in "abcdefghijklmnopqrstuvwxyz"
    } == taken


@given(prompts | ascii_text)
@example("retry queue, retry queue. The retry of the queue")
@example("a a a b b b")
def test_pairs_that_are_said_again_are_those_that_are_counted_twice(text: str) -> None:
    said = plain_words(text)
    stops = stop_words_of(Counter(said))
    counted = Counter(pairwise(said)).items()
    assert topic_of(text).pairs == {
        pair for pair, count in counted if count > 1 and stops.isdisjoint(pair)
    }


@given(
    st.lists(
        st.sampled_from("login fix easily fly supply 42 x1 i18n data önce größe c a'b".split())
    )
)
def test_words_of_a_text_weigh_what_they_weigh_alone(said: list[str]) -> None:
    weights = Weights()
    assert [weights[word] for word in said] == [weight(word) for word in said]
