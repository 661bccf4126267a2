"""Counts over several worker processes.

Each writes a file of its own in one directory, and any can add them all up.

A worker holds a slot by a lock that the system lets go of when the worker dies, however it dies.
The next one to take the slot counts on where the dead one ended, so nothing counted is lost and
files do not pile up.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from prometheus_client import values
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.multiprocess import mark_process_dead as _forget_gauges

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prometheus_client import CollectorRegistry

VARIABLE: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The client library's own variable, by which workers hear of the directory."""

PREFIX: Final = "naming-counts-"
IN_MEMORY: Final = Path("/dev/shm")  # noqa: S108 # what is made in it is private and has an unguessable name
"""Preferred, because it is writable in a read-only container too and no count ever waits for a disk."""


class NowhereToCount(OSError):
    """No directory can be made for the counts of several workers."""


@contextmanager
def directory_for_workers() -> Iterator[Path]:
    """Make a private directory for the counts of the workers started within, and take it away in the end.

    Raises NowhereToCount.
    """
    parent = IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else None
    try:
        directory = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    except OSError as error:
        raise NowhereToCount(error.errno, error.strerror) from error
    _sweep(directory.parent)
    with (directory / "supervisor.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        os.environ[VARIABLE] = str(directory)
        try:
            yield directory
        finally:
            os.environ.pop(VARIABLE, None)
            shutil.rmtree(directory, ignore_errors=True)


def _sweep(parent: Path) -> None:
    """Take away what supervisors left behind that were killed outright, and whose workers are gone too."""
    for directory in parent.glob(f"{PREFIX}*"):
        locks = list(directory.glob("*.lock"))
        if locks and not any(_is_held(lock) for lock in locks):
            shutil.rmtree(directory, ignore_errors=True)


def _is_held(lock: Path) -> bool:
    try:
        with lock.open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # held, or gone, or somebody else's
        return True
    return False


class SharedCounts:
    """One worker's place among the others.

    What is counted in this process from now on goes to its file.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        slot = 0
        while not self._take(slot):
            slot += 1
        # What its last holder was doing when it died; what it had counted stays.
        _forget_gauges(slot, str(directory))  # type: ignore[no-untyped-call]
        values.ValueClass = values.MultiProcessValue(lambda: slot)  # type: ignore[no-untyped-call]

    def _take(self, slot: int) -> bool:
        self._lock = (self._directory / f"{slot}.lock").open("a")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._lock.close()
            return False
        return True

    def collect_into(self, registry: CollectorRegistry) -> None:
        """Let `registry` show the counts of all workers, and of the gauges those of the living."""
        for lock in self._directory.glob("[0-9]*.lock"):
            with lock.open("a") as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    continue
                # Nobody can take the slot meanwhile.
                _forget_gauges(lock.stem, str(self._directory))  # type: ignore[no-untyped-call]
        MultiProcessCollector(registry, str(self._directory))  # type: ignore[no-untyped-call]

    def close(self) -> None:
        """Give the slot back."""
        self._lock.close()
