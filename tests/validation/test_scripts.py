from __future__ import annotations

import time
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from naming.text import scripts, tokens
from naming.text.scripts import LATIN, main_script, weigh_scripts
from tests.believing import same_script
from tests.corpus import read_corpus
from tests.strategies import hostile_text, prompts

CHINESE_LOG = "2024-01-01 错误：连接数据库失败\n[ERROR] 连接超时，请重试"
ENGLISH_LOG = "ERROR could not connect to server\nFATAL: Connection refused on port 5432\nis the server running"


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(display_name: str, request: str) -> None:
    assert same_script(display_name, request) in {True, False}


@given(st.text(st.characters(categories=["L"]), min_size=1, max_size=64))
def test_a_request_that_is_its_own_title_has_the_same_script(text: str) -> None:
    assert same_script(text, text)


@given(
    st.text(st.sampled_from("abc xyz"), min_size=1), st.text(st.sampled_from("абв эюя"), min_size=3)
)
def test_a_title_without_letters_of_the_requests_script_is_refused(
    latin: str, cyrillic: str
) -> None:
    if latin.split() and any(len(word) > 1 for word in cyrillic.split()):
        assert not same_script(cyrillic, latin)


def test_comparing_takes_linear_time() -> None:
    started = time.process_time()
    for request in (
        "a" * 1_000_000,
        '"' * 1_000_000,
        "`a" * 500_000,
        "a/" * 500_000,
        "修" * 1_000_000,
        "\n" * 1_000_000,
    ):
        same_script("修复" * 32, request)
    assert time.process_time() - started < 1.0


def test_every_good_title_is_in_the_script_of_its_request() -> None:
    good = read_corpus("must_stay")
    assert [case for case in good if not same_script(case.title, case.prompt)] == []


@pytest.mark.parametrize(
    ("display_name", "request_text"),
    [
        ("Исправить вход", "oprav přihlášení v aplikaci"),
        ("Oprava přihlášení", "Исправить вход"),
        ("修复登录", "fix the login button please"),
        ("Fix login", "日本語でログインのバグを直して"),
        ("Fix button", "แก้ปุ่มเข้าสู่ระบบ"),
        ("ログイン修正", "修复登录按钮"),
        ("로그인 수정", "修复登录"),
        ("修復登入", "исправить вход"),
        ("تسجيل الدخول", "fix login"),
        ("Διόρθωση σύνδεσης", "fix login"),
        ("Fix Postgres connection", "修复 Postgres 连接"),
        ("修复", "42"),
        ("修复", "🔥🚀"),
        ("翻译登录失败", 'Translate the error "登录失败" into English'),
        ("修复连接", f"Why does this fail?\n{CHINESE_LOG}"),
        ("修复连接", "Fix this please, the deploy log says:\n连接数据库失败\n连接超时，请重试"),
        ("Database connection failure", f"数据库连不上，日志如下：\n{ENGLISH_LOG}"),
        (
            "Why",
            'Traceback (most recent call last):\n  File "x.py", line 3\nValueError: bad value\n\n为什么？',
        ),
    ],
)
def test_a_title_in_another_script_than_the_request_is_refused(
    display_name: str, request_text: str
) -> None:
    assert not same_script(display_name, request_text)


@pytest.mark.parametrize(
    ("display_name", "request_text"),
    [
        ("接続修正", "接続のバグを直してください"),
        ("修复 LoginButton", "修复 LoginButton 组件"),
        ("Add Japanese support", "Add 日本語 support"),
        ("Fix database connection", f"Why does this fail?\n{CHINESE_LOG}"),
        ("数据库连接失败", f"数据库连不上，日志如下：\n{ENGLISH_LOG}"),
        ("Why deploy fails", "连接数据库失败\n连接超时，请重试\n\nwhy does the deploy fail?"),
        (
            "为什么构建失败",
            'Traceback (most recent call last):\n  File "x.py", line 3\nValueError: bad value\n\n为什么？',
        ),
        ("Fix α-β pruning", "implement alpha beta pruning"),
        ("C++ μs timer", "timer with microseconds in c++"),
        ("Greeting", "?"),
        ("Добавил зависимость mono-locale-extras", "При свежей установке пишет такое"),
        ("読み込めるようにする", "Migrate: ESModuleに移行"),
        ("Fix build", "🔥🚀"),
        ("🔥🚀", "修复"),
    ],
)
def test_a_title_in_a_script_of_the_request_itself_is_accepted(
    display_name: str, request_text: str
) -> None:
    assert same_script(display_name, request_text)


def test_latin_is_what_most_letters_say() -> None:
    assert main_script(weigh_scripts("Fix login")) == LATIN
    assert main_script(weigh_scripts("Fix 登 button on mobile")) == LATIN
    assert main_script(weigh_scripts("修复登录按钮 UI")) != LATIN


def test_a_title_of_nothing_but_foreign_names_from_the_request_is_in_another_script() -> None:
    assert not same_script("Postgres", "修复 Postgres 连接")
    assert not same_script("Google", "Исправить вход через Google")
    assert same_script("Postgres", "Postgres")


@given(st.text(st.characters(codec="ascii"), max_size=200) | hostile_text | prompts | st.text())
@example("Éte\u0301 Ⅷ—“quoted” приве\u0301тhelloпока 日本a語")
def test_words_weigh_the_same_counted_or_matched(text: str) -> None:
    weights: Counter[str] = Counter()
    for run in scripts.SCRIPT_RUNS.finditer(text):
        script = str(run.lastgroup)
        if script in scripts.SYLLABLES:
            weights[script] += len(run[0])
        elif script == LATIN or len(run[0]) > 1:
            weights[script] += scripts.LETTERS_A_WORD
    assert scripts.weigh_scripts(text) == weights


@given(st.text(st.characters(codec="ascii"), max_size=200))
def test_plain_words_are_the_same_found_quickly(text: str) -> None:
    assert tokens.words(text) == {run[0] for run in tokens._RUN.finditer(text)}
