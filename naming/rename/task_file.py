"""A file of tasks as a source: read record by record, and replaced as a whole."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol

from naming.rename.atomic_file import NewFile, open_file
from naming.rename.errors import BadInput
from naming.rename.file_changes import FileChanges, MatchedTwice
from naming.rename.scratch import DigestSet
from naming.rename.tasks import Listed, Room, owner_scope

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping
    from typing import BinaryIO

    from naming.rename.tasks import Change, Names, Picks, Task, Verdict


class Record(NamedTuple):
    """The bytes of one record with its line end; `task` is None for a header or an empty line."""

    line: int
    raw: bytes
    task: Task | None = None
    deleted: bool = False
    spans: Mapping[str, tuple[int, int]] = MappingProxyType({})
    """Where the names stand, in the format's own count."""


class Malformed(Exception):
    """A line cannot be read; the message begins with its number and never quotes it."""


class Format(Protocol):
    """A format of task files, which keeps every byte that it does not have to change."""

    def records(self, file: BinaryIO) -> Iterator[Record]:
        """Read the file's records; together their bytes are the file. Raises Malformed."""

    def rewrite(self, record: Record, names: Names, raw: Mapping[str, str] | None) -> bytes:
        """Write a record with other names, spelt as `raw` says where it does."""

    def raw_of(self, task: Task, new: Names) -> Mapping[str, str] | None:
        """Tell how the old names are spelt, where undoing a change to `new` could not tell it."""


UTF8_BOM = b"\xef\xbb\xbf"


def decode(raw: bytes, line: int) -> str:
    """Read a record's text. Raises Malformed when it is not UTF-8."""
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        line += raw.count(b"\n", 0, error.start)
        raise Malformed(f"line {line}: not UTF-8") from None


class TaskFile:
    """The tasks of one file, in the order of its lines."""

    def __init__(self, path: str, format_: Format) -> None:
        self.path = Path(path)
        self._format = format_
        with open_file(self.path):
            pass

    def close(self) -> None:
        """Nothing is held open."""

    @property
    def has_names(self) -> bool:
        """Tell whether tasks have names there, not display names alone."""
        with closing(self._records()) as records:
            first = next((record for record in records if record.task is not None), None)
        return first is None or "name" in first.spans

    def room(self) -> Room:
        """Tell that a file holds names of any length."""
        return Room()

    def taken(self, where: str) -> Iterator[tuple[str, str]]:  # noqa: ARG002 # no file has tables
        """Refuse, as a file has no other tables. Raises BadInput."""
        raise BadInput("--taken-from: only a database has tables")

    def listed(self) -> Iterator[Listed]:
        """Give each row's owner and names. Raises BadInput for an id that is there twice."""
        with closing(DigestSet()) as ids:
            for record in self._records():
                if (task := record.task) is None:
                    continue
                if not ids.add(task.id):
                    raise self._twice(record)
                scopes = () if record.deleted else (owner_scope(task.owner_id),)
                yield Listed(task.owner_id, task.names, record.deleted, scopes)

    def tasks(self, picks: Picks, after: str | None) -> Iterator[Task]:
        """Give the active tasks that are picked, those behind the task `after` only."""
        waiting = after is not None
        for record in self._records():
            task = record.task
            if task is None:
                continue
            if waiting:
                waiting = task.id != after
            elif not record.deleted and picks(task.owner_id, task.names):
                yield task
        if waiting:
            raise BadInput(
                f"{self.path}: the last task of the plan is not in it any more; give another --plan"
            )

    def raw_of(self, task: Task, new: Names) -> Mapping[str, str] | None:
        """Tell how the old names are spelt, where undoing a change to `new` could not tell it."""
        return self._format.raw_of(task, new)

    def carry_out(
        self, changes: Iterable[Change], *, undo: bool, dry_run: bool
    ) -> Iterator[Verdict]:
        """Make the changes in one replacement of the file, and tell what became of each."""
        with closing(FileChanges(changes, undo=undo)) as decided:
            before = self._stamp()
            for record in self._records():
                if record.task is not None:
                    self._match(record, record.task, decided)
            decided.settle()
            yield from decided.not_made()
            if not dry_run and decided.any_made():
                self._write(decided, before)
            yield from decided.made()

    def _match(self, record: Record, task: Task, decided: FileChanges) -> None:
        try:
            decided.match(task, deleted=record.deleted)
        except MatchedTwice:
            raise self._twice(record) from None

    def _twice(self, record: Record) -> BadInput:
        return BadInput(f"{self.path}: line {record.line}: id: is there twice")

    def _write(self, decided: FileChanges, before: tuple[int, ...]) -> None:
        with NewFile(self.path) as new:
            for record in self._records():
                new.write(self._changed(record, decided))
            if self._stamp() != before:
                raise BadInput(
                    f"{self.path}: it was changed by somebody else meanwhile; nothing was written"
                )
            new.replace()

    def _changed(self, record: Record, decided: FileChanges) -> bytes:
        change = decided.change_of(record.task.id) if record.task is not None else None
        return (
            record.raw
            if change is None
            else self._format.rewrite(record, change.after, change.raw_after)
        )

    def _stamp(self) -> tuple[int, ...]:
        try:
            found = self.path.stat()
        except OSError as error:
            raise BadInput(f"{self.path}: {error.strerror}") from None
        return found.st_ino, found.st_size, found.st_mtime_ns

    def _records(self) -> Generator[Record]:
        with open_file(self.path) as file:
            try:
                yield from self._format.records(file)
            except Malformed as error:
                raise BadInput(f"{self.path}: {error}") from None
            except OSError as error:
                raise BadInput(f"{self.path}: {error.strerror}") from None
