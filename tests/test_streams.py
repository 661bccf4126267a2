"""Standard input, output and error in every bad state a caller can hand them over in."""

from __future__ import annotations

import json
import subprocess
import time

import pytest

from tests.running_service import Service, command_line, wait_until_ready
from tests.valkey import free_port

pytestmark = pytest.mark.system

PROMPT = "fix the hunter2canary login"


def shell(line: str, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a shell, where `line` says what becomes of its streams."""
    command, environment = command_line(*arguments, **settings)
    given = ["bash", "-c", f'exec "$0" "$@" {line}', *command]
    done = subprocess.run(
        given,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=30,
    )
    return subprocess.CompletedProcess(
        given, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


@pytest.mark.parametrize(
    ("line", "why"), [(">/dev/full", "No space left on device"), (">&-", "Bad file descriptor")]
)
@pytest.mark.parametrize("arguments", [("name", PROMPT), ("--version",), ("--help",)])
def test_a_result_that_cannot_be_written_is_one_line(
    line: str, why: str, arguments: tuple[str, ...]
) -> None:
    done = shell(line, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"naming: standard output cannot be written: {why}\n"


def test_an_input_that_cannot_be_read_is_one_line() -> None:
    done = shell("<&-", "name", "-")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "naming: standard input cannot be read: Bad file descriptor\n"


@pytest.mark.parametrize("line", ["2>&-", "2>/dev/full", "<&- 2>&-"])
def test_what_cannot_be_said_changes_neither_the_result_nor_the_status(line: str) -> None:
    done = shell(line, "name", "--taken", "", "fix the login button")
    assert (done.returncode, done.stdout) == (0, "fix-login-button\n")
    refused = shell(line, "name", PROMPT, NAMING_PORT="http")
    assert (refused.returncode, refused.stdout) == (2, "")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-16"])
def test_results_are_utf_8_whatever_the_locale(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    surroundings = {
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": encoding,
    }
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)
    done = shell("", "name", "--json", "--taken", "", "修复登录按钮")
    assert json.loads(done.stdout)["display_name"] == "修复登录按钮"
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("name", "fix", "hunter2canary", "login"),
        ("fix the hunter2canary login",),
        ("name", "--hunter2canary", "x"),
        ("name", "--json=hunter2canary", "x"),
        ("rename", "plan", "x", "--no=hunter2canary"),
        ("rename", "plan", "x", "--d=hunter2canary", "--dis"),
        ("rename", "show", "x", "--format", "hunter2canary"),
        ("rename", "hunter2canary"),
        ("rename", "apply", "--s=hunter2canary"),
        ("eval", "--re=hunter2canary"),
        ("eval", "x", "--concurrency", "hunter2canary"),
        ("serve", "--workers", "hunter2canary"),
    ],
)
def test_wrong_usage_is_told_without_repeating_it(arguments: tuple[str, ...]) -> None:
    done = shell("", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "error: " in done.stderr
    assert "hunter2canary" not in done.stderr


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("line", ["2>/dev/full", "<&- >&- 2>&-"])
def test_the_service_goes_on_though_nothing_can_be_logged(line: str, workers: str) -> None:
    port = free_port()
    command, environment = command_line(
        "serve", "--workers", workers, NAMING_PORT=str(port), NAMING_DRAIN_MS="0"
    )
    process = subprocess.Popen(["bash", "-c", f'exec "$0" "$@" {line}', *command], env=environment)
    try:
        service = Service(port, process)
        until_it_listens(service)
        for _ in range(5):
            assert service.name("fix the login button")["source"] == "prompt"
    finally:
        process.terminate()
        assert process.wait(20) == 0


def until_it_listens(service: Service) -> None:
    for _ in range(1500):
        try:
            wait_until_ready(service)
        except ConnectionRefusedError:
            assert service.process.poll() is None
            time.sleep(0.02)
        else:
            return
