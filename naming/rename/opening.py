"""Opening what is read more than once: a file, and no pipe or device."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from naming.rename.trouble import BadInput

if TYPE_CHECKING:
    from pathlib import Path
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
