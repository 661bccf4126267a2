"""What a plan through Message Batches takes: memory, this machine's work, requests, bytes and batches.

python -m benchmarks.batches 10000 100000     numbers of tasks; the API is a stand-in on this machine that answers at once
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.fake_batches import fake_batches

PROGRAM = """
import re, sys, time
from pathlib import Path
import naming.rename.batches.waiting as waiting
waiting.FIRST_SECONDS = waiting.LONGEST_SECONDS = 0.2
from naming.cli import main
status = main(["rename", *sys.argv[1:]])
print(re.search("VmHWM:[^0-9]*([0-9]+)", Path("/proc/self/status").read_text())[1], time.process_time())
sys.exit(status)
"""
ASKED = (
    "fix the login button",
    "add tests for the parser",
    "why is the search page so slow?",
    "please update the readme of the billing service",
    "refactor useAuth to hooks",
)


def fill(source: Path, tasks: int) -> None:
    """Write tasks, each with a prompt of its own of 30 to 500 characters."""
    with source.open("w") as file:
        for n in range(tasks):
            prompt = f"{ASKED[n % 5]} in module {n}. " + "It should stay as it is for everybody else. " * (n % 11)
            row = {"id": n, "owner_id": n % 1000, "name": f"task-python-debug-{n:x}", "prompt": prompt}
            file.write(json.dumps({**row, "display_name": "Python debug"}) + "\n")


def measure(folder: Path, tasks: int) -> None:
    source, plan = folder / f"{tasks}.jsonl", folder / f"{tasks}.plan.jsonl"
    fill(source, tasks)
    with fake_batches() as api:
        settings = {"ANTHROPIC_API_KEY": "none", "ANTHROPIC_BASE_URL": api.url}
        started = time.perf_counter()
        ran = subprocess.run(
            [sys.executable, "-c", PROGRAM, "plan", str(source), "--plan", str(plan), "--batches"],
            env={**os.environ, **settings}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        seconds = time.perf_counter() - started
        if ran.returncode:
            sys.exit(ran.stderr)
        kilobytes, cpu = ran.stdout.splitlines()[-1].split()
        requests, sent = len(api.asked()), sum(api.bodies)
        assert requests == len(set(api.asked())) == tasks
    print(
        f"{tasks:>9,} tasks  {len(api.batches):>3} batches  {requests:>9,} requests  {sent / 1e6:>7.1f} MB sent,"
        f" {sent / requests:,.0f} bytes each  {int(kilobytes) / 1024:>4.0f} MB of memory"
        f"  {float(cpu):>6.1f} s of work ({float(cpu) / tasks * 1e3:.2f} ms a task), {seconds:.0f} s",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tasks", type=int, nargs="*", default=[10_000])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for tasks in given.tasks:
            measure(Path(folder), tasks)


if __name__ == "__main__":
    main()
