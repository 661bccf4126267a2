"""`naming eval`: what it prints, what it asks, which side wins, and what it keeps."""

from __future__ import annotations

import asyncio
import json
import os
import pty
import re
import subprocess
import termios
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from naming.claude import instructions
from naming.evaluation import running
from naming.evaluation.inputs import printable
from naming.web.endpoints import content_policy
from tests.evaluation.running import CASES, answers, evaluate, write
from tests.fake_claude import FakeClaude, fails, hangs, http, names, resets, says, sends
from tests.running_service import command_line

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

GOOD = {
    "login": ("fix-login-button", "Fix login button"),
    "dark": ("add-dark-theme", "Add dark theme"),
    "search": ("why-search-slow", "Why search is slow"),
}
POOR = {
    "login": ("fix-it", "Fix button"),
    "dark": ("add-theme", "Theme"),
    "search": ("search", "Search"),
}


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    return write(tmp_path)


@pytest.fixture
def key(claude: FakeClaude, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-test")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", claude.url)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let pauses pass at once; gives how long they would have been."""
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        await asyncio.sleep(0)

    monkeypatch.setattr(running, "PAUSE", sleep)
    return slept


# Without Claude


def test_without_a_key_the_prompts_own_words_are_judged(cases: Path) -> None:
    ran = evaluate(cases)
    lines = ran.out.splitlines()
    assert (ran.status, ran.err) == (0, "")
    assert lines[0] == "4 cases, without Claude: the prompt's own words, else a random pair"
    assert lines[1] == "  sources: prompt 3, random 1; reasons: no_api_key 4"
    assert lines[2] == "  law breaches: 0, secrets leaked: 0"
    assert re.fullmatch(r"  latency: p50 [\d.]+ ms, p95 [\d.]+ ms, max [\d.]+ ms", lines[3])
    tags = lines.index(next(line for line in lines if line.startswith("  tag")))
    assert [line.split()[:2] for line in lines[tags + 1 :] if line][:5] == [
        ["all", "4"],
        ["a", "2"],
        ["b", "3"],
        ["score", "case"],
        ["0.92", f"{cases}:3"],
    ]


def test_json_tells_the_same_without_any_prompt(cases: Path) -> None:
    (side,) = evaluate(cases, "--format", "json").json["sides"]
    assert side["overall"]["cases"] == 4
    assert side["overall"]["measures"]["score"]["count"] == 3
    assert side["by_tag"]["a"]["cases"] == 2
    assert (side["model"], side["cost_usd"], side["missing"]) == (None, None, [])
    assert set(side["latency_ms"]) == {"p50", "p95", "max"}
    assert side["answers"][0]["case"] == f"{cases}:1"
    assert side["answers"][0]["name"] == "fix-login-button"
    assert "why is search slow?" not in json.dumps(side)


def test_cases_can_come_by_standard_input_and_be_picked_by_tag() -> None:
    command, environment = command_line("eval", "-", "--tag", "b", "--format", "json")
    data = "".join(json.dumps(case) + "\n" for case in CASES).encode()
    done = subprocess.run(
        command, env=environment, input=data, capture_output=True, timeout=60, check=True
    )
    assert json.loads(done.stdout)["sides"][0]["overall"]["cases"] == 3
    assert done.stderr == b""


def test_a_terminal_gets_a_progress_bar(cases: Path) -> None:
    command, environment = command_line("eval", str(cases), "--format", "json")
    master, slave = pty.openpty()
    os.set_blocking(master, False)
    termios.tcsetwinsize(slave, (24, 80))
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=slave, timeout=60, check=True
    )
    drawn = os.read(master, 65_536).decode()
    os.close(slave)
    os.close(master)
    assert "0/4" in drawn
    json.loads(done.stdout)


# With Claude


@pytest.mark.usefixtures("key")
def test_with_a_key_claude_is_judged_with_tokens_and_cost(claude: FakeClaude, cases: Path) -> None:
    claude.behave = answers(GOOD)
    ran = evaluate(cases, "--format", "json")
    (side,) = ran.json["sides"]
    assert ran.status == 0
    assert side["sources"] == {"claude": 3, "random": 1}
    assert side["reasons"] == {"not_asked": 1}
    assert side["tokens"] == {"in": 1500, "out": 60}
    assert side["cost_usd"] == pytest.approx((1500 * 0.10 + 60 * 0.50) / 1e6)
    assert side["overall"]["measures"]["score"]["mean"] == 1.0
    assert len(claude.requests) == 3
    assert "3 cases at a time" not in ran.out
    shown = evaluate(cases).out
    assert "tokens: 1,500 in, 60 out, about $0.0002" in shown
    assert "the lowest scores" not in shown


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize("own", [[], ["--prompt", "naming.md"]])
def test_claude_hears_a_teams_wishes_as_from_the_service(
    claude: FakeClaude, cases: Path, monkeypatch: pytest.MonkeyPatch, own: list[str]
) -> None:
    monkeypatch.chdir(cases.parent)
    Path("naming.md").write_text("Name it.", "utf-8")
    monkeypatch.setenv("NAMING_GUIDE", "Say the service first.")
    evaluate(cases, *own)
    assert claude.requests
    assert all("Say the service first." in each.system_text for each in claude.requests)


@pytest.mark.usefixtures("key")
def test_no_more_cases_are_asked_at_a_time_than_wanted(claude: FakeClaude, tmp_path: Path) -> None:
    claude.behave = names(delay=0.05)
    cases = write(tmp_path, [{"prompt": f"fix the login button number {n}"} for n in range(12)])
    evaluate(cases, "--concurrency", "3")
    assert claude.most_busy == 3


@pytest.mark.usefixtures("key")
def test_an_unknown_price_is_said(claude: FakeClaude, cases: Path) -> None:
    claude.behave = answers(GOOD)
    ran = evaluate(cases, "--model", "some-model")
    assert "their price is not known here" in ran.out
    assert {request.body["model"] for request in claude.requests} == {"some-model"}


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (says("{}", stop_reason="refusal"), "refused"),
        (says("I cannot name this"), "unreadable"),
        (says('{"name": "x'), "unreadable"),
        (sends(http(200, b"<html>")), "unreadable"),
    ],
)
def test_what_claude_cannot_name_falls_back_and_is_counted(
    claude: FakeClaude, cases: Path, behaviour: Any, reason: str
) -> None:
    claude.behave = behaviour
    ran = evaluate(cases, "--format", "json")
    assert ran.status == 0
    assert ran.json["sides"][0]["reasons"] == {reason: 3, "not_asked": 1}


@pytest.mark.usefixtures("key")
def test_the_services_deadline_counts(
    claude: FakeClaude, cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claude.behave = hangs
    monkeypatch.setenv("NAMING_DEADLINE_MS", "80")
    ran = evaluate(cases, "--format", "json")
    assert ran.json["sides"][0]["reasons"] == {"deadline": 3, "not_asked": 1}
    monkeypatch.setenv("NAMING_DEADLINE_MS", "0")
    assert evaluate(cases, "--format", "json").json["sides"][0]["reasons"] == {"not_asked": 4}


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (fails(429, "rate_limit_error", "slow down", "retry-after: 3"), "rate_limited"),
        (fails(529, "overloaded_error"), "overloaded"),
        (resets, "unreachable"),
    ],
)
def test_limits_are_waited_out_and_never_judged_as_names(
    claude: FakeClaude, tmp_path: Path, at_once: list[float], behaviour: Any, reason: str
) -> None:
    claude.behave = behaviour
    cases = write(tmp_path, CASES[:1])
    ran = evaluate(cases, "--format", "json")
    assert ran.status == 1
    assert (
        ran.err == f"naming: Claude gave no answer, however often it was asked, for 1: {cases}:1\n"
    )
    assert ran.json["sides"][0]["reasons"] == {reason: 1}
    assert len(claude.requests) == 5
    assert at_once == ([3.0, 3.0, 4.0, 8.0] if reason == "rate_limited" else [1.0, 2.0, 4.0, 8.0])


@pytest.mark.usefixtures("key")
def test_an_outage_that_ends_leaves_no_trace_but_its_end(
    claude: FakeClaude, tmp_path: Path, at_once: list[float]
) -> None:
    first = fails(529, "overloaded_error")

    async def soon(request: Any, writer: Any) -> None:
        await (first if len(claude.requests) < 3 else answers(GOOD))(request, writer)

    claude.behave = soon
    ran = evaluate(write(tmp_path, CASES[:1]), "--format", "json")
    assert (ran.status, ran.json["sides"][0]["sources"]) == (0, {"claude": 1})
    assert at_once == [1.0, 2.0]


@pytest.mark.usefixtures("key")
def test_pauses_before_another_try_are_no_latency(
    claude: FakeClaude, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0.0]

    async def sleep(seconds: float) -> None:
        clock[0] += seconds

    monkeypatch.setattr(running, "PAUSE", sleep)
    monkeypatch.setattr(running, "time", SimpleNamespace(perf_counter=lambda: clock[0]))
    claude.behave = fails(529, "overloaded_error")
    (side,) = evaluate(write(tmp_path, CASES[:1]), "--format", "json").json["sides"]
    assert clock == [15.0]
    assert side["latency_ms"] == {"p50": 0.0, "p95": 0.0, "max": 0.0}


@pytest.mark.usefixtures("key", "at_once")
@pytest.mark.parametrize(
    ("behaviour", "said"),
    [
        (
            fails(401, "authentication_error"),
            (
                "naming: Claude refuses the key (authentication); check ANTHROPIC_API_KEY,"
                " and that its organization is not on hold\n"
            ),
        ),
        (
            fails(404, "not_found_error"),
            (
                "naming: there is no such model (model_not_found); check ANTHROPIC_MODEL,"
                " and ANTHROPIC_BASE_URL, or give --model\n"
            ),
        ),
        (
            fails(402, "billing_error"),
            "naming: Claude's spend limit is reached (spend_limit); raise it or wait for its next period\n",
        ),
    ],
)
def test_what_only_a_person_mends_stops_with_one_line(
    claude: FakeClaude, cases: Path, behaviour: Any, said: str
) -> None:
    claude.behave = behaviour
    ran = evaluate(cases)
    assert (ran.status, ran.out, ran.err) == (1, "", said)


# Two sides


def prompt_file(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


def by_system(mapping: dict[str, Any]) -> Any:
    """Behave by a word of the system text."""

    async def behave(request: Any, writer: Any) -> None:
        word = next(word for word in mapping if word in request.system_text)
        await mapping[word](request, writer)

    return behave


MANY = [dict(CASES[n % 3], prompt=f"{CASES[n % 3]['prompt']} {'really ' * n}") for n in range(9)]


@pytest.mark.usefixtures("key")
def test_of_two_prompt_files_the_better_one_wins_by_more_than_noise(
    claude: FakeClaude, tmp_path: Path
) -> None:
    one, other = (
        prompt_file(tmp_path / "one.md", "Be poor."),
        prompt_file(tmp_path / "other.md", "Be good."),
    )
    claude.behave = by_system({"Be poor.": answers(POOR), "Be good.": answers(GOOD)})
    cases = write(tmp_path, MANY)
    found = evaluate(cases, "--prompt", one, "--prompt", other, "--format", "json").json
    assert [side["label"] for side in found["sides"]] == [str(one), str(other)]
    assert found["comparison"]["winner"] == "B"
    means = [side["overall"]["measures"]["score"]["mean"] for side in found["sides"]]
    apart = found["comparison"]["differences"]["score"]
    assert apart["mean"] == pytest.approx(means[1] - means[0])
    assert 0 < apart["low"] <= apart["mean"] <= apart["high"]
    assert found["sides"][0]["instructions"] != found["sides"][1]["instructions"]
    shown = evaluate(cases, "--prompt", other, "--prompt", one).out
    assert f"\nA ({other}) wins by " in shown
    assert shown.endswith("9 cases): more than noise.\n")


@pytest.mark.usefixtures("key")
def test_of_two_equal_models_none_wins(claude: FakeClaude, cases: Path) -> None:
    claude.behave = answers(POOR)
    ran = evaluate(cases, "--model", "one", "--model", "two")
    assert "No winner: both sides score the same" in ran.out
    assert {request.body["model"] for request in claude.requests} == {"one", "two"}


@pytest.mark.usefixtures("key")
def test_a_small_difference_is_called_noise(claude: FakeClaude, tmp_path: Path) -> None:
    one, other = (
        prompt_file(tmp_path / "one.md", "Be poor."),
        prompt_file(tmp_path / "other.md", "Be good."),
    )
    worse, as_bad = (
        {**GOOD, "dark": POOR["dark"]},
        {**GOOD, "login": ("fix-login", "Fix the login")},
    )
    claude.behave = by_system({"Be poor.": answers(worse), "Be good.": answers(as_bad)})
    ran = evaluate(write(tmp_path, MANY), "--prompt", one, "--prompt", other)
    assert re.search(
        r"^No winner: [AB] \(.*\) is ahead by 0\.\d{3} .*, which is within noise\.$",
        ran.out,
        re.MULTILINE,
    )
    assert "  noise" in ran.out


@pytest.mark.usefixtures("key")
def test_without_a_score_there_is_no_winner(claude: FakeClaude, tmp_path: Path) -> None:
    claude.behave = answers(GOOD)
    ran = evaluate(
        write(tmp_path, [{"prompt": "fix the login"}]), "--model", "one", "--model", "two"
    )
    assert "No winner: there is no case" in ran.out


@pytest.mark.usefixtures("key")
def test_examples_beside_a_prompt_file_belong_to_it_and_else_ours_do(
    claude: FakeClaude, tmp_path: Path
) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir()
    prompt_file(folder / "naming.md", "Name it.")
    (folder / "examples.jsonl").write_text(
        '\n{"prompt": "p", "name": "my-own", "display_name": "My own"}\n'
    )
    alone = prompt_file(tmp_path / "alone.md", "Name it.")
    evaluate(write(tmp_path, CASES[:1]), "--prompt", folder, "--prompt", alone)
    systems = sorted((request.system_text for request in claude.requests), key=len)
    assert systems[0].startswith("Name it.")
    assert "my-own" in systems[0]
    assert "fix-snowflake-import-rows" in systems[1]


@pytest.mark.usefixtures("key")
def test_two_sides_are_compared_on_the_cases_that_both_have_named(
    claude: FakeClaude, tmp_path: Path
) -> None:
    tape = tmp_path / "tape.jsonl"
    claude.behave = answers(GOOD)
    evaluate(write(tmp_path, CASES[:2]), "--model", "one", "--record", tape)
    claude.behave = answers(POOR)
    evaluate(write(tmp_path, CASES[1:3]), "--model", "two", "--record", tape)
    out = evaluate(
        write(tmp_path, CASES[:3]), "--model", "one", "--model", "two", "--replay", tape
    ).out
    shared = re.search(r"^  name_f1 +1\.000 +0\.800 +-0\.200 ", out, re.MULTILINE)
    assert shared is not None
    assert ", 1 cases): more than noise." in out


# Keeping replies


@pytest.mark.usefixtures("key")
def test_recorded_replies_are_judged_again_without_asking(
    claude: FakeClaude, cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claude.behave = answers(GOOD)
    tape = tmp_path / "tape.jsonl"
    first = evaluate(cases, "--record", tape, "--format", "json").json
    asked = len(claude.requests)
    assert "login button" not in tape.read_text().replace("Fix login button", "")
    monkeypatch.delenv("ANTHROPIC_API_KEY")
    again = evaluate(cases, "--replay", tape, "--format", "json")
    assert (again.status, len(claude.requests)) == (0, asked)
    assert again.json["sides"][0]["latency_ms"] is None
    assert {**again.json["sides"][0], "latency_ms": 0, "answers": 0} == {
        **first["sides"][0],
        "latency_ms": 0,
        "answers": 0,
    }
    assert [each["name"] for each in again.json["sides"][0]["answers"][:3]] == [
        name for name, _ in GOOD.values()
    ]
    assert "latency: not measured" in evaluate(cases, "--replay", tape).out


@pytest.mark.usefixtures("key")
def test_a_replay_asks_nothing_even_with_a_key_and_says_what_it_misses(
    claude: FakeClaude, cases: Path, tmp_path: Path
) -> None:
    claude.behave = answers(GOOD)
    tape = tmp_path / "tape.jsonl"
    evaluate(write(tmp_path, CASES[:1]), "--record", tape)
    asked = len(claude.requests)
    ran = evaluate(write(tmp_path), "--replay", tape, "--format", "json")
    assert (ran.status, len(claude.requests)) == (1, asked)
    assert ran.err == f"naming: the replay holds no reply for 2: {cases}:2, {cases}:3\n"
    assert ran.json["sides"][0]["missing"] == [f"{cases}:2", f"{cases}:3"]
    assert ran.json["sides"][0]["overall"]["cases"] == 2
    other = evaluate(cases, "--replay", tape, "--model", "another", "--format", "html")
    both = evaluate(
        cases, "--replay", tape, "--model", "claude-haiku-5-5", "--model", "another"
    ).out
    assert "No winner: there is no case" in both
    assert other.err.startswith("naming: the replay holds no reply for 3")
    assert "not in the replay: " in other.out


@pytest.mark.usefixtures("key")
def test_with_both_only_what_is_missing_is_asked_and_added(
    claude: FakeClaude, tmp_path: Path
) -> None:
    claude.behave = answers(GOOD)
    tape = tmp_path / "tape.jsonl"
    evaluate(write(tmp_path, CASES[:1]), "--record", tape)
    ran = evaluate(write(tmp_path), "--replay", tape, "--record", tape)
    assert (ran.status, len(claude.requests)) == (0, 3)
    assert len(tape.read_text().splitlines()) == 3


@pytest.mark.usefixtures("key")
def test_recorded_replies_meet_todays_reading_and_guard(
    claude: FakeClaude, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases, tape = write(tmp_path, CASES[:1]), tmp_path / "tape.jsonl"
    claude.behave = answers(GOOD)
    evaluate(cases, "--record", tape)
    monkeypatch.setattr(instructions, "believe", lambda text, *_: pytest.fail(text))
    with pytest.raises(pytest.fail.Exception, match="fix-login-button"):
        evaluate(cases, "--replay", tape)


@pytest.mark.usefixtures("key")
def test_a_reply_that_is_no_text_is_kept_byte_by_byte(claude: FakeClaude, tmp_path: Path) -> None:
    cases, tape = write(tmp_path, CASES[:1]), tmp_path / "tape.jsonl"
    claude.behave = sends(http(200, b"\xff\xfe{}"))
    evaluate(cases, "--record", tape)
    assert json.loads(tape.read_text())["reply"].encode("utf-8", "surrogateescape") == b"\xff\xfe{}"
    assert evaluate(cases, "--replay", tape, "--format", "json").json["sides"][0]["reasons"] == {
        "unreadable": 1
    }


@pytest.mark.usefixtures("key")
def test_a_torn_last_line_costs_only_itself(
    claude: FakeClaude, cases: Path, tmp_path: Path
) -> None:
    claude.behave = answers(GOOD)
    tape = tmp_path / "tape.jsonl"
    evaluate(cases, "--record", tape)
    tape.write_bytes(tape.read_bytes()[:-30])
    assert "holds no reply for 1:" in evaluate(cases, "--replay", tape).err
    evaluate(cases, "--record", tape)
    assert tape.read_bytes().count(b"\n") == 6
    assert evaluate(cases, "--replay", tape).complaint == f"{tape}:3: is not JSON"


@pytest.mark.usefixtures("key")
def test_failures_are_not_recorded(
    claude: FakeClaude, cases: Path, tmp_path: Path, at_once: list[float]
) -> None:
    claude.behave = fails(529, "overloaded_error")
    evaluate(cases, "--record", tmp_path / "tape.jsonl")
    assert at_once
    assert (tmp_path / "tape.jsonl").read_bytes() == b""


# Wrong usage


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--prompt", "a.md"], "--prompt: needs ANTHROPIC_API_KEY, or --replay"),
        (["--model", "m"], "--model: needs ANTHROPIC_API_KEY, or --replay"),
        (["--record", "tape"], "--record: needs ANTHROPIC_API_KEY"),
        (["--replay", "{tmp}/absent"], "{tmp}/absent: cannot be read: No such file or directory"),
        (["--replay", "{tmp}"], "{tmp}: cannot be read: Is a directory"),
        (["--tag", "zebra"], "--tag: no case carries it"),
    ],
)
def test_wrong_usage_is_one_line(
    cases: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    given = [each.replace("{tmp}", str(tmp_path)) for each in arguments]
    assert evaluate(cases, *given).complaint == said.replace("{tmp}", str(tmp_path))


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--model", "a", "--model", "b", "--model", "c"], "--model: can be given twice at most"),
        (
            ["--model", "a", "--model", "b", "--prompt", "{tmp}/p", "--prompt", "{tmp}/p"],
            "--model: give two models or two prompts, not both; else nobody knows which of them won",
        ),
        (["--record", "{tmp}"], "{tmp}: cannot be written: Is a directory"),
        (
            ["--record", "{tmp}/no/tape"],
            "{tmp}/no/tape: cannot be written: No such file or directory",
        ),
        (
            ["--prompt", "{tmp}/absent"],
            "--prompt: {tmp}/absent: cannot be read: No such file or directory",
        ),
        (["--prompt", "a\x00b"], "--prompt: a?b: cannot be read: it is no file"),
        (["--prompt", "{tmp}/empty"], "--prompt: {tmp}/empty: is empty"),
        (["--prompt", "{tmp}/latin"], "--prompt: {tmp}/latin: is not text in UTF-8"),
    ],
)
def test_wrong_usage_with_a_key_is_one_line(
    cases: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    (tmp_path / "p").write_text("Name it.")
    (tmp_path / "empty").write_text(" \n")
    (tmp_path / "latin").write_bytes(b"\xe4")
    given = [each.replace("{tmp}", str(tmp_path)) for each in arguments]
    assert evaluate(cases, *given).complaint == said.replace("{tmp}", str(tmp_path))


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize(
    ("example", "said"),
    [
        ("{", "is not JSON"),
        ("[]", "must be a JSON object"),
        ('{"prompt": "p", "name": 1}', "name must be a string"),
        ('{"prompt": "p", "name": "a-b"}', "display_name must be a string"),
        (
            '{"prompt": "p", "name": "A B", "display_name": "A b"}',
            "name must be lower-case ASCII words of letters and digits, joined by single hyphens",
        ),
    ],
)
def test_a_wrong_example_is_said_with_its_line(
    cases: Path, tmp_path: Path, example: str, said: str
) -> None:
    (tmp_path / "naming.md").write_text("Name it.")
    (tmp_path / "examples.jsonl").write_text(f"\n{example}\n")
    assert (
        evaluate(cases, "--prompt", tmp_path).complaint
        == f"--prompt: {tmp_path}/examples.jsonl:2: {said}"
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"question": 1, "reply": ""}', "question must be a string"),
        ('{"question": "q"}', "reply must be a string"),
        ("[]", "must be a JSON object"),
    ],
)
def test_a_tape_that_is_none_is_said_with_its_line(
    cases: Path, tmp_path: Path, line: str, said: str
) -> None:
    tape = tmp_path / "tape"
    tape.write_text(f"\n{line}\n")
    assert evaluate(cases, "--replay", tape).complaint == f"{tape}:2: {said}"


@pytest.mark.parametrize("calls", ["0", "257", "-1", "x", "1.5"])
def test_cases_at_a_time_are_a_whole_number(cases: Path, calls: str) -> None:
    with pytest.raises(SystemExit) as left:
        evaluate(cases, "--concurrency", calls)
    assert left.value.code == 2


# The page


HOSTILE = (
    "</style><script>document.title='pwned'</script><img src=x onerror=\"document.title='pwned'\">"
)


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    case = {
        "prompt": f"fix the login {HOSTILE}\x1b[31m",
        "name": HOSTILE,
        "display_name": HOSTILE,
        "tags": [HOSTILE],
    }
    return write(tmp_path, [case, dict(CASES[1], prompt="add a dark theme " + "x" * 2000)])


@pytest.mark.usefixtures("key")
def test_the_page_escapes_everything_and_loads_nothing(claude: FakeClaude, hostile: Path) -> None:
    claude.behave = says(
        json.dumps({"name": "login-page", "display_name": f"Login page {HOSTILE[:20]}"})
    )
    out = evaluate(hostile, "--model", "<b>one", "--model", "two", "--format", "html").out
    assert "<script" not in out
    assert "<img" not in out
    assert "<b>" not in out
    assert "\x1b" not in out
    assert f'content="{content_policy(out)}"' in out
    assert "x" * 1000 not in out
    assert not re.findall(r"(?:https?:)?//[a-z]", out)


def test_a_terminal_is_not_commanded(hostile: Path) -> None:
    out = evaluate(hostile).out
    assert "\x1b" not in out
    assert printable("a\x1b[31m\u202eb登") == "a?[31m?b登"


@pytest.fixture
def browser_page(chromium: Browser) -> Page:
    return chromium.new_page(viewport={"width": 1100, "height": 800})


def test_the_page_is_drawn_in_a_browser_with_its_style_and_nothing_else(
    browser_page: Page, hostile: Path
) -> None:
    path, seen = hostile.with_suffix(".html"), list[str]()
    command, environment = command_line(
        "eval", str(hostile), "--format", "html"
    )  # the browser has this thread's loop
    path.write_bytes(
        subprocess.run(command, env=environment, capture_output=True, timeout=60, check=True).stdout
    )
    browser_page.on("request", lambda request: seen.append(request.url))
    browser_page.on("console", lambda message: seen.append(message.text))
    browser_page.goto(path.as_uri())
    assert seen == [path.as_uri()]
    assert browser_page.title() == "How good the names are"
    worst = browser_page.locator("table").last
    assert worst.locator("tbody tr").count() == 2
    assert HOSTILE in worst.inner_text()
    row = worst.locator("tbody tr").first.bounding_box()
    assert row is not None
    assert row["width"] == 1060  # by the style
    browser_page.set_viewport_size({"width": 360, "height": 700})
    assert browser_page.evaluate("document.documentElement.scrollWidth") == 360


CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)


def section(out: str, heading: str) -> list[list[str]]:
    """Give the cells of the first table under a heading of the page."""
    table = out.partition(f"<h2>{heading}</h2>")[2].partition("</table>")[0]
    return [CELL.findall(row) for row in table.split("<tr>")[1:]]


@pytest.mark.usefixtures("key")
def test_the_page_tells_measures_tags_and_differences(claude: FakeClaude, tmp_path: Path) -> None:
    claude.behave = answers(POOR)
    cases: list[dict[str, Any]] = [*CASES, {"prompt": "", "tags": ["no label"]}]
    arguments = (write(tmp_path, cases), "--model", "one", "--model", "two")
    out = evaluate(*arguments, "--format", "html").out
    told = evaluate(*arguments, "--format", "json").json
    score = told["sides"][0]["overall"]["measures"]["score"]
    heads, first, *_ = section(out, "measures")
    interval, mean = f"{score['low']:.3f} to {score['high']:.3f}", f"{score['mean']:.3f}"
    assert heads[:4] == ["measure", "mean", "95 % interval", "cases"]
    assert heads[4:] == ["mean from 0 to 1", "meaning"]
    assert first[4] == "█" * round(20 * score["mean"])
    assert first[:4] == ["score", mean, interval, "3"]
    assert [row[:2] for row in section(out, "by tag")[2:]] == [
        ["a", "2"],
        ["b", "3"],
        ["no label", "1"],
    ]
    assert score["count"] == 3
    apart = section(out, "B - A")
    assert apart[1] == ["score", mean, mean, "+0.000", "+0.000 to +0.000", "noise"]
    worst = section(out, "the lowest scores")
    assert worst[0] == ["score", "case", "given", "wanted", "missed", "prompt"]
    assert worst[1][2].splitlines() == list(POOR["search"])
    assert "name_f1" in worst[1][4]


def test_the_page_tells_when_and_by_which_version_it_was_made(tmp_path: Path) -> None:
    out = evaluate(write(tmp_path, CASES[:3]), "--format", "html").out
    assert re.search(rf"{datetime.now(UTC):%Y-%m}-\d\d \d\d:\d\d UTC, task-naming \d+\.\d", out)
