"""A file of tasks as a source: read record by record, changed, and replaced as a whole."""

import io
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import msgspec

from naming.rename.file_formats import CsvFormat, JsonFormat, Record
from naming.rename.files import new_content, open_file
from naming.rename.reading import Unreadable
from naming.rename.scratch import DigestSet, Scratch, digest
from naming.rename.tasks import LATER, Change, Names, Room, Task, Verdict, Why
from naming.rename.terminal import BadInput

_HOLD = """INSERT INTO held VALUES (?, ?)
ON CONFLICT (name) DO UPDATE SET tasks = tasks + excluded.tasks"""

_CHANGE: Final = msgspec.json.Decoder(Change)


class FileChanges(Scratch):
    """Changes, at most one a task, matched with a file's tasks and settled among themselves."""

    SCHEMA = """
    CREATE TABLE changes (at INTEGER PRIMARY KEY, id TEXT UNIQUE, change BLOB, why TEXT, key,
                          met INTEGER DEFAULT 0, fits INTEGER DEFAULT 0);
    CREATE TABLE held (name BLOB PRIMARY KEY, tasks INTEGER) WITHOUT ROWID;
    """

    def __init__(self, changes: Iterable[Change], *, undo: bool) -> None:
        super().__init__()
        self._undo = undo
        rows = ([each.id, msgspec.json.encode(each), Why.GONE] for each in changes)
        self._scratch.executemany("INSERT INTO changes (id, change, why) VALUES (?, ?, ?)", rows)

    def match(self, task: Task, key: object = None) -> bool:
        """Compare a task, of a `key` there, with its change; False for a second one of its id."""
        change, name = self.change_of(task.id, "true"), task.names.name
        is_back = self._undo and change is not None and name.lower() == change.after.name.lower()
        if not task.is_deleted and not is_back:
            self._hold(task.owner_id, name, 1)
        if change is None:
            return True
        why = change.why_not(task.names, is_deleted=task.is_deleted)
        query = "UPDATE changes SET met = 1, fits = ?, why = ?, key = ? WHERE id = ? AND NOT met"
        return self._scratch.execute(query, [why is None, why, key, task.id]).rowcount == 1

    def settle(self, write: Callable[[Any, Change], str | None]) -> bool:
        """Make what fits with `write`, which may tell why not, again while any gives a name up.

        Tells whether any change is made.
        """
        before, left = -1, self._count("fits")
        while left not in {0, before}:
            found = self._scratch.execute("SELECT id, key, change FROM changes WHERE fits")
            for id_, key, encoded in found:
                change = _CHANGE.decode(encoded)
                is_free = change.is_same_name or not self._is_held(change)
                why = write(key, change) if is_free else Why.TAKEN
                if why is None and not change.is_same_name:
                    self._hold(change.owner_id, change.before.name, -1)
                    if not self._undo:
                        self._hold(change.owner_id, change.after.name, 1)
                query = "UPDATE changes SET fits = ?, why = ? WHERE id = ?"
                self._scratch.execute(query, [why in LATER, why, id_])
            before, left = left, self._count("fits")
        return self._count("why IS NULL") > 0

    def _is_held(self, change: Change) -> bool:
        query = "SELECT 1 FROM held WHERE name = ? AND tasks > 0"
        name = digest(change.owner_id, change.after.name.lower())
        return self._scratch.execute(query, [name]).fetchone() is not None

    def _hold(self, owner_id: str | None, name: str, tasks: int) -> None:
        self._scratch.execute(_HOLD, [digest(owner_id, name.lower()), tasks])

    def _count(self, which: str) -> int:
        query = f"SELECT count(*) FROM changes WHERE {which}"
        return int(self._scratch.execute(query).fetchone()[0])

    def verdicts(self) -> Iterator[Verdict]:
        """Tell what becomes of each change."""
        yield from map(Verdict._make, self._scratch.execute("SELECT id, why FROM changes"))

    def change_of(self, id_: str, condition: str = "why IS NULL") -> Change | None:
        """Give the change of a task under a `condition`, that it is made; None for none."""
        query = f"SELECT change FROM changes WHERE id = ? AND {condition}"
        row = self._scratch.execute(query, [id_]).fetchone()
        return row and _CHANGE.decode(row[0])


class TaskFile:
    """The tasks of one file, in the order of its lines."""

    def __init__(self, path: str, format_: CsvFormat | JsonFormat) -> None:
        self.path, self._format = Path(path), format_

    def close(self) -> None:
        """Nothing is held open."""

    @property
    def has_names(self) -> bool:
        """Tell whether tasks have names there, not display names alone."""
        with closing(self._tasks()) as tasks:
            return next(("name" in record.fields for record, _ in tasks), True)

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
