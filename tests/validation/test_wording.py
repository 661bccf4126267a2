from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from naming.text.folding import fold
from naming.text.word_files import read_sections
from naming.validation import kinds, read_models, same_language, wording
from naming.validation.context import Candidate
from naming.validation.kinds import kinds_of, says_only
from naming.validation.wording import MAX_WORDED, WEIGHTS, features, is_talk
from tests.believing import context

LINES = st.text() | st.text(st.sampled_from("ab title用户想要ログイン नाम'?!:, 1"), max_size=60)


@given(LINES, LINES)
def test_any_line_is_described_the_same_each_time(line: str, request: str) -> None:
    asked = context(request)
    assert features(Candidate(line), asked) == features(Candidate(line), asked)
    assert is_talk(Candidate(line), asked) in {True, False}


@given(LINES, LINES)
def test_what_stands_behind_the_bound_is_not_described(line: str, tail: str) -> None:
    line = fold(line).ljust(MAX_WORDED, "x")
    told = features(Candidate(line + tail), context("x"))
    assert told == features(Candidate(line), context("x"))


def test_a_word_has_the_kinds_of_its_whole_or_of_its_longest_beginning() -> None:
    known = kinds.word_kinds()
    assert "assent" in known.of("sure")
    assert known.of("benutzernamen") == ("user",)
    assert known.of("zebra") == ()
    assert kinds_of("用户 wants a title", context("x")) >= {"user", "wants", "title"}
    assert "done" in kinds_of(fold("le panier a été vidé"), context("x"))


def test_what_the_request_has_is_marked() -> None:
    found = features(Candidate("fix logins now"), context("fix the login"))
    assert {"=fix", "~logins", "+now"} <= found


def test_a_line_of_wanted_kinds_holds_hardly_another_word() -> None:
    asked = context("fix the login")
    assert says_only(frozenset({"title", "here"}), "here is the title 2", asked)
    assert not says_only(frozenset({"title", "here"}), "here is the login title", asked)
    assert not says_only(frozenset({"title"}), "2", asked)


def test_talk_and_titles_of_many_languages_are_told_apart() -> None:
    asked = context("exportiert die liste als csv")
    for talk in ("ich habe das erledigt", "der nutzer möchte einen export", "neue aufgabe"):
        assert is_talk(Candidate(talk), asked)
    for title in ("listenexport als csv", "csv-export der liste"):
        assert not is_talk(Candidate(title), asked)


def test_the_weights_are_whole_numbers_once_for_each_feature() -> None:
    lines = read_sections(WEIGHTS)["weights"]
    names = [name for line in lines for name in line.split("\t")[1:]]
    assert len(names) == len(set(names))
    assert "bias" in names


def test_all_is_read_before_the_first_request() -> None:
    read = (kinds.word_kinds, wording._weights, kinds._small_words, same_language.letter_model)
    for each in (*read, same_language._letters):  # else its words may be known still
        each.cache_clear()
    read_models()
    for each in read:
        assert each.cache_info().currsize
    assert kinds.word_kinds.cache_info().currsize == 2  # of titles, and of injections


def test_describing_takes_linear_time() -> None:
    started = time.process_time()
    for piece in ("title ", "用户", "a'", "?!", "ा"):
        is_talk(Candidate(piece * 50_000), context(piece * 50_000))
    assert time.process_time() - started < 1.0
