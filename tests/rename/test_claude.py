"""Planning with Claude: asked once, waited for, never quietly replaced."""

from __future__ import annotations

import asyncio
import itertools
import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from naming.claude.circuit import Backoff
from naming.claude.patient import Pacer
from naming.outcome import CannotName, Reason
from tests.fake_claude import (
    HTML,
    FakeClaude,
    Request,
    fails,
    hangs,
    message,
    names,
    resets,
    says,
    sends,
)
from tests.fake_claude import http as http_reply
from tests.rename.running import Ran, header_of, rename, rows_of
from tests.virtual_time import run_at_once

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.fake_claude import Behaviour


def source_of(tmp_path: Path, *prompts: str) -> Path:
    source = tmp_path / "tasks.jsonl"
    rows = [
        {"id": n, "owner_id": "a", "name": f"task-{n}", "display_name": None, "prompt": prompt}
        for n, prompt in enumerate(prompts)
    ]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return source


@pytest.fixture
def plan(claude: FakeClaude, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-test")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", claude.url)
    monkeypatch.setenv(
        "NAMING_CALL_TIMEOUT_MS", "250"
    )  # a call that is only slow must not be made again

    def run(source: Path, *options: str) -> Ran:
        return rename("plan", source, "--plan", tmp_path / "plan.jsonl", *options)

    return run


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("naming.claude.patient.Backoff", partial(Backoff, longest=0.02))


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """Behave differently at each call; the last behaviour stays."""
    coming = itertools.chain(behaviours, itertools.repeat(behaviours[-1]))

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        await next(coming)(request, writer)

    return behave


def test_claude_names_the_tasks_and_the_plan_ends_with_counts_and_cost(
    plan: Callable[..., Ran], tmp_path: Path
) -> None:
    ran = plan(source_of(tmp_path, "fix the login button", "mend the login button"))
    assert ran.status == 0
    rows = rows_of(tmp_path / "plan.jsonl")
    assert [(row["new_name"], row["source"], row["reason"]) for row in rows] == [
        ("fix-login-button", "claude", None),
        ("fix-login-button-2", "claude", None),
    ]
    header = header_of(tmp_path / "plan.jsonl")
    assert header["model"] == "claude-haiku-5-5"
    assert header["prompt_version"]
    assert "2  claude\n" in ran.out
    assert (
        "tokens: 1,000 in, 40 out; about $0.00 (an estimate, at $0.10 in and $0.50 out" in ran.out
    )
    assert "claude-haiku-5-5 in November 2026" in ran.out


def test_equal_prompts_are_asked_once(
    plan: Callable[..., Ran], claude: FakeClaude, tmp_path: Path
) -> None:
    claude.behave = names(delay=0.05)
    assert (
        plan(source_of(tmp_path, *["fix the login button"] * 30), "--concurrency", "4").status == 0
    )
    assert len(claude.requests) == 1
    assert len({row["new_name"] for row in rows_of(tmp_path / "plan.jsonl")}) == 30


@pytest.mark.usefixtures("quick")
def test_a_refusal_is_asked_once_too(
    plan: Callable[..., Ran], claude: FakeClaude, tmp_path: Path
) -> None:
    claude.behave = says("{}", stop_reason="refusal")
    assert (
        plan(source_of(tmp_path, *["fix the login button"] * 5), "--concurrency", "1").status == 0
    )
    assert len(claude.requests) == 1
    assert {(row["source"], row["reason"]) for row in rows_of(tmp_path / "plan.jsonl")} == {
        ("prompt", "refused")
    }


@pytest.mark.parametrize("came_from", ["claude", "prompt"])
def test_a_prompt_that_comes_again_later_is_not_asked_again(
    plan: Callable[..., Ran],
    claude: FakeClaude,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    came_from: str,
) -> None:
    monkeypatch.setattr("naming.rename.claude_namer.CALLS_AHEAD", 0)
    claude.behave = names() if came_from == "claude" else says("{}", stop_reason="refusal")
    prompts = ["fix page one", "fix page two", "fix page one", "fix page two", "fix page one"]
    assert plan(source_of(tmp_path, *prompts), "--concurrency", "1").status == 0
    assert len(claude.requests) == 2
    assert {row["source"] for row in rows_of(tmp_path / "plan.jsonl")} == {came_from}


def test_many_calls_are_made_at_a_time(
    plan: Callable[..., Ran], claude: FakeClaude, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = names()

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        while claude.most_busy < 16:  # noqa: ASYNC110 # nobody is answered before all are there
            await asyncio.sleep(0.01)
        await good(request, writer)

    claude.behave = behave
    assert (
        plan(
            source_of(tmp_path, *(f"fix page {n}" for n in range(64))), "--concurrency", "16"
        ).status
        == 0
    )
    assert claude.most_busy == 16


def test_other_processes_read_and_judge_where_that_is_worth_it(
    plan: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from naming.rename.namers import processes_for

    monkeypatch.setattr("naming.rename.namers.WORTH_PROCESSES", 1)
    assert (
        plan(source_of(tmp_path, "fix the login button", "---", "mend the login button")).status
        == 1
    )
    assert [(row["id"], row["source"]) for row in rows_of(tmp_path / "plan.jsonl")] == [
        ("0", "claude"),
        ("2", "claude"),
    ]
    for cores, processes in ((16, 8), (2, 2), (1, 0), (None, 0)):
        monkeypatch.setattr("os.cpu_count", lambda cores=cores: cores)
        assert processes_for(1) == processes


def timed_pacer(calls: int, say: Callable[[str], None] = lambda _: None) -> Pacer:
    return Pacer(calls, say, asyncio.get_running_loop().time)


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (says("{}", stop_reason="refusal"), "refused"),
        (says('{"name": "fix', stop_reason="max_tokens"), "cut_short"),
        (says("Sure! I would call it something nice."), "unreadable"),
        (fails(413, "request_too_large"), "bad_request"),
    ],
)
def test_what_claude_cannot_name_falls_back_with_its_reason(
    plan: Callable[..., Ran], claude: FakeClaude, tmp_path: Path, behaviour: Behaviour, reason: str
) -> None:

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        await (behaviour if "login" in request.user_text else names())(request, writer)

    claude.behave = behave
    assert plan(source_of(tmp_path, "fix the login button")).status == 0
    (row,) = rows_of(tmp_path / "plan.jsonl")
    assert (row["new_name"], row["source"], row["reason"]) == ("fix-login-button", "prompt", reason)


def test_an_answer_that_is_no_name_falls_back_too(
    plan: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def disbelieve(*_: object) -> None:
        raise CannotName(Reason.NOT_A_NAME)

    monkeypatch.setattr("naming.claude.instructions.believe", disbelieve)
    assert plan(source_of(tmp_path, *(f"fix page {n}" for n in range(30)))).status == 0
    rows = rows_of(tmp_path / "plan.jsonl")
    assert {(row["source"], row["reason"]) for row in rows} == {("prompt", "not_a_name")}


def test_one_unusable_reply_is_bad_luck_and_asked_again(
    plan: Callable[..., Ran], claude: FakeClaude, tmp_path: Path
) -> None:
    claude.behave = in_turn(says("Sure! I would call it something nice."), names())
    assert plan(source_of(tmp_path, "fix the login button")).status == 0
    assert [row["source"] for row in rows_of(tmp_path / "plan.jsonl")] == ["claude"]


def test_what_holds_nothing_to_name_is_not_asked(
    plan: Callable[..., Ran], claude: FakeClaude, tmp_path: Path
) -> None:
    source = source_of(tmp_path, "", "---")
    source.write_text(source.read_text().replace("null", '"Python debug"', 1))
    ran = plan(source)
    assert not claude.requests
    assert [
        (row["new_name"], row["source"], row["reason"]) for row in rows_of(tmp_path / "plan.jsonl")
    ] == [("python-debug", "prompt", "not_asked")]
    assert (ran.status, "left: task 1: neither its prompt" in ran.err) == (1, True)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (fails(429, "rate_limit_error"), "it limits the rate (rate_limited)"),
        (fails(529, "overloaded_error"), "it is overloaded (overloaded)"),
        (fails(500), "it is overloaded (overloaded)"),
        (resets, "it cannot be reached (unreachable)"),
    ],
)
def test_limits_and_outages_are_waited_out_and_said(
    plan: Callable[..., Ran], claude: FakeClaude, tmp_path: Path, failure: Behaviour, said: str
) -> None:
    claude.behave = in_turn(*[failure] * 7, names())
    ran = plan(source_of(tmp_path, *(f"fix page {n}" for n in range(4))))
    assert ran.status == 0
    assert {row["source"] for row in rows_of(tmp_path / "plan.jsonl")} == {"claude"}
    assert f"s for Claude: {said}" in ran.err


@pytest.mark.usefixtures("quick")
def test_a_call_that_is_not_answered_is_made_again(
    plan: Callable[..., Ran], claude: FakeClaude, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NAMING_CALL_TIMEOUT_MS", "250")
    claude.behave = in_turn(*[hangs] * 3, names())
    ran = plan(source_of(tmp_path, "fix page one"))
    assert ran.status == 0
    assert len(claude.requests) >= 4
    assert "s for Claude: it does not answer in time (deadline)" in ran.err


def test_retry_after_is_followed(
    plan: Callable[..., Ran], claude: FakeClaude, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("naming.claude.patient.LONGEST_TOLD_SECONDS", 0.05)
    claude.behave = in_turn(fails(429, "rate_limit_error", "no", "retry-after: 600"), names())
    ran = plan(source_of(tmp_path, "fix page 1"))
    assert ran.err == "naming: waiting 1 s for Claude: it limits the rate (rate_limited)\n"
    assert len(claude.requests) == 2


def test_a_used_up_limit_is_waited_for_before_it_is_met(
    plan: Callable[..., Ran], claude: FakeClaude, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("naming.claude.patient.LONGEST_TOLD_SECONDS", 0.2)  # it would be an hour
    reset = (datetime.now(UTC) + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    body = json.dumps(
        message(json.dumps({"name": "fix-page", "display_name": "Fix page"}))
    ).encode()
    headers = [
        "anthropic-ratelimit-requests-remaining: 0",
        f"anthropic-ratelimit-requests-reset: {reset}",
    ]
    claude.behave = in_turn(sends(http_reply(200, body, *headers)), names())
    ran = plan(source_of(tmp_path, "fix page one", "fix page two"), "--concurrency", "1")
    assert ran.status == 0
    assert "its limit of requests is used up" in ran.err


ON_HOLD = (
    fails(
        400,
        "invalid_request_error",
        "This organization has been disabled. An organization admin can appeal.",
        error_code="organization_on_hold",
    ),
    fails(403, "permission_error", "no", error_code="organization_on_hold"),
    fails(401, "authentication_error", "Your organization was put on hold"),
)


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (fails(401, "authentication_error"), "check ANTHROPIC_API_KEY"),
        (fails(404, "not_found_error"), "check ANTHROPIC_MODEL"),
        (
            fails(
                400, "invalid_request_error", "You have reached your specified API usage limits."
            ),
            "spend limit",
        ),
        (fails(400, "invalid_request_error", "max_tokens: too many"), "refuses every question"),
        *((failure, "is on hold (organization_on_hold); an admin") for failure in ON_HOLD),
    ],
)
def test_what_only_a_person_mends_stops_the_plan_to_be_resumed(
    plan: Callable[..., Ran], claude: FakeClaude, tmp_path: Path, failure: Behaviour, said: str
) -> None:
    claude.behave = in_turn(names(), names(), failure)
    source = source_of(tmp_path, *(f"fix page {n}" for n in range(9)))
    ran = plan(source, "--concurrency", "1")
    assert (ran.status, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert said in ran.err
    assert ("is on hold" in said or "spend limit" in said) != ("check " in ran.err)
    assert "2 tasks are planned in" in ran.err
    assert "the same command goes on" in ran.err
    claude.behave = names()
    assert plan(source, "--concurrency", "8").status == 0
    assert {row["source"] for row in rows_of(tmp_path / "plan.jsonl")} == {"claude"}


def test_an_address_without_a_claude_stops_the_plan(
    plan: Callable[..., Ran], claude: FakeClaude, tmp_path: Path
) -> None:
    claude.behave = HTML
    ran = plan(source_of(tmp_path, *(f"fix page {n}" for n in range(60))))
    assert ran.status == 1
    assert "what answers is not Claude (unreadable)" in ran.err


def test_a_claude_that_never_gives_a_usable_reply_stops_the_plan(
    plan: Callable[..., Ran], claude: FakeClaude, tmp_path: Path
) -> None:
    claude.behave = says("Sure! I would call it something nice.")
    ran = plan(source_of(tmp_path, *(f"fix page {n}" for n in range(60))))
    assert ran.status == 1
    assert "no usable reply to 20 prompts in a row (the last: unreadable)" in ran.err


@pytest.mark.parametrize(
    ("behaviour", "said"),
    [
        (HTML, "what answers is not Claude (unreadable); check ANTHROPIC_BASE_URL"),
        (fails(405), "what answers refuses every question (bad_request); check"),
    ],
)
def test_a_small_plan_is_not_filled_without_claude_either_where_something_else_answers(
    plan: Callable[..., Ran], claude: FakeClaude, tmp_path: Path, behaviour: Behaviour, said: str
) -> None:
    claude.behave = behaviour
    source = source_of(tmp_path, "fix the login button", "add dark mode")
    ran = plan(source)
    assert (ran.status, ran.out) == (1, "")
    assert said in ran.err
    assert "0 tasks are planned in" in ran.err
    claude.behave = names()
    assert plan(source).status == 0
    assert {row["source"] for row in rows_of(tmp_path / "plan.jsonl")} == {"claude"}


@pytest.mark.parametrize("good", [names(), fails(413, "request_too_large")])
def test_the_first_prompt_alone_may_get_no_reply(
    plan: Callable[..., Ran], claude: FakeClaude, tmp_path: Path, good: Behaviour
) -> None:

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        await (HTML if "poison" in request.user_text else good)(request, writer)

    claude.behave = behave
    assert plan(source_of(tmp_path, "fix poison page")).status == 0
    assert [row["reason"] for row in rows_of(tmp_path / "plan.jsonl")] == ["unreadable"]
    assert len(claude.requests) == 3  # twice the prompt, and once what is nobody's


@pytest.mark.usefixtures("quick")
def test_one_prompt_that_never_comes_through_falls_back_while_others_do(
    plan: Callable[..., Ran], claude: FakeClaude, tmp_path: Path
) -> None:
    good, bad = names(), fails(500)

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        await (bad if "poison" in request.user_text else good)(request, writer)

    claude.behave = behave
    ran = plan(
        source_of(tmp_path, "fix poison page", *(f"fix page {n}" for n in range(40))),
        "--concurrency",
        "4",
    )
    assert ran.status == 0
    assert [row["reason"] for row in rows_of(tmp_path / "plan.jsonl")][:2] == ["overloaded", None]


def test_an_estimate_asks_and_writes_nothing(
    plan: Callable[..., Ran], claude: FakeClaude, tmp_path: Path
) -> None:
    ran = plan(
        source_of(tmp_path, "fix the login button", "fix the login button", "add tests", "---"),
        "--estimate",
    )
    assert ran.status == 0
    assert (
        ran.out.splitlines()[0] == "4 tasks, 2 questions to Claude (equal prompts are asked once)"
    )
    cached = "(1,072 written to the cache, 1,072 read from it)"  # by the second question
    assert f"in {cached}, 70 out; about $0.00 (an estimate" in ran.out
    assert "where what Claude is told cannot be cached" in ran.out
    assert not claude.requests
    assert not (tmp_path / "plan.jsonl").exists()


def test_a_model_without_a_known_price_is_said(
    plan: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_MODEL", "other")
    source = source_of(tmp_path, "fix it now")
    for more in ([], ["--estimate"]):
        assert "the price of other is not known here" in plan(source, *more).out


def test_without_claude_a_key_is_not_used(
    plan: Callable[..., Ran], claude: FakeClaude, tmp_path: Path
) -> None:
    assert plan(source_of(tmp_path, "fix the login button"), "--no-claude").status == 0
    assert not claude.requests
    assert rows_of(tmp_path / "plan.jsonl")[0]["reason"] == "not_asked"


# The pace --------------------------------------------------------------------------------------------------------


LIMITED, OVERLOADED = CannotName(Reason.RATE_LIMITED), CannotName(Reason.OVERLOADED)


async def _turn(pacer: Pacer, declined: CannotName | None = None, seconds: float = 0.0) -> float:
    """Take a turn that comes to this after so many seconds, and tell when it began."""
    began = 0.0
    with suppress(CannotName):
        async with pacer.turn():
            began = asyncio.get_running_loop().time()
            await asyncio.sleep(seconds)
            if declined is not None:
                raise declined
    return began


def test_calls_at_a_time_halve_at_a_limit_and_grow_back_one_by_one() -> None:
    async def scene() -> list[float]:
        pacer = timed_pacer(64)
        await asyncio.gather(*(_turn(pacer, LIMITED, 0.1) for _ in range(10)))
        limits = [pacer.limit]  # ten that were under way together are told one thing
        for _ in range(2_000):
            await _turn(pacer)
            limits.append(pacer.limit)
        return limits

    first, second, *_, last = run_at_once(scene())
    assert (first, second, last) == (32, 32 + 1 / 32, 64)


def test_failures_in_a_row_leave_one_call_to_find_out() -> None:
    said: list[str] = []

    async def scene() -> list[float]:
        pacer = timed_pacer(4, said.append)
        await _turn(pacer, OVERLOADED)
        await _turn(pacer)
        assert said == []  # one alone, among calls that succeed, pauses nobody
        for _ in range(3):
            await _turn(pacer, OVERLOADED)
        return await asyncio.gather(*(_turn(pacer, seconds=1.0) for _ in range(3)))

    first, *others = run_at_once(scene())
    assert said == ["waiting 1 s for Claude: it is overloaded (overloaded)"]
    assert 0.75 <= first <= 1.25
    assert others == pytest.approx([first + 1.0] * 2, abs=0.01)


def test_a_pause_is_as_long_as_was_told_and_longer_each_time_where_nothing_was() -> None:
    async def scene() -> list[float]:
        pacer = timed_pacer(2)
        told = CannotName(Reason.OVERLOADED, retry_after_seconds=30.0)
        return [await _turn(pacer, each) for each in (told, LIMITED, LIMITED, LIMITED, None)]

    began = run_at_once(scene())
    pauses = [after - before for before, after in itertools.pairwise(began)]
    assert pauses == [pytest.approx(usual, rel=0.26) for usual in (30.0, 2.0, 4.0, 8.0)]


def test_a_call_given_up_after_a_pause_leaves_the_next_to_find_out() -> None:
    async def scene() -> float:
        pacer = timed_pacer(2)
        await _turn(pacer, LIMITED)
        given_up = asyncio.create_task(_turn(pacer, seconds=60.0))
        await asyncio.sleep(10)
        given_up.cancel()
        return await _turn(pacer)

    assert run_at_once(scene()) == pytest.approx(10, abs=0.1)


def test_a_limit_that_is_used_up_is_waited_for_and_said_once() -> None:
    said: list[str] = []

    async def scene() -> float:
        pacer = timed_pacer(2, said.append)
        for reset in ("30", "30.5", "20"):
            remaining, until = (
                f"anthropic-ratelimit-tokens-{word}" for word in ("remaining", "reset")
            )
            pacer.heard({remaining: "0", until: reset})
        return await _turn(pacer)

    assert run_at_once(scene()) == pytest.approx(30, abs=0.1)
    assert said == ["waiting 30 s for Claude: its limit of tokens is used up"]


def test_a_turn_that_nobody_takes_is_passed_on() -> None:
    async def scene() -> list[str]:
        pacer, took = Pacer(1, lambda _: None), list[str]()

        async def take(name: str) -> None:
            async with pacer.turn():
                took.append(name)
                await asyncio.sleep(0.01)

        tasks = [asyncio.create_task(take(name)) for name in "abc"]
        await asyncio.sleep(0)
        tasks[1].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert pacer.in_flight == 0
        return took

    assert asyncio.run(scene()) == ["a", "c"]


def test_a_turn_that_comes_to_somebody_who_has_just_gone_is_passed_on() -> None:
    async def scene() -> list[str]:
        pacer, took, done = Pacer(1, lambda _: None), list[str](), asyncio.Event()

        async def hold() -> None:
            async with pacer.turn():
                await done.wait()
            gone.cancel()  # the turn is theirs by now, and they have not run since

        async def take(name: str) -> None:
            async with pacer.turn():
                took.append(name)

        holder = asyncio.create_task(hold())
        await asyncio.sleep(0)
        gone, last = asyncio.create_task(take("gone")), asyncio.create_task(take("last"))
        await asyncio.sleep(0)
        done.set()
        await asyncio.gather(holder, gone, last, return_exceptions=True)
        assert pacer.in_flight == 0
        return took

    assert asyncio.run(scene()) == ["last"]


@pytest.mark.parametrize("reset", ["", "soon", "2001-01-01T00:00:00Z"])
def test_a_reset_that_says_nothing_pauses_nobody(reset: str) -> None:
    said: list[Any] = []
    pacer = Pacer(4, said.append)
    pacer.heard(
        {"anthropic-ratelimit-tokens-remaining": "0", "anthropic-ratelimit-tokens-reset": reset}
    )
    pacer.heard({"anthropic-ratelimit-tokens-remaining": "7"})
    assert said == []
