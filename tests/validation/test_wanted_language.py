"""A title in the language that somebody has asked for, whatever the request is written in."""

from __future__ import annotations

import json

from naming.request import Request
from naming.validation import believe
from naming.validation.context import Candidate
from naming.validation.same_language import is_in

GOOD = {
    "de": [
        "Login-Button reparieren",
        "OAuth für Google einrichten",
        "Fix für Login",
        "Docker",
        "42",
    ],
    "en": ["Fix login button", "Redis cache", "Retry logic"],
    "ru": ["Исправить вход", "Добавить Redis кэш"],
    "ja": ["ログインボタンを修正", "設定画面", "Redis対応を追加"],
    "zh": ["修复登录按钮", "添加 Redis 缓存"],
    "ko": ["로그인 버튼 수정"],
    "nb": ["Rett opp innloggingsknappen"],
    "pt": ["Corrigir o botão de login"],
    "sw": ["Rekebisha kitufe cha kuingia", "Fix login button"],  # of which no words are known here
    "ar": ["إصلاح زر الدخول"],
    "th": ["แก้ไขปุ่มเข้าสู่ระบบ"],
}
BAD = {
    "de": [
        "Fix login button",
        "Corriger le bouton de connexion",
        "修复登录按钮",
        "Update the README",
    ],
    "en": ["Login-Button reparieren und testen", "Corriger le bouton", "Исправить вход"],
    "ru": ["Fix login button", "修复", "Виправити вхід у систему"],
    "ja": ["Fix login button", "修复登录按钮的问题", "로그인 수정"],
    "zh": ["Fix login button", "ログインボタンを修正"],
    "ko": ["Fix login button", "ログインを修正"],
    "pt": ["Fix login button"],
    "ar": ["Fix login button"],
}


def judged(titles: dict[str, list[str]], *, good: bool) -> list[tuple[str, str]]:
    return [
        (language, title)
        for language, those in titles.items()
        for title in those
        if is_in(language, Candidate(title)) is not good
    ]


def test_a_title_in_the_wanted_language_is_kept_and_one_in_another_is_not() -> None:
    assert judged(GOOD, good=True) == []
    assert judged(BAD, good=False) == []


def test_the_wanted_language_goes_before_that_of_the_request() -> None:
    request = Request.of("please fix the login button").wishing("de-AT", kind=False)
    german = json.dumps({"name": "fix-login-button", "display_name": "Login-Button reparieren"})
    assert believe(german, request).display_name == "Login-Button reparieren"
    english = json.dumps({"name": "repair-login", "display_name": "Repair the login button"})
    kept = believe(english, request)  # the slug is good, and the title the request's own words
    assert tuple(kept) == ("repair-login", "Fix the login button")
