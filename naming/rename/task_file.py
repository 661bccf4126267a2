"""A file of tasks as a source: read record by record, and replaced as a whole."""

import io
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TextIO

from naming.rename.file_changes import FileChanges
from naming.rename.files import new_content, open_file
from naming.rename.reading import Unreadable, read_task
from naming.rename.scratch import DigestSet
from naming.rename.tasks import Change, Names, Room, Task, Verdict
from naming.rename.terminal import BadInput

if TYPE_CHECKING:
    from naming.rename.file_formats import CsvFormat, JsonFormat

BOM: Final = "\ufeff"
CHUNK: Final = 1 << 20
MAX_RECORD: Final = 1 << 26  # characters. A longer record is one that nobody ended


class Record(NamedTuple):
    """One record with its line end, as it stands in the file."""

    line: int
    text: str
    fields: Mapping[str, tuple[Any, int, int]] = {}
    """The value of each field, and where in the text it stands; none where it is no task."""

    def task(self) -> Task | None:
        """Read the task that it is, if it is one. Raises Unreadable."""
        if not self.fields:
            return None
        try:
            return read_task({field: value for field, (value, _, _) in self.fields.items()})
        except Unreadable as error:
            raise Unreadable(f"line {self.line}: {error}") from None


def cut_records(
    file: TextIO, read: Callable[[str, int, bool], tuple[int, Any] | None]
) -> Iterator[tuple[int, str, Any]]:
    """Cut a file into records, each with the number of its first line and what was read of it.

    `read` is given some text, where the record begins, and whether the file ends with the text. It
    tells where the record ends, or None where that is not in the text yet. Raises Unreadable.
    """
    text, at, line, is_all = file.read(CHUNK), 0, 1, False
    if text.startswith(BOM):
        yield line, BOM, None
        at = 1
    while not (is_all and at == len(text)):
        try:
            found = read(text, at, is_all)
        except Unreadable as error:
            raise Unreadable(f"line {line}: {error}") from None
        if found is None:
            if len(text) - at > MAX_RECORD:
                size = f"{MAX_RECORD >> 20} million characters"
                raise Unreadable(f"line {line}: a record of more than {size}")
            chunk = file.read(max(CHUNK, len(text) - at))
            text, at, is_all = text[at:] + chunk, 0, not chunk
            continue
        record, at = text[at : found[0]], found[0]
        if not record.isascii():
            try:
                record.encode()
            except UnicodeEncodeError as error:
                line += record.count("\n", 0, error.start)
                raise Unreadable(f"line {line}: not UTF-8") from None
        yield line, record, found[1]
        line += record.count("\n") + record.count("\r") - record.count("\r\n")


class TaskFile:
    """The tasks of one file, in the order of its lines."""

    def __init__(self, path: str, format_: "CsvFormat | JsonFormat") -> None:
        self.path, self._format = Path(path), format_

    def close(self) -> None:
        """Nothing is held open."""

    @property
    def has_names(self) -> bool:
        """Tell whether tasks have names there, not display names alone."""
        with closing(self._records()) as records:
            first = next((record for record, task in records if task is not None), None)
        return first is None or "name" in first.fields

    def room(self) -> Room:
        """Tell that a file holds names of any length."""
        return Room()

    def taken(self, where: str) -> Iterator[tuple[str, str]]:  # noqa: ARG002 # no file has tables
        """Refuse, as a file has no other tables. Raises BadInput."""
        raise BadInput("--taken-from: only a database has tables")

    def listed(self) -> Iterator[Task]:
        """Give every task, deleted or not. Raises BadInput for an id that is there twice."""
        with closing(DigestSet()) as ids:
            for record, task in self._tasks():
                if not ids.add(task.id):
                    raise self._twice(record)
                yield task

    def tasks(self, picks: Callable[[Task], bool], after: str | None) -> Iterator[Task]:
        """Give the tasks that are picked, those behind the task `after` only."""
        waiting = after is not None
        for record, task in self._tasks():
            if waiting:
                waiting = task.id != after
            elif picks(task):
                yield replace(task, raw=self._odd_spelling(record))
        if waiting:
            said = "the last task of the plan is not in it any more; give another --plan"
            raise BadInput(f"{self.path}: {said}")

    def carry_out(
        self, changes: Iterable[Change], *, undo: bool, dry_run: bool
    ) -> Iterator[Verdict]:
        """Make the changes in one replacement of the file, and tell what became of each."""
        with closing(FileChanges(changes, undo=undo)) as decided:
            before = self._stamp()
            for record, task in self._tasks():
                if not decided.match(task):
                    raise self._twice(record)
            if decided.settle(lambda _key, _change: None) and not dry_run:
                with new_content(self.path) as new:
                    for record, found in self._records():
                        change = None if found is None else decided.change_of(found.id)
                        text = record.text if change is None else self._changed(record, change)
                        new.write(text.encode())
                    if self._stamp() != before:
                        said = "it was changed by somebody else meanwhile; nothing was written"
                        raise BadInput(f"{self.path}: {said}")
            yield from decided.verdicts()

    def _changed(self, record: Record, change: Change) -> str:
        text, raw = record.text, change.raw_after or {}
        places = {record.fields[field][1:]: field for field in change.fields}
        for (begin, end), field in sorted(places.items(), reverse=True):
            value: str | None = getattr(change.after, field)
            new = raw.get(field)
            if new is None or not self._format.spells(new, value):  # as in an edited plan
                new = self._format.plain(value)
            text = text[:begin] + new + text[end:]
        return text

    def _twice(self, record: Record) -> BadInput:
        return BadInput(f"{self.path}: line {record.line}: id: is there twice")

    def _stamp(self) -> tuple[int, ...]:
        try:
            found = self.path.stat()
        except OSError as error:
            raise BadInput(f"{self.path}: {error.strerror}") from None
        return found.st_ino, found.st_size, found.st_mtime_ns

    def _tasks(self) -> Generator[tuple[Record, Task]]:
        return ((record, task) for record, task in self._records() if task is not None)

    def _odd_spelling(self, record: Record) -> Mapping[str, str] | None:
        """Tell how names are spelt where that is not the plainest way, to be put back so."""
        found = {field: record.fields[field] for field in Names._fields if field in record.fields}
        raw = {field: record.text[begin:end] for field, (_, begin, end) in found.items()}
        plain = {field: self._format.plain(value) for field, (value, _, _) in found.items()}
        return {field: text for field, text in raw.items() if text != plain[field]} or None

    def _records(self) -> Generator[tuple[Record, Task | None]]:
        with (
            open_file(self.path) as file,
            io.TextIOWrapper(file, "utf-8", "surrogateescape", newline="") as text,
        ):
            try:
                for record in self._format.records(text):
                    yield record, record.task()
            except Unreadable as error:
                raise BadInput(f"{self.path}: {error}") from None
            except OSError as error:
                raise BadInput(f"{self.path}: {error.strerror}") from None
