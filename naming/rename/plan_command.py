"""The command `naming rename plan`."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from naming.exit_status import ExitStatus
from naming.rename.cost import cost_line, estimate
from naming.rename.errors import BadInput, Stopped
from naming.rename.namers import Work, open_namer
from naming.rename.plan_file import VERSION, Header, PlanSettings
from naming.rename.plan_writer import PlannedSoFar, PlanWriter
from naming.rename.planning import Left, Planner, Planning
from naming.rename.scratch import full
from naming.rename.show.table import RowCounts
from naming.rename.source import Address, SourceKind, is_utf8, open_source, read_address
from naming.rename.tasks import FIELDS, Selection, read_selection
from naming.rename.terminal import Terminal, plain

if TYPE_CHECKING:
    import argparse

    from naming.rename.namers import Namer
    from naming.rename.source import TaskSource
    from naming.settings import Settings

MOST_CALLS: Final = 10_000


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the command line asks for, read and checked."""

    address: Address
    table: str | None
    columns: dict[str, str]
    selection: Selection
    limit: int | None
    calls: int
    plan: str

    def open(self) -> TaskSource:
        return open_source(self.address, self.table, self.columns)


def plan(given: argparse.Namespace, settings: Settings) -> int:
    """Plan, or go on planning; the result is the exit status. Raises BadInput, Stopped."""
    wanted = _read(given, settings)
    if given.estimate:
        return _estimate(given, wanted, settings)
    batches_of = (Path(wanted.plan), wanted.address.shown) if given.batches else None
    namer = open_namer(
        settings, calls=wanted.calls, claude=not given.no_claude, batches_of=batches_of
    )
    with closing(wanted.open()) as source:
        planning = Planning(
            source, wanted.selection, given.display_only, wanted.limit, given.keep_good
        )
        return _write(wanted, planning, _header(given, wanted, namer), namer)


def _read(given: argparse.Namespace, settings: Settings) -> _Wanted:
    address = read_address(given.source)
    options = ("--plan", given.plan), ("--table", given.table), ("--match", given.match)
    for option, text in (*options, *(("--column", column) for column in given.column)):
        if text is not None and ("\x00" in text or not is_utf8(text)):
            raise BadInput(f"{option}: must be UTF-8 without a zero byte")
    if given.table is not None and address.kind is not SourceKind.POSTGRES:
        raise BadInput("--table: only a database has tables")
    if given.batches and given.no_claude:
        raise BadInput("--batches: asks Claude; leave out --no-claude or --batches")
    if given.plan is None and not given.estimate:
        raise BadInput("--plan: must name the plan to write")
    is_file = address.kind is not SourceKind.POSTGRES
    if given.plan is not None and is_file and _is_one_file(given.plan, address.target):
        raise BadInput("--plan: names the source itself; give another file")
    calls, limit = given.concurrency, given.limit
    return _Wanted(
        address,
        given.table,
        _columns(given.column),
        read_selection(given.match, given.shard),
        None if limit is None else _whole("--limit", limit, 10**9),
        settings.max_concurrent_calls
        if calls is None
        else _whole("--concurrency", calls, MOST_CALLS),
        given.plan,
    )


def _is_one_file(one: str, other: str) -> bool:
    try:
        return Path(one).samefile(other)
    except OSError:
        return False


def _write(wanted: _Wanted, planning: Planning, header: Header, namer: Namer) -> int:
    talk, counts, found = Terminal(), RowCounts(), PlannedSoFar()
    with (
        closing(PlanWriter(Path(wanted.plan), header)) as writer,
        closing(Planner(planning, writer)) as planner,
    ):
        try:
            found = planner.resume()
            if found.whole:
                print(f"{wanted.plan}: whole already, {found.rows:,} tasks")
                return ExitStatus.DONE
            total = planner.survey()
            if found.rows:
                talk.say(f"naming: going on behind {found.rows:,} tasks that are planned already")
            left = asyncio.run(_carry_on(planner, found, namer, talk, counts, total))
        except BadInput:
            writer.discard()
            raise
        except KeyboardInterrupt:
            talk.say(f"naming: interrupted; {_so_far(wanted, found, counts)}")
            return ExitStatus.INTERRUPTED
        except sqlite3.OperationalError as error:
            raise Stopped(f"{full(error)}; {_so_far(wanted, found, counts)}") from error
        except Stopped as error:
            raise Stopped(f"{error}; {_so_far(wanted, found, counts)}") from error
    now = f", {counts.total:,} of them now" if found.rows else ""
    print(f"{wanted.plan}: {found.rows + counts.total:,} tasks planned{now}")
    for line in (*counts.lines(), *planner.skipped.lines(), *namer.cost_lines()):
        print(line)
    return ExitStatus.LEFT_OVER if left else ExitStatus.DONE


async def _carry_on(  # noqa: PLR0913, PLR0917
    planner: Planner,
    found: PlannedSoFar,
    namer: Namer,
    talk: Terminal,
    counts: RowCounts,
    total: int,
) -> int:  # the loop where they meet
    def say(line: str) -> None:
        talk.say(f"naming: {line}")

    left = 0
    work = Work(total - found.rows, lambda: planner.pending(found), say, talk.bar)
    async with namer.open(work) as name_task:
        with talk.bar(total, found.rows) as advance:
            async for row in planner.carry_on(found, name_task, namer.ahead):
                if isinstance(row, Left):
                    left += 1
                    talk.say(f"left: task {plain(row.id)}: {row.why}")
                else:
                    counts.add(row)
                advance()
    return left


def _so_far(wanted: _Wanted, found: PlannedSoFar, counts: RowCounts) -> str:
    rows = found.rows + counts.total
    return f"{rows:,} tasks are planned in {wanted.plan}; the same command goes on"


def _estimate(given: argparse.Namespace, wanted: _Wanted, settings: Settings) -> int:
    with closing(wanted.open()) as source:
        tasks = islice(source.tasks(wanted.selection, None), wanted.limit)
        found = estimate(Terminal().progress(tasks, None), keep_good=given.keep_good)
    questions = f"{found.questions:,} questions to Claude (equal prompts are asked once)"
    print(f"{found.tasks:,} tasks, {questions}")
    print(cost_line(settings.anthropic_model, found.tokens, batches=given.batches))
    good = f"{found.good:,} tasks ({found.good / max(found.tasks, 1):.0%}) hold good words already"
    print(f"{good}; --keep-good names these without asking")
    return ExitStatus.DONE


def _header(given: argparse.Namespace, wanted: _Wanted, namer: Namer) -> Header:
    settings = PlanSettings(
        match=given.match,
        display_only=given.display_only,
        claude=not given.no_claude,
        limit=wanted.limit,
        shard=given.shard,
        table=given.table,
        columns=wanted.columns,
        batches=given.batches,
        keep_good=given.keep_good,
    )
    return Header(
        version=VERSION,
        source=wanted.address.shown,
        settings=settings,
        model=namer.model,
        prompt_version=namer.prompt_version,
    )


def _columns(given: list[str]) -> dict[str, str]:
    columns = {}
    for text in given:
        field, _, name = text.partition("=")
        if field not in FIELDS or not name:
            raise BadInput(f"--column: must be FIELD=NAME with FIELD one of {', '.join(FIELDS)}")
        if field in columns:
            raise BadInput(f"--column: {field} is there twice")
        columns[field] = name
    return dict(sorted(columns.items()))


def _whole(option: str, text: str, most: int) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 12 and 1 <= int(text) <= most):  # noqa: PLR2004
        raise BadInput(f"{option}: must be a whole number from 1 to {most}")
    return int(text)
