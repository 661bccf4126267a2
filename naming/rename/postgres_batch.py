"""One batch of changes in PostgreSQL, as a single compare-and-set statement.

A batch that fails is halved until the one bad task is found; locked tasks are skipped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import psycopg
from psycopg import errors, sql

from naming.rename.errors import Stopped, one_line
from naming.rename.postgres_table import LOST
from naming.rename.scratch import DigestSet
from naming.rename.tasks import (
    DELETED,
    GONE,
    HIDDEN,
    LOCKED,
    REFUSED,
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
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from naming.rename.postgres_table import Holder, Scope, Session, Table

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

_UPDATE: Final = f"""UPDATE {{table}} AS t SET {{sets}} FROM {_CHANGES}
WHERE {{id}} = c.id AND {{name}}::text = c.name_before AND {{active}}
  AND {{display_name}}::text IS NOT DISTINCT FROM c.display_before
RETURNING {{id}}::text,
  ({{name}}::text, {{display_name}}::text) IS NOT DISTINCT FROM (c.name_after, c.display_after)"""

_NOW: Final = """SELECT {id}::text, {name}::text, {display_name}::text, ({active}) FROM {table} AS t
WHERE {id} = ANY(%(ids)s::{id_type}[])"""

_FREE: Final = """SELECT {id}::text FROM {table} AS t
WHERE {id} = ANY(%(ids)s::{id_type}[]) FOR UPDATE SKIP LOCKED"""

_RIVALS: Final = f"""SELECT c.id::text, rival.id::text FROM {_CHANGES}
JOIN (SELECT {{id}} AS id, {{name}}::text AS name, {{display_name}}::text AS display, {{keys}}
  FROM {{table}} AS t WHERE {{active}}) AS own ON own.id = c.id
JOIN (SELECT {{id}} AS id, {{compared}} AS name, {{keys}} FROM {{table}} AS t
  WHERE {{counted}}) AS rival
  ON rival.id <> own.id AND rival.name = {{new_name}} AND {{agree}}
WHERE own.name = c.name_before AND own.display IS NOT DISTINCT FROM c.display_before
  AND lower(c.name_after) <> lower(c.name_before)"""
"""The other tasks that have the new names of those that would be changed."""


Judged: TypeAlias = "tuple[Change, Verdict]"


class Unwanted(Exception):
    """Some tasks' names would not be the planned ones; nothing of the batch was changed."""

    def __init__(self, ids: Collection[str], why: str) -> None:
        super().__init__(f"{len(ids)} tasks")
        self.ids = ids
        self.why = why


class Batches:
    """Makes changes in one table, or looks what they would meet."""

    def __init__(
        self,
        session: Session,
        table: Table,
        scopes: Sequence[Scope],
        holders: Mapping[str, Holder],
        *,
        undo: bool,
    ) -> None:
        self._session = session
        self._is_view = table.kind == "v"
        self._holders = holders
        self._owners = scopes[0]
        self._restored = DigestSet() if undo else None
        self._now, self._free = table.query(_NOW), table.query(_FREE)
        self._rivals = {scope: table.query(_RIVALS, **_parts(scope)) for scope in scopes}
        self._updates = {
            fields: table.query(
                _UPDATE,
                sets=sql.SQL(", ").join(
                    sql.SQL("{} = c.{}").format(table.column[field], sql.Identifier(after))
                    for field, after in zip(
                        Names._fields, ("name_after", "display_after"), strict=True
                    )
                    if field in fields
                ),
            )
            for fields in ((*holders,), *((field,) for field in holders))
        }

    def close(self) -> None:
        """Give the scratch space back."""
        if self._restored is not None:
            self._restored.close()

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
            refused = self._refused(batch)
        except (psycopg.DataError, UnicodeEncodeError) as error:
            if len(batch) == 1:
                yield batch[0], Verdict(batch[0].id, Fate.LEFT, _why(error))
                return
            for half in halves(batch):
                yield from self.look(half)
            return
        for change, verdict in self._judge(batch, set()):
            why = taken.get(change.id) or refused.get(change.id)
            if verdict.why != LOCKED:
                yield change, verdict
            elif why is None:
                yield change, Verdict(change.id, Fate.MADE)
            else:
                yield change, Verdict(change.id, Fate.LEFT, why)

    def why_taken(self, batch: Sequence[Change]) -> Iterator[Verdict]:
        """Tell for changes that met another task of the name whether that is their owner's."""
        taken = self._taken(batch)
        yield from (
            Verdict(change.id, Fate.LEFT, taken.get(change.id, TAKEN_ELSEWHERE)) for change in batch
        )

    def _taken(self, batch: Sequence[Change]) -> dict[str, str]:
        """Find the changes to names that another task has where they must be unique, and why."""
        taken: dict[str, str] = {}
        for scope, query in reversed(self._rivals.items()):
            why = TAKEN if scope.is_owners else TAKEN_ELSEWHERE
            rows = self._session.rows(query, _columns(batch))
            taken |= dict.fromkeys(self._clashing(batch, rows), why)
        return taken

    def _refused(self, batch: Sequence[Change]) -> dict[str, str]:
        """Find the changes to names that their columns cannot hold, and why."""
        refused: dict[str, str] = {}
        for field, holder in self._holders.items():
            new = {
                change.id: text
                for change in batch
                if (text := getattr(change.after, field)) != getattr(change.before, field)
                and text is not None
            }
            held = holder.held(list(new.values())) if new else set()
            refused |= {id_: REFUSED for id_, text in new.items() if text not in held}
        return refused

    def _clashing(
        self, batch: Sequence[Change], rivals: Sequence[tuple[str, str]]
    ) -> dict[str, None]:
        """Give the ids of changes to names that others have.

        Names that were there twice before a plan was applied are there twice again when undone.
        """
        names = {change.id: change.after.name.lower() for change in batch}
        back = self._restored
        return dict.fromkeys(
            id_ for id_, rival in rivals if back is None or not back.holds(rival, names[id_])
        )

    def _update(self, batch: Sequence[Change], *, hurried: bool = False) -> set[str]:
        limits = {"lock_timeout": SHORT_LOCK_TIMEOUT} if hurried else {}
        with self._session.transaction(**limits):
            return self._update_within(batch)

    def _update_within(self, batch: Sequence[Change]) -> set[str]:
        """Make a batch within a transaction, in a statement for each choice of columns."""
        if not self._owners.is_index:
            self._refuse_taken(batch)
        made: dict[str, bool] = {}
        parts: dict[tuple[str, ...], list[Change]] = {}
        for change in batch:
            if fields := tuple(field for field in self._holders if field in change.fields):
                parts.setdefault(fields, []).append(change)
        for fields, part in (parts or {(*self._holders,): []}).items():
            made |= dict(self._session.db.execute(self._updates[fields], _columns(part)))
        if rewritten := [id_ for id_, as_planned in made.items() if not as_planned]:
            raise Unwanted(rewritten, REWRITTEN)
        if self._is_view:
            self._refuse_unseen([change for change in batch if change.id in made])
        return set(made)

    def _refuse_taken(self, batch: Sequence[Change]) -> None:
        """Refuse names that others of the owner have, which no index does. Raises Unwanted."""
        rows = self._session.db.execute(self._rivals[self._owners], _columns(batch))
        taken = self._clashing(batch, rows.fetchall())
        if self._restored is None:
            first: dict[tuple[str | None, str], str] = {}
            for change in batch:
                key = change.owner_id, change.after.name.lower()
                if change.id not in taken and first.setdefault(key, change.id) != change.id:
                    taken[change.id] = None
        if taken:
            raise Unwanted(taken, TAKEN)

    def _refuse_unseen(self, made: Sequence[Change]) -> None:
        """Refuse what a view does not show as planned, as it may hide it. Raises Unwanted."""
        rows = self._session.db.execute(self._now, {"ids": [change.id for change in made]})
        now = {row[0]: Names(row[1], row[2]) for row in rows}
        if hidden := [change.id for change in made if change.id not in now]:
            raise Unwanted(hidden, HIDDEN)
        if others := [change.id for change in made if now[change.id] != change.after]:
            raise Unwanted(others, REWRITTEN)

    def _update_surely(self, batch: Sequence[Change], *, hurried: bool) -> set[str]:
        """Make a batch, again after a deadlock or reconnecting; gives the ids."""
        if self._restored is not None:
            for change in batch:
                self._restored.add(change.id, change.after.name.lower())
        deadlocks = 0
        while True:
            try:
                return self._update(batch, hurried=hurried)
            except errors.DeadlockDetected:
                deadlocks += 1
                if deadlocks == TRIES_AFTER_DEADLOCK:
                    raise
            except psycopg.Error as error:
                self._come_back_or_raise(error)

    def _come_back_or_raise(self, error: psycopg.Error) -> None:
        if isinstance(error, LOST) and self._session.db.closed:
            self._session.come_back()
            return
        if (error.sqlstate or "")[:2] in _STANDING:
            raise Stopped(str(self._session.refusal(error))) from None
        if not isinstance(error, _OF_TASKS):
            try:
                self._update([])
            except psycopg.Error as for_all:  # even for no task
                raise self._session.refusal(for_all) from None
        raise error

    def _make_around_locks(self, batch: Sequence[Change]) -> Iterator[Judged]:
        """Make the changes of a batch to tasks that nobody holds."""
        try:
            with self._session.transaction(lock_timeout=SHORT_LOCK_TIMEOUT):
                ids = [change.id for change in batch]
                free = {row[0] for row in self._session.db.execute(self._free, {"ids": ids})}
                made = self._update_within([change for change in batch if change.id in free])
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
            for half in halves(batch):
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
        rows = self._session.rows(self._now, {"ids": others}) if others else []
        now = {row[0]: row[1:] for row in rows}
        for change in batch:
            if change.id in made:
                yield change, Verdict(change.id, Fate.MADE)
            else:
                why = UNCHANGED if change.id in free else LOCKED
                yield change, _verdict(change, now.get(change.id), why)


def _parts(scope: Scope) -> dict[str, sql.Composable]:
    """Write the parts of the query for other tasks of a name within a scope."""
    names = [sql.Identifier(f"key{number}") for number, _ in enumerate(scope.keys)]
    agree = [sql.SQL("rival.{0} = own.{0}").format(name) for name in names]
    keys = [
        sql.SQL("{} AS {}").format(key, name) for key, name in zip(scope.keys, names, strict=True)
    ]
    return {
        "keys": sql.SQL(", ").join([sql.SQL("1 AS key"), *keys]),
        "agree": sql.SQL(" AND ").join([sql.SQL("true"), *agree]),
        "counted": scope.counted,
        "compared": scope.name,
        "new_name": scope.new_name,
    }


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
