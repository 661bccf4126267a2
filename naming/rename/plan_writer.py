"""Writing a plan: rows are appended in order, and a torn last line is written again."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import msgspec

from naming.rename.errors import BadInput
from naming.rename.files import HeldFile
from naming.rename.plan_file import (
    MAX_HEADER_BYTES,
    header_line,
    header_stem,
    parse_header,
    read_rows,
    row_line,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from naming.rename.plan_file import Header, PlanRow

SYNC_SECONDS: Final = 5.0
"""How much work a power failure may cost at most. A kill costs none that was written."""


class PlanWriter:
    """An open plan, to be begun or gone on with: `resume` comes first, then `begin`."""

    def __init__(self, path: Path, header: Header) -> None:
        self._header = header
        self._is_new = not path.exists()
        self._is_begun = False
        self._file = HeldFile(path)
        self._synced = time.monotonic()
        self.close = self._file.close
        self.rows = 0
        """How many rows it holds."""
        self.last_id: str | None = None
        """The task of its last row."""

    def discard(self) -> None:
        """Take a new file without a row away, so that wrong input leaves nothing behind."""
        if self._is_new and not self.rows:
            self._file.path.unlink(missing_ok=True)

    def resume(self, note: Callable[[PlanRow], object]) -> bool:
        """Read what it holds, giving each row to `note`, and cut a torn end off.

        Tells whether it is whole. Raises BadInput.
        """
        path, ours = self._file.path, header_line(self._header)
        with self._file.read() as file:
            first = file.readline(MAX_HEADER_BYTES)
            if not first.endswith(b"\n"):
                if not ours.startswith(first) and not first.startswith(header_stem(self._header)):
                    raise BadInput(
                        f"{path}: it holds something else than a plan; give another --plan"
                    )
                return False
            header = parse_header(path, first)
            _refuse_other(path, header, self._header)
            end = len(first)
            for _, size, row in read_rows(path, file, torn=True):
                note(row)
                self.last_id = row.id
                self.rows += 1
                end += size
        self._is_begun = True
        self._file.cut(end)
        is_whole = header.rows == self.rows
        if not is_whole and len(first) != len(ours):  # another program wrote it its own way
            self._file.replace_first(ours)
        return is_whole

    def begin(self) -> None:
        """Write the header, where there is none yet. Raises Stopped on a full disk."""
        if not self._is_begun:
            self._file.cut(0)
            self._file.add(header_line(self._header))
            self.sync()

    def append(self, row: PlanRow) -> None:
        """Write one row. Raises Stopped on a full disk."""
        self._file.add(row_line(row))
        self.rows += 1

    @property
    def is_sync_due(self) -> bool:
        """Tell whether a power failure could cost much by now."""
        return time.monotonic() - self._synced > SYNC_SECONDS

    def sync(self) -> None:
        """Have the disk hold what was written. Raises Stopped on a full disk."""
        self._file.sync()
        self._synced = time.monotonic()

    def finish(self) -> None:
        """Mark the plan as whole, once the disk holds its rows. Raises Stopped on a full disk."""
        self._file.write_first(header_line(msgspec.structs.replace(self._header, rows=self.rows)))


def _refuse_other(path: Path, header: Header, ours: Header) -> None:
    """Refuse a plan of another source, or that was asked for otherwise. Raises BadInput."""
    if header.source != ours.source:
        raise BadInput(f"{path}: a plan of another source, {header.source}; give another --plan")
    one, other = (
        {"model": of.model, "prompt_version": of.prompt_version}
        | msgspec.structs.asdict(of.settings)
        for of in (header, ours)
    )
    if differing := [field for field, value in one.items() if other[field] != value]:
        raise BadInput(
            f"{path}: a plan made with other settings ({', '.join(differing)}); give another --plan"
        )
