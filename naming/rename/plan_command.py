"""The command `naming rename plan`."""

from __future__ import annotations

import asyncio
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from naming.rename.address import Kind, read_address
from naming.rename.counting import Counts
from naming.rename.namers import open_namer
from naming.rename.plan_file import VERSION, Header, PlanSettings
from naming.rename.plan_writer import PlanWriter
from naming.rename.planning import Planner, Planning
from naming.rename.shard import read_selection
from naming.rename.source import open_source
from naming.rename.talk import Talk
from naming.rename.tasks import FIELDS
from naming.rename.trouble import BadInput, Stopped

if TYPE_CHECKING:
    import argparse

    from naming.rename.address import Address
    from naming.rename.namers import Namer
    from naming.settings import Settings

DONE, INTERRUPTED = 0, 130
MOST_CALLS: Final = 10_000


def plan(given: argparse.Namespace, settings: Settings) -> int:
    """Plan, or go on planning; the result is the exit status. Raises BadInput, Stopped."""
    address = read_address(given.source)
    columns = _columns(given.column)
    selection = read_selection(given.match, given.shard)
    limit = None if given.limit is None else _whole("--limit", given.limit, 1, 10**9)
    calls = settings.max_concurrent_calls
    if given.concurrency is not None:
        calls = _whole("--concurrency", given.concurrency, 1, MOST_CALLS)
    if given.table is not None and address.kind is not Kind.POSTGRES:
        raise BadInput("--table: only a database has tables")
    if given.plan is None and not given.estimate:
        raise BadInput("--plan: must name the plan to write")
    namer = open_namer(settings, calls=calls, claude=not given.no_claude)
    with closing(open_source(address, given.table, columns)) as source:
        planning = Planning(source, selection, given.display_only, limit)
        header = _header(given, address, columns, limit, namer)
        return _write(given, planning, header, namer)


def _write(given: argparse.Namespace, planning: Planning, header: Header, namer: Namer) -> int:
    talk, counts = Talk(), Counts()
    writer = PlanWriter(Path(given.plan), header)
    with closing(writer), closing(Planner(planning, writer)) as planner:
        found = planner.resume()
        if found.whole:
            print(f"{given.plan}: whole already, {found.rows:,} tasks")
            return DONE
        try:
            total = planner.survey()
            total = total if planning.limit is None else min(total, planning.limit)
            if found.rows:
                talk.say(f"naming: going on behind {found.rows:,} tasks that are planned already")
            asyncio.run(_carry_on(planner, found, namer, talk, counts, total))
        except KeyboardInterrupt:
            talk.say(f"naming: interrupted; {_so_far(found.rows + counts.total, given)}")
            return INTERRUPTED
        except Stopped as error:
            raise Stopped(f"{error}; {_so_far(found.rows + counts.total, given)}") from error
    print(f"{given.plan}: {found.rows + counts.total:,} tasks planned" + (f", {counts.total:,} of them now" if found.rows else ""))
    for line in [*counts.lines(), *namer.cost_lines()]:
        print(line)
    return DONE


async def _carry_on(planner: Planner, found, namer: Namer, talk: Talk, counts: Counts, total: int) -> None:
    async with namer.open(talk.say) as name_task:
        with talk.bar(total, found.rows) as advance:
            async for row in planner.carry_on(found, name_task, namer.ahead):
                counts.add(row)
                advance()


def _so_far(rows: int, given: argparse.Namespace) -> str:
    return f"{rows:,} tasks are planned in {given.plan}; the same command goes on"


def _header(
    given: argparse.Namespace, address: Address, columns: dict[str, str], limit: int | None, namer: Namer
) -> Header:
    settings = PlanSettings(
        match=given.match,
        display_only=given.display_only,
        claude=not given.no_claude,
        limit=limit,
        shard=given.shard,
        table=given.table,
        columns=columns,
    )
    return Header(
        version=VERSION,
        source=address.shown,
        settings=settings,
        model=namer.model,
        prompt_version=namer.prompt_version,
    )


def _columns(given: list[str]) -> dict[str, str]:
    columns = {}
    for text in given:
        field, _, name = text.partition("=")
        if field not in FIELDS or not name or "\x00" in name:
            raise BadInput(f"--column: must be FIELD=NAME with FIELD one of {', '.join(FIELDS)}")
        columns[field] = name
    return dict(sorted(columns.items()))


def _whole(option: str, text: str, least: int, most: int) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 12 and least <= int(text) <= most):  # noqa: PLR2004
        raise BadInput(f"{option}: must be a whole number from {least} to {most}")
    return int(text)
