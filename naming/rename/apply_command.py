"""The commands `naming rename apply` and `undo`: carry plans out, and back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from naming.exit_status import ExitStatus
from naming.rename.atomic_file import open_file
from naming.rename.errors import BadInput, Stopped
from naming.rename.plan_file import backward, check_row, forward, open_plans
from naming.rename.scratch import DigestSet, full
from naming.rename.source import open_source, read_address
from naming.rename.tasks import Fate
from naming.rename.terminal import Terminal, plain

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from naming.rename.plan_file import Plan
    from naming.rename.source import Address, TaskSource
    from naming.rename.tasks import Change, Verdict
    from naming.settings import Settings


@dataclass(slots=True)
class ApplyCounts:
    """What became of a plan's tasks so far."""

    planned: int = 0
    fates: dict[Fate, int] = field(default_factory=lambda: dict.fromkeys(Fate, 0))


def read_excepted(path: str) -> frozenset[str]:
    """Read the ids of the tasks that are to stay as they are, one a line. Raises BadInput."""
    with open_file(Path(path)) as file:
        try:
            lines = file.read().decode("utf-8-sig").replace("\r\n", "\n").split("\n")
            return frozenset(filter(None, lines))
        except UnicodeDecodeError:
            raise BadInput(f"{path}: not UTF-8") from None


def check(plans: Sequence[Plan], excepted: AbstractSet[str] = frozenset(), *, undo: bool) -> int:
    """Read every row of every plan before a task is touched, and count them. Raises BadInput.

    Undoing does not ask for lawful names: whatever was there before comes back. An excepted id
    without a row may be mistyped, so it is refused.
    """
    count, unknown = 0, set(excepted)
    with closing(DigestSet()) as ids:
        for plan in plans:
            for number, row in plan.rows():
                if not undo:
                    check_row(plan, number, row)
                if not ids.add(row.id):
                    raise BadInput(f"{plan.path}: line {number}: id: the task is planned twice")
                unknown.discard(row.id)
                count += row.id not in excepted
    if unknown:
        raise BadInput(f"--except: {plain(min(unknown))} is no id of a task in the plan")
    return count


def apply(
    changes: Iterator[Change], source: TaskSource, tally: ApplyCounts, *, undo: bool, dry_run: bool
) -> Iterator[Verdict]:
    """Make changes, or take them back with `undo`, counting in `tally`; gives a verdict a task."""
    try:
        for verdict in source.carry_out(changes, undo=undo, dry_run=dry_run):
            tally.fates[verdict.fate] += 1
            yield verdict
    except BadInput as error:
        if tally.fates[Fate.MADE] and not dry_run:  # too late to say that nothing was changed
            raise Stopped(str(error)) from error
        raise


def _changes(plans: Sequence[Plan], excepted: AbstractSet[str], *, undo: bool) -> Iterator[Change]:
    turn = backward if undo else forward
    for plan in plans:
        for _, row in plan.rows():
            if row.id not in excepted:
                yield turn(row)


def apply_plans(given: argparse.Namespace, _settings: Settings) -> int:
    """Carry plans out, or back; the result is the exit status. Raises BadInput, Stopped."""
    talk, tally = Terminal(), ApplyCounts()
    plans = open_plans([Path(path) for path in given.plans])
    try:
        excepted = read_excepted(given.excepted) if given.excepted else frozenset()
        tally.planned = check(plans, excepted, undo=given.undo)
        _say_unfinished(talk, plans)
        with closing(open_planned(plans, given.source)) as source:
            _run(given, talk, tally, _changes(plans, excepted, undo=given.undo), source)
    except KeyboardInterrupt:
        talk.say(f"naming: interrupted; {_so_far(tally, given)}")
        return ExitStatus.INTERRUPTED
    except sqlite3.OperationalError as error:
        raise Stopped(f"{full(error)}; {_so_far(tally, given)}") from error
    except Stopped as error:
        raise Stopped(f"{error}; {_so_far(tally, given)}") from error
    print(_result(tally, given))
    return ExitStatus.LEFT_OVER if tally.fates[Fate.LEFT] else ExitStatus.DONE


def _run(
    given: argparse.Namespace,
    talk: Terminal,
    tally: ApplyCounts,
    changes: Iterator[Change],
    source: TaskSource,
) -> None:
    verdicts = apply(changes, source, tally, undo=given.undo, dry_run=given.dry_run)
    for verdict in talk.progress(verdicts, tally.planned):
        if verdict.fate is Fate.LEFT:
            talk.say(f"left: task {plain(verdict.id)}: {verdict.why}")


def open_planned(plans: Sequence[Plan], given: str | None) -> TaskSource:
    """Open the source of plans, which may be elsewhere now. Raises BadInput."""
    header = plans[0].header
    planned = _planned_address(plans[0])
    address = planned if given is None else read_address(given)
    if address.kind is not planned.kind:
        raise BadInput(
            f"--source: {plans[0].path} was made from another kind of source ({planned.kind.value})"
        )
    return open_source(address, header.settings.layout)


def _planned_address(plan: Plan) -> Address:
    try:
        return read_address(plan.header.source)
    except BadInput as error:
        raise BadInput(
            f"{plan.path}: line 1: source: {str(error).removeprefix('SOURCE: ')}"
        ) from None


def _say_unfinished(talk: Terminal, plans: Sequence[Plan]) -> None:
    for plan in plans:
        if plan.header.rows is None:
            talk.say(f"naming: {plan.path} is not finished; what it holds is done")


def _so_far(tally: ApplyCounts, given: argparse.Namespace) -> str:
    verb = "put back" if given.undo else "renamed"
    made = tally.fates[Fate.MADE]
    return f"{made:,} of {tally.planned:,} tasks were {verb}; the same command goes on"


def _result(tally: ApplyCounts, given: argparse.Namespace) -> str:
    verb = "put back" if given.undo else "renamed"
    would, were = ("would be ", "were") if given.dry_run else ("", "had been")
    made, already, left = (tally.fates[fate] for fate in (Fate.MADE, Fate.ALREADY, Fate.LEFT))
    return f"{made:,} {would}{verb}, {already:,} {were} already, {left:,} left"
