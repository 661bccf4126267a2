"""The log: one JSON object a line in a pipe, readable lines on a terminal, and loud where a person must act."""

from __future__ import annotations

import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naming.observability import CallWatch, Metrics, open_log
from naming.outcome import Reason, Source


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
    log.info("request", path="/v1/names", reason=None)
    log.error("two\nlines")
    stamp = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z"
    first, second = lines(stream)
    assert re.fullmatch(stamp + r" \[info     \] request {24}path=/v1/names reason=None", first)
    assert re.fullmatch(stamp + r" \[error    \] 'two\\nlines'", second)


TAKEN = {"self", "event", "level", "timestamp"}
FACTS = st.dictionaries(
    st.from_regex(r"[a-z_]{1,9}", fullmatch=True).filter(lambda word: word not in TAKEN),
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.sampled_from(Reason)
    | st.lists(st.text())
    | st.builds(ValueError, st.text()),
)


@given(st.text(), FACTS)
def test_any_event_is_one_line_in_a_pipe_and_on_a_terminal(
    event: str,
    facts: dict[str, object],
) -> None:
    for stream in (io.StringIO(), Terminal()):
        open_log("info", stream).info(event, **facts)
        line, rest = stream.getvalue().split("\n")
        assert not rest
        if not stream.isatty():
            told = json.loads(line)
            for word, fact in facts.items():
                assert told[word] == (str(fact) if isinstance(fact, ValueError) else fact)


@pytest.mark.parametrize(
    ("level", "count"),
    [("debug", 4), ("info", 3), ("warning", 2), ("error", 1), ("critical", 0)],
)
def test_only_events_of_the_level_and_above_are_written(level: str, count: int) -> None:
    log = open_log(level, stream := io.StringIO())
    for tell in (log.debug, log.info, log.warning, log.error):
        tell("event")
    assert len(lines(stream)) == count


def test_without_a_stream_it_writes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    open_log("info").info("event")
    written = capsys.readouterr()
    assert written.out == ""
    assert json.loads(written.err)["event"] == "event"


@pytest.mark.parametrize(
    ("reason", "remedy"),
    [
        (Reason.AUTHENTICATION, "ANTHROPIC_API_KEY"),
        (Reason.MODEL_NOT_FOUND, "ANTHROPIC_MODEL"),
        (Reason.SPEND_LIMIT, "spend limit"),
    ],
)
def test_what_only_a_person_can_mend_is_an_error_with_its_remedy(
    reason: Reason,
    remedy: str,
) -> None:
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
    assert (event["event"], event["level"], event["pause_seconds"]) == (
        "claude_paused",
        "warning",
        10.0,
    )
