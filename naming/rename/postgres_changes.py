"""A plan's changes in PostgreSQL from first to last, in batches.

What another task is in the way of comes last.
"""

from __future__ import annotations

import time
from itertools import islice
from typing import TYPE_CHECKING, Final

from naming.rename.name_swaps import swaps
from naming.rename.tasks import LOCKED, TAKEN, Change, Fate, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from naming.rename.postgres_batch import Batches

BATCH: Final = 500
"""Tasks a statement. More are hardly faster, and hold their locks longer."""

MOST_KEPT: Final = 10_000
"""Tasks that are kept in mind for another try at the end.

Beyond them, another run of the command does it."""

SLOW_SECONDS: Final = 0.5
LONGEST_PAUSE_SECONDS: Final = 5.0
"""After a batch slower than this the database is given as long to itself, up to the second figure."""


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
    for circle in swaps(taken):
        if batches.swap(circle):
            yield from (Verdict(change.id, Fate.MADE) for change in circle)
            swapped = {change.id for change in circle}
            taken = [change for change in taken if change.id not in swapped]
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
