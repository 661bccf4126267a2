"""One batch of changes in PostgreSQL, as a single compare-and-set statement.

A batch that fails is halved until the one bad task is found; locked tasks are skipped.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import psycopg
from psycopg import errors

from naming.rename.errors import Stopped, one_line
from naming.rename.scratch import DigestSet
from naming.rename.task_table import quoted
from naming.rename.tasks import (
    CHANGED,
    DELETED,
    GONE,
    HIDDEN,
    LOCKED,
    REWRITTEN,
    TAKEN,
    TAKEN_ELSEWHERE,
    UNCHANGED,
    Change,
    Fate,
    Names,
    Verdict,
    halves,
    why_left,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from naming.rename.postgres_table import PostgresTable

TRIES_OF_TABLE: Final = 30
"""How often the lock of the whole table is waited for, a second each (`lock_timeout`)."""

SHORT_LOCK_TIMEOUT: Final = "200ms"
"""How long each part of a batch waits, once the whole has waited for a lock in vain."""

_STANDING: Final = {"53", "58", "XX"}
"""The classes of SQLSTATE that fail every task until somebody mends it."""

_OF_LOCKS: Final = (errors.LockNotAvailable, errors.DeadlockDetected)

_OF_TASKS: Final = (
    psycopg.IntegrityError,
    psycopg.DataError,
    *_OF_LOCKS,
    errors.QueryCanceled,
)
"""Errors of single tasks; a trigger or a domain can raise any other."""

Judged: TypeAlias = "tuple[Change, Verdict]"


class Unwanted(Exception):
    """Some tasks' names would not be the planned ones; nothing of the batch was changed."""

    def __init__(self, ids: Collection[str], why: str) -> None:
        super().__init__(f"{len(ids)} tasks")
        self.ids = ids
        self.why = why


class Batches:
    """Makes changes in one table, or with `dry_run` makes them and takes them back at once."""

    def __init__(self, table: PostgresTable, *, undo: bool, dry_run: bool) -> None:
        self._table, self._session, self._dry_run = table, table.session, dry_run
        self._own_indexes = {index.name for index in table.indexes if table.is_owners(index)}
        self._restored = DigestSet() if undo else None
        name, title = (f"{table.column[field]}::text" for field in CHANGED)
        id_, owner = table.column["id"], f"coalesce('=' || {table.column['owner_id']}::text, '')"
        changes = (
            f"unnest($1::{table.id_type}[], $2::text[], $3::text[], $4::text[], $5::text[])"
            " AS c (id, name_before, display_name_before, name, display_name)"
        )
        self._update_of: dict[tuple[str, ...], str] = {
            fields: f"""UPDATE {table.table} AS t SET {
                ", ".join(f"{quoted(table.columns[field])} = c.{field}" for field in fields)
            } FROM {changes}
            WHERE {id_} = c.id AND {name} = c.name_before AND {table.active}
              AND {title} IS NOT DISTINCT FROM c.display_name_before
            RETURNING {id_}::text,
              ({name}, {title}) IS NOT DISTINCT FROM (c.name, c.display_name)"""
            for fields in (table.changed, *((field,) for field in table.changed))
        }
        among = f"FROM {table.table} AS t WHERE {id_} = ANY($1::{table.id_type}[])"
        self._now = f"SELECT {id_}::text, {name}, {title}, ({table.active}) {among}"
        self._free = f"SELECT {id_}::text {among} FOR UPDATE SKIP LOCKED"
        # The other tasks of their owners that have the new names of those that would be changed.
        self._rivals = f"""SELECT c.id::text, rival.id::text FROM {changes}
            JOIN (SELECT {id_} AS id, {owner} AS owner, {name} AS name, {title} AS display_name
              FROM {table.table} AS t WHERE {table.active}) AS own ON own.id = c.id
            JOIN (SELECT {id_} AS id, {owner} AS owner, lower({name}) AS name
              FROM {table.table} AS t WHERE {table.active}) AS rival
              ON rival.id <> own.id AND rival.name = lower(c.name) AND rival.owner = own.owner
            WHERE own.name = c.name_before AND lower(c.name) <> lower(c.name_before)
              AND own.display_name IS NOT DISTINCT FROM c.display_name_before"""

    def close(self) -> None:
        """Give the scratch space back."""
        if self._restored is not None:
            self._restored.close()

    def make(self, batch: Sequence[Change], *, hurried: bool = False) -> Iterator[Judged]:
        """Make a batch of changes, in parts where the whole fails. Raises BadInput, Stopped.

        Once it was waited for a lock in vain, the rest is `hurried`: locked tasks are passed over.
        """
        if self._restored is not None:
            for change in batch:
                self._restored.add(change.id, change.after.name.lower())
        try:
            made, free = self._update_surely(batch, hurried=hurried)
        except Unwanted as unwanted:
            others = [change for change in batch if change.id not in unwanted.ids]
            yield from self.make(others, hurried=hurried) if others else ()
            for change in batch:
                if change.id in unwanted.ids:
                    yield change, Verdict(change.id, Fate.LEFT, unwanted.why)
        except (psycopg.Error, UnicodeEncodeError) as error:
            if isinstance(error, _OF_LOCKS) and not hurried:
                self._wait_for_table()
                yield from self.make(batch, hurried=True)
            else:
                yield from self._make_halves(batch, error)
        else:
            yield from self._judge(batch, made, free)

    def _make_halves(self, batch: Sequence[Change], error: Exception) -> Iterator[Judged]:
        if len(batch) > 1:
            for half in halves(batch):
                yield from self.make(half, hurried=True)
        elif (why := self._why(error)) == LOCKED:
            yield from self._judge(batch, set(), ())
        else:
            yield batch[0], Verdict(batch[0].id, Fate.LEFT, why)

    def _wait_for_table(self) -> None:
        """Wait while the whole table is locked, as by CREATE INDEX. Raises Stopped in the end."""
        for _ in range(TRIES_OF_TABLE):
            with suppress(*_OF_LOCKS):
                self._update_surely([], hurried=False)
                return
        raise Stopped("another transaction holds the whole table")

    def _update_surely(
        self, batch: Sequence[Change], *, hurried: bool
    ) -> tuple[set[str], Collection[str]]:
        """Make a batch, again where the connection was lost."""
        while True:
            try:
                return self._update(batch, hurried=hurried)
            except psycopg.Error as error:
                if self._session.db.closed:
                    self._session.come_back()
                    continue
                if (error.sqlstate or "")[:2] in _STANDING:
                    raise Stopped(str(self._session.refusal(error))) from None
                if not isinstance(error, _OF_TASKS):
                    try:
                        self._update([])
                    except psycopg.Error as for_all:  # even for no task
                        raise self._session.refusal(for_all) from None
                raise

    def _update(
        self, batch: Sequence[Change], *, hurried: bool = False
    ) -> tuple[set[str], Collection[str]]:
        """Make a batch in a transaction of its own; gives the ids made, and those nobody held."""
        limits = {"lock_timeout": SHORT_LOCK_TIMEOUT} if hurried else {}
        free = {change.id for change in batch}
        with self._session.transaction(undone=self._dry_run, **limits):
            if hurried and not self._table.is_view:
                free = {id_ for (id_,) in self._session.execute(self._free, [list(free)])}
            tried = [change for change in batch if change.id in free]
            if not self._table.keeps_names_apart:
                self._refuse_taken(tried)
            return self._write(tried), free

    def _write(self, batch: Sequence[Change]) -> set[str]:
        """Make a batch within a transaction, in a statement for each choice of columns."""
        made: dict[str, bool] = {}
        parts: dict[tuple[str, ...], list[Change]] = {}
        for change in batch:
            if fields := tuple(field for field in self._table.changed if field in change.fields):
                parts.setdefault(fields, []).append(change)
        for fields, part in (parts or {self._table.changed: []}).items():
            made |= dict(self._session.execute(self._update_of[fields], _columns(part)))
        if rewritten := [id_ for id_, as_planned in made.items() if not as_planned]:
            raise Unwanted(rewritten, REWRITTEN)
        if self._table.is_view:  # which may hide it
            now = self._names_now(self._session.execute, list(made))
            if hidden := [id_ for id_ in made if id_ not in now]:
                raise Unwanted(hidden, HIDDEN)
            after = {change.id: change.after for change in batch}
            if others := [id_ for id_ in made if now[id_][0] != after[id_]]:
                raise Unwanted(others, REWRITTEN)
        return set(made)

    def _names_now(
        self, read: Callable[..., list[Any]], ids: list[str]
    ) -> dict[str, tuple[Names, bool]]:
        rows = read(self._now, [ids]) if ids else []
        return {id_: (Names(name, title), active) for id_, name, title, active in rows}

    def _refuse_taken(self, batch: Sequence[Change]) -> None:
        """Refuse names that others of the owner have, which no index does. Raises Unwanted.

        Names that were there twice before a plan was applied are there twice again when undone.
        """
        names = {change.id: change.after.name.lower() for change in batch}
        taken = {
            id_
            for id_, rival in self._session.execute(self._rivals, _columns(batch))
            if self._restored is None or not self._restored.holds(rival, names[id_])
        }
        if self._restored is None:
            first: dict[tuple[str | None, str], str] = {}
            for change in batch:
                key = change.owner_id, names[change.id]
                if change.id not in taken and first.setdefault(key, change.id) != change.id:
                    taken.add(change.id)
        if taken:
            raise Unwanted(taken, TAKEN)

    def _judge(
        self, batch: Sequence[Change], made: set[str], free: Collection[str]
    ) -> Iterator[Judged]:
        """Tell what became of each change, by what the tasks are called now.

        A task that is called as before was locked, unless its id is among `free`.
        """
        others = [change.id for change in batch if change.id not in made]
        now = self._names_now(self._session.rows, others)
        for change in batch:
            if change.id in made:
                yield change, Verdict(change.id, Fate.MADE)
                continue
            names, active = now.get(change.id, (None, False))
            if names is None:
                why = GONE
            elif not active:
                why = DELETED
            elif names == change.before != change.after:
                why = UNCHANGED if change.id in free else LOCKED
            else:
                why = "" if names == change.after else why_left(change, names)
            yield change, Verdict(change.id, Fate.LEFT if why else Fate.ALREADY, why)

    def _why(self, error: Exception) -> str:
        if isinstance(error, errors.UniqueViolation | errors.ExclusionViolation):
            return TAKEN if error.diag.constraint_name in self._own_indexes else TAKEN_ELSEWHERE
        if isinstance(error, _OF_LOCKS):
            return LOCKED
        if isinstance(error, psycopg.Error) and error.diag.message_primary:
            return f"the database refuses it: {one_line(error.diag.message_primary)}"
        return "no database can hold such a text"


def _columns(batch: Sequence[Change]) -> list[list[Any]]:
    rows = [(change.id, *change.before, *change.after) for change in batch]
    return [list(column) for column in zip(*rows, strict=True)] or [[]] * 5
