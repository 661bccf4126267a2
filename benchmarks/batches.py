"""What a plan through Message Batches takes: memory, this machine's work, requests, bytes and batches.

python -m benchmarks.batches 10000 100000     numbers of tasks; the API is a stand-in on this machine that answers at once
python -m benchmarks.batches --arithmetic     what large renames take, by these figures and the published limits
"""

from __future__ import annotations

import json
import math
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.usage import usage
from naming.claude.message import BATCH_SHARE, Tokens
from naming.rename.batch_format import MOST_BYTES, MOST_REQUESTS, SPREAD
from naming.rename.planning import TOKENS_OUT
from tests.fake_batches import fake_batches

PROGRAM = """
import resource, sys
import naming.rename.batch_conversation as waiting
waiting.FIRST_SECONDS = waiting.LONGEST_SECONDS = 0.2
from naming.cli import main
status = main(["rename", *sys.argv[1:]])
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(sum(one.ru_utime + one.ru_stime for one in used))
sys.exit(status)
"""
ASKED = (
    "fix the login button",
    "add tests for the parser",
    "why is the search page so slow?",
    "please update the readme of the billing service",
    "refactor useAuth to hooks",
)

BYTES_A_REQUEST = 5_130
"""Measured by this benchmark in November 2026: nearly all of it is what Claude is told, once a request."""

TOLD, ASKED_TOKENS = 1_072, 102
"""Tokens of what Claude is told, the same in each request, and of the prompts around them, by `--estimate`."""

QUEUES = {"Start": 200_000, "Build": 300_000, "Scale": 500_000}
"""Requests of one organization that may wait at a time, by usage tier (platform.claude.com, "Rate limits", 2026)."""

HOURS_A_WAVE = (1, 24)
"""Most batches end within the first, all within the second (platform.claude.com, "Batch processing", November 2026)."""


def fill(source: Path, tasks: int) -> None:
    """Write tasks, each with a prompt of its own of 30 to 500 characters."""
    with source.open("w") as file:
        for n in range(tasks):
            prompt = (
                f"{ASKED[n % 5]} in module {n}. "
                + "It should stay as it is for everybody else. " * (n % 11)
            )
            row = {
                "id": n,
                "owner_id": n % 1000,
                "name": f"task-python-debug-{n:x}",
                "prompt": prompt,
            }
            file.write(json.dumps({**row, "display_name": "Python debug"}) + "\n")


def megabytes(process: int) -> float:
    """Tell the memory of a process and of those that it has started."""
    try:
        resident = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{process}/status").read_text())
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:  # it has ended
        return 0.0
    return (int(resident[1]) / 1024 if resident else 0.0) + sum(
        megabytes(int(child)) for child in children
    )


def measure(folder: Path, tasks: int) -> None:
    source, plan = folder / f"{tasks}.jsonl", folder / f"{tasks}.plan.jsonl"
    fill(source, tasks)
    with fake_batches() as api, (folder / "out").open("w+") as out:
        settings = {"ANTHROPIC_API_KEY": "none", "ANTHROPIC_BASE_URL": api.url}
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "plan", str(source), "--plan", str(plan), "--batches"],
            env={**os.environ, **settings}, stdout=out, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        most = 0.0
        while process.poll() is None:
            most = max(most, megabytes(process.pid))
            time.sleep(0.2)
        assert process.returncode == 0
        out.seek(0)
        cpu = float(out.read().split()[-1])
        requests, sent = len(api.asked()), sum(api.bodies)
        assert requests == len(set(api.asked())) == tasks
    print(
        f"{tasks:>9,} tasks  {len(api.batches):>3} batches  {requests:>9,} requests  {sent / 1e6:>7.1f} MB sent,"
        f" {sent / requests:,.0f} bytes each  {most:>4.0f} MB of memory in all its processes"
        f"  {cpu:>6.1f} s of work ({cpu / tasks * 1e3:.2f} ms a task)",
        flush=True,
    )


def arithmetic(tasks: int) -> str:
    """Write the row of a table: what so many tasks with prompts of their own take."""
    full = min(MOST_REQUESTS, MOST_BYTES // BYTES_A_REQUEST) * (1 - SPREAD / 2)
    hits = Tokens(tasks * ASKED_TOKENS, tasks * TOKENS_OUT, TOLD, (tasks - 1) * TOLD)
    costs = [
        tokens.cost_usd("claude-haiku-5-5", share) or 0.0
        for share in (BATCH_SHARE, 1.0)
        for tokens in (hits, Tokens(hits.all_input, hits.output))
    ]
    waves = [math.ceil(tasks / queue) for queue in (QUEUES["Start"], QUEUES["Scale"])]
    tokens = (hits.all_input + hits.output) / 1e6
    hours = " / ".join(
        f"{wave * HOURS_A_WAVE[0]:,} to {wave * HOURS_A_WAVE[1]:,}" for wave in waves
    )
    size = tasks * BYTES_A_REQUEST / 1e9
    return (
        f"| {tasks:,} | {math.ceil(tasks / full):,} | {size:,.{3 if size < 1 else 0}f} GB | {tokens:,.0f} M"
        f" | ${costs[0]:,.2f} to ${costs[1]:,.2f} | ${costs[2]:,.2f} to ${costs[3]:,.2f} | {hours} |"
    )


def main() -> None:
    parser = usage(__doc__)
    parser.add_argument("tasks", type=int, nargs="*", default=[10_000])
    parser.add_argument("--arithmetic", action="store_true")
    given = parser.parse_args()
    if given.arithmetic:
        for tasks in (1_000, 1_000_000, 100_000_000):
            print(arithmetic(tasks))
        return
    with tempfile.TemporaryDirectory() as folder:
        for tasks in given.tasks:
            measure(Path(folder), tasks)


if __name__ == "__main__":
    main()
