from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naming.outcome import CannotName, Reason
from naming.validation.loose_json import MAX_DEPTH
from naming.validation.reply import MAX_PREAMBLE_LENGTH, MAX_REPLY_LENGTH, ReplyFields, read_reply

ANSWER = '{"name": "fix-login", "display_name": "Fix login"}'
OTHER = '{"name": "fix-logout", "display_name": "Fix logout"}'
FIX_LOGIN = ReplyFields("fix-login", "Fix login")
FIX_LOGOUT = ReplyFields("fix-logout", "Fix logout")
DRAFT = '{"name": "decoy", "display_name": "Decoy"}'

json_pieces = st.lists(
    st.sampled_from(
        [
            *"{}[]:,\"'\\",
            "name",
            '"name"',
            '"display_name"',
            "null",
            "NaN",
            "1",
            "<think>",
            "</think>",
            "\\ud800",
            "a",
            " ",
        ]
    )
)
printable = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(
    lambda text: text.strip() and not text.lstrip().startswith(("{", "["))
)


def read(text: str) -> ReplyFields | None:
    try:
        return read_reply(text)
    except CannotName as declined:
        if declined.reason is Reason.UNREADABLE:
            return None
        raise


def unreadable(text: str) -> bool:
    return read(text) is None


@given(
    st.fixed_dictionaries(
        {"name": st.text(), "display_name": st.text(st.characters(max_codepoint=126))}
    )
)
def test_an_answer_is_read_alike_alone_and_behind_other_text(fields: dict[str, str]) -> None:
    text = json.dumps(fields)
    try:
        alone: object = read_reply(text)
    except CannotName as declined:
        alone = declined.reason
    try:
        behind: object = read_reply(f"- {text}")
    except CannotName as declined:
        behind = declined.reason
    assert alone == behind


@pytest.mark.parametrize(
    "name",
    ['"fix-login"', "1", '" "', '"{\\"a"', '"fix\\u002dlogin"', '"é"', f'"{"x" * 500}"', '"\n"'],
)
def test_whatever_stands_in_a_field_the_other_one_is_read(name: str) -> None:
    text = f'{{"name": {name}, "display_name": "Fix login"}}'
    assert read_reply(text) == read_reply(f"- {text}")
    assert read_reply(text).display_name == "Fix login"


@given(st.text() | json_pieces.map("".join))
def test_any_text_gives_a_reply_with_a_usable_field_or_is_unreadable(text: str) -> None:
    reply = read(text)
    fields = (
        [field for field in (reply.name, reply.display_name) if field is not None]
        if reply
        else ["nothing"]
    )
    assert fields
    assert all(field.strip() for field in fields)


@given(
    printable,
    printable,
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters='{[<"'), max_size=100),
)
def test_what_json_writes_is_read_back_whatever_stands_around_it(
    name: str, display_name: str, prose: str
) -> None:
    written = json.dumps({"name": name, "display_name": display_name})
    assert read_reply(f"{prose}\n{written}\n{prose}") == ReplyFields(name, display_name)


@settings(deadline=None)  # it reads hundreds of beginnings for each answer
@given(printable, printable)
def test_no_beginning_of_an_answer_is_an_answer(name: str, display_name: str) -> None:
    written = json.dumps({"name": name, "display_name": display_name})
    assert all(unreadable(written[:end]) for end in range(len(written)))


@pytest.mark.parametrize(
    "piece",
    [
        "{",
        "[",
        '{"a',
        '{"a":',
        '[1 "',
        '"{\\',
        '{\\"',
        "<think>",
        "</think>",
        "{'",
        "'",
        '"',
        '[{"name":"x"},',
        "{ ",
        "\\",
        "<",
        "{/*",
        "{//",
        "{“",
        "{a:",
        "[think",
        "{} final: ",
    ],
)
def test_a_reply_of_nothing_but_brackets_and_quotes_is_read_in_linear_time(piece: str) -> None:
    def seconds() -> float:
        started = time.process_time()
        unreadable(piece * (MAX_REPLY_LENGTH // len(piece)))
        return time.process_time() - started

    assert min(seconds() for _ in range(3)) < 0.5


def test_five_megabytes_cost_no_more_than_the_part_that_is_looked_at() -> None:
    started = time.process_time()
    assert unreadable(" {" * 2_500_000)
    assert time.process_time() - started < 0.5


def test_what_stands_behind_the_bound_is_not_read() -> None:
    assert unreadable(" " * MAX_REPLY_LENGTH + ANSWER)
    assert read_reply(ANSWER + " " * MAX_REPLY_LENGTH) == FIX_LOGIN


def test_ten_thousand_nested_brackets_are_no_answer() -> None:
    assert unreadable("[" * 10_000)
    assert unreadable('{"a":' * 10_000)
    assert unreadable("[" * 10_000 + "]" * 10_000)
    assert read_reply("[]" * 10_000 + ANSWER) == FIX_LOGIN


def test_nesting_is_read_down_to_its_bound() -> None:
    deep = "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)
    assert read_reply(f'{{name: "fix-login", "deep": {deep}}}') == ReplyFields("fix-login", None)
    assert unreadable(f'{{name: "fix-login", "deep": [{deep}]}}')


@pytest.mark.parametrize(
    "text",
    [
        ANSWER,
        f"\ufeff{ANSWER}",
        f"```json\n{ANSWER}\n```",
        f"```\n{ANSWER}\n```",
        f"```JSON5 {ANSWER}",
        f"Here is the JSON you asked for:\n\n{ANSWER}\n\nHope that helps {{smile}}!",
        f"[WIP] {ANSWER}",
        f"[1] {ANSWER}",
        f"[1 {ANSWER}]",
        f"{{braces and don't}} {ANSWER}",
        f"[{ANSWER}]",
        f'{{"result": {ANSWER}}}',
        f'{{"result": {{"data": [{ANSWER}]}}}}',
        json.dumps(ANSWER),
        json.dumps({"result": ANSWER}),
        json.dumps({"type": "tool_use", "name": "name_task", "input": json.loads(ANSWER)}),
        json.dumps({"name": "x", "display_name": ANSWER}),
        ANSWER.replace('"', '\\"'),
        "{'name': 'fix-login', 'display_name': 'Fix login'}",
        '{"name": "fix-login", "display_name": "Fix login",}',
        '{"name": "fix-login", "display_name": "Fix login", "n": [NaN, -1.5e3, true, null, {}]}',
        '{"name": "wrong", "name": "fix-login", "display_name": "Fix login"}',
        '{"task_name": "fix-login", "title": "Fix login"}',
        '{"slug": "fix-login", "displayName": "Fix login"}',
        '{"NAME": "fix-login", "Display Name": "Fix login"}',
        '{"error": null, "name": "fix-login", "display_name": "Fix login"}',
        '{"message": "Done", "name": "fix-login", "title": "Fix login"}',
        '{"name": "fix-login"} {"name": "fix-login", "display_name": "Fix login"}',
        '{name: "fix-login", display_name: "Fix login"}',
        "{“name”: “fix-login”, “display_name”: “Fix login”}",
        '{ // the names\n"name": "fix-login", /* and */ "display_name": "Fix login" }',
        json.dumps({"content": [{"type": "text", "text": ANSWER}]}),
    ],
)
def test_an_answer_is_read_in_any_wrapping(text: str) -> None:
    assert read_reply(text) == FIX_LOGIN


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "null",
        "42",
        '"fix-login"',
        "[]",
        "{}",
        "```json\n```",
        "```",
        '{"title',
        '{"name": null, "display_name": 42}',
        '{"name": "", "display_name": "  "}',
        '{"name": ["fix-login"]}',
        '{"name": "fix-login", "display_name": "Fix lo',
        '{"name": "fix-login", "display_name": "Fix login"',
        '{"name": "fix-login", "display_name": "Fix \\"lo',
        '{"result": {"name": "fix-login", "display_name": "Fix login"}',
        '{"result": "{\\"name\\": \\"fix-login\\", \\"display_name\\": \\"Fix l',
        '"{\\"name\\": \\"fix-login\\"',
        '{"type": "error", "error": {"type": "not_found_error", "message": "model: x"}}',
        '{"type": "error", "name": "NotFound"}',
        'API Error: 404 {"type":"error","error":{"type":"not_found_error","name":"x"}}',
        '{"error": "overloaded", "name": "x"}',
        '{"name": "TypeError", "message": "x is undefined"}',
        '{"type": "object", "properties": {"name": {"type": "string"}, "display_name": {"type": "string"}}}',
        "<html><body>502 Bad Gateway</body></html>",
        "name: fix-login, display_name: Fix login",
        '{"name" "fix-login"}',
        '{"name": "fix-login"]',
        '{"name":: "fix-login"}',
        '{"name": "fix-login" 42}',
        '{42: "fix-login"}',
        '{"a": {"b": {"c": {"d": {"e": {"f": {"name": "too-deep"}}}}}}}',
        '{"name": fix: "login"}',
    ],
)
def test_what_holds_no_complete_answer_is_unreadable(text: str) -> None:
    assert unreadable(text)


def test_a_title_with_quotes_that_nobody_escaped_is_read_whole() -> None:
    assert (
        read_reply('{"name": "fix-save", "display_name": "Fix "Save" button"}').display_name
        == 'Fix "Save" button'
    )
    assert (
        read_reply("{'name': 'x-y', 'display_name': 'Don't break'}").display_name == "Don't break"
    )


def test_half_an_answer_is_given_as_it_is() -> None:
    assert read_reply('{"name": "fix-login"}') == ReplyFields("fix-login", None)
    assert read_reply('{"display_name": "Fix login", "name": false}') == ReplyFields(
        None, "Fix login"
    )


def test_objects_in_reasoning_are_no_answers() -> None:
    assert read_reply(f"<think>Maybe {DRAFT}?</think>{ANSWER}") == FIX_LOGIN
    assert read_reply(f"<Thinking>\n{DRAFT}</Thinking >\n{ANSWER}") == FIX_LOGIN
    assert read_reply(f"Maybe {DRAFT}\n</think>\n{ANSWER}") == FIX_LOGIN
    assert unreadable(f"<think>Maybe {DRAFT}")
    assert unreadable(f"<think>{DRAFT}</think>")
    assert unreadable(f"{DRAFT}</think>")


def test_reasoning_is_known_by_the_marks_of_other_models_too() -> None:
    assert read_reply(f"◁think▷{DRAFT}◁/think▷{ANSWER}") == FIX_LOGIN
    assert read_reply(f"[THINK]{DRAFT}[/THINK]{ANSWER}") == FIX_LOGIN
    assert read_reply(f"<seed:think>{DRAFT}</seed:think>{ANSWER}") == FIX_LOGIN
    assert (
        read_reply(
            f"<|channel|>analysis<|message|>{DRAFT}<|end|><|channel|>final<|message|>{ANSWER}"
        )
        == FIX_LOGIN
    )
    assert read_reply(f"{DRAFT}<|channel|>final<|message|>{ANSWER}") == FIX_LOGIN
    assert unreadable(f"<|channel|>analysis<|message|>{DRAFT}<|end|>")
    assert unreadable(f"[think]{DRAFT}")


def test_an_answer_announced_as_the_better_one_counts() -> None:
    assert read_reply(f"Draft: {OTHER}\nFinal answer: {ANSWER}") == FIX_LOGIN
    assert read_reply(f"{OTHER}\nWait, a better one:\n```json\n{ANSWER}\n```") == FIX_LOGIN
    assert read_reply(f"**Draft**\n{OTHER}\n\n**Final**\n```json\n{ANSWER}\n```") == FIX_LOGIN
    assert read_reply(f"{ANSWER}\nI find it better than this: no. {OTHER}") == FIX_LOGIN


def test_a_title_may_speak_of_think_tags() -> None:
    assert (
        read_reply('{"name": "strip-tags", "display_name": "Strip <think> tags"}').display_name
        == "Strip <think> tags"
    )


def test_the_first_answer_counts_and_after_reasoning_the_last() -> None:
    assert read_reply(f"{ANSWER}\n{OTHER}") == FIX_LOGIN
    assert read_reply(f"Sure:\n{ANSWER}\nUser: more\n{OTHER}") == FIX_LOGIN
    assert (
        read_reply(f"Here is the JSON with the two names that you asked me for:\n{ANSWER}\n{OTHER}")
        == FIX_LOGIN
    )
    assert read_reply(f"<think>hm</think>{ANSWER} or better {OTHER}") == FIX_LOGOUT
    assert read_reply(f"{'I wonder. ' * MAX_PREAMBLE_LENGTH}{ANSWER} No: {OTHER}") == FIX_LOGOUT


def test_an_answer_cut_off_behind_a_whole_one_is_forgotten() -> None:
    assert read_reply(ANSWER + OTHER[:-5]) == FIX_LOGIN


def test_escapes_are_resolved_and_halves_of_pairs_dropped() -> None:
    reply = read_reply(
        r'{"name": "\ud800fix\/it", "display_name": "\ud83d\ude80 Fix\n\ttab \"q\" \x \udc00"}'
    )
    assert reply == ReplyFields("fix/it", '\U0001f680 Fix\n\ttab "q" x ')


def test_an_object_that_only_looks_like_one_is_passed_over() -> None:
    good = '{"name": "add-tea", "display_name": "Add tea"}'
    for odd in ('{"name", "display_name": "Add tea"}', '{"a": "b": "c"}'):
        assert read_reply(f"{odd} {good}") == ReplyFields("add-tea", "Add tea")
