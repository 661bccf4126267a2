"""An SQLite file as a source: read in pages by its key, changed in one transaction."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from naming.rename.errors import BadInput, Stopped, one_line
from naming.rename.file_changes import FileChanges
from naming.rename.reading import Unreadable, find_columns
from naming.rename.source import DEFAULT_TABLE, parts_of
from naming.rename.task_table import TaskTable
from naming.rename.tasks import HIDDEN, LEAST_LENGTH, REWRITTEN, TAKEN_ELSEWHERE, Room

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from naming.rename.source import Address, Layout
    from naming.rename.task_table import Row
    from naming.rename.tasks import Change, Verdict

BUSY_SECONDS: Final = 10.0
"""How long another process may hold the file."""

_STOPPING: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
_INSTEAD: Final = re.compile(r"\bINSTEAD\s+OF\s+UPDATE\b", re.IGNORECASE)
_CONDITION: Final = re.compile(r"\bWHERE\b(.*)", re.IGNORECASE | re.DOTALL)


def quoted(*parts: str) -> str:
    """Write a name into a statement."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in parts)


class SqliteFile(TaskTable):
    """The tasks of one table, in the order of their ids; no transaction stays open."""

    def __init__(self, address: Address, layout: Layout) -> None:
        super().__init__(address.shown, layout)
        self._path = address.target
        self._called = parts_of("--table", layout.table or DEFAULT_TABLE, "NAME")
        self._table = quoted(*self._called)
        try:
            self._db = sqlite3.connect(
                f"file:{quote(address.target)}?mode=rw",
                uri=True,
                isolation_level=None,
                timeout=BUSY_SECONDS,
                check_same_thread=False,
            )
        except sqlite3.Error as error:
            raise self._refusal(error) from None
        self._db.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
        try:
            self.columns = self._find_columns(layout)
            self._column = {field: quoted(name) for field, name in self.columns.items()}
            self._indexes = self._unique_indexes()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close it."""
        self._db.close()

    def _refusal(self, error: sqlite3.Error) -> BadInput:
        return BadInput(f"{self.shown}: {one_line(str(error))}")

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Carry a statement out, and read its rows. Raises BadInput, Stopped, IntegrityError."""
        try:
            return self._db.execute(query, values).fetchall()
        except sqlite3.IntegrityError:
            raise
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in _STOPPING:
                raise Stopped(str(self._refusal(error))) from None
            raise self._refusal(error) from None

    def _find_columns(self, layout: Layout) -> dict[str, str]:
        there, called = self.columns_of(self._called), ".".join(self._called)
        if not there:
            raise BadInput(f"{self.shown}: there is no table {called}")
        try:
            return find_columns(layout.columns, list(there), layout.optional)
        except Unreadable as error:
            raise BadInput(f"{self.shown}: table {called}: {error}") from None

    def _definition(self, kind: str, name: str) -> str:
        rows = self._rows("SELECT sql FROM sqlite_master WHERE type = ? AND name = ?", [kind, name])
        return (rows[0][0] or "") if rows else ""

    def _unique_indexes(self) -> list[str]:
        """Write what tells in which scope a row's name is, for each unique index on names."""
        indexes = []
        table = self._called[-1]
        found = self._rows('SELECT name FROM pragma_index_list(?) WHERE "unique"', [table])
        for number, (index,) in enumerate(found):
            rows = self._rows("SELECT name FROM pragma_index_info(?)", [index])
            columns = [column for (column,) in rows]
            # The name of an expression is not told; `lower(name)` is what it usually is.
            if not {None, self.columns.get("name")}.isdisjoint(columns):
                keys = [
                    column for column in columns if column not in {None, self.columns.get("name")}
                ]
                condition = _CONDITION.search(self._definition("index", index))
                counted = [f"({condition[1]})"] if condition else []
                counted += [f"{quoted(key)} IS NOT NULL" for key in keys]
                told = " || ".join(
                    [f"'{number}'", *(f"':' || quote({quoted(key)})" for key in keys)]
                )
                if keys == [self.columns["owner_id"]]:
                    told = f"'=' || {quoted(keys[0])}"
                indexes.append(f"CASE WHEN {' AND '.join(counted or ['1'])} THEN {told} END")
        return indexes

    def room(self) -> Room:
        """Find out what names the table can hold. Raises BadInput where it cannot be changed."""
        if not os.access(self._path, os.W_OK):
            raise BadInput(f"{self.shown}: this file is not for this user to write")
        if not self._definition("view", self._called[-1]):
            return super().room()
        query = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
        if not any(_INSTEAD.search(sql) for (sql,) in self._rows(query, [self._called[-1]])):
            raise BadInput(f"{self.shown}: a view without a trigger INSTEAD OF UPDATE")
        return Room()

    def _no_room(self, field: str, why: str) -> BadInput:
        return BadInput(f"{self.shown}: table {self._called[-1]}: {self.columns[field]}: {why}")

    def room_of(self, field: str, most: int) -> int:
        """Try how long a text a column holds, in a copy of the table with one row."""
        there = self.columns_of(self._called)
        if there[self.columns[field]]:
            raise self._no_room(field, "the database makes the values of this column itself")
        columns = [quoted(name) for name, made in there.items() if not made]
        row = self._rows(f"SELECT {', '.join(columns)} FROM {self._table} LIMIT 1")
        with closing(sqlite3.connect(":memory:")) as copy:
            copy.text_factory = self._db.text_factory
            table = quoted(self._called[-1])
            try:
                copy.execute(self._definition("table", self._called[-1]))
                copy.execute(
                    f"INSERT INTO {table} ({', '.join(columns)})"
                    f" VALUES ({', '.join('?' * len(columns))})",
                    *row,
                )
            except (
                sqlite3.Error,
                UnicodeEncodeError,
                TypeError,
            ):  # of no row, or what is only there
                return most
            for length in range(most, LEAST_LENGTH - 1, -1):
                with suppress(sqlite3.IntegrityError):
                    copy.execute(f"UPDATE {table} SET {self._column[field]} = ?", ["a" * length])
                    return length
        raise self._no_room(field, f"its type or check refuses {'a' * LEAST_LENGTH!r}")

    def columns_of(self, table: Sequence[str]) -> dict[str, int]:
        """Give the columns of a table, and whether the database makes their values itself."""
        name, schema = table[-1], table[0] if len(table) > 1 else "main"
        return dict(self._rows("SELECT name, hidden FROM pragma_table_xinfo(?, ?)", [name, schema]))

    def names_of(self, table: Sequence[str], owner: str | None, name: str) -> list[Any]:
        """Read the owner, where there is such a column, and the name in each row of a table."""
        told = "NULL" if owner is None else quoted(owner)
        text = quoted(name)
        return self._rows(
            f"SELECT DISTINCT {told}, {text} FROM {quoted(*table)} WHERE typeof({text}) = 'text'"
        )

    def has_rows_without_id(self) -> bool:
        """Tell whether there are rows without an id."""
        query = f"SELECT 1 FROM {self._table} WHERE {self._column['id']} IS NULL LIMIT 1"
        return bool(self._rows(query))

    def key_of(self, id_: str) -> int | bytes | str:
        """Give the key of an id, of the type that ids have. Raises BadInput for none."""
        rows = self._rows(f"SELECT {self._column['id']} FROM {self._table} LIMIT 1")
        try:
            if rows and isinstance(rows[0][0], int):
                return int(id_)
            return bytes.fromhex(id_) if rows and isinstance(rows[0][0], bytes) else id_
        except ValueError:
            raise BadInput(f"{self.shown}: the last task of the plan is none of it") from None

    def page(self, after: object, limit: int) -> list[Row]:
        """Read rows without prompts, those behind the key `after`."""
        id_ = self._column["id"]
        if after is None:
            return self._read(f"{id_} IS NOT NULL", [], limit)
        return self._read(f"{id_} > ?", [after], limit)

    def prompted(self, keys: Sequence[Any]) -> list[Row]:
        """Read the rows of some keys with their prompts."""
        where = f"{self._column['id']} IN ({', '.join('?' * len(keys))})"
        return self._read(where, keys, -1, prompt=self._column["prompt"])

    def _read(
        self, where: str, values: Sequence[object], limit: int, *, prompt: str = "NULL"
    ) -> list[Row]:
        name, mark = self._column.get("name", "''"), self._column.get("deleted_at", "NULL")
        fields = [self._column["id"], self._column["owner_id"], name, self._column["display_name"]]
        told = ", ".join([*fields, prompt, mark, *self._indexes])
        query = (
            f"SELECT {told} FROM {self._table} WHERE ({where}) AND {name} IS NOT NULL"
            f" ORDER BY {fields[0]} LIMIT {limit}"
        )
        return [self.read(row[0], row[:6], *row[6:]) for row in self._rows(query, values)]

    def carry_out(
        self, changes: Iterable[Change], *, undo: bool, dry_run: bool
    ) -> Iterator[Verdict]:
        """Make the changes in one transaction, and tell what became of each."""
        self.room()
        with closing(FileChanges(changes, undo=undo)) as decided:
            self._rows("BEGIN IMMEDIATE")
            try:
                for page in self.pages(None):
                    for row in page:
                        decided.match(row.task)
                decided.settle()
                self._write(decided)
                self._rows("ROLLBACK" if dry_run else "COMMIT")
            finally:
                if self._db.in_transaction:
                    self._db.rollback()
            yield from decided.verdicts()

    def _write(self, decided: FileChanges) -> None:
        """Write what was decided, anew without what the database refuses."""
        while True:
            self._rows("SAVEPOINT whole")
            refused = self._refused(decided)
            if not refused:
                return
            self._rows("ROLLBACK TO whole")
            decided.leave_out(refused)

    def _refused(self, decided: FileChanges) -> dict[str, str]:
        """Write changes; gives those that the database refuses, and why."""
        pending = (
            (id_, change)
            for page in self.pages(None)
            for id_, task in page
            if (change := decided.change_of(task.id)) is not None
        )
        refused, clashing = self._attempt(pending)
        while clashing:  # a name may be free once another task has given it up
            more, still = self._attempt(clashing)
            refused |= more
            if len(still) == len(clashing):
                return refused | {change.id: TAKEN_ELSEWHERE for _, change in still}
            clashing = still
        return refused

    def _attempt(
        self, changes: Iterable[tuple[Any, Change]]
    ) -> tuple[dict[str, str], list[tuple[Any, Change]]]:
        refused: dict[str, str] = {}
        clashing: list[tuple[Any, Change]] = []
        for id_, change in changes:
            why = self._why_refused(id_, change)
            if why == TAKEN_ELSEWHERE:
                clashing.append((id_, change))
            elif why is not None:
                refused[change.id] = why
        return refused, clashing

    def _why_refused(self, id_: object, change: Change) -> str | None:
        """Write one change; tells why it cannot be."""
        after, where = change.after._asdict(), f"{self._column['id']} IS ?"
        fields = [field for field in self.changed if field in change.fields]
        sets = ", ".join(f"{self._column[field]} = ?" for field in fields)
        try:
            values = [*(after[field] for field in fields), id_]
            self._rows(f"UPDATE {self._table} SET {sets} WHERE {where}", values)
            now = [row.task.names for row in self._read(where, [id_], -1)]
        except sqlite3.IntegrityError as error:
            said = one_line(str(error))
            return TAKEN_ELSEWHERE if "UNIQUE" in said else f"the database refuses it: {said}"
        return None if now == [change.after] else REWRITTEN if now else HIDDEN
