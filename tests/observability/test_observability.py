"""The log: one JSON object a line in a pipe, readable lines on a terminal, and loud where a person must act."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naming.observability import CallWatch, Log, Metrics
from naming.outcome import Reason, Source


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def lines(stream: io.StringIO) -> list[str]:
    return stream.getvalue().splitlines()


def test_in_a_pipe_each_event_is_one_json_object_a_line() -> None:
    log = Log("info", stream := io.StringIO())
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


REQUEST: dict[str, Any] = {
    "path": "/v1/names",
    "status": 200,
    "seconds": 0.00091,
    "request_id": "4f1c" * 8,
}


def told(event: str, **facts: Any) -> str:
    Log("info", stream := Terminal()).info(event, **facts)
    (line,) = lines(stream)
    return re.sub(r"^\d\d:\d\d:\d\d ", "", line)


def test_on_a_terminal_a_request_is_a_line_of_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    named = {"name": "fix-login-x4kq", "source": Source.PROMPT, "reason": Reason.NO_API_KEY}
    assert told("request", **REQUEST, **named) == (
        "200 fix-login-x4kq                   prompt  no_api_key           0.9 ms 4f1c4f1c4f1c4f1c4…"
    )
    assert told("request", **REQUEST | {"status": 404, "path": "/x", "request_id": "mine"}) == (
        "404 /x" + " " * 60 + "0.9 ms mine"
    )


def test_on_a_terminal_other_events_tell_their_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert told("pause", reason=Reason.OVERLOADED, at=1) == "info pause at=1 reason=overloaded"
    assert told("two\nlines") == "info 'two\\nlines'"


@given(
    st.fixed_dictionaries(
        {
            "path": st.text(),
            "source": st.sampled_from(Source),
            "reason": st.none() | st.sampled_from(Reason),
            "status": st.integers(100, 599),
            "seconds": st.floats(0, 65),
            "request_id": st.from_regex(r"[A-Za-z0-9._-]{1,128}", fullmatch=True),
        }
    )
)
def test_a_request_fits_100_columns_whatever_it_was(facts: dict[str, Any]) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("NO_COLOR", "1")
        Log("info", stream := Terminal()).info("request", **facts)
    line, rest = stream.getvalue().split("\n")
    assert len(line) <= 100
    assert line.isprintable()
    assert not rest


@pytest.mark.parametrize(
    ("environ", "coloured"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "dumb"}, False),
        ({}, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
        ({"TERM": "xterm", "NO_COLOR": ""}, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    ],
)
def test_colours_are_only_where_they_are_wanted(
    environ: dict[str, str], coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TERM", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in told("request", **REQUEST)) is coloured
    Log("info", pipe := io.StringIO()).info("request", **REQUEST)
    assert "\x1b[" not in pipe.getvalue()


def test_a_name_is_shown_to_who_watches_and_never_kept() -> None:
    Log("info", pipe := io.StringIO()).info("request", name="fix-login", **REQUEST)
    assert "fix-login" not in pipe.getvalue()
    assert "fix-login" in told("request", name="fix-login", **REQUEST)


TAKEN = {"self", "event", "level", "timestamp", "name"}
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
        Log("info", stream).info(event, **facts)
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
    log = Log(level, stream := io.StringIO())
    for tell in (log.debug, log.info, log.warning, log.error):
        tell("event")
    assert len(lines(stream)) == count


def test_without_a_stream_it_writes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    Log("info").info("event")
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
    watch = CallWatch(Metrics(), Log("error", stream := io.StringIO()))
    watch.paused(reason, 300.0)
    (line,) = lines(stream)
    event = json.loads(line)
    assert (event["event"], event["level"], event["reason"]) == ("claude_unusable", "error", reason)
    assert remedy in event["remedy"]


def test_a_pause_that_ends_by_itself_is_a_warning() -> None:
    watch = CallWatch(Metrics(), Log("info", stream := io.StringIO()))
    watch.paused(Reason.OVERLOADED, 10.0)
    (line,) = lines(stream)
    event = json.loads(line)
    assert (event["event"], event["level"], event["pause_seconds"]) == (
        "claude_paused",
        "warning",
        10.0,
    )
