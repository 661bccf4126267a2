"""How answers are judged: each measure on answers whose worth everybody can see."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from naming.evaluation.inputs import Case
from naming.evaluation.scoring import (
    MEASURES,
    fold,
    holds,
    keeps_language,
    name_f1,
    rouge_l,
    score,
    words_of,
)
from naming.extraction import name_from_prompt
from tests.evaluation.test_cases import OURS
from tests.strategies import hostile_text, prompts, sentences

CASE = Case(
    "here:1",
    "Please fix the flaky OPS-12 import in worker.py",
    name="fix-ops-12-import",
    display_name="Fix flaky OPS-12 import in worker.py",
    lang="en",
    must_contain=("OPS-12", "import"),
    must_not_contain=("please",),
)


def measured(name: str, display_name: str, **labels: object) -> dict[str, float]:
    return score(replace(CASE, **labels), name, display_name)  # type: ignore[arg-type]


# Laws


@given(hostile_text | prompts, sentences)
def test_every_measure_is_between_0_and_1(prompt: str, title: str) -> None:
    case = Case("x:1", prompt, "fix-login", title or "x", "de", ("login",), ("fix",))
    found = score(case, "fix-login-button", title)
    assert set(found) <= set(MEASURES)
    assert all(0 <= value <= 1 for value in found.values())


def test_a_reference_is_its_own_best_answer() -> None:
    for case in OURS:
        if case.name is not None and case.display_name is not None:
            found = score(case, case.name, case.display_name)
            assert set(found.values()) == {1.0}, (case.place, found)


@given(sentences, sentences)
def test_likeness_is_the_same_both_ways_and_whole_with_itself(one: str, other: str) -> None:
    for alike in (name_f1, rouge_l):
        assert alike(one, other) == pytest.approx(alike(other, one))
        assert alike(one, one) in {0.0, 1.0}


@given(prompts)
def test_a_case_without_labels_is_judged_by_law_alone(prompt: str) -> None:
    name = name_from_prompt(prompt)
    if name is not None:
        assert score(Case("x:1", prompt), *name) == {"lawful": 1.0, "no_leak": 1.0}


# Words


def test_names_are_compared_by_the_stems_that_carry_meaning() -> None:
    table = [
        ("fix-login", "fix-login", 1.0),
        ("login-fix", "fix-login", 1.0),
        ("fixes-for-the-logins", "fix-login", 1.0),
        ("fix-login", "fix-logout-button-now", 1 / 3),
        ("fix-login", "remove-footer", 0.0),
        ("fix-fix-fix", "fix", 0.5),
        ("go-on", "go-on", 1.0),
        ("what-is-this", "what-is-that", 2 / 3),
    ]
    assert [row for row in table if name_f1(*row[:2]) != pytest.approx(row[2])] == []


def test_display_names_are_compared_by_their_longest_common_subsequence() -> None:
    table = [
        ("Fix the login button", "Fix the login button", 1.0),
        ("fix the LOGIN button!", "Fix the login button", 1.0),
        ("button login the fix", "Fix the login button", 0.25),
        ("Fix login", "Fix the login button", 2 / 3),
        ("Größe ändern", "grosse andern", 1.0),
        ("修复登录按钮", "修复按钮", 0.8),
        ("ログインを直す", "ログインの修正", 4 * 2 / 14),
        ("nothing shared", "Fix login", 0.0),
        ("Fixing logins", "Fix login", 0.0),
        ("", "Fix login", 0.0),
    ]
    assert [row for row in table if rouge_l(*row[:2]) != pytest.approx(row[2])] == []


def test_words_are_folded_and_scripts_without_spaces_go_by_character() -> None:
    assert words_of("Größe/CAFÉ über-2") == ["grosse", "cafe", "uber", "2"]
    assert words_of("Fix 登录 button") == ["fix", "登", "录", "button"]
    assert words_of("แก้ไข") == ["แ", "ก้", "ไ", "ข"]
    assert fold("ガイド й") == "ガイド й"


# Language


def test_a_title_keeps_the_language_that_was_asked_for() -> None:
    table = [
        ("Ladezeit verbessern", "de", "Bitte die Ladezeit verbessern", True),
        ("Improve load time", "de", "Bitte die Ladezeit verbessern", False),
        ("Login-Button reparieren", "de", "Mach den Login-Button heil", True),
        ("Fix login button", "de", "Mach den Login-Button heil", False),
        ("Améliorer la page", "fr", "La page est lente", True),
        ("Fix page in Paris", "fr", "La page est lente", False),
        ("Fix the login", "en", "login kaputt", True),
        ("Kubernetes 1.31", "es", "actualiza Kubernetes", True),
        ("修复登录", "en", "fix the login", False),
        ("修复登录", "zh", "把登录修好", True),
        ("Fix login", "zh", "把登录修好", False),
        ("登录を直す", "zh", "把登录修好", False),
        ("登录修复の", "zh", "解决问题", False),
        ("Fix Warenkorb", "de", "Der Korb ist kaputt", False),
        ("Redis 超时", "zh-TW", "Redis 连不上", True),
        ("Redis", "zh", "Redis 连不上", True),
        ("請求書", "ja", "請求書を直して", True),
        ("로그인 수정", "ko", "로그인 고쳐줘", True),
        ("Fix 로그인", "ko", "로그인 고쳐줘", False),
        ("Исправить вход", "ru", "почини вход", True),
        ("Поправити вхід", "en", "fix the login", False),
        ("Popraviti prijavu", "sr-Latn", "popravi prijavu", True),
        ("Popraviti prijavu", "sr", "поправи пријаву", False),
        ("42", "ar", "أصلح", True),
    ]
    assert [row for row in table if keeps_language(*row[:3]) is not row[3]] == []


# The rest, on one case


def test_a_good_answer_meets_everything() -> None:
    assert set(measured("fix-ops-12-import", "Fix flaky OPS-12 import in worker.py").values()) == {
        1.0
    }


@pytest.mark.parametrize(
    ("name", "title", "expected"),
    [
        ("Fix_Import", "Fix flaky OPS-12 import in worker.py", {"lawful": 0.0, "score": 0.0}),
        (
            "fix-ops-12-import",
            " Fix flaky OPS-12 import in worker.py",
            {"lawful": 0.0, "score": 0.0},
        ),
        ("fix-import", "Fix flaky import", {"identifiers_kept": 0.0, "contains": 0.5}),
        ("fix-ops-12-import", "Fix flaky import", {"identifiers_kept": 0.5, "contains": 1.0}),
        ("fix-ops-123-import", "Fix flaky import", {"identifiers_kept": 0.0, "contains": 0.5}),
        ("please-fix-ops-12-import", "Fix OPS-12 import", {"avoids": 0.0, "tidy": 0.0}),
        ("fix-ops-12-import", "Please fix OPS-12 import", {"avoids": 0.0, "tidy": 0.0}),
        ("fix-ops-12-import-in", "Fix OPS-12 import", {"tidy": 0.0}),
        ("fix-ops-12-import", "Fix OPS-12 import in", {"tidy": 0.0}),
        ("fix-ops-12-import", "Fix flaky OPS-12…", {"tidy": 0.0}),
        ("fix-ops-12-imp", "Fix OPS-12 import", {"tidy": 0.0}),
        ("fix-ops-12-importing", "Fix OPS-12 import", {"tidy": 1.0}),
        ("fix-ops-12-import", "修复 OPS-12", {"language_kept": 0.0}),
    ],
)
def test_each_fault_is_seen_where_it_is(name: str, title: str, expected: dict[str, float]) -> None:
    found = measured(name, title)
    assert {measure: found[measure] for measure in expected} == expected
    assert found["score"] < 1


def test_the_score_is_the_mean_of_what_is_judged() -> None:
    found = measured("fix-login", "Fix login", lang=None, must_contain=(), must_not_contain=())
    judged = [found[each] for each in ("name_f1", "title_rouge_l", "identifiers_kept", "tidy")]
    assert found["score"] == pytest.approx(sum(judged) / 4)
    assert set(found) == {
        "score",
        "name_f1",
        "title_rouge_l",
        "identifiers_kept",
        "tidy",
        "lawful",
        "no_leak",
    }


def test_an_identifier_that_the_reference_made_up_is_not_asked_for() -> None:
    case = replace(CASE, display_name="Fix import for XY-99")
    assert "identifiers_kept" not in score(case, "fix-import", "Fix import")


@pytest.mark.parametrize("name", ["hello", "go", "please"])
def test_a_name_of_one_word_is_tidy_as_it_stands(name: str) -> None:
    assert score(Case("x:1", name, name=name), name, name.title())["tidy"] == 1.0


@pytest.mark.parametrize(
    ("wanted", "name", "title", "kept"),
    [
        ("C++", "cpp-memory-leak", "Memory leak", True),
        ("C#", "csharp-memory-leak", "Memory leak", True),
        ("C++", "c-memory-leak", "Memory leak", False),
        ("C++", "memory-leak", "c++ leak", True),
        ("api/v2", "fix-api-v2", "Fix it", True),
        ("api/v2", "fix-api-v20", "Fix it", False),
        ("Größe", "grosse-andern", "Fix it", True),
        ("登录", "fix-login", "修复登录", True),
        ("登录", "fix-login", "Fix login", False),
    ],
)
def test_a_text_is_there_as_it_is_or_as_a_slug_spells_it(
    wanted: str, name: str, title: str, *, kept: bool
) -> None:
    assert score(Case("x:1", "x", must_contain=(wanted,)), name, title)["contains"] == float(kept)


@pytest.mark.parametrize(
    ("name", "title", "tags", "fine"),
    [
        ("fix-login", "Fix login", (), True),
        ("fix-wren-harbour", "Fix login", ("secret",), False),
        ("fix-login", "Fix WREN harbour", ("secrets",), False),
        ("fix-login", "Fix Wren_Harbour", (), True),
        ("aa7kqzx2w", "Fix login", (), False),
        ("fix-login", "Fix 7kQzx2wP9", (), False),
    ],
)
def test_secrets_are_seen_by_our_own_eyes_and_by_the_cases(
    name: str, title: str, tags: tuple[str, ...], *, fine: bool
) -> None:
    case = Case(
        "x:1",
        "key sk-ant-api03-7kQzx2wP9mV4tB8 fails",
        tags=tags,
        must_not_contain=("Wren-Harbour",),
    )
    found = score(case, name, title)
    assert found["no_leak"] == float(fine)
    assert found["score"] == float(fine)


def test_a_short_text_that_must_not_be_there_is_no_secret() -> None:
    case = Case("x:1", "the pin is 12", tags=("secret",), must_not_contain=("12",))
    assert score(case, "pin-12", "Pin 12") == {
        "lawful": 1.0,
        "no_leak": 1.0,
        "avoids": 0.0,
        "score": 0.0,
    }


def test_what_matters_must_stand_in_both_names_in_some_form() -> None:
    def matters(wanted: str, name: str, title: str) -> float:
        return score(Case("x:1", "x", matters=(wanted,)), name, title)["matters"]

    assert matters("not", "do-not-deploy", "Do not deploy")
    assert not matters("not", "notify-owners", "Notify the owners")
    assert not matters("not", "deploy", "Do not deploy")
    assert matters("CSV", "merge-csvs", "Merge the CSVs")
    assert matters("1.7.4", "bump-axios-1-7-4", "Bump axios to 1.7.4")
    assert matters("bump|upgrade", "upgrade-axios", "Upgrade axios")
    assert matters("parse", "parsing-dates", "Parsing dates")
    assert matters("登录", "xiufu-denglu", "修复登录")
    assert matters("Prüfung", "pruefung-der-iban", "Prüfung der IBAN")
    assert matters("Straße", "strassen", "Straßen")


def test_a_word_in_han_characters_is_in_a_slug_as_chinese_or_as_japanese_reads_it() -> None:
    assert holds("会員証", "qr-kaiinsho-barcode")
    assert holds("重启", "fuwu-chongqi")
    assert holds("クエリ", "slow-query")
    assert not holds("会員証", "qr-barcode")
