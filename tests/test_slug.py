"""From a title to its slug: lawful or nothing for any text, and what each symbol and script becomes."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from slugify import slugify

from naming.names import MAX_NAME_LENGTH, TaskName, name_fault
from naming.slug import LAWFUL_PREFIX, cut_slug, lawful, slug_words, to_ascii
from naming.text.patterns import words_of_languages
from tests.strategies import hostile_text, prompts, repeated

WORDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12)
SLUGS = st.lists(WORDS, min_size=1, max_size=8).map("-".join)
TITLES = st.one_of(hostile_text, prompts, repeated, st.text())


@given(TITLES)
@example("\ud800")
@example("0123456789abcdef0123456789ABCDEF")
@example("task")
@example("Task-task-task")
@example("42")
@example("x")
@example("Null")
@example("XN--ls8h")
@example("9" * 40)
def test_any_text_becomes_a_lawful_name_or_none(text: str) -> None:
    name = lawful(slug_words(text))
    if name is None:
        assert not re.search(r"[A-Za-z0-9]", text)
    else:
        assert TaskName(name, "Fine").name == name


@given(TITLES)
def test_slug_words_are_lower_case_ascii_words_and_single_hyphens(text: str) -> None:
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug_words(text))


@given(TITLES)
def test_a_slug_is_its_own_slug(text: str) -> None:
    assert slug_words(slug_words(text)) == slug_words(text)
    name = lawful(slug_words(text))
    assert name is None or lawful(slug_words(name)) == name


@given(SLUGS)
def test_a_slug_that_is_a_name_already_stays_as_it_is(slug: str) -> None:
    if name_fault(slug) is None:
        assert lawful(slug) == slug


@given(SLUGS)
@example("task-aaaa-bbbbbbbbbbbbbbbbbbb-cccc")
def test_a_name_holds_whole_words_of_the_slug_in_their_order(slug: str) -> None:
    name = lawful(slug)
    assert name is not None
    shown = name if slug.startswith(name) else name.removeprefix(f"{LAWFUL_PREFIX}-")
    assert slug.startswith(shown)
    rest = slug[len(shown) :]
    assert (
        rest == "" or rest.startswith("-") or "-" not in shown
    )  # only a word too long by itself is cut within


@given(SLUGS, st.integers(1, 40))
@example("ab-cd", 2)
@example("ab-cd", 3)
@example("ab-cd", 4)
def test_a_cut_slug_is_the_longest_run_of_words_that_fits(slug: str, limit: int) -> None:
    short = cut_slug(slug, limit)
    words = slug.split("-")
    fitting = ["-".join(words[:count]) for count in range(len(words) + 1)]
    longest = max((run for run in fitting if len(run) <= limit), key=len) or slug[:limit]
    assert longest.startswith(short)
    assert words_of_languages("lead on").issuperset(longest[len(short) :].split("-")[1:])


SPELT: dict[str, str] = {
    "C++ memory leak": "cpp-memory-leak",
    "C# memory leak": "csharp-memory-leak",
    "c# memory leak": "csharp-memory-leak",
    "F# build": "fsharp-build",
    "C memory leak": "c-memory-leak",
    "C++11 and objective-c++": "cpp11-and-objective-cpp",
    "Upgrade .NET": "upgrade-dotnet",
    ".net core": "dotnet-core",
    "ASP.NET page": "asp-net-page",
    "the .network file": "the-network-file",
    "don't break user's login": "dont-break-users-login",
    "don’t break user’s login": "dont-break-users-login",
    "the users' list": "the-users-list",
    "'quoted' words": "quoted-words",
    "AT&T login": "att-login",
    "Q&A page, R&D": "qa-page-rd",
    "save & close": "save-and-close",
    "a&b": "a-b",
    "Handle N/A values": "handle-na-values",
    "I/O error": "io-error",
    "TCP/IP": "tcp-ip",
    "and/or": "and-or",
    "src/auth/login.ts": "src-auth-login-ts",
    "v1.2.3": "v1-2-3",
    "ABC-123: fix #42": "abc-123-fix-42",
    "useAuth snake_case": "useauth-snake-case",
    "1,000 rows": "1000-rows",
    "50% off": "50-off",
    "&lt;b&gt; &#65; &#x41;": "lt-b-gt-65-x41",
    "a -- b --- c": "a-b-c",
    "": "",
    "?!": "",
    "🔥🚀": "",
    "🔥 fix 👩\u200d💻 the → build ❤️": "fix-the-build",
}


def test_what_is_written_is_spelt_as_people_say_it() -> None:
    assert {title: slug_words(title) for title in SPELT} == SPELT


def test_three_languages_of_one_letter_have_three_names() -> None:
    assert (
        len({lawful(slug_words(f"{language} memory leak")) for language in ("C", "C++", "C#")}) == 3
    )


TRANSLITERATED: dict[str, str] = {
    "修复登录按钮": "xiu-fu-deng-lu-an-niu",
    "修复 login 按钮": "xiu-fu-login-an-niu",
    "日本語でログイン": "ri-ben-yu-deroguin",
    "로그인 고치기": "login-gochigi",
    "Исправить вход": "ispravit-vkhod",
    "إصلاح": "slh",
    "हिन्दी": "hindi",
    "Ελληνικά": "ellinika",
    "größe Straße": "grosse-strasse",
    "naïve ÉCLAIR": "naive-eclair",
    "İstanbul ışık": "istanbul-isik",
    "ﬁx Ｆｉｘ 𝐛𝐨𝐥𝐝": "fix-fix-bold",
    "x² ½": "x2-1-2",
}


def test_transliteration_is_the_same_whatever_else_is_installed() -> None:
    assert {title: slug_words(title) for title in TRANSLITERATED} == TRANSLITERATED


def test_only_han_characters_are_spelt_one_by_one() -> None:
    assert to_ascii("修复").split() == ["Xiu", "Fu"]
    assert to_ascii("ログ") == "rogu"
    assert to_ascii("plain  text") == "plain  text"


def test_the_backend_that_slugify_would_choose_is_never_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "slugify.slugify.import_module",
        lambda name: pytest.fail(f"{name} was imported"),
        raising=False,
    )
    assert slug_words("Größe 修复") == "grosse-xiu-fu"


NAMES: dict[str, str | None] = {
    "42": "the-42",
    "x": "the-x",
    "settings": "the-settings",
    "task": "the-task",
    "task-runner": "the-task-runner",
    "com1": "the-com1",
    "": None,
    "f" * 32: f"the-{'f' * 28}",
    "g" * 33: "g" * 32,
    "task-aaaa-bbbbbbbbbbbbbbbbb-cccc": "the-task-aaaa-bbbbbbbbbbbbbbbbb",
    "task-aaaa-bbbbbbbbbbbbbbbbbb-cccc": "the-task-aaaa-bbbbbbbbbbbbbbbbbb",
    "task-aaaa-bbbbbbbbbbbbbbbbbbb-cccc": "the-task-aaaa",
    "implement-comprehensive-authentication-and-authorization": "implement-comprehensive",
    "aaaaaaaaaa-bbbbbbbbbb-cccccccccc-d": "aaaaaaaaaa-bbbbbbbbbb-cccccccccc",
    "aaaaaaaaaa-bbbbbbbbbb-ccccccccccc": "aaaaaaaaaa-bbbbbbbbbb",
}


def test_a_slug_becomes_a_name() -> None:
    assert {slug: lawful(slug) for slug in NAMES} == NAMES
    assert all(name is None or len(name) <= MAX_NAME_LENGTH for name in NAMES.values())


@pytest.mark.parametrize(
    "piece",
    ["a", "C++ ", "a'", "A&", "a/", " & ", "修", "🔥", "\u200d", "-", ".net ", "A" * 3 + "&"],
)
def test_time_grows_no_faster_than_the_title(piece: str) -> None:
    def seconds(times: int) -> float:
        started = time.process_time()
        lawful(slug_words(piece * times))
        return time.process_time() - started

    seconds(500)
    # Eight times the text may take eight times as long; quadratic would be sixty-four.
    assert min(seconds(16_000) for _ in range(3)) < 25 * max(
        min(seconds(2_000) for _ in range(3)), 0.002
    )


@given(st.text("abCF19 -", min_size=1, max_size=40))
@example("-")
@example(" Fix  the --login- ")
def test_plain_words_are_spelt_as_python_slugify_spells_them(text: str) -> None:
    assert slug_words(text) == slugify(text)


def test_a_cut_slug_ends_in_no_word_that_leads_on() -> None:
    assert cut_slug("add-dark-mode-to-the-reports", 24) == "add-dark-mode"
    assert cut_slug("the-of-it", 7) == "the"
    assert cut_slug("turn-it-on", 10) == "turn-it-on"


def test_letters_are_spelt_as_their_language_spells_them() -> None:
    table = [
        ("Größe ändern", "de", "groesse-aendern"),
        ("Größe ändern", "", "grosse-andern"),
        ("Größe ändern", "sv", "grosse-andern"),
        ("Щирий Київ", "uk", "shchyryi-kyiv"),
        ("Новый объект", "ru", "novyy-obekt"),
        ("Größe", "no such language", "grosse"),
    ]
    assert [row for row in table if slug_words(*row[:2]) != row[2]] == []


def test_the_legacy_shape_gives_its_words() -> None:
    assert lawful("task-python-debug-a1b2") == "python-debug"
    assert lawful("the-task-python-debug-a1b2") == "python-debug"


def test_signs_within_a_word_do_not_split_it() -> None:
    assert slug_words("पेज जोड़ें") == "pej-jodem"
    assert slug_words("الإعدادات") == "lddt"
