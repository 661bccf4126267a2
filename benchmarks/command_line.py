"""What starting each command costs beside an empty Python, into docs/command-line.md: part of `make bench`.

Processor time of whole processes, measured in turns; figures are medians.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.running_service import command_line, running_service

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = Path(__file__).parents[1] / "docs" / "command-line.md"
MARKS = ("<!-- figures -->\n", "<!-- end of figures -->\n")
ROUNDS = 15
LINES = 5000
PROMPT = "Hi! Could you please fix the login button on the settings page?"


def run(*arguments: str, stdin: bytes = b"") -> None:
    """Run the command line without a key."""
    command, environment = command_line(*arguments)
    subprocess.run(command, env=environment, input=stdin, stdout=subprocess.DEVNULL, check=True)


def start_and_stop() -> None:
    """Run the service until it has answered that it is ready, and stop it."""
    with running_service():
        pass


def cpu_ms(act: Callable[[], object]) -> float:
    """Tell the processor time, in milliseconds, of the processes that `act` starts and waits for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    act()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime) * 1000


def main() -> None:
    """Measure, and write the table."""
    lines = f"{PROMPT}\n".encode() * LINES
    with running_service() as service:
        acts: dict[str, Callable[[], object]] = {
            "`python -c pass`": lambda: subprocess.run([sys.executable, "-c", "pass"], check=True),
            "`naming --version`": lambda: run("--version"),
            "`naming --help`": lambda: run("--help"),
            "`naming name --url …`": lambda: run(
                "name", "--url", f"http://127.0.0.1:{service.port}", PROMPT
            ),
            "`naming name …`, without a key": lambda: run("name", PROMPT),
            f"`naming name --lines`, {LINES:,} prompts without a key": lambda: run(
                "name", "--lines", stdin=lines
            ),
            "`naming serve`, started and stopped": start_and_stop,
        }
        seen: dict[str, list[float]] = {name: [] for name in acts}
        for _ in range(ROUNDS):
            for name, act in acts.items():
                seen[name].append(cpu_ms(act))
    rows = "".join(
        f"| {name} | {statistics.median(times):,.0f} ms |\n" for name, times in seen.items()
    )
    table = f"| command | processor time |\n|---|---:|\n{rows}"
    before, rest = PAGE.read_text("utf-8").split(MARKS[0])
    PAGE.write_text(before + MARKS[0] + table + MARKS[1] + rest.split(MARKS[1])[1], "utf-8")


if __name__ == "__main__":
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    main()
