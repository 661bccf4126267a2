"""A table of a database as a source: read in pages by its key, in no long transaction."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, Final, NamedTuple

from naming.rename.reading import Layout, Unreadable, read_key, read_task
from naming.rename.source import Address, parts_of
from naming.rename.tasks import ANYWHERE, FIELDS, LEAST_LENGTH, Names, Room, Task, cut, owner_scope
from naming.rename.terminal import BadInput, Overdue, one_line

ROWS_A_PAGE: Final = 5_000
PROMPTS_A_QUERY: Final = 50  # so that those of a megabyte each fit in the memory


class UniqueIndex(NamedTuple):
    """A unique index on names: what the rows that it counts have to agree in beside them."""

    keys: Sequence[str]
    counted: str
    name: str = ""
    is_folded: bool = False  # whether names are compared in any case
    named: str = ""  # how it takes the name


def quoted(*parts: str) -> str:
    """Write a name into a statement."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in parts)


class TaskTable:
    """The tasks of one table, in the order of their ids. Statements call the table `t`."""

    db: Any  # the connection
    there: Collection[str]  # the table's columns
    has_names: bool  # whether tasks have names there, not display names alone
    active: str = "true"  # the condition of rows not deleted, where the database is to judge
    cast: str = ""  # what makes text of a value in a statement
    key: str = "?"  # what stands in a statement for a key; a `#` in it for which value that is

    # What each database does in its own way.
    connect: Callable[[], None]
    rows: Callable[..., list[Any]]
    columns_of: Callable[[Sequence[str]], Collection[str]]
    unique_indexes: Callable[[str], list[UniqueIndex]]
    holds: Callable[[str, str], bool]
    key_of: Callable[[str], Any]

    def __init__(self, address: Address, layout: Layout) -> None:
        self.address = address
        self.shown = address.shown
        self.changed = Names._fields if layout.has_names else Names._fields[1:]
        self.called = parts_of("--table", layout.table or "tasks", "NAME")
        self.table = quoted(*self.called)
        self.columns: Mapping[str, str] = {}  # the column of each field that there is
        self.column = {"name": "''", "deleted_at": "NULL"}  # what stands for each in a statement
        self.connect()
        try:
            self.find_columns(layout)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the connection."""
        self.db.close()

    @cached_property
    def indexes(self) -> list[UniqueIndex]:
        """The unique indexes on names."""
        return self.unique_indexes(self.columns["name"]) if self.has_names else []

    def find_columns(self, layout: Layout) -> None:
        """Find the column of each field. Raises BadInput."""
        self.there, called = self.columns_of(self.called), ".".join(self.called)
        if not self.there:
            raise BadInput(f"{self.shown}: there is no table {called}, or it cannot be seen")
        try:
            self.columns = layout.find(list(self.there))
        except Unreadable as error:
            raise BadInput(f"{self.shown}: table {called}: {error}") from None
        self.has_names = "name" in self.columns
        self.column |= {field: f"t.{quoted(name)}" for field, name in self.columns.items()}

    def check_writable(self) -> None:
        """See, without a change, that the database lets names be changed. Raises BadInput."""
        for field in self.changed:
            column = quoted(self.columns[field])
            try:
                self.rows(f"EXPLAIN UPDATE {self.table} SET {column} = {column}")
            except BadInput as error:
                said = str(error).removeprefix(f"{self.shown}: ")
                raise self.wrong(field, f"{said}; UPDATE of this column is needed") from None
            except Overdue:  # somebody holds the table, and planning can do without it
                return

    def is_owners(self, index: UniqueIndex) -> bool:
        """Tell whether an index keeps an owner's names apart."""
        return [key.strip('"') for key in index.keys] == [self.columns["owner_id"]]

    def scope(self, number: int, index: UniqueIndex) -> str:
        """Write what tells within what an index keeps a row's name, null where it does not."""
        counts = [f"({index.counted})", *(f"({key}) IS NOT NULL" for key in index.keys)]
        marked = [f"replace(({key}){self.cast}, '/', '//')" for key in index.keys]
        told = " || '/' || ".join([f"'{number}'", *marked])
        if self.is_owners(index):
            told = f"'=' || {index.keys[0]}{self.cast}"
        return f"CASE WHEN {' AND '.join(counts)} THEN {told} END"

    def wrong(self, field: str, why: str) -> BadInput:
        """Say what is wrong with the column of a field."""
        return BadInput(f"{self.shown}: table {self.called[-1]}: {self.columns[field]}: {why}")

    def twice(self, id_: str) -> BadInput:
        """Say that two tasks have an id."""
        return BadInput(f"{self.shown}: id: {id_} is there twice")

    def room(self) -> Room:
        """Find out what names the table can hold. Raises BadInput where it cannot be changed."""
        self.check_writable()
        most = Room()._asdict()
        return Room(**{field: self._room_of(field, most[field]) for field in self.changed})

    def _room_of(self, field: str, most: int) -> int:
        for length in range(most, LEAST_LENGTH - 1, -1):
            if self.holds(field, "a" * length):
                return length
        raise self.wrong(field, f"its type or check refuses {'a' * LEAST_LENGTH!r}")

    def taken(self, where: str) -> Iterator[tuple[str, str]]:
        """Give the names in a column of another table, with their owners' scopes if it has them."""
        *table, column = parts_of("--taken-from", where, "TABLE.COLUMN")
        there, owner = self.columns_of(table), self.columns["owner_id"]
        if column not in there:
            raise BadInput(f"--taken-from: there is no column {column} in a table {table[-1]}")
        is_owned, name = owner in there, quoted(column)
        told = quoted(owner) if is_owned else "NULL"
        query = f"SELECT DISTINCT {told}{self.cast}, {name}{self.cast} FROM {quoted(*table)}"
        for owner_id, text in self.rows(f"{query} WHERE {name} IS NOT NULL"):
            known = read_key("owner_id", owner_id)
            yield (owner_scope(known) if is_owned else ANYWHERE), str(text)

    def listed(self) -> Iterator[Task]:
        """Give every task, deleted or not, having seen that each has an id."""
        where = f"{self.active} AND {self.column['id']} IS NULL"
        if self.rows(f"SELECT 1 FROM {self.table} AS t WHERE {where} LIMIT 1"):
            raise BadInput(f"{self.shown}: id: is empty in a row of the table")
        for page in self.pages(None):
            yield from (task for _, task in page)

    def tasks(self, picks: Callable[[Task], bool], after: str | None) -> Iterator[Task]:
        """Give the tasks that are picked, those with ids behind `after` only."""
        for page in self.pages(None if after is None else self.key_of(after)):
            for some in cut([key for key, task in page if picks(task)], PROMPTS_A_QUERY):
                yield from (task for _, task in self._fetch(some) if picks(task))

    def pages(self, after: Any) -> Iterator[list[tuple[Any, Task]]]:  # noqa: ANN401
        """Read all rows behind a key, fewer at a time where that takes too long."""
        limit = ROWS_A_PAGE
        while True:
            values = [] if after is None else [after]
            behind = f"> {self._marks(values)}" if values else "IS NOT NULL"
            where = f"{self.column['id']} {behind}"
            try:
                # With the first of the next page, which may have the same key as the last of this.
                page = self.select(where, values, f"LIMIT {limit + 1}")
            except Overdue:
                if limit == 1:
                    raise
                limit //= 2
                continue
            for (key, task), (following, _) in pairwise(page):
                if key == following:
                    raise self.twice(task.id)
            yield page[:limit]
            if len(page) <= limit:
                return
            after, _ = page[limit - 1]

    def _marks(self, keys: Sequence[object]) -> str:
        return ", ".join(self.key.replace("#", f"{number}", 1) for number, _ in enumerate(keys, 1))

    def _fetch(self, keys: Sequence[Any]) -> list[tuple[Any, Task]]:
        among = f"{self.column['id']} IN ({self._marks(keys)})"
        try:
            return self.select(among, keys, prompts=True)
        except Overdue:  # dear prompts, such as those that a view computes
            if len(keys) == 1:
                raise
            parts = cut(keys, (len(keys) + 1) // 2)
            return [row for part in parts for row in self._fetch(part)]

    def select(
        self, where: str, values: Sequence[object], limit: str = "", *, prompts: bool = False
    ) -> list[tuple[Any, Task]]:
        """Read keys and tasks in the order of keys, without prompts as a rule. Raises BadInput."""
        columns = self.column if prompts else {**self.column, "prompt": "NULL"}
        told = [f"{columns[field]}{self.cast}" for field in FIELDS]
        told += [self.scope(number, index) for number, index in enumerate(self.indexes)]
        there = f"{where} AND {self.column['name']} IS NOT NULL"
        query = f"SELECT {', '.join(told)} FROM {self.table} AS t WHERE {there}"
        rows = self.rows(f"{query} ORDER BY {self.column['id']} {limit}", values)
        return [(row[0], self._read(row)) for row in rows]

    def _read(self, row: tuple[Any, ...]) -> Task:
        try:
            return read_task(dict(zip(FIELDS, row, strict=False)), row[len(FIELDS) :])
        except Unreadable as error:
            called = one_line(str(row[0])) if isinstance(row[0], str | int) else "?"
            raise BadInput(f"{self.shown}: task {called}: {error}") from None
