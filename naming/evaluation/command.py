"""The command `naming eval`: results on stdout, everything else on stderr."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Final

from naming.exit_status import ExitStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from naming.evaluation.running import Result, Variant
    from naming.evaluation.summary import Comparison, Summary
    from naming.settings import Settings

FORMATS: Final = ("table", "json", "html")
USUAL_CALLS: Final = 8
MOST_CALLS: Final = 256


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `eval` to the command line."""
    parser = commands.add_parser(
        "eval",
        help="score the chain on labelled cases",
        description="Score the configured chain on labelled cases, or two sides: "
        "two --prompt files, or two --model.",
    )
    parser.add_argument(
        "cases",
        metavar="CASES",
        help="a JSON Lines file, a folder of them, or - for standard input",
    )
    for option, metavar, told in (
        ("--prompt", "FILE", "instructions instead of our own"),
        ("--model", "M", "a model instead of ANTHROPIC_MODEL"),
        ("--tag", "TAG", "only the cases with this tag"),
    ):
        parser.add_argument(option, action="append", default=[], metavar=metavar, help=told)
    parser.add_argument(
        "--format", choices=FORMATS, default="table", help="table (the default), json or html"
    )
    parser.add_argument(
        "--record", metavar="FILE", help="add the replies to FILE, without the prompts"
    )
    parser.add_argument(
        "--replay",
        metavar="FILE",
        help="take the replies from FILE and ask nothing; with --record, ask what is missing",
    )
    parser.add_argument(
        "--concurrency",
        type=_calls,
        default=USUAL_CALLS,
        metavar="N",
        help=f"cases at a time ({USUAL_CALLS})",
    )
    parser.set_defaults(run=evaluate)


def _calls(text: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) <= len(str(MOST_CALLS)) + 1:
        calls = int(text)
        if 1 <= calls <= MOST_CALLS:
            return calls
    message = f"must be a whole number from 1 to {MOST_CALLS}"
    raise argparse.ArgumentTypeError(message)


# The modules below are imported where they are used: the other commands should not wait for them.


def evaluate(given: argparse.Namespace, settings: Settings) -> int:
    """Evaluate; the result is the exit status."""
    from naming.claude.reasons import Stopped  # noqa: PLC0415
    from naming.evaluation.inputs import InvalidInput  # noqa: PLC0415

    try:
        return _evaluate(given, settings)
    except InvalidInput as error:
        print(f"naming: {error}", file=sys.stderr)
        return ExitStatus.WRONG_USAGE
    except Stopped as error:
        print(f"naming: {error}", file=sys.stderr)
        return ExitStatus.LEFT_OVER


def _evaluate(given: argparse.Namespace, settings: Settings) -> ExitStatus:
    import asyncio  # noqa: PLC0415

    from naming.evaluation.inputs import InvalidInput, read_cases  # noqa: PLC0415
    from naming.evaluation.recording import Recording  # noqa: PLC0415
    from naming.evaluation.running import read_variants, run  # noqa: PLC0415
    from naming.evaluation.summary import compare, summarize  # noqa: PLC0415

    if given.record is not None and not settings.has_claude:
        raise InvalidInput("--record: needs ANTHROPIC_API_KEY")
    cases, replays = read_cases(given.cases, given.tag), given.replay is not None
    variants = read_variants(settings, given.prompt, given.model, replays=replays)
    with Recording(given.replay, given.record) as recording:
        results = asyncio.run(run(variants, cases, settings, recording, given.concurrency))
    summaries = [
        summarize(variant, found, replayed=replays)
        for variant, found in zip(variants, results, strict=True)
    ]
    comparison = compare(*results) if len(results) > 1 else None
    sys.stdout.write(_written(given.format, summaries, comparison))
    return _tell_left_over(variants, results)


def _written(format_: str, summaries: Sequence[Summary], comparison: Comparison | None) -> str:
    from naming.evaluation.report import as_json, as_page, as_text, report  # noqa: PLC0415

    if format_ == "json":
        return as_json(summaries, comparison) + "\n"
    parts = report(summaries, comparison, detailed=format_ == "html")
    return as_page(parts) if format_ == "html" else as_text(parts)


def _tell_left_over(variants: Sequence[Variant], results: Sequence[Sequence[Result]]) -> ExitStatus:
    """Say which cases were not judged as they should have been; the result is the exit status."""
    from naming.evaluation.running import WAITED_OUT  # noqa: PLC0415

    status = ExitStatus.DONE
    for variant, found in zip(variants, results, strict=True):
        of = f" of {variant.label}" if variant.label else ""
        missing, unlucky = [], []
        for each in found:
            if each.outcome is None:
                missing.append(each.case.place)
            elif each.outcome.reason in WAITED_OUT:
                unlucky.append(each.case.place)
        for places, what in (
            (missing, "the replay holds no reply"),
            (unlucky, "Claude gave no answer, however often it was asked,"),
        ):
            if places:
                status = ExitStatus.LEFT_OVER
                listed = ", ".join(places)
                print(f"naming: {what} for {len(places):,}{of}: {listed}", file=sys.stderr)
    return status
