"""Japanese in Latin letters, with and without its reader."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naming.text import romanization
from naming.text.romanization import in_latin, is_japanese, read_japanese


def test_kana_are_spelt_as_hepburn_has_them() -> None:
    kana = {
        "シュウセイ": "shusei", "キャッシュ": "kyasshu", "トウキョウ": "tokyo", "チェック": "chekku",
        "ファイル": "fairu", "データ": "deta", "じゃんけん": "janken", "ちょっと": "chotto", "を": "o",
    }  # fmt: skip
    assert {each: in_latin(each) for each in kana} == kana


def test_words_are_read_and_particles_left_out() -> None:
    assert list(read_japanese("レンズ画面の不具合をReactで修正しない")) == [
        ("renzu", 2), ("gamen", 2), ("fu", 1), ("guai", 2), ("React", 2), ("shusei", 2), ("nai", 3),
    ]  # fmt: skip


def test_borrowed_words_are_spelt_as_they_were_where_nothing_else_is_in_their_run() -> None:
    assert [word for word, _ in read_japanese("ログイン、コネクションリーク、コンテスト、テスト")] == [
        "login", "connection", "leak", "kontesuto", "test",
    ]  # fmt: skip


def test_without_the_reader_only_kana_and_latin_letters_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "sudachipy", None)
    romanization._japanese_reader.cache_clear()
    try:
        assert list(read_japanese("レンズ画面のReact")) == [("renzu", 1), ("no", 1), ("React", 2)]
    finally:
        romanization._japanese_reader.cache_clear()


@given(st.text(st.characters(min_codepoint=0x3041, max_codepoint=0x30FF)))
def test_kana_become_letters_and_nothing_else(text: str) -> None:
    latin = in_latin(text)
    assert latin == "" or (latin.isascii() and latin.isalnum())


def test_only_kana_tell_japanese() -> None:
    assert is_japanese("型エラーを直す")
    assert not is_japanese("修复登录")
