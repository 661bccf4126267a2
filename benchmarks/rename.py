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
from typing import TYPE_CHECKING

from tests.fake_claude import fake_claude, names
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
import re, sys
from pathlib import Path
from naming.cli import main
status = main(["rename", *sys.argv[1:]])
print(re.search("VmHWM:[^0-9]*([0-9]+)", Path("/proc/self/status").read_text())[1])
sys.exit(status)
"""
ROUNDS = 20


def timed(environment: dict[str, str], *arguments: str) -> tuple[float, float]:
    """Run a command; gives its seconds, and its memory in MB at its largest."""
    started = time.perf_counter()
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        sys.exit(ran.stderr)
    return time.perf_counter() - started, int(ran.stdout.split()[-1]) / 1024


def fill(db: psycopg.Connection[tuple[object, ...]], tasks: int) -> None:
    db.execute(SCHEMA)
    db.execute(FILL, [tasks])
    db.execute("VACUUM ANALYZE tasks")


def without_claude(address: str, folder: Path, tasks: int) -> None:
    plan = str(folder / f"{tasks}.jsonl")
    for command in (["plan", address, "--plan", plan, "--no-claude"], ["apply", plan], ["apply", plan], ["undo", plan]):
        seconds, megabytes = timed(dict(os.environ), *command)
        print(f"{tasks:>9,}  {command[0]:<6} {seconds:>8.1f} s {tasks / seconds:>9,.0f} rows/s {megabytes:>6.0f} MB")


def with_claude(address: str, folder: Path, upstream_ms: int) -> None:
    with fake_claude() as claude:
        claude.behave = names(delay=upstream_ms / 1000)
        environment = {**os.environ, "ANTHROPIC_API_KEY": "none", "ANTHROPIC_BASE_URL": claude.url}
        for calls in (1, 8, 64):
            # The time of the first round, with all that it takes to start, is taken off.
            short, long = (
                timed(
                    environment, "plan", address, "--plan", str(folder / f"{calls}-{rounds}.jsonl"),
                    "--concurrency", str(calls), "--limit", str(calls * rounds),
                )
                for rounds in (1, ROUNDS + 1)
            )  # fmt: skip
            seconds, ideal = long[0] - short[0], ROUNDS * upstream_ms / 1000
            print(
                f"{calls:>3} calls at a time {calls * ROUNDS / seconds:>7.1f} rows/s, the upstream alone"
                f" {calls * ROUNDS / ideal:>7.1f}: {1 - ideal / seconds:>5.1%} lost {long[1]:>5.0f} MB"
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
