"""How fast tasks are planned, renamed and put back in an embedded PostgreSQL, and in how much memory.

python -m benchmarks.rename 20000 1000000           sizes of the table, named without Claude
python -m benchmarks.rename 2000 --upstream-ms 500  with a stand-in for Claude that takes so long, at 1, 8 and 64 calls
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.upstream import upstream
from tests.rename.postgres import SCHEMA, connect, embedded_postgres

if TYPE_CHECKING:
    import psycopg

FILL = """
INSERT INTO tasks (owner_id, name, display_name, prompt)
SELECT md5((i %% 1000)::text)::uuid, 'task-python-debug-' || to_hex(i), 'Python debug ' || i,
  (ARRAY['fix the login button', 'add tests for the parser', 'why is the search page so slow?',
    'please update the readme of the billing service', 'refactor useAuth to hooks'])[1 + i %% 5]
  || ' in module ' || i %% 9973 || '. ' || repeat('It should stay as it is for everybody else. ', (i %% 8)::int)
FROM generate_series(1, %s) AS i
"""
PROGRAM = """
import re, sys, time
from pathlib import Path
from naming.cli import main
status = main(["rename", *sys.argv[1:]])
print(re.search("VmHWM:[^0-9]*([0-9]+)", Path("/proc/self/status").read_text())[1], time.process_time())
sys.exit(status)
"""
ROUNDS = 20


class Run(NamedTuple):
    """What a command took: seconds, seconds of this process's own work, and memory in MB at its largest."""

    seconds: float
    cpu: float
    megabytes: float


def run(environment: dict[str, str], *arguments: str) -> Run:
    started = time.perf_counter()
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        sys.exit(ran.stderr)
    kilobytes, cpu = ran.stdout.split()[-2:]
    return Run(time.perf_counter() - started, float(cpu), int(kilobytes) / 1024)


def fill(db: psycopg.Connection[tuple[object, ...]], tasks: int) -> None:
    db.execute(SCHEMA)
    db.execute(FILL, [tasks])
    db.execute("VACUUM ANALYZE tasks")


def without_claude(address: str, folder: Path, tasks: int) -> None:
    plan = str(folder / f"{tasks}.jsonl")
    for command in (["plan", address, "--plan", plan, "--no-claude"], ["apply", plan], ["apply", plan], ["undo", plan]):
        ran = run(dict(os.environ), *command)
        print(
            f"{tasks:>9,}  {command[0]:<6} {ran.seconds:>8.1f} s {tasks / ran.seconds:>9,.0f} rows/s {ran.megabytes:>6.0f} MB"
        )


def with_claude(address: str, folder: Path, upstream_ms: int) -> None:
    """The upstream says how many calls it had at a time: idle is what it could have had beside them."""
    with upstream(upstream_ms / 1000) as claude:
        environment = {**os.environ, "ANTHROPIC_API_KEY": "none", "ANTHROPIC_BASE_URL": claude.url}
        print("calls   rows/s  (ideal)  idle slots  CPU ms/row  start s  drain s     MB")
        for calls in (1, 8, 64):
            started = time.monotonic()
            plan = ["plan", address, "--plan", str(folder / f"{calls}.jsonl"), "--concurrency", str(calls)]
            cpu_to_start = run(
                environment, *plan[:3], str(folder / f"{calls}-start.jsonl"), *plan[4:], "--limit", "1"
            ).cpu
            claude.account()
            started = time.monotonic()
            ran = run(environment, *plan, "--limit", str(calls * ROUNDS))
            account = claude.account()
            begin, end = account.steady(calls)
            print(
                f"{calls:>5} {len(account.came) / (account.went[-1] - begin):>8.1f}  {calls / upstream_ms * 1000:>7.1f}"
                f"  {1 - account.in_flight(begin, end) / calls:>10.1%}"
                f"  {(ran.cpu - cpu_to_start) * 1000 / len(account.came):>10.2f}"
                f"  {begin - started:>7.2f}  {started + ran.seconds - end:>7.2f}  {ran.megabytes:>5.0f}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tasks", type=int, nargs="*", default=[20_000])
    parser.add_argument("--upstream-ms", type=int)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, embedded_postgres() as address, connect(address) as db:
        for tasks in given.tasks:
            fill(db, tasks)
            if given.upstream_ms is None:
                without_claude(address, Path(folder), tasks)
            else:
                with_claude(address, Path(folder), given.upstream_ms)


if __name__ == "__main__":
    main()
