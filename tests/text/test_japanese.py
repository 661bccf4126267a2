"""Japanese in Latin letters, with and without its reader."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naming.text import romanization
from naming.text.parts import LEFT_OUT, OTHER, SMALL, TURNING, VERB
from naming.text.romanization import in_latin, is_japanese, read_japanese, words_of_japanese


def said(text: str) -> list[tuple[str, str]]:
    return [(word, part) for word, part in read_japanese(text) if part != LEFT_OUT]


def test_kana_are_spelt_as_hepburn_has_them() -> None:
    kana = {
        "シュウセイ": "shusei", "キャッシュ": "kyasshu", "トウキョウ": "tokyo", "チェック": "chekku",
        "ファイル": "fairu", "データ": "deta", "じゃんけん": "janken", "ちょっと": "chotto", "を": "o",
    }  # fmt: skip
    assert {each: in_latin(each) for each in kana} == kana


def test_words_are_read_with_what_belongs_to_them() -> None:
    assert said("レンズ画面の不具合をReactで修正しない") == [
        ("renzu", OTHER), ("gamen", OTHER), ("fuguai", OTHER), ("React", OTHER),
        ("shusei", OTHER), ("shinai", TURNING),
    ]  # fmt: skip
    assert said("お客様の駐車場だけ") == [
        ("okyakusama", OTHER), ("chushajo", OTHER), ("dake", TURNING),
    ]  # fmt: skip


def test_no_word_goes_on_behind_a_mark() -> None:
    assert [word for word, _ in said("駐車、場を追加")] == ["chusha", "ba", "tsuika"]


def test_numbers_go_with_what_they_count_and_short_words_with_what_is_before_them() -> None:
    assert [word for word, _ in said("20万行の通知を7時に二重に送ると消費税が文字化け")] == [
        "20mangyo", "tsuchi", "7ji", "niju", "okuru", "shohizei", "mojibake",
    ]  # fmt: skip
    assert said("重すぎる") == [("omosugiru", OTHER)]
    assert said("未 ログイン 80%") == [
        ("mi", OTHER),
        ("login", OTHER),
        ("80", OTHER),
        ("pasento", OTHER),
    ]


def test_verbs_are_in_the_form_of_dictionaries_or_say_not() -> None:
    assert said("地図を読み込んで出します") == [
        ("chizu", OTHER),
        ("yomikomu", VERB),
        ("dasu", VERB),
    ]
    assert said("通知を送らないです") == [("tsuchi", OTHER), ("okuranai", TURNING)]
    assert said("動きません") == [("ugokimasen", TURNING)]


def test_borrowed_words_are_spelt_as_they_were_where_nothing_else_is_in_their_run() -> None:
    assert [word for word, _ in said("ログイン、コネクションリーク、コンテスト、テスト")] == [
        "login", "connection", "leak", "kontesuto", "test",
    ]  # fmt: skip


def test_letters_tell_the_words_of_japanese_as_written() -> None:
    assert list(words_of_japanese("通知をSlackだけに")) == [
        ("通知", OTHER), ("を", LEFT_OUT), ("Slack", OTHER), ("だけに", OTHER),
    ]  # fmt: skip


def test_without_the_reader_only_kana_and_latin_letters_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "sudachipy", None)
    romanization._japanese_reader.cache_clear()
    try:
        assert list(read_japanese("レンズ画面のReact")) == [
            ("renzu", SMALL), ("no", SMALL), ("React", OTHER),
        ]  # fmt: skip
    finally:
        romanization._japanese_reader.cache_clear()


@given(st.text(st.characters(min_codepoint=0x3041, max_codepoint=0x30FF)))
def test_kana_become_letters_and_nothing_else(text: str) -> None:
    latin = in_latin(text)
    assert latin == "" or (latin.isascii() and latin.isalnum())


def test_only_kana_tell_japanese() -> None:
    assert is_japanese("型エラーを直す")
    assert not is_japanese("修复登录")
