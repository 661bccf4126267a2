"""Where several worker processes count: a directory for prometheus-client's multiprocess mode.

Each worker has files of its own in it, and any of them can add all up. What a dead worker counted
stays; its gauges go when the supervisor calls the library's `mark_process_dead`.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

VARIABLE: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The client library's own variable, by which workers hear of the directory."""

PREFIX: Final = "naming-counts-"
IN_MEMORY: Final = Path("/dev/shm")  # noqa: S108 # what is made in it is private and has an unguessable name
"""Preferred: it is writable in a read-only container too, and no count ever waits for a disk."""


@contextmanager
def metrics_directory() -> Iterator[Path]:
    """Make a private directory for workers, and remove it in the end. Raises OSError."""
    parent = IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else Path(tempfile.gettempdir())
    _remove_abandoned(parent)
    directory = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    while (lock := _lock(directory)) is None:  # another's start has taken it for abandoned
        directory = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    os.environ[VARIABLE] = str(directory)
    try:
        yield directory
    finally:
        os.environ.pop(VARIABLE, None)
        shutil.rmtree(directory, ignore_errors=True)
        os.close(lock)


def _remove_abandoned(parent: Path) -> None:
    """Remove what supervisors of this user left behind that were killed outright."""
    for directory in parent.glob(f"{PREFIX}*"):
        if (lock := _lock(directory)) is not None:
            shutil.rmtree(directory, ignore_errors=True)
            os.close(lock)


def _lock(directory: Path) -> int | None:
    """Lock a directory while the descriptor is open.

    None where another holds it, where it has gone, and for whatever else strangers may have put
    there: a link, a pipe, a directory of theirs.
    """
    try:
        lock = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        made = os.fstat(lock)
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if (made.st_uid, stat.S_IMODE(made.st_mode)) == (os.getuid(), 0o700) and directory.exists():
            return lock
    except OSError:
        pass
    os.close(lock)
    return None
