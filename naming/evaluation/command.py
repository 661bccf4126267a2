"""The command `naming eval`: results on stdout, everything else on stderr."""

import argparse
import asyncio
import sys
from collections.abc import Sequence

from naming.claude.reasons import Stopped
from naming.commands import ExitStatus
from naming.evaluation.inputs import InvalidInput, read_cases
from naming.evaluation.recording import Recording
from naming.evaluation.report import WRITERS
from naming.evaluation.running import WAITED_OUT, read_variants, run
from naming.evaluation.summary import Summary
from naming.settings import Settings


def evaluate(given: argparse.Namespace, settings: Settings) -> int:
    """Evaluate; the result is the exit status."""
    try:
        return _evaluate(given, settings)
    except (InvalidInput, Stopped) as error:
        print(f"naming: {error}", file=sys.stderr)
        return ExitStatus.WRONG_USAGE if isinstance(error, InvalidInput) else ExitStatus.LEFT_OVER


def _evaluate(given: argparse.Namespace, settings: Settings) -> ExitStatus:
    if given.record is not None and not settings.has_claude:
        raise InvalidInput("--record: needs ANTHROPIC_API_KEY")
    cases, replays = read_cases(given.cases, given.tag), given.replay is not None
    variants = read_variants(settings, given.prompt, given.model, replays=replays)
    recording = Recording(given.replay, given.record)
    with recording.file:
        results = asyncio.run(run(variants, cases, settings, recording, given.concurrency))
    summaries = [
        Summary(variant, cases, found, replayed=replays)
        for variant, found in zip(variants, results, strict=True)
    ]
    sys.stdout.write(WRITERS[given.format](summaries))
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
                status, told = ExitStatus.LEFT_OVER, f"{len(places):,}{of}: {', '.join(places)}"
                print(f"naming: {what} for {told}", file=sys.stderr)
    return status
