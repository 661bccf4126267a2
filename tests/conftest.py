"""What all tests share.

Most of what the service does is asked of one of these, cheapest first:

- `in_process`: the application in this process, without a key, by ASGI. For answers, headers,
  problems and log lines. `tests.in_process.in_process(...)` gives one with settings of its own.
- `service`: a real process that has no key, started once for the whole run. For what only the
  server does: bytes on the wire, limits, connections.
- `service_with_claude`: another that asks the fake Claude of `upstream`, and remembers no names.
- `locked`: a third that asks `upstream` too, for callers who show `KEY`, with the playground.

The last three are left as they were found: `upstream` behaves well again and has forgotten its
requests, and a service that has given up on Claude is started anew. Their logs and counters go
on: a test finds its lines by a request id of its own, and compares counts before and after. A test
that needs settings of its own, or stops or kills its service, starts one by `tests.running_service`.

Tests marked `slow` prove by repetition, load or real time: `make slow` runs them, `make test`
does not.
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.fake_claude import FakeClaude, fake_claude, names
from tests.running_service import KEY, Service, running_service

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.in_process import InProcess

# A shell that starts the suite in the background makes it ignore these, and so would all that it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

settings.register_profile(
    "suite",
    derandomize=True,
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile(
    "deep", deadline=None, max_examples=5000, suppress_health_check=list(HealthCheck)
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that drive a browser as slow."""
    for item in items:
        if isinstance(item, pytest.Function) and "chromium" in item.fixturenames:
            item.add_marker("slow")


@pytest.fixture
def claude() -> Iterator[FakeClaude]:
    with fake_claude() as fake:
        yield fake


@pytest.fixture(scope="session")
def _claude_for_all() -> Iterator[FakeClaude]:
    with fake_claude() as fake:
        yield fake


@pytest.fixture
def upstream(_claude_for_all: FakeClaude) -> FakeClaude:
    """Claude as `service_with_claude` knows it; assign `behave`, read `requests`."""
    _claude_for_all.behave = names()
    _claude_for_all.requests.clear()
    _claude_for_all.most_busy = 0
    return _claude_for_all


class Keeper:
    """A service with settings, started when it is first asked for and anew when it is spoilt."""

    def __init__(self, **settings: str) -> None:
        self.stack = ExitStack()
        self._settings = settings
        self._service: Service | None = None

    def get(self) -> Service:
        if self._service is None or self._service.process.poll() is not None:
            self._service = self.stack.enter_context(running_service(**self._settings))
        return self._service

    def stop(self) -> None:
        """Stop it; the next test gets another."""
        self.stack.close()
        self._service = None


@pytest.fixture(scope="session")
def _keeper() -> Iterator[Keeper]:
    keeper = Keeper()
    yield keeper
    keeper.stop()


def _asking(claude: FakeClaude, **settings: str) -> Keeper:
    return Keeper(
        ANTHROPIC_API_KEY="sk-test",
        ANTHROPIC_BASE_URL=claude.url,
        NAMING_CACHE_SECONDS="0",
        **settings,
    )


@pytest.fixture(scope="session")
def _keeper_with_claude(_claude_for_all: FakeClaude) -> Iterator[Keeper]:
    keeper = _asking(_claude_for_all)
    yield keeper
    keeper.stop()


@pytest.fixture(scope="session")
def _keeper_locked(_claude_for_all: FakeClaude) -> Iterator[Keeper]:
    keeper = _asking(_claude_for_all, NAMING_API_KEYS=KEY, NAMING_PLAYGROUND="true")
    yield keeper
    keeper.stop()


@pytest.fixture
def service(_keeper: Keeper) -> Service:
    """The service without a key, in a process of its own, shared by the whole run."""
    return _keeper.get()


@pytest.fixture
def service_with_claude(_keeper_with_claude: Keeper, upstream: FakeClaude) -> Iterator[Service]:
    """The service that asks `upstream`, in a process of its own, shared by the whole run."""
    yield _keeper_with_claude.get()
    upstream.behave = names()
    service = _keeper_with_claude.get()
    if service.name("fix the login button", deadline_ms=10_000)["source"] != "claude":
        _keeper_with_claude.stop()


@pytest.fixture
def locked(_keeper_locked: Keeper, upstream: FakeClaude) -> Iterator[Service]:
    """The service for callers who show `KEY`, in a process of its own, shared by the whole run."""
    yield _keeper_locked.get()
    upstream.behave = names()
    asked = {"prompt": "fix the login button", "deadline_ms": 10_000}
    answer = _keeper_locked.get().post(asked, authorization=f"Bearer {KEY}")
    if answer.json["source"] != "claude":
        _keeper_locked.stop()


@pytest.fixture(scope="session")
def _app_for_all() -> Iterator[InProcess]:
    from tests.in_process import in_process as start  # only few need the framework

    with start() as app:
        yield app


@pytest.fixture
def in_process(_app_for_all: InProcess) -> InProcess:
    """The application without a key, in this process, shared by the whole run."""
    _app_for_all.forget_log()
    return _app_for_all


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("NAMING_", "ANTHROPIC_")):
            monkeypatch.delenv(name)


CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)


@pytest.fixture  # of one test alone: while it stands, its loop is this thread's
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            timeout=300_000,  # on a busy machine
        )
        yield browser
        browser.close()
