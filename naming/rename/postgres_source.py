"""A PostgreSQL table as a source, changed in batches."""

from __future__ import annotations

import time
from contextlib import closing
from typing import TYPE_CHECKING, Final

from naming.rename.postgres_batch import Batches
from naming.rename.postgres_table import PostgresTable
from naming.rename.tasks import LOCKED, TAKEN, TAKEN_ELSEWHERE, cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from naming.rename.postgres_batch import Judged
    from naming.rename.tasks import Change, Verdict

BATCH: Final = 500
"""Tasks a statement. More are hardly faster, and hold their locks longer."""

BATCH_WITHOUT_INDEX: Final = 5_000
"""Where the whole table is read for each, to look for other tasks of the names."""

MOST_KEPT: Final = 10_000
"""Tasks kept for another try at the end; for more, run the command again."""

SLOW_SECONDS: Final = 0.5
LONGEST_PAUSE_SECONDS: Final = 5.0
"""After a batch slower than the first, a pause as long as it took, up to the second."""


class PostgresSource(PostgresTable):
    """The tasks of one table, in the order of their ids; no transaction stays open."""

    def carry_out(
        self, changes: Iterable[Change], *, undo: bool, dry_run: bool
    ) -> Iterator[Verdict]:
        """Make the changes in batches, each a single transaction, and tell what became of each.

        A dry run takes each back. Raises Stopped when the database is lost.
        """
        self.check_session()
        self.check_writable()
        size = BATCH if self.keeps_names_apart else BATCH_WITHOUT_INDEX
        held: list[Judged] = []
        taken: list[Judged] = []
        with closing(Batches(self, undo=undo, dry_run=dry_run)) as batches:
            yield from _pass(batches, cut(changes, size), held, taken)
            yield from _pass(batches, _again(held, size), None, taken)
            before = len(taken) + 1
            while taken and len(taken) < before:  # while tasks of the same plan give names up
                before, again = len(taken), taken[:]
                taken.clear()
                yield from _pass(batches, _again(again, size), None, taken)
            yield from (verdict for _, verdict in taken)


def _again(judged: list[Judged], size: int) -> Iterator[list[Change]]:
    return cut((change for change, _ in judged), size)


def _pass(
    batches: Batches, parts: Iterable[list[Change]], held: list[Judged] | None, taken: list[Judged]
) -> Iterator[Verdict]:
    """Make changes once, keeping in `held` and `taken` those that may do better later."""
    for batch in parts:
        started, waited = time.monotonic(), False
        for change, verdict in batches.make(batch):
            waited |= verdict.why == LOCKED
            kept = {LOCKED: held, TAKEN: taken, TAKEN_ELSEWHERE: taken}.get(verdict.why)
            if kept is not None and len(kept) < MOST_KEPT:
                kept.append((change, verdict))
            else:
                yield verdict
        seconds = time.monotonic() - started
        if seconds > SLOW_SECONDS and not waited:
            time.sleep(min(seconds, LONGEST_PAUSE_SECONDS))
