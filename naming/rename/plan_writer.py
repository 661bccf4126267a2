"""Writing a plan: rows are appended in order, and a torn last line is written again."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from naming.rename.atomic_file import NewFile, open_held, write_all
from naming.rename.errors import BadInput, Stopped
from naming.rename.plan_file import (
    MAX_HEADER_BYTES,
    Header,
    PlanRow,
    header_line,
    header_stem,
    parse_header,
    parse_row,
    row_line,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SYNC_SECONDS: Final = 5.0
"""How much work a power failure may cost at most. A kill costs none that was written."""

_BUSY: Final = "another process is writing this plan"


class PlannedSoFar(NamedTuple):
    """What an existing plan holds: its rows, the last task's id, and whether it is complete."""

    rows: int = 0
    last_id: str | None = None
    whole: bool = False


class PlanWriter:
    """An open plan file, held by this process alone. It is created readable by its owner only."""

    def __init__(self, path: Path, header: Header) -> None:
        self.path = path
        self._header = header
        self._is_new = not path.exists()
        self._file = open_held(path, _BUSY)
        self._begun = True
        self._rows = 0
        self._synced = time.monotonic()

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._file)

    def discard(self) -> None:
        """Take a new file without a row away, so that wrong input leaves nothing behind."""
        if self._is_new and not self._rows:
            self.path.unlink(missing_ok=True)

    def resume(self, note: Callable[[PlanRow], object]) -> PlannedSoFar:
        """Read what the file holds, giving each row to `note`, and cut a torn end off.

        Raises BadInput. An empty file is left for `begin`.
        """
        with os.fdopen(os.dup(self._file), "rb") as file:
            line = file.readline(MAX_HEADER_BYTES)
            if not line.endswith(b"\n"):
                return self._refuse_other_text(line)
            header = parse_header(self.path, line)
            self._refuse_other(header)
            has_room = len(line) == len(header_line(self._header))
            end, last_id, number = len(line), None, 1
            while (line := file.readline()).endswith(b"\n"):
                number += 1
                try:
                    row = parse_row(self.path, number, line)
                except BadInput:
                    if file.read(1):
                        raise
                    break  # a power failure can leave anything at the very end
                note(row)
                last_id = row.id
                end += len(line)
                self._rows += 1
        self._cut(end)
        whole = header.rows == self._rows
        if not (whole or has_room):
            self._renew_header()
        return PlannedSoFar(self._rows, last_id, whole)

    def _renew_header(self) -> None:
        """Write the first line anew, with room for `finish`, where another program changed it."""
        with NewFile(self.path) as new, self.path.open("rb") as old:
            old.readline(MAX_HEADER_BYTES)
            new.write(header_line(self._header))
            for chunk in iter(lambda: old.read(1 << 20), b""):
                new.write(chunk)
            new.replace()
        os.close(self._file)
        self._file = open_held(self.path, _BUSY)
        os.lseek(self._file, 0, os.SEEK_END)

    def _refuse_other_text(self, start: bytes) -> PlannedSoFar:
        """Refuse a file that holds more than the beginning of this header. Raises BadInput."""
        if not header_line(self._header).startswith(start) and not start.startswith(
            header_stem(self._header)
        ):
            raise BadInput(f"{self.path}: it holds something else than a plan; give another --plan")
        self._begun = False
        return PlannedSoFar()

    def begin(self) -> None:
        """Write the header, where there is none yet. Raises Stopped on a full disk."""
        if not self._begun:
            self._cut(0)
            self._write(header_line(self._header))
            self.sync()
            self._begun = True

    def _refuse_other(self, header: Header) -> None:
        ours, of_all = self._header, ("source", "model", "prompt_version")
        differing = [
            field
            for one, other, fields in (
                (header, ours, of_all),
                (header.settings, ours.settings, ours.settings.__struct_fields__),
            )
            for field in fields
            if getattr(one, field) != getattr(other, field)
        ]
        if "source" in differing:
            raise BadInput(
                f"{self.path}: a plan of another source, {header.source}; give another --plan"
            )
        if differing:
            raise BadInput(
                f"{self.path}: a plan made with other settings ({', '.join(differing)});"
                " give another --plan"
            )

    def append(self, row: PlanRow) -> None:
        """Write one row. Raises Stopped on a full disk."""
        self._write(row_line(row))
        self._rows += 1

    @property
    def is_sync_due(self) -> bool:
        """Tell whether a power failure could cost much by now."""
        return time.monotonic() - self._synced > SYNC_SECONDS

    def finish(self) -> None:
        """Mark the plan as whole."""
        self.sync()
        whole = header_line(msgspec.structs.replace(self._header, rows=self._rows))
        try:
            os.pwrite(self._file, whole, 0)
        except OSError as error:
            raise self._stopped(error) from error
        self.sync()

    def sync(self) -> None:
        """Have the disk hold what was written. Raises Stopped on a full disk."""
        try:
            os.fsync(self._file)
        except OSError as error:
            raise self._stopped(error) from error
        self._synced = time.monotonic()

    def _write(self, data: bytes) -> None:
        try:
            write_all(self._file, data)
        except OSError as error:
            raise self._stopped(error) from error

    def _cut(self, end: int) -> None:
        os.ftruncate(self._file, end)
        os.lseek(self._file, end, os.SEEK_SET)

    def _stopped(self, error: OSError) -> Stopped:
        return Stopped(f"{self.path}: {error.strerror}; what was written stays")
