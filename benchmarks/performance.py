"""Every figure of speed and size, ours and others' side by side in one run; written to `docs/performance.md`.

What is compared runs at the same time and is measured in turns, by processor time: on a machine that others use too, the
ratios hold where wall time would not.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from slugify import slugify

from benchmarks import litellm
from benchmarks.client import Load, prompt
from benchmarks.running import Cost, bare, hollow, measure, service
from benchmarks.sanitize import REQUEST, microseconds
from benchmarks.upstream import upstream
from benchmarks.usage import usage
from naming.chain import name_task, without_key
from naming.extraction import name_from_prompt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

DOCS: Final = Path(__file__).parent.parent / "docs"
ROUNDS: Final = 5
IN_FLIGHT: Final = 64
ANSWERS: Final = 1000
CALLS: Final = 400
KEY: Final = "sk-ant-bench"


@dataclass(frozen=True)
class Figure:
    """One line of the table. `target` is what we promise; `holds` whether this run kept it, None without a promise."""

    what: str
    value: str
    target: str = ""
    holds: bool | None = None

    def line(self) -> str:
        kept = {None: "", True: "yes", False: "**no**"}[self.holds]
        return f"| {self.what} | {self.value} | {self.target} | {kept} |"


def medians(rows: Sequence[Sequence[float]]) -> list[float]:
    return [statistics.median(column) for column in zip(*rows, strict=True)]


def median_ratio(rows: Sequence[Sequence[float]], over: int, under: int) -> float:
    """Give the median of the ratios of two columns, each taken within one round."""
    return statistics.median(row[over] / row[under] for row in rows)


def chain_us(count: int = 300) -> float:
    """Give the processor time of one name by the chain without a key, in microseconds."""

    async def name_all() -> float:
        until = asyncio.get_running_loop().time() + 60
        started = time.process_time()
        for number in range(count):
            await name_task(prompt(number), without_key, until)
        return (time.process_time() - started) / count * 1e6

    return asyncio.run(name_all())


def fallback() -> list[Figure]:
    with bare() as floor, hollow() as around, service() as whole:
        for each in (floor, around, whole):
            measure(each, Load(each.port, 300))
        rows, logged = [], whole.log_bytes
        for _ in range(ROUNDS):
            costs = [
                measure(each, Load(each.port, ANSWERS)).cpu_us for each in (floor, around, whole)
            ]
            rows.append([*costs, chain_us()])
        logged = (whole.log_bytes - logged) // (ROUNDS * ANSWERS)
    floor_us, around_us, whole_us, inside_us = medians(rows)
    best = 1e6 / min(row[2] for row in rows)
    ratio = median_ratio(rows, 1, 0)
    return [
        Figure("CPU of a bare Litestar POST with the same bodies", f"{floor_us:,.0f} µs"),
        Figure(
            "CPU of all that stands around the naming, logs and metrics on", f"{around_us:,.0f} µs"
        ),
        Figure("… in proportion to the bare POST", f"{ratio:.2f}", "at most 2", ratio <= 2),  # noqa: RUF100
        Figure(
            "CPU of a name from 500 characters by the prompt's own words", f"{inside_us:,.0f} µs"
        ),
        Figure("CPU of an answer by the prompt's own words", f"{whole_us:,.0f} µs"),
        Figure(
            "Names per second of one worker's CPU on the fallback path (median, best round)",
            f"{1e6 / whole_us:,.0f}, {best:,.0f}",
            "at least 1,500",
            1e6 / whole_us >= 1500,  # noqa: RUF100
        ),
        Figure(
            "… CPU of such an answer in proportion to the bare POST",
            f"{median_ratio(rows, 2, 0):.1f}",
        ),
        Figure("Log bytes a request", f"{logged}"),
    ]


def sdk(url: str, transport: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.sdk", url, str(CALLS), str(IN_FLIGHT), transport]
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    return dict(json.loads(done.stdout))


def claude() -> list[Figure]:
    """Compare the way to Claude with bare SDK calls, both against an upstream that answers at once."""
    with upstream(0.0) as up:
        settings = {
            "ANTHROPIC_API_KEY": KEY,
            "ANTHROPIC_BASE_URL": up.url,
            "NAMING_CACHE_SECONDS": "0",
        }
        with service(**settings) as ours:
            measure(ours, Load(ours.port, CALLS, IN_FLIGHT))
            rows, tails, bare_tails = [], [], []
            for _ in range(ROUNDS):
                cost = measure(ours, Load(ours.port, 2 * CALLS, IN_FLIGHT))
                tails.append(cost.seen.p99 / cost.seen.p50)
                by_default, by_aiohttp = sdk(up.url, "default"), sdk(up.url, "aiohttp")
                bare_tails.append(by_aiohttp["p99"] / by_aiohttp["p50"])
                rows.append([cost.cpu_us, by_default["cpu_us"], by_aiohttp["cpu_us"]])
    ours_us, default_us, aiohttp_us = medians(rows)
    to_default, to_aiohttp, tail = (
        median_ratio(rows, 0, 1),
        median_ratio(rows, 0, 2),
        statistics.median(tails),
    )
    return [
        Figure(
            "CPU of a bare SDK call (its default transport; aiohttp's)",
            f"{default_us:,.0f} µs; {aiohttp_us:,.0f} µs",
        ),
        Figure("CPU of an answer by Claude", f"{ours_us:,.0f} µs"),
        Figure(
            "… in proportion to the bare call",
            f"{to_default:.2f}",
            "at most 1.5",
            to_default <= 1.5,
        ),
        Figure("… to the bare call by the transport that we use", f"{to_aiohttp:.2f}"),
        Figure(
            f"p99 against p50 with {IN_FLIGHT} in flight", f"{tail:.2f}", "at most 2.5", tail <= 2.5
        ),
        Figure("… of the bare SDK calls in between", f"{statistics.median(bare_tails):.2f}"),
    ]


def proxy() -> list[Figure]:
    """Compare with LiteLLM's proxy in front of the same upstream, one worker each."""
    with upstream(0.0) as up, ExitStack() as running:
        theirs = running.enter_context(litellm.proxy(up.url))
        settings = {
            "ANTHROPIC_API_KEY": KEY,
            "ANTHROPIC_BASE_URL": up.url,
            "NAMING_CACHE_SECONDS": "0",
        }
        ours = running.enter_context(service(**settings))
        measure(theirs, litellm.load(theirs.port, 100, IN_FLIGHT))
        measure(ours, Load(ours.port, CALLS, IN_FLIGHT))
        costs: list[tuple[Cost, Cost]] = []
        for _ in range(3):
            their_cost = measure(theirs, litellm.load(theirs.port, 200, IN_FLIGHT))
            costs.append((measure(ours, Load(ours.port, 2 * CALLS, IN_FLIGHT)), their_cost))
        memory = ours.memory_mib(), theirs.memory_mib()
    cpu = statistics.median(theirs.cpu_us / ours.cpu_us for ours, theirs in costs)
    wall = statistics.median(
        (ours.seen.answered / ours.seen.seconds) / (theirs.seen.answered / theirs.seen.seconds)
        for ours, theirs in costs
    )
    their_us = statistics.median(theirs.cpu_us for _, theirs in costs)
    return [
        Figure("CPU of an answer by LiteLLM's proxy", f"{their_us:,.0f} µs"),
        Figure(
            f"Throughput per worker against LiteLLM's proxy {litellm.version()} (CPU; wall)",
            f"{cpu:.1f}; {wall:.1f} times",
            "at least 8 times",
            cpu >= 8,  # noqa: RUF100
        ),
        Figure(
            "Memory after the load (ours; the proxy's)",
            f"{memory[0]:.0f} MiB; {memory[1]:.0f} MiB",
            "at most a third",
            memory[0] <= memory[1] / 3,
        ),
    ]


def start() -> list[Figure]:
    """Measure from the start of the program to the first answer, without a key and with one."""
    figures = []
    with upstream(0.0) as up:
        for label, settings in {
            "without a key": {},
            "with a key": {"ANTHROPIC_API_KEY": KEY, "ANTHROPIC_BASE_URL": up.url},
        }.items():
            walls, cpus, memories = [], [], []
            for _ in range(3):
                with service(**settings) as it:
                    measure(it, Load(it.port, 2, 1))
                    walls.append(time.perf_counter() - it.started)
                    cpus.append(it.cpu_seconds())
                    memories.append(it.memory_mib())
            wall, cpu, memory = min(walls), statistics.median(cpus), statistics.median(memories)
            figures += [
                Figure(
                    f"Start to the first answers, {label} (CPU; best wall)",
                    f"{cpu:.2f} s; {wall:.2f} s",
                ),
                Figure(f"Resting memory, {label}", f"{memory:.0f} MiB"),
            ]
    return figures


SIZES: Final[Mapping[str, int]] = {
    "100 B": 100,
    "1 KB": 1000,
    "4 KB": 4000,
    "64 KB": 64_000,
    "1 MB": 1_000_000,
}


def sanitizer() -> list[Figure]:
    figures = []
    times: dict[str, float] = {}
    for label, length in SIZES.items():
        text = (REQUEST * (length // len(REQUEST) + 1))[:length]
        theirs: Callable[[str], object] = slugify
        times[label], their_us = microseconds(name_from_prompt, text), microseconds(theirs, text, 3)
        figures.append(
            Figure(
                f"A name from {label} of prose (ours; python-slugify)",
                f"{times[label]:,.0f} µs; {their_us:,.0f} µs",
            )
        )
    growth = times["1 MB"] / times["4 KB"]
    return [
        *figures,
        Figure("1 MB against 4 KB", f"{growth:.2f} times", "flat: at most 1.5", growth <= 1.5),
    ]


def page(figures: Sequence[Figure]) -> str:
    lines = [
        "# Performance",
        "",
        "Written by `make bench`. What is compared ran at the same time, one process each, and was measured in turns by",
        "processor time, on a machine that others used too: trust the ratios. Figures are medians.",
        "",
        f"CPython {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}.",
        "",
        "| what | this run | target | kept |",
        "|---|---|---|---|",
        *(figure.line() for figure in figures),
        "",
        "LiteLLM's proxy forwards a chat completion and does less than this service does; it is what many would put there.",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    parser = usage(__doc__)
    parser.add_argument(
        "--claude", action="store_true", help="measure only the way to Claude, and write nothing"
    )
    parser.add_argument("--no-litellm", action="store_true", help="leave the proxy out")
    given = parser.parse_args()
    if given.claude:
        print("\n".join(figure.line() for figure in claude()))
        return
    figures = fallback() + claude()
    if not given.no_litellm:
        figures += proxy()
    figures += start() + sanitizer()
    (DOCS / "performance.md").write_text(page(figures), "utf-8")
    print(page(figures))


if __name__ == "__main__":
    main()
