from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from naming import extraction
from naming.cleaning import clean
from naming.extraction import cues, name_from_prompt, name_from_request, openers
from naming.extraction.keywords import LONG, LONGEST, Word, _weakest, pick_slug
from naming.extraction.openers import is_imperative, role_in
from naming.extraction.passages import (
    LAST_LINES,
    MAX_LAST,
    MAX_LENGTH,
    MAX_PASSAGES,
    Passage,
    Shape,
    blocks,
    passages,
    plain,
    sentences,
)
from naming.extraction.ranking import OFTEN, Topic, _substance, choose, topic_of
from naming.extraction.titles import title_of, without_openers
from naming.extraction.words import in_any_case, language_of, stop_words_of, tokens, weight
from naming.names import MAX_DISPLAY_LENGTH, TaskName
from naming.request import Request
from naming.slug import slug_words
from naming.text.patterns import first_word
from tests.corpus import misses
from tests.strategies import hostile_text, prompts, repeated

slow = settings(deadline=None, max_examples=200)


def display_of(prompt: str) -> str | None:
    name = name_from_prompt(prompt)
    return None if name is None else name.display_name


def named(prompt: str) -> tuple[str, ...]:
    return tuple(name_from_prompt(prompt) or ())


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


WORDS_OF_PASTES = """stack trace stacktrace During handling of the above exception was direct cause The Error error INFO
    DEBUG class def select from update a 1 12 Jan base64 data attached index goroutine please you are an password is
    sunshine Use e g use"""
words_alone = st.lists(st.sampled_from(WORDS_OF_PASTES.split()), min_size=1, max_size=10).map(
    " ".join
)


@given(words_alone | prompts)
@example("stack trace")
@example("Fix the login. Add the logout")
@example("During handling of the above exception class Foo")
@example("The above exception was the direct cause")
@slow
def test_a_title_is_named_again_as_a_prompt_would_be(text: str) -> None:
    assert extraction._again(text) == next(extraction._titles(clean(text)), "")


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
    if (name := name_from_prompt(text)) is not None:
        said = iter(
            slug_words(name.display_name)
        )  # by letters: Japanese is taken apart where its script changes
        assert all(letter in said for letter in name.name.removeprefix("the-").replace("-", ""))


@given(
    st.lists(
        st.sampled_from("fix add login button retry queue cache".split()), min_size=1, max_size=30
    )
)
def test_the_words_keep_their_order(words: list[str]) -> None:
    name = (slug_of(" ".join(words)) or "").removeprefix("the-")
    kept = iter(dict.fromkeys(words))
    assert all(word in kept for word in name.split("-"))


def test_a_title_stays_as_it_is() -> None:
    titles = [
        "User authentication flow",
        "The User Interface Redesign",
        "Fix insufficient permissions error",
        "Unable to connect to Postgres",
        "Handle N/A values in CSV",
        "Fix hostname: port parsing",
        "Setup CI: CD Pipeline",
        "[WIP] Fix login flow",
        "42",
        "I18n support",
        "Sorry page redesign",
        "修复登录按钮",
        "Fix ``` rendering in chat",
        "Question answering with citations",
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
        ("You are an expert in refactoring Java methods.", "Refactoring Java methods"),
        ("Act as a senior engineer and refactor the billing module", "Refactor the billing module"),
        (
            "You are a helpful assistant.\n\nUser: convert this CSV to JSON",
            "Convert this CSV to JSON",
        ),
        ("You are an expert.", "Expert"),
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
        ("Is this on? Well, is it? Your task is to parse invoices.", "Parse invoices"),
        ("Currently the cache never expires. We propose to expire the cache.", "Expire the cache"),
        (
            "Given that the cache of the session service never expires by itself, expire it after a day",
            "Expire it after a day",
        ),
        ("please fix the login button bitte", "Fix the login button"),
        ("帮我修复登录按钮，谢谢", "修复登录按钮"),
        ("我想让你担任法律顾问。我会描述情况。", "法律顾问"),
        ("ログインボタンを修正してください", "ログインボタンを修正"),
        ("로그인 버튼을 고쳐 주세요", "로그인 버튼을 고쳐"),
        ("por favor arregla el botón de inicio", "Arregla el botón de inicio"),
        ("Você pode corrigir o botão de login, por favor?", "Corrigir o botão de login"),
        (
            "Pouvez-vous corriger le bug de connexion s'il vous plaît ?",
            "Corriger le bug de connexion",
        ),
        ("Bitte behebe den Fehler beim Anmelden", "Behebe den Fehler beim Anmelden"),
        ("Пожалуйста, исправь ошибку входа", "Исправь ошибку входа"),
        ("من فضلك أصلح زر تسجيل الدخول", "أصلح زر تسجيل الدخول"),
        ("Prosím oprav chybu při přihlášení", "Oprav chybu při přihlášení"),
        ("ช่วยแก้ไขปุ่มเข้าสู่ระบบหน่อยครับ", "แก้ไขปุ่มเข้าสู่ระบบ"),
        ("KeyError: 'user_id'\n\nwhy?", "KeyError: 'user_id'"),
    ]
    assert misses(display_of, cases) == []


@pytest.mark.parametrize(
    "prompt", ["", "  \n", "?", "---", "🔥🚀", "\u200b", "\ud800", "```\n```", "-" * 500, "</a_b>"]
)
def test_nothing_to_name_gives_none(prompt: str) -> None:
    assert name_from_prompt(prompt) is None


def test_a_slug_takes_the_words_that_say_most() -> None:
    cases = [
        ("C++ memory leak", "cpp-memory-leak"),
        ("C# memory leak", "csharp-memory-leak"),
        ("C memory leak", "c-memory-leak"),
        ("42", "the-42"),
        ("Settings", "the-settings"),
        ("Don't break user's login", "dont-break-login"),
        ("You don't break login", "dont-break-login"),
        ("Fix AT&T login", "fix-att-login"),
        ("Handle N/A values in CSV", "handle-na-csv"),
        ("Fix <Button> component", "fix-button-component"),
        (
            "implement comprehensive authentication and authorization",
            "authentication-authorization",
        ),
        ("Fix the fix of the fix", "fix"),
        ("alpha bravo delta gamma kappa omega", "alpha-bravo-delta-gamma-kappa"),
        ("See group/sub/proj #77 and fix", "group-sub-proj-77-fix"),
        ("to be or not to be", "to-be-or-not-to-be"),
        ("Behebe den Fehler beim Anmelden", "behebe-fehler-anmelden"),
        ("修复登录按钮", "xiu-fu-deng-lu-an-niu"),
        ("ログインのバグを直す", "roguin-bagu-zhi-su"),
        ("serveのsourcemapを使う", "serve-sourcemap-shi-u"),
        ("Исправить вход", "ispravit-vkhod"),
        ("Changing the default filesystem encoding to utf-8", "changing-encoding-utf-8"),
        (
            "Very easily create one new thing for queue retry metrics export",
            "queue-retry-metrics-export",
        ),
    ]
    assert misses(pick_slug, cases) == []


def test_no_word_no_slug() -> None:
    assert pick_slug("!?") is None


def test_a_word_for_machines_weighs_more_than_a_word_of_every_prompt() -> None:
    assert weight("useAuth") > weight("login") > weight("42") > weight("user") > weight("create")
    assert weight("quickly") == 0.5
    assert weight("fly") == 1


def test_the_language_is_told_by_its_small_words() -> None:
    assert language_of("le bouton pour la page des clients".split()) == "fr"
    assert language_of("fix the die roll".split()) == "en"
    assert language_of([]) == "en"
    assert "the" in stop_words_of("le bouton pour la page des clients".split())


def test_symbols_that_carry_meaning_stay_in_a_word() -> None:
    assert tokens("C++, C#, .NET, I/O, AT&T, don't, user’s a/b/c") == [
        "C++", "C#", ".NET", "I/O", "AT&T", "don't", "user’s", "a/b", "c",
    ]  # fmt: skip


@given(hostile_text | prompts | repeated)
@slow
def test_a_title_fits_and_ends_between_words(text: str) -> None:
    title = title_of(text)
    assert len(title) <= MAX_DISPLAY_LENGTH
    assert title == title.strip()


def test_nothing_hangs_at_the_end_of_a_title() -> None:
    cases = [
        (
            "Transform this old script of ours into a project, so that a beginner is able to read it",
            "Transform this old script of ours into a project",
        ),
        (
            "Move the session store into a cluster, keep the old one, and then delete nothing at all",
            "Move the session store into a cluster",
        ),
        (
            "Short, long " + "word " * 20,
            "Short, long word word word word word word word word word word",
        ),
        ("Store it in the", "Store"),
        ("Read the patient's", "Read"),
        ("Read what they’re", "Read"),
        ("Move it to IT", "Move it to IT"),
        ("Call load(path", "Call load"),
        ("Call load(path)", "Call load(path)"),
        ("(unfinished", "Unfinished"),
        ("Is it fast?", "Is it fast?"),
        ("login broken?", "Login broken"),
        ("修好了?", "修好了?"),
        ("über uns", "Über uns"),
        ("useAuth hook", "useAuth hook"),
        ("“quoted words”", "“quoted words”"),
        ("“open quote", "Open quote"),
        ("{{eq}} helper", "{{eq}} helper"),
        ("please", "Please"),
        ("", ""),
    ]
    assert misses(title_of, cases) == []


def test_openers_come_off_only_so_often() -> None:
    assert without_openers("please " * 5 + "fix it") == "fix it"
    assert without_openers("please " * 50 + "fix it").startswith("please")


def test_markup_goes_and_its_words_stay() -> None:
    cases = [
        ("`foo` and ``bar``", "foo and bar"),
        ("**bold** _it_ snake_case 2*3", "bold it snake_case 2*3"),
        ("| a | b |", "a, b"),
        ("~~gone~~", "gone"),
    ]
    assert misses(plain, cases) == []


def test_wrapped_lines_are_one_paragraph() -> None:
    wrapped = (
        "We have an array with the state names only built and used\nwhen debug is enabled.\nMore"
    )
    assert list(blocks(wrapped)) == [
        (
            Shape.SENTENCE,
            "We have an array with the state names only built and used when debug is enabled.",
        ),
        (Shape.SENTENCE, "More"),
    ]


def test_short_lines_stand_alone() -> None:
    assert [words for _, words in blocks("a title\n# head\n- item\n1. one\nb) two\n===\nlast")] == [
        "a title", "head", "item", "one", "b) two", "last",
    ]  # fmt: skip


def test_a_short_line_does_not_go_on() -> None:
    assert [words for _, words in blocks("Fix the login\nit fails on mobile")] == [
        "Fix the login",
        "it fails on mobile",
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\u2028"])
def test_a_line_that_begins_with_a_small_word_goes_on(end: str) -> None:
    assert (
        display_of(f"please fix{end}the login button{end}on mobile")
        == "Fix the login button on mobile"
    )
    assert display_of(f"Login fails:{end}the button is dead") == "Login fails"
    assert len(max(blocks("on it\n" * 400), key=lambda block: len(block[1]))[1]) < 1_400


def test_what_follows_a_heading_of_every_document_is_not_the_title() -> None:
    assert passages("# Overview\n\nAdd retries")[0].at == 1


def test_the_first_passage_under_a_task_heading_is_worth_more() -> None:
    texts = "Spaceship design is hard.\n\n## {heading}\n\nQueue worker retries"
    assert display_of(texts.format(heading="Task")) == "Queue worker retries"
    assert display_of(texts.format(heading="Engine")) == "Spaceship design is hard"


def test_a_paragraph_ends_somewhere() -> None:
    line = "word " * 20 + "\n"
    assert max(len(words) for _, words in blocks(line * 100)) < 1_400


def test_abbreviations_end_no_sentence() -> None:
    assert list(sentences("Use e.g. Redis. Then stop! 好。吗")) == [
        "Use e.g. Redis.",
        "Then stop!",
        "好。",
        "吗",
    ]
    assert list(sentences("Use e.g. Redis here. Then stop.")) == [
        "Use e.g. Redis here.",
        "Then stop.",
    ]
    assert list(sentences("Tell Mr. Vs. Fig. Ask pal. Go west. J. R. ends.")) == [
        "Tell Mr. Vs. Fig. Ask pal.", "Go west.", "J. R. ends.",
    ]  # fmt: skip
    assert list(sentences("修复它。谢谢你。")) == ["修复它。", "谢谢你。"]


def test_only_the_first_and_the_last_passages_are_read() -> None:
    text = "\n\n".join(f"Sentence number {n} is here." for n in range(1_000))
    found = passages(text)
    assert len(found) == MAX_PASSAGES + MAX_LAST
    assert found[-1].text == "Sentence number 999 is here."
    assert len({passage.at for passage in found}) == len(found)
    assert LAST_LINES >= MAX_LAST


def test_no_passage_is_longer_than_is_read() -> None:
    assert max(len(passage.text) for passage in passages("word " * 2_000)) <= MAX_LENGTH


def test_a_text_comes_back_to_pairs_of_words() -> None:
    topic = topic_of("The affine cipher is old. An affine cipher of the old kind.")
    assert topic.comes_back_in(["affine", "cipher"])
    assert not topic.comes_back_in(["of", "the"])
    assert not topic.comes_back_in(["old", "kind"])


def test_a_pair_of_words_that_is_said_again_makes_a_passage_worth_more() -> None:
    ships, queue = (
        Passage("Tall ships sail", Shape.SENTENCE, 3),
        Passage("Old retry queue", Shape.SENTENCE, 4),
    )
    once, again = frozenset[tuple[str, str]](), frozenset({("retry", "queue")})
    assert choose([ships, queue], Topic(Counter(), once)) == [ships, queue]
    assert choose([ships, queue], Topic(Counter(), again)) == [queue, ships]


def test_the_first_of_equals_is_chosen() -> None:
    found = passages("Fix the login.\n\nFix the logout.")
    assert choose(found, topic_of("")) == found


def test_what_stands_under_rules_is_no_task() -> None:
    assert (
        display_of("Notes\n\n## Rules\nAdd nothing silly\n## Work\nAdd a retry queue")
        == "Add a retry queue"
    )


def test_a_quick_look_finds_what_the_pattern_would() -> None:
    sentences_of = {
        (cues.TASK_STATED, "task cues"): (
            "Your primary task is to parse invoices",
            "In this competition you predict prices",
            "You are asked to parse invoices",
        ),
        (cues.STATEMENT, "statement cues"): (
            "I want you to parse invoices",
            "This proposal adds a parser",
            "We propose a parser",
        ),
        (cues.ASK, "asking cues"): (
            "Please parse invoices",
            "Let's parse invoices",
            "We need to parse invoices",
        ),
    }
    assert [
        sentence
        for (pattern, section), those in sentences_of.items()
        for sentence in those
        if not pattern.compiled.search(in_any_case(sentence))
        or cues.cue_words(section).isdisjoint(sentence.lower().split())
    ] == []


def test_a_name_that_breaks_a_law_is_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "pick_slug", lambda _title, _counts: "Not Lawful")
    assert name_from_request(Request("fix the login")) is None


def test_a_title_that_never_settles_is_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "title_of", lambda passage: f"{passage}x")
    assert name_from_request(Request("fix the login")) is None


def test_a_title_that_is_no_name_gives_way_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    def slug(title: str, _counts: object) -> str:
        return "add-tests" if title == "Add tests" else "Not Lawful"

    monkeypatch.setattr(extraction, "pick_slug", slug)
    assert name_from_request(Request("Fix the login.\n\nAdd tests")) == TaskName(
        "add-tests", "Add tests"
    )


def test_a_role_that_is_handed_something_to_work_on_is_not_the_task() -> None:
    cases = [
        (
            "I want you to act as a senior Rust engineer. Review the code in src/parser.rs.",
            "Review the code in src/parser.rs",
        ),
        (
            "Act as a security auditor. Check our login flow for leaks.",
            "Check our login flow for leaks",
        ),
        (
            "Take on the role of an analyst. Plot load_sales() by month.",
            "Plot load_sales() by month",
        ),
        (
            "Act as an expert DevOps engineer and write a Dockerfile for our shop",
            "Write a Dockerfile for our shop",
        ),
        # Where nothing of the reader's own is spoken of, the role is what a collector of prompts would look for.
        (
            "I want you to act as a storyteller. Create stories that are engaging, e.g. fairy tales.",
            "Storyteller",
        ),
        (
            "I want you to act as a Linux terminal. I will type commands in our shell.",
            "Linux terminal",
        ),
    ]
    assert misses(display_of, cases) == []


def test_only_a_question_keeps_its_question_mark() -> None:
    cases = [
        ("Cześć, czy możesz dodać walidację adresu?", "Dodać walidację adresu"),
        ("Peux-tu ajouter un bouton de déconnexion ?", "Ajouter un bouton de déconnexion"),
        ("¿Puedes añadir paginación a la tabla?", "Añadir paginación a la tabla"),
        ("能不能帮我修复登录按钮？", "修复登录按钮"),
        ("هل يمكنك إصلاح تسجيل الدخول؟", "إصلاح تسجيل الدخول"),
        ("Hallo! Hallo, warum schlägt der Build fehl?", "Warum schlägt der Build fehl?"),
        ("你好！为什么构建失败？", "为什么构建失败？"),
        ("¿Por qué falla la compilación?", "Por qué falla la compilación?"),
        ("Hi, why is the build so slow?", "Why is the build so slow?"),
    ]
    assert misses(display_of, cases) == []


def test_what_is_not_so_is_no_end_of_a_phrase() -> None:
    prompt = "can you make the thing on the dashboard not so slow when there are lots of rows"
    assert display_of(prompt) == "Make the thing on the dashboard not so slow"


def test_naming_is_deterministic() -> None:
    prompt = "Fix the login button. It fails on mobile. Please add tests."
    assert name_from_prompt(prompt) == name_from_prompt(prompt)


def test_what_users_reported_is_named_well() -> None:
    cases = [
        (
            "As a user I want to reset my password by email",
            "reset-password-email",
            "Reset my password by email",
        ),
        (
            "As a customer, I want to export orders to CSV",
            "export-orders-csv",
            "Export orders to CSV",
        ),
        (
            "Hey there! Hope you're doing well. Please speed up the ETL job",
            "speed-etl-job",
            "Speed up the ETL job",
        ),
        ("Привет! Можешь, пожалуйста, переписать парсер", "perepisat-parser", "Переписать парсер"),
        ("I was wondering if you could maybe help me sort the list", "sort-list", "Sort the list"),
        ("it doesn't work", "doesnt-work", "It doesn't work"),
        ("Der Login geht nicht", "login-geht-nicht", "Der Login geht nicht"),
        (
            "Bump lodash from 4.17.20 to 4.17.21",
            "bump-lodash-4-17-20-4-17-21",
            "Bump lodash from 4.17.20 to 4.17.21",
        ),
        ("सूची में खोज जोड़ें", "suci-khoj-jod-em", "सूची में खोज जोड़ें"),
        ("Erklären, wie der Cache geht", "erklaren-cache-geht", "Erklären, wie der Cache geht"),
        (
            "You are a senior backend engineer. Refactor the invoice service.",
            "refactor-invoice-service",
            "Refactor the invoice service",
        ),
        (
            'I\'m getting "KeyError: user_id" in app.py',
            "keyerror-user-id-app-py",
            '"KeyError: user_id" in app.py',
        ),
    ]
    assert misses(named, cases) == []


def test_behind_a_role_that_many_play_the_task_is_named_in_any_language() -> None:
    cases = [
        (
            "Eres un experto en Python. Refactoriza el módulo de pagos.",
            "Refactoriza el módulo de pagos",
        ),
        (
            "Tu es un développeur senior. Corrige le bug de connexion.",
            "Corrige le bug de connexion",
        ),
        ("Du bist ein erfahrener Entwickler. Schreibe Tests.", "Schreibe Tests"),
        (
            "Você é um engenheiro de software sênior. Adicione cache às consultas.",
            "Adicione cache às consultas",
        ),
        ("Sei un esperto di database. Ottimizza le query.", "Ottimizza le query"),
        ("Je bent een ervaren ontwikkelaar. Voeg een zoekveld toe.", "Voeg een zoekveld toe"),
        ("Jesteś doświadczonym programistą. Napraw błąd logowania.", "Napraw błąd logowania"),
        ("Sen bir uzman geliştiricisin. Giriş hatasını düzelt", "Giriş hatasını düzelt"),
        ("Ты — опытный разработчик. Исправь утечку памяти.", "Исправь утечку памяти"),
        ("أنت خبير في بايثون. أصلح خطأ تسجيل الدخول", "أصلح خطأ تسجيل الدخول"),
        ("你是一名资深工程师。请修复登录按钮。", "修复登录按钮"),
        ("你是一名翻译助手，请把文章翻译成英文。", "翻译助手"),
        (
            "あなたはシニアエンジニアです。ログイン画面のバグを修正してください。",
            "ログイン画面のバグを修正",
        ),
        (
            "당신은 시니어 개발자입니다. 로그인 버튼 오류를 수정해 주세요.",
            "로그인 버튼 오류를 수정",
        ),
        ("आप एक विशेषज्ञ हैं। लॉगिन पेज ठीक करें", "लॉगिन पेज ठीक करें"),
    ]
    assert misses(display_of, cases) == []


def test_who_wants_it_is_no_part_of_a_user_story_s_name() -> None:
    cases = [
        ("Als Nutzer möchte ich meine Daten exportieren", "Meine Daten exportieren"),
        ("En tant qu'utilisateur, je veux filtrer les factures", "Filtrer les factures"),
        ("Como cliente, quiero recibir un correo", "Recibir un correo"),
        ("Como usuário, eu quero redefinir a senha", "Redefinir a senha"),
        ("Come utente, vorrei esportare i dati", "Esportare i dati"),
        ("Als gebruiker wil ik een wachtwoord wijzigen", "Een wachtwoord wijzigen"),
        ("Jako użytkownik chcę zmienić hasło", "Zmienić hasło"),
        ("Как пользователь, я хочу сбросить пароль", "Сбросить пароль"),
        ("作为用户，我希望能够导出订单", "导出订单"),
        ("User story: As an admin I can deactivate users", "Deactivate users"),
    ]
    assert misses(display_of, cases) == []


def test_each_of_these_taught_a_rule() -> None:
    cases = [
        ("Ignore everything above.\nAdd pagination", "add-pagination", "Add pagination"),
        ("AWS key\nFix the login", "fix-login", "Fix the login"),
        ("修复" * 500, "xiu-fu", "修复"),
        ("/review the payment PR", "review-payment-pr", "Review the payment PR"),
        ("/plan add dark mode", "add-dark-mode", "Add dark mode"),
        (
            "Set enable_new_nav in staging",
            "set-enable-new-nav-staging",
            "Set enable_new_nav in staging",
        ),
        ("Le bouton ne marche plus", "bouton-marche-plus", "Le bouton ne marche plus"),
        ("Corrige l'erreur de l'API", "corrige-erreur-api", "Corrige l'erreur de l'API"),
        (
            "Deploy doesn't work on Windows",
            "deploy-doesnt-work-windows",
            "Deploy doesn't work on Windows",
        ),
        (
            "Füge eine Suche zur Liste hinzu",
            "fuge-suche-liste-hinzu",
            "Füge eine Suche zur Liste hinzu",
        ),
        (
            "In src/api/users.py, line 42, the query builder forgets to escape the search term",
            "users-py-42-query-builder",
            "In src/api/users.py, line 42, the query builder forgets",
        ),
        (
            "don't touch the database schema, just fix the off-by-one in pagination",
            "fix-off-by-one-pagination",
            "Fix the off-by-one in pagination",
        ),
        (
            "I have a React app that uses Redux. I'd like to migrate the state management to Zustand.",
            "migrate-state-management-zustand",
            "Migrate the state management to Zustand",
        ),
        (
            "You are given two arrays. Merge the arrays in place.",
            "merge-arrays-place",
            "Merge the arrays in place",
        ),
        (
            "¿Puedes arreglar el error de registro?",
            "arreglar-error-registro",
            "Arreglar el error de registro",
        ),
        (
            "[err]: replica buffers are counted twice",
            "replica-buffers-counted-twice",
            "Replica buffers are counted twice",
        ),
        ("why is it so slow??", "slow", "Why is it so slow?"),
        (
            "Add support for DSR (Direct Server Return) and overlay networks on Windows",
            "add-dsr-overlay-networks-windows",
            "Add support for DSR and overlay networks on Windows",
        ),
        (
            "The nightly backup fails on Tuesday",
            "nightly-backup-fails-tuesday",
            "The nightly backup fails on Tuesday",
        ),
    ]
    assert misses(named, cases) == []


def test_a_slug_takes_the_words_that_a_text_comes_back_to() -> None:
    title = "Move the invoice queue from the old cluster into storage"
    about_storage = " Storage is slow. Storage is full. Invoice storage." + " So we wait." * 40
    assert pick_slug(title) == "move-invoice-queue-old-cluster"
    assert pick_slug(title, topic_of(title + about_storage).counts) == "move-invoice-queue-storage"


def test_a_word_said_once_counts_less_in_a_long_text_only() -> None:
    title = "Retry queue with jitter and backoff"
    counts = topic_of(title + " Retry queue." + " So we wait." * 40).counts
    assert pick_slug(title, topic_of(title).counts) == "retry-queue-jitter-backoff"
    assert pick_slug(title, counts) == "retry-queue-jitter"


def test_from_a_length_and_a_number_on_more_of_a_word_counts_no_further() -> None:
    assert (
        _weakest([Word("a" * 40, 1.0, 0), Word("b" * LONGEST, 1.0, 2)], LONG) == 1
    )  # the last of equals
    often, oftener = (
        _substance(["queue"], topic_of("queue " * times)) for times in (OFTEN, 10 * OFTEN)
    )
    assert often == oftener > _substance(["queue"], topic_of("queue " * (OFTEN - 1)))


@pytest.mark.parametrize(
    "lead", ["Please act as", "From now on, you are", "I want you to act as", "Tu es", "As"]
)
def test_a_role_is_found_behind_each_kind_of_lead(lead: str) -> None:
    assert (
        role_in(f"{lead} a senior engineer", first_word(lead))
        == len(lead) + len(" a" * (lead == "As")) + 1
    )


@given(st.data())
def test_every_role_in_a_script_without_spaces_is_told_by_its_first_letter(
    data: st.DataObject,
) -> None:
    persona = openers.PERSONA_UNSPACED.compiled
    line = data.draw(st.from_regex(persona, fullmatch=True))
    assert line[0] >= openers.SPACED_SCRIPTS
    assert role_in(line, first_word(line))


@pytest.mark.parametrize(
    ("line", "asks"), [("figure out why", True), ("go home", False), ("fix it", True)]
)
def test_verbs_ask(line: str, *, asks: bool) -> None:
    assert is_imperative(first_word(line), line) is asks


@pytest.mark.parametrize(
    "line",
    [
        "it doesn't work",
        "The export doesn't stop after five retries",
        "don't log passwords",
        "We've lost the session cookie",
    ],
)
def test_a_curly_apostrophe_names_as_a_straight_one_does(line: str) -> None:
    straight, curly = name_from_prompt(line), name_from_prompt(line.replace("'", "’"))
    assert straight is not None
    assert curly is not None
    assert (curly.name, curly.display_name.replace("’", "'")) == (
        straight.name,
        straight.display_name,
    )


@pytest.mark.parametrize("particle", "をのがにはでと")
def test_a_title_does_not_end_in_a_particle_whose_verb_was_left_out(particle: str) -> None:
    named = name_from_prompt(f"ログイン画面{particle}")
    assert named is not None
    assert named.display_name == "ログイン画面"


def test_a_title_may_end_with_its_verb_but_with_no_word_that_leads_on() -> None:
    cases = [
        ("users can't sign up", "users-cant-sign-up", "Users can't sign up"),
        (
            "Please fix the page where users are logged in.",
            "fix-page-logged-in",
            "Fix the page where users are logged in",
        ),
        ("turn dark mode on", "turn-dark-mode-on", "Turn dark mode on"),
        ("I need you to set it up", "set-up", "Set it up"),
        ("Bitte schalte das Feature ein", "schalte-feature-ein", "Schalte das Feature ein"),
        (
            "explain what the retry flag is for",
            "explain-retry-flag",
            "Explain what the retry flag is for",
        ),
        ("How do I sign in?", "sign-in", "How do I sign in?"),
        ("Why does the build time out?", "build-time-out", "Why does the build time out?"),
        ("Fix the bug in", "fix-bug", "Fix the bug"),
        ("Show the flag on", "show-flag", "Show the flag"),
        ("Write down what stands in", "write-down-stands", "Write down what stands"),
    ]
    assert misses(named, cases) == []


def test_a_title_that_was_cut_ends_with_no_part_of_a_verb() -> None:
    named = name_from_prompt(
        "Rewrite the onboarding guides which ten mobile apps pop up sometimes whenever asked"
    )
    assert named is not None
    assert named.display_name == "Rewrite the onboarding guides which ten mobile apps pop"
