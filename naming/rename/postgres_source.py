"""A PostgreSQL table as a source, changed in batches."""

from __future__ import annotations

import json
import time
from contextlib import closing
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import psycopg
from psycopg import sql

from naming.rename.postgres_batch import Batches
from naming.rename.postgres_table import (
    Holder,
    Quoted,
    Session,
    check_session,
    find_scopes,
    find_table,
)
from naming.rename.reading import Unreadable
from naming.rename.task_table import TaskTable
from naming.rename.tasks import LOCKED, TAKEN, cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from naming.rename.postgres_table import Scope
    from naming.rename.source import Address, Layout
    from naming.rename.task_table import Row
    from naming.rename.tasks import Change, Verdict

_ROWS: Final = """SELECT {id}::text, {owner_id}::text, {name}::text, {display_name}::text,
  {text}, {deleted_at}::text, {scopes} FROM {table} AS t
WHERE {which} AND {name} IS NOT NULL ORDER BY {id} LIMIT %(limit)s"""


class PostgresSource(TaskTable):
    """The tasks of one table, in the order of their ids; no transaction stays open."""

    def __init__(self, address: Address, layout: Layout) -> None:
        super().__init__(address.shown, layout)
        self._session = Session(address)
        try:
            self._table = find_table(self._session, address.shown, layout)
        except BaseException:
            self.close()
            raise
        self.columns = {field: column.last for field, column in self._table.column.items()}
        type_ = self._table.type_of["prompt"].as_string(self._session.db)
        self._is_json = type_ in {"json", "jsonb"} or type_.endswith("[]")
        text = "to_jsonb({prompt})::text" if type_.endswith("[]") else "{prompt}::text"
        self._text = self._table.query(text)

    def close(self) -> None:
        """Close the connection."""
        self._session.close()

    @cached_property
    def _scopes(self) -> list[Scope]:
        return find_scopes(self._session, self._table)

    @cached_property
    def _holders(self) -> dict[str, Holder]:
        return {
            field: Holder(self._session, self._table, self.shown, field) for field in self.changed
        }

    def room_of(self, field: str, most: int) -> int:
        """Tell how long a text a column holds, at most so long. Raises BadInput for none."""
        return self._holders[field].room(most)

    def columns_of(self, table: Sequence[str]) -> list[str]:
        """Give the names of a table's columns; none where there is no such table."""
        query = sql.SQL(
            "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%(table)s)"
            " AND attnum > 0 AND NOT attisdropped"
        )
        called = Quoted(*table).alone(self._session.db)
        return [column for (column,) in self._session.rows(query, {"table": called})]

    def names_of(self, table: Sequence[str], owner: str | None, name: str) -> list[Any]:
        """Read the owner, where there is such a column, and the name in each row of a table."""
        whose = sql.SQL("NULL") if owner is None else Quoted(owner)
        query = sql.SQL("SELECT DISTINCT {}::text, {}::text FROM {} WHERE {} IS NOT NULL").format(
            whose, Quoted(name), Quoted(*table), Quoted(name)
        )
        return self._session.rows(query, {})

    def has_rows_without_id(self) -> bool:
        """Tell whether there are active rows without an id."""
        query = "SELECT 1 FROM {table} AS t WHERE {active} AND {id} IS NULL LIMIT 1"
        return bool(self._session.rows(self._table.query(query), {}))

    def key_of(self, id_: str) -> str:
        """Give the key of an id, as its type reads it. Raises BadInput where it can be none."""
        try:
            self._session.rows(self._table.query("SELECT %(id)s::{id_type}"), {"id": id_})
        except psycopg.DataError as error:
            raise self._session.refusal(error) from None
        return id_

    def page(self, after: str | None, limit: int) -> list[Row]:
        """Read rows without prompts, those behind the key `after`. Raises Overdue."""
        which = "{id} IS NOT NULL" if after is None else "{id} > %(after)s::{id_type}"
        values = {"after": after, "limit": limit}
        rows = self._session.rows(self._query(sql.SQL("NULL"), self._table.query(which)), values)
        return [self._row(row) for row in rows]

    def prompted(self, keys: Sequence[str]) -> list[Row]:
        """Read the rows of some keys with their prompts, each as it comes. Raises Overdue."""
        which = self._table.query("{id} = ANY(%(ids)s::{id_type}[])")
        values = {"ids": keys, "limit": None}
        return self._session.rows(self._query(self._text, which), values, self._row)

    def _query(self, text: sql.Composable, which: sql.Composable) -> sql.Composed:
        return self._table.query(_ROWS, text=text, scopes=self._scopes_of_rows, which=which)

    @cached_property
    def _scopes_of_rows(self) -> sql.Composable:
        """Write what tells within what a row's name is taken by unique indexes."""
        scopes = []
        for number, scope in enumerate(scope for scope in self._scopes if scope.is_index):
            told = [sql.SQL("({})::text").format(key) for key in scope.keys]
            row = sql.SQL("ROW({})::text").format(sql.SQL(", ").join(told))
            there = [sql.SQL("({}) IS NOT NULL").format(key) for key in scope.keys]
            scopes.append(
                sql.SQL("CASE WHEN {} THEN {} || {} END").format(
                    sql.SQL(" AND ").join([scope.counted, *there]),
                    sql.Literal("=" if scope.is_owners else f"{number}:"),
                    told[0] if scope.is_owners else row,
                )
            )
        return sql.SQL("ARRAY[{}]::text[]").format(sql.SQL(", ").join(scopes))

    def _row(self, row: tuple[Any, ...]) -> Row:
        *fields, text, mark, told = row
        prompt = self._json(row[0], text) if self._is_json else text
        return self.read(row[0], [*fields, prompt, mark], *told)

    def _json(self, id_: str, text: str | None) -> Any:  # noqa: ANN401 # JSON is anything
        try:
            return None if text is None else json.loads(text)
        except (ValueError, RecursionError):
            raise self.refusal(id_, Unreadable("prompt: is JSON that cannot be read")) from None

    def carry_out(
        self, changes: Iterable[Change], *, undo: bool, dry_run: bool
    ) -> Iterator[Verdict]:
        """Make the changes in batches, each a single transaction, and tell what became of each."""
        check_session(self._session, self.shown)
        batches = Batches(self._session, self._table, self._scopes, self._holders, undo=undo)
        size = BATCH if self._scopes[0].is_index else BATCH_WITHOUT_INDEX
        return look(batches, changes, size) if dry_run else make(batches, changes, size)


BATCH: Final = 500
"""Tasks a statement. More are hardly faster, and hold their locks longer."""

BATCH_WITHOUT_INDEX: Final = 5_000
"""Where the whole table is read for each, to look for other tasks of the names."""

MOST_KEPT: Final = 10_000
"""Tasks kept for another try at the end; for more, run the command again."""

SLOW_SECONDS: Final = 0.5
LONGEST_PAUSE_SECONDS: Final = 5.0
"""After a batch slower than the first, a pause as long as it took, up to the second."""


def look(batches: Batches, changes: Iterable[Change], size: int) -> Iterator[Verdict]:
    """Tell what `changes` would meet."""
    with closing(batches):
        for batch in cut(changes, size):
            for _, verdict in batches.look(batch):
                yield verdict


def make(batches: Batches, changes: Iterable[Change], size: int) -> Iterator[Verdict]:
    """Make `changes` and tell what became of each. Raises Stopped when the database is lost."""
    held: list[Change] = []
    taken: list[Change] = []
    with closing(batches):
        yield from _pass(batches, cut(changes, size), held, taken)
        yield from _pass(batches, cut(held, size), None, taken)
        yield from _make_room(batches, taken, size)
        for batch in cut(taken, size):
            yield from batches.why_taken(batch)


def _pass(
    batches: Batches, parts: Iterable[list[Change]], held: list[Change] | None, taken: list[Change]
) -> Iterator[Verdict]:
    """Make changes once, keeping in `held` and `taken` those that may do better later."""
    for batch in parts:
        started, waited = time.monotonic(), False
        for change, verdict in batches.make(batch):
            waited |= verdict.why == LOCKED
            kept = {LOCKED: held, TAKEN: taken}.get(verdict.why)
            if kept is not None and len(kept) < MOST_KEPT:
                kept.append(change)
            else:
                yield verdict
        seconds = time.monotonic() - started
        if seconds > SLOW_SECONDS and not waited:
            time.sleep(min(seconds, LONGEST_PAUSE_SECONDS))


def _make_room(batches: Batches, taken: list[Change], size: int) -> Iterator[Verdict]:
    """Try the taken names again for as long as tasks of the same plan give names up."""
    before = len(taken) + 1
    while taken and len(taken) < before:
        before, again = len(taken), taken[:]
        taken.clear()
        yield from _pass(batches, cut(again, size), None, taken)
