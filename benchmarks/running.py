"""Running a program to be measured: its port, and what it has cost in processor time and memory, children included."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import psutil

from benchmarks.client import Load, Seen, send

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass
class Running:
    """A program that listens."""

    process: subprocess.Popen[bytes]
    port: int
    started: float
    log_bytes: int = 0
    last_lines: deque[str] = field(default_factory=lambda: deque(maxlen=50))

    def _family(self) -> list[psutil.Process]:
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]

    def cpu_seconds(self) -> float:
        """Tell the processor time used so far."""
        times = [each.cpu_times() for each in self._family()]
        return sum(each.user + each.system for each in times)

    def memory_mib(self) -> float:
        """Tell the memory that is resident; what processes share is counted once for each."""
        return float(sum(each.memory_info().rss for each in self._family())) / (1 << 20)


@dataclass(frozen=True)
class Cost:
    """What a load cost the one who answered it."""

    cpu_us: float
    seen: Seen


def measure(running: Running, load: Load) -> Cost:
    """Send `load` and tell the processor time for each answer."""
    before = running.cpu_seconds()
    seen = send(load)
    assert seen.failed == 0, f"{seen.failed} of {load.count} requests failed"
    return Cost((running.cpu_seconds() - before) / seen.answered * 1e6, seen)


@contextmanager
def running(
    command: Sequence[str], environment: dict[str, str], ready: str, seconds: float = 60
) -> Iterator[Running]:
    """Run `command` until the end; it is up when it writes a line with `ready`, whose last number is the port."""
    inherited = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("NAMING_", "ANTHROPIC_"))
    }
    started = time.perf_counter()
    process = subprocess.Popen(
        command, env=inherited | environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    it, up = Running(process, 0, started), threading.Event()

    def read() -> None:
        assert process.stderr is not None
        for line in process.stderr:
            it.log_bytes += len(line)
            it.last_lines.append(line.decode(errors="replace"))
            if not it.port and re.search(ready, it.last_lines[-1]):
                it.port = int(re.findall(r":(\d+)", it.last_lines[-1])[-1])
                up.set()
        up.set()

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    try:
        if not up.wait(seconds) or not it.port:
            raise RuntimeError(f"not up: {''.join(it.last_lines)}")
        yield it
    finally:
        for each in (
            psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
        ):
            each.terminate()
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        reader.join(5)


@contextmanager
def service(*arguments: str, **settings: str) -> Iterator[Running]:
    """Run our service as a user would, its log in a pipe that is read."""
    environment = {"NAMING_PORT": "0", "NAMING_DRAIN_MS": "0"} | settings
    with running(
        [sys.executable, "-m", "naming", "serve", *arguments], environment, "listening on"
    ) as it:
        yield it


@contextmanager
def bare() -> Iterator[Running]:
    """Run the bare framework."""
    with running([sys.executable, "-m", "benchmarks.bare"], {}, "listening on") as it:
        yield it


@contextmanager
def hollow() -> Iterator[Running]:
    """Run our service without the naming."""
    with running(
        [sys.executable, "-m", "benchmarks.hollow"],
        {"NAMING_PORT": "0", "NAMING_DRAIN_MS": "0"},
        "listening on",
    ) as it:
        yield it
