"""The release gate itself: it must be able to say no."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress

import pytest

from benchmarks.gate import BACK_SECONDS, PHASES, Phase
from benchmarks.relay import Relay, Weather, relay
from benchmarks.steady import Result


def phase(**changes: float) -> Phase:
    of_result = {key: value for key, value in changes.items() if key in {"failed", "lateness"}}
    values = {"memory_mib": 100.0, "log_bytes": 200.0, "back_seconds": 1.0} | changes
    result = Result(sent=10, sources=Counter(claude=10))
    vars(result).update({"lateness": -0.5} | of_result)
    return Phase("any", result, values["memory_mib"], values["log_bytes"], values["back_seconds"])


def test_a_healthy_phase_has_no_faults() -> None:
    assert phase().faults(phase(), 0.25) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"failed": 1}, "1 requests failed"),
        ({"lateness": 0.26}, "after its deadline"),
        ({"memory_mib": 151.0}, "memory"),
        ({"log_bytes": 301.0}, "log bytes"),
        ({"back_seconds": BACK_SECONDS + 1}, "did not come back"),
    ],
)
def test_each_broken_promise_is_said(changes: dict[str, float], said: str) -> None:
    (fault,) = phase(**changes).faults(phase(), 0.25)
    assert said in fault


def test_every_dependency_is_cut_and_slowed_alone_and_together() -> None:
    tried = {(claude, store) for _, claude, store in PHASES}
    assert {(one, other) for one in Weather for other in Weather} == tried


def test_a_relay_passes_slows_and_cuts() -> None:
    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(100):
                writer.write(data)
        writer.close()

    async def say(between: Relay) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", between.port)
        try:
            writer.write(b"hello")
            return await reader.read(100)
        except ConnectionError:
            return b""
        finally:
            writer.close()

    async def scene() -> None:
        server = await asyncio.start_server(echo, "127.0.0.1", 0)
        with relay(server.sockets[0].getsockname()[1], 0.1) as between:
            assert await say(between) == b"hello"
            between.weather = Weather.SLOW
            started = asyncio.get_running_loop().time()
            assert await say(between) == b"hello"
            assert asyncio.get_running_loop().time() - started >= 0.2
            between.weather = Weather.CUT
            assert await say(between) == b""
        server.close()

    asyncio.run(scene())
