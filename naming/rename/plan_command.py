"""The command `naming rename plan`."""

from __future__ import annotations

import asyncio
import re
import shlex
from collections import Counter
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from naming.claude.instructions import load_instructions
from naming.commands import ExitStatus
from naming.names import MAX_NAME_LENGTH
from naming.rename.namers import Work, open_words
from naming.rename.plan_file import VERSION, Header, PlanSettings, PlanWriter
from naming.rename.planning import Planner, chosen, estimate
from naming.rename.show import count_lines, kind_of
from naming.rename.source import Address, SourceKind, is_utf8, open_source, read_address
from naming.rename.tasks import (
    DEFAULT_MATCH,
    FIELDS,
    LEAST_LENGTH,
    Selection,
    Verdict,
    read_selection,
)
from naming.rename.terminal import BadInput, bar, note, plain, progress, say_left, saying_how_far
from naming.setting_rules import LANGUAGE
from naming.template import BARE_TEXT, MOST_LENGTH
from naming.wiring import check_claude

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from contextlib import AbstractAsyncContextManager

    from naming.rename.namers import Namer
    from naming.rename.tasks import Task
    from naming.settings import Settings

MOST_CALLS: Final = 10_000
MAX_CONTEXT: Final = 2_000


class _Wanted(NamedTuple):
    """What the command line asks for, read and checked."""

    address: Address
    plan: Path
    asked: PlanSettings
    selection: Selection
    calls: int


def plan(given: argparse.Namespace, settings: Settings) -> int:
    """Plan, or go on planning; the result is the exit status. Raises BadInput, Stopped."""
    wanted = _read(given, settings)
    asked, prompt_version = wanted.asked, load_instructions(guide=settings.guide).version
    if asked.claude and not given.estimate:
        if not settings.has_claude:
            raise BadInput(
                "ANTHROPIC_API_KEY: not set; give a key,"
                " or --no-claude to name by the prompts' own words"
            )
        check_claude(settings, batches=asked.batches)
    with closing(open_source(wanted.address, asked.layout)) as source:
        selection = wanted.selection
        if not source.has_names:  # then it is of everything
            if given.match is not None:
                raise BadInput("--match: there are no names here, but display names alone")
            selection = replace(selection, pattern=re.compile(""))
        if given.estimate:
            tasks = progress(islice(chosen(source, selection, asked, None), asked.limit), None)
            print(*estimate(tasks, settings, asked), sep="\n")
            return ExitStatus.DONE
        header = Header(
            version=VERSION,
            source=wanted.address.shown,
            settings=asked,
            model=settings.anthropic_model if asked.claude else None,
            prompt_version=prompt_version if asked.claude else None,
        )
        with (
            closing(PlanWriter(wanted.plan, header)) as writer,
            closing(Planner(source, selection, asked, writer)) as planner,
        ):
            try:
                return _run(wanted, settings, planner, writer)
            except BadInput:
                writer.discard()
                raise


def _run(wanted: _Wanted, settings: Settings, planner: Planner, writer: PlanWriter) -> int:
    """Plan to the end, to Ctrl-C, or to what stops it."""
    before, left = 0, 0
    counts: Counter[str] = Counter()
    shown = plain(str(wanted.plan))

    async def carry_on(total: int) -> list[str]:
        nonlocal left

        def pending() -> Iterator[Task]:
            return (task for task in planner.pending() if planner.kept(task) is None)

        work = Work(total - before, pending, wanted.asked)
        async with _open_namer(wanted, settings, work) as namer:
            of = None if wanted.asked.only else total  # prompts tell which they are
            with bar(of, before) as advance:
                async for row in planner.carry_on(namer):
                    if isinstance(row, Verdict):
                        left += 1
                        say_left(row)
                    else:
                        counts[kind_of(row)] += 1
                    advance()
            return namer.cost_lines()

    with saying_how_far(lambda: f"{writer.rows:,} tasks are planned in {wanted.plan}"):
        is_whole, before = planner.resume(), writer.rows
        if is_whole:
            print(f"{shown}: whole already, {before:,} tasks")
            return ExitStatus.DONE
        total = planner.survey()
        if before:
            note(f"going on behind {before:,} tasks that are planned already")
        cost = asyncio.run(carry_on(total))
    now = f", {counts.total():,} of them now" if before else ""
    print(f"{shown}: {writer.rows:,} tasks planned{now}")
    skipped = (f"{n:>11,}  skipped: {why}" for why, n in sorted(planner.skipped.items()))
    for line in (*count_lines(counts), *skipped, *cost):
        print(line)
    if writer.rows:
        quoted = plain(shlex.quote(str(wanted.plan)))
        print(f"next: naming rename show {quoted}, then naming rename apply {quoted}")
    return ExitStatus.LEFT_OVER if left else ExitStatus.DONE


def _open_namer(
    wanted: _Wanted, settings: Settings, work: Work
) -> AbstractAsyncContextManager[Namer]:
    if not wanted.asked.claude:
        return open_words(settings, work)
    # The SDK takes most of a second to import.
    from naming.rename.claude_namer import open_batches, open_claude  # noqa: PLC0415

    if wanted.asked.batches:
        return open_batches(settings, work, wanted.plan)
    return open_claude(settings, work, wanted.calls)


def _read(given: argparse.Namespace, settings: Settings) -> _Wanted:
    """Read the options. Raises BadInput."""
    address = read_address(given.source)
    for name, value in vars(given).items():
        for text in value if isinstance(value, list) else [value]:
            if name != "source" and isinstance(text, str) and ("\x00" in text or not is_utf8(text)):
                raise BadInput(f"--{name.replace('_', '-')}: must be UTF-8 without a zero byte")
    if given.table is not None and address.kind in {SourceKind.CSV, SourceKind.JSON}:
        raise BadInput("--table: only a database has tables")
    if given.batches and given.no_claude:
        raise BadInput("--batches: asks Claude; leave out --no-claude or --batches")
    if given.plan is None and not given.estimate:
        raise BadInput("--plan: must name the plan to write")
    path = Path(given.plan or "")
    if _is_one_file(path, address.target):
        raise BadInput("--plan: names the source itself; give another file")
    match = DEFAULT_MATCH if given.match is None else given.match
    as_given = "display_only", "shard", "table", "batches", "keep_good", "taken_from", "context"
    is_usual = settings.template == BARE_TEXT
    usual = None if settings.max_length == MAX_NAME_LENGTH else settings.max_length
    if len(given.context or "") > MAX_CONTEXT:
        raise BadInput(f"--context: must have at most {MAX_CONTEXT:,} characters")
    asked = PlanSettings(
        match=match,
        claude=not given.no_claude,
        limit=_whole("--limit", given.limit, 10**9),
        columns=_columns(given.column),
        match_display=given.match_display,
        only=given.only,
        max_length=_whole("--max-length", given.max_length, MOST_LENGTH, LEAST_LENGTH) or usual,
        template=given.template or (None if is_usual else settings.template),
        language=_language(given.language) or settings.language,
        **{name: getattr(given, name) for name in as_given},
    )
    asked.template_within()
    calls = _whole("--concurrency", given.concurrency, MOST_CALLS) or settings.max_concurrent_calls
    selection = read_selection(match, given.shard, given.match_display)
    return _Wanted(address, path, asked, selection, calls)


def _language(given: str | None) -> str | None:
    try:
        return None if given is None else LANGUAGE.read(given)
    except ValueError as error:
        raise BadInput(f"--language: {error}") from None


def _is_one_file(one: Path, other: str) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _columns(given: list[str]) -> dict[str, str]:
    columns = {}
    for text in given:
        field_, _, name = text.partition("=")
        if field_ not in FIELDS or not name:
            raise BadInput(f"--column: must be FIELD=NAME with FIELD one of {', '.join(FIELDS)}")
        if field_ in columns:
            raise BadInput(f"--column: {field_} is there twice")
        columns[field_] = name
    return dict(sorted(columns.items()))


def _whole(option: str, text: str | None, most: int, least: int = 1) -> int | None:
    if text is None:
        return None
    is_number = text.isascii() and text.isdecimal() and len(text) <= 12  # noqa: PLR2004
    if not (is_number and least <= int(text) <= most):
        raise BadInput(f"{option}: must be a whole number from {least} to {most}")
    return int(text)
