"""The commands `naming rename apply` and `undo`: carry plans out, and back."""

import argparse
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from naming.commands import ExitStatus
from naming.names import InvalidName, TaskName, display_fault
from naming.rename.files import open_file
from naming.rename.plan_file import Plan, PlanRow, open_planned, open_plans
from naming.rename.scratch import DigestSet
from naming.rename.terminal import (
    BadInput,
    Stopped,
    note,
    progress,
    say,
    saying_how_far,
    tell_result,
)
from naming.settings import Settings


def apply_plans(given: argparse.Namespace, _settings: Settings) -> int:
    """Carry plans out, or back; the result is the exit status. Raises BadInput, Stopped."""
    planned, made, already, left = 0, 0, 0, 0
    verb = "put back" if given.undo else "renamed"
    would, were = ("would be ", "were") if given.dry_run else ("", "had been")
    plans = open_plans([Path(path) for path in given.plans])
    with saying_how_far(lambda: f"{made:,} of {planned:,} tasks {would or 'were '}{verb}"):
        excepted = read_excepted(given.excepted) if given.excepted else frozenset()
        planned = check(plans, excepted, undo=given.undo)
        for plan in plans:
            if plan.header.rows is None:
                note(f"{plan.path} is not finished; what it holds is done")
        rows = (row for plan in plans for _, row in plan.rows() if row.id not in excepted)
        changes = (row.change(undo=given.undo) for row in rows)
        with closing(open_planned(plans, given.source)) as source:
            verdicts = source.carry_out(changes, undo=given.undo, dry_run=given.dry_run)
            try:
                for verdict in progress(verdicts, planned):
                    made += verdict.why is None
                    already += verdict.why == ""
                    if verdict.why:
                        left += 1
                        say(f"left: task {verdict.id}: {verdict.why}")
            except BadInput as error:
                if made and not given.dry_run:  # too late to say that nothing was
                    raise Stopped(str(error)) from error
                raise
    tell_result(f"{made:,} {would}{verb}, {already:,} {were} already, {left:,} left")
    return ExitStatus.LEFT_OVER if left else ExitStatus.DONE


def read_excepted(path: str) -> frozenset[str]:
    """Read the ids of the tasks that are to stay as they are, one a line. Raises BadInput."""
    with open_file(Path(path)) as file:
        try:
            text = file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise BadInput(f"{path}: not UTF-8") from None
    return frozenset(filter(None, text.replace("\r\n", "\n").split("\n")))


def check(plans: Sequence[Plan], excepted: frozenset[str], *, undo: bool) -> int:
    """Read every row of every plan before a task is touched, and count them. Raises BadInput.

    Undoing asks for no lawful names. An excepted id without a row may be mistyped.
    """
    count, unknown = 0, set(excepted)
    with closing(DigestSet()) as ids:
        for plan in plans:
            for number, row in plan.rows():
                if not undo:
                    _check_row(plan, number, row)
                if not ids.add(row.id):
                    raise BadInput(f"{plan.path}: line {number}: id: the task is planned twice")
                unknown.discard(row.id)
                count += row.id not in excepted
    if unknown:
        raise BadInput(f"--except: {min(unknown)} is no id of a task in the plan")
    return count


def _check_row(plan: Plan, number: int, row: PlanRow) -> None:
    """Refuse a row whose new names break a law. Raises BadInput with file, line and field."""
    where = f"{plan.path}: line {number}"
    if row.new_name == row.old_name:  # kept as it is, lawful or not
        if (broken := display_fault(row.new_display_name)) is not None:
            raise BadInput(f"{where}: new_display_name {broken}")
        return
    if plan.header.settings.display_only:
        raise BadInput(f"{where}: new_name must be the old name in a plan made with --display-only")
    try:
        law = plan.header.settings.template_within().law
        TaskName(row.new_name, row.new_display_name, law=law)
    except InvalidName as error:
        raise BadInput(f"{where}: new_{error}") from None
