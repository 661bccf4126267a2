"""A team's convention for names: kept on every path, whatever it is filled with."""

from __future__ import annotations

import asyncio
import random
import re
from itertools import combinations
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from naming.chain import name_task, without_key
from naming.names import MAX_NAME_LENGTH, TaskName, WorkKind, name_fault
from naming.outcome import Outcome, Source
from naming.random_name import pick_random
from naming.request import Request
from naming.template import BARE, BadTemplate, Frame, Template
from naming.text.pointers import says_little
from naming.tickets import ticket_of
from naming.uniqueness import SUFFIX_LETTERS, comparable, numbered, suffixed
from naming.work_kinds import kind_of
from tests.strategies import hostile_text

PLACES = ("{slug}", "{ticket}", "{type}", "{user}")


def is_template(text: str, max_length: int = 63) -> bool:
    try:
        Template(text, max_length)
    except BadTemplate:
        return False
    return True


literals = st.text("abgx27", min_size=1, max_size=4) | st.sampled_from(["team", "task", "the"])
joints = st.sampled_from(["-", "-", "-", "/", ""])
texts = st.builds(
    lambda parts, between: "".join(
        part + joint for part, joint in zip(parts, [*between, ""], strict=False)
    ),
    st.lists(literals | st.sampled_from(PLACES), max_size=4).flatmap(
        lambda parts: st.permutations([*dict.fromkeys(parts), "{slug}"][:6])
    ),
    st.lists(joints, min_size=6, max_size=6),
)
lengths = st.integers(12, 63)
templates = (
    st.tuples(texts, lengths)
    .filter(lambda made: is_template(*made))
    .map(lambda made: Template(*made))
)
TICKETS = [
    "",
    "",
    "ABC-123",
    "#42",
    "PLATFORMS1-1234567",
    "https://github.com/acme/webapp/issues/7",
]
requests = st.builds(
    lambda words, ticket, context: Request.of(f"{words} {ticket}").knowing(context),
    st.sampled_from(["fix the login button", "do this", "add 3 tests", "", "1e5", "task runner"])
    | hostile_text,
    st.sampled_from(TICKETS),
    st.sampled_from(["", "", "Branch: fix/abc-9-login", "The export is empty"]),
)
users = st.sampled_from(
    ["", "jane", "Jane.Doe@example.com", "admin", "x", "task", "the-task"]
) | st.text(max_size=40)
LONG_TICKET = Request.of("ABCDEFGHIJ-1234567")
claudes = st.sampled_from(
    [
        "fix-login-button",
        "abc-123-fix-login",
        "fix-42",
        "go",
        "e5",
        "1e",
        "the-task-runner",
        "g" * 32,
    ]
)


def answered(request: Request, source: Source, claudes_name: str) -> Outcome:
    async def answer(_request: Request, _until: float) -> TaskName:
        return TaskName(claudes_name, "A title", kind=WorkKind.CHORE)

    if source is Source.RANDOM:
        return Outcome(pick_random(random.Random(1)), Source.RANDOM)
    ask = answer if source is Source.CLAUDE else without_key
    return asyncio.run(name_task(request, ask, 0.0))


def keeps(name: str, template: Template, values: dict[str, str]) -> bool:
    """Judge by another way than the code's: some of the values, whole, around a slug of two characters."""
    found = [place for place in values if f"{{{place}}}" in template.text]
    patterns = []
    for count in range(len(found) + 1):
        for kept in combinations(found, count):
            text = template.text
            for place in ("ticket", "type", "user"):
                text = text.replace(f"{{{place}}}", values[place] if place in kept else "")
            while (shorter := re.sub(r"-*/[-/]*", "/", re.sub("--", "-", text))) != text:
                text = shorter
            before, after = text.strip("-/").split("{slug}")
            patterns.append(rf"{before}(?=..)[a-z0-9]+(?:-[a-z0-9]+)*{after}")
    parts = name.split("/")
    return (
        any(re.fullmatch(pattern, name) for pattern in patterns)
        and len(name) <= template.max_length
        and all(name_fault(part, template.max_length) is None for part in parts)
        and all(part != "task" and not part.startswith("task-") for part in parts)
    )


class Case(NamedTuple):
    template: Template
    request: Request
    source: Source
    claudes: str
    user: str
    times: int


cases = st.builds(
    Case,
    templates,
    requests,
    st.sampled_from(Source),
    claudes,
    users,
    st.sampled_from([1, 1, 2, 12]),
)


def prove(case: Case) -> None:
    outcome = answered(case.request, case.source, case.claudes)
    frame = case.template.frame(outcome.task_name, case.template.values(case.request, case.user))
    values = dict(frame.values)
    taken: list[str] = []
    for _ in range(case.times):
        names = comparable([each.upper() for each in taken], frame.template.max_length)
        task_name = numbered(outcome.task_name, names, frame)
        assert keeps(task_name.name, case.template, values)
        assert task_name.name not in taken
        assert task_name.display_name == outcome.task_name.display_name
        taken.append(task_name.name)
    apart = suffixed(outcome.task_name, frame=frame).name
    assert keeps(apart, case.template, values)
    assert re.search(rf"-[{SUFFIX_LETTERS}]{{4}}", apart)


@given(cases)
@example(Case(Template("{ticket}/{slug}", 12), Request.of("#42"), Source.PROMPT, "go", "", 12))
@example(Case(Template("{slug}-{ticket}", 12), LONG_TICKET, Source.PROMPT, "go", "", 12))
@example(
    Case(Template("the-{user}-{slug}"), Request.of("go"), Source.CLAUDE, "fix-login", "task", 2)
)
@example(Case(Template("1{slug}", 12), Request.of("go"), Source.CLAUDE, "e5", "", 2))
def test_every_answer_keeps_the_convention_on_every_path(case: Case) -> None:
    prove(case)


@pytest.mark.slow
@given(cases)
@settings(max_examples=10_000)
def test_ten_thousand_answers_keep_the_convention(case: Case) -> None:
    prove(case)


def made(prompt: str, template: str, *taken: str, user: str = "", most: int = 32) -> str:
    request = Request.of(prompt)
    name = answered(request, Source.PROMPT, "go").task_name
    how = Template(template, most)
    frame = how.frame(name, how.values(request, user))
    return numbered(name, comparable(taken, most), frame).name


@pytest.mark.parametrize(
    ("prompt", "template", "name"),
    [
        ("Fix ABC-123 login button", "{ticket}-{slug}", "abc-123-fix-login-button"),
        ("Fix ABC-123 login button", "{slug}-{ticket}", "fix-login-button-abc-123"),
        ("Fix #42 login button", "{type}/{ticket}-{slug}", "fix/42-fix-login-button"),
        ("Fix login button", "{type}/{ticket}-{slug}", "fix/fix-login-button"),
        ("Login button", "{type}/{ticket}-{slug}", "login-button"),
        ("ABC-123 login button", "{type}/{ticket}-{slug}", "abc-123-login-button"),
        ("Fix login button", "{slug}/{ticket}/end", "fix-login-button/end"),
        ("Fix login button", "{slug}-{ticket}/end", "fix-login-button/end"),
        ("Fix login button", "gh{ticket}-{slug}", "gh-fix-login-button"),
        ("Fix login button", "team-{slug}-wip", "team-fix-login-button-wip"),
        ("ABC-123", "{ticket}-{slug}", "abc-123"),
        ("#42", "{ticket}-{slug}", "the-42"),
        ("Fix #42 login", "{ticket}/{slug}", "fix-42-login"),  # a part of a name has a letter
    ],
)
def test_how_a_convention_is_filled(prompt: str, template: str, name: str) -> None:
    assert made(prompt, template) == name


def test_a_number_stands_behind_the_slug_inside_the_convention() -> None:
    first = made("Fix ABC-123 login", "{slug}-{ticket}")
    assert made("Fix ABC-123 login", "{slug}-{ticket}", first) == "fix-login-2-abc-123"


def test_the_slug_is_cut_and_never_the_ticket() -> None:
    prompt = "Fix the login button on the settings page, ABC-123"
    assert made(prompt, "{ticket}-{slug}", most=16) == "abc-123-fix"
    assert made(prompt, "{ticket}-{slug}", "abc-123-fix", most=16) == "abc-123-fix-2"
    assert made("PLATFORMS1-1234567", "{ticket}-{slug}", most=12) == "ticket"


def test_a_user_is_spelt_as_names_are_and_left_out_where_none_can_stand() -> None:
    assert made("Fix login", "{user}/{slug}", user="Jörg Doe") == "jorg-doe/fix-login"
    assert made("Fix login", "{user}/{slug}", user="jane@example.com") == "jane/fix-login"
    for user in ("", "admin", "x", "42", "g" * 17, "\ud800"):
        assert made("Fix login", "{user}/{slug}", user=user) == "fix-login"


def test_where_not_all_has_room_the_user_goes_first_and_the_ticket_last() -> None:
    prompt, template = "Fix ABC-1234 login", "{type}/{user}-{ticket}-{slug}"
    assert made(prompt, template, user="jane", most=63) == "fix/jane-abc-1234-fix-login"
    assert made(prompt, template, user="jane-doe", most=18) == "fix/abc-1234-fix"
    assert made(prompt, template, user="jane-d", most=13) == "abc-1234-fix"


def test_names_run_out_of_numbers_before_they_run_out() -> None:
    frame = Frame(Template("abcde-{slug}", 13))
    name = TaskName("fix-login", "Fix login")
    taken = {f"abcde-{stem}" for stem in ("fix", "fix-login")}
    taken |= {f"abcde-fix-{number}" for number in range(1_000)}
    taken |= {f"abcde-fi-{number}" for number in range(10_000)}
    assert re.fullmatch(rf"abcde-fi-[{SUFFIX_LETTERS}]{{4}}", numbered(name, taken, frame).name)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "must be {slug}, perhaps with"),
        ("Team-{slug}", "must be {slug}, perhaps with"),
        ("{foo}-{slug}", "must be {slug}, perhaps with"),
        ("-{slug}", "must be {slug}, perhaps with"),
        ("{slug}/", "must be {slug}, perhaps with"),
        ("a--{slug}", "must be {slug}, perhaps with"),
        ("a" * 101 + "{slug}", "at most 100 characters"),
        ("{ticket}", "must have {slug}, and no part twice"),
        ("{slug}-{slug}", "must have {slug}, and no part twice"),
        ("{slug}-{user}-{user}", "must have {slug}, and no part twice"),
        ("abcdefghijklmnopqrstuvwxyz-{slug}", "must leave 7 of 32 characters to {slug}"),
        ("task-{slug}", "between / each part must not be 'task'"),
        ("2026/{slug}", "between / each part must have a letter"),
        ("x/{slug}", "between / each part must have 2 to 32 characters"),
        ("v{ticket}/{slug}", "between / each part must have 2 to 32 characters"),
        ("admin/{slug}", "between / each part must not be a reserved word"),
    ],
)
def test_what_is_no_convention_is_refused(text: str, said: str) -> None:
    with pytest.raises(BadTemplate, match=re.escape(said)):
        Template(text)


@given(st.text("{}slugtickeypr-/a1T ", max_size=40) | texts, lengths)
def test_a_template_that_exists_can_always_be_filled(text: str, max_length: int) -> None:
    if not is_template(text, max_length):
        return
    name = suffixed(TaskName("fix-login", "X"), frame=Frame(Template(text, max_length)))
    assert len(name.name) <= max_length


def test_without_a_convention_a_name_is_its_slug() -> None:
    assert BARE.template == Template() == Template("{slug}", MAX_NAME_LENGTH)
    assert Template().frame(TaskName("go", "Go", kind=WorkKind.FIX), {}) == BARE
    assert Template().values(Request.of("fix #42"), "jane") == {}


NO_TICKETS = """
UTF-8 is broken · use SHA-256 · upgrade to GPT-4 · CVE-2024-1234 · ISO-8859-1 · our #1 priority · the #1 bug is login
#1 priority: the login · color: #333 · #123456 is the background · #fff · C#12 upgrade · # 42 things · us-EAST-1
PHASE-2 of the move · line #42 breaks · row #3 · FOO-1.2 · #0 · &#42; · page.html#42 · ABC-007 · MAY-2026 · #10k · #42% · RTX-4090 · Top #5 customers report · Q3-2024
step #2 fails · in css, #333 is too dark · https://example.com/a/b · P-1 · F#4 · a #2-step login · #1 /usr/lib/php · HTTP-404 · Rechnung #4711
""".replace("\n", " · ").split(" · ")
TICKETS_IN = {
    "Fix ABC-123 login": "abc-123",
    "ABC-123: login": "abc-123",
    "(see WEB-7)": "web-7",
    "fix bug #7 in the cart": "7",
    "fix #42": "42",
    "#42: Login broken": "42",
    "acme/webapp#42 fails": "42",
    "fix vercel/next.js#42": "42",
    "close #333 in the css": "333",
    "issue #123456": "123456",
    "Fix issue #1": "1",
    "#42 feature for the cart": "42",
    "feature/ABC-12-login is red": "abc-12",
    "look into https://github.com/acme/webapp/issues/42": "42",
    "[login bug](https://gitlab.com/a/b/c/-/issues/7)": "7",
    "https://acme.atlassian.net/browse/ABC-123?focusedCommentId=1": "abc-123",
    "https://linear.app/acme/issue/eng-42/fix-login": "eng-42",
    "https://dev.azure.com/acme/web/_workitems/edit/4711 please": "4711",
    "https://redmine.example/issues/42": "42",
    "https://bugs.example/show_bug.cgi?id=12": "12",
    "https://bugs.launchpad.net/acme/+bug/1234": "1234",
    "https://acme.youtrack.cloud/issue/WEB-7/x": "web-7",
    "https://acme.atlassian.net/jira/boards/1?selectedIssue=ABC-9": "abc-9",
    "UTF-8 in ABC-123 and #42": "abc-123",
    "日本語 ABC-123 を直して": "abc-123",
}


def test_a_ticket_is_found_and_what_only_looks_like_one_is_not() -> None:
    wanted = TICKETS_IN | dict.fromkeys(filter(None, NO_TICKETS))
    found = {prompt: ticket_of(Request.of(prompt)) for prompt in wanted}
    assert {prompt: ticket for prompt, ticket in found.items() if ticket != wanted[prompt]} == {}


@pytest.mark.parametrize(
    ("prompt", "context", "ticket"),
    [
        ("do this", "Issue ABC-9: Export is empty", "abc-9"),
        ("do this", "https://github.com/acme/webapp/issues/8", "8"),
        ("do this", "[Export](https://github.com/acme/webapp/issues/8) is empty", "8"),
        ("do this", "Branch: feature/abc-77-login", "abc-77"),
        ("do this", "Branch: 412-fix-login\nacme/412-fix-login", "412"),
        ("do this", "Branch: feature/python-3-upgrade", None),
        ("fix ABC-1", "Branch: feature/abc-77-login", "abc-1"),
        ("list\n#1 one\n#2 two", "", None),
        ("token=ABCDEFGHI-1234567 leaks", "", None),
    ],
)
def test_where_the_prompt_names_no_ticket_its_context_may(
    prompt: str, context: str, ticket: str | None
) -> None:
    assert ticket_of(Request.of(prompt).knowing(context)) == ticket


POINTERS = """
do this · please fix it · go · implement this issue · fix · Fix ABC-123 · let's do this one · start working on it
https://github.com/acme/webapp/issues/42 · Look into https://example.com/42 please · take care of this ticket
mach das bitte · fais-le · haz esto · сделай это · これをやって · 修复这个问题 · 이 이슈 해결해줘
""".strip().replace("\n", " · ")
REQUESTS = """
fix the login · fix build · Add dark mode · update readme · 修复登录按钮 · ログインを直して · Export reparieren
""".strip()


def test_a_prompt_that_only_points_at_something_is_told_from_a_request() -> None:
    assert [each for each in POINTERS.split(" · ") if not says_little(each)] == []
    assert [each for each in REQUESTS.split(" · ") if says_little(each)] == []
    assert not says_little("do this " * 40)


KINDS = {
    "please fix the login": "fix",
    "The export is broken": "fix",
    "can you fix the login?": "fix",
    "Исправить вход": "fix",
    "修复登录按钮": "fix",
    "Add a dark mode": "feat",
    "Hi! could you please add a button": "feat",
    "Füge einen Dark Mode hinzu": "feat",
    "Write docs for the API": "docs",
    "update the README": "docs",
    "Schreibe eine Dokumentation für die API": "docs",
    "Add tests for the cart": "test",
    "Test the checkout": "test",
    "テストを追加": "test",
    "Ajoute des tests pour le panier": "test",
    "Tests für den Warenkorb schreiben": "test",
    "refactor the parser": "refactor",
    "Clean up the utils module": "refactor",
    "Allow users to reset passwords": "feat",
    "bump axios to 1.7": "chore",
    "set up CI": "chore",
    "update dependencies": "chore",
    "ci: cache the wheels": "chore",
    "docs(api)!: tell about keys": "docs",
    "update the login page": None,
    "Speed up the build": None,
    "why does it fail?": None,
    "Is the export broken?": None,
    "explain how to add a test": None,
    "Login button": None,
    "42": None,
}


def test_the_kind_of_work_is_told_by_the_verb_and_left_out_where_that_is_unsure() -> None:
    found = {prompt: kind_of(Request.of(prompt)) for prompt in KINDS}
    assert {prompt: kind for prompt, kind in found.items() if kind != KINDS[prompt]} == {}
