"""Batches of changes in PostgreSQL, each a compare-and-set, halved to find what fails it."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import psycopg
from psycopg import errors

from naming.rename.scratch import DigestSet
from naming.rename.task_table import quoted
from naming.rename.tasks import Change, Names, Verdict, Why, cut
from naming.rename.terminal import Stopped, one_line

if TYPE_CHECKING:
    from naming.rename.postgres_table import PostgresTable

TRIES_OF_TABLE: Final = 30  # for the lock of the whole table, a second each (`lock_timeout`)
SHORT_LOCK_TIMEOUT: Final = "200ms"  # of each part, once the whole has waited for a lock in vain
_STANDING: Final = {"53", "58", "XX"}  # classes of SQLSTATE that fail every task until mended
_OF_LOCKS: Final = (errors.LockNotAvailable, errors.DeadlockDetected)

_OF_TASKS: Final = (psycopg.IntegrityError, psycopg.DataError, *_OF_LOCKS, errors.QueryCanceled)
"""Errors of single tasks; a trigger or a domain can raise any other."""

Made: TypeAlias = tuple[set[str], Collection[str]]  # the ids of what was made, and what nobody held


class Unwanted(Exception):
    """Some tasks' names would not be the planned ones; nothing of the batch was changed."""

    def __init__(self, ids: Collection[str], why: str) -> None:
        super().__init__(why)
        self.ids, self.why = ids, why


class Batches:
    """Makes changes in one table, or with `dry_run` makes them and takes them back at once."""

    def __init__(self, table: "PostgresTable", *, undo: bool, dry_run: bool) -> None:
        self._table, self._dry_run = table, dry_run
        self._own_indexes = {index.name for index in table.indexes if table.is_owners(index)}
        self._undo, self._restored = undo, DigestSet()  # the names that come back, by their tasks
        # What unique indexes hold apart: batches that are taken back do not meet each other.
        self._promised = DigestSet()
        fields = table.changed if dry_run else ()
        unique = [each for field in fields for each in table.unique_indexes(table.columns[field])]
        self._held = [
            f"'{number}/' || {table.scope(0, index)} || '/' || {index.named}"
            for number, index in enumerate(unique)
        ]
        self._names = ", ".join(f"{table.column[field]}::text" for field in Names._fields)
        id_, owner = table.column["id"], f"coalesce('=' || {table.column['owner_id']}::text, '')"
        name, active = table.column["name"], table.active
        self._changes = (  # each by its id as the plan writes it
            "unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])"
            " AS c (id, old_name, old_title, name, display_name)"
        )
        self._unchanged = f"""{active} AND {id_} = c.id::{table.id_type}
            AND ({self._names}) IS NOT DISTINCT FROM (c.old_name, c.old_title)"""
        these = f"unnest($1::text[]) AS c (id) JOIN {table.table} AS t"
        among = f"FROM {these} ON {id_} = c.id::{table.id_type}"
        self._now = f"SELECT c.id, {self._names}, ({active}) {among}"
        self._free = f"SELECT c.id {among} FOR UPDATE OF t SKIP LOCKED"
        # The other tasks of their owners that have the new names of those that would be changed.
        self._rivals = f"""SELECT rival.id::text, c.id
            FROM {self._changes} CROSS JOIN {table.table} AS t
            JOIN (SELECT {id_} AS id, {owner} AS owner, lower({name}::text) AS name
              FROM {table.table} AS t WHERE {active}) AS rival
              ON rival.id <> {id_} AND rival.name = lower(c.name) AND rival.owner = {owner}
            WHERE {self._unchanged} AND lower(c.name) <> lower(c.old_name)"""

    def make(self, batch: Sequence[Change], *, hurried: bool = False) -> Iterator[Verdict]:
        """Make changes, in parts if the whole fails; none waits long for locks if `hurried`."""
        if self._undo:
            for change in batch:
                self._restored.add(change.id, change.after.name.lower())
        try:
            made, free = self._update_surely(batch, hurried=hurried)
        except Unwanted as unwanted:
            others = [change for change in batch if change.id not in unwanted.ids]
            yield from self.make(others, hurried=hurried) if others else ()
            told = (change.id for change in batch if change.id in unwanted.ids)
            yield from (Verdict(id_, unwanted.why) for id_ in told)
        except (psycopg.Error, UnicodeEncodeError) as error:
            is_of_locks = isinstance(error, _OF_LOCKS)
            if is_of_locks and not hurried:
                self._wait_for_table()
                yield from self.make(batch, hurried=True)
            elif len(batch) > 1:
                for half in cut(batch, (len(batch) + 1) // 2):
                    yield from self.make(half, hurried=True)
            elif is_of_locks:
                yield from self._judge(batch, set(), ())
            else:
                yield Verdict(batch[0].id, self._why(error))
        else:
            yield from self._judge(batch, made, free)

    def _wait_for_table(self) -> None:
        """Wait while the whole table is locked, as by CREATE INDEX. Raises Stopped in the end."""
        for _ in range(TRIES_OF_TABLE):
            with suppress(*_OF_LOCKS):
                self._update_surely([], hurried=False)
                return
        raise Stopped("another transaction holds the whole table")

    def _update_surely(self, batch: Sequence[Change], *, hurried: bool) -> Made:
        """Make a batch, again where the connection was lost."""
        while True:
            try:
                return self._update(batch, hurried=hurried)
            except psycopg.Error as error:
                if self._table.db.closed:
                    self._table.come_back()
                    continue
                if (error.sqlstate or "")[:2] in _STANDING:
                    raise Stopped(str(self._table.refusal(error))) from None
                if not isinstance(error, _OF_TASKS):
                    try:
                        self._update([])
                    except psycopg.Error as for_all:  # even for no task
                        raise self._table.refusal(for_all) from None
                raise

    def _update(self, batch: Sequence[Change], *, hurried: bool = False) -> Made:
        """Make a batch in a transaction of its own."""
        limits = {"lock_timeout": SHORT_LOCK_TIMEOUT} if hurried else {}
        free = {change.id for change in batch}
        with self._table.transaction(undone=self._dry_run, **limits):
            if hurried and not self._table.is_view:
                free = {id_ for (id_,) in self._table.execute(self._free, [list(free)])}
            tried = [change for change in batch if change.id in free]
            if not self._table.keeps_names_apart:
                self._refuse_taken(tried)
            made = self._write(tried)
            held = self._held_by(made) if self._held else ()
        for entry in held:
            self._promised.add(entry)
        return made, free

    def _held_by(self, ids: Collection[str]) -> set[str]:
        """Tell what tasks hold, if no others of a dry run hold it before. Raises Unwanted."""
        table = self._table
        query = f"""SELECT c.id, (SELECT ARRAY[{", ".join(self._held)}] FROM {table.table} AS t
            WHERE {table.column["id"]} = c.id::{table.id_type}) FROM unnest($1::text[]) AS c (id)"""
        held = {id_: set(found) - {None} for id_, found in table.execute(query, [list(ids)])}
        if met := {id_ for id_ in ids if any(map(self._promised.holds, held[id_]))}:
            raise Unwanted(met, Why.TAKEN_ELSEWHERE)
        return set().union(*held.values())

    def _write(self, batch: Sequence[Change]) -> set[str]:
        """Make a batch within a transaction, in a statement for each choice of columns."""
        table = self._table
        parts: dict[tuple[str, ...], list[Change]] = {}
        for change in batch:
            if fields := tuple(field for field in table.changed if field in change.fields):
                parts.setdefault(fields, []).append(change)
        after = {change.id: change.after for change in batch}
        now: dict[str, Names] = {}
        for fields, part in (parts or {table.changed: []}).items():
            sets = ", ".join(f"{quoted(table.columns[field])} = c.{field}" for field in fields)
            query = f"""UPDATE {table.table} AS t SET {sets} FROM {self._changes}
                WHERE {self._unchanged} RETURNING c.id, {self._names}"""
            now |= {id_: Names(*names) for id_, *names in table.execute(query, _columns(part))}
        ids = set(now)
        if table.is_view:  # which may hide it, and does not tell what its trigger wrote
            now = {id_: names for id_, names, _ in self._names_now(table.execute, ids)}
        if hidden := ids - now.keys():
            raise Unwanted(hidden, Why.HIDDEN)
        if rewritten := {id_ for id_ in ids if now[id_] != after[id_]}:
            raise Unwanted(rewritten, Why.REWRITTEN)
        return ids

    def _names_now(
        self, read: Callable[..., list[Any]], ids: Collection[str]
    ) -> Iterator[tuple[str, Names, bool]]:
        for id_, *names, is_active in read(self._now, [list(ids)]) if ids else []:
            yield id_, Names(*names), is_active

    def _refuse_taken(self, batch: Sequence[Change]) -> None:
        """Refuse names of the owner's others, but those restored beside them. Raises Unwanted."""
        names = {change.id: change.after.name.lower() for change in batch}
        rivals = self._table.execute(self._rivals, _columns(batch))
        taken = {id_ for rival, id_ in rivals if not self._restored.holds(rival, names[id_])}
        first: dict[tuple[str | None, str], str] = {}
        for change in () if self._undo else batch:
            key = change.owner_id, names[change.id]
            if change.id not in taken and first.setdefault(key, change.id) != change.id:
                taken.add(change.id)
        if taken:
            raise Unwanted(taken, Why.TAKEN)

    def _judge(
        self, batch: Sequence[Change], made: set[str], free: Collection[str]
    ) -> Iterator[Verdict]:
        """Tell what became of each change; as before and not `free` means that it was locked."""
        others = [change.id for change in batch if change.id not in made]
        now = {found[0]: found[1:] for found in self._names_now(self._table.rows, others)}
        for change in batch:
            if change.id in made:
                yield Verdict(change.id)
                continue
            names, is_active = now.get(change.id, (None, False))
            why = change.why_not(names, is_deleted=not is_active)
            as_before = Why.UNCHANGED if change.id in free else Why.LOCKED
            yield Verdict(change.id, as_before if why is None else why)

    def _why(self, error: Exception) -> str:
        if isinstance(error, errors.UniqueViolation | errors.ExclusionViolation):
            is_own = error.diag.constraint_name in self._own_indexes
            return Why.TAKEN if is_own else Why.TAKEN_ELSEWHERE
        if isinstance(error, psycopg.Error) and error.diag.message_primary:
            return f"the database refuses it: {one_line(error.diag.message_primary)}"
        return "no database can hold such a text"


def _columns(batch: Sequence[Change]) -> list[list[Any]]:
    rows = [(change.id, *change.before, *change.after) for change in batch]
    return [list(column) for column in zip(*rows, strict=True)] or [[]] * 5
