"""The command `naming rename plan`."""

from __future__ import annotations

import asyncio
import re
import shlex
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from naming.claude.instructions import load_instructions
from naming.exit_status import ExitStatus
from naming.names import MAX_NAME_LENGTH
from naming.rename.cost import estimate
from naming.rename.errors import BadInput
from naming.rename.namers import Work, open_words
from naming.rename.plan_file import VERSION, Header, PlanSettings
from naming.rename.plan_writer import PlannedSoFar, PlanWriter
from naming.rename.planning import Left, Planner, chosen
from naming.rename.show import count_lines, kind_of
from naming.rename.source import Address, SourceKind, is_utf8, open_source, read_address
from naming.rename.tasks import DEFAULT_MATCH, FIELDS, LEAST_LENGTH, Selection, read_selection
from naming.rename.terminal import Terminal, plain, saying_how_far
from naming.wiring import check_claude

if TYPE_CHECKING:
    import argparse
    from contextlib import AbstractAsyncContextManager

    from naming.rename.namers import Namer
    from naming.rename.source import TaskSource
    from naming.settings import Settings

MOST_CALLS: Final = 10_000


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the command line asks for, read and checked."""

    address: Address
    plan: str
    asked: PlanSettings
    selection: Selection
    has_match: bool
    calls: int

    def open(self) -> TaskSource:
        return open_source(self.address, self.asked.layout)

    def selection_in(self, source: TaskSource) -> Selection:
        """Give the selection, which is of everything where there are no names. Raises BadInput."""
        if source.has_names:
            return self.selection
        if self.has_match:
            raise BadInput("--match: there are no names here, but display names alone")
        return replace(self.selection, pattern=re.compile(""))

    def header(self, model: str) -> Header:
        claude = self.asked.claude
        return Header(
            version=VERSION,
            source=self.address.shown,
            settings=self.asked,
            model=model if claude else None,
            prompt_version=load_instructions().version if claude else None,
        )


def plan(given: argparse.Namespace, settings: Settings) -> int:
    """Plan, or go on planning; the result is the exit status. Raises BadInput, Stopped."""
    wanted = _read(given, settings)
    if given.estimate:
        return _estimate(wanted, settings)
    if wanted.asked.claude and not settings.has_claude:
        raise BadInput(
            "ANTHROPIC_API_KEY: not set; give a key,"
            " or --no-claude to name by the prompts' own words"
        )
    if wanted.asked.claude:
        check_claude(settings, batches=wanted.asked.batches)
    header = wanted.header(settings.anthropic_model)
    with (
        closing(wanted.open()) as source,
        closing(PlanWriter(Path(wanted.plan), header)) as writer,
        closing(Planner(source, wanted.selection_in(source), wanted.asked, writer)) as planner,
    ):
        try:
            return _Run(wanted, settings, planner).to_the_end()
        except BadInput:
            writer.discard()
            raise


@dataclass(slots=True)
class _Run:
    """One run of planning: to its end, to Ctrl-C, or to what stops it."""

    wanted: _Wanted
    settings: Settings
    planner: Planner
    talk: Terminal = field(default_factory=Terminal)
    counts: Counter[str] = field(default_factory=Counter)
    found: PlannedSoFar = field(default_factory=PlannedSoFar)
    left: int = 0

    def to_the_end(self) -> int:
        path = self.wanted.plan
        with saying_how_far(self._so_far):
            self.found = found = self.planner.resume()
            if found.whole:
                print(f"{plain(str(path))}: whole already, {found.rows:,} tasks")
                return ExitStatus.DONE
            total = self.planner.survey()
            if found.rows:
                self.talk.note(f"going on behind {found.rows:,} tasks that are planned already")
            cost = asyncio.run(self._carry_on(total))
        now = f", {self.counts.total():,} of them now" if found.rows else ""
        planned = f"{found.rows + self.counts.total():,} tasks planned{now}"
        print(f"{plain(str(path))}: {planned}")
        skipped = (f"{n:>11,}  skipped: {why}" for why, n in sorted(self.planner.skipped.items()))
        for line in (*count_lines(self.counts), *skipped, *cost):
            print(line)
        if found.rows + self.counts.total():
            quoted = plain(shlex.quote(path))
            print(f"next: naming rename show {quoted}, then naming rename apply {quoted}")
        return ExitStatus.LEFT_OVER if self.left else ExitStatus.DONE

    async def _carry_on(self, total: int) -> list[str]:
        """Name what is left to name; gives what that cost."""
        found, talk = self.found, self.talk
        work = Work(total - found.rows, lambda: self.planner.pending(found), talk)
        async with self._namer(work) as namer:
            of = None if self.wanted.asked.only else total  # prompts tell which they are
            with talk.bar(of, found.rows) as advance:
                async for row in self.planner.carry_on(found, namer.name_task, namer.ahead):
                    if isinstance(row, Left):
                        self.left += 1
                        talk.say(f"left: task {plain(row.id)}: {row.why}")
                    else:
                        self.counts[kind_of(row)] += 1
                    advance()
            return namer.cost_lines()

    def _namer(self, work: Work) -> AbstractAsyncContextManager[Namer]:
        wanted = self.wanted
        if not wanted.asked.claude:
            return open_words(self.settings, work)
        # The SDK takes most of a second to import.
        if wanted.asked.batches:
            from naming.rename.batches.batch_namer import open_batches  # noqa: PLC0415

            return open_batches(self.settings, work, Path(wanted.plan), wanted.address.shown)
        from naming.rename.claude_namer import open_claude  # noqa: PLC0415

        return open_claude(self.settings, work, wanted.calls)

    def _so_far(self) -> str:
        rows = self.found.rows + self.counts.total()
        return f"{rows:,} tasks are planned in {self.wanted.plan}"


def _estimate(wanted: _Wanted, settings: Settings) -> int:
    asked = wanted.asked
    with closing(wanted.open()) as source:
        tasks = chosen(source, wanted.selection_in(source), asked, PlannedSoFar())
        found = estimate(Terminal().progress(tasks, None), keep_good=asked.keep_good)
    questions = f"{found.questions:,} questions to Claude (equal prompts are asked once)"
    print(f"{found.tasks:,} tasks, {questions}")
    print(*found.cost_lines(settings.anthropic_model, batches=asked.batches), sep="\n")
    good = f"{found.good:,} tasks ({found.good / max(found.tasks, 1):.0%}) hold good words already"
    print(f"{good}; --keep-good names these without asking")
    return ExitStatus.DONE


def _read(given: argparse.Namespace, settings: Settings) -> _Wanted:
    """Read the options. Raises BadInput."""
    address = read_address(given.source)
    options = [(f"--{name}", getattr(given, name)) for name in ("plan", "table", "match")]
    options += [("--taken-from", given.taken_from), ("--match-display", given.match_display)]
    for option, text in (*options, *(("--column", column) for column in given.column)):
        if text is not None and ("\x00" in text or not is_utf8(text)):
            raise BadInput(f"{option}: must be UTF-8 without a zero byte")
    is_file = address.kind is not SourceKind.POSTGRES
    if given.table is not None and not address.kind.is_database:
        raise BadInput("--table: only a database has tables")
    if given.batches and given.no_claude:
        raise BadInput("--batches: asks Claude; leave out --no-claude or --batches")
    if given.plan is None and not given.estimate:
        raise BadInput("--plan: must name the plan to write")
    if given.plan is not None and is_file and _is_one_file(given.plan, address.target):
        raise BadInput("--plan: names the source itself; give another file")
    match = DEFAULT_MATCH if given.match is None else given.match
    asked = PlanSettings(
        match=match,
        display_only=given.display_only,
        claude=not given.no_claude,
        limit=_whole("--limit", given.limit, 10**9),
        shard=given.shard,
        table=given.table,
        columns=_columns(given.column),
        batches=given.batches,
        keep_good=given.keep_good,
        taken_from=given.taken_from,
        match_display=given.match_display,
        only=given.only,
        max_length=_whole("--max-length", given.max_length, MAX_NAME_LENGTH, LEAST_LENGTH),
    )
    calls = _whole("--concurrency", given.concurrency, MOST_CALLS) or settings.max_concurrent_calls
    selection = read_selection(match, given.shard, given.match_display)
    return _Wanted(address, given.plan, asked, selection, given.match is not None, calls)


def _is_one_file(one: str, other: str) -> bool:
    try:
        return Path(one).samefile(other)
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
