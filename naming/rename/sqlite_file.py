"""An SQLite file as a source: read in pages by its key, changed in one transaction."""

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from naming.rename.task_file import FileChanges
from naming.rename.task_table import TaskTable, UniqueIndex, quoted
from naming.rename.tasks import Change, Task, Verdict, Why
from naming.rename.terminal import BadInput, Stopped, one_line

BUSY_SECONDS: Final = 10.0  # how long another process may hold the file
_STOPPING: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}


class SqliteFile(TaskTable):
    """The tasks of one table, in the order of their ids; no transaction stays open."""

    db: sqlite3.Connection

    def connect(self) -> None:
        """Open the file. Raises BadInput."""
        try:
            uri = f"file:{quote(self.address.target)}?mode=rw"
            self.db = sqlite3.connect(
                uri, BUSY_SECONDS, isolation_level=None, check_same_thread=False, uri=True
            )
        except sqlite3.Error as error:
            raise self._refusal(error) from None
        self.db.text_factory = lambda text: text.decode("utf-8", "surrogateescape")

    def _refusal(self, error: sqlite3.Error) -> BadInput:
        said = one_line(str(error))
        if "it is a view" in said:
            said += "; it needs a trigger INSTEAD OF UPDATE"
        return BadInput(f"{self.shown}: {said}")

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """Carry a statement out. Raises BadInput, Stopped, IntegrityError."""
        try:
            return self.db.execute(query, values).fetchall()
        except sqlite3.IntegrityError:
            raise
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in _STOPPING:
                raise Stopped(str(self._refusal(error))) from None
            raise self._refusal(error) from None

    def columns_of(self, table: Sequence[str]) -> list[str]:
        """Give the names of a table's columns; none where there is no such table."""
        name, schema = table[-1], table[0] if len(table) > 1 else "main"
        found = self.rows("SELECT name FROM pragma_table_xinfo(?, ?)", [name, schema])
        return [column for (column,) in found]

    def unique_indexes(self, name: str) -> list[UniqueIndex]:
        """Find the unique indexes on the column of names."""
        indexes = []
        query = """SELECT l.name, sql FROM pragma_index_list(?) AS l JOIN sqlite_master AS m
            ON m.type = 'index' AND m.name = l.name WHERE "unique\""""
        for index, definition in self.rows(query, [self.called[-1]]):
            found = self.rows("SELECT name FROM pragma_index_info(?)", [index])
            columns = [key for (key,) in found]
            # The name of an expression is not told; `lower(name)` is what it usually is.
            if {None, name}.isdisjoint(columns):
                continue
            condition = re.search(r"(?is)\bWHERE\b(.*)", definition or "")
            keys = [quoted(column) for column in columns if column not in {None, name}]
            indexes.append(UniqueIndex(keys, condition[1] if condition else "true", index))
        return indexes

    @property
    def _told(self) -> str:
        """What makes text of an id, as it is read of a row."""
        id_ = self.column["id"]
        return f"CASE typeof({id_}) WHEN 'blob' THEN lower(hex({id_})) ELSE {id_} || '' END"

    def listed(self) -> Iterator[Task]:
        """Give every task, having seen that no two ids read alike, as `1` and `'1'` would."""
        alike = f"GROUP BY 1 HAVING count({self.column['id']}) > 1 LIMIT 1"
        for (id_,) in self.rows(f"SELECT {self._told} FROM {self.table} AS t {alike}"):
            raise self.twice(id_)
        yield from super().listed()

    def key_of(self, id_: str) -> int | bytes | str:
        """Give the key of an id, of its type or else of the first one's. Raises BadInput."""
        key = self.column["id"]
        query = f"SELECT {key} FROM {self.table} AS t ORDER BY {self._told} IS NOT ?, {key} LIMIT 1"
        rows = self.rows(query, [id_])
        try:
            if rows and isinstance(rows[0][0], int):
                return int(id_)
            return bytes.fromhex(id_) if rows and isinstance(rows[0][0], bytes) else id_
        except ValueError:
            raise BadInput(f"{self.shown}: the last task of the plan is none of it") from None

    def check_writable(self) -> None:
        """See that the file can be written. Raises BadInput."""
        super().check_writable()
        # SQLite keeps what it needs to take a change back beside the file.
        for path in (Path(self.address.target), Path(self.address.target).parent):
            if not os.access(path, os.W_OK, effective_ids=True):
                raise BadInput(f"{self.shown}: {path} is not for this user to write")

    def holds(self, field: str, text: str) -> bool:
        """Try whether the column of a field admits a text, in one row, and take it back."""
        id_, column = (quoted(self.columns[name]) for name in ("id", field))
        one = f"{id_} IS (SELECT {id_} FROM {self.table} LIMIT 1)"
        self.rows("BEGIN")
        try:
            self.rows(f"UPDATE {self.table} SET {column} = ? WHERE {one}", [text])
        except sqlite3.IntegrityError as error:
            # These tell nothing of what the column holds.
            return error.sqlite_errorname.endswith(("_UNIQUE", "_PRIMARYKEY", "_TRIGGER"))
        finally:
            self.db.rollback()
        return True

    def carry_out(
        self, changes: Iterable[Change], *, undo: bool, dry_run: bool
    ) -> Iterator[Verdict]:
        """Make the changes in one transaction, and tell what became of each."""
        self.check_writable()
        with closing(FileChanges(changes, undo=undo)) as decided:
            self.rows("BEGIN IMMEDIATE")
            try:
                for page in self.pages(None):
                    for key, task in page:
                        if not decided.match(task, key):
                            raise self.twice(task.id)
                decided.settle(self._write)
                self.rows("ROLLBACK" if dry_run else "COMMIT")
            finally:
                self.db.rollback()
            yield from decided.verdicts()

    @cached_property
    def _update(self) -> str:
        """How a change begins: it never deletes the row in its way, as a constraint may have it."""
        # Only where one may: the statements of triggers go by this, too.
        query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND sql LIKE '%ON%CONFLICT%'"
        return "UPDATE OR ABORT" if self.rows(query) else "UPDATE"

    def _write(self, key: object, change: Change) -> str | None:
        """Make one change; tells why it cannot be."""
        where = f"{quoted(self.columns['id'])} IS ?"
        fields = [field for field in self.changed if field in change.fields]
        sets = ", ".join(f"{quoted(self.columns[field])} = ?" for field in fields)
        values = [*(getattr(change.after, field) for field in fields), key]
        why: str | None
        self.rows("SAVEPOINT one")
        try:
            self.rows(f"{self._update} {self.table} SET {sets} WHERE {where}", values)
            now = [task.names for _, task in self.select(where, [key])]
            why = None if now == [change.after] else Why.REWRITTEN if now else Why.HIDDEN
        except sqlite3.IntegrityError as error:
            said = one_line(str(error))
            if not self.db.in_transaction:  # a trigger has ended it
                all_back = "the database refuses it, and takes all back"
                raise BadInput(f"{self.shown}: task {change.id}: {all_back}: {said}") from None
            why = Why.TAKEN_ELSEWHERE if "UNIQUE" in said else f"the database refuses it: {said}"
        if why is not None:
            self.rows("ROLLBACK TO one")
        self.rows("RELEASE one")
        return why
