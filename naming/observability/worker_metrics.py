"""Where several worker processes count: a directory for prometheus-client's multiprocess mode.

Each worker has files of its own in it, and any of them can add all up. What a dead worker counted
stays; its gauges go when the supervisor calls `mark_process_dead`.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from prometheus_client.multiprocess import mark_process_dead

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["VARIABLE", "NoMetricsDirectory", "mark_process_dead", "metrics_directory"]

VARIABLE: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The client library's own variable, by which workers hear of the directory."""

PREFIX: Final = "naming-counts-"
IN_MEMORY: Final = Path("/dev/shm")  # noqa: S108 # what is made in it is private and has an unguessable name
"""Preferred: it is writable in a read-only container too, and no count ever waits for a disk."""


class NoMetricsDirectory(OSError):
    """No directory can be made for the metrics of several workers."""


@contextmanager
def metrics_directory() -> Iterator[Path]:
    """Make a private directory for the workers started within, and remove it in the end.

    Raises NoMetricsDirectory.
    """
    parent = IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else None
    try:
        directory = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    except OSError as error:
        raise NoMetricsDirectory(error.errno, error.strerror) from error
    _remove_abandoned(directory.parent)
    with _lock_of(directory).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        os.environ[VARIABLE] = str(directory)
        try:
            yield directory
        finally:
            os.environ.pop(VARIABLE, None)
            shutil.rmtree(directory, ignore_errors=True)


def _remove_abandoned(parent: Path) -> None:
    """Remove what supervisors of this user left behind that were killed outright."""
    for directory in parent.glob(f"{PREFIX}*"):
        try:
            if directory.lstat().st_uid != os.getuid():
                continue
            with _lock_of(directory).open("r+") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(directory, ignore_errors=True)
        except OSError:  # in use, or gone meanwhile
            continue


def _lock_of(directory: Path) -> Path:
    return directory / "supervisor.lock"
