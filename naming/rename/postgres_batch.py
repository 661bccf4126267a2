"""One batch of changes in PostgreSQL, as a single compare-and-set statement.

A batch that fails is halved until the one bad task is found; locked tasks are skipped.
"""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import psycopg
from psycopg import errors, sql

from naming.rename.errors import Stopped, one_line
from naming.rename.postgres_table import LOST
from naming.rename.tasks import (
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
    why_left,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from naming.rename.postgres_table import Session, Table

TRIES_AFTER_DEADLOCK: Final = 3
TRIES_OF_TABLE: Final = 30
"""How often the lock of the whole table is waited for, a second each (`lock_timeout`)."""

SHORT_LOCK_TIMEOUT: Final = "200ms"
"""How long each part of a batch waits, once the whole has waited for a lock in vain."""

_STANDING: Final = {"25", "53", "58", "XX"}
"""The classes of SQLSTATE that fail every task: read-only, out of resources, broken."""

_OF_TASKS: Final = (
    psycopg.IntegrityError,
    psycopg.DataError,
    errors.LockNotAvailable,
    errors.QueryCanceled,
)
"""Errors of single tasks; a trigger or a domain can raise any other."""

_CHANGES: Final = """unnest(%(ids)s::{id_type}[],
  %(names_before)s::text[], %(displays_before)s::text[],
  %(names_after)s::text[], %(displays_after)s::text[])
  AS c (id, name_before, display_before, name_after, display_after)"""

_STATEMENTS: Final = {
    "update": f"""UPDATE {{table}} AS t
SET {{bare_name}} = c.name_after, {{bare_display_name}} = c.display_after
FROM {_CHANGES}
WHERE {{id}} = c.id AND {{name}}::text = c.name_before AND {{active}}
  AND {{display_name}}::text IS NOT DISTINCT FROM c.display_before
RETURNING {{id}}::text,
  ({{name}}::text, {{display_name}}::text) IS NOT DISTINCT FROM (c.name_after, c.display_after)""",
    "now": """SELECT {id}::text, {name}::text, {display_name}::text, ({active}) FROM {table} AS t
WHERE {id} = ANY(%(ids)s::{id_type}[])""",
    "free": """SELECT {id}::text FROM {table} AS t
WHERE {id} = ANY(%(ids)s::{id_type}[]) FOR UPDATE SKIP LOCKED""",
    "taken": f"""SELECT own.{{bare_id}}::text
FROM {_CHANGES} JOIN {{table}} AS own ON own.{{bare_id}} = c.id
WHERE lower(c.name_after) <> lower(c.name_before) AND EXISTS (SELECT 1 FROM {{table}} AS t
  WHERE {{owner_id}} = own.{{bare_owner_id}} AND lower({{name}}::text) = lower(c.name_after)
    AND {{active}})""",
}


_IS_VIEW: Final = sql.SQL("SELECT relkind = 'v' FROM pg_class WHERE oid = %(table)s::regclass")
"""A view may hide renamed tasks, and a hidden task could not be found again to undo it."""


Judged: TypeAlias = "tuple[Change, Verdict]"


class Unwanted(Exception):
    """Some tasks' names would not be the planned ones; nothing of the batch was changed."""

    def __init__(self, ids: set[str], why: str) -> None:
        super().__init__(f"{len(ids)} tasks")
        self.ids = ids
        self.why = why


class Batches:
    """Makes changes in one table, or looks what they would meet."""

    def __init__(self, connection: Session, table: Table) -> None:
        self._connection = connection
        ((self._is_view,),) = connection.rows(_IS_VIEW, {"table": table.name.alone(connection.db)})
        self._statement = {name: table.query(text) for name, text in _STATEMENTS.items()}

    def make(self, batch: Sequence[Change], *, hurried: bool = False) -> Iterator[Judged]:
        """Make a batch of changes, in parts where the whole fails. Raises BadInput, Stopped."""
        try:
            made = self._update_surely(batch, hurried=hurried)
        except errors.LockNotAvailable as error:
            if hurried:  # no task is locked any more, but a name that is being taken
                yield from self._make_halves(batch, error)
            else:
                self._wait_for_table()
                yield from self._make_around_locks(batch)
        except Unwanted as unwanted:
            yield from self._make_others(batch, unwanted, hurried=hurried)
        except (psycopg.Error, UnicodeEncodeError) as error:
            yield from self._make_halves(batch, error)
        else:
            yield from self._judge(batch, made, {change.id for change in batch})

    def _wait_for_table(self) -> None:
        """Wait while the whole table is locked, as by CREATE INDEX. Raises Stopped in the end."""
        for _ in range(TRIES_OF_TABLE):
            try:
                self._update([])
            except errors.LockNotAvailable:
                continue
            except psycopg.Error as error:
                self._come_back_or_raise(error)
            else:
                return
        raise Stopped("another transaction holds the whole table")

    def look(self, batch: Sequence[Change]) -> Iterator[Judged]:
        """Tell what a batch would meet, and change nothing."""
        try:
            taken = self._taken(batch)
        except (psycopg.DataError, UnicodeEncodeError) as error:
            if len(batch) == 1:
                yield batch[0], Verdict(batch[0].id, Fate.LEFT, _why(error))
                return
            for half in _halves(batch):
                yield from self.look(half)
            return
        for change, verdict in self._judge(batch, set()):
            would = verdict.why == LOCKED and change.id not in taken
            why = TAKEN if verdict.why == LOCKED else verdict.why
            yield change, Verdict(change.id, Fate.MADE) if would else verdict._replace(why=why)

    def why_taken(self, batch: Sequence[Change]) -> Iterator[Verdict]:
        """Tell for changes that break a unique index whether the name is their owner's."""
        taken = self._taken(batch)
        yield from (
            Verdict(change.id, Fate.LEFT, TAKEN if change.id in taken else TAKEN_ELSEWHERE)
            for change in batch
        )

    def _taken(self, batch: Sequence[Change]) -> set[str]:
        """Find the changes to names that another task of their owner has."""
        return {row[0] for row in self._connection.rows(self._statement["taken"], _columns(batch))}

    def _update(self, batch: Sequence[Change]) -> set[str]:
        with self._connection.db.transaction():
            made = dict(self._connection.db.execute(self._statement["update"], _columns(batch)))
            if rewritten := {id_ for id_, as_planned in made.items() if not as_planned}:
                raise Unwanted(rewritten, REWRITTEN)
            if self._is_view and (hidden := made.keys() - self._seen(batch)):
                raise Unwanted(hidden, HIDDEN)
        return set(made)

    def _seen(self, batch: Sequence[Change]) -> set[str]:
        rows = self._connection.db.execute(
            self._statement["now"], {"ids": [change.id for change in batch]}
        )
        return {row[0] for row in rows}

    def _update_surely(self, batch: Sequence[Change], *, hurried: bool) -> set[str]:
        """Make a batch in one statement, again after a deadlock or reconnecting; gives the ids."""
        deadlocks = 0
        while True:
            try:
                with self._hurry() if hurried else nullcontext():
                    return self._update(batch)
            except errors.DeadlockDetected:
                deadlocks += 1
                if deadlocks == TRIES_AFTER_DEADLOCK:
                    raise
            except psycopg.Error as error:
                self._come_back_or_raise(error)

    @contextmanager
    def _hurry(self) -> Iterator[None]:
        """Wait for locks a short time only, until the end of the transaction that this opens."""
        with self._connection.db.transaction():
            self._connection.db.execute(
                sql.SQL("SET LOCAL lock_timeout = {}").format(sql.Literal(SHORT_LOCK_TIMEOUT))
            )
            yield

    def _come_back_or_raise(self, error: psycopg.Error) -> None:
        if isinstance(error, LOST) and self._connection.lost:
            self._connection.come_back()
            return
        if (error.sqlstate or "")[:2] in _STANDING:
            raise Stopped(str(self._connection.refusal(error))) from None
        if not isinstance(error, _OF_TASKS):
            self._refuse_if_all_fail()
        raise error

    def _refuse_if_all_fail(self) -> None:
        """Run the statement for no task. Raises BadInput when even that is refused."""
        try:
            self._update([])
        except psycopg.Error as error:
            raise self._connection.refusal(error) from None

    def _make_around_locks(self, batch: Sequence[Change]) -> Iterator[Judged]:
        """Make the changes of a batch to tasks that nobody holds."""
        try:
            with self._hurry():
                ids = [change.id for change in batch]
                rows = self._connection.db.execute(self._statement["free"], {"ids": ids})
                free = {row[0] for row in rows}
                made = self._update([change for change in batch if change.id in free])
        except Unwanted as unwanted:
            yield from self._make_others(batch, unwanted, hurried=True)
        except (psycopg.Error, UnicodeEncodeError) as error:  # such as a name that is being taken
            yield from self._make_halves(batch, error)
        else:
            yield from self._judge(batch, made, free)

    def _make_others(
        self, batch: Sequence[Change], unwanted: Unwanted, *, hurried: bool
    ) -> Iterator[Judged]:
        """Make the changes of a batch except those that would come out otherwise."""
        if others := [change for change in batch if change.id not in unwanted.ids]:
            yield from self.make(others, hurried=hurried)
        for change in batch:
            if change.id in unwanted.ids:
                yield change, Verdict(change.id, Fate.LEFT, unwanted.why)

    def _make_halves(self, batch: Sequence[Change], error: Exception) -> Iterator[Judged]:
        if len(batch) > 1:
            for half in _halves(batch):
                yield from self.make(half, hurried=True)
        elif (why := _why(error)) == LOCKED:
            yield from self._judge(batch, set())
        else:
            yield batch[0], Verdict(batch[0].id, Fate.LEFT, why)

    def _judge(
        self, batch: Sequence[Change], made: set[str], free: Collection[str] = ()
    ) -> Iterator[Judged]:
        """Tell what became of each change, by what the tasks are called now.

        A task that is called as before was locked, unless its id is among `free`.
        """
        others = [change.id for change in batch if change.id not in made]
        rows = self._connection.rows(self._statement["now"], {"ids": others}) if others else []
        now = {row[0]: row[1:] for row in rows}
        for change in batch:
            if change.id in made:
                yield change, Verdict(change.id, Fate.MADE)
            else:
                why = UNCHANGED if change.id in free else LOCKED
                yield change, _verdict(change, now.get(change.id), why)


def _halves(batch: Sequence[Change]) -> tuple[Sequence[Change], Sequence[Change]]:
    middle = len(batch) // 2
    return batch[:middle], batch[middle:]


def _verdict(change: Change, now: tuple[Any, ...] | None, why: str) -> Verdict:
    """Judge a change that was not made; `why` is for a task that is called as before."""
    if now is None:
        return Verdict(change.id, Fate.LEFT, GONE)
    names, active = Names(now[0], now[1]), now[2]
    if not active:
        return Verdict(change.id, Fate.LEFT, DELETED)
    if names == change.after:
        return Verdict(change.id, Fate.ALREADY)
    return Verdict(change.id, Fate.LEFT, why if names == change.before else why_left(change, names))


def _why(error: Exception) -> str:
    if isinstance(error, errors.UniqueViolation):
        return TAKEN
    if isinstance(error, errors.LockNotAvailable | errors.DeadlockDetected):
        return LOCKED
    if isinstance(error, psycopg.Error) and error.diag.message_primary:
        return f"the database refuses it: {one_line(error.diag.message_primary)}"
    return "no database can hold such a text"


def _columns(batch: Sequence[Change]) -> dict[str, list[Any]]:
    return {
        "ids": [change.id for change in batch],
        "names_before": [change.before.name for change in batch],
        "displays_before": [change.before.display_name for change in batch],
        "names_after": [change.after.name for change in batch],
        "displays_after": [change.after.display_name for change in batch],
    }
