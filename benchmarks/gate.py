"""The release gate: several workers under steady load while Claude and Valkey are cut, slowed and healed, alone and together.

Each bad phase may fail no request and answer each in time, with memory and log bytes a request within a stated factor of
the healthy run; after each, Claude's names must be back. Exit status 0 when all of that held.

    python -m benchmarks.gate [--seconds 90] [--rate 100] [--workers 2] [--grace 0.25]
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.relay import Relay, Weather, relay
from benchmarks.running import Running, service
from benchmarks.steady import Result
from benchmarks.usage import usage
from tests.fake_claude import FakeClaude, fails, fake_claude, names, resets
from tests.valkey import valkey

if TYPE_CHECKING:
    import argparse

    from tests.fake_claude import Behaviour

DEADLINE_MS: Final = 1000
MEMORY_FACTOR: Final = 1.5
LOG_FACTOR: Final = 1.5
BACK_SECONDS: Final = 75.0
"""The longest pause of the circuit, and a little: by then Claude's names must be back."""

HEALTHY: Final = names(delay=0.1)
CLAUDE: Final[dict[Weather, Behaviour]] = {
    Weather.FINE: HEALTHY,
    Weather.SLOW: names(delay=5.0),
    Weather.CUT: resets,
}
VALKEY_SLOW_SECONDS: Final = 0.05

PHASES: Final = (
    ("healthy", Weather.FINE, Weather.FINE),
    ("Claude cut", Weather.CUT, Weather.FINE),
    ("Claude slow", Weather.SLOW, Weather.FINE),
    ("Valkey cut", Weather.FINE, Weather.CUT),
    ("Valkey slow", Weather.FINE, Weather.SLOW),
    ("both cut", Weather.CUT, Weather.CUT),
    ("both slow", Weather.SLOW, Weather.SLOW),
    ("Claude cut, Valkey slow", Weather.CUT, Weather.SLOW),
    ("Claude slow, Valkey cut", Weather.SLOW, Weather.CUT),
    ("overloaded", Weather.FINE, Weather.FINE),
    ("healed", Weather.FINE, Weather.FINE),
)


@dataclass(frozen=True)
class Phase:
    """What one phase came to; `back_seconds` is how long Claude's names took to be back after it."""

    name: str
    result: Result
    memory_mib: float
    log_bytes: float
    back_seconds: float

    def faults(self, healthy: Phase, grace: float) -> list[str]:
        said = []
        if self.result.failed:
            said.append(f"{self.result.failed} requests failed: {self.result.troubles}")
        if self.result.lateness > grace:
            said.append(f"an answer came {self.result.lateness:.2f} s after its deadline")
        if self.memory_mib > MEMORY_FACTOR * healthy.memory_mib:
            said.append(
                f"memory is {self.memory_mib / healthy.memory_mib:.1f} times that of the healthy run"
            )
        if self.log_bytes > LOG_FACTOR * healthy.log_bytes:
            said.append(
                f"log bytes a request are {self.log_bytes / healthy.log_bytes:.1f} times those of the healthy run"
            )
        if self.back_seconds > BACK_SECONDS:
            said.append("Claude's names did not come back")
        return said

    def line(self) -> str:
        sources = " ".join(
            f"{source} {count}" for source, count in sorted(self.result.sources.items())
        )
        return (
            f"{self.name:24s} {self.result.sent:6d} {self.result.failed:6d} {self.result.p50 * 1000:7.0f} {self.result.p99 * 1000:7.0f} "
            f"{self.result.lateness * 1000:8.0f} {self.memory_mib:7.0f} {self.log_bytes:6.0f} {self.back_seconds:6.1f}  {sources}"
        )


HEAD: Final = f"{'phase':24s} {'sent':>6s} {'failed':>6s} {'p50 ms':>7s} {'p99 ms':>7s} {'late ms':>8s} {'MiB':>7s} {'log B':>6s} {'back s':>6s}  names by"


class Gate:
    """The running parts, and what they have been through."""

    def __init__(
        self, running: Running, claude: FakeClaude, store: Relay, given: argparse.Namespace
    ) -> None:
        self._running, self._claude, self._store, self._given = running, claude, store, given
        self._number = 0

    def load(self, seconds: float) -> Result:
        """Send steady load for so long."""
        rate = self._given.rate
        arguments = [self._running.port, rate, seconds, DEADLINE_MS, self._number]
        self._number += int(rate * seconds) + 1
        command = [sys.executable, "-m", "benchmarks.steady", *map(str, arguments)]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=seconds + 60)
        told = json.loads(done.stdout)
        return Result(**(told | {"sources": Counter(told["sources"])}))

    def phase(self, name: str, claude: Weather, store: Weather) -> Phase:
        """Go through one phase and then wait for Claude's names."""
        self._claude.behave = (
            fails(529, "overloaded_error") if name == "overloaded" else CLAUDE[claude]
        )
        self._store.weather = store
        before = self._running.log_bytes
        result = self.load(self._given.seconds)
        memory = self._running.memory_mib()
        time.sleep(0.2)  # until the last lines are read
        log_bytes = (self._running.log_bytes - before) / max(1, result.sent)
        self._claude.requests.clear()
        self._claude.behave, self._store.weather = HEALTHY, Weather.FINE
        return Phase(name, result, memory, log_bytes, self._back())

    def _back(self) -> float:
        healed = time.monotonic()
        while time.monotonic() - healed < BACK_SECONDS:
            result = self.load(1.0)
            if result.sources["claude"] > result.sent / 2:
                return time.monotonic() - healed - 1.0
        return float("inf")


def go_through(given: argparse.Namespace) -> list[Phase]:
    """Run every phase; what is measured is printed as it comes."""
    with (
        tempfile.TemporaryDirectory() as folder,
        valkey(Path(folder)) as server,
        relay(server.port, VALKEY_SLOW_SECONDS) as store,
        fake_claude() as claude,
    ):
        claude.behave = HEALTHY
        settings = {
            "ANTHROPIC_API_KEY": "sk-gate",
            "ANTHROPIC_BASE_URL": claude.url,
            "NAMING_CACHE_URL": f"redis://127.0.0.1:{store.port}",
        }
        with service("--workers", str(given.workers), **settings) as running:
            gate = Gate(running, claude, store, given)
            gate.load(min(5.0, given.seconds))  # connections, caches and the first imports
            print(HEAD, flush=True)
            phases = []
            for name, claude_weather, store_weather in PHASES:
                phases.append(gate.phase(name, claude_weather, store_weather))
                print(phases[-1].line(), flush=True)
            return phases


def main() -> int:
    parser = usage(__doc__)
    parser.add_argument("--seconds", type=float, default=90.0, help="of each phase")
    parser.add_argument("--rate", type=float, default=100.0, help="requests a second")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--grace",
        type=float,
        default=0.25,
        help="seconds after its deadline that an answer is not late",
    )
    given = parser.parse_args()
    phases = go_through(given)
    faults = [
        f"{phase.name}: {fault}"
        for phase in phases
        for fault in phase.faults(phases[0], given.grace)
    ]
    print(
        "\n".join(faults)
        or "The gate is open: no request failed, each was answered in time, memory and log stayed small."
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
