"""The words of a line, their language and their parts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from naming.extraction import words
from naming.extraction.words import (
    has_words,
    language_of,
    lead_in_phrase,
    leads_on,
    part_of,
    parts_in,
    tokens,
)
from naming.text.parts import LEFT_OUT, NAME, OTHER, QUESTION, SMALL, TURNING, VERB
from tests.strategies import hostile_text, prompts

ascii_text = st.text(st.characters(codec="ascii"), max_size=200) | st.text("ab1' -_\n", max_size=60)


@given(hostile_text | prompts | ascii_text)
def test_a_line_is_split_part_by_part_as_it_would_be_whole(text: str) -> None:
    assert tokens(text) == words._TOKEN.findall(text)


@given(hostile_text | prompts | ascii_text)
def test_a_line_has_words_when_it_can_be_split(text: str) -> None:
    assert has_words(text) == bool(tokens(text))


def test_symbols_that_carry_meaning_stay_in_a_word() -> None:
    assert tokens("C++, C#, .NET, N+1, I/O, AT&T, don't, user’s, oʻzbekcha, a/b/c") == [
        "C++", "C#", ".NET", "N+1", "I/O", "AT&T", "don't", "user’s", "oʻzbekcha", "a/b", "c",
    ]  # fmt: skip


def test_the_language_is_told_by_its_small_words() -> None:
    lines = [
        ("le bouton pour la page des clients", "fr"),
        ("fix the die roll", "en"),
        ("bericht für den kunden", "de"),
        ("поле не видно на экране", "ru"),
        ("поле не видно, але дані є", "uk"),
        ("", "en"),
    ]
    assert [line for line, language in lines if language_of(line.split()) != language] == []


def test_each_word_plays_a_part() -> None:
    english = parts_in("en")
    known = {
        "add": VERB, "the": LEFT_OUT, "without": TURNING, "why": QUESTION, "with": SMALL,
        "users.py": NAME, "v2": NAME, "useauth": OTHER, "login": OTHER, "läuft": OTHER,
    }  # fmt: skip
    assert {word: part_of(word, english) for word in known} == known
    assert part_of("nicht", parts_in("de")) == TURNING
    assert part_of("without", parts_in("de")) == TURNING


def test_all_words_of_a_phrase_that_leads_in_are_there() -> None:
    longest = "ich weiß nicht ob das hier richtig ist aber".split()
    assert lead_in_phrase(longest) == len(longest)
    assert lead_in_phrase([*longest[:4], "login"]) == len(longest[:4])
    assert lead_in_phrase(longest[:3]) == 0
    assert lead_in_phrase(["so", *longest], 1) == len(longest)


def test_a_name_is_not_cut_behind_a_word_that_leads_on() -> None:
    lead = ["the", "with", "why", "not", "able"]
    english = parts_in("en")
    assert [word for word in lead if not leads_on(word, part_of(word, english))] == []
    assert not any(leads_on(word, part_of(word, english)) for word in ("out", "login", "add"))
