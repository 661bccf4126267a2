"""What every source of tasks can do.

A new kind of source is one more file with these four methods.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from naming.rename.address import Address, Kind
from naming.rename.tasks import CHANGED, FIELDS
from naming.rename.trouble import BadInput, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from naming.rename.tasks import Change, Names, Picks, Task, Verdict


class TaskSource(Protocol):
    """Tasks somewhere.

    Raises BadInput for what cannot be read, Stopped for what ended in the middle.
    """

    def names(self) -> Iterator[tuple[str | None, str]]:
        """Give the owner and the name of every active task."""

    def tasks(self, picks: Picks, after: str | None) -> Iterator[Task]:
        """Give the active tasks that are picked, in the source's own order, those behind the task `after` only."""

    def carry_out(
        self, changes: Iterable[Change], *, undo: bool, dry_run: bool
    ) -> Iterator[Verdict]:
        """Make the changes, each wholly or not at all, and tell what became of each.

        With `dry_run` only tell.
        """

    def raw_of(self, task: Task, new: Names) -> Mapping[str, str] | None:
        """Tell how the old names are spelt, where undoing a change to `new` could not tell it otherwise."""

    def close(self) -> None:
        """Let go of it."""


def check_columns(columns: Mapping[str, str]) -> None:
    """Refuse a column for what is no field, and two fields in one column where one of them is to be changed.

    A prompt is only read, so it may be in any column: tasks can be named by their old display names. Raises BadInput.
    """
    if unknown := columns.keys() - set(FIELDS):
        raise BadInput(f"--column: {one_line(min(unknown))} is none of {', '.join(FIELDS)}")
    fields_of: dict[str, list[str]] = {}
    for field in FIELDS:
        fields_of.setdefault(columns.get(field, field), []).append(field)
    for column, fields in fields_of.items():
        clashing = [field for field in fields if field != "prompt"]
        if len(clashing) > 1 and not CHANGED.isdisjoint(clashing):
            raise BadInput(
                f"--column: {' and '.join(clashing)} cannot both be in {one_line(column)}"
            )


def open_source(address: Address, table: str | None, columns: Mapping[str, str]) -> TaskSource:
    """Open the source at `address`, whose fields are kept in `columns`. Raises BadInput."""
    check_columns(columns)
    if address.kind is Kind.POSTGRES:
        from naming.rename.postgres import PostgresSource  # noqa: PLC0415 # files need no database driver

        return PostgresSource(address, table, columns)
    from naming.rename.csv_file import CsvFormat  # noqa: PLC0415 # databases need no files
    from naming.rename.jsonl_file import JsonLinesFormat  # noqa: PLC0415
    from naming.rename.task_file import TaskFile  # noqa: PLC0415

    format_ = CsvFormat(columns) if address.kind is Kind.CSV else JsonLinesFormat(columns)
    return TaskFile(address.target, format_)
