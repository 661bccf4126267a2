"""The signs of places where a clause may begin or end, and what they weigh."""

from __future__ import annotations

import pytest
from hypothesis import given

from naming.extraction import titles
from naming.extraction.clauses import (
    MAX_WORDS,
    ends,
    read_text,
    said_again,
    signs_of_sentence,
    starts,
    words_of,
)
from naming.extraction.titles import finished, is_plain, titles_of
from naming.extraction.weights import total, weights_of
from naming.extraction.words import parts_in
from naming.names import MAX_DISPLAY_LENGTH
from tests.corpus import misses
from tests.strategies import hostile_text, prompts, repeated


@given(hostile_text | prompts | repeated)
def test_a_clause_begins_and_ends_at_words(text: str) -> None:
    for sentence, words in read_text(text).sentences:
        places = list(starts(words))
        assert places
        assert len(places) <= MAX_WORDS
        for place in places:
            assert any(word.start <= place.at < word.end for word in words)
            for end in ends(words, place.at, sentence.text):
                assert place.at < end.at <= len(sentence.text)


@given(hostile_text | prompts | repeated)
def test_a_title_fits_and_ends_between_words(text: str) -> None:
    for title in titles_of(read_text(text)):
        assert len(title) <= MAX_DISPLAY_LENGTH
        assert title == title.strip()


def test_a_clause_may_begin_behind_marks_and_words_that_lead_to_it() -> None:
    line = "hey, can you please fix @team the (broken) login"
    places = [
        line[place.at :].split(maxsplit=1)[0] for place in starts(words_of(line, parts_in("en")))
    ]
    assert places == ["hey,", "can", "you", "please", "fix", "the", "broken)", "login"]


@pytest.mark.parametrize("line", ["Ingen brådska, lägg till", "ingen bradska lägg till"])
def test_words_of_a_phrase_lead_in_together_whatever_they_say_elsewhere(line: str) -> None:
    leads = [word.leads for word in words_of(line, parts_in("sv"))]
    assert leads[:2] == [True, True]
    assert not words_of("ingen bild", parts_in("sv"))[0].leads


@pytest.mark.parametrize("word", ["könntest", "konntest", "podrías", "podrias", "müsste", "musste"])
def test_a_lead_in_is_known_without_its_accents(word: str) -> None:
    assert words_of(word, parts_in("en"))[0].leads


def test_a_sign_of_a_vowel_is_no_mark_behind_which_a_clause_begins() -> None:
    line = "लॉगिन की गति, धीमी"
    assert [line[place.at :] for place in starts(words_of(line, parts_in("hi")))] == [line, "धीमी"]
    assert finished("बटन जोड़ें।") == "बटन जोड़ें"


def test_a_word_is_the_same_with_marks_of_any_script() -> None:
    lows = [word.low for word in words_of("شكرا، بدون؟ चलो।", parts_in("en"))]
    assert lows == ["شكرا", "بدون", "चलो"]


def test_a_word_is_the_same_with_either_apostrophe() -> None:
    assert [word.low for word in words_of("don’t don't", parts_in("en"))] == ["don't", "don't"]


def test_a_question_asked_from_its_first_word_keeps_its_mark() -> None:
    assert next(titles_of(read_text("the tests pass now?"))) == "The tests pass now?"
    assert next(titles_of(read_text("can you fix the login?"))) == "Fix the login"


def test_scripts_without_spaces_are_split_at_marks_around_politeness_and_chinese_at_words() -> None:
    words = words_of("请帮我修复登录按钮，谢谢", parts_in("en"))
    assert [(word.raw, word.leads) for word in words] == [
        ("请帮我", True),
        ("修复", False),
        ("登录", False),
        ("按钮，", False),
        ("谢谢", True),
    ]


def test_the_signs_of_a_sentence_tell_where_it_stands_and_what_it_says() -> None:
    text = read_text("# Overview\n\nYou are a Rust engineer.\n\nTask: fix our lexer?\n\nThank you")
    signs = [set(signs_of_sentence(at, text)) for at in range(len(text.sentences))]
    assert {"shape:heading", "heading document:first"} <= signs[0]
    assert {"role:usual", "under document:first"} <= signs[1]
    assert {"label task:first", "ends:?", "has:lexer", "then:verb:first"} <= signs[2]
    assert {"all lead-in", "behind:0"} <= signs[3]


def test_behind_a_role_it_counts_whether_something_of_the_writer_s_own_is_spoken_of() -> None:
    text = read_text("Act as a helpful assistant. Check our login flow. Be kind.")
    signs = [set(signs_of_sentence(at, text)) for at in range(len(text.sentences))]
    assert text.role == "plain"
    assert "behind a plain role:own" in signs[1]
    assert "behind a plain role:" in signs[2]
    assert read_text("You are an elocutionist, a friend of words").role == "named"


def test_what_was_never_learned_weighs_nothing() -> None:
    assert total(["no sign of ours"], weights_of("starts")) == 0
    assert all(weights_of(each) for each in ("sentences", "starts", "ends", "slugs"))


def test_nothing_hangs_at_the_ends_of_a_title() -> None:
    cases = [
        ("call load(path", "Call load"),
        ("call load(path)", "Call load(path)"),
        ("(unfinished", "Unfinished"),
        ("/review", "Review"),
        ("/api/orders fails", "/api/orders fails"),
        ("“quoted words”", "“quoted words”"),
        ('say "no', "Say no"),
        ("npm install fails -", "npm install fails"),
        ("tenant'", "Tenant"),
        ("the users' data", "The users' data"),
        ("ﬁx it", "ﬁx it"),
        ("µs and ms are mixed up", "µs and ms are mixed up"),
        ("π is off", "π is off"),
        ("μια σελίδα", "Μια σελίδα"),
        ("style the <Button>", "Style the <Button>"),
        ("rewrite it in C++,", "Rewrite it in C++"),
        ("one +", "One"),
        ("close the <List/>.", "Close the <List/>"),
        ("sort by a >", "Sort by a"),
        ("?!", ""),
    ]
    assert misses(finished, cases) == []


def test_a_line_with_a_phrase_that_leads_in_is_not_plain() -> None:
    assert not is_plain("laut support kommt die Mail doppelt an")
    assert is_plain("support bekommt die Mail doppelt")


def test_a_line_with_marks_or_a_lead_in_is_not_plain() -> None:
    assert is_plain("Fix the login/logout of src/app.py")
    assert not any(map(is_plain, ("Fix it, now", "please fix", "fix that please", "修复", "")))


def test_a_line_that_leads_on_to_the_next_one_does_not_end_so() -> None:
    cases = [
        (
            "Analyze and resolve errors in\n\n- the parser\n- the lexer",
            "Analyze and resolve errors",
        ),
        ("what did you log in with", "What did you log in with"),
    ]

    def first(prompt: str) -> str:
        return next(titles_of(read_text(prompt)))

    assert misses(first, cases) == []


def first_of(text: str) -> str:
    return next(titles_of(read_text(text))).split()[0]


def test_what_makes_a_title_likely_is_weighed_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """With nothing learned, sentences are alike and titles end behind their first word."""
    monkeypatch.setattr(titles, "weights_of", lambda _: {})
    # It can begin at one place alone.
    assert first_of("Sort, tidy, paint it. Wash it now.") == "Wash"
    # Its own word is said again, and not one behind it.
    assert first_of("Paint near boats. Boats shine.") == "Boats"
    # Its word is said more often.
    assert first_of("Boats sail. Gates shine. Ropes: boats, gates, gates.") == "Gates"


def test_a_text_comes_back_to_words_that_say_something() -> None:
    assert said_again("x y x bees ab bees ab hive bees".split()) == {"bees": 3}
