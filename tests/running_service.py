"""The service, running for real on a free loopback port, and a small client for it."""

from __future__ import annotations

import http.client
import json
import os
import re
import shlex
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

KEY = "alpha-key"
"""What the callers of `locked` must show."""


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """What tests ask of a service, wherever it runs."""

    def send(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        raise NotImplementedError

    def post(self, value: Any, **headers: str) -> Answer:
        body = value if isinstance(value, bytes) else json.dumps(value).encode()
        given = {key.replace("_", "-"): text for key, text in headers.items()}
        return self.send("POST", "/v1/names", body, {"content-type": "application/json"} | given)

    def name(self, prompt: str, **more: Any) -> dict[str, Any]:
        answer = self.post({"prompt": prompt} | more)
        assert answer.status == 200, answer.body
        return dict(answer.json)


@dataclass
class Service(Client):
    """A running service: its port, and what it has written to standard error so far."""

    port: int
    process: subprocess.Popen[bytes]
    log: list[str] = field(default_factory=list)

    def send(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=70)
        try:
            connection.request(method, path, body, dict(headers or {}))
            response = connection.getresponse()
            return Answer(
                response.status, {k.lower(): v for k, v in response.getheaders()}, response.read()
            )
        finally:
            connection.close()

    def raw(self, *parts: bytes, pause: float = 0.05, patience: float = 15.0) -> bytes:
        """Send bytes as they are, with a pause between the parts.

        Gives all that comes back until the end.
        """
        with socket.create_connection(("127.0.0.1", self.port), timeout=patience) as client:
            for part in parts:
                client.sendall(part)
                time.sleep(pause if part is not parts[-1] else 0)
            return b"".join(iter(lambda: client.recv(65_536), b""))

    def log_lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in list(self.log) if line.startswith("{")]


def command_line(*arguments: str, **settings: str) -> tuple[list[str], dict[str, str]]:
    """Make the command that runs `naming` with `settings` as its only settings, and its environment.

    SYSTEM_TEST_COMMAND, such as `docker run --rm -i --network host --entrypoint env task-naming`, runs it elsewhere.
    """
    environment = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("NAMING_", "ANTHROPIC_"))
    }
    if elsewhere := os.environ.get("SYSTEM_TEST_COMMAND"):
        given = [f"{key}={value}" for key, value in settings.items()]
        return [*shlex.split(elsewhere), *given, "naming", *arguments], environment
    return [sys.executable, "-m", "naming", *arguments], environment | settings


@contextmanager
def running_service(*arguments: str, **settings: str) -> Iterator[Service]:
    """Run `naming serve` with `settings` as its only settings."""
    command, environment = command_line(
        "serve",
        *arguments,
        **({"NAMING_HOST": "127.0.0.1", "NAMING_PORT": "0", "NAMING_DRAIN_MS": "0"} | settings),
    )
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    log: list[str] = []
    ready = threading.Event()

    def read() -> None:
        assert process.stderr is not None
        for line in process.stderr:
            log.append(line.decode())
            if b"listening on" in line:
                ready.set()
        ready.set()

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    try:
        assert ready.wait(30)
        assert process.poll() is None, log
        found = re.search(r"listening on http://.*:(\d+)", "".join(log))
        assert found is not None, log
        service = Service(int(found[1]), process, log)
        wait_until_ready(service)
        yield service
    finally:
        process.terminate()
        process.wait(20)
        reader.join(5)
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stderr.close()


def wait_until_ready(service: Service) -> None:
    # The socket listens before the application is up, so the first request simply waits for it.
    assert service.send("GET", "/health/ready").status == 200


def wait_for(condition: Any, seconds: float = 10.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)
