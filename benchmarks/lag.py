"""How long do prompts of a megabyte keep the event loop from others? Twenty clients send them for some seconds.

`lag` is what a timer of a millisecond sees, on a machine that others use too; `held` is the processor time that passed
on the loop's thread between two of its beats, which is the service's own doing.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import random
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import uvicorn
import uvloop

from benchmarks.usage import usage
from naming.observability import Log
from naming.settings import Settings
from naming.web.app import create_app
from naming.web.connection import BoundedHttpProtocol
from tests.running_service import Service

if TYPE_CHECKING:
    from collections.abc import Callable

CLIENTS = 20
SECONDS = 4.0
BEAT_SECONDS = 0.001
MEGABYTE = 1 << 20
OK = 200

_WORDS = "please fix the login button on the settings page when users of def run(x): return {} #42 and".split()


def _text() -> str:
    choose = random.Random(1).choice  # noqa: S311 # the same text each time
    return " ".join(choose(_WORDS) for _ in range(MEGABYTE // 5))[:MEGABYTE]


PROMPTS: dict[str, Callable[[], str]] = {
    "nothing sent": str,
    "words": _text,
    "one long word": lambda: "a" * MEGABYTE,
    "Chinese, escaped": lambda: "修复登录按钮" * (MEGABYTE // 36),
    "log lines": lambda: (
        "2026-11-22 ERROR db.pool timeout after 3000 ms id=42\n" * (MEGABYTE // 53)
    ),
}


def send(port: int, kind: str) -> None:
    """Be the clients, in a process of their own."""
    service = Service(port, None)  # type: ignore[arg-type] # it is not ours to stop
    until = time.monotonic() + SECONDS
    prompt = PROMPTS[kind]()

    def keep_sending(_: int) -> int:
        sent = 0
        while time.monotonic() < until:
            assert service.post({"prompt": prompt}).status == OK
            sent += 1
        return sent

    with concurrent.futures.ThreadPoolExecutor(CLIENTS) as pool:
        print(sum(pool.map(keep_sending, range(CLIENTS))))


async def measure(port: int, kind: str) -> None:
    lags, held = [], []
    clients = None
    if PROMPTS[kind]():
        command = [sys.executable, "-m", "benchmarks.lag", "--send", str(port), kind]
        clients = subprocess.Popen(command, stdout=subprocess.PIPE)  # noqa: ASYNC220 # nothing is measured yet
        await asyncio.sleep(0.5)
    until = time.perf_counter() + SECONDS
    while time.perf_counter() < until and (clients is None or clients.poll() is None):
        wall, own = time.perf_counter(), time.thread_time()
        await asyncio.sleep(BEAT_SECONDS)
        lags.append((time.perf_counter() - wall - BEAT_SECONDS) * 1000)
        held.append((time.thread_time() - own) * 1000)
    sent = 0 if clients is None else int((await asyncio.to_thread(clients.communicate))[0])
    print(
        f"{kind:18s} {sent:6d}",
        *(f"{figure:9.2f}" for seen in (lags, held) for figure in _summary(seen)),
    )


def _summary(seen: list[float]) -> tuple[float, float, float]:
    ordered = sorted(seen)
    return ordered[len(ordered) // 2], ordered[len(ordered) * 99 // 100], ordered[-1]


async def main() -> None:
    app = create_app(Settings(), Log("warning"))
    server = uvicorn.Server(
        uvicorn.Config(
            app, port=0, http=BoundedHttpProtocol, ws="none", log_config=None, proxy_headers=False
        )
    )
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 # it has no event to wait for
        await asyncio.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    print(f"Milliseconds, {CLIENTS} clients; held should stay under 10.")
    print(
        f"{'prompts':18s} {'sent':>6s} {'lag p50':>9s} {'p99':>9s} {'max':>9s} {'held p50':>9s} {'p99':>9s} {'max':>9s}"
    )
    for kind in PROMPTS:
        await measure(port, kind)
    server.should_exit = True
    await serving


if __name__ == "__main__":
    parser = usage(__doc__)
    parser.add_argument(
        "--send",
        nargs=2,
        metavar=("PORT", "KIND"),
        help="be the clients; it starts them so by itself",
    )
    given = parser.parse_args()
    if given.send:
        send(int(given.send[0]), given.send[1])
    else:
        uvloop.run(main())
