"""How many rows a second several machines plan side by side: processes with a shard each, against one PostgreSQL.

python -m benchmarks.shards       1, 2, 4 and 8 processes, each with a few calls at a time to a stand-in for Claude
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.rename import fill
from benchmarks.upstream import upstream
from benchmarks.usage import usage
from tests.rename.postgres import connect, embedded_postgres

TASKS = 12_000
CALLS = 4
UPSTREAM_SECONDS = 1.0
WINDOW_SECONDS = 15.0
UNDER_WAY = 10
"""Rows that a process has written when it counts as under way."""
PROGRAM = "from naming.cli import run; run()"


def start(address: str, folder: Path, url: str, index: int, parts: int) -> subprocess.Popen[bytes]:
    plan = folder / f"{parts}-{index}.jsonl"
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "rename", "plan", address, "--plan", str(plan),
         "--shard", f"{index}/{parts}", "--concurrency", str(CALLS)],
        env={**os.environ, "ANTHROPIC_API_KEY": "none", "ANTHROPIC_BASE_URL": url}, stdout=subprocess.DEVNULL,
    )  # fmt: skip


def rows_in(plan: Path) -> int:
    return plan.read_bytes().count(b"\n") if plan.exists() else 0


def main() -> None:
    usage(__doc__).parse_args()
    with (
        tempfile.TemporaryDirectory() as name,
        embedded_postgres() as address,
        connect(address) as db,
    ):
        folder, alone = Path(name), 0.0
        fill(db, TASKS)
        with upstream(UPSTREAM_SECONDS) as claude:
            for parts in (1, 2, 4, 8):
                pods = [start(address, folder, claude.url, index, parts) for index in range(parts)]
                while any(
                    rows_in(folder / f"{parts}-{index}.jsonl") < UNDER_WAY for index in range(parts)
                ):
                    time.sleep(0.1)  # until every process is under way
                begin = time.monotonic()
                time.sleep(WINDOW_SECONDS)
                for pod in pods:
                    pod.kill()
                    pod.wait()
                time.sleep(2 * UPSTREAM_SECONDS)  # the last answers are on their way to nobody
                went = claude.account().went
                rows = sum(begin <= at < begin + WINDOW_SECONDS for at in went) / WINDOW_SECONDS
                alone = alone or rows
                print(
                    f"{parts} processes {rows:>6.1f} rows/s, {rows / alone:.2f} times one",
                    flush=True,
                )


if __name__ == "__main__":
    main()
