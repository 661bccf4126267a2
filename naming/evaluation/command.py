"""The command `naming eval`: results on stdout, talk on stderr."""

from __future__ import annotations

import argparse
import asyncio
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from naming.evaluation.running import Result
    from naming.evaluation.sides import Side
    from naming.evaluation.summary import Comparison, Summary
    from naming.settings import Settings

DONE: Final = 0
LEFT_OVER: Final = 1
WRONG_INPUT: Final = 2

FORMATS: Final = ("table", "json", "html")
USUAL_CALLS: Final = 8
MOST_CALLS: Final = 256


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `eval` to the command line."""
    parser = commands.add_parser(
        "eval",
        help="score the chain on labelled cases",
        description="Score the configured chain on labelled cases, or two sides: two --prompt files, or two --model.",
    )
    parser.add_argument(
        "cases",
        metavar="CASES",
        help="a JSON Lines file, a folder of them, or - for standard input",
    )
    parser.add_argument(
        "--prompt",
        action="append",
        default=[],
        metavar="FILE",
        help="instructions instead of our own",
    )
    parser.add_argument(
        "--model",
        action="append",
        default=[],
        metavar="M",
        help="a model instead of ANTHROPIC_MODEL",
    )
    parser.add_argument(
        "--tag", action="append", default=[], metavar="TAG", help="only the cases with this tag"
    )
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
    if not (
        text.isascii() and text.isdecimal() and len(text) <= 4 and 1 <= int(text) <= MOST_CALLS  # noqa: PLR2004
    ):
        message = f"must be a whole number from 1 to {MOST_CALLS}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def evaluate(given: argparse.Namespace, settings: Settings) -> int:
    """Evaluate; the result is the exit status."""
    from naming.claude.tape import BadTape  # noqa: PLC0415 # other commands should not wait for these imports
    from naming.evaluation.trouble import BadInput, Stopped  # noqa: PLC0415

    try:
        return _evaluate(given, settings)
    except (BadInput, BadTape) as error:
        print(f"naming: {error}", file=sys.stderr)
        return WRONG_INPUT
    except Stopped as error:
        print(f"naming: {error}", file=sys.stderr)
        return LEFT_OVER


def _evaluate(given: argparse.Namespace, settings: Settings) -> int:
    from naming.claude.tape import Tape  # noqa: PLC0415
    from naming.evaluation.cases import read_cases  # noqa: PLC0415
    from naming.evaluation.running import run  # noqa: PLC0415
    from naming.evaluation.sides import read_sides  # noqa: PLC0415
    from naming.evaluation.summary import compare, summarize  # noqa: PLC0415
    from naming.evaluation.trouble import BadInput  # noqa: PLC0415

    if given.record is not None and settings.anthropic_api_key is None:
        raise BadInput("--record: needs ANTHROPIC_API_KEY")
    cases = read_cases(given.cases, given.tag)
    sides = read_sides(settings, given.prompt, given.model, replays=given.replay is not None)
    with Tape(given.replay, given.record) as tape:
        results = asyncio.run(run(sides, cases, settings, tape, given.concurrency))
    summaries = [
        summarize(side, found, replayed=given.replay is not None)
        for side, found in zip(sides, results, strict=True)
    ]
    sys.stdout.write(
        _written(given.format, summaries, compare(*results) if len(results) > 1 else None)
    )
    return _tell_left_over(sides, results)


def _written(format_: str, summaries: Sequence[Summary], comparison: Comparison | None) -> str:
    if format_ == "html":
        from naming.evaluation.page import page  # noqa: PLC0415

        return page(summaries, comparison)
    if format_ == "json":
        from naming.evaluation.data import as_json  # noqa: PLC0415

        return as_json(summaries, comparison) + "\n"
    from naming.evaluation.table import table  # noqa: PLC0415

    return "".join(f"{line}\n" for line in table(summaries, comparison))


def _tell_left_over(sides: Sequence[Side], results: Sequence[Sequence[Result]]) -> int:
    """Say which cases were not judged as they should have been; the result is the exit status."""
    from naming.evaluation.asking import WAITED_OUT  # noqa: PLC0415

    status = DONE
    for side, found in zip(sides, results, strict=True):
        of = f" of {side.label}" if side.label else ""
        missing = [each.case.place for each in found if each.outcome is None]
        unlucky = [
            each.case.place
            for each in found
            if each.outcome is not None and each.outcome.reason in WAITED_OUT
        ]
        for places, what in (
            (missing, "the replay holds no reply"),
            (unlucky, "Claude gave no answer, however often it was asked,"),
        ):
            if places:
                status = LEFT_OVER
                print(
                    f"naming: {what} for {len(places):,}{of}: {', '.join(places)}", file=sys.stderr
                )
    return status
