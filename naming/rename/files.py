"""Files that are read more than once, replaced in one step, or written by one process alone."""

import errno
import fcntl
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from naming.rename.terminal import BadInput, Stopped

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


@contextmanager
def new_content(path: Path) -> Iterator[BinaryIO]:
    """Give a file for the next content of the one at `path`, in whose place it is put at the end.

    Raises BadInput where this user may not or another process does so too, Stopped on a full disk;
    then, and where anything else goes wrong, the file stays as it was.
    """
    path = Path(os.path.realpath(path))  # a symbolic link stays one
    beside = path.with_name(f".{path.name}.renaming")
    if beside.is_symlink():
        raise BadInput(f"{beside}: a symbolic link; the new content is not written through it")
    with _stopping(path, "it stays as it was"):
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
            with os.fdopen(os.open(beside, flags, 0o600), "wb", BUFFER_BYTES) as new:
                if not _is_ours(new, beside):
                    raise BadInput(f"{path}: another process is renaming its tasks")
                try:
                    new.truncate(0)  # a killed run may have left some
                    yield new
                    new.flush()
                    _take_after(path, new, beside)
                    os.fsync(new.fileno())
                    beside.rename(path)
                except BaseException:
                    beside.unlink(missing_ok=True)
                    raise
                sync_folder(path)
        except PermissionError as error:
            raise BadInput(
                f"{path}: this user may not replace it ({error.strerror}), as it or its folder is"
                " somebody else's; run this as its owner, or on a copy of your own (--source)"
            ) from None


def _is_ours(new: BinaryIO, beside: Path) -> bool:
    """Take the lock, and see that the file has not taken the other's place meanwhile."""
    try:
        fcntl.flock(new, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(new.fileno()), os.lstat(beside))
    except OSError:
        return False


def _take_after(path: Path, new: BinaryIO, beside: Path) -> None:
    """Copy mode, owner and extended attributes, but not the time."""
    old = path.stat()
    if os.geteuid() == 0 or (old.st_uid, old.st_gid) != (os.geteuid(), os.getegid()):
        os.fchown(new.fileno(), old.st_uid, old.st_gid)
    shutil.copystat(path, beside)
    os.utime(beside)


class HeldFile:
    """A file that this process alone writes. Raises BadInput, and Stopped on a full disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        wrong = "not a file; a pipe or a device cannot be gone on with"
        self._file = _open(path, os.O_RDWR | os.O_CREAT, wrong)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self.close()
            raise BadInput(f"{path}: another process is writing it; stop that one first") from None

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._file)

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
