"""What an operator sees: one JSON object a line, counters by source and reason, and never a secret."""

from __future__ import annotations

import io
import json

import pytest

from naming.claude.ask import Call
from naming.claude.circuit import State
from naming.names import TaskName
from naming.observability import CallWatch, Metrics, open_log
from naming.outcome import Outcome, Reason, Source

NAME = TaskName("fix-hunter-door", "Fix hunter door")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def lines(stream: io.StringIO) -> list[str]:
    return stream.getvalue().splitlines()


def test_in_a_pipe_each_event_is_one_json_object_a_line() -> None:
    log = open_log("info", stream := io.StringIO())
    log.info("request", path="/v1/names", seconds=0.5, source=Source.CLAUDE, reason=None)
    log.warning("odd", text="two\nlines \u2028 and \x1b[31m", thing=ValueError("x"))
    first, second = [json.loads(line) for line in stream.getvalue().split("\n") if line]
    assert first.pop("timestamp").endswith("Z")
    assert first == {
        "event": "request",
        "level": "info",
        "path": "/v1/names",
        "seconds": 0.5,
        "source": "claude",
        "reason": None,
    }
    assert second["text"] == "two\nlines \u2028 and \x1b[31m"
    assert second["thing"] == "x"


def test_on_a_terminal_events_are_lines_for_people() -> None:
    log = open_log("info", stream := Terminal())
    log.info("request", path="/v1/names")
    (line,) = lines(stream)
    assert "request" in line
    assert not line.startswith("{")


@pytest.mark.parametrize(("level", "count"), [("debug", 5), ("info", 4), ("warning", 3), ("error", 2), ("critical", 1)])
def test_only_events_of_the_level_and_above_are_written(level: str, count: int) -> None:
    log = open_log(level, stream := io.StringIO())
    for tell in (log.debug, log.info, log.warning, log.error, log.critical):
        tell("event")
    assert len(lines(stream)) == count


def test_without_a_stream_it_writes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    open_log("info").info("event")
    written = capsys.readouterr()
    assert written.out == ""
    assert json.loads(written.err)["event"] == "event"


def value(metrics: Metrics, line: str) -> float:
    """Read one series off the page as Prometheus does."""
    (found,) = [each for each in metrics.page().decode().splitlines() if each.startswith(f"{line} ")]
    return float(found.rpartition(" ")[2])


def answers(source: str, reason: str) -> str:
    return f'naming_answers_total{{reason="{reason}",source="{source}"}}'


def test_answers_are_counted_by_source_and_reason() -> None:
    metrics = Metrics()
    metrics.answered(Outcome(NAME, Source.CLAUDE), 0.3)
    metrics.answered(Outcome(NAME, Source.PROMPT, Reason.DEADLINE), 3.0)
    metrics.answered(Outcome(NAME, Source.PROMPT, Reason.DEADLINE), 3.0)
    assert value(metrics, answers("claude", "none")) == 1
    assert value(metrics, answers("prompt", "deadline")) == 2
    assert value(metrics, answers("random", "deadline")) == 0
    assert value(metrics, "naming_answer_seconds_count") == 3
    assert value(metrics, "naming_answer_seconds_sum") == pytest.approx(6.3)


def test_every_series_of_answers_is_there_from_the_start() -> None:
    metrics = Metrics()
    for reason in Reason:
        assert value(metrics, answers("prompt", reason)) == 0
        assert value(metrics, answers("random", reason)) == 0
    assert value(metrics, answers("claude", "none")) == 0


def test_two_services_in_one_process_count_apart() -> None:
    one, other = Metrics(), Metrics()
    one.answered(Outcome(NAME, Source.CLAUDE), 0.1)
    assert value(other, answers("claude", "none")) == 0


@pytest.mark.parametrize(("state", "height"), [(State.CLOSED, 0), (State.PROBING, 0.5), (State.OPEN, 1)])
def test_the_circuits_state_is_shown_as_it_is_when_looked_at(state: State, height: float) -> None:
    states = [State.CLOSED]
    metrics = Metrics()
    assert value(metrics, "naming_circuit_open") == 0
    metrics.watch_circuit(lambda: states[-1])
    states.append(state)
    assert value(metrics, "naming_circuit_open") == height


def test_calls_are_counted_by_what_they_came_to_with_time_and_tokens() -> None:
    metrics = Metrics()
    watch = CallWatch(metrics, open_log("info", stream := io.StringIO()))
    watch.called(Call(None, 0.4, 500, 20))
    watch.called(Call(Reason.NOT_A_NAME, 0.6, 300, 7))
    watch.called(Call(Reason.DEADLINE, 1.0))
    assert value(metrics, 'naming_claude_calls_total{result="named"}') == 1
    assert value(metrics, 'naming_claude_calls_total{result="not_a_name"}') == 1
    assert value(metrics, 'naming_claude_calls_total{result="deadline"}') == 1
    assert value(metrics, "naming_claude_call_seconds_count") == 3
    assert value(metrics, "naming_claude_call_seconds_sum") == pytest.approx(2.0)
    assert value(metrics, 'naming_claude_tokens_total{direction="input"}') == 800
    assert value(metrics, 'naming_claude_tokens_total{direction="output"}') == 27
    assert lines(stream) == []


def test_calls_that_were_not_needed_are_counted() -> None:
    metrics = Metrics()
    watch = CallWatch(metrics, open_log("info", io.StringIO()))
    for how in ("cache", "cache", "flight"):
        watch.reused(how)
    assert value(metrics, 'naming_reused_calls_total{how="cache"}') == 2
    assert value(metrics, 'naming_reused_calls_total{how="flight"}') == 1


@pytest.mark.parametrize(
    ("reason", "remedy"),
    [
        (Reason.AUTHENTICATION, "ANTHROPIC_API_KEY"),
        (Reason.MODEL_NOT_FOUND, "ANTHROPIC_MODEL"),
        (Reason.SPEND_LIMIT, "spend limit"),
    ],
)
def test_what_only_a_person_can_mend_is_an_error_with_its_remedy(reason: Reason, remedy: str) -> None:
    watch = CallWatch(Metrics(), open_log("error", stream := io.StringIO()))
    watch.paused(reason, 300.0)
    (line,) = lines(stream)
    event = json.loads(line)
    assert (event["event"], event["level"], event["reason"]) == ("claude_unusable", "error", reason)
    assert remedy in event["remedy"]


def test_a_pause_that_ends_by_itself_is_a_warning() -> None:
    watch = CallWatch(Metrics(), open_log("info", stream := io.StringIO()))
    watch.paused(Reason.OVERLOADED, 10.0)
    (line,) = lines(stream)
    event = json.loads(line)
    assert (event["event"], event["level"], event["pause_seconds"]) == ("claude_paused", "warning", 10.0)


def test_no_name_stands_in_what_is_counted() -> None:
    metrics = Metrics()
    metrics.answered(Outcome(NAME, Source.PROMPT, Reason.BUSY), 0.1)
    page = metrics.page().decode()
    assert "hunter" not in page
