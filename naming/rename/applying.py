"""Carrying plans out, and back: what is checked before, and what is counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from naming.rename.plan_file import backward, check_row, forward
from naming.rename.scratch import digest, open_scratch
from naming.rename.tasks import Fate, Verdict
from naming.rename.trouble import BadInput, Stopped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from naming.rename.plan_file import Plan
    from naming.rename.source import TaskSource
    from naming.rename.tasks import Change


@dataclass(slots=True)
class Tally:
    """What became of a plan's tasks so far."""

    planned: int = 0
    fates: dict[Fate, int] = field(default_factory=lambda: dict.fromkeys(Fate, 0))


def check(plans: Sequence[Plan], *, undo: bool) -> int:
    """Read every row of every plan before a task is touched; gives their number. Raises BadInput.

    The laws of names are not asked when undoing: what was there before must come back.
    """
    scratch = open_scratch("CREATE TABLE ids (id BLOB PRIMARY KEY) WITHOUT ROWID")
    count = 0
    try:
        for plan in plans:
            for number, row in plan.rows():
                if not undo:
                    check_row(plan, number, row)
                if not scratch.execute(
                    "INSERT OR IGNORE INTO ids VALUES (?)", [digest(row.id)]
                ).rowcount:
                    raise BadInput(f"{plan.path}: line {number}: id: the task is planned twice")
                count += 1
    finally:
        scratch.close()
    return count


def apply(
    plans: Sequence[Plan], source: TaskSource, tally: Tally, *, undo: bool, dry_run: bool
) -> Iterator[Verdict]:
    """Carry checked plans out, or back with `undo`, counting in `tally`; gives a verdict a task."""
    try:
        for verdict in source.carry_out(_changes(plans, undo=undo), undo=undo, dry_run=dry_run):
            tally.fates[verdict.fate] += 1
            yield verdict
    except BadInput as error:
        if tally.fates[Fate.MADE] and not dry_run:  # too late to say that nothing was changed
            raise Stopped(str(error)) from error
        raise


def _changes(plans: Sequence[Plan], *, undo: bool) -> Iterator[Change]:
    turn = backward if undo else forward
    for plan in plans:
        for _, row in plan.rows():
            yield turn(row)
