"""Planning through Message Batches: each question once, whatever the other side does, and nothing lost."""

from __future__ import annotations

import asyncio
import fcntl
import json
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naming.claude.batch_client import Batch, BatchClient
from naming.claude.endpoint import Endpoint
from naming.rename.batch_conversation import Conversation
from naming.rename.batch_format import NoResult, Pack, StateFile, Tally
from naming.rename.scratch import Questions
from naming.rename.terminal import Stopped
from naming.request import Question
from tests.fake_batches import EXPIRED, FakeBatches, errored, fake_batches, named, says, succeeded
from tests.rename.running import Ran, header_of, rename, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from typing import Any


def source_of(tmp_path: Path, *prompts: str) -> Path:
    source = tmp_path / "tasks.jsonl"
    rows = [
        {"id": n, "owner_id": "a", "name": f"task-{n}", "display_name": None, "prompt": prompt}
        for n, prompt in enumerate(prompts)
    ]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return source


def pages(count: int) -> list[str]:
    return [f"fix the header of page {n}" for n in range(count)]


@pytest.fixture
def api() -> Iterator[FakeBatches]:
    with fake_batches() as fake:
        yield fake


@pytest.fixture
def plan(api: FakeBatches, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-test")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", api.url)
    monkeypatch.setattr("naming.rename.batch_conversation.FIRST_SECONDS", 0.01)
    monkeypatch.setattr("naming.rename.batch_conversation.LONGEST_SECONDS", 0.02)
    monkeypatch.setattr("naming.rename.batch_conversation.SECONDS_A_CALL", 0.001)
    monkeypatch.setattr("naming.rename.batch_conversation.SETTLE_SECONDS", 0.5)

    def run(source: Path, *options: str) -> Ran:
        return rename("plan", source, "--plan", tmp_path / "plan.jsonl", "--batches", *options)

    return run


def state_of(tmp_path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (tmp_path / "plan.jsonl.batches").read_text().splitlines()]


def small_batches(monkeypatch: pytest.MonkeyPatch, requests: int) -> None:
    monkeypatch.setattr("naming.rename.batch_format.MOST_REQUESTS", requests)


def test_a_plan_is_named_through_a_batch_for_half_the_price(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path
) -> None:
    ran = plan(
        source_of(tmp_path, "fix the login button", "add dark mode", "fix the login button", "---")
    )
    assert ran.status == 1, ran.err
    assert [
        (row["new_name"], row["source"], row["reason"]) for row in rows_of(tmp_path / "plan.jsonl")
    ] == [
        ("fix-the-login-button", "claude", None),
        ("add-dark-mode", "claude", None),
        ("fix-the-login-button-2", "claude", None),
    ]
    assert "left: task 3: neither its prompt nor its old names" in ran.err
    assert len(api.asked()) == len(set(api.asked())) == 2
    assert len(api.messages) == 1
    assert (
        "tokens: 2,000 in, 60 out; about $0.00 (an estimate, at $0.05 in and $0.25 out" in ran.out
    )
    assert header_of(tmp_path / "plan.jsonl")["settings"]["batches"] is True


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (says("{}", stop_reason="refusal"), "refused"),
        (says('{"name": "fix', stop_reason="max_tokens"), "cut_short"),
        (says("Sure! I would call it something nice."), "unreadable"),
        (
            says('{"name": "sorry", "display_name": "I\'m sorry, but I can\'t help with that"}'),
            "not_a_name",
        ),
        ({"content": None}, "unreadable"),
        (None, "unreadable"),
    ],
)
def test_what_claude_cannot_name_arrives_as_succeeded_and_falls_back_with_its_reason(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path, message: dict[str, Any], reason: str
) -> None:
    api.answer = lambda _prompt, _time: succeeded(message)
    assert plan(source_of(tmp_path, "fix the login button")).status == 0
    (row,) = rows_of(tmp_path / "plan.jsonl")
    assert (row["new_name"], row["source"], row["reason"]) == ("fix-login-button", "prompt", reason)
    assert len(api.batches) == 1


@pytest.mark.parametrize(
    "result", [errored(), EXPIRED, {"type": "new kind"}, {"type": "errored", "error": "odd"}]
)
def test_what_errored_or_expired_is_asked_once_more(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path, result: dict[str, Any]
) -> None:
    api.answer = lambda prompt, time: (
        result if "2" in prompt and time == 1 else succeeded(named(prompt))
    )
    ran = plan(source_of(tmp_path, *pages(4)))
    assert ran.status == 0, ran.err
    assert [len(made.asked) for made in api.batches] == [4, 1]
    assert {row["source"] for row in rows_of(tmp_path / "plan.jsonl")} == {"claude"}


def test_what_fails_twice_is_left_over_and_said_and_in_no_plan(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path
) -> None:
    def answer(prompt: str, time: int) -> dict[str, Any]:
        if "2" in prompt:
            return EXPIRED if time == 1 else errored("invalid_request_error", prompt)
        return succeeded(named(prompt))

    api.answer = answer
    ran = plan(source_of(tmp_path, *pages(4)))
    assert ran.status == 1
    assert "left: task 2: it expired, then it failed (invalid_request_error)\n" in ran.err
    assert "fix the header of page" not in ran.err
    assert [row["id"] for row in rows_of(tmp_path / "plan.jsonl")] == ["0", "1", "3"]
    assert [len(made.asked) for made in api.batches] == [4, 1]
    again = plan(tmp_path / "tasks.jsonl")
    assert (again.status, len(api.batches)) == (0, 2)
    assert "whole already" in again.out


def test_requests_are_packed_under_both_limits(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_batches(monkeypatch, 7)
    monkeypatch.setattr("naming.rename.batch_format.MOST_BYTES", 40_000)
    api.most_requests, api.most_bytes = 7, 40_000
    prompts = [
        *pages(20),
        *(f"fix the long page {n} " + "of the settings " * 200 for n in range(10)),
    ]
    ran = plan(source_of(tmp_path, *prompts))
    assert ran.status == 0, ran.err
    assert len(api.asked()) == len(set(api.asked())) == 30
    assert max(len(made.asked) for made in api.batches) <= 7
    assert max(api.bodies) > 25_000
    assert "429" not in ran.err


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("401", "check ANTHROPIC_API_KEY"),
        ("404", "check ANTHROPIC_MODEL"),
        ("402", "spend limit"),
        ("400", "no usable reply to a first question (bad_request), so no batch was created"),
        ("html", "no usable reply to a first question (unreadable), so no batch was created"),
    ],
)
def test_a_wrong_key_or_model_costs_a_call_and_no_batch(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path, wrong: str, said: str
) -> None:
    api.meddle = lambda what, _nth: wrong if what == "message" else None
    ran = plan(source_of(tmp_path, *pages(3)))
    assert ran.status == 1
    assert said in ran.err
    assert api.calls.count("message") <= 4
    assert "create" not in api.calls


def test_no_prompt_of_the_source_is_asked_outside_of_batches(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path
) -> None:
    assert plan(source_of(tmp_path, *pages(3))).status == 0
    (canary,) = api.messages
    assert "header of page" not in json.dumps(canary)
    assert {key: value for key, value in canary.items() if key != "messages"} == {
        key: value for key, value in api.params[0].items() if key != "messages"
    }


def test_a_field_that_is_refused_costs_a_call_and_is_left_out_of_the_batches(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path
) -> None:
    api.meddle = lambda what, nth: "400" if what == "message" and nth == 1 else None
    assert plan(source_of(tmp_path, *pages(3))).status == 0
    assert set(api.params[0]) == {"model", "max_tokens", "system", "messages"}


@pytest.mark.parametrize("wrong", ["reset after", "after 500", "after 529", "html", "huge"])
def test_a_batch_whose_creation_was_not_answered_is_found_in_the_list(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path, wrong: str
) -> None:
    api.skew_seconds = 1800
    api.meddle = lambda what, nth: wrong if what == "create" and nth == 1 else None
    ran = plan(source_of(tmp_path, *pages(3)))
    assert ran.status == 0, ran.err
    assert len(api.batches) == 1
    assert "it is not known whether a batch of 3 requests was created" in ran.err


@pytest.mark.parametrize(
    ("wrong", "looks"), [("reset before", 2), ("500", 2), ("408", 2), ("529", 1), ("503", 1)]
)
def test_a_batch_that_was_not_created_is_sent_again_once_that_is_certain(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path, wrong: str, looks: int
) -> None:
    api.meddle = lambda what, nth: wrong if what == "create" and nth <= 2 else None
    ran = plan(source_of(tmp_path, *pages(3)))
    assert ran.status == 0, ran.err
    assert len(api.batches) == 1
    assert api.calls[1 : 4 + 2 * looks] == [*["create", *["list"] * looks] * 2, "create"]
    assert ("looking once more in" in ran.err) == (looks == 2)


def test_a_refused_creation_is_no_doubt_and_is_waited_out(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path
) -> None:
    api.meddle = lambda what, nth: "429" if what == "create" and nth <= 3 else None
    ran = plan(source_of(tmp_path, *pages(3)))
    assert ran.status == 0
    assert (
        ran.err.count("waiting for a batch of 3 requests: it limits the rate (rate_limited)") == 1
    )
    assert "list" not in api.calls


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("413", "Claude refuses it (bad_request)"),
        ("404", "there is no Message Batches API at that address"),
        ("403", "check ANTHROPIC_API_KEY"),
    ],
)
def test_a_creation_refused_for_good_stops_the_plan_to_be_resumed(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path, status: str, said: str
) -> None:
    api.meddle = lambda what, _nth: status if what == "create" else None
    source = source_of(tmp_path, *pages(3))
    ran = plan(source)
    assert ran.status == 1
    assert said in ran.err
    assert "0 tasks are planned" in ran.err
    api.meddle = lambda _what, _nth: None
    assert plan(source).status == 0
    assert len(api.batches) == 1
    assert "list" not in api.calls


def test_batches_of_one_size_whose_creation_was_not_answered_are_each_found(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_batches(monkeypatch, 3)
    monkeypatch.setattr("naming.rename.batch_format.SPREAD", 0.0)
    api.batch_seconds = 0
    api.meddle = lambda what, nth: "reset after" if what == "create" and nth <= 2 else None
    ran = plan(source_of(tmp_path, *pages(6)))
    assert ran.status == 0, ran.err
    assert [len(made.asked) for made in api.batches] == [3, 3]
    assert len(api.asked()) == len(set(api.asked())) == 6


def test_another_programs_batch_of_the_same_size_is_never_taken_for_ours(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path
) -> None:
    api.add_foreign(3)
    api.add_foreign(3, "0123456789abcdef_" + "0" * 31)  # one of this program's, of another plan
    api.meddle = lambda what, nth: "reset before" if what == "create" and nth == 1 else None
    ran = plan(source_of(tmp_path, *pages(3)))
    assert ran.status == 0, ran.err
    assert len(api.batches) == 3
    assert {row["source"] for row in rows_of(tmp_path / "plan.jsonl")} == {"claude"}


def test_while_a_batch_that_may_be_ours_is_under_way_nothing_is_sent_again(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path
) -> None:
    foreign = api.add_foreign(3, seconds=3600)

    def meddle(what: str, nth: int) -> str | None:
        if (what, nth) == ("list", 3):
            foreign.ends_at = time.time()
        return "reset before" if (what, nth) == ("create", 1) else None

    api.meddle = meddle
    ran = plan(source_of(tmp_path, *pages(3)))
    assert ran.status == 0, ran.err
    ours = api.batches[1]
    assert ours.created_at > foreign.ends_at
    assert [event["event"] for event in state_of(tmp_path)].count("dropped") == 1


def test_a_batch_is_found_behind_many_of_other_programs(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path
) -> None:
    def watch(what: str, when: str) -> None:
        if (what, when) == ("create", "after"):
            for _ in range(250):
                api.add_foreign(1)

    api.watch = watch
    api.meddle = lambda what, nth: "reset after" if what == "create" and nth == 1 else None
    assert plan(source_of(tmp_path, *pages(3))).status == 0
    assert len(api.asked()) == 3 + 250
    assert api.calls.count("list") % 3 == 0  # three pages each time, until ours has ended


def test_the_list_is_waited_for_as_long_as_it_takes(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path
) -> None:
    wrong = {"create": "reset after", "list": "500", "look": "reset before", "results": "529"}
    api.meddle = lambda what, nth: wrong.get(what) if nth == 1 else None
    ran = plan(source_of(tmp_path, *pages(3)))
    assert ran.status == 0, ran.err
    assert len(api.batches) == 1


@pytest.mark.parametrize(
    "wrong", ["cut", "half a line", "short", "duplicates", "html", "huge", "reset before", "500"]
)
def test_results_that_come_cut_or_twice_are_read_again_until_they_are_whole(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path, wrong: str
) -> None:
    api.answer = lambda prompt, time: (
        errored() if time == 1 and "page 5" in prompt else succeeded(named(prompt))
    )
    api.meddle = lambda what, nth: wrong if what == "results" and nth <= 3 else None
    ran = plan(source_of(tmp_path, *pages(40)))
    assert ran.status == 0, ran.err
    assert [len(made.asked) for made in api.batches] == [40, 1]
    assert sum(event.get("succeeded", 0) for event in state_of(tmp_path)) == 40
    assert {row["source"] for row in rows_of(tmp_path / "plan.jsonl")} == {"claude"}


def test_results_that_never_come_whole_stop_the_plan_to_be_resumed(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path
) -> None:
    api.meddle = lambda what, _nth: "short" if what == "results" else None
    source = source_of(tmp_path, *pages(4))
    ran = plan(source)
    assert ran.status == 1
    assert "its results do not come whole: 3 of 4 are there; 0 tasks are planned" in ran.err
    api.meddle = lambda _what, _nth: None
    assert plan(source).status == 0
    assert len(api.batches) == 1


def test_results_that_are_not_kept_any_more_stop_the_plan_and_say_how_to_ask_again(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path
) -> None:
    api.meddle = lambda what, _nth: "short" if what == "results" else None
    source = source_of(tmp_path, *pages(4))
    plan(source)
    api.meddle = lambda _what, _nth: None
    api.batches[0].archived = True
    ran = plan(source)
    assert ran.status == 1
    (intent,) = {event["intent"] for event in state_of(tmp_path) if "intent" in event}
    assert f"take the lines about {intent} out of {tmp_path / 'plan.jsonl.batches'}" in ran.err
    state = tmp_path / "plan.jsonl.batches"
    state.write_text(
        "".join(line + "\n" for line in state.read_text().splitlines() if intent not in line)
    )
    assert plan(source).status == 0
    assert len(api.batches) == 2


def test_a_batch_that_somebody_deleted_stops_the_plan(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path
) -> None:
    api.meddle = lambda what, _nth: "404" if what == "look" else None
    ran = plan(source_of(tmp_path, *pages(2)))
    assert ran.status == 1
    assert (
        "batch msgbatch_0000: not found; to ask its questions again, take the lines about"
        in ran.err
    )


def test_a_plan_that_lost_its_rows_is_written_from_the_batches_that_were_paid_for(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path
) -> None:
    source = source_of(tmp_path, *pages(5))
    assert plan(source).status == 0
    whole = (tmp_path / "plan.jsonl").read_bytes()
    (tmp_path / "plan.jsonl").unlink()
    assert plan(source).status == 0
    assert (tmp_path / "plan.jsonl").read_bytes() == whole
    assert len(api.batches) == 1


def test_tasks_that_came_meanwhile_are_asked_too(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path
) -> None:
    source = source_of(tmp_path, *pages(3))

    def watch(what: str, when: str) -> None:
        if (what, when) == ("create", "after") and len(api.batches) == 1:
            row = {
                "id": 9,
                "owner_id": "a",
                "name": "task-9",
                "display_name": "",
                "prompt": "fix the footer",
            }
            source.write_text(source.read_text() + json.dumps(row) + "\n")

    api.watch = watch
    assert plan(source).status == 0
    assert [len(made.asked) for made in api.batches] == [3, 1]
    assert rows_of(tmp_path / "plan.jsonl")[-1]["new_name"] == "fix-the-footer"


def test_tokens_of_the_cache_are_kept_and_priced(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path
) -> None:
    reply = says('{"name": "fix-header", "display_name": "Fix header"}')
    reply["usage"] |= {"cache_creation_input_tokens": 5, "cache_read_input_tokens": 1_000_000}
    api.answer = lambda _prompt, _time: succeeded(reply)
    ran = plan(source_of(tmp_path, *pages(3)))
    assert "tokens: 3,003,015 in (15 written to the cache, 3,000,000 read from it)" in ran.out
    assert "about $0.02" in ran.out  # 3 M at a tenth of $0.05 a million, and next to nothing else
    (ended,) = (event for event in state_of(tmp_path) if event["event"] == "ended")
    assert (ended["tokens"]["cache_write"], ended["tokens"]["cache_read"]) == (15, 3_000_000)


def test_the_state_tells_every_step_and_holds_no_prompt_and_no_key(
    plan: Callable[..., Ran], tmp_path: Path
) -> None:
    assert plan(source_of(tmp_path, *pages(3))).status == 0
    events = state_of(tmp_path)
    assert [event["event"] for event in events] == ["intended", "created", "ended"]
    assert (events[0]["requests"], events[1]["batch"]) == (3, "msgbatch_0000")
    assert (
        events[2]["succeeded"],
        events[2]["tokens"]["input"],
        events[2]["tokens"]["output"],
    ) == (
        3,
        3000,
        90,
    )
    text = (tmp_path / "plan.jsonl.batches").read_text()
    assert "header of page" not in text
    assert "sk-test" not in text
    assert (tmp_path / "plan.jsonl.batches").stat().st_mode & 0o777 == 0o600


def test_a_plan_is_only_gone_on_with_in_the_same_way(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = source_of(tmp_path, *pages(3))
    assert plan(source).status == 0
    other = rename("plan", source, "--plan", tmp_path / "plan.jsonl")
    assert "a plan made with other settings (batches)" in other.complaint
    monkeypatch.setenv("ANTHROPIC_MODEL", "another")
    assert "a plan made with other settings (model)" in plan(source).complaint
    (tmp_path / "plan.jsonl").unlink()
    assert plan(source).status == 0  # what another model said is not taken for this one's
    assert [params["model"] for params in api.params] == ["claude-haiku-5-5", "another"]


def test_batches_need_claude_and_its_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = source_of(tmp_path, *pages(1))
    options = ["plan", source, "--plan", tmp_path / "plan.jsonl", "--batches"]
    assert "ANTHROPIC_API_KEY: not set" in rename(*options).complaint
    monkeypatch.setenv("ANTHROPIC_API_KEY", "k")
    assert "--batches: asks Claude" in rename(*options, "--no-claude").complaint


NO_STATES = [
    ('{"event":"odd"}\n', "line 1: not a line of a state file"),
    (
        '{"event":"created","at":"2026-11-22T20:00:00Z","intent":"a","batch":"b"}\n',
        "line 1: not a line",
    ),
    ('{"event":"intended","at":"soon","intent":"a","requests":1}\n', "line 1: not a line"),
    ('{"event":"intended","at":"2026-11-22T20:00:00Z","intent":[]}\n', "line 1: not a line"),
    ("\xff\n", "line 1: not a line of a state file"),
]


def test_a_state_file_that_is_none_is_refused(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path
) -> None:
    state, misses = tmp_path / "plan.jsonl.batches", []
    for text, said in NO_STATES:
        state.write_text(text, encoding="latin-1")
        ran = plan(source_of(tmp_path, *pages(1)))
        if not ran.refuses(said) or state.read_text(encoding="latin-1") != text:
            misses.append((text, ran.err))
    assert not misses
    assert not api.calls


def test_half_a_last_line_of_the_state_is_a_step_not_taken(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path
) -> None:
    source, state = source_of(tmp_path, *pages(3)), tmp_path / "plan.jsonl.batches"
    assert plan(source).status == 0
    lines = state.read_bytes().splitlines(keepends=True)
    for keep in (2, 1):  # its end was not written down; then its id was not either
        state.write_bytes(b"".join(lines[:keep]) + lines[keep][:-1])
        (tmp_path / "plan.jsonl").unlink()
        assert plan(source).status == 0
        assert len(api.batches) == 1
        assert [event["event"] for event in state_of(tmp_path)][-1] == "ended"


def test_no_two_processes_speak_of_one_plan(plan: Callable[..., Ran], tmp_path: Path) -> None:
    source = source_of(tmp_path, *pages(1))
    with (tmp_path / "plan.jsonl.batches").open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert "another process is writing it" in plan(source).complaint


def test_status_tells_what_the_file_and_the_api_know(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    api.meddle = lambda what, _nth: "short" if what == "results" else None
    path = tmp_path / "plan.jsonl"
    plan(source_of(tmp_path, *pages(4)))
    ran = rename("status", path)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == f"{path}: 0 tasks planned so far"
    assert ran.out.splitlines()[1].split() == "msgbatch_0000 4 requests ended, to be read".split()
    assert ran.out.splitlines()[2] == "1 batches, 0 of them done; 4 requests, 0 of them answered"
    api.meddle = lambda what, _nth: "500" if what == "look" else None
    assert "UTC (it cannot be asked now: overloaded)" in rename("status", path).out
    monkeypatch.delenv("ANTHROPIC_API_KEY")
    assert "created at 20" in rename("status", path).out
    monkeypatch.setenv("ANTHROPIC_API_KEY", "k")
    api.meddle = lambda _what, _nth: None
    assert plan(tmp_path / "tasks.jsonl").status == 0
    assert "4 requests  4 answered\n" in rename("status", path).out
    assert "1 batches, 1 of them done; 4 requests, 4 of them answered" in rename("status", path).out


def test_status_and_cancel_need_a_plan_that_was_asked_through_batches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = source_of(tmp_path, *pages(1))
    assert rename("plan", source, "--plan", tmp_path / "plan.jsonl", "--no-claude").status == 0
    assert "was not asked through batches" in rename("status", tmp_path / "plan.jsonl").complaint
    assert "ANTHROPIC_API_KEY: not set" in rename("cancel", tmp_path / "plan.jsonl").complaint
    monkeypatch.setenv("ANTHROPIC_API_KEY", "k")
    assert "was not asked through batches" in rename("cancel", tmp_path / "plan.jsonl").complaint


def leave_under_way(plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path) -> Path:
    """Begin a plan and stop it while its batch is under way."""
    api.batch_seconds = 3600
    api.meddle = lambda what, _nth: "401" if what == "look" else None
    source = source_of(tmp_path, *pages(5))
    assert plan(source).status == 1
    api.meddle = lambda _what, _nth: None
    api.batch_seconds = 0.05
    return source


def test_a_cancelled_plan_keeps_what_was_answered_and_asks_the_rest_when_gone_on_with(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path
) -> None:
    source = leave_under_way(plan, api, tmp_path)
    api.cancel_seconds = 3600
    ran = rename("cancel", tmp_path / "plan.jsonl")
    assert (ran.status, ran.out) == (0, "1 batches with 5 requests are cancelled\n")
    assert "being cancelled" in rename("status", tmp_path / "plan.jsonl").out
    api.batches[0].ends_at = 0
    ran = plan(source)
    assert ran.status == 0, ran.err
    assert "2 answered, 3 canceled" in ran.err
    assert [len(made.asked) for made in api.batches] == [5, 3]
    assert (
        "0 batches with 0 requests are cancelled" in rename("cancel", tmp_path / "plan.jsonl").out
    )


def test_what_somebody_else_cancels_stops_the_plan_and_is_asked_by_the_next_run(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path
) -> None:
    source = leave_under_way(plan, api, tmp_path)
    api._cancel(api.batches[0])
    ran = plan(source)
    assert ran.status == 1
    assert "3 questions were cancelled meanwhile; 0 tasks are planned" in ran.err
    assert plan(source).status == 0
    assert [len(made.asked) for made in api.batches] == [5, 3]


NOT_CANCELLED = [
    ("404", "batch msgbatch_0000: not found with this key (not_found)"),
    (
        "401",
        (
            "batch msgbatch_0000: Claude refuses the key (authentication);"
            " check ANTHROPIC_API_KEY, and that its organization is not on hold"
        ),
    ),
    ("500", "batch msgbatch_0000: it cannot be cancelled now (overloaded)"),
]


def test_what_cannot_be_cancelled_is_said(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path
) -> None:
    leave_under_way(plan, api, tmp_path)
    misses = []
    for wrong, said in NOT_CANCELLED:
        api.meddle = lambda _what, _nth, wrong=wrong: wrong  # type: ignore[misc]
        ran = rename("cancel", tmp_path / "plan.jsonl")
        if (ran.status, ran.out, ran.err) != (1, "", f"naming: {said}\n"):
            misses.append((wrong, ran))
    assert not misses
    api.meddle = lambda _what, _nth: None
    api.batches[0].ends_at = 0
    ran = rename("cancel", tmp_path / "plan.jsonl")
    assert (ran.status, ran.out) == (0, "0 batches with 0 requests are cancelled\n")


def test_a_batch_in_doubt_is_shown_and_cannot_be_cancelled_by_its_id(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path
) -> None:
    wrong = {"create": "reset after", "list": "401"}
    api.meddle = lambda what, _nth: wrong.get(what)
    plan(source_of(tmp_path, *pages(5)))
    assert "(in doubt)" in rename("status", tmp_path / "plan.jsonl").out
    assert (
        "looked for before anything is sent again" in rename("status", tmp_path / "plan.jsonl").out
    )
    ran = rename("cancel", tmp_path / "plan.jsonl")
    assert ran.status == 1
    assert "a batch of 5 requests may exist" in ran.err


def test_batches_are_waited_for_in_growing_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    async def wait() -> None:
        nobody: Any = None
        conversation = Conversation(nobody, nobody, nobody)
        for _ in range(3):
            await conversation._pause()
        await conversation._pause(at_least=50)
        await conversation._pause(calls=1)
        await conversation._pause(calls=100)
        await conversation._pause(at_least=1e9)
        conversation._backoff.reset()
        await conversation._pause()
        for _ in range(20):
            await conversation._pause()

    monkeypatch.setattr("asyncio.sleep", sleep)
    asyncio.run(wait())
    assert slept[:8] == [2.0, 3.0, 4.5, 50, 10.125, 150.0, 3600.0, 2.0]
    assert slept[-1] == 60


@given(st.lists(st.text(max_size=300), min_size=1, max_size=8))
def test_a_pack_is_the_json_it_says_and_as_long_as_it_says(texts: list[str]) -> None:
    pack = Pack({"model": "m", "system": 'say "é\u2028"', "max_tokens": 5})
    keys = [f"{n:032x}" for n in range(len(texts))]
    assert all(pack.add(key, Question(text)) for key, text in zip(keys, texts, strict=True))
    body = b"".join(pack.chunks())
    assert len(body) == pack.length
    requests = json.loads(body)["requests"]
    assert [request["custom_id"] for request in requests] == [
        f"{pack.intent}_{key}" for key in keys
    ]
    assert {request["params"]["system"] for request in requests} == {'say "é\u2028"'}
    assert all(len(request["custom_id"]) <= 64 for request in requests)
    assert body == b"".join(pack.chunks())


def test_full_packs_differ_in_size_so_that_the_list_tells_them_apart() -> None:
    def full() -> int:
        pack = Pack({})
        pack._most_bytes = 1 << 40
        sizes.add(pack._most_requests)
        return pack._most_requests

    sizes: set[int] = set()
    assert all(96_000 <= full() <= 100_000 for _ in range(40))
    assert len(sizes) > 30


def test_many_prompts_are_read_and_judged_by_other_processes(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("naming.rename.namers.WORTH_PROCESSES", 1)
    assert plan(source_of(tmp_path, *pages(100), *pages(100))).status == 0
    assert len(api.asked()) == 100
    assert len({row["new_name"] for row in rows_of(tmp_path / "plan.jsonl")}) == 200


def test_while_there_is_no_room_for_a_batch_the_results_of_others_are_heard(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meddle(what: str, nth: int) -> str | None:
        full = what == "create" and nth > 1 and "results" not in api.calls
        return "429" if full else "500" if what == "look" and nth == 1 else None

    small_batches(monkeypatch, 2)
    api.meddle = meddle
    ran = plan(source_of(tmp_path, *pages(3)))
    assert ran.status == 0, ran.err
    assert len(api.asked()) == 3


def test_a_canary_that_is_not_named_is_answered_all_the_same(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path
) -> None:
    api.say = says("{}", stop_reason="refusal")
    assert plan(source_of(tmp_path, *pages(2))).status == 0
    assert len(api.batches) == 1


@pytest.mark.parametrize("wrong", ["html", "short"])
def test_whose_a_batch_is_gets_asked_until_it_is_told(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path, wrong: str
) -> None:
    api.add_foreign(1)
    wrongs = {"create": "reset before", "results": wrong}
    api.meddle = lambda what, nth: wrongs.get(what) if nth == 1 else None
    ran = plan(source_of(tmp_path, *pages(1)))
    assert ran.status == 0, ran.err
    assert len(api.batches) == 2


def test_a_batch_that_may_be_ours_and_is_not_kept_any_more_is_for_a_person_to_decide(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path
) -> None:
    api.add_foreign(1, seconds=0).archived = True
    api.meddle = lambda what, nth: "reset before" if what == "create" and nth == 1 else None
    ran = plan(source_of(tmp_path, *pages(1)))
    assert ran.status == 1
    assert (
        "batch msgbatch_0000 may be this plan's, but its results are not kept any more" in ran.err
    )
    assert len(api.batches) == 1


def test_an_answer_that_takes_too_long_leaves_a_doubt(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("naming.claude.batch_client.PATIENCE_SECONDS", 0.3)
    api.meddle = lambda what, nth: "silent" if what == "create" and nth == 1 else None
    ran = plan(source_of(tmp_path, *pages(1)))
    assert ran.status == 0, ran.err
    assert "(deadline); looking for it in the list" in ran.err
    assert len(api.batches) == 1


def test_an_api_that_cannot_be_reached_leaves_no_doubt(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[int] = []
    real = BatchClient.create

    async def unplugged(self: BatchClient, length: int, chunks: Iterable[bytes]) -> Batch:
        sent.append(length)
        if len(sent) == 1:
            nowhere = Endpoint(api_key="k", model="m", base_url="http://127.0.0.1:9")
            return await real(BatchClient(nowhere), length, chunks)
        return await real(self, length, chunks)

    monkeypatch.setattr(BatchClient, "create", unplugged)
    assert plan(source_of(tmp_path, *pages(1))).status == 0
    assert len(api.batches) == 1
    assert "list" not in api.calls


def test_a_result_of_another_intent_is_none() -> None:
    line = json.dumps({"custom_id": "abc_" + "0" * 32, "result": EXPIRED}).encode()
    with closing(Questions()) as questions:
        for ours in (line, b" \n"):
            Tally().take(ours, "abc", questions)
        for intent in ("abd", "ab"):
            with pytest.raises(NoResult):
                Tally().take(line, intent, questions)


def test_a_disk_that_is_full_stops_before_the_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    with closing(StateFile(tmp_path / "plan.batches")) as state:
        monkeypatch.setattr("os.fsync", full)
        with pytest.raises(Stopped, match="No space left on device"):
            state.write("intended", "a", requests=1)
        assert not state.intents


def test_a_failure_counts_once_for_each_batch_however_often_its_results_are_read() -> None:
    key = "0" * 32
    with closing(Questions()) as questions:
        for intent, due in (("a", True), ("a", True), ("b", False)):
            questions.fail(key, intent, f"it failed in {intent}")
            assert questions.is_due(key) is due
        assert questions.reply(key) is None
        assert questions.why_none(key) == "it failed in a, then it failed in b"
        assert questions.why_none("1" * 32) == "it was not asked"
