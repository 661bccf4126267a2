"""A table of a database as a source: read in pages by its key, in no long transaction."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from naming.rename.errors import BadInput, Overdue, one_line
from naming.rename.reading import Unreadable, read_key, read_task
from naming.rename.source import parts_of
from naming.rename.tasks import (
    ANYWHERE,
    CHANGED,
    FIELDS,
    Room,
    Task,
    cut,
    halves,
    owner_scope,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from naming.rename.source import Layout
    from naming.rename.tasks import Picks

ROWS_A_PAGE: Final = 5_000
PROMPTS_A_QUERY: Final = 500


class Row(NamedTuple):
    """A row as it was read, with its key as the database has it."""

    key: Any
    task: Task


class TaskTable(ABC):
    """The tasks of one table, in the order of their ids."""

    def __init__(self, shown: str, layout: Layout) -> None:
        self.shown = shown
        self.changed = CHANGED if layout.has_names else CHANGED[1:]
        self.columns: Mapping[str, str] = {}
        """The column of each field that there is."""

    @property
    def has_names(self) -> bool:
        """Tell whether tasks have names there, not display names alone."""
        return "name" in self.columns

    @abstractmethod
    def page(self, after: Any, limit: int) -> list[Row]:  # noqa: ANN401 # a key of the database
        """Read rows without prompts, those behind the key `after`. Raises Overdue."""

    @abstractmethod
    def prompted(self, keys: Sequence[Any]) -> list[Row]:
        """Read the rows of some keys with their prompts. Raises Overdue."""

    @abstractmethod
    def key_of(self, id_: str) -> Any:  # noqa: ANN401
        """Give the key of an id. Raises BadInput where it can be none."""

    @abstractmethod
    def has_rows_without_id(self) -> bool:
        """Tell whether there are active rows without an id."""

    @abstractmethod
    def columns_of(self, table: Sequence[str]) -> Collection[str]:
        """Give the names of a table's columns; none where there is no such table."""

    @abstractmethod
    def names_of(self, table: Sequence[str], owner: str | None, name: str) -> Iterable[Any]:
        """Read the owner, where there is such a column, and the name in each row of a table."""

    @abstractmethod
    def room_of(self, field: str, most: int) -> int:
        """Tell how long a text a column holds, at most so long. Raises BadInput for none."""

    def room(self) -> Room:
        """Find out what names the table can hold. Raises BadInput where it cannot be changed."""
        most = Room()._asdict()
        return Room(**most | {field: self.room_of(field, most[field]) for field in self.changed})

    def taken(self, where: str) -> Iterator[tuple[str, str]]:
        """Give the names in a column of another table, with their owners' scopes if it has them."""
        *table, column = parts_of("--taken-from", where, "TABLE.COLUMN")
        there = self.columns_of(table)
        if column not in there:
            raise BadInput(f"--taken-from: there is no column {column} in a table {table[-1]}")
        owner = self.columns["owner_id"] if self.columns["owner_id"] in there else None
        for owner_id, name in self.names_of(table, owner, column):
            known = read_key("owner_id", owner_id)
            yield (ANYWHERE if owner is None else owner_scope(known)), str(name)

    def listed(self) -> Iterator[Task]:
        """Give the owner and the names of every row, having seen that each has an id."""
        if self.has_rows_without_id():
            raise BadInput(f"{self.shown}: id: is empty in a row of the table")
        for page in self.pages(None):
            yield from (row.task for row in page)

    def tasks(self, picks: Picks, after: str | None) -> Iterator[Task]:
        """Give the active tasks that are picked, those with ids behind `after` only."""
        for page in self.pages(None if after is None else self.key_of(after)):
            keys = [row.key for row in page if _is_picked(row, picks)]
            for some in cut(keys, PROMPTS_A_QUERY):
                for row in self._fetch(some):
                    if _is_picked(row, picks):
                        task = row.task
                        is_wide = len(task.scopes) > 1  # other plans' names may be in the way
                        yield replace(task, scopes=(*task.scopes, ANYWHERE)) if is_wide else task

    def pages(self, after: Any) -> Iterator[list[Row]]:  # noqa: ANN401
        """Read all rows behind a key, fewer at a time where that takes too long."""
        limit = ROWS_A_PAGE
        while True:
            try:
                page = self.page(after, limit)
            except Overdue:
                if limit == 1:
                    raise
                limit //= 2
                continue
            for one, following in pairwise(page):
                if one.key == following.key:
                    raise BadInput(f"{self.shown}: id: {one.task.id} is there twice")
            yield page
            if len(page) < limit:
                return
            after = page[-1].key

    def _fetch(self, keys: Sequence[Any]) -> Iterator[Row]:
        try:
            rows = self.prompted(keys)
        except Overdue:  # dear prompts, such as those that a view computes
            if len(keys) == 1:
                raise
            for half in halves(keys):
                yield from self._fetch(half)
        else:
            yield from rows

    def read(self, key: object, values: Sequence[object], *told: str | None) -> Row:
        """Read a row, with the scopes that unique indexes tell. Raises BadInput."""
        try:
            return Row(key, read_task(dict(zip(FIELDS, values, strict=True)), told))
        except Unreadable as error:
            raise self.refusal(key, error) from None

    def refusal(self, key: object, error: Unreadable) -> BadInput:
        """Say which row cannot be read."""
        called = key if isinstance(key, str | int) else "?"
        return BadInput(f"{self.shown}: task {one_line(str(called))}: {error}")


def _is_picked(row: Row, picks: Picks) -> bool:
    return not row.task.is_deleted and picks(row.task.owner_id, row.task.names)
