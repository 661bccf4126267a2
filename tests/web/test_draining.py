"""Stopping and restarting: nobody's request fails."""

from __future__ import annotations

import http.client
import itertools
import signal
import socket
import subprocess
import threading
import time
from contextlib import ExitStack
from typing import Self

import psutil
import pytest

from tests.fake_claude import FakeClaude, hangs, names
from tests.running_service import Answer, Service, command_line, running_service, wait_for
from tests.test_cli import naming

pytestmark = pytest.mark.system


def asking(upstream: FakeClaude, **settings: str) -> dict[str, str]:
    return {"ANTHROPIC_API_KEY": "sk-test", "ANTHROPIC_BASE_URL": upstream.url, **settings}


def refuses(service: Service) -> bool:
    try:
        socket.create_connection(("127.0.0.1", service.port), timeout=5).close()
    except ConnectionError:
        return True
    return False


@pytest.mark.slow  # drains in real time
@pytest.mark.parametrize("workers", ["1", "2"])
def test_told_to_stop_it_says_so_serves_on_for_a_while_and_finishes_what_was_begun(
    upstream: FakeClaude, workers: str
) -> None:
    upstream.behave = names(delay=4.0)
    with running_service(
        "--workers", workers, **asking(upstream, NAMING_DRAIN_MS="2000")
    ) as service:
        answers = []
        slow = threading.Thread(
            target=lambda: answers.append(service.name("fix the login button", deadline_ms=9000))
        )
        slow.start()
        wait_for(lambda: len(upstream.requests) == 1)
        service.process.send_signal(signal.SIGTERM)
        wait_for(lambda: service.send("GET", "/health/ready").status == 503)
        # Each worker learns of it by itself, so the one that is asked now may serve on as before.
        late: list[Answer] = []
        while not late or late[-1].headers.get("connection") != "close":
            late.append(
                service.send("POST", "/v1/names", b'{"prompt": "fix it", "deadline_ms": 0}', JSON)
            )
        assert {answer.status for answer in late} == {200}
        assert service.send("GET", "/health/live").status == 200
        wait_for(lambda: refuses(service))
        assert service.process.poll() is None
        slow.join(20)
        assert [answer["source"] for answer in answers] == ["claude"]
        assert service.process.wait(20) == 0


JSON = {"content-type": "application/json"}


def test_what_is_begun_ends_by_its_deadline_though_claude_hangs(upstream: FakeClaude) -> None:
    upstream.behave = hangs
    with running_service(**asking(upstream)) as service:
        answers = []
        slow = threading.Thread(
            target=lambda: answers.append(service.name("fix the login button", deadline_ms=1500))
        )
        slow.start()
        wait_for(lambda: len(upstream.requests) == 1)
        service.process.send_signal(signal.SIGTERM)
        slow.join(20)
        assert [answer["reason"] for answer in answers] == ["deadline"]
        assert service.process.wait(20) == 0
        assert not [line for line in service.log if "Traceback" in line]


@pytest.mark.parametrize("signals", [[signal.SIGINT], [signal.SIGTERM, signal.SIGTERM]])
def test_who_is_impatient_does_not_wait(signals: list[signal.Signals]) -> None:
    with running_service(NAMING_DRAIN_MS="60000") as service:
        for number in signals:
            service.process.send_signal(number)
            time.sleep(0.3)
        assert service.process.wait(15) in {0, 130, -2}


def test_a_connection_kept_for_later_does_not_hold_up_the_end() -> None:
    with (
        running_service() as service,
        socket.create_connection(("127.0.0.1", service.port)) as idle,
    ):
        idle.sendall(b"GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n")
        wait_for(lambda: idle.recv(65_536).endswith(b"}"))
        service.process.send_signal(signal.SIGTERM)
        assert service.process.wait(10) == 0
        assert idle.recv(65_536) == b""


@pytest.mark.slow  # several starts
def test_a_stop_during_the_start_is_no_failure() -> None:
    command, environment = command_line("serve", NAMING_PORT="0", NAMING_DRAIN_MS="0")
    for delay in (0.35, 0.5, 0.7, 1.0):
        process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        process.terminate()
        assert process.wait(15) in {
            0,
            -signal.SIGTERM,
        }  # before its first line Python knows nothing of signals


@pytest.mark.slow  # a start of its own
def test_a_terminal_that_hangs_up_ends_the_service_as_gently_as_any_stop(
    upstream: FakeClaude,
) -> None:
    upstream.behave = names(delay=1.0)
    with running_service(**asking(upstream)) as service:
        answers = []
        slow = threading.Thread(
            target=lambda: answers.append(service.name("fix the login button", deadline_ms=9000))
        )
        slow.start()
        wait_for(lambda: len(upstream.requests) == 1)
        service.process.send_signal(signal.SIGHUP)
        slow.join(20)
        assert [answer["source"] for answer in answers] == ["claude"]
        assert service.process.wait(20) == 0


@pytest.mark.slow  # a start of its own
def test_under_nohup_it_goes_on() -> None:
    with running_service() as service:
        pass
    command, environment = command_line("serve", NAMING_PORT=str(service.port), NAMING_DRAIN_MS="0")
    process = subprocess.Popen(
        ["nohup", *command], env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    assert process.stderr is not None
    while b"listening" not in process.stderr.readline():
        pass
    process.send_signal(signal.SIGHUP)
    assert is_ready(Service(service.port, process))
    process.terminate()
    process.communicate(timeout=20)
    assert process.returncode == 0


@pytest.mark.slow  # several starts
def test_workers_outlive_a_hang_up_but_not_their_supervisor() -> None:
    with running_service("--workers", "2") as service:
        workers = psutil.Process(service.process.pid).children()
        wait_for(lambda: service.send("GET", "/metrics").body.count(b"naming_workers 2.0") == 1)
        for worker in workers:
            worker.send_signal(signal.SIGHUP)
        for _ in range(8):
            assert is_ready(service)
        assert all(worker.is_running() for worker in workers)
        service.process.kill()
        assert psutil.wait_procs(workers, timeout=20)[1] == []
        assert refuses(service)


class Balancer:
    """Sends each request to a replica that says it is ready, as seen at the last look. It never tries again."""

    def __init__(self, replicas: list[Service | None]) -> None:
        self.replicas = replicas
        self.ready: list[Service] = []
        self.stopped = threading.Event()
        self.failures: list[str] = []
        self.answered = 0
        self._turn = itertools.count()
        self._threads = [threading.Thread(target=self._look)] + [
            threading.Thread(target=self._load) for _ in range(4)
        ]

    def __enter__(self) -> Self:
        self._threads[0].start()
        wait_for(lambda: len(self.ready) == 2)
        for thread in self._threads[1:]:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        for thread in self._threads:
            thread.join(20)

    def _look(self) -> None:
        while not self.stopped.wait(0.1):
            self.ready = [
                service
                for service in list(self.replicas)
                if service is not None and is_ready(service)
            ]

    def _load(self) -> None:
        kept: dict[int, http.client.HTTPConnection] = {}
        while not self.stopped.is_set():
            replica = self.ready[next(self._turn) % len(self.ready)]
            connection = kept.setdefault(
                replica.port, http.client.HTTPConnection("127.0.0.1", replica.port, timeout=15)
            )
            try:
                connection.request(
                    "POST", "/v1/names", b'{"prompt": "please fix the login button"}', JSON
                )
                response = connection.getresponse()
                response.read()
                if response.status != 200:
                    self.failures.append(str(response.status))
                self.answered += 1
            except OSError as error:
                self.failures.append(repr(error))
                connection.close()
        for connection in kept.values():
            connection.close()


def is_ready(service: Service) -> bool:
    try:
        return service.send("GET", "/health/ready").status == 200
    except OSError:
        return False


@pytest.mark.slow  # load over a restart in real time
def test_a_rolling_restart_under_load_fails_no_request() -> None:
    settings = {"NAMING_DRAIN_MS": "2000", "NAMING_LOG_LEVEL": "warning"}
    with ExitStack() as stack:
        replicas: list[Service | None] = [
            stack.enter_context(running_service(**settings)) for _ in range(2)
        ]
        with Balancer(replicas) as balancer:
            for place, old in enumerate(list(replicas)):
                assert old is not None
                time.sleep(0.5)
                old.process.send_signal(signal.SIGTERM)
                assert old.process.wait(20) == 0
                replicas[place] = stack.enter_context(running_service(**settings))
                wait_for(lambda: len(balancer.ready) == 2)
            time.sleep(0.5)
        assert balancer.failures == []
        assert balancer.answered > 50


@pytest.mark.slow  # five starts
def test_beyond_this_machine_it_listens_with_keys_or_if_told_to_serve_everybody() -> None:
    for host in ("0.0.0.0", "::"):  # noqa: S104
        refused = naming("serve", settings={"NAMING_HOST": host, "NAMING_PORT": "0"})
        assert (refused.returncode, refused.stdout) == (2, "")
        assert refused.stderr == (
            f"naming: NAMING_API_KEYS: needed on {host}, where other machines reach the service; "
            "NAMING_ALLOW_OPEN=true serves everybody\n"
        )
    for settings in ({"NAMING_API_KEYS": "k"}, {"NAMING_ALLOW_OPEN": "1"}):
        with running_service(NAMING_HOST="0.0.0.0", **settings) as service:  # noqa: S104
            assert service.send("GET", "/health/live").status == 200
    with running_service(NAMING_HOST="localhost") as service:
        assert service.process.poll() is None
