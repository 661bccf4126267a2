"""Which phrases a line of ASCII need not be held against, and that leaving them out changes nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naming.text.folding import fold
from naming.validation import phrases
from naming.validation.phrases import Phrases
from naming.validation.phrases.in_ascii import may_match_ascii
from tests.corpus import read_corpus

KINDS = sorted(name for name, value in vars(phrases).items() if isinstance(value, Phrases))


@pytest.mark.parametrize(
    ("pattern", "may"),
    [
        ("sorry", True),
        ("desol[eé]", True),
        ("désolé", False),
        ("(?:désolé|sorry)", True),
        ("(?:désolé|прости)", False),
        ("(?:é)?sorry", True),
        ("(?:é){0,3}?sorry", True),
        ("(?:é)+sorry", False),
        ("[é-ü]x", False),
        ("[a-ü]x", True),
        (r"[éа]\w", False),
        (r"\wé", False),
        (r"\w+", True),
        ("(?<!é)x", True),
    ],
)
def test_a_pattern_tells_whether_ascii_can_match_it(pattern: str, *, may: bool) -> None:
    assert may_match_ascii(pattern) is may


@given(
    st.text("ab é", max_size=4).map(re.escape)
    | st.from_regex(r"\A(?:[ab]|é|\[aé\]|é\?|\(\?:a\|é\)){1,4}\Z")
)
def test_what_matches_ascii_is_never_said_not_to(pattern: str) -> None:
    hits = [
        text
        for text in ("", "a", "b", "ab", "aa", "ba", "bb", "aab", "aba", "abb")
        if re.fullmatch(pattern, text)
    ]
    assert may_match_ascii(pattern) or not hits


@pytest.mark.parametrize("kind", KINDS)
def test_of_two_phrases_the_first_is_found_whatever_its_script(kind: str) -> None:
    phrase: Phrases = getattr(phrases, kind)
    for line in (fold(case.title) for case in read_corpus("must_go")[::7]):
        both = [
            found for patterns in (phrase.common, phrase.foreign) if (found := patterns.find(line))
        ]
        found = phrase.find(line)
        assert (found and found.start()) == min((each.start() for each in both), default=None)


def test_kinds_are_found_filled_and_blanked_in_any_script() -> None:
    assert phrases.PLACEHOLDER.fills(fold("untitled"))
    assert phrases.PLACEHOLDER.fills(fold("无标题"))
    assert not phrases.PLACEHOLDER.fills(fold("无标题 window"))
    assert phrases.LACKS.blank("missing") == " "
