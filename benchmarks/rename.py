"""How fast tasks are planned, renamed and put back in an embedded PostgreSQL, and in how much memory.

python -m benchmarks.rename 20000 1000000           sizes of the table, named without Claude
python -m benchmarks.rename 2000 --upstream-ms 500  with a stand-in for Claude that takes so long, at 1, 8 and 64 calls
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import psutil

from benchmarks.upstream import upstream
from benchmarks.usage import usage
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
SECONDS_A_LOOK = 0.1


class Run(NamedTuple):
    """What a command took: seconds, seconds of its first process's own work, and memory at its largest.

    `megabytes` is of the first process alone, as it stands; `total` is of all of them, what they share counted once
    (PSS), at the largest of the moments that were looked at.
    """

    seconds: float
    cpu: float
    megabytes: float
    total: float


class Watch(threading.Thread):
    """Looks again and again how much memory a process and those it started take together."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._first = psutil.Process(process)
        self._over = threading.Event()
        self._kilobytes = 0

    def run(self) -> None:
        while not self._over.wait(SECONDS_A_LOOK):
            with suppress(psutil.Error):
                family = [self._first, *self._first.children(recursive=True)]
                self._kilobytes = max(self._kilobytes, sum(map(_kilobytes, family)))

    def largest(self) -> float:
        self._over.set()
        self.join()
        return self._kilobytes / 1024


def _kilobytes(process: psutil.Process) -> int:
    with suppress(OSError):  # it has ended meanwhile
        for line in Path(f"/proc/{process.pid}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def run(environment: dict[str, str], *arguments: str) -> Run:
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    watch = Watch(process.pid)
    watch.start()
    out, err = process.communicate()
    seconds = time.perf_counter() - started
    if process.returncode:
        sys.exit(err)
    kilobytes, cpu = out.split()[-2:]
    return Run(seconds, float(cpu), int(kilobytes) / 1024, watch.largest())


def fill(db: psycopg.Connection[tuple[object, ...]], tasks: int) -> None:
    db.execute(SCHEMA)
    db.execute(FILL, [tasks])
    db.execute("VACUUM ANALYZE tasks")


def without_claude(address: str, folder: Path, tasks: int) -> None:
    plan = str(folder / f"{tasks}.jsonl")
    for command in (
        ["plan", address, "--plan", plan, "--no-claude"],
        ["apply", plan],
        ["apply", plan],
        ["undo", plan],
    ):
        ran = run(dict(os.environ), *command)
        print(
            f"{tasks:>9,}  {command[0]:<6} {ran.seconds:>8.1f} s {tasks / ran.seconds:>9,.0f} rows/s"
            f" {ran.cpu:>7.1f} s CPU {ran.megabytes:>6.0f} MB  {ran.total:>5.0f} MB in all"
        )


def with_claude(address: str, folder: Path, upstream_ms: int) -> None:
    """The upstream says how many calls it had at a time: idle is what it could have had beside them."""
    with upstream(upstream_ms / 1000) as claude:
        environment = {**os.environ, "ANTHROPIC_API_KEY": "none", "ANTHROPIC_BASE_URL": claude.url}
        print("calls   rows/s  (ideal)  idle slots  CPU ms/row  start s  drain s     MB  in all")
        for calls in (1, 8, 64):
            started = time.monotonic()
            plan = [
                "plan",
                address,
                "--plan",
                str(folder / f"{calls}.jsonl"),
                "--concurrency",
                str(calls),
            ]
            cpu_to_start = run(
                environment,
                *plan[:3],
                str(folder / f"{calls}-start.jsonl"),
                *plan[4:],
                "--limit",
                "1",
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
                f"  {begin - started:>7.2f}  {started + ran.seconds - end:>7.2f}  {ran.megabytes:>5.0f}  {ran.total:>6.0f}"
            )


def main() -> None:
    parser = usage(__doc__)
    parser.add_argument("tasks", type=int, nargs="*", default=[20_000])
    parser.add_argument("--upstream-ms", type=int)
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        embedded_postgres() as address,
        connect(address) as db,
    ):
        for tasks in given.tasks:
            fill(db, tasks)
            if given.upstream_ms is None:
                without_claude(address, Path(folder), tasks)
            else:
                with_claude(address, Path(folder), given.upstream_ms)


if __name__ == "__main__":
    main()
