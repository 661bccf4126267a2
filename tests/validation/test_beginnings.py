from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from naming.text.folding import fold
from naming.validation.phrases import DEMAND, OVERRIDE, SPACED, UNSPACED
from naming.validation.phrases.beginnings import HEAD_LENGTH, MOST_BEGINNINGS, beginnings_of, heads
from naming.validation.phrases.rare import RarePhrases

LINES = [
    (kind, fold(line).replace(" | ", "|"), language in SPACED)
    for language in (*SPACED, *UNSPACED)
    for kind in ("OVERRIDE", "DEMAND")
    for line in getattr(language, kind, "").replace("\n    ", "").splitlines()
    if line
]


@given(st.data())
def test_no_text_that_begins_with_a_phrase_is_passed_over(data: st.DataObject) -> None:
    _, line, at_words = data.draw(st.sampled_from(LINES))
    text = data.draw(st.from_regex(line, fullmatch=True))
    beginnings = beginnings_of(line, at_words=at_words)
    assert beginnings.may_be_in(text, heads(text))
    places = beginnings.places(text, heads(text))
    assert places is None or places[0] == 0


WORDS = (
    "ignora|olvida |instrucciones |forget |all |previous |instructions |忽略|之前的指令|答|say |x |answer |only |the |them "
    "|name |is |a |partir |da |adesso |, |_|new |system |prompt:|di |solo |reply|with |from |now |on ".split(
        "|"
    )
)


@pytest.mark.parametrize(("kind", "phrases"), [("OVERRIDE", OVERRIDE), ("DEMAND", DEMAND)])
@given(parts=st.lists(st.sampled_from(WORDS), max_size=12))
@example(["new ", "system ", "prompt:"])
@example(["say ", "the ", "name ", "is "])
def test_phrases_are_found_as_one_pattern_of_all_would_find_them(
    kind: str, phrases: RarePhrases, parts: list[str]
) -> None:
    text = "".join(parts)
    spaced, unspaced = (
        "|".join(line for each, line, at_words in LINES if (each, at_words) == (kind, wanted))
        for wanted in (True, False)
    )
    whole = re.compile(rf"(?<!\w)(?:{spaced})(?!\w)|{unspaced}")
    assert [found.span() for found in phrases.each(text, heads(text))] == [
        found.span() for found in whole.finditer(text)
    ]
    assert phrases.is_in(text, heads(text)) == (whole.search(text) is not None)


@pytest.mark.parametrize(
    ("pattern", "known"),
    [
        ("say|answers?", {"say", "answer"}),
        ("(?:please )?print", {"please", "print"}),
        ("(?:re){1,2}ply it", None),  # `re`, and anything may follow
        ("respond\\w*", {"respon"}),
        ("resp\\w*", None),
        ("[st]ay(?= x)", {"say", "tay"}),
        ("say_it", {"say"}),
        ("(say|tell) it", {"say", "tell"}),
        ("say(?: \\w+){0,3} it", {"say"}),
        ("(?:just |only )*say", {"just", "only", "say"}),
        ("\\w+ say", None),
        ("say?", {"sa", "say"}),
        ("(?:say)?", None),
        ("「say", None),
        ("|".join(f"{number:05}" for number in range(MOST_BEGINNINGS + 1)), None),
    ],
)
def test_a_pattern_is_known_by_the_words_that_it_can_begin_with(
    pattern: str, known: set[str] | None
) -> None:
    assert beginnings_of(pattern, at_words=True).heads == known
    assert beginnings_of(pattern, at_words=False).heads is None


def test_a_pattern_that_cannot_begin_in_ascii_is_not_looked_for_there() -> None:
    foreign, either = beginnings_of("写|書", at_words=False), beginnings_of("写|x", at_words=False)
    assert (foreign.is_foreign, either.is_foreign) == (True, False)
    assert beginnings_of(" ?写", at_words=False).is_foreign
    assert not foreign.may_be_in("write", heads("write"))
    assert foreign.may_be_in("书写", heads("书写"))
    assert either.may_be_in("write", heads("write"))


def test_all_that_is_known_of_a_beginning_is_looked_for() -> None:
    beginnings = beginnings_of("the (?:name|title)|says?|answers? it", at_words=True)
    assert beginnings.known == {"the": "the ", "say": "say", "says": "says", "answer": "answer"}
    text = "they say the name, answering"
    assert beginnings.places(text, heads(text)) == [
        text.index(word) for word in ("say", "the name", "answering")
    ]
    assert beginnings_of("写", at_words=False).places("写", heads("写")) is None


def test_a_word_is_known_by_its_head() -> None:
    assert heads("Ignore_it, ignoring") == {"Ignore", "it", "ignori"}
    assert heads("забудьте é") == {"забудь", "é"}
    assert len("забудь") == HEAD_LENGTH
