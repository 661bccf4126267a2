"""A load generator in a process of its own: bounded in count, some requests in flight at a time, each prompt a new one.

python -m benchmarks.client '{"port": 8000, "count": 1000, "in_flight": 64}'
"""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from typing import Final, cast

import uvloop

from benchmarks.usage import usage

FILLER: Final = (
    " When somebody opens it on a phone, the button sits under the keyboard, so nobody can press it. Keep the layout of the "
    "desktop as it is, add a test for the small screen, and tell which style rule was to blame. It happens since the form "
    "has moved into the new dialog: the footer got a fixed height there. The dialog is used by the profile page and by the "
    "billing page too, so look at both of them before you change it, and leave the texts as they are for the translators."
)
PROMPT_CHARACTERS: Final = 500


@dataclass(frozen=True)
class Load:
    """What to send where. `template` is the body with a `%s` for the prompt as JSON."""

    port: int
    count: int
    in_flight: int = 64
    path: str = "/v1/names"
    template: str = '{"prompt": %s}'
    headers: dict[str, str] = field(default_factory=dict)
    at_most_seconds: float = 120.0


@dataclass(frozen=True)
class Seen:
    """What came of a load: times in seconds, of the answers after the first on each connection."""

    answered: int
    failed: int
    seconds: float
    p50: float
    p99: float


def prompt(number: int) -> str:
    return (f"Please fix the login button number {number} on the settings page." + FILLER)[
        :PROMPT_CHARACTERS
    ]


class _Caller(asyncio.Protocol):
    def __init__(
        self,
        load: Load,
        numbers: list[int],
        answered: list[float],
        took: list[float],
        failed: list[bytes],
    ) -> None:
        self._load, self._numbers, self._answered, self._took, self._failed = (
            load,
            numbers,
            answered,
            took,
            failed,
        )
        self._is_warm = False
        self.done = asyncio.get_running_loop().create_future()
        self._buffer = b""
        self._sent = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)  # uvloop's is no subclass
        self._send()

    def _send(self) -> None:
        if not self._numbers:
            self._transport.close()
            return
        body = (self._load.template % json.dumps(prompt(self._numbers.pop()))).encode()
        more = "".join(f"{key}: {value}\r\n" for key, value in self._load.headers.items())
        head = f"POST {self._load.path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n{more}content-length: {len(body)}\r\n\r\n"
        self._sent = time.perf_counter()
        self._transport.write(head.encode() + body)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, ended, body = self._buffer.partition(b"\r\n\r\n")
        length = (
            int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0] or 0)
            if ended
            else 0
        )
        if not ended or len(body) < length:
            return
        self._answered.append(self._sent)
        if (
            self._is_warm
        ):  # the first answer waits until the connection is taken up, which is another matter
            self._took.append(time.perf_counter() - self._sent)
        self._is_warm = True
        if b" 200 " not in head[:20]:
            self._failed.append(head[:100])
        self._buffer = b""
        self._send()

    def connection_lost(self, _error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)


async def _send_all(load: Load) -> Seen:
    numbers = list(range(load.count))
    answered: list[float] = []
    took: list[float] = []
    failed: list[bytes] = []
    loop, started = asyncio.get_running_loop(), time.perf_counter()
    callers = [
        (
            await loop.create_connection(
                lambda: _Caller(load, numbers, answered, took, failed), "127.0.0.1", load.port
            )
        )[1]
        for _ in range(load.in_flight)
    ]
    async with asyncio.timeout(load.at_most_seconds):
        await asyncio.gather(*(caller.done for caller in callers))
    cuts = statistics.quantiles(took, n=100) if len(took) > 1 else [sum(took)] * 99
    missing = load.count - len(answered)
    return Seen(
        len(answered), len(failed) + missing, time.perf_counter() - started, cuts[49], cuts[98]
    )


def send(load: Load) -> Seen:
    """Send `load` from another process."""
    command = [sys.executable, "-m", "benchmarks.client", json.dumps(asdict(load))]
    done = subprocess.run(
        command, capture_output=True, check=True, timeout=load.at_most_seconds + 30
    )
    return Seen(**json.loads(done.stdout))


if __name__ == "__main__":
    parser = usage(__doc__)
    parser.add_argument("load", type=json.loads, help="the fields of a Load as a JSON object")
    print(json.dumps(asdict(uvloop.run(_send_all(Load(**parser.parse_args().load))))))
