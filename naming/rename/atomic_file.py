"""Files that are read more than once, and replaced in one step or not at all."""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from naming.rename.errors import BadInput, Stopped

if TYPE_CHECKING:
    from typing import BinaryIO

BUFFER_BYTES = 1 << 18


def open_file(path: Path) -> BinaryIO:
    """Open a file to be read from its start. Raises BadInput."""
    try:
        # Without O_NONBLOCK opening a pipe would wait for somebody to write to it.
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        mode = os.fstat(file).st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            os.close(file)
            raise BadInput(
                f"{path}: not a file; it is read more than once, which a pipe or a device cannot be"
            )
        return os.fdopen(file, "rb", buffering=BUFFER_BYTES)  # a folder is refused here
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}") from None


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
            self._file = os.fdopen(os.open(self._beside, flags, 0o600), "wb", buffering=1 << 18)
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
        try:
            self._file.write(data)
        except OSError as error:
            raise self._stopped(error) from error

    def replace(self) -> None:
        """Rename the new file over the old one.

        Raises BadInput where this user may not, Stopped where the disk does not take it.
        """
        try:
            self._file.flush()
            self._take_after()
            os.fsync(self._file.fileno())
            self._beside.rename(self._path)
            self._replaced = True
            sync_folder(self._path)
        except PermissionError as error:
            raise self._refused(error) from None
        except OSError as error:
            raise self._stopped(error) from error

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

    def _stopped(self, error: OSError) -> Stopped:
        return Stopped(f"{self._path}: {error.strerror}; it stays as it was")

    def __exit__(self, *_: object) -> None:
        """Delete the new file unless it is in its place."""
        if not self._replaced:
            self._beside.unlink(missing_ok=True)
        with suppress(OSError):  # what was renamed is on the disk already; the rest is not wanted
            self._file.close()
