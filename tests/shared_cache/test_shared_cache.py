"""Sharing through Valkey: replicas know each other's names and pauses, and nothing that it does can harm an answer."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import ssl
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naming.chain import name_task
from naming.claude.ask import AskClaude
from naming.claude.circuit import Circuit, State
from naming.claude.client import Client
from naming.claude.endpoint import Endpoint
from naming.claude.instructions import load_instructions
from naming.claude.message import CallObserver
from naming.extraction import name_from_prompt
from naming.names import TaskName, WorkKind
from naming.outcome import CannotName, Outcome, Reason, Source
from naming.settings import BadSetting, read_settings
from naming.shared_cache import redis_client, replica_cache
from naming.shared_cache.redis_client import RedisClient
from naming.shared_cache.replica_cache import (
    MOST_BYTES,
    ReplicaCache,
    Seal,
    SharedLookup,
    SharedState,
    StoreUnavailable,
    read_name,
    write_name,
)
from naming.wiring import open_asker
from tests.fake_claude import FakeClaude, fails, names
from tests.running_service import running_service
from tests.strategies import prompts
from tests.valkey import PRETENCES, Server, pretend, valkey

NAME = TaskName("fix-hunter-door", "Fix hunter door")
SECRET = "sk-planted-secret-of-ours"
PROMPT = "please mend the correct horse battery"
PATIENCE_SECONDS = 5.0


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with valkey(tmp_path_factory.mktemp("valkey")) as server:
        yield server


@pytest.fixture(autouse=True)
def _empty(request: pytest.FixtureRequest) -> None:
    if "store" in request.fixturenames:
        with request.getfixturevalue("store").client as client:
            client.flushall()


@pytest.fixture(autouse=True)
def _patient(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Try what a good server does with ample time: a busy machine alone is late by more than 5 ms."""
    if "real_budget" not in request.fixturenames:
        monkeypatch.setattr(redis_client, "BUDGET_SECONDS", PATIENCE_SECONDS)
        monkeypatch.setattr(redis_client, "REPLY_SECONDS", PATIENCE_SECONDS)


@pytest.fixture
def real_budget() -> float:
    """Keep the budget as it is, for what is about it."""
    return redis_client.BUDGET_SECONDS


class Seen(CallObserver):
    """Notes what it is told."""

    def __init__(self) -> None:
        self.looks: list[SharedLookup] = []
        self.how: list[str] = []
        self.up: list[bool] = []

    def looked(self, result: SharedLookup) -> None:
        self.looks.append(result)

    def reused(self, how: str) -> None:
        self.how.append(how)

    def line_is(self, *, up: bool) -> None:
        self.up.append(up)


async def until(true: Any, seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        await asyncio.sleep(0.01)


@asynccontextmanager
async def memory(  # noqa: PLR0913 # told apart by name
    url: str,
    seen: Seen | None = None,
    *,
    secret: str = SECRET,
    place: str = "",
    cache_seconds: float = 60,
    wait: bool = True,
) -> AsyncIterator[ReplicaCache]:
    seen = seen or Seen()
    client = RedisClient(url, lambda up: seen.line_is(up=up))
    try:
        if wait:
            await until(lambda: client.is_available)
        yield ReplicaCache(
            client,
            Seal(secret, place),
            seen.looked,
            cache_ms=int(cache_seconds * 1000),
            probe_ms=1000,
        )
    finally:
        await client.close()


async def name_known(memory: ReplicaCache, question: str) -> TaskName | None:
    """Look a few times: on a busy machine a reply may be late."""
    for _ in range(20):
        known = await memory.look(question)
        if known.name is not None:
            return known.name
        await asyncio.sleep(0.05)
    return None


# Sealing


@given(st.text(max_size=20), st.binary(max_size=100), st.text(max_size=20))
def test_what_is_sealed_opens_only_with_the_same_secret_place_and_subject(
    about: str, body: bytes, other: str
) -> None:
    seal = Seal(SECRET, "here")
    sealed = seal.close(about, body, 60_000)
    opened = seal.open(about, sealed)
    assert opened is not None
    assert opened[0] == body
    assert 0 < opened[1] <= 60_000
    if other != about:
        assert seal.open(other, sealed) is None
    assert Seal("another", "here").open(about, sealed) is None
    assert Seal(SECRET, "there").open(about, sealed) is None


def test_what_is_sealed_ends_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000_000
    monkeypatch.setattr(replica_cache, "_now_ms", lambda: now)
    sealed = Seal(SECRET, "").close("x", b"body", 1000)
    for now, left in ((1_000_000, 1000), (1_000_999, 1), (999_000, 2000)):  # noqa: B007 # the clock
        assert Seal(SECRET, "").open("x", sealed) == (b"body", left)
    now = 1_001_000
    assert Seal(SECRET, "").open("x", sealed) is None


@given(st.binary(max_size=60) | st.none() | st.integers() | st.lists(st.binary()))
def test_what_is_not_sealed_never_opens(value: object) -> None:
    assert Seal(SECRET, "here").open("x", value) is None


@given(
    st.binary(min_size=1, max_size=60),
    st.integers(min_value=0),
    st.integers(min_value=0, max_value=7),
)
def test_one_changed_bit_breaks_a_seal(body: bytes, at: int, bit: int) -> None:
    sealed = bytearray(Seal(SECRET, "here").close("x", body, 60_000))
    sealed[at % len(sealed)] ^= 1 << bit
    assert Seal(SECRET, "here").open("x", bytes(sealed)) is None


@given(prompts)
def test_any_name_is_read_as_it_was_written_and_fits(prompt: str) -> None:
    name = name_from_prompt(prompt) or NAME
    assert read_name(write_name(name)) == name
    told = TaskName(name.name, name.display_name, kind=WorkKind.REFACTOR)
    assert read_name(write_name(told)) == told
    assert len(Seal(SECRET, "").close("x", write_name(told), 1)) <= MOST_BYTES


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b'["a"]',
        b'["fix-it",3]',
        b'[["fix"],"x"]',
        b'["Fix It","x"]',
        b'["fix-it","\\u202e"]',
        b'["fix-it","x","y"]',
        b'["fix-it","x","fix","y"]',
        b"\xff",
        b"[" * 5000,
    ],
)
def test_what_is_no_lawful_pair_is_no_name(body: bytes) -> None:
    assert read_name(body) is None


def test_digests_tell_questions_and_uses_apart() -> None:
    seal = Seal(SECRET, "")
    assert (
        len(
            {
                seal.digest("name", "a"),
                seal.digest("name", "b"),
                seal.digest("pause", "a"),
                seal.digest("namea", ""),
            }
        )
        == 4
    )


# A real server


def test_a_name_kept_by_one_replica_is_known_to_another_for_a_while(store: Server) -> None:
    async def scene() -> None:
        seen = Seen()
        async with memory(store.url) as one, memory(store.url, seen) as other:
            assert await name_known(other, "question") is None
            one.keep("question", NAME)
            assert await name_known(other, "question") == NAME
            assert await name_known(other, "another question") is None
            assert (
                {SharedLookup.HIT, SharedLookup.MISS}
                <= set(seen.looks)
                <= {SharedLookup.HIT, SharedLookup.MISS, SharedLookup.LATE}
            )

    asyncio.run(scene())
    with store.client as client:
        (key,) = client.keys()
        assert 0 < client.pttl(key) <= 60_000


def test_replicas_with_another_key_or_address_share_nothing(store: Server) -> None:
    async def scene() -> None:
        async with (
            memory(store.url) as one,
            memory(store.url, secret="another") as other_key,
            memory(store.url, place="http://elsewhere") as elsewhere,
        ):
            one.keep("question", NAME)
            one.pause(10)
            assert await name_known(one, "question") == NAME
            for other in (other_key, elsewhere):
                assert await other.look("question") == SharedState()

    asyncio.run(scene())


def test_with_no_time_to_keep_names_pauses_are_shared_all_the_same(store: Server) -> None:
    async def scene() -> None:
        async with memory(store.url, cache_seconds=0) as one, memory(store.url) as other:
            one.keep("question", NAME)
            one.pause(30)
            known = SharedState()
            while known.pause is None:
                known = await other.look("question")
            assert known.name is None
            assert known.pause[0] == 30
            assert 20 < known.pause[1] <= 30

    asyncio.run(scene())


def test_nothing_in_the_store_tells_a_prompt_or_a_key_and_only_names_are_kept(
    store: Server, claude: FakeClaude
) -> None:
    ask_two_replicas(store, claude, ["first"])
    with store.client as client:
        kept = b" ".join(key + (client.get(key) or b"") for key in client.scan_iter())
    assert kept.count(b"naming:2:name:") == 1
    for word in (b"horse", b"battery", b"mend", SECRET.encode()):
        assert word not in kept
    assert b'["fix-login-button", "Fix login button"]' in kept


def test_what_is_not_ours_in_the_place_of_a_name_is_a_miss(store: Server) -> None:
    async def look_after(put: Any) -> tuple[SharedState, SharedLookup]:
        seen = Seen()
        with store.client as client:
            client.flushall()
        async with memory(store.url, seen) as shared:
            shared.keep("another", NAME)
            assert await name_known(shared, "another") == NAME
            seen.looks.clear()
            with store.client as client:
                put(client, shared._name_key("question"), client.get(shared._name_key("another")))
            known = await shared.look("question")
            while seen.looks[-1] is SharedLookup.LATE:
                known = await shared.look("question")
        return known, seen.looks[-1]

    for put in (
        lambda client, key, _: client.set(key, b"garbage"),
        lambda client, key, _: client.set(key, b'["evil-name", "Evil name"]'),
        lambda client, key, _: client.lpush(key, b"list"),
        lambda client, key, _: client.set(key, b"x" * (32 << 20)),
        lambda client, key, sealed: client.set(key, sealed),  # a name of ours, for another question
        lambda client, key, sealed: client.set(key, sealed[:-1]),
    ):
        assert asyncio.run(look_after(put)) == (SharedState(), SharedLookup.UNUSABLE)


async def known(shared: ReplicaCache, question: str = "q") -> SharedState:
    """Look until the reply is in time."""
    seen: Any = cast("Any", shared.looked).__self__
    while True:
        state = await shared.look(question)
        if seen.looks[-1] is not SharedLookup.LATE:
            return state


def test_a_pause_that_is_not_ours_pauses_nobody(store: Server) -> None:
    async def scene() -> None:
        async with memory(store.url) as shared:
            for left in ("-1", "x", "999999999999"):
                with store.client as client:
                    client.set(shared._pause_key, left, px=5000)
                assert (await known(shared)).pause is None

    asyncio.run(scene())


def test_nobody_can_make_a_pause_a_probe_or_a_name_last(
    store: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene() -> None:
        async with memory(store.url) as one, memory(store.url) as other:
            one.pause(5)
            one.keep("q", NAME)
            assert await one.may_probe()
            keys = (one._pause_key, one._probe_key, one._name_key("q"))
            await until(lambda: store.client.exists(*keys) == len(keys))
            with store.client as client:
                client.persist(keys[0])
                client.pexpire(keys[1], 10**9)
                client.persist(keys[2])
            state = await known(other)
            assert state.name == NAME
            assert state.pause is not None
            assert (state.pause[0], 0 < state.pause[1] < 5) == (5, True)
            assert not await other.may_probe()
            now = replica_cache._now_ms()
            monkeypatch.setattr(replica_cache, "_now_ms", lambda: now - 60_000)  # a slow clock
            state = await known(other)
            assert state.pause is not None
            assert state.pause[1] == 5
            later = now + 61_000
            monkeypatch.setattr(replica_cache, "_now_ms", lambda: later)
            assert await known(other) == SharedState()
            assert await other.may_probe()
            with store.client as client:
                client.set(keys[1], b"not ours")
            assert await other.may_probe()

    asyncio.run(scene())


def test_one_of_many_may_probe_until_it_has_told_how_it_went(store: Server) -> None:
    async def scene() -> None:
        async with memory(store.url) as one, memory(store.url) as other:
            first, second = [await one.may_probe(), await other.may_probe()]
            assert (first, second) == (True, False)
            one.healed()
            await until(lambda: not store.client.exists(one._probe_key))
            assert await other.may_probe()
            other.pause(10)
            await until(lambda: not store.client.exists(one._probe_key))
            with store.client as client:
                assert client.exists(one._pause_key)

    asyncio.run(scene())


async def all_said(asker: Any) -> None:
    """Wait until the server has heard whatever `asker` told it: replies come in the order of the commands."""
    await asker._shared.client.ask(("PING",))


def ask_two_replicas(
    store: Server, claude: FakeClaude, prompts: list[str], **more: Any
) -> tuple[list[Outcome], list[Seen], list[State]]:
    """Ask the first replica, then the second, in turn, with each of `prompts`."""

    async def scene() -> tuple[list[Outcome], list[Seen], list[State]]:
        settings = read_settings(
            {
                "ANTHROPIC_API_KEY": SECRET,
                "ANTHROPIC_BASE_URL": claude.url,
                "NAMING_CACHE_URL": store.url,
            }
            | more
        )
        seen = [Seen(), Seen()]
        async with open_asker(settings, seen[0]) as one, open_asker(settings, seen[1]) as other:
            await until(lambda: all(each.up == [True] for each in seen))
            outcomes = []
            for prompt in prompts:
                for asker in (one, other):
                    at = asyncio.get_running_loop().time() + 2 * PATIENCE_SECONDS
                    outcomes.append(await name_task(f"{PROMPT} {prompt}", asker, at))
                    await all_said(asker)
            assert isinstance(one, AskClaude)
            assert isinstance(other, AskClaude)
            return outcomes, seen, [one._first.circuit.state, other._first.circuit.state]

    return asyncio.run(scene())


def test_a_name_that_claude_gave_one_replica_is_the_others_without_a_call(
    store: Server, claude: FakeClaude
) -> None:
    outcomes, seen, _ = ask_two_replicas(store, claude, ["first"])
    assert {(each.source, each.task_name.name) for each in outcomes} == {
        (Source.CLAUDE, "fix-login-button")
    }
    assert len(claude.requests) == 1
    assert [each.how for each in seen] == [[], ["shared"]]


def test_an_outage_found_by_one_replica_pauses_the_other(store: Server, claude: FakeClaude) -> None:
    claude.behave = fails(529, "overloaded_error")

    async def scene() -> None:
        settings = read_settings(
            {
                "ANTHROPIC_API_KEY": SECRET,
                "ANTHROPIC_BASE_URL": claude.url,
                "NAMING_CACHE_URL": store.url,
            }
        )
        seen = [Seen(), Seen()]
        async with open_asker(settings, seen[0]) as one, open_asker(settings, seen[1]) as other:
            await until(lambda: all(each.up == [True] for each in seen))
            loop = asyncio.get_running_loop()
            for number in range(5):
                await name_task(f"{PROMPT} {number}", one, loop.time() + PATIENCE_SECONDS)
            await all_said(one)
            calls = len(claude.requests)
            later = [
                await name_task(f"{PROMPT} later {number}", other, loop.time() + PATIENCE_SECONDS)
                for number in range(3)
            ]
            assert {each.reason for each in later} == {Reason.CIRCUIT_OPEN}
            assert len(claude.requests) == calls

    asyncio.run(scene())


def test_after_a_shared_pause_one_replica_probes_and_then_both_are_back(
    store: Server, claude: FakeClaude
) -> None:
    class Clock:
        ahead = 0.0

        def __call__(self) -> float:
            return time.monotonic() + self.ahead

    async def scene() -> None:
        clock, instructions = Clock(), load_instructions()
        client = Client(Endpoint(SECRET, "model", claude.url), instructions)
        async with memory(store.url) as first, memory(store.url) as second:
            one, other = (
                AskClaude(
                    client,
                    instructions,
                    max_calls=9,
                    cache_seconds=0,
                    shared=shared,
                    now=clock,
                )
                for shared in (first, second)
            )
            loop = asyncio.get_running_loop()

            async def reason(asker: AskClaude, prompt: str) -> Reason | None:
                return (
                    await name_task(f"{PROMPT} {prompt}", asker, loop.time() + 2 * PATIENCE_SECONDS)
                ).reason

            claude.behave = fails(529, "overloaded_error")
            for number in range(5):
                await reason(one, str(number))
            await all_said(one)
            heard = await reason(other, "heard of")
            states = [one._first.circuit.state, other._first.circuit.state]
            clock.ahead += 11
            with store.client as cleaner:
                cleaner.delete(first._pause_key)  # as time does
            claude.behave = names(delay=1.0)
            claude.requests.clear()
            probing = asyncio.create_task(reason(one, "probe"))
            await until(lambda: claude.busy)
            refused = await reason(other, "meanwhile")
            assert await probing is None
            await all_said(one)
            await reason(other, "after")
            states += [one._first.circuit.state, other._first.circuit.state]
            assert heard is refused is Reason.CIRCUIT_OPEN
            assert states == [State.OPEN, State.OPEN, State.CLOSED, State.CLOSED]
        await client.close()

    asyncio.run(scene())


# What another process has found out


def test_a_pause_heard_of_ends_when_the_others_does_and_leads_to_one_probe() -> None:
    now = [100.0]
    circuit = Circuit(lambda: now[0])
    circuit.hear(10.0, 6.0)
    assert circuit.state is State.OPEN
    now[0] = 105.9
    assert (circuit.admit(), circuit.is_due) == (None, False)
    now[0] = 106.1
    assert circuit.is_due
    permit = circuit.admit()
    assert permit is not None
    due = [circuit.is_due]
    assert due == [False]
    circuit.hear(10.0, 9.0)  # the probe will tell
    circuit.succeeded(permit)
    states = [circuit.state]
    assert states == [State.CLOSED]


def test_what_this_process_has_seen_since_counts_for_more() -> None:
    now = [100.0]
    circuit = Circuit(lambda: now[0])
    permit = circuit.admit()
    assert permit is not None
    circuit.succeeded(permit)
    circuit.hear(10.0, 9.0)  # begun at 99, and a call has succeeded since
    states = [circuit.state]
    now[0] = 101.0
    circuit.hear(10.0, 8.0)
    states.append(circuit.state)
    assert states == [State.CLOSED, State.CLOSED]
    circuit.hear(10.0, 9.5)  # begun at 100.5
    states.append(circuit.state)
    assert states[-1] is State.OPEN


def test_a_call_on_its_way_may_end_a_pause_heard_of() -> None:
    circuit = Circuit(lambda: 100.0)
    permit = circuit.admit()
    assert permit is not None
    circuit.hear(10.0, 9.0)
    circuit.succeeded(permit)
    assert circuit.state is State.CLOSED


def test_a_call_from_before_a_pause_heard_of_does_not_free_the_probe() -> None:
    now = [100.0]
    circuit = Circuit(lambda: now[0])
    straggler = circuit.admit()
    assert straggler is not None
    circuit.hear(10.0, 9.0)
    now[0] = 110.0
    assert circuit.admit() is not None
    circuit.no_verdict(straggler)
    assert (circuit.state, circuit.admit()) == (State.PROBING, None)


def test_a_pause_heard_of_never_shortens_a_longer_one_of_our_own() -> None:
    now = [100.0]
    circuit = Circuit(lambda: now[0])
    permit = circuit.admit()
    assert permit is not None
    assert circuit.failed(permit, CannotName(Reason.SPEND_LIMIT)) == 300.0
    circuit.hear(10.0, 10.0)
    now[0] = 150.0
    assert circuit.admit() is None


# Trouble


@pytest.mark.parametrize("behaviour", PRETENCES)
@pytest.mark.usefixtures("real_budget")
def test_whatever_is_at_the_other_end_a_look_is_quick_and_never_fails(behaviour: str) -> None:
    async def scene() -> None:
        server, url = await pretend(PRETENCES[behaviour])
        async with memory(url, wait=False) as shared:
            await asyncio.sleep(0.1)
            for number in range(12):
                started = time.monotonic()
                assert await shared.look(f"question {number}") == SharedState()
                shared.keep("question", NAME)
                shared.pause(1)
                shared.healed()
                assert await shared.may_probe() in {True, False}
                assert time.monotonic() - started < 2  # 0.01 and the noise of a busy machine
        server.close()

    asyncio.run(scene())


@pytest.mark.usefixtures("real_budget")
def test_random_bytes_never_bring_the_line_down_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    randomness = random.Random(7)

    async def scene() -> None:
        async def noise(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            for number in range(100):
                if not await reader.read(4096):
                    return
                tail = bytes(
                    randomness.choices(
                        b"+-:$*0123456789\r\n\x00\xffPONG", k=randomness.randrange(40)
                    )
                )
                writer.write(
                    b"+PONG\r\n"
                    if number < 3
                    else randomness.choice([b"+", b"-", b":", b"$", b"*", b""]) + tail
                )
                await writer.drain()

        server, url = await pretend(noise)
        async with memory(url, wait=False) as shared:
            client = shared.client
            for number in range(40):
                assert await shared.look(f"question {number}") == SharedState()
                await asyncio.sleep(0.02)
            assert client._task is not None
            assert not client._task.done()
        server.close()

    monkeypatch.setattr(redis_client, "FIRST_PAUSE_SECONDS", 0.01)
    asyncio.run(scene())


def test_a_server_that_answers_slowly_is_not_asked_again_for_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def scene() -> None:
        seen = Seen()
        server, url = await pretend(PRETENCES["greets, then is slow"])
        async with memory(url, seen) as shared:
            monkeypatch.setattr(redis_client, "BUDGET_SECONDS", 0.005)
            for number in range(12):
                await shared.look(f"question {number}")
            shared.healed()
            await until(lambda: seen.up[-1] is False)
            assert shared.client._waiting.empty()  # what is old is not sent later
        server.close()
        late = seen.looks.index(SharedLookup.DOWN)
        assert late <= redis_client.LATE_TO_CLOSE
        assert set(seen.looks[:late]) == {SharedLookup.LATE}
        assert SharedLookup.DOWN in seen.looks[late:]

    asyncio.run(scene())


@pytest.mark.slow  # pauses in real time
def test_a_server_that_dies_and_comes_back_is_left_and_found_again(tmp_path: Path) -> None:
    async def scene(server: Server) -> list[bool]:
        seen = Seen()
        async with memory(server.url, seen) as shared:
            shared.keep("question", NAME)
            assert await name_known(shared, "question") == NAME
            server.stop()
            while seen.up[-1]:
                assert await shared.look("question") == SharedState()
            assert await shared.look("question") == SharedState()
            with pytest.raises(StoreUnavailable):
                await shared.client.ask(("PING",))
            assert await shared.may_probe()
            server.start()
            await until(lambda: seen.up[-1] is True, 20)
            shared.keep("question", NAME)
            assert await name_known(shared, "question") == NAME
        return seen.up

    with valkey(tmp_path) as server:
        up = asyncio.run(scene(server))
    assert up[0] is up[-1] is True  # hanging up in the end is no trouble to tell of
    assert all(one is not other for one, other in itertools.pairwise(up))


def test_a_silent_line_is_tried_now_and_then(
    store: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis_client, "IDLE_SECONDS", 0.05)

    async def scene() -> None:
        async with memory(store.url):
            with store.client as client:
                before = client.info("commandstats")["cmdstat_ping"]["calls"]
                await until(
                    lambda: client.info("commandstats")["cmdstat_ping"]["calls"] > before + 1
                )

    asyncio.run(scene())


def test_more_than_the_line_can_hold_is_refused_at_once(
    monkeypatch: pytest.MonkeyPatch, store: Server
) -> None:
    monkeypatch.setattr(redis_client, "MOST_WAITING", 2)

    async def scene() -> None:
        async with memory(store.url) as shared:
            results = await asyncio.gather(
                *(shared.client.ask(("PING",)) for _ in range(5)), return_exceptions=True
            )
            refused = [each for each in results if isinstance(each, StoreUnavailable)]
            assert [each.args for each in refused] == [(SharedLookup.DOWN,)] * 3
            for _ in range(5):
                shared.healed()
            assert shared.client._waiting.qsize() == 2

    asyncio.run(scene())


def test_many_at_once_travel_together_and_each_gets_its_own(store: Server) -> None:
    async def scene() -> None:
        async with memory(store.url) as shared:
            echoes = await asyncio.gather(
                *(shared.client.ask(("ECHO", str(n)), ("ECHO", "x")) for n in range(250))
            )
            assert echoes == [[str(n).encode(), b"x"] for n in range(250)]

    asyncio.run(scene())


def test_one_who_leaves_early_takes_nobody_elses_reply(store: Server) -> None:
    async def scene() -> None:
        async with memory(store.url) as shared:
            for number in range(50):
                leaving = asyncio.create_task(shared.client.ask(("ECHO", "left")))
                await asyncio.sleep(0)
                staying = asyncio.create_task(shared.client.ask(("ECHO", str(number))))
                await asyncio.sleep(0)
                leaving.cancel()
                assert await staying == [str(number).encode()]

    asyncio.run(scene())


# Ways to reach it


def test_it_is_reached_through_a_unix_socket_and_in_another_database(store: Server) -> None:
    async def scene() -> None:
        async with memory(f"unix://{store.socket_path}?db=3") as shared:
            shared.keep("question", NAME)
            assert await name_known(shared, "question") == NAME

    asyncio.run(scene())
    with store.client as client:
        assert client.dbsize() == 0


def test_a_password_is_shown_and_a_wrong_one_means_no_sharing(tmp_path: Path) -> None:
    async def scene(url: str, *, right: bool) -> bool:
        seen = Seen()
        async with memory(url, seen, wait=right) as shared:
            if not right:
                await asyncio.sleep(0.3)
            await shared.look("question")
        return True in seen.up

    with valkey(tmp_path, "--requirepass", "planted-password") as server:
        at = f"127.0.0.1:{server.port}"
        assert asyncio.run(scene(f"redis://:planted-password@{at}", right=True))
        assert not asyncio.run(scene(f"redis://:wrong@{at}", right=False))
        assert not asyncio.run(scene(f"redis://{at}", right=False))


def certificate_in(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for this machine, and give its key too."""
    certificate, key = folder / "cert.pem", folder / "key.pem"
    make = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    more = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(["openssl", *make.split(), *more], check=True, capture_output=True)
    return certificate, key


def test_a_connection_through_tls_is_shut_down_before_the_end(tmp_path: Path) -> None:
    certificate, key = certificate_in(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    readers: list[asyncio.StreamReader] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        readers.append(reader)
        while await reader.read(100):
            writer.write(b"+PONG\r\n")
        writer.close()

    async def scene() -> bool:
        async with await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context) as server:
            port = server.sockets[0].getsockname()[1]
            async with memory(f"rediss://127.0.0.1:{port}/0?ssl_ca_certs={certificate}"):
                pass
            return readers[0].at_eof()

    assert asyncio.run(scene())


def test_it_is_reached_through_tls_if_its_certificate_is_good(tmp_path: Path) -> None:
    certificate, key = certificate_in(tmp_path)

    async def scene(url: str, *, good: bool) -> bool:
        seen = Seen()
        async with memory(url, seen, wait=good):
            if not good:
                await asyncio.sleep(0.5)
        return True in seen.up

    tls = Server(tmp_path)
    options = (
        "--tls-port",
        str(tls.port),
        "--tls-cert-file",
        str(certificate),
        "--tls-key-file",
        str(key),
    )
    tls.options = ("--port", "0", *options, "--tls-auth-clients", "no")
    tls.start()
    try:
        at = f"rediss://127.0.0.1:{tls.port}/0"
        assert asyncio.run(scene(f"{at}?ssl_ca_certs={certificate}", good=True))
        assert not asyncio.run(scene(at, good=False))
    finally:
        tls.stop()


@pytest.mark.parametrize(
    "url",
    [
        "redis://valkey",
        "redis://:p@valkey:6379/3",
        "rediss://user:p@10.0.0.1:6380?ssl_ca_certs=/ca.pem",
        "unix:///run/v.sock?db=2",
    ],
)
def test_addresses_of_valkey_and_redis_are_taken_and_hidden(url: str) -> None:
    settings = read_settings({"NAMING_CACHE_URL": url})
    assert settings.cache_url is not None
    assert settings.cache_url.text == url
    assert url not in repr(settings)


@pytest.mark.parametrize(
    "url",
    [
        "valkey",
        "http://valkey",
        "redis://",
        "redis:///0",
        "unix://",
        "redis://valkey:99999",
        "redis://valkey:0",
        "redis://valkey/x",
        "redis://v?db=x",
        "redis://v?decode_responses=1",
        "redis://v?db",
        "redis://[",
        "redis://v v",
    ],
)
def test_other_addresses_are_refused_without_being_shown(url: str) -> None:
    with pytest.raises(
        BadSetting, match=r"^NAMING_CACHE_URL: must be a redis://, rediss:// or unix:// address"
    ) as refusal:
        read_settings({"NAMING_CACHE_URL": url})
    assert "v?" not in str(refusal.value)


@pytest.mark.slow  # two services in real time
@pytest.mark.system
def test_two_services_share_names_and_go_on_alone_when_the_store_is_gone(
    tmp_path: Path, claude: FakeClaude
) -> None:
    with valkey(tmp_path, "--requirepass", "planted-password") as server:
        url = f"redis://:planted-password@127.0.0.1:{server.port}/0"
        shared = {
            "ANTHROPIC_API_KEY": SECRET,
            "ANTHROPIC_BASE_URL": claude.url,
            "NAMING_CACHE_URL": url,
        }
        with running_service(**shared) as one, running_service(**shared) as other:
            for service in (one, other):
                end = time.monotonic() + 60
                while "sharing_begun" not in "".join(service.log) and time.monotonic() < end:
                    time.sleep(0.05)
            for service in (one, other, other):
                assert service.name(PROMPT)["source"] == "claude"
            assert len(claude.requests) <= 2  # a look may be late
            server.stop()
            for number in range(8):
                assert other.name(f"{PROMPT} {number}")["source"] == "claude"
            page = other.send("GET", "/metrics").body.decode()
            assert 'naming_shared_looks_total{result="down"}' in page
            assert "naming_shared_workers 0.0" in page
        events = [json.loads(line)["event"] for line in other.log if line.startswith("{")]
        assert (
            events.count("sharing_begun") == events.count("sharing_paused") > 0
        )  # on a busy machine more than once
        assert "planted-password" not in "".join(one.log + other.log)
