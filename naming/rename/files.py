"""Files that are read more than once, replaced in one step, or written by one process alone."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from naming.rename.errors import BadInput, Stopped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

BUFFER_BYTES = 1 << 18


def _open(path: Path, flags: int, wrong: str) -> int:
    """Open a file. Raises BadInput, which says what is `wrong` with a pipe or a device."""
    try:
        # Without O_NONBLOCK opening a pipe would wait for somebody to write to it.
        file = os.open(path, flags | os.O_CLOEXEC | os.O_NONBLOCK, 0o600)
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}") from None
    mode = os.fstat(file).st_mode
    if stat.S_ISREG(mode):
        return file
    os.close(file)
    raise BadInput(f"{path}: {os.strerror(errno.EISDIR) if stat.S_ISDIR(mode) else wrong}")


@contextmanager
def _stopping(path: Path, after: str) -> Iterator[None]:
    """Stop on a full disk, and say what is there `after` it."""
    try:
        yield
    except OSError as error:
        raise Stopped(f"{path}: {error.strerror}; {after}") from error


def open_file(path: Path) -> BinaryIO:
    """Open a file to be read from its start. Raises BadInput."""
    wrong = "not a file; it is read more than once, which a pipe or a device cannot be"
    return os.fdopen(_open(path, os.O_RDONLY, wrong), "rb", buffering=BUFFER_BYTES)


def sync_folder(path: Path) -> None:
    """Have the disk hold the name of the file at `path`. Raises OSError."""
    folder = os.open(path.parent, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class NewFile:
    """The next content of the file at `path`; without `replace` the file stays as it is."""

    def __init__(self, path: Path) -> None:
        self._path = Path(os.path.realpath(path))  # a symbolic link stays one
        self._beside = self._path.with_name(f".{self._path.name}.renaming")
        self._replaced = False
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
            self._file = os.fdopen(os.open(self._beside, flags, 0o600), "wb", BUFFER_BYTES)
        except PermissionError as error:
            raise self._refused(error) from None
        except OSError as error:
            raise BadInput(f"{self._beside}: {error.strerror}") from None

    def __enter__(self) -> Self:
        """Lock the file, and see that it was not renamed over the other one meanwhile."""
        if not self._is_ours():
            self._file.close()
            raise BadInput(f"{self._path}: another process is renaming its tasks")
        self._file.truncate(0)  # a killed run may have left some
        return self

    def _is_ours(self) -> bool:
        """Take the lock, and see that the file is still beside the other.

        Between being opened and being locked it may have taken the other's place, and to empty it
        now would be to empty the tasks.
        """
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return os.path.samestat(os.fstat(self._file.fileno()), os.lstat(self._beside))
        except OSError:
            return False

    def write(self, data: bytes) -> None:
        """Write some bytes. Raises Stopped on a full disk."""
        with _stopping(self._path, "it stays as it was"):
            self._file.write(data)

    def replace(self) -> None:
        """Rename the new file over the old one.

        Raises BadInput where this user may not, Stopped where the disk does not take it.
        """
        with _stopping(self._path, "it stays as it was"):
            try:
                self._file.flush()
                self._take_after()
                os.fsync(self._file.fileno())
                self._beside.rename(self._path)
                self._replaced = True
                sync_folder(self._path)
            except PermissionError as error:
                raise self._refused(error) from None

    def _take_after(self) -> None:
        """Copy mode, owner and extended attributes; the time is that of the new text."""
        old = self._path.stat()
        if os.geteuid() == 0 or (old.st_uid, old.st_gid) != (os.geteuid(), os.getegid()):
            os.fchown(self._file.fileno(), old.st_uid, old.st_gid)
        shutil.copystat(self._path, self._beside)
        os.utime(self._beside)

    def _refused(self, error: PermissionError) -> BadInput:
        return BadInput(
            f"{self._path}: this user may not replace it ({error.strerror}), as it or its folder"
            " is somebody else's; run this as its owner, or on a copy of your own (--source)"
        )

    def __exit__(self, *_: object) -> None:
        """Delete the new file unless it is in its place."""
        if not self._replaced:
            self._beside.unlink(missing_ok=True)
        with suppress(OSError):  # what was renamed is on the disk already; the rest is not wanted
            self._file.close()


class HeldFile:
    """A file that this process alone writes and its owner alone may read; a later run goes on.

    Raises BadInput where it cannot be opened or another process writes it, Stopped on a full disk.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = self._hold()

    def _hold(self) -> int:
        wrong = "not a file; a pipe or a device cannot be gone on with"
        file = _open(self.path, os.O_RDWR | os.O_CREAT, wrong)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(file)
            said = "another process is writing it; stop that one first"
            raise BadInput(f"{self.path}: {said}") from None
        return file

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
        """Write at its end."""
        with _stopping(self.path, "what was written stays"):
            while data:
                data = data[os.write(self._file, data) :]

    def sync(self) -> None:
        """Have the disk hold what was written."""
        with _stopping(self.path, "what was written stays"):
            os.fsync(self._file)

    def write_first(self, line: bytes) -> None:
        """Write a first line over one of its length, once the disk holds the rest."""
        self.sync()
        with _stopping(self.path, "what was written stays"):
            os.pwrite(self._file, line, 0)
        self.sync()

    def replace_first(self, line: bytes) -> None:
        """Write the first line anew, of any length, and go on at the end."""
        with NewFile(self.path) as new, self.path.open("rb") as old:
            old.readline()
            new.write(line)
            while chunk := old.read(1 << 20):
                new.write(chunk)
            new.replace()
        os.close(self._file)
        self._file = self._hold()
        os.lseek(self._file, 0, os.SEEK_END)
