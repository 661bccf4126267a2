"""Many connections and many large bodies: what is given up for whom, and who hears of it."""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import resource
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naming.names import TaskName
from naming.observability import Metrics
from naming.outcome import CannotName, Reason
from naming.settings import Settings, read_settings
from naming.web.connection_limit import (
    MAX_REFUSALS,
    OTHER_FILES,
    ConnectionLimit,
    Phase,
    connections_allowed,
)
from naming.web.errors import BadRequest
from naming.web.request_body import LARGE_BYTES
from naming.web.state import BYTES, REQUESTS, TURN_SECONDS, AppState, RequestState
from tests.fake_claude import fake_claude, hangs
from tests.in_process import InProcess
from tests.in_process import in_process as started
from tests.running_service import Answer, Service, running_service, wait_for
from tests.web.test_connection import BODY, HEAD, LAST, LENGTH, problem

pytestmark = pytest.mark.system


class Caller:
    """Closes a connection, and notes what becomes of it."""

    def __init__(self) -> None:
        self.fate = "open"

    def __call__(self) -> None:
        assert self.fate == "open"
        self.fate = "parted"


def added(limit: ConnectionLimit) -> Caller:
    caller = Caller()
    caller.fate = {Phase.NEW: "open", Phase.REFUSED: "told", None: "cut"}[limit.add(caller)]
    return caller


MARKED = (Phase.RECEIVING, Phase.BUSY, Phase.IDLE, Phase.CLOSING)


@given(
    st.integers(1, 4),
    st.lists(
        st.tuples(
            st.sampled_from(["add", "remove", *MARKED]),
            st.integers(0, 9),
        )
    ),
)
def test_there_are_never_more_than_may_be_and_nobody_in_progress_is_given_up(
    most: int, events: list[tuple[str | Phase, int]]
) -> None:
    limit, callers = ConnectionLimit(most), [Caller()]
    busy: set[Caller] = set()
    limit.add(callers[0])
    for event, number in events:
        caller = callers[number % len(callers)]
        if event == "add":
            callers.append(added(limit))
        elif caller.fate == "open":
            (busy.add if event is Phase.BUSY else busy.discard)(caller)
            if isinstance(event, Phase):
                limit.mark(caller, event)
            else:
                limit.remove(caller)
                caller.fate = "lost"
        assert sum(caller.fate == "open" for caller in callers) <= most
        assert all(caller.fate == "open" for caller in busy)


def test_bodies_on_their_way_take_half_of_the_connections_and_the_stillest_goes() -> None:
    limit = ConnectionLimit(6)
    first, second, third, fourth, busy = (added(limit) for _ in range(5))
    limit.mark(busy, Phase.BUSY)
    for caller in (first, second, third, first, fourth):
        limit.mark(caller, Phase.RECEIVING)
    assert [each.fate for each in (first, second, third, fourth)] == [
        "open",
        "parted",
        "open",
        "open",
    ]
    limit.mark(third, Phase.BUSY)
    limit.mark(added(limit), Phase.RECEIVING)
    assert (first.fate, third.fate, busy.fate) == ("open", "open", "open")


def test_what_nobody_would_miss_goes_first_and_the_oldest_of_it() -> None:
    limit = ConnectionLimit(6)
    kept, stranger, younger, idle, leaving, busy = (added(limit) for _ in range(6))
    for caller in (busy, kept, idle, leaving):
        limit.mark(caller, Phase.BUSY)
    limit.mark(kept, Phase.IDLE)
    limit.mark(idle, Phase.IDLE)
    limit.mark(leaving, Phase.CLOSING)
    for goes in (leaving, stranger, younger):
        limit.mark(added(limit), Phase.BUSY)
        assert goes.fate == "parted"
    limit.mark(added(limit), Phase.BUSY)
    assert (kept.fate, idle.fate, busy.fate) == ("parted", "open", "open")
    limit.mark(idle, Phase.BUSY)
    assert [added(limit).fate for _ in range(MAX_REFUSALS + 1)] == ["told"] * MAX_REFUSALS + ["cut"]
    limit.remove(busy)
    assert added(limit).fate == "open"


def test_who_was_told_makes_room_for_the_next_to_be_told() -> None:
    limit = ConnectionLimit(1)
    limit.mark(added(limit), Phase.BUSY)
    told = [added(limit) for _ in range(MAX_REFUSALS)]
    limit.mark(told[0], Phase.CLOSING)  # its answer is given
    assert added(limit).fate == "cut"
    limit.remove(told[0])
    assert added(limit).fate == "told"


def test_a_system_that_gives_few_descriptors_is_not_asked_for_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "setrlimit", lambda _, limits: asked.append(limits))
    for descriptors, allowed in ((100_000, 4096), (1024, 1024 - OTHER_FILES - 64), (100, 25)):
        monkeypatch.setattr(
            resource, "getrlimit", lambda _, descriptors=descriptors: (descriptors, descriptors)
        )
        assert connections_allowed(Settings()) == allowed
        assert asked.pop() == (descriptors, descriptors)


def test_a_shells_usual_descriptors_are_raised_as_far_as_may_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for hard, raised in ((100_000, 4096 + OTHER_FILES + 64), (2000, 2000)):
        limits = [(1024, hard)]
        monkeypatch.setattr(resource, "setrlimit", lambda _, to, limits=limits: limits.append(to))
        monkeypatch.setattr(resource, "getrlimit", lambda _, limits=limits: limits[-1])
        assert connections_allowed(Settings()) == raised - OTHER_FILES - 64
        assert limits[1:] == [(raised, hard)]


def test_what_is_taken_is_no_more_than_there_is_and_can_be_given_back() -> None:
    for what, setting in ((REQUESTS, {REQUESTS: "1"}), (BYTES, {BYTES: "1024"})):
        settings = read_settings(setting | {"NAMING_MAX_BODY_BYTES": "1024"})
        first, second = RequestState(), RequestState()
        first.app = second.app = AppState(settings, Metrics())
        room = first.app.room
        most = room[what]
        first.take(what, most)
        with pytest.raises(BadRequest, match=what):
            second.take(what, 1)
        room[what] += first.taken.pop(what)
        second.take(what, most)
        assert (room[what], second.taken[what], most) == (0, most, int(setting[what]))


def test_one_body_of_the_largest_size_is_never_too_many() -> None:
    settings = read_settings({"NAMING_MAX_HELD_BYTES": "1024", "NAMING_MAX_BODY_BYTES": "2048"})
    assert AppState(settings, Metrics()).room[BYTES] == 2048


def test_requests_beyond_the_bound_are_told_to_come_again() -> None:
    json_body = {"content-type": "application/json"}

    async def scene(service: InProcess) -> list[Answer]:
        begun, go_on = asyncio.Event(), asyncio.Event()

        async def hang(_request: object, _until: float) -> TaskName:
            begun.set()
            await go_on.wait()
            raise CannotName(Reason.UNREACHABLE)

        service.app.shared.ask = hang
        ask = ("POST", "/v1/names", b'{"prompt": "fix the login button"}', json_body)
        first = asyncio.create_task(service.exchange(*ask))
        await begun.wait()
        refused, ready = (
            await service.exchange(*ask),
            await service.exchange("GET", "/health/ready"),
        )
        go_on.set()
        return [await first, refused, ready, await service.exchange(*ask)]

    with started(NAMING_MAX_REQUESTS="1") as service:
        first, refused, ready, later = service.runner.run(scene(service))
    assert (refused.status, refused.headers["retry-after"]) == (503, "1")
    assert refused.headers["content-type"] == "application/problem+json"
    assert "NAMING_MAX_REQUESTS" in refused.json["detail"]
    assert [first.status, ready.status, later.status] == [200, 200, 200]


def test_between_two_turns_the_others_get_theirs() -> None:
    order: list[str] = []

    async def large(app: AppState, name: str) -> None:
        await app.turn()
        order.append(name)
        time.sleep(TURN_SECONDS)  # noqa: ASYNC251 # as naming does

    async def others() -> None:
        while len([entry for entry in order if entry != "other"]) < 5:
            order.append("other")
            await asyncio.sleep(0)

    async def together() -> None:
        app = AppState(Settings(), Metrics())
        await asyncio.gather(*(large(app, f"large {number}") for number in range(5)), others())

    asyncio.run(together())
    assert [entry for entry in order if entry != "other"] == [
        f"large {number}" for number in range(5)
    ]
    assert all("other" in pair for pair in itertools.pairwise(order) if pair[0].startswith("large"))


def test_what_takes_no_time_shares_a_turn() -> None:
    async def together() -> int:
        app, loop, rounds = AppState(Settings(), Metrics()), asyncio.get_running_loop(), 0

        def count() -> None:
            nonlocal rounds
            rounds += 1
            loop.call_soon(count)

        loop.call_soon(count)
        await asyncio.gather(*(app.turn() for _ in range(50)))
        return rounds

    assert asyncio.run(together()) < 10


@contextmanager
def connections(service: Service, number: int, sent: bytes) -> Iterator[list[socket.socket]]:
    with ExitStack() as stack:
        opened = []
        for _ in range(number):
            opened.append(
                stack.enter_context(
                    socket.create_connection(("127.0.0.1", service.port), timeout=15)
                )
            )
            opened[-1].sendall(sent)
        yield opened


@pytest.fixture(scope="module")
def tight() -> Iterator[Service]:
    with running_service(
        NAMING_MAX_HELD_BYTES="1024",
        NAMING_MAX_BODY_BYTES="300000",
        NAMING_MAX_CONNECTIONS="8",
        NAMING_MAX_REQUESTS="1",
    ) as running:
        yield running


LARGE = json.dumps({"prompt": "fix the login button " + "a" * 280_000, "taken": []}).encode()
LARGE_HEAD = HEAD + b"content-length: %d\r\n\r\n" % len(LARGE)


def test_bodies_that_never_end_leave_room_for_small_requests_and_are_told_to_come_again(
    tight: Service,
) -> None:
    for patience in itertools.count(1):
        with connections(tight, 1, LARGE_HEAD + LARGE[:-1]) as (holds,):
            time.sleep(patience * 0.1)
            refused = tight.post(LARGE)
            if refused.status == 200:  # it came before the other was read, which goes in its place
                continue
            assert (
                refused.status,
                refused.headers["retry-after"],
                refused.headers["connection"],
            ) == (503, "1", "close")
            assert refused.headers["content-type"] == "application/problem+json"
            assert "NAMING_MAX_HELD_BYTES" in refused.json["detail"]
            assert tight.name("fix the login button", taken=[])["source"] == "prompt"
            holds.sendall(LARGE[-1:])
            assert holds.recv(65_536).startswith(b"HTTP/1.1 200")
            break


def test_room_is_given_back_however_a_request_ends(tight: Service) -> None:
    for _ in range(3):
        assert tight.post(LARGE).status == 200
        assert tight.post(LARGE + b"x").status == 400
    with connections(tight, 1, LARGE_HEAD + LARGE[:-1]):
        time.sleep(0.2)
    wait_for(lambda: tight.post(LARGE).status == 200)


@pytest.mark.parametrize("sent", [b"", HEAD, HEAD + LENGTH, HEAD + LENGTH + BODY[:-1]])
def test_any_number_of_connections_that_ask_nothing_whole_keeps_nobody_out(
    tight: Service, sent: bytes
) -> None:
    with connections(tight, 60, sent) as idle:
        assert tight.name("fix the login button")["source"] == "prompt"
        first = idle[0]
        with pytest.raises(ConnectionError):  # noqa: PT012 # told by the end, or by a reset where bytes were left unread
            assert first.recv(100) == b""
            raise ConnectionResetError


def test_connections_kept_for_a_next_request_outlast_those_that_never_asked(
    tight: Service,
) -> None:
    asked = b"GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n"
    with connections(tight, 5, asked) as kept:
        for client in kept:
            wait_for(lambda client=client: client.recv(65_536).endswith(b"}"))
        with connections(tight, 40, b"GET"):
            for client in kept:
                client.sendall(asked)
                wait_for(lambda client=client: client.recv(65_536).endswith(b"}"))


@pytest.mark.slow  # waits in real time
def test_where_none_is_idle_a_new_connection_is_told_to_come_again() -> None:
    with (
        fake_claude() as upstream,
        running_service(
            ANTHROPIC_API_KEY="sk-test", ANTHROPIC_BASE_URL=upstream.url, NAMING_MAX_CONNECTIONS="2"
        ) as service,
    ):
        upstream.behave = hangs
        body = b'{"prompt": "please fix the login button", "deadline_ms": 3000}'
        asked = HEAD + LAST + b"content-length: %d\r\n\r\n" % len(body) + body
        with connections(service, 2, asked) as busy:
            wait_for(lambda: len(upstream.requests) == 1)  # the same prompt: one call
            told = service.raw(b"")
            assert problem(told) == 503
            assert re.search(rb"retry-after: 1\r\n", told)
            for client in busy:
                assert client.recv(65_536).startswith(b"HTTP/1.1 200")
        assert b"HTTP/1.1 200" in service.raw(HEAD + LAST + LENGTH + BODY)


def test_large_requests_are_answered_like_any_other(in_process: InProcess) -> None:
    for size in (LARGE_BYTES - 100, LARGE_BYTES + 100, 1 << 20):
        answer = in_process.name("fix the login button " + "a" * size, taken=["fix-login-button"])
        assert answer["source"] == "prompt"
