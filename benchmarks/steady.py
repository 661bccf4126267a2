"""Steady load from a process of its own: requests leave at a fixed rate, whatever becomes of the earlier ones.

python -m benchmarks.steady 8000 100 90 1000 0
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from dataclasses import dataclass, field

import uvloop

from benchmarks.client import prompt
from benchmarks.usage import usage

REPEATED_EVERY = 3
"""Of so many requests one has a prompt that has been sent before."""


@dataclass
class Result:
    """What the callers saw. `lateness` is the worst, in seconds after the deadline."""

    sent: int = 0
    failed: int = 0
    lateness: float = -1e9
    p50: float = 0.0
    p99: float = 0.0
    sources: Counter[str] = field(default_factory=Counter)
    troubles: list[str] = field(default_factory=list)


async def send(port: int, text: str, deadline_ms: int) -> dict[str, str]:
    body = json.dumps({"prompt": text, "deadline_ms": deadline_ms}).encode()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        head = f"POST /v1/names HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        head_of_answer, _, answer = (await reader.read()).partition(b"\r\n\r\n")
    finally:
        writer.close()
    if b" 200 " not in head_of_answer[:20]:
        raise ValueError(head_of_answer[:60].decode(errors="replace") or "no answer")
    return dict(json.loads(answer))


async def main(port: int, rate: float, seconds: float, deadline_ms: int, first: int) -> Result:
    result, took, tasks = Result(), list[float](), set[asyncio.Task[None]]()

    async def one(number: int) -> None:
        text = prompt(number % 7 if number % REPEATED_EVERY == 0 else number)
        sent = time.monotonic()
        try:
            answer = await send(port, text, deadline_ms)
        except (OSError, ValueError) as error:
            result.failed += 1
            result.troubles = [*result.troubles, repr(error)][:5]
            return
        took.append(time.monotonic() - sent)
        result.sources[answer["source"]] += 1

    started = time.monotonic()
    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0.0, started + number / rate - time.monotonic()))
        tasks.add(task := asyncio.create_task(one(first + number)))
        task.add_done_callback(tasks.discard)
        result.sent += 1
    await asyncio.gather(*tasks)
    took.sort()
    if took:
        result.p50, result.p99 = took[len(took) // 2], took[int(len(took) * 0.99)]
        result.lateness = took[-1] - deadline_ms / 1000
    return result


if __name__ == "__main__":
    parser = usage(__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("rate", type=float, help="requests a second")
    parser.add_argument("seconds", type=float)
    parser.add_argument("deadline_ms", type=int)
    parser.add_argument("first", type=int, help="number of the first prompt")
    print(json.dumps(vars(uvloop.run(main(**vars(parser.parse_args()))))))
