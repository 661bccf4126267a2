"""The ways in that the pages name, each tried as a stranger would, in a place that holds nothing yet.

They install from package registries, so they are slow, and are left out where none is reached.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running_service import Service

pytestmark = [pytest.mark.slow, pytest.mark.system]

ROOT = Path(__file__).parents[2]
NAME = ["name", "--taken", "", "Hi! Could you please fix the login button?"]
NAMED = "fix-login-button\n"
OTHER_SERVERS = re.findall(
    r"^    ((?:granian|hypercorn|uvicorn) .+)$",
    (ROOT / "docs/operating.md").read_text("utf-8"),
    re.MULTILINE,
)
BUILD_IMAGE = os.environ.get("BUILD_IMAGE", "")
"""A program that builds the image of the folder that it is called in, and with `run` runs it.

For machines without a Docker engine."""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Give what is tracked, as it stands, without anything that was installed or built."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).exists():
            (tmp_path / "clone" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / "clone" / name)
    return tmp_path / "clone"


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Run a command, skip where it reaches no registry, and give what it prints."""
    given = {
        key: value for key, value in os.environ.items() if key not in {"PYTHONPATH", "VIRTUAL_ENV"}
    }
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**given, **environment},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    if done.returncode and re.search(
        r"(?i)connection|name resolution|dns error|network", done.stderr
    ):
        pytest.skip("no package registry is reached")
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_pip_installs_it_into_a_place_of_its_own(clone: Path, tmp_path: Path) -> None:
    place = tmp_path / "place"
    run(sys.executable, "-m", "venv", place, cwd=tmp_path)
    run(place / "bin/pip", "install", ".", cwd=clone)
    assert run(place / "bin/naming", *NAME, cwd=tmp_path) == NAMED


def test_uvx_runs_it_without_installing_it(clone: Path, tmp_path: Path) -> None:
    uvx = [sys.executable, "-m", "uv", "tool", "run", "--from", "."]
    assert run(*uvx, "naming", *NAME, cwd=clone, UV_CACHE_DIR=str(tmp_path / "cache")) == NAMED


def test_make_serves_from_a_bare_checkout_and_says_what_it_installs(clone: Path) -> None:
    port = free_port()
    make = ["make", "serve", f"PYTHON={sys.executable}"]
    with started(make, clone, port, NAMING_PORT=str(port)) as process:
        assert "once, a minute or two" in stopped(process)


@pytest.mark.parametrize("line", OTHER_SERVERS)
def test_another_server_runs_it(line: str, clone: Path, tmp_path: Path) -> None:
    port = free_port()
    server, *arguments = shlex.split(line)
    where = f"--bind=127.0.0.1:{port}" if server == "hypercorn" else f"--port={port}"
    uvx = [sys.executable, "-m", "uv", "tool", "run", "--with", ".", server, *arguments, where]
    with started(uvx, clone, port, UV_CACHE_DIR=str(tmp_path / "cache")):
        pass


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextlib.contextmanager
def started(
    command: list[str], cwd: Path, port: int, **environment: str
) -> Iterator[subprocess.Popen[str]]:
    """Run a command whose service answers at `port` within ten minutes, and stop it."""
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        until = time.monotonic() + 600
        while not is_live(port):
            assert process.poll() is None, stopped(process)[-2000:]
            assert time.monotonic() < until
            time.sleep(0.5)
        yield process
    finally:
        stopped(process)


def is_live(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def stopped(process: subprocess.Popen[str]) -> str:
    """Stop a process and those that it started, and give what they have written."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGINT)
    return (
        process.communicate(timeout=60)[0] if process.stdout and not process.stdout.closed else ""
    )


@pytest.mark.skipif(not BUILD_IMAGE, reason="BUILD_IMAGE names no program that builds the image")
def test_the_image_is_built_and_names(clone: Path) -> None:
    run(BUILD_IMAGE, cwd=clone)
    assert run(BUILD_IMAGE, "run", "naming", *NAME, cwd=clone).endswith(NAMED)


def test_clients_are_generated_from_the_document_without_a_warning(
    service: Service, tmp_path: Path
) -> None:
    (tmp_path / "openapi.json").write_bytes(service.send("GET", "/schema/openapi.json").body)
    generate = "generate --fail-on-warning --path openapi.json --output-path client --meta none"
    uvx = [sys.executable, "-m", "uv", "tool", "run", "--with", "ruff"]
    run(*uvx, "openapi-python-client@0.29.1", *generate.split(), cwd=tmp_path)
    ask = (
        "from client import Client; from client.api.names import create_name;"
        "from client.models import NameRequest;"
        f"client = Client('http://127.0.0.1:{service.port}');"
        "print(create_name.sync(client=client, body=NameRequest(prompt='fix the login button', taken=[])).name)"
    )
    with_its_needs = [sys.executable, "-m", "uv", "run", "--no-project", "--with", "httpx,attrs"]
    assert run(*with_its_needs, "python", "-c", ask, cwd=tmp_path) == NAMED


@pytest.mark.skipif(shutil.which("npx") is None, reason="needs npx")
def test_typescript_types_are_generated_from_the_document(service: Service, tmp_path: Path) -> None:
    (tmp_path / "openapi.json").write_bytes(service.send("GET", "/schema/openapi.json").body)
    run(
        "npx", "--yes", "openapi-typescript@7.13.0", "openapi.json", "-o", "client.ts", cwd=tmp_path
    )
    types = (tmp_path / "client.ts").read_text("utf-8")
    assert "createName" in types
    assert "deadline_ms?: number | null" in types
