"""The floor of the way to Claude: bare SDK calls with the same instructions, some in flight at a time.

python -m benchmarks.sdk http://127.0.0.1:8080 400 64 aiohttp
"""

from __future__ import annotations

import asyncio
import json
import statistics
import time
from typing import Any

import anthropic
import uvloop

from benchmarks.client import prompt
from benchmarks.usage import usage
from naming.claude.client import MAX_TOKENS
from naming.claude.instructions import SCHEMA, load_instructions

OPTIONAL: Any = {
    "output_config": {"effort": "low", "format": {"type": "json_schema", "schema": SCHEMA}},
    "thinking": {"type": "disabled"},
}


async def main(url: str, count: int, in_flight: int, transport: str) -> dict[str, float]:
    http_client = anthropic.DefaultAioHttpClient() if transport == "aiohttp" else None
    client = anthropic.AsyncAnthropic(
        api_key="sk-test", base_url=url, max_retries=0, http_client=http_client
    )
    system, numbers, took = load_instructions().system, iter(range(count)), list[float]()

    async def call() -> None:
        for number in numbers:
            started = time.perf_counter()
            message = await client.messages.create(
                model="claude-haiku-5-5",
                max_tokens=MAX_TOKENS,
                system=system,
                messages=[{"role": "user", "content": prompt(number)}],
                **OPTIONAL,
            )
            assert json.loads(
                next(block.text for block in message.content if block.type == "text")
            )["name"]
            took.append(time.perf_counter() - started)

    await asyncio.gather(
        *(call() for _ in range(in_flight))
    )  # connections and caches are warm from here on
    numbers = iter(range(count, 2 * count))
    took.clear()
    cpu = time.process_time()
    await asyncio.gather(*(call() for _ in range(in_flight)))
    cpu = time.process_time() - cpu
    await client.close()
    cuts = statistics.quantiles(took, n=100)
    return {"cpu_us": cpu / count * 1e6, "p50": cuts[49], "p99": cuts[98]}


if __name__ == "__main__":
    parser = usage(__doc__)
    parser.add_argument("url")
    parser.add_argument("count", type=int)
    parser.add_argument("in_flight", type=int)
    parser.add_argument("transport", choices=["default", "aiohttp"])
    print(json.dumps(uvloop.run(main(**vars(parser.parse_args())))))
