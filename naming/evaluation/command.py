"""The command `naming eval`: results on stdout, everything else on stderr."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from contextlib import closing

from naming.claude.reasons import Stopped
from naming.commands import ExitStatus
from naming.evaluation.inputs import InvalidInput, read_cases
from naming.evaluation.recording import Recording
from naming.evaluation.report import as_json, as_page, as_text, report
from naming.evaluation.running import WAITED_OUT, read_variants, run
from naming.evaluation.summary import Summary, compare
from naming.settings import Settings


def evaluate(given: argparse.Namespace, settings: Settings) -> int:
    """Evaluate; the result is the exit status."""
    try:
        return _evaluate(given, settings)
    except (InvalidInput, Stopped) as error:
        print(f"naming: {error}", file=sys.stderr)
        is_stopped = isinstance(error, Stopped)
        return ExitStatus.LEFT_OVER if is_stopped else ExitStatus.WRONG_USAGE


def _evaluate(given: argparse.Namespace, settings: Settings) -> ExitStatus:
    if given.record is not None and not settings.has_claude:
        raise InvalidInput("--record: needs ANTHROPIC_API_KEY")
    cases, replays = read_cases(given.cases, given.tag), given.replay is not None
    variants = read_variants(settings, given.prompt, given.model, replays=replays)
    with closing(Recording(given.replay, given.record)) as recording:
        results = asyncio.run(run(variants, cases, settings, recording, given.concurrency))
    summaries = [
        Summary(variant, cases, found, replayed=replays)
        for variant, found in zip(variants, results, strict=True)
    ]
    comparison = compare(*results) if len(results) > 1 else None
    if given.format == "json":
        sys.stdout.write(as_json(summaries, comparison))
    else:
        write = as_page if given.format == "html" else as_text
        sys.stdout.write(write(report(summaries, comparison)))
    return _tell_left_over(summaries)


def _tell_left_over(summaries: Sequence[Summary]) -> ExitStatus:
    """Say which cases were not judged as they should have been; the result is the exit status."""
    status = ExitStatus.DONE
    for summary in summaries:
        of = f" of {summary.variant.label}" if summary.variant.label else ""
        waited = [each.case.place for each in summary.named if each.outcome.reason in WAITED_OUT]
        for what, places in (
            ("the replay holds no reply", summary.missing),
            ("Claude gave no answer, however often it was asked,", waited),
        ):
            if places:
                status = ExitStatus.LEFT_OVER
                said = f"{what} for {len(places):,}{of}: {', '.join(places)}"
                print(f"naming: {said}", file=sys.stderr)
    return status
