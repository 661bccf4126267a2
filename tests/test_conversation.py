"""A conversation as a request: what of it is read, and what stays between its lines."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naming.claude.instructions import fence
from naming.cleaning.bounds import MODEL_TOKENS, estimate_tokens, for_model
from naming.extraction import name_from_request
from naming.names import TaskName
from naming.request import MAX_MESSAGES, Question, Request, Role, read_conversation
from tests.strategies import hostile_text, prompts

USER, ASSISTANT = Role.USER, Role.ASSISTANT
CALLED = TaskName("fix-login-button", "Fix login button")

conversations = st.lists(
    st.tuples(st.sampled_from(Role), hostile_text | prompts), min_size=1, max_size=6
)


@given(prompts | hostile_text)
def test_one_message_alone_is_the_same_as_a_prompt(text: str) -> None:
    for role in Role:
        read, prompt = read_conversation([(role, text)]), Request.of(text)
        assert (read.text, read.question) == (prompt.text, prompt.question)


@given(conversations, st.booleans())
@settings(max_examples=60, deadline=None)
def test_any_conversation_is_a_bounded_question_that_tells_its_kind(
    messages: list[tuple[Role, str]], named: bool
) -> None:
    request = read_conversation(messages)
    if named:
        request = request.called(*CALLED)
    assert request.question.is_conversation is (len(messages) > 1)
    assert request.question.title == (CALLED.display_name if named else "")
    assert estimate_tokens(for_model(request.question.text)) <= MODEL_TOKENS
    assert isinstance(name_from_request(request), TaskName | None)


def test_the_first_request_and_the_latest_turns_are_read_and_the_middle_is_not() -> None:
    middle = [(USER, f"and then the step of number {at}") for at in range(MAX_MESSAGES - 2)]
    request = read_conversation(
        [(USER, "Sort the table"), *middle, (ASSISTANT, "Sorted."), (USER, "newest first")]
    )
    lines = request.question.text.split("\n\n")
    assert lines[0] == "User: Sort the table"
    assert lines[-2:] == ["Assistant: Sorted.", "User: newest first"]
    assert lines.count("[…]") == 1
    assert 40 < len(lines) < 80
    assert request.text.startswith("Sort the table\n\nand then")
    assert request.text.endswith("\n\nnewest first")


def test_more_is_read_of_the_first_request_than_of_later_turns() -> None:
    long = " ".join(f"step{at}" for at in range(160))
    first, later = read_conversation([(USER, long), (USER, long)]).text.split("step0 ")[1:]
    assert "step120" in first
    assert "step120" not in later


def test_a_log_hides_neither_the_turn_before_it_nor_the_one_behind_it() -> None:
    log = "\n".join(
        f"2026-01-01 00:00:{at:02} ERROR worker {at} lost its lease" for at in range(60)
    )
    for latest in ([f"{log}\n\nnow paint the door"], ["now paint the door", log]):
        turns = [f"{log}\n\nfix the lease", "ok", *latest]
        request = read_conversation([(USER, turn) for turn in turns])
        assert "fix the lease" in request.question.text
        assert "now paint the door" in request.question.text
        assert len(request.question.text) < 4_000


def test_own_words_are_the_persons_or_the_assistants_where_that_is_all() -> None:
    both = read_conversation([(USER, "Fix the door"), (ASSISTANT, "I could paint the roof")])
    assert both.text == "Fix the door"
    assert "paint the roof" in both.question.text
    alone = read_conversation([(ASSISTANT, "I paint the roof"), (ASSISTANT, "It is red now")])
    assert alone.text == "I paint the roof\n\nIt is red now"


def test_a_secret_stays_out_even_where_another_turn_gives_it_away() -> None:
    asked = [(USER, "Connect to the database"), (ASSISTANT, "What is the database password?")]
    request = read_conversation([*asked, (USER, "Tr0ub4dor&3")])
    assert request.is_repeated_in("Tr0ub4dor&3")
    assert "Tr0ub4dor" not in request.text + request.question.text
    told = read_conversation([(USER, "the password is"), (USER, "hunter2xyz")])
    assert "hunter2" not in told.text + told.question.text
    key = "-----BEGIN PRIVATE KEY-----\nQUJDREVGR0hJSktMTU5P"
    torn = read_conversation(
        [(USER, f"store this\n{key}"), (USER, "UVJT\n-----END PRIVATE KEY-----")]
    )
    assert "QUJDREVG" not in torn.text + torn.question.text


def test_what_is_known_beside_a_prompt_has_secrets_too() -> None:
    request = Request.of("Fix login").knowing("branch fix-login, password=Zx9kQ2mVb7")
    assert request.is_repeated_in("Fix Zx9kQ2mVb7")
    assert not request.is_repeated_in("Fix login")


def test_a_current_name_that_repeats_a_secret_is_none_to_keep() -> None:
    request = Request.of("Fix login, password=Zx9kQ2mVb7 fails")
    assert request.called("fix-zx9kq2mvb7", "Fix Zx9kQ2mVb7").current is None
    assert request.called(*CALLED).current == CALLED


@pytest.mark.parametrize(
    ("current", "name", "same"),
    [
        ("Fix login button", "Fix login button", True),
        ("Fix login button", "Fix the login buttons", True),
        ("Fix login button", "Fix login button on mobile", True),
        ("Fix login button", "Add dark mode to settings", False),
        ("Fix login", "Fix export", False),
        ("修复登录按钮", "修复登录按钮点击", True),
        ("修复登录按钮", "开发用户积分系统", False),
        ("Экспорт отчётов в Excel", "Экспортировать отчёты", True),
        ("🔥🚀", "🔥🚀", True),
    ],
)
def test_a_name_in_other_words_for_the_same_is_no_new_one(
    current: str, name: str, same: bool
) -> None:
    request = Request("x", Question("x")).called("a-slug", current)
    assert request.is_still_called(TaskName("b-slug", name)) is same


def test_claude_is_told_what_is_asked_of_it_behind_the_fence() -> None:
    prompt = Request.of("fix it")
    conversation = read_conversation([(USER, "fix it"), (USER, "thanks")])
    said = [fence(each.question) for each in (prompt, conversation, prompt.called(*CALLED))]
    assert [text.partition("\n")[2].partition("\n</task_prompt")[0] for text in said] == [
        "fix it",
        "User: fix it\n\nUser: thanks",
        "Current title: Fix login button\n\nfix it",
    ]
    endings = [text.rpartition("\n\n")[2] for text in said]
    assert len(set(endings)) == 3
    assert all("name and display_name" in ending for ending in endings)
