"""A PostgreSQL table as a source: read in pages by its key, changed in batches."""

from __future__ import annotations

import json
import time
from contextlib import closing
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import psycopg
from psycopg import sql

from naming.rename.errors import BadInput
from naming.rename.postgres_batch import Batches
from naming.rename.postgres_table import (
    Holder,
    Overdue,
    Quoted,
    Session,
    check_session,
    find_scopes,
    find_table,
)
from naming.rename.reading import Unreadable, is_deleted, read_prompt
from naming.rename.source import parts_of
from naming.rename.tasks import (
    ANYWHERE,
    CHANGED,
    LOCKED,
    TAKEN,
    Listed,
    Names,
    Room,
    Task,
    cut,
    halves,
    owner_scope,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from naming.rename.postgres_table import Scope
    from naming.rename.source import Address, Layout
    from naming.rename.tasks import Change, Picks, Verdict

NAMES_A_PAGE: Final = 5_000
PROMPTS_A_QUERY: Final = 500

_LISTING: Final = """SELECT {id}::text, {owner_id}::text, {name}::text, {display_name}::text,
  {deleted_at}::text, {scopes} FROM {table} AS t WHERE {behind} ORDER BY {id} LIMIT %(limit)s"""

_TASKS: Final = """SELECT {id}::text, {owner_id}::text, {name}::text, {display_name}::text,
  {scopes}, {text} FROM {table} AS t
WHERE {id} = ANY(%(ids)s::{id_type}[]) AND {active} AND {name} IS NOT NULL ORDER BY {id}"""


class PostgresSource:
    """The tasks of one table, in the order of their ids; no transaction stays open."""

    def __init__(self, address: Address, layout: Layout) -> None:
        self._shown = address.shown
        self._changed = CHANGED if layout.has_names else CHANGED[1:]
        self._session = Session(address)
        try:
            self._table = find_table(self._session, address.shown, layout)
            type_ = self._table.type_of["prompt"].as_string(self._session.db)
        except BaseException:
            self.close()
            raise
        self._is_json = type_ in {"json", "jsonb"} or type_.endswith("[]")
        text = "to_jsonb({prompt})::text" if type_.endswith("[]") else "{prompt}::text"
        self._text = self._table.query(text)

    @property
    def has_names(self) -> bool:
        """Tell whether tasks have names there, not display names alone."""
        return "name" in self._table.column

    def close(self) -> None:
        """Close the connection."""
        self._session.close()

    @cached_property
    def _scopes(self) -> list[Scope]:
        return find_scopes(self._session, self._table)

    @cached_property
    def _holders(self) -> dict[str, Holder]:
        return {
            field: Holder(self._session, self._table, self._shown, field) for field in self._changed
        }

    def room(self) -> Room:
        """Find out what names the table can hold. Raises BadInput where it cannot be changed."""
        most = Room()._asdict()
        return Room(
            **most | {field: held.room(most[field]) for field, held in self._holders.items()}
        )

    def taken(self, where: str) -> Iterator[tuple[str, str]]:
        """Give the names in a column of another table, with their owners' scopes if it has them."""
        *table, column = parts_of("--taken-from", where, "TABLE.COLUMN")
        called = Quoted(*table).alone(self._session.db)
        found = self._session.rows(
            sql.SQL("SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%(table)s)"),
            {"table": called},
        )
        if (column,) not in found:
            raise BadInput(f"--taken-from: there is no column {column} in a table {called}")
        owner = self._table.column["owner_id"]
        has_owner = (owner.last,) in found
        query = sql.SQL("SELECT DISTINCT {}, {}::text FROM {} WHERE {} IS NOT NULL").format(
            sql.SQL("{}::text").format(owner) if has_owner else sql.SQL("NULL"),
            *(Quoted(column), Quoted(*table), Quoted(column)),
        )
        for owner_id, name in self._session.rows(query, {}):
            yield owner_scope(owner_id) if has_owner else ANYWHERE, name

    def listed(self) -> Iterator[Listed]:
        """Give the owner and the names of every row, having seen that each has an id."""
        if self._session.rows(
            self._table.query("SELECT 1 FROM {table} AS t WHERE {active} AND {id} IS NULL LIMIT 1"),
            {},
        ):
            raise BadInput(f"{self._shown}: id: is empty in a row of the table")
        for page in self._pages(None):
            for _, row in page:
                yield row

    def tasks(self, picks: Picks, after: str | None) -> Iterator[Task]:
        """Give the active tasks that are picked, those with ids behind `after` only."""
        for page in self._pages(after):
            for (id_, _), (following, _) in pairwise(page):
                if id_ == following:
                    raise BadInput(f"{self._shown}: id: {id_} is there twice")
            ids = [
                id_ for id_, row in page if not row.is_deleted and picks(row.owner_id, row.names)
            ]
            for some in cut(ids, PROMPTS_A_QUERY):
                for task in self._fetch(some):
                    if picks(task.owner_id, task.names):
                        yield task

    def _pages(self, after: str | None) -> Iterator[list[tuple[str, Listed]]]:
        limit = NAMES_A_PAGE
        while True:
            behind = "{id} IS NOT NULL" if after is None else "{id} > %(after)s::{id_type}"
            query = self._table.query(
                _LISTING, scopes=self._scopes_of_rows, behind=self._table.query(behind)
            )
            try:
                rows = self._session.rows(query, {"after": after, "limit": limit})
            except psycopg.DataError as error:
                raise self._session.refusal(error) from None
            except Overdue:
                if limit == 1:
                    raise
                limit //= 2
                continue
            yield [(row[0], self._listed(row)) for row in rows if row[2] is not None]
            if len(rows) < limit:
                return
            after = rows[-1][0]

    @cached_property
    def _scopes_of_rows(self) -> sql.Composable:
        """Write what tells a row's scopes: those of its owner's names, and of unique indexes."""
        scopes = []
        for number, scope in enumerate(scope for scope in self._scopes if scope.is_index):
            told = [sql.SQL("({})::text").format(key) for key in scope.keys]
            prefix = "=" if scope.is_owners else f"{number}:"
            text = (
                told[0]
                if scope.is_owners
                else sql.SQL("ROW({})::text").format(sql.SQL(", ").join(told))
            )
            there = [sql.SQL("({}) IS NOT NULL").format(key) for key in scope.keys]
            scopes.append(
                sql.SQL("CASE WHEN {} THEN {} || {} END").format(
                    sql.SQL(" AND ").join([scope.counted, *there]), sql.Literal(prefix), text
                )
            )
        return sql.SQL("ARRAY[{}]::text[]").format(sql.SQL(", ").join(scopes))

    def _listed(self, row: tuple[Any, ...]) -> Listed:
        id_, owner_id, name, display_name, mark, told = row
        try:
            deleted = is_deleted(mark)
        except Unreadable as error:
            raise BadInput(f"{self._shown}: task {id_}: {error}") from None
        own = [] if deleted else [owner_scope(owner_id)]
        return Listed(owner_id, Names(name, display_name), deleted, _scopes(own, told))

    def _fetch(self, ids: Sequence[str]) -> Iterator[Task]:
        query = self._table.query(_TASKS, scopes=self._scopes_of_rows, text=self._text)
        try:
            tasks = self._session.rows(query, {"ids": ids}, self._task)
        except Overdue:  # dear prompts, such as those that a view computes
            if len(ids) == 1:
                raise
            for half in halves(ids):
                yield from self._fetch(half)
        else:
            yield from tasks

    def _task(self, row: tuple[Any, ...]) -> Task:
        id_, owner_id, name, display_name, told, text = row
        try:
            prompt = read_prompt(_json(text) if self._is_json and text is not None else text)
        except Unreadable as error:
            raise BadInput(f"{self._shown}: task {id_}: {error}") from None
        scopes = _scopes([owner_scope(owner_id)], told)
        if len(scopes) > 1:  # and so other plans' names may be in the way
            scopes = (*scopes, ANYWHERE)
        return Task(id_, owner_id, Names(name, display_name), prompt, scopes=scopes)

    def raw_of(self, task: Task, new: Names) -> None:
        """Tell nothing: a database has one spelling for a text."""

    def carry_out(
        self, changes: Iterable[Change], *, undo: bool, dry_run: bool
    ) -> Iterator[Verdict]:
        """Make the changes in batches, each a single transaction, and tell what became of each."""
        check_session(self._session, self._shown)
        batches = Batches(self._session, self._table, self._scopes, self._holders, undo=undo)
        return look(batches, changes) if dry_run else make(batches, changes)


def _scopes(own: list[str], told: list[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*own, *(scope for scope in told if scope is not None)]))


def _json(text: str) -> Any:  # noqa: ANN401 # JSON is anything
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable("prompt: is JSON that cannot be read") from None


BATCH: Final = 500
"""Tasks a statement. More are hardly faster, and hold their locks longer."""

MOST_KEPT: Final = 10_000
"""Tasks kept for another try at the end; for more, run the command again."""

SLOW_SECONDS: Final = 0.5
LONGEST_PAUSE_SECONDS: Final = 5.0
"""After a batch slower than the first, a pause as long as it took, up to the second."""


def look(batches: Batches, changes: Iterable[Change]) -> Iterator[Verdict]:
    """Tell what `changes` would meet."""
    with closing(batches):
        for batch in cut(changes, BATCH):
            for _, verdict in batches.look(batch):
                yield verdict


def make(batches: Batches, changes: Iterable[Change]) -> Iterator[Verdict]:
    """Make `changes` and tell what became of each. Raises Stopped when the database is lost."""
    held: list[Change] = []
    taken: list[Change] = []
    with closing(batches):
        yield from _pass(batches, changes, held, taken)
        yield from _pass(batches, held, None, taken)
        yield from _make_room(batches, taken)
        for batch in cut(taken, BATCH):
            yield from batches.why_taken(batch)


def _pass(
    batches: Batches, changes: Iterable[Change], held: list[Change] | None, taken: list[Change]
) -> Iterator[Verdict]:
    """Make changes once, keeping in `held` and `taken` those that may do better later."""
    for batch in cut(changes, BATCH):
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


def _make_room(batches: Batches, taken: list[Change]) -> Iterator[Verdict]:
    """Try the taken names again for as long as tasks of the same plan give names up."""
    before = len(taken) + 1
    while taken and len(taken) < before:
        before, again = len(taken), taken[:]
        taken.clear()
        yield from _pass(batches, again, None, taken)
