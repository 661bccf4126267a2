"""The commands `naming rename apply` and `undo`."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from naming.rename.address import read_address
from naming.rename.applying import Tally, apply, check
from naming.rename.plan_file import open_plans
from naming.rename.scratch import full
from naming.rename.show.plain import plain
from naming.rename.source import open_source
from naming.rename.talk import Talk
from naming.rename.tasks import Fate
from naming.rename.trouble import BadInput, Stopped

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from naming.rename.address import Address
    from naming.rename.plan_file import Plan
from naming.rename.source import TaskSource

DONE, LEFT_OVER, INTERRUPTED = 0, 1, 130


def apply_plans(given: argparse.Namespace) -> int:
    """Carry plans out, or back; the result is the exit status. Raises BadInput, Stopped."""
    talk, tally = Talk(), Tally()
    plans = open_plans([Path(path) for path in given.plans])
    try:
        tally.planned = check(plans, undo=given.undo)
        _say_unfinished(talk, plans)
        source = _open(plans, given.source)
        try:
            _run(given, talk, tally, plans, source)
        finally:
            source.close()
    except KeyboardInterrupt:
        talk.say(f"naming: interrupted; {_so_far(tally, given)}; the same command goes on")
        return INTERRUPTED
    except sqlite3.OperationalError as error:
        raise Stopped(
            f"{full(error)}; {_so_far(tally, given)}; the same command goes on"
        ) from error
    except Stopped as error:
        raise Stopped(f"{error}; {_so_far(tally, given)}; the same command goes on") from error
    print(_result(tally, given))
    return LEFT_OVER if tally.fates[Fate.LEFT] else DONE


def _run(
    given: argparse.Namespace, talk: Talk, tally: Tally, plans: Sequence[Plan], source: TaskSource
) -> None:
    verdicts = apply(plans, source, tally, undo=given.undo, dry_run=given.dry_run)
    for verdict in talk.progress(verdicts, tally.planned):
        if verdict.fate is Fate.LEFT:
            talk.say(f"left: task {plain(verdict.id)}: {verdict.why}")


def _open(plans: Sequence[Plan], given: str | None) -> TaskSource:
    header = plans[0].header
    planned = _planned_address(plans[0])
    address = planned if given is None else read_address(given)
    if address.kind is not planned.kind:
        raise BadInput(
            f"--source: {plans[0].path} was made from another kind of source ({planned.kind.value})"
        )
    return open_source(address, header.settings.table, header.settings.columns)


def _planned_address(plan: Plan) -> Address:
    try:
        return read_address(plan.header.source)
    except BadInput as error:
        raise BadInput(
            f"{plan.path}: line 1: source: {str(error).removeprefix('SOURCE: ')}"
        ) from None


def _say_unfinished(talk: Talk, plans: Sequence[Plan]) -> None:
    for plan in plans:
        if plan.header.rows is None:
            talk.say(f"naming: {plan.path} is not finished; what it holds is done")


def _so_far(tally: Tally, given: argparse.Namespace) -> str:
    verb = "put back" if given.undo else "renamed"
    return f"{tally.fates[Fate.MADE]:,} of {tally.planned:,} tasks were {verb}"


def _result(tally: Tally, given: argparse.Namespace) -> str:
    verb = "put back" if given.undo else "renamed"
    would = "would be " if given.dry_run else ""
    made, already, left = (tally.fates[fate] for fate in (Fate.MADE, Fate.ALREADY, Fate.LEFT))
    return f"{made:,} {would}{verb}, {already:,} {'were' if given.dry_run else 'had been'} already, {left:,} left"
