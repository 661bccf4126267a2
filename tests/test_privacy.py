"""Canaries planted wherever a caller can put words, looked for in whatever the service writes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.fake_claude import FakeClaude, fails, says, sends
from tests.running_service import Service, running_service

pytestmark = pytest.mark.system

KEY, CLAUDE_KEY, WRONG_KEY = "callers-canary-key", "sk-ant-api03-canary", "wrong-canary-key"
PROMPT = "please fix the canaryprompt of canary@example.com with canarypassword=Canary99secret"
WORDS = ("canary", "Canary", "CANARY")
BODIES = [
    {"prompt": PROMPT},
    {"prompt": PROMPT, "taken": ["canary-taken"], "deadline_ms": 3000},
    {"prompt": PROMPT, "taken": "canary"},
    {"prompt": PROMPT, "deadline_ms": "canary"},
    {"prompt": PROMPT, "sk-canary-9-field": 1},
    {"prompt": PROMPT, "canary field\n": 1},
    {"prompt": ["canary"]},
]
RAW_BODIES = [
    b'{"prompt": "canary',
    b'{"prompt": "canary \xff"}',
    b"canary",
    b'{"prompt": "canary\\ud800"}',
    b"[" * 50_000 + b"canary",
]


def echoes(status: int) -> object:
    return fails(
        status, "canary_error", f"canary: {PROMPT}", "x-canary: canary", "request-id: canary"
    )


MOODS = [
    echoes(400),
    echoes(401),
    echoes(429),
    echoes(500),
    says(f'{{"name": "x", "display_name": "{PROMPT}"}}'),
    says(PROMPT),
    sends(b"HTTP/1.1 canary\r\n\r\n"),
    sends(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-encoding: canary\r\n\r\ncanar"),
]


def test_no_canary_is_in_a_log_a_metric_or_an_error(
    upstream: FakeClaude, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "PYTHONASYNCIODEBUG": "1",
        "PYTHONDEVMODE": "1",
        "ANTHROPIC_LOG": "debug",
    }.items():
        monkeypatch.setenv(name, value)
    settings = {
        "NAMING_API_KEYS": KEY,
        "ANTHROPIC_API_KEY": CLAUDE_KEY,
        "ANTHROPIC_BASE_URL": upstream.url,
    }
    with running_service(NAMING_LOG_LEVEL="debug", NAMING_CACHE_SECONDS="0", **settings) as service:
        said = b"".join(errors(service, upstream))
        said += service.send("GET", "/metrics", headers={"authorization": f"Bearer {KEY}"}).body
        said += service.raw(b"GET /canary HTTP/1.1\r\nx-canary: canary\r\ncanary\r\n\r\n")
        said += service.raw(b"POST /v1/names HTTP/1.1\r\nx-canary: " + b"canary" * 10_000)
    written = said.decode() + "".join(service.log)
    assert len(service.log) > len(BODIES)
    assert not [line for line in written.splitlines() if any(word in line for word in WORDS)]


def errors(service: Service, upstream: FakeClaude) -> Iterator[bytes]:
    """Send every canary there is, and give the bodies of the answers that are no names."""
    headers = {
        "authorization": f"Bearer {KEY}",
        "user-agent": "canary",
        "cookie": "canary=1",
        "x-canary": "canary",
        "x-request-id": "canary canary",
        "traceparent": "canary",
        "content-type": "application/json",
    }
    bodies = [json.dumps(body).encode() for body in BODIES] + RAW_BODIES
    for mood in MOODS:
        upstream.behave = mood  # type: ignore[assignment]
        service.send("POST", "/v1/names?prompt=canary", bodies[0], headers)
    for body in bodies:
        answer = service.send("POST", "/v1/names?prompt=canary", body, headers)
        yield answer.body if answer.status != 200 else b""
        yield service.send(
            "POST", "/v1/names", body, headers | {"authorization": f"Bearer {WRONG_KEY}"}
        ).body
        yield service.send(
            "POST", "/v1/names", body, headers | {"content-type": "canary/canary"}
        ).body
        yield service.send("POST", "/v1/names", body, headers | {"content-encoding": "canary"}).body
    for method, path in (
        ("GET", "/canary?canary"),
        ("CANARY", "/v1/names"),
        ("DELETE", "/v1/names?canary"),
    ):
        yield service.send(method, path, headers=headers).body


CRASHES = """
import asyncio, logging, os, signal, sys, threading, time, warnings
from naming import cli
from naming.web import endpoints

async def name_task(request, *_):
    prompt = request.prompts[0]
    class Trap:
        def __del__(self):
            raise RuntimeError(prompt)
    async def forgotten():
        raise RuntimeError(prompt)
    def crash():
        raise RuntimeError(prompt)
    Trap()
    asyncio.create_task(forgotten())
    asyncio.get_running_loop().call_soon(lambda text: 1 / 0, prompt)
    asyncio.get_running_loop().call_soon(lambda text: time.sleep(0.2), prompt)  # asyncio's debugger shows slow calls
    thread = threading.Thread(target=crash)
    thread.start()
    thread.join()
    warnings.warn(prompt, RuntimeWarning)
    logging.getLogger("some.package").error("said %s", prompt)
    logging.getLogger("uvicorn.error").critical(prompt)
    try:
        crash()
    except RuntimeError:
        logging.getLogger("httpx").exception(prompt)
    await asyncio.sleep(0.5)
    crash()

endpoints.name_task = name_task
sys.argv = ["naming", "serve"]
cli.run()
"""


def test_no_canary_is_in_what_is_written_about_bugs() -> None:
    environment = {
        **os.environ,
        "NAMING_PORT": "0",
        "NAMING_DRAIN_MS": "0",
        "PYTHONASYNCIODEBUG": "1",
    }
    process = subprocess.Popen(
        [sys.executable, "-c", CRASHES],
        env=environment,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stderr is not None
    head = [process.stderr.readline() for _ in range(2)]
    told_port = re.search(rb"127\.0\.0\.1:(\d+)", head[1])
    assert told_port is not None
    service = Service(int(told_port[1]), process)
    answer = service.post({"prompt": PROMPT})
    process.terminate()
    out, log = process.communicate(timeout=20)
    assert (answer.status, out) == (500, b"")
    assert not any(word in (answer.body + log).decode() for word in WORDS)
    events = [json.loads(line) for line in log.decode().splitlines()]
    told = {(line["event"], line.get("error") or line.get("logger")) for line in events}
    assert told >= {
        ("bug", "RuntimeError"),
        ("unraisable", "RuntimeError"),
        ("thread_crash", "RuntimeError"),
        ("library", "RuntimeError"),
        ("library", "ZeroDivisionError"),
        ("library", "py.warnings"),
        ("library", "some.package"),
        ("library", "uvicorn.error"),
    }


def test_a_crash_of_the_whole_process_tells_where_and_not_what() -> None:
    crash = (
        "from naming.observability import Log; from naming.private_errors import hide_messages\n"
    )
    crash += "log = Log('debug'); hide_messages(log.error, log.warning); exec('raise RuntimeError(\"canary\")')"
    done = subprocess.run(
        [sys.executable, "-c", crash], capture_output=True, text=True, check=False, timeout=30
    )
    (line,) = [json.loads(text) for text in done.stderr.splitlines()]
    assert (done.returncode, line["event"], line["error"]) == (1, "crash", "RuntimeError")
    assert line["at"] == ["<string>:2", "<string>:1"]


BUGS = {
    ("name", "fix the canaryprompt"): "name_command.print_names = crash",
    ("rename", "plan", "canary.csv"): "plan_command.plan = crash",
    ("rename", "apply", "canary.plan"): "apply_command.apply_plans = crash",
    ("eval", "canary.jsonl"): "command._evaluate = crash",
}


@pytest.mark.parametrize("arguments", BUGS)
def test_a_bug_in_a_command_is_told_by_kind_and_place_and_not_what(
    arguments: tuple[str, ...],
) -> None:
    code = f"""
import logging, sys, warnings
from naming import cli
from naming.evaluation import command
from naming.name_command import command as name_command
from naming.rename import apply_command, plan_command

def crash(given, settings):
    logging.getLogger("some.package").error("said %s", given)
    warnings.warn(str(given), RuntimeWarning)
    try:
        raise ValueError(str(given))
    except ValueError as error:
        raise RuntimeError(str(given)) from error

{BUGS[arguments]}
sys.argv = ["naming", *{arguments!r}]
cli.run()
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=30
    )
    assert (done.returncode, done.stdout) == (1, "")
    said, warned, crashed = done.stderr.splitlines()
    assert said.startswith("naming: library: logger: some.package; said_at: <string>:")
    assert warned.startswith("naming: library: logger: py.warnings; said_at: ")
    assert crashed.startswith("naming: crash: error: RuntimeError; at: ")
    assert crashed.endswith(" <string>:14")
    assert "canary" not in done.stderr
