"""Names from the prompt's own words: laws for any text, then the examples that taught us."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from naming import extraction
from naming.extraction import name_from_prompt, name_from_request, titles
from naming.names import MAX_DISPLAY_LENGTH, TaskName
from naming.request import Question, Request
from naming.slug import slug_words
from tests.corpus import misses
from tests.strategies import hostile_text, prompts, repeated

slow = settings(deadline=None, max_examples=200)


def display_of(prompt: str) -> str | None:
    name = name_from_prompt(prompt)
    return None if name is None else name.display_name


def slug_of(prompt: str) -> str | None:
    name = name_from_prompt(prompt)
    return None if name is None else name.name


@given(hostile_text | prompts | repeated)
@slow
def test_any_text_gives_a_lawful_name_or_none(text: str) -> None:
    assert isinstance(name_from_prompt(text), TaskName | None)


@given(hostile_text | prompts)
@slow
def test_a_display_name_is_its_own_display_name(text: str) -> None:
    name = name_from_prompt(text)
    again = None if name is None else name_from_prompt(name.display_name)
    assert (name and name.display_name) == (again and again.display_name)


@given(hostile_text | prompts)
@slow
def test_a_name_given_as_a_prompt_is_its_own_name(text: str) -> None:
    name = name_from_prompt(text)
    again = None if name is None else name_from_prompt(name.name)
    assert (name and name.name) == (again and again.name)


def test_no_word_is_chosen_away_from_what_is_a_lawful_name() -> None:
    titles = ["warn-add-directory-to-archiver", "curls-url-redirects-l-flag", "xing-an-quan-na-ci"]
    assert [title for title in titles if slug_of(title) != title] == []


@given(prompts)
@slow
def test_what_a_slug_says_stands_in_the_display_name_in_the_same_order(text: str) -> None:
    name = name_from_prompt(text)
    if name is not None and name.display_name.isascii():
        said = iter(slug_words(name.display_name))
        assert all(letter in said for letter in name.name.removeprefix("the-").replace("-", ""))


def test_a_title_stays_as_it_is() -> None:
    titles = [
        "User authentication flow",
        "The User Interface Redesign",
        "Fix insufficient permissions error",
        "Unable to connect to Postgres",
        "Handle N/A values in CSV",
        "Fix hostname: port parsing",
        "42",
        "I18n support",
        "Sorry page redesign",
        "修复登录按钮",
        "Fix ``` rendering in chat",
        "Help page for new users",
        "Next steps widget",
        "Role management",
        "Hello world program",
        "npm install fails on Windows",
        "iPhone layout is broken",
        "C++ memory leak",
        "How do I center a div?",
        "src/auth/login.ts",
    ]
    assert [title for title in titles if display_of(title) != title] == []


def test_the_request_is_what_is_named() -> None:
    cases = [
        ("fix", "Fix"),
        ("hi", "Hi"),
        ("please", "Please"),
        ("don't break user's login", "Don't break user's login"),
        (
            "Hi, please can you help me fix the login button on mobile? Thanks!",
            "Fix the login button on mobile",
        ),
        (
            "Hey Claude! 👋 Hope you're well. Could you add OAuth login to my app?",
            "Add OAuth login to my app",
        ),
        ("please please please fix the build", "Fix the build"),
        ("lets make the tests pass", "Make the tests pass"),
        ("@bot fix lint errors", "Fix lint errors"),
        ("/plan add dark mode to settings page", "Add dark mode to settings page"),
        ("/review", "Review"),
        ("Re: Re: Fwd: deploy is broken", "Deploy is broken"),
        ("As discussed, as you know, rotate the TLS certificates", "Rotate the TLS certificates"),
        ("[HOLD for payment 2026-01-02] [$250] Fix the avatar upload", "Fix the avatar upload"),
        ("Title: Fix the avatar upload\n\nIt fails.", "Fix the avatar upload"),
        ("Add `useAuth` hook to **Dashboard**", "Add useAuth hook to Dashboard"),
        ("## Add caching ##", "Add caching"),
        ("- [ ] add login\n- [ ] add logout", "Add login"),
        ("Update the README.", "Update the README"),
        ("Review ${selection} for naming", "Review for naming"),
        ("Act as a linux terminal", "Linux terminal"),
        ("I want you to act as a linux terminal. I will type commands.", "Linux terminal"),
        ("You are a friendly and helpful research assistant. Cite sources.", "Research assistant"),
        ("Act as a senior engineer and refactor the billing module", "Refactor the billing module"),
        (
            "You are a helpful assistant.\n\nUser: convert this CSV to JSON",
            "Convert this CSV to JSON",
        ),
        (
            "I want you to act as a senior Rust engineer. Your task is to write a lexer for TOML.",
            "Write a lexer for TOML",
        ),
        (
            "My name is Ann Example, I live at 12 Elm Road. Write a cover letter.",
            "Write a cover letter",
        ),
        ("# Overview\n\nAdd retries to the queue", "Add retries to the queue"),
        (
            "## Task\n\nAdd retries to the queue\n\n## Rules\n\nNo new dependency",
            "Add retries to the queue",
        ),
        ("帮我修复登录按钮，谢谢", "修复登录按钮"),
        ("ログインボタンを修正してください", "ログインボタンを修正"),
        ("por favor arregla el botón de inicio", "Arregla el botón de inicio"),
        ("Você pode corrigir o botão de login, por favor?", "Corrigir o botão de login"),
        ("Bitte behebe den Fehler beim Anmelden", "Behebe den Fehler beim Anmelden"),
        ("Пожалуйста, исправь ошибку входа", "Исправь ошибку входа"),
        ("من فضلك أصلح زر تسجيل الدخول", "أصلح زر تسجيل الدخول"),
        ("Prosím oprav chybu při přihlášení", "Oprav chybu při přihlášení"),
        ("ช่วยแก้ไขปุ่มเข้าสู่ระบบหน่อยครับ", "แก้ไขปุ่มเข้าสู่ระบบ"),
    ]
    assert misses(display_of, cases) == []


@pytest.mark.parametrize(
    "prompt", ["", "  \n", "?", "---", "🔥🚀", "\u200b", "\ud800", "```\n```", "-" * 500, "</a_b>"]
)
def test_nothing_to_name_gives_none(prompt: str) -> None:
    assert name_from_prompt(prompt) is None


def test_naming_is_deterministic() -> None:
    prompt = "Fix the login button. It fails on mobile. Please add tests."
    assert name_from_prompt(prompt) == name_from_prompt(prompt)


def test_short_lines_stay_as_they_are() -> None:
    cases = [
        ("who wrote this?", "who-wrote-this"),
        ("do it again", "do-it-again"),
        ("which branch are we on", "which-branch-are-we-on"),
        ("rename it", "rename-it"),
        ("log out", "log-out"),
        ("fix the build", "fix-build"),
    ]
    assert misses(slug_of, cases) == []


def test_a_name_of_before_is_named_by_its_words() -> None:
    cases = [
        ("task-python-debug-a1b2", "python-debug"),
        ("the-task-python-debug-a1b2", "python-debug"),
        ("task-fix", "fix"),
        ("task-add-oauth2-login", "add-oauth2-login"),
    ]
    assert misses(slug_of, cases) == []


def test_a_name_that_breaks_a_law_is_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "pick_slug", lambda *_: "Not lawful")
    assert name_from_prompt("Fix the login") is None


def test_a_title_that_never_settles_is_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    titles = iter(f"Fix {at}, now" for at in range(100))
    monkeypatch.setattr(extraction, "titles_of", lambda _: titles)
    assert name_from_prompt("Fix it, now and then") is None


def test_a_title_that_is_no_name_gives_way_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "titles_of", lambda _: iter(["", "Second title"]))
    monkeypatch.setattr(extraction, "is_plain", lambda title: title == "Second title")
    assert name_from_request(Request("First, second", Question("First, second"))) == TaskName(
        "second-title", "Second title"
    )


def test_what_a_form_has_people_confirm_names_nothing() -> None:
    text = (
        "### Is there an existing issue for this?\n\n- [X] I have searched the existing issues\n\n"
        "### Current Behavior\n\nThe scheduler runs a job twice when DST ends.\n\n"
        "### Expected Behavior\n\nOnce."
    )
    assert display_of(text) == "The scheduler runs a job twice when DST ends"


def test_a_title_ends_in_no_word_that_leads_on_to_what_was_left_out() -> None:
    long = "Let the exporter keep the order of the columns, as it is in the table of the editor"
    cases = [
        ("Resolve all errors in: $ARGUMENTS\n\nBe quick.", "Resolve all errors"),
        ("which branch are we on", "Which branch are we on"),
        ("KeyError: 'plan' when the page opens", "KeyError: 'plan' when the page opens"),
    ]
    assert misses(display_of, cases) == []
    assert not (display_of(long) or "").endswith((" the", " of", " in", " as"))


def test_a_request_that_only_points_gives_way_to_what_it_points_at() -> None:
    cases = [
        ("someone committed node_modules. undo that", "Someone committed node_modules"),
        ("$ npm run build\nerror TS2304\nfix this", "npm run build"),
        ("fix this", "Fix this"),
    ]
    assert misses(display_of, cases) == []


def test_the_language_of_the_prompt_spells_the_slug() -> None:
    prompt = "kannst du bitte den Login-Button größer machen"
    assert (slug_of(prompt) or "").endswith("login-button-groesser-machen")
    assert slug_of("Öffnungszeiten hinzufügen") == "oeffnungszeiten-hinzufuegen"


def test_a_word_in_capitals_is_no_pronoun_and_no_lead_in() -> None:
    assert display_of("I want you to act as an IT auditor. I will tell you more.") == "IT auditor"
    assert (
        display_of("You are an AI assistant development expert")
        == "AI assistant development expert"
    )
    assert slug_of("MOVE IT TO THE NEW SHOP BEFORE THE SALE") == "move-to-new-shop-before-sale"
    assert slug_of("draw CAN bus errors in red") == "draw-can-bus-errors-in-red"
    assert display_of("CAN YOU FIX THE LOGIN") == "FIX THE LOGIN"
    assert display_of("BTW can you fix the login") == "Fix the login"


def test_what_a_text_comes_back_to_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        "We have a page for tenants. It lists the rents. Tenants cannot print the scoreboard. "
        "Nobody knows why the scoreboard fails, but the rest matters to them."
    )
    assert display_of(text) == "Tenants cannot print the scoreboard"
    monkeypatch.setattr(titles, "TOPIC", 0)
    assert display_of(text) == "We have a page for tenants"


def test_identifiers_that_a_log_repeats_are_no_topic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(titles, "TOPIC", 1000)
    text = "Tidy the lobby. Then {} was seen, {} again and {}."
    assert display_of(text.format(*["r2_d2"] * 3)) == "Tidy the lobby"
    assert display_of(text.format(*["screens"] * 3)) == "Screens was seen"


def test_a_title_that_fits_without_its_comma_loses_no_word() -> None:
    wanted = "Move the invoices of all customers abroad into the other ledgers"
    assert len(wanted) == MAX_DISPLAY_LENGTH
    assert display_of(f"{wanted}, since the auditors want to see them in one place") == wanted


def test_a_question_in_quotation_marks_keeps_one_mark() -> None:
    assert display_of("**“Are we late again?”**\n\nPeople ask it daily.") == "Are we late again?"


def test_a_title_begins_behind_what_only_points_to_it() -> None:
    cases = [
        (
            "There are two submit buttons on the checkout page",
            "Two submit buttons on the checkout page",
        ),
        ("it is slow when I scroll the list of orders", "Slow when I scroll the list of orders"),
        ("This is a draft of the release notes", "Draft of the release notes"),
        ("hay un error en el carrito de compra", "Error en el carrito de compra"),
        ("es gibt einen Fehler in der Anmeldung", "Fehler in der Anmeldung"),
        ("this is broken", "This is broken"),
        ("Is this a bug in the parser?", "Is this a bug in the parser?"),
        (
            "The test is flaky because there is a race in the cache",
            "The test is flaky because there is a race in the cache",
        ),
    ]
    assert misses(display_of, cases) == []


def test_where_both_have_no_room_the_main_clause_names_the_task() -> None:
    cases = [
        (
            "When the gate opens, the camera keeps streaming the old picture to everyone who watches",
            "The camera keeps streaming the old picture to everyone",
        ),
        (
            "When the clip is muted, the waveform vanishes",
            "When the clip is muted, the waveform vanishes",
        ),
    ]
    assert misses(display_of, cases) == []


def test_a_user_story_is_named_by_what_is_wanted() -> None:
    cases = [
        (
            "As a tenant\nI want to pay the rent by card\nSo that I need no bank app\n\n- Visa only",
            "Pay the rent by card",
        ),
        (
            "**As a** nurse **I want** a list of free beds **so that** I save calls",
            "List of free beds",
        ),
        ("Als Fahrerin möchte ich freie Plätze sehen, damit ich Zeit spare", "Freie Plätze sehen"),
    ]
    assert misses(display_of, cases) == []


def test_an_error_keeps_what_it_says() -> None:
    trace = [
        "Traceback (most recent call last):",
        '  File "/srv/door.py", line 8, in open',
        "    lock = locks[name]",
        "           ~~~~~^^^^^^",
        "KeyError: 'front'",
    ]
    frames = [
        "   at Barn.Door.Open(Int32 n) in C:\\src\\Door.cs:line 20",
        "   at Barn.Program.Main() in C:\\src\\Program.cs:line 3",
    ]
    cases = [
        ("\n".join(trace), "KeyError: 'front'"),
        (
            "\n".join(["Unhandled exception. Barn.LockedException: The door is locked", *frames]),
            "LockedException: The door is locked",
        ),
        (
            "NoMethodError (undefined method 'open' for nil):\n\napp/door.rb:2",
            "NoMethodError (undefined method 'open' for nil)",
        ),
    ]
    assert misses(display_of, cases) == []


def test_a_role_names_no_task_that_is_labelled() -> None:
    persona = "You are an expert beekeeper.\nTake a deep breath.\n"
    labelled = f"{persona}TASK: count the hives on each photo"
    assert misses(display_of, [(labelled, "Count the hives on each photo")]) == []
    assert display_of(persona) == "Beekeeper"
    assert display_of("You are an expert beekeeper.\nTASK: fix it") == "Fix"


def test_the_kind_of_a_document_does_not_name_it() -> None:
    assert (
        display_of("Design Doc — Hive Counting Service\nCounts hives.") == "Hive Counting Service"
    )


def test_a_mail_is_named_by_its_subject_without_what_replies_add() -> None:
    cases = [
        (f"{sender}Hallo,\n\nthe bees are in the wrong row.\n\nMia", "Bees in the wrong row")
        for sender in (
            "From: Mia <mia@hives.example>\nSubject: Re: Fwd: bees in the wrong row\n\n",
            "De : Mia <mia@hives.example>\nObjet : TR : bees in the wrong row\n\n",
        )
    ]
    assert misses(display_of, cases) == []


def test_rows_of_a_table_are_a_paste() -> None:
    rows = "id,breed,weight\n1,merino,61\n2,texel,80\n3,suffolk,98"
    assert display_of(f"{rows}\n\nwhich breed is heaviest") == "Which breed is heaviest"


def test_a_wish_turned_round_stays_so() -> None:
    cases = [
        ("I don't want to lose data on a reload", "I don't want to lose data on a reload"),
        (
            "It shouldn't be possible to delete an admin",
            "It shouldn't be possible to delete an admin",
        ),
        ("there's no need to keep the staging cluster", "No need to keep the staging cluster"),
        ("I don't want to bother you but can you fix the login", "Fix the login"),
        ("I don't need a rewrite, just explain how the cache works", "Explain how the cache works"),
        ("I don't know why the build fails", "Why the build fails"),
    ]
    assert misses(display_of, cases) == []


def test_what_opens_before_the_first_word_stays_where_it_is_closed() -> None:
    titles = [
        "'foo' is not recognized as a command",
        '"Remember me" does nothing',
        "“Save” does nothing when I click it",
        "«Сохранить» не работает",
        "„Speichern“ macht nichts",
        "「保存」が動かない",
        "[iOS] crash on start",
        "[[page]] is broken",
        "(iOS only) the button is dead",
        "¿Cómo agrego paginación al listado?",
    ]
    assert [title for title in titles if display_of(title) != title] == []


def test_a_language_called_by_a_sign_begins_a_title() -> None:
    titles = ["F# vs Go for the ingest service?", "C# async handlers swallow exceptions"]
    assert [title for title in titles if display_of(title) != title] == []
    assert slug_of(titles[1]) == "csharp-async-handlers-swallow"


def test_of_a_path_that_no_title_has_room_for_the_last_part_is_named() -> None:
    package = "com.example.enterprise.internal.services.impl.rendering"
    cases = [
        (f"fix {package}.InvoiceFactory", "Fix InvoiceFactory"),
        (f"rename {package.replace('.', '/')}/Invoice.java", "Rename Invoice.java"),
    ]
    assert misses(display_of, cases) == []


def test_who_sent_a_letter_and_when_does_not_name_it() -> None:
    letter = (
        "From: Priya Nair <priya@example.com>\nSent: Monday, 3 March 2025 10:12\n"
        "To: Web Team <web@example.com>\nSubject: Password reset mail arrives twice\n\n"
        "Hello,\ncan you look into it?\nThanks, Priya"
    )
    assert display_of(letter) == "Password reset mail arrives twice"


def test_what_is_worked_on_stays_before_a_verb_at_the_end() -> None:
    assert display_of("kannst du den Button bitte reparieren") == "Den Button bitte reparieren"


def test_a_path_from_home_begins_a_title() -> None:
    assert display_of("~/.bashrc is not sourced") == "~/.bashrc is not sourced"


def test_a_heading_that_every_document_has_gives_way_to_what_is_below_it() -> None:
    assert display_of("Task:\nAdd search to the docs") == "Add search to the docs"
    assert display_of("Task:\nAdd search") == "Add search"
    assert display_of("Task") == "Task"


def test_directives_of_c_name_nothing_beside_a_request() -> None:
    assert (
        display_of('#include "led.h"\n#include "pins.h"\n\ndim the led at night')
        == "Dim the led at night"
    )
    assert display_of("#include <stdio.h>") == "Include <stdio.h>"


def test_the_line_that_tells_what_is_wrong_names_a_paste() -> None:
    cases = [
        (
            (
                "Collecting the harbour dues\n[ 40%] Building CXX object dues.cpp.o\n"
                "/usr/bin/ld: dues.cpp:(.text+0x1f): undefined reference to `toll_for'\n"
                "collect2: error: ld returned 1 exit status\nmake: *** [all] Error 2"
            ),
            "Undefined reference to `toll_for",
        ),
        (
            (
                "$ ./gradlew lint\n> Task :ferry:lint FAILED\n\n"
                "e: src/Ferry.kt:8:3 Unresolved reference 'berthOf'\n\nBUILD FAILED in 3s"
            ),
            "Unresolved reference 'berthOf'",
        ),
        (
            (
                "09:14:02 INFO  boot\n09:14:03 ERROR 81 --- [main] Gate refused the badge\n"
                "09:14:04 INFO  bye\n\nwhy?"
            ),
            "Gate refused the badge",
        ),
        (
            (
                "==================== test session starts ====================\ncollected 9 items\n\n"
                "FAILED tests/test_berth.py::test_two_ferries - assert 1 == 2\n"
                "==================== 1 failed, 8 passed ===================="
            ),
            "test_two_ferries",
        ),
    ]
    assert misses(display_of, cases) == []


def test_a_wish_that_only_points_is_joined_with_what_is_pasted() -> None:
    cases = [
        ("func berthOf(id int) int {\n\treturn id\n}\nsimplify", "Simplify berthOf"),
        (
            "is this safe?\n\n--- a/gate/lock.py\n+++ b/gate/lock.py\n@@ -1 +1 @@\n-a\n+b",
            "Is this safe: lock.py",
        ),
        (
            "func berthOf(id int) int {\n\treturn id\n}\nlog every free berth",
            "Log every free berth",
        ),
    ]
    assert misses(display_of, cases) == []


@pytest.mark.parametrize(
    ("prompt", "title"),
    [
        ("至急でお願いしたいのですが、二重送信を防いでください", "二重送信を防いで"),
        ("大変恐縮ですが、電話番号の列を追加していただけないでしょうか", "電話番号の列を追加"),
        ("できれば在庫アラートをSlackに飛ばすようにしたいです", "在庫アラートをSlackに飛ばす"),
        ("なので、請求書の宛名が文字化けすることがあります", "請求書の宛名が文字化けする"),
    ],
)
def test_japanese_is_named_without_what_is_said_around_a_wish(prompt: str, title: str) -> None:
    assert display_of(prompt) == title


def test_a_japanese_slug_never_holds_what_a_negation_turns_without_it() -> None:
    name = name_from_prompt("服薬記録は削除せず非表示にする")
    assert name is not None
    assert ("sakujo" in name.name) == ("sezu" in name.name)


def test_chinese_words_that_only_wish_or_say_when_leave_room_for_what_is_wished() -> None:
    for prompt, name in (
        ("希望能够打印准考证时隐藏身份证号", "dayin-zhunkaozheng-yincang"),
        ("订单不能重复提交", "dingdan-buneng-chongfu-tijiao"),
        ("看看能不能隐藏未登录用户的价格", "yincang-wei-denglu-yonghu-jiage"),
    ):
        assert (named := name_from_prompt(prompt)) is not None
        assert named.name == name


def test_a_bar_in_a_line_that_is_no_table_stays() -> None:
    error = "TS2345: Argument of type 'string | undefined' is not assignable to parameter of 'Id'."
    assert (named := name_from_prompt(error)) is not None
    assert named.display_name == "Argument of type 'string | undefined'"


def test_a_wish_that_names_what_is_pasted_is_not_told_so_again() -> None:
    prompt = "def slug(s):\n    out = ''\n    return out\n\nmake this slug function faster"
    assert (named := name_from_prompt(prompt)) is not None
    assert named.display_name == "Make this slug function faster"


def test_a_clause_without_room_for_all_of_it_ends_at_a_mark_rather_than_before_a_preposition() -> (
    None
):
    for prompt, title in (
        (
            "migra os componentes de classe do módulo de estoque para hooks, sem mexer nos testes",
            "Migra os componentes de classe do módulo de estoque para hooks",
        ),
        (
            "convert the remaining class components of the cart to hooks, nothing else in the folder",
            "Convert the remaining class components of the cart to hooks",
        ),
    ):
        assert display_of(prompt) == title
