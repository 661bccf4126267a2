from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naming.validation.remarks import mend
from tests.believing import context

PARTS = st.sampled_from(
    'Fix login|Title|Sure|Here is|: |! | - | (|)|"|", "|\\n|\n|(4 words)| | ✨|fix-login|{"title": "|[PL] |`'.split(
        "|"
    )
)


@given(st.lists(PARTS, max_size=8).map("".join), st.sampled_from(["fix login", "", "Title: x"]))
def test_mending_twice_changes_nothing_more(field: str, request: str) -> None:
    mended = mend(field, context(request))
    assert "\n" not in mended
    assert mend(mended, context(request)) in {mended, ""} or len(mended) < len(field)


@pytest.mark.parametrize(
    "field",
    [
        "Fix login on Safari | fix-login-safari",
        "Fix login on Safari (4 words)",
        "Fix login on Safari\\n",
        "Option 2: Fix login on Safari",
        "Fix login on Safari\nAlternative: Safari login",
        "Here is the title: Fix login on Safari",
        "Here is the title:\nFix login on Safari",
        "Sure! Fix login on Safari",
        '{"display_name": "Fix login on Safari"}',
        'Fix login on Safari", "name": "fix-login"}',
        "✨ Fix login on Safari ✨",
        "Title: ✨ Fix login on Safari ✨",
        "Fix login on Safari (in English)",
        "[EN] Fix login on Safari",
        "Fix login\\non Safari",
        "Fix login\non Safari",
        "Fix login on Safari – hope this helps!",
        "Fix login on Safari <-- title",
        "“Fix login on Safari”…",
        "Fix login on Safari!!",
        "¡Fix login on Safari!",
        "I'd call it Fix login on Safari",
        "My suggestion for the title is Fix login on Safari",
        'My title would be "Fix login on Safari", okay?',
        "How about “Fix login on Safari”?",
        "タイトルは「Fix login on Safari」です",
        "【Title】Fix login on Safari",
        "Title ➜ Fix login on Safari",
        '{\\"title\\": \\"Fix login on Safari\\"}',
        '```json\n{\n  "title": "Fix login on Safari"\n}\n```',
        "(EN) Fix login on Safari",
        "Fix login on Safari (サファリのログインを直す)",
        "Fix login on Safari / Исправить вход в Safari",
        "Fix login on Safari (German: Anmeldung in Safari reparieren)",
        "Fix login on Safari (på engelsk)",
        "Considering the options: Fix login on Safari",
        "Fix login on Safari (slug: fix_login_safari)",
        "Fix login on Safari => fix_login_on_safari",
        "Fix login on Safari – short and to the point",
        "Fix login on Safari - feel free to adjust",
        "Fix login on Safari (confidence: high)",
        "Fix login on Safari – this captures the essence",
        "״Fix login on Safari״",
    ],
)
def test_what_stands_around_a_title_is_taken_off(field: str) -> None:
    assert mend(field, context("login fails on safari")) == "Fix login on Safari"


@pytest.mark.parametrize(
    "title",
    [
        "Setup CI: CD pipeline",
        "Fix hostname: port parsing",
        'Fix "login", "logout" labels',
        "Export orders (CSV)",
        "Checkout – payment errors",
        "Move to e-mail-first sign-up",
        "Why does the build hang?",
        "Return 200 °C as 392 °F",
        'Return "Unknown" below 70 percent',
        "Name field validation",
        "Login (Safari) → Home",
        "Display Name Label Fix",
        "label as Urgent",
        "(QA) Fix login on Safari",
        "Chrome vs. Safari (cookies)",
        "React vs. your own code",
        'Button "Hello - name" wraps',
        "login.go:31 – index out of range",
        "Browser tab: “Safari – Login”",
        "Sign-in page: label “Sign in”",
        "Settings | Login form",
        "Kafka или NATS?",
        "Login form (prefers-reduced-motion)",
        "Fix login (England)",
        "Svuota carrello (cestino)",
        "Convert numerals (roman)",
    ],
)
def test_what_belongs_to_a_title_stays(title: str) -> None:
    assert mend(title, context("login fails on safari")) == title


def test_what_talk_leaves_is_a_title_where_it_says_what_the_request_says() -> None:
    asked = context("las reservas de la pista se solapan en octubre")
    assert mend("Yo le pondría: Reservas solapadas", asked) == "Reservas solapadas"
    assert mend("Yo le pondría: Facturas vencidas", asked) == "Yo le pondría: Facturas vencidas"
    assert mend("git reset: undoing it", context("git undo last commit")) == "git reset: undoing it"


def test_marks_that_the_request_has_or_that_end_no_title_stay() -> None:
    assert mend("Print Hello World!", context("print Hello World! thrice")) == "Print Hello World!"
    assert mend("Does login fail?", context("does login fail on safari?")) == "Does login fail?"
    assert mend("Convert what to Python?", context("convert this")) == "Convert what to Python?"


def test_what_is_no_title_anyhow_keeps_its_marks() -> None:
    assert mend("I fixed the login!", context("login fails on safari")) == "I fixed the login!"


def test_a_place_in_a_file_is_not_parted_at_its_colon() -> None:
    asked = context("login fails on safari")
    assert mend("title.ts:42 – login loop", asked) == "login loop"


def test_what_announces_nothing_inside_brackets_announces_no_title() -> None:
    request = context("תוסיף סינון של צמחים לפי העונה שבה הם פורחים")
    title = "סינון צמחים לפי עונת פריחה"
    assert mend(f"{title} (slug: bloom-season-filter)", request) == title


def test_no_word_that_begins_as_a_language_is_a_note_on_it() -> None:
    asked = context("quita del carrito los productos que ya no existen")
    assert mend("Eliminar productos – cesta", asked) == "Eliminar productos – cesta"


def test_what_the_request_says_is_no_remark() -> None:
    titled = context("the title says “Posts”")
    assert mend("Rename the title “Posts”", titled) == "Rename the title “Posts”"
    request = context(r"Title: rename the option. \n is shown as it is (4 words) ✨ fix-login")
    for title in (
        r"Show \n as it is",
        "Count words (4 words)",
        "Add ✨",
        "Page | fix-login",
        "Login (fix-login)",
    ):
        assert mend(title, request) == title


def test_mending_takes_linear_time() -> None:
    started = time.process_time()
    for piece in ("(", "a: ", "! ", '"', "\\n", "\n", "✨", " - ", "title: ", "[ab] "):
        mend(piece * 20_000, context("x"))
    assert time.process_time() - started < 1.0


def test_pictures_at_the_ends_are_taken_off_and_vowel_signs_stay() -> None:
    asked = context("मेट्रोनोम जोड़ो")
    assert mend("⚠️ मेट्रोनोम 🛠️", asked) == "मेट्रोनोम"
    assert mend("मेट्रोनोम जोड़ना हूँ", asked) == "मेट्रोनोम जोड़ना हूँ"
