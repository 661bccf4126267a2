"""Files that one process writes, and a later one goes on with."""

from __future__ import annotations

import fcntl
import os
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING

from naming.rename.atomic_file import NewFile
from naming.rename.errors import BadInput, Stopped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO


class HeldFile:
    """A file that this process alone writes and its owner alone may read.

    Raises BadInput where it cannot be opened or another process writes it, Stopped on a full disk.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = self._hold()

    def _hold(self) -> int:
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NONBLOCK
        try:
            file = os.open(self.path, flags, 0o600)
        except OSError as error:
            raise BadInput(f"{self.path}: {error.strerror}") from None
        wrong = "not a file; a pipe or a device cannot be gone on with"
        if stat.S_ISREG(os.fstat(file).st_mode):
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                wrong = "another process is writing it; stop that one first"
            else:
                return file
        os.close(file)
        raise BadInput(f"{self.path}: {wrong}")

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._file)

    def read(self) -> BinaryIO:
        """Open it once more, to be read from where it stands."""
        return os.fdopen(os.dup(self._file), "rb")

    def cut(self, end: int) -> None:
        """Take away what stands behind `end`, and go on there."""
        os.ftruncate(self._file, end)
        os.lseek(self._file, end, os.SEEK_SET)

    def add(self, data: bytes) -> None:
        """Write at its end. Raises Stopped."""
        with self._stopping():
            while data:
                data = data[os.write(self._file, data) :]

    def write_first(self, line: bytes) -> None:
        """Write a first line over one of its length. Raises Stopped."""
        with self._stopping():
            os.pwrite(self._file, line, 0)

    def sync(self) -> None:
        """Have the disk hold what was written. Raises Stopped."""
        with self._stopping():
            os.fsync(self._file)

    @contextmanager
    def _stopping(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise Stopped(f"{self.path}: {error.strerror}; what was written stays") from error

    def replace_first(self, line: bytes) -> None:
        """Write the first line anew, of any length, and go on at the end. Raises Stopped."""
        with NewFile(self.path) as new, self.path.open("rb") as old:
            old.readline()
            new.write(line)
            while chunk := old.read(1 << 20):
                new.write(chunk)
            new.replace()
        os.close(self._file)
        self._file = self._hold()
        os.lseek(self._file, 0, os.SEEK_END)
