from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from naming.secrets.clues import CLUES, ByClue, glance_at
from naming.secrets.places import PLACES
from naming.secrets.secret_words import KEY_WORDS, NEARBY_WORDS, PASSWORD_WORDS

WORDS = tuple(
    dict.fromkeys(
        (
            *(start for start, _ in (*PASSWORD_WORDS, *KEY_WORDS)),
            *(trigger for place in PLACES for trigger in place.triggers),
            *NEARBY_WORDS,
        )
    )
)

RULES = ByClue(("", (word,), word) for word in WORDS)

texts_of_clues = st.lists(
    st.one_of(
        st.sampled_from(WORDS),
        st.sampled_from(WORDS).flatmap(
            lambda word: st.integers(0, len(word)).map(lambda end: word[:end])
        ),
        st.sampled_from(WORDS).flatmap(
            lambda word: st.integers(0, len(word)).map(lambda start: word[start:])
        ),
        st.sampled_from((" ", "\n", "A", "x", "é", "修", "PASS", "Key", "/", "-")),
    ),
    max_size=12,
).map("".join)
"""Clues and halves of clues, one inside the other."""


@given(texts_of_clues)
def test_exactly_the_rules_are_tried_whose_words_a_text_holds(text: str) -> None:
    glance = glance_at(text)
    assert list(RULES.to_try(glance)) == [word for word in WORDS if word in glance.small]


def test_each_word_is_found_by_itself() -> None:
    for word in WORDS:
        assert word in list(
            RULES.to_try(glance_at(f"xé {word.upper()} x" if word.isascii() else f"x {word}x"))
        )


def test_two_clues_with_their_rarest_letter_in_one_place_are_both_found() -> None:
    rules = ByClue([("", ("psk",), "psk"), ("", ("key",), "key"), ("", ("login",), "login")])
    assert list(rules.to_try(glance_at("the PSKey"))) == ["psk", "key"]


def test_a_rule_of_several_words_is_tried_once_and_in_its_place() -> None:
    rules = ByClue([("", ("token", "key"), 1), ("", ("login",), 2), ("", ("key",), 3)])
    assert list(rules.to_try(glance_at("a key, a token"))) == [1, 3]


def test_a_rule_of_marks_is_tried_where_the_text_holds_one_of_them() -> None:
    rules = ByClue([(":=", ("key",), "given"), ("", ("key",), "named"), ("@", ("",), "at")])
    tried = [list(rules.to_try(glance_at(text))) for text in ("a key", "key: x", "KEY=x", "x=@")]
    assert tried == [["named"], ["given", "named"], ["given", "named"], ["at"]]


def test_no_clue_contains_another() -> None:
    assert not [
        (clue, other) for clue in CLUES for other in CLUES if clue != other and other in clue
    ]
