"""The command `naming rename plan`."""

import argparse
import asyncio
import gc
import shlex
from collections import Counter
from contextlib import aclosing, closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from naming.claude.instructions import load_instructions
from naming.commands import ExitStatus
from naming.names import MAX_NAME_LENGTH
from naming.outcome import Reason
from naming.rename.namers import Namer, Work
from naming.rename.plan_file import VERSION, Header, PlanSettings, PlanWriter
from naming.rename.planning import Planner, chosen, estimate
from naming.rename.reading import is_utf8
from naming.rename.show import count_lines, kind_of
from naming.rename.source import Address, open_source, read_address
from naming.rename.tasks import FIELDS, LEAST_LENGTH, Selection, Verdict
from naming.rename.terminal import BadInput, note, plain, progress, say, saying_how_far, tell_result
from naming.setting_rules import LANGUAGE, SettingRule, whole
from naming.settings import Settings
from naming.template import BARE_TEXT, MOST_LENGTH
from naming.wiring import check_claude

MOST_CALLS: Final = 10_000
MAX_CONTEXT: Final = 2_000


def plan(given: argparse.Namespace, settings: Settings) -> int:
    """Plan, or go on planning; the result is the exit status. Raises BadInput, Stopped."""
    address = read_address(given.source)
    asked, path = _asked(given, settings), _path(given, address)
    calls = _read("--concurrency", whole(1, MOST_CALLS), given.concurrency)
    shard = "0/1" if asked.shard is None else asked.shard
    selection = Selection(asked.match, asked.match_display or "", shard)
    prompt_version = load_instructions(guide=settings.guide).version
    if asked.claude and not given.estimate:
        if not settings.has_claude:
            needed = "give a key, or --no-claude to name by the prompts' own words"
            raise BadInput(f"ANTHROPIC_API_KEY: not set; {needed}")
        check_claude(settings, batches=asked.batches)
    with closing(open_source(address, asked.layout)) as source:
        if not source.has_names:  # then it is of everything
            if given.match is not None:
                raise BadInput("--match: there are no names here, but display names alone")
            selection = replace(selection, match="")
        if given.estimate:
            tasks = progress(chosen(source, selection, asked), None)
            print(*estimate(tasks, settings, asked), sep="\n")
            return ExitStatus.DONE
        header = Header(
            version=VERSION,
            source=address.shown,
            settings=asked,
            model=settings.anthropic_model if asked.claude else None,
            prompt_version=prompt_version if asked.claude else None,
        )
        is_new = not path.exists()
        with (
            closing(PlanWriter(path, header)) as writer,
            closing(Planner(source, selection, asked, writer)) as planner,
        ):
            try:
                return _run(planner, settings, calls or settings.max_concurrent_calls)
            except BadInput:
                if is_new and not writer.rows:  # wrong input leaves nothing behind
                    path.unlink(missing_ok=True)
                raise


def _run(planner: Planner, settings: Settings, calls: int) -> int:
    """Plan to the end, to Ctrl-C, or to what stops it."""
    writer, asked = planner.writer, planner.asked
    before, left = 0, 0
    counts: Counter[str] = Counter()
    shown = plain(str(writer.path))

    async def carry_on(total: int) -> list[str]:
        nonlocal left
        work = Work(total - before, planner.pending, asked)
        async with aclosing(_namer(work, settings, calls, writer.path)) as namer:
            await namer.prepare()
            # Of some tasks only their prompts tell whether they are meant.
            with progress((), None if asked.only else total, before) as shown:
                async for row in planner.carry_on(namer):
                    if isinstance(row, Verdict):
                        left += 1
                        say(f"left: task {row.id}: {row.why}")
                    else:
                        counts[kind_of(row)] += 1
                    shown.update()
            return namer.cost_lines()

    with saying_how_far(lambda: f"{writer.rows:,} tasks are planned in {writer.path}"):
        is_whole, before = planner.resume(), writer.rows
        if is_whole:
            tell_result(f"{shown}: whole already, {before:,} tasks")
            return ExitStatus.DONE
        total = planner.survey()
        if before:
            note(f"going on behind {before:,} tasks that are planned already")
        cost = asyncio.run(carry_on(total))
    now = f", {counts.total():,} of them now" if before else ""
    skipped = (f"{n:>11,}  skipped: {why}" for why, n in sorted(planner.skipped.items()))
    lines = [f"{shown}: {writer.rows:,} tasks planned{now}", *count_lines(counts), *skipped, *cost]
    if writer.rows:
        quoted = plain(shlex.quote(str(writer.path)))
        lines.append(f"next: naming rename show {quoted}, then naming rename apply {quoted}")
    tell_result(*lines)
    return ExitStatus.LEFT_OVER if left else ExitStatus.DONE


def _namer(work: Work, settings: Settings, calls: int, path: Path) -> Namer:
    if not work.asked.claude:
        return Namer(work, Reason.NOT_ASKED if settings.has_claude else Reason.NO_API_KEY)
    # The SDK takes most of a second to import.
    from naming.rename.claude_namer import BatchNamer, ClaudeNamer  # noqa: PLC0415

    if work.asked.batches:
        return BatchNamer(settings, work, path)
    gc.freeze()  # what is there stays, and looking through it takes a tenth of a second
    return ClaudeNamer(settings, work, calls)


def _path(given: argparse.Namespace, address: Address) -> Path:
    """Read where the plan is written. Raises BadInput."""
    if given.plan is None and not given.estimate:
        raise BadInput("--plan: must name the plan to write")
    path = Path(given.plan or "")
    with suppress(OSError):
        if path.samefile(address.target):
            raise BadInput("--plan: names the source itself; give another file")
    return path


def _asked(given: argparse.Namespace, settings: Settings) -> PlanSettings:
    """Read what is asked of the plan. Raises BadInput."""
    for name, value in vars(given).items():
        for text in value if isinstance(value, list) else [value]:
            if name != "source" and isinstance(text, str) and ("\x00" in text or not is_utf8(text)):
                raise BadInput(f"--{name.replace('_', '-')}: must be UTF-8 without a zero byte")
    if given.batches and given.no_claude:
        raise BadInput("--batches: asks Claude; leave out --no-claude or --batches")
    if len(given.context or "") > MAX_CONTEXT:
        raise BadInput(f"--context: must have at most {MAX_CONTEXT:,} characters")
    own_template = None if settings.template == BARE_TEXT else settings.template
    own_length = None if settings.max_length == MAX_NAME_LENGTH else settings.max_length
    length = _read("--max-length", whole(LEAST_LENGTH, MOST_LENGTH), given.max_length)
    as_given = "display_only shard table batches keep_good taken_from context match_display only"
    asked = PlanSettings(
        match="^task-" if given.match is None else given.match,
        claude=not given.no_claude,
        limit=_read("--limit", whole(1, 10**9), given.limit),
        columns=_columns(given.column),
        max_length=length or own_length,
        template=given.template or own_template,
        language=_read("--language", LANGUAGE, given.language) or settings.language,
        **{name: getattr(given, name) for name in as_given.split()},
    )
    asked.template_within()
    return asked


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


def _read(option: str, rule: SettingRule, text: str | None) -> Any:  # noqa: ANN401 # as it reads
    """Read the value of an option, where it is given. Raises BadInput."""
    try:
        return None if text is None else rule.read(text)
    except ValueError as error:
        raise BadInput(f"{option}: {error}") from None
