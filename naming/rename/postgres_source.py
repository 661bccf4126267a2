"""A PostgreSQL table as a source: read in pages by its key, changed in batches."""

from __future__ import annotations

import time
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, Final, LiteralString

import psycopg

from naming.rename.errors import BadInput
from naming.rename.postgres_batch import Batches
from naming.rename.postgres_table import Session, check_rights, find_table
from naming.rename.tasks import LOCKED, TAKEN, Listed, Names, Task, bounded, owner_scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from naming.rename.source import Address
    from naming.rename.tasks import Change, Picks, Verdict

NAMES_A_PAGE: Final = 5_000
PROMPT_BYTES_A_QUERY: Final = 8 << 20
"""So many bytes of prompts are fetched at once, so that long ones do not fill the memory."""


class PostgresSource:
    """The tasks of one table, in the order of their ids; no transaction stays open."""

    def __init__(self, address: Address, table: str | None, columns: Mapping[str, str]) -> None:
        self._shown = address.shown
        self._connection = Session(address)
        try:
            self._table = find_table(self._connection, address.shown, table, columns)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def listed(self) -> Iterator[Listed]:
        """Give the owner and the names of every row, having seen that each has an id."""
        if self._connection.rows(
            self._table.query("SELECT 1 FROM {table} t WHERE {active} AND {id} IS NULL LIMIT 1"), {}
        ):
            raise BadInput(f"{self._shown}: id: is empty in a row of the table")
        for page in self._pages("{owner_id}::text, {name}::text, {display_name}::text", None):
            for _, owner_id, name, display_name in page:
                if name is not None:
                    scopes = (owner_scope(owner_id),)
                    yield Listed(owner_id, Names(name, display_name), scopes=scopes)

    def tasks(self, picks: Picks, after: str | None) -> Iterator[Task]:
        """Give the active tasks that are picked, those with ids behind `after` only."""
        for page in self._pages(
            "{owner_id}::text, {name}::text, {display_name}::text, octet_length({prompt}::text)",
            after,
        ):
            picked = [
                (id_, size or 0)
                for id_, owner_id, name, display_name, size in page
                if name is not None and picks(owner_id, Names(name, display_name))
            ]
            for (id_, _), (following, _) in pairwise(picked):
                if id_ == following:
                    raise BadInput(f"{self._shown}: id: {id_} is there twice")
            for ids in _bundles(picked):
                yield from (task for task in self._fetch(ids) if picks(task.owner_id, task.names))

    def _pages(self, fields: LiteralString, after: str | None) -> Iterator[list[tuple[Any, ...]]]:
        while True:
            behind = "{id} IS NOT NULL" if after is None else "{id} > %(after)s::{id_type}"
            query = self._table.query(
                f"SELECT {{id}}::text, {fields} FROM {{table}} t"
                f" WHERE {{active}} AND {behind} ORDER BY {{id}} LIMIT %(limit)s"
            )
            try:
                page = self._connection.rows(query, {"after": after, "limit": NAMES_A_PAGE})
            except psycopg.DataError as error:
                raise self._connection.refusal(error) from None
            yield page
            if len(page) < NAMES_A_PAGE:
                return
            after = page[-1][0]

    def _fetch(self, ids: list[str]) -> Iterator[Task]:
        query = self._table.query(
            "SELECT {id}::text, {owner_id}::text, {name}::text, {display_name}::text,"
            " {prompt}::text FROM {table} t"
            " WHERE {id} = ANY(%(ids)s::{id_type}[]) AND {active} ORDER BY {id}"
        )
        for id_, owner_id, name, display_name, prompt in self._connection.rows(query, {"ids": ids}):
            if name is not None:
                yield Task(id_, owner_id, Names(name, display_name), bounded(prompt or ""))

    def raw_of(self, task: Task, new: Names) -> None:
        """Tell nothing: a database has one spelling for a text."""

    def carry_out(
        self,
        changes: Iterable[Change],
        *,
        undo: bool,  # noqa: ARG002 # both ways are alike
        dry_run: bool,
    ) -> Iterator[Verdict]:
        """Make the changes in batches, each a single statement, and tell what became of each."""
        check_rights(self._connection, self._table, self._shown)
        batches = Batches(self._connection, self._table)
        return look(batches, changes) if dry_run else make(batches, changes)


def _bundles(tasks: list[tuple[str, int]]) -> Iterator[list[str]]:
    """Cut a page into parts whose prompts are not too much at once."""
    ids: list[str] = []
    total = 0
    for id_, size in tasks:
        if ids and total + size > PROMPT_BYTES_A_QUERY:
            yield ids
            ids, total = [], 0
        ids.append(id_)
        total += size
    if ids:
        yield ids


BATCH: Final = 500
"""Tasks a statement. More are hardly faster, and hold their locks longer."""

MOST_KEPT: Final = 10_000
"""Tasks kept for another try at the end; for more, run the command again."""

SLOW_SECONDS: Final = 0.5
LONGEST_PAUSE_SECONDS: Final = 5.0
"""After a batch slower than the first, a pause as long as it took, up to the second."""


def batched(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """Cut changes into parts for a statement each."""
    pending = iter(changes)
    while batch := list(islice(pending, BATCH)):
        yield batch


def look(batches: Batches, changes: Iterable[Change]) -> Iterator[Verdict]:
    """Tell what `changes` would meet."""
    for batch in batched(changes):
        for _, verdict in batches.look(batch):
            yield verdict


def make(batches: Batches, changes: Iterable[Change]) -> Iterator[Verdict]:
    """Make `changes` and tell what became of each. Raises Stopped when the database is lost."""
    held: list[Change] = []
    taken: list[Change] = []
    yield from _pass(batches, changes, held, taken)
    yield from _pass(batches, held, None, taken)
    yield from _make_room(batches, taken)
    for batch in batched(taken):
        yield from batches.why_taken(batch)


def _pass(
    batches: Batches, changes: Iterable[Change], held: list[Change] | None, taken: list[Change]
) -> Iterator[Verdict]:
    """Make changes once, keeping in `held` and `taken` those that may do better later."""
    for batch in batched(changes):
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
