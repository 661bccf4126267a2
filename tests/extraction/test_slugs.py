"""Which words of a title go into the slug."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from naming.extraction.slugs import pick_slug
from naming.names import MAX_NAME_LENGTH
from tests.corpus import misses

if TYPE_CHECKING:
    from collections.abc import Iterator


TURNS = ("without", "except", "only", "never")
WORDS = (*TURNS, "login", "orders", "printer", "invoice", "calendar", "export", "customers")


def telling_before(words: list[str], turns: int) -> Iterator[str]:
    """Give the telling words before the turning word number `turns`."""
    for word in words:
        if word not in TURNS:
            yield word
        elif turns == 0:
            return
        else:
            turns -= 1


def test_a_slug_keeps_what_turns_the_meaning_and_leaves_out_what_says_nothing() -> None:
    cases = [
        ("Add a log out button", "add-log-out-button"),
        ("Turn off the lights", "turn-off-lights"),
        ("Sign up without a phone", "sign-up-without-phone"),
        ("Delete all but the last row", "delete-all-but-last-row"),
        ("C++ memory leak", "cpp-memory-leak"),
        ("Resolve the N+1 query", "resolve-n-1-query"),
        ("Don't break user's login", "dont-break-users-login"),
        ("Behebe den Fehler in der Küche", "behebe-fehler-in-kueche"),
        ("Corrige l'erreur de l'API", "corrige-erreur-api"),
        ("Исправить вход", "ispravit-vkhod"),
        ("Перевір помилку і вхід", "perevir-pomylku-i-vkhid"),
        ("42", "the-42"),
        ("Settings", "the-settings"),
        ("1e5", "the-1e5"),
        ("it is what it is", "it-is-what-it-is"),
    ]
    assert misses(pick_slug, cases) == []


def test_a_long_title_gives_up_small_words_before_telling_ones() -> None:
    cases = [
        ("Keep the footer at the bottom on short pages", "keep-footer-bottom-short-pages"),
        ("Upgrade next from 13.5.6 to 14.2.3 and react as well", "upgrade-next-14-2-3-react-well"),
    ]
    assert misses(pick_slug, cases) == []


def test_letters_are_spelt_in_the_language_of_the_text() -> None:
    assert pick_slug("Login größer", "de") == "login-groesser"
    assert pick_slug("Login größer", "tr") == "login-grosser"


@given(st.lists(st.sampled_from(WORDS), min_size=3, max_size=14))
def test_no_word_stays_behind_one_that_turns_its_meaning_and_went(words: list[str]) -> None:
    slug = pick_slug(" ".join(words)) or ""
    kept = slug.removeprefix("the-").split("-")  # before a reserved word
    turns = [word for word in words if word in TURNS]
    stays = [word for word in kept if word in TURNS]
    assert stays == turns[: len(stays)]
    if len(stays) < len(turns):  # nothing follows the first that went
        before = list(telling_before(words, len(stays)))
        assert len([word for word in kept if word not in TURNS]) <= len(before)


def test_a_particle_does_not_stay_without_its_verb() -> None:
    words = "Deactivate notifications when extraordinarily careless administrators log out"
    slug = pick_slug(words) or ""
    assert "log-out" in slug or "out" not in slug.split("-")


def test_words_in_latin_letters_lead_where_others_write_without_spaces() -> None:
    cases = [
        ("优化 MySQL 索引", "mysql-youhua-suoyin"),
        ("Reactのログイン画面を修正", "react-login-gamen-shusei"),
        ("修复登录按钮", "xiufu-denglu-anniu"),
        ("加分页，每页20条", "jia-fenye-meiye-20-tiao"),
        ("视频切到后台没声音", "shipin-qie-houtai-mei-shengyin"),  # what says least does not fit
    ]
    assert misses(pick_slug, cases) == []


def test_in_japanese_nothing_stays_without_the_negation_behind_it() -> None:
    slug = pick_slug("Reactのログイン画面で古いパスワードを表示しない設定を追加") or ""
    assert "hyoji" not in slug  # 表示しない: not to show


def test_no_word_no_slug() -> None:
    assert pick_slug("!?") is None


@given(st.lists(st.sampled_from("fix add login the with not out why orders queue".split())))
def test_the_words_keep_their_order_and_fit(words: list[str]) -> None:
    slug = pick_slug(" ".join(words)) or ""
    kept = iter(words)
    assert len(slug) <= MAX_NAME_LENGTH
    assert all(word in kept for word in slug.removeprefix("the-").split("-") if slug)


def test_no_slug_ends_in_what_turns_the_meaning_of_words_that_went() -> None:
    cases = [("Requests time out after 5s, only in production", "requests-time-out-after-5s")]
    assert misses(pick_slug, cases) == []


def test_a_slug_that_was_cut_ends_in_no_word_that_leads_on() -> None:
    slug = pick_slug("Extraordinarily complicated refactoring with internationalization")
    assert slug is not None
    assert not slug.endswith("-with")
    assert pick_slug("x" * 40 + " b") == "x" * MAX_NAME_LENGTH


def test_an_article_before_an_apostrophe_is_left_out_in_capitals_too() -> None:
    assert pick_slug("L'export coupe la dernière ligne", "fr") == "export-coupe-derniere-ligne"
    assert pick_slug("l'API renvoie 500") == "api-renvoie-500"
    assert pick_slug("N'envoie plus de lettres") == "n-envoie-plus-lettres"
