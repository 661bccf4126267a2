"""`naming name`: of one prompt, of each line, by a service, and by its own words where that is away."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import islice
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naming.name_command.by_service import (
    _PLAIN,
    QUESTIONS,
    PendingAnswer,
    _read,
    name_by_service,
)
from naming.names import display_fault, name_fault
from naming.outcome import Reason
from naming.settings import Settings, read_settings
from naming.template import MOST_LENGTH
from tests.fake_claude import FakeClaude, names
from tests.running_service import KEY, Service
from tests.test_cli import Typed, naming, typed

__all__ = ["typed"]

pytestmark = pytest.mark.system

GOOD = {"name": "fix-it", "display_name": "Fix it", "source": "claude", "reason": None}
OWN = {"name": "fix-login", "display_name": "Fix the login", "source": "prompt", "reason": None}

ASKED: list[Any] = []
"""Path, headers and body of what the servers of these tests were asked."""


@contextmanager
def answering(status: int = 200, body: bytes | object = b"", seconds: float = 0) -> Iterator[str]:
    """Give the address of a server that answers everything alike, after a while."""
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    waited = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            ASKED.append(
                (
                    self.path,
                    dict(self.headers),
                    self.rfile.read(int(self.headers["content-length"])),
                )
            )
            waited.wait(seconds)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Recording(HTTPServer):
        request_queue_size = 64

        def handle_error(self, *_: object) -> None:
            """Say nothing of a caller who has left."""

    server = Recording(("127.0.0.1", 0), Handler)
    serving = threading.Thread(target=server.serve_forever, args=(0.01,))
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        waited.set()
        server.shutdown()
        serving.join()
        server.server_close()


def url_of(service: Service) -> str:
    return f"http://127.0.0.1:{service.port}"


def patient(seconds: float) -> Settings:
    return Settings(deadline_ms=int(seconds * 1000))


def nowhere() -> str:
    """Give an address of this machine on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_a_running_service_is_asked(service: Service) -> None:
    done = naming(
        "name", "--json", "--url", url_of(service), "--taken", "FIX-login", "fix the login"
    )
    answer = json.loads(done.stdout)
    assert (answer["name"], answer["source"]) == ("fix-login-2", "prompt")
    assert (done.returncode, done.stderr) == (0, "")


def test_claudes_answer_comes_through(
    service_with_claude: Service, upstream: FakeClaude, typed: Typed
) -> None:
    upstream.behave = names("mend-the-door", "Mend the door")
    said = typed(
        "name", "--json", "--taken", "", "mend the door", NAMING_URL=url_of(service_with_claude)
    )
    assert json.loads(said[1])["source"] == "claude"


def test_the_first_callers_key_is_shown(locked: Service, typed: Typed) -> None:
    url = url_of(locked)
    with_key = typed("name", "--json", "--url", url, "fix it", NAMING_API_KEYS=f"{KEY},other")
    assert json.loads(with_key[1])["reason"] != "authentication"
    assert with_key[2] == ""
    without = typed("name", "--json", "--url", url, "fix it")
    assert json.loads(without[1])["reason"] == "authentication"
    assert (
        without[2]
        == f"naming: {url} gives no name (authentication); the prompt's own words serve\n"
    )


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (200, GOOD, None),
        (200, b"<html>", "unreadable"),
        (200, [GOOD], "unreadable"),
        (200, b"[" * 60_000, "unreadable"),
        (200, GOOD | {"name": "x; rm -rf /"}, "unreadable"),
        (200, GOOD | {"name": "fix-it\n"}, "unreadable"),
        (200, GOOD | {"display_name": "Fix\x1b[31m it"}, "unreadable"),
        (200, GOOD | {"reason": 5}, "unreadable"),
        (200, GOOD | {"source": None}, "unreadable"),
        (302, b"", "bad_request"),
        (400, b"", "bad_request"),
        (403, b"", "authentication"),
        (429, b"", "rate_limited"),
        (500, b"", "overloaded"),
        (503, b"", "busy"),
    ],
)
def test_whatever_answers_there_is_a_name(
    status: int, body: object, reason: str | None, typed: Typed
) -> None:
    with answering(status, body) as url:
        code, out, _ = typed("name", "--json", "--taken", "", "--url", url, "fix the login")
    assert code == 0
    assert json.loads(out) == (GOOD if reason is None else OWN | {"reason": reason})


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"name": "task-python-a1b2"}, "name must not be 'task' nor start with 'task-'"),
        ({"name": "null"}, "name must not be a reserved word"),
        ({"name": "12-34"}, "name must have a letter"),
        ({"name": "fix-" * 15 + "fix-1"}, "name must have at most 63 parts and 63 characters"),
        ({"display_name": "Fix \u202eti"}, "display_name has an invisible or control character"),
        ({"display_name": "Fix \ud800"}, "display_name has an invisible or control character"),
        ({"display_name": "=cmd|'x'!A1"}, "display_name starts with one of =+-@"),
        ({"display_name": "Fix it " * 10 + "."}, "display_name must have at most 64 characters"),
        ({"name": None}, "no name"),
        ({"source": "\x1b"}, "no source"),
    ],
)
def test_an_unlawful_answer_reaches_nobody_and_is_told(
    change: dict[str, Any], why: str, typed: Typed
) -> None:
    with answering(200, GOOD | change) as url:
        _, out, err = typed("name", "--json", "--taken", "", "--url", url, "fix the login")
    assert json.loads(out) == OWN | {"reason": "unreadable"}
    told = f"naming: {url} gives no name (unreadable: {why}); the prompt's own words serve\n"
    assert err == told


@pytest.mark.parametrize(
    "change",
    [
        {"name": "fix"},
        {"name": "feat/abc-123-" + "x" * 50},
        {"name": "2fa", "display_name": "„2FA“ für alle 👩‍💻"},
        {"reason": "not_asked", "source": "prompt"},
    ],
)
def test_a_lawful_answer_is_taken_whatever_its_convention(change: dict[str, Any]) -> None:
    answer = GOOD | change
    assert _read(json.dumps(answer).encode()) == answer


@given(st.lists(st.sampled_from("task com1 null a 1 0x1f 1e5 fix".split()), min_size=1, max_size=9))
def test_a_plain_name_breaks_no_law(words: list[str]) -> None:
    name = "-".join(words)
    assert not _PLAIN["name"].fullmatch(name) or name_fault(name, MOST_LENGTH) is None


@given(st.from_regex(_PLAIN["display_name"], fullmatch=True))
def test_a_plain_title_breaks_no_law(title: str) -> None:
    assert display_fault(title) in {None, "holds a secret"}


def test_a_service_that_is_away_costs_no_name(typed: Typed) -> None:
    url = nowhere()
    status, out, err = typed("name", "--taken", "", "--url", url, "please fix the login button")
    assert (status, out) == (0, "fix-login-button\n")
    assert err == f"naming: {url} gives no name (unreachable); the prompt's own words serve\n"


def test_a_service_that_hangs_is_given_up_at_the_deadline(typed: Typed) -> None:
    with answering(200, GOOD, seconds=30) as url:
        begun = time.monotonic()
        _, out, _ = typed("name", "--json", "--deadline-ms", "300", "--url", url, "fix it")
        assert time.monotonic() - begun < 10
    assert json.loads(out)["reason"] == "deadline"


def test_an_answer_that_comes_while_the_own_words_are_made_is_taken(
    monkeypatch: pytest.MonkeyPatch, typed: Typed
) -> None:
    waits: list[float] = []
    whole = PendingAnswer.wait

    def wait(self: PendingAnswer, spare_seconds: float = 0.0) -> Any:
        waits.append(spare_seconds)
        return None if spare_seconds else whole(self)

    monkeypatch.setattr(PendingAnswer, "wait", wait)
    with answering(200, GOOD) as url:
        assert typed("name", "--url", url, "mend the door")[1] == "fix-it\n"
    assert waits == [0.5, 0.0]


def test_the_service_hears_of_a_deadline_a_little_before_ours() -> None:
    for seconds, told in ((0.05, 0), (0.5, 400), (3.0, 2700)):
        with answering(200, GOOD) as url:
            question = PendingAnswer(patient(seconds), f"{url}/gate/v1/names/", "x", None)
            assert question.wait() == GOOD
        path, _, body = ASKED.pop()
        assert path == "/gate/v1/names"
        said = {word: value for word, value in json.loads(body).items() if value is not None}
        assert said == {"prompt": "x", "deadline_ms": told}


def test_a_deadline_of_0_asks_nobody(typed: Typed) -> None:
    said = typed("name", "--deadline-ms", "0", "--taken", "", "--url", nowhere(), "fix the login")
    assert said == (0, "fix-login\n", "")


def test_asking_a_service_imports_no_more_than_it_needs(service: Service) -> None:
    heavy = ("asyncio", "msgspec", "regex", "httptools", "naming.chain", "naming.text", "coolname")
    code = (
        "import sys; from naming.cli import main;"
        f"main(['name', '--url', '{url_of(service)}', 'fix it']);"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[1] == "[]"


def test_standard_input_is_read_where_it_is_no_terminal() -> None:
    done = naming("name", "--taken", "", stdin=b"fix the login button\n")
    assert (done.returncode, done.stdout) == (0, "fix-login-button\n")


def test_on_a_terminal_a_prompt_is_asked_for(monkeypatch: pytest.MonkeyPatch, typed: Typed) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    status, out, err = typed("name")
    assert (status, out) == (2, "")
    assert "PROMPT is required" in err


LINES = b"fix the login button\r\n\nfix the login button\nupgrade python \xff 3"


def test_each_line_gets_a_name_and_names_already_given_are_not_given_again() -> None:
    done = naming("name", "--lines", "--taken", "fix-login-button", stdin=LINES)
    first, second, third, fourth = done.stdout.splitlines()
    assert (first, third) == ("fix-login-button-2", "fix-login-button-3")
    assert second
    assert fourth.startswith("upgrade-python")


def test_each_line_is_asked_of_a_service(service: Service) -> None:
    url = url_of(service)
    done = naming("name", "--lines", "--taken", "fix-login-button", "--url", url, stdin=LINES)
    assert done.stdout.splitlines()[::2] == ["fix-login-button-2", "fix-login-button-3"]
    suffixed = naming("name", "--lines", "--json", "--url", url, stdin=b"fix it\n" * 40)
    answers = [json.loads(line) for line in suffixed.stdout.splitlines()]
    assert len({answer["name"] for answer in answers}) > 30
    assert {answer["reason"] for answer in answers} == {"no_api_key"}


def test_a_service_that_is_away_is_not_asked_for_every_line() -> None:
    url = nowhere()
    done = naming("name", "--lines", "--json", "--url", url, stdin=b"fix it\n" * 40)
    assert [json.loads(line)["reason"] for line in done.stdout.splitlines()] == ["unreachable"] * 40
    assert done.stderr.count("\n") == 1


def test_lines_are_asked_of_claude_side_by_side(claude: FakeClaude) -> None:
    settings = {"ANTHROPIC_API_KEY": "sk-test", "ANTHROPIC_BASE_URL": claude.url}
    claude.behave = names("mend-the-door", "Mend the door")
    lines = b"".join(b"mend the door %d\n" % number for number in range(5))
    done = naming("name", "--lines", "--json", stdin=lines, settings=settings)
    assert [json.loads(line)["source"] for line in done.stdout.splitlines()] == ["claude"] * 5


@given(
    st.binary(max_size=200) | st.builds(json.dumps, st.builds(dict, name=st.text())).map(str.encode)
)
def test_what_is_no_answer_is_refused(body: bytes) -> None:
    with pytest.raises((ValueError, RecursionError)):
        _read(body)


def test_a_thread_that_has_not_ended_is_out_of_time() -> None:
    with answering(200, GOOD, seconds=30) as url:
        question = PendingAnswer(patient(0.2), url, "x", None)
        assert question.wait(0.2) is None
        assert question.reason is Reason.DEADLINE


def test_a_socket_that_is_out_of_time_is_no_service_that_is_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def late(*_: object) -> bytes:
        raise TimeoutError

    monkeypatch.setattr("naming.name_command.by_service._post", late)
    question = PendingAnswer(patient(5), "http://127.0.0.1:9", "x", None)
    assert question.wait() is None
    assert question.reason is Reason.DEADLINE


def test_where_nobody_answers_a_prompt_that_says_nothing_gets_a_random_name(typed: Typed) -> None:
    out = typed("name", "--json", "--url", nowhere(), "")[1]
    assert json.loads(out)["source"] == "random"


def test_once_a_service_is_away_it_is_asked_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    prompts = iter(["fix the login"] * (QUESTIONS + 1))
    answers = name_by_service(prompts, patient(1), nowhere(), None)
    assert len(list(islice(answers, QUESTIONS))) == QUESTIONS
    monkeypatch.delattr("naming.name_command.by_service.PendingAnswer")
    (answer,) = answers
    assert answer["reason"] == "unreachable"


def test_what_is_set_here_for_names_is_asked_of_the_service() -> None:
    settings = read_settings({"NAMING_TEMPLATE": "a-{slug}", "NAMING_LANGUAGE": "de"})
    with answering(200, GOOD) as url:
        assert PendingAnswer(settings, url, "x", {"b", "a"}).wait() == GOOD
    said = json.loads(ASKED.pop()[2])
    assert (said["template"], said["language"], said["taken"]) == ("a-{slug}", "de", ["a", "b"])
