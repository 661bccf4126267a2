from __future__ import annotations

import json
import re
import time
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.judge import TUNE, read_titles
from naming.names import TaskName
from naming.request import Request
from naming.text.language import lexicons
from naming.validation import believable_title
from tests.believing import believe, same_language_as, same_script
from tests.corpus import read_corpus

LEXICONS = lexicons()
OWN, OTHER = read_corpus("own_language"), read_corpus("other_language")
SPANISH = "la página de ajustes no carga en el móvil"
FOREIGN_SHARE = 0.02
"""Part of good titles that may be taken for foreign beside any request in their language."""

LATIN = st.text(st.sampled_from("abcdefghijklmnñoprstuvz áéíöü"))


@given(st.text() | LATIN, st.text() | LATIN)
def test_any_two_texts_can_be_compared(title: str, request: str) -> None:
    assert same_language_as(title, request) in {True, False}


@given(st.sampled_from([case.prompt for case in OWN + OTHER]))
def test_a_request_is_in_its_own_language(request: str) -> None:
    assert same_language_as(request, request)


@given(
    st.sampled_from([case.title for case in OWN + OTHER]),
    st.text(st.sampled_from("0 -.+#"), max_size=30),
)
def test_beside_a_request_that_says_nothing_every_title_is_believed(
    title: str, request: str
) -> None:
    assert same_language_as(title, request)


@given(st.sampled_from(sorted(LEXICONS)), st.data())
def test_words_of_one_language_are_in_the_language_of_a_request_of_such_words(
    language: str, data: st.DataObject
) -> None:
    known = st.lists(st.sampled_from(sorted(LEXICONS[language].all)), min_size=4, max_size=8)
    assert same_language_as(" ".join(data.draw(known)), " ".join(data.draw(known)))


def test_a_title_that_may_be_in_the_language_of_its_request_stays() -> None:
    assert [case for case in OWN if not same_language_as(case.title, case.prompt)] == []


def test_a_title_in_another_language_goes() -> None:
    assert [case for case in OTHER if same_language_as(case.title, case.prompt)] == []


def test_every_good_title_is_in_the_language_of_its_request() -> None:
    good = read_corpus("must_stay")
    assert [case for case in good if not same_language_as(case.title, case.prompt)] == []


def test_judging_a_long_request_takes_linear_time() -> None:
    started = time.process_time()
    for request in (
        "el la los de " * 80_000,
        "ñ" * 1_000_000,
        ": " * 500_000,
        "\n" * 1_000_000 + SPANISH,
    ):
        same_language_as("Fix the login page " * 40, request)
    assert time.process_time() - started < 1.0


def test_a_title_in_a_wrong_language_is_replaced_and_a_slug_may_be_english() -> None:
    def reply(name: str, display_name: str) -> str:
        return json.dumps({"name": name, "display_name": display_name})

    kept = believe(reply("fix-settings-page", "Fix settings page"), SPANISH)
    assert kept.name == "fix-settings-page"
    assert "ajustes" in kept.display_name
    good = TaskName("fix-settings-page", "Arreglar página de ajustes")
    assert believe(reply(*good), SPANISH) == good
    assert (
        believe(reply("arreglar-ajustes", "Fix settings page"), SPANISH).display_name
        == "Arreglar ajustes"
    )


def test_near_languages_are_told_apart_by_words_of_their_texts_and_by_the_letters_of_these() -> (
    None
):
    for request, foreign, good in (
        (
            "fiks at bussen hopper bakover på kartet mellom to GPS-punkter",
            "Ret at bussen hopper baglæns på kortet",
            "Rett opp hoppende posisjon",
        ),
        (
            "agrega un temporizador de penaltis",
            "Afegir un temporitzador de penals",
            "Cuenta atrás para los lanzamientos",
        ),
        (
            "добави филтър по цена в каталога",
            "Добавить фильтр по цене в каталог",
            "Филтриране на стоките по стойност",
        ),
    ):
        assert not same_language_as(foreign, request)
        assert same_language_as(good, request)


def test_the_words_of_a_request_are_in_its_language_as_they_stand() -> None:
    request = "用Python写个脚本，批量把heic转成jpg，不要覆盖原图"
    assert believable_title(request, Request.of(request)) == request


def test_letters_tell_a_language_where_words_do_not() -> None:
    assert not same_language_as("Añadir página", "add another view to it, please")
    assert same_language_as("Café view", "add another view to it, please")
    assert same_language_as("Fix page für Größen", "die Seite lädt die Größe nicht")


def test_a_request_that_names_a_language_may_want_it() -> None:
    assert not same_language_as("Fix settings page", SPANISH)
    for wish in (
        "in English please",
        "responde en inglés",
        "auf Englisch",
        "tradúcelo",
        "usa en-us",
    ):
        assert same_language_as("Fix settings page", f"{SPANISH}, {wish}")


def test_the_end_of_a_request_and_what_introduces_a_paste_are_the_request_too() -> None:
    assert same_language_as("Fix settings page", f"{SPANISH}\nfix this for me please")
    assert same_language_as("Fix settings page", f"can you fix this: {SPANISH}")
    assert same_language_as("Arreglar ajustes", f"can you fix this: {SPANISH}")


def test_words_of_the_request_are_no_evidence_against_a_title() -> None:
    assert same_language_as("Update user settings", "el botón de update user settings no va")
    assert not same_language_as("Update user settings", "el botón de los ajustes no va")
    assert same_language_as("Fix página", "la página de ajustes no carga")
    assert not same_language_as("Fix the empty página", "la página de ajustes no carga")


def test_the_script_of_a_title_is_that_of_its_own_words() -> None:
    def believed(title: str, prompt: str) -> bool:
        return believable_title(title, Request.of(prompt)) == title

    assert believed("moment.js → date-fns 移行", "moment.jsをdate-fnsに置き換えて")
    assert believed("Gradle 6.9 → 8.5", "Gradle 6.9에서 8.5로 올려줘")
    assert not believed("Gradle 更新", "upgrade gradle")


def test_one_word_tells_no_language_of_a_request() -> None:
    for word in ("settings", "ajustes"):
        assert same_language_as("Arreglar los ajustes de la página", word)
        assert same_language_as("Fix the settings page", word)


def test_close_languages_need_more_evidence() -> None:
    old = "borra los ficheros muy viejos del servidor, por favor"
    assert same_language_as("Apagar usuarios", old)
    assert not same_language_as("Apagar os arquivos antes do pagamento", old)


def test_names_of_code_and_quoted_words_belong_to_no_language() -> None:
    assert same_language_as(
        "AddUserSettings in fix_user_page.py", "crea un componente nuevo para los ajustes"
    )
    assert same_language_as('Texto "Add user"', "crea un componente nuevo para los ajustes")
    assert not same_language_as("Add user", "crea un componente nuevo para los ajustes")


def test_a_verb_at_the_end_and_a_letter_count_as_evidence() -> None:
    request = "fix the login on my phone, please"
    assert not same_language_as("Login reparieren", request)
    assert not same_language_as("Página login", request)


def test_a_request_in_two_languages_accepts_both() -> None:
    request = "arregla el botón de login, the user can wait"
    assert same_language_as("Fix user action", request)
    assert same_language_as("Arreglar acción", request)


LATIN_WORD = re.compile("[A-Za-z]{3}")


def good_by_language() -> dict[str, list[tuple[str, str]]]:
    by_language = defaultdict(list)
    for pair in read_titles(TUNE, "good"):
        by_language[pair["lang"][:2]].append((pair["prompt"], pair["title"]))
    return by_language


def test_hardly_a_title_in_the_language_of_any_request_is_foreign() -> None:
    pairs = [
        (pairs[(at + 1) % len(pairs)][1], prompt)
        for pairs in good_by_language().values()
        for at, (prompt, _) in enumerate(pairs)
    ]
    misses = [pair for pair in pairs if not same_language_as(*pair)]
    assert len(misses) <= FOREIGN_SHARE * len(pairs), misses


def test_a_title_in_another_script_is_foreign_where_not_both_have_latin_words() -> None:
    by_language = good_by_language()
    scripts = "en ru el he ar hi th zh".split()
    assert [
        (title, prompt)
        for language in scripts
        for other in scripts
        for (prompt, _), (_, title) in zip(by_language[language], by_language[other], strict=False)
        if language != other and same_script(title, prompt)
        if not (LATIN_WORD.search(prompt) and LATIN_WORD.search(title))
    ] == []


@pytest.mark.parametrize(
    ("title", "request_"),
    [
        ("Исправить загрузку изображений", "виправ завантаження зображень у профілі"),  # Russian
        (
            "Ľahšie prihlásenie používateľov",
            "oprav prosím nahrávání obrázků, když se stránka načte znovu",
        ),  # Slovak
        (
            "Corrixir a carga das imaxes",
            "corrige la carga de las imágenes en el perfil",
        ),  # Galician
        ("Korjaa kuvien lataaminen", "images in my profile do not load"),  # Finnish
    ],
)
def test_runs_of_letters_tell_near_and_unlisted_words(title: str, request_: str) -> None:
    assert not same_language_as(title, request_)
    assert same_language_as(title, title)
    assert same_language_as(request_, request_)


def test_a_lone_word_that_no_list_has_is_of_any_language() -> None:
    for word in ("bildladung", "oppdateringsfrekvens"):
        assert same_language_as(word, "images in my profile do not load")
    assert not same_language_as("Produktbeschreibungen automatisch speichern", "save my drafts")
    assert not same_language_as("zażółć", "images in my profile do not load")


def test_letters_tell_the_language_of_a_request_that_lists_do_not() -> None:
    request = "পণ্যের দাম টাকায় দেখাও"
    assert not same_language_as("उत्पाद का दाम टका में दिखाएँ", request)
    assert same_language_as("পণ্যের দামের মুদ্রা", request)
