"""The commands of `naming rename`: results on stdout, everything else on stderr."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from naming.exit_status import ExitStatus
from naming.rename.errors import BadInput, Stopped

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from naming.settings import Settings

FORMATS: Final = ("table", "csv", "jsonl", "html")


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `rename` and its own commands to the command line."""
    rename = commands.add_parser(
        "rename", help="give legacy tasks good names", description="Plan, look, apply, undo."
    )
    verbs = rename.add_subparsers(required=True, metavar="COMMAND")
    _add_plan(verbs.add_parser("plan", help="name every legacy task into a plan; changes nothing"))
    show = verbs.add_parser("show", help="what plans hold")
    show.add_argument(
        "plans", nargs="+", metavar="PLAN", help="a plan; several of one source are shown together"
    )
    show.add_argument(
        "--format", choices=FORMATS, default="table", help="table (the default), csv, jsonl or html"
    )
    show.add_argument("--all", action="store_true", help="every row in the table, not a sample")
    show.add_argument(
        "--with-prompts", action="store_true", help="the prompts too, read from the source"
    )
    show.add_argument(
        "--source", metavar="SOURCE", help="where the source is now, if not where the plan says"
    )
    show.set_defaults(run=_guarded(_show))
    for verb, does, run in (
        ("status", "how the batches of a plan are doing", _status),
        ("cancel", "end the batches of a plan early", _cancel),
    ):
        parser = verbs.add_parser(verb, help=does)
        parser.add_argument("plan", metavar="PLAN", help="a plan that was asked through batches")
        parser.set_defaults(run=_guarded(run))
    for verb, does, undo in (
        ("apply", "carry plans out", False),
        ("undo", "put the old names back", True),
    ):
        parser = verbs.add_parser(verb, help=does)
        parser.add_argument(
            "plans", nargs="+", metavar="PLAN", help="a plan; several of one source go together"
        )
        parser.add_argument(
            "--source", metavar="SOURCE", help="where the source is now, if not where the plan says"
        )
        if not undo:
            parser.add_argument(
                "--except",
                dest="excepted",
                metavar="FILE",
                help="leave the tasks of these ids as they are, one id a line",
            )
        parser.add_argument("--dry-run", action="store_true", help="only tell what would be done")
        parser.set_defaults(run=_guarded(_apply), undo=undo, verb=verb, excepted=None)


def _add_plan(plan: argparse.ArgumentParser) -> None:
    plan.add_argument(
        "source",
        metavar="SOURCE",
        help="tasks.csv, .tsv, .json or .jsonl, postgresql://… or sqlite:///…",
    )
    plan.add_argument("--plan", metavar="FILE", help="the plan to write, or to go on with")
    plan.add_argument("--table", metavar="NAME", help="the table of a database (tasks)")
    plan.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="FIELD=NAME",
        help="the column that holds a field",
    )
    plan.add_argument("--match", metavar="REGEX", help="which names are renamed (^task-)")
    plan.add_argument(
        "--match-display", metavar="REGEX", help="and whose old titles are like this (any)"
    )
    plan.add_argument(
        "--only",
        choices=["cut-titles"],
        help="and whose title is empty, or the beginning of the prompt, cut",
    )
    plan.add_argument(
        "--display-only",
        action="store_true",
        help="leave names as they are; set display names only",
    )
    plan.add_argument(
        "--taken-from",
        metavar="TABLE.COLUMN",
        help="another table of the database whose names are taken, by its owners if it has them",
    )
    plan.add_argument("--max-length", metavar="N", help="make no name longer than N (32)")
    plan.add_argument("--limit", metavar="N", help="plan no more than N tasks")
    plan.add_argument(
        "--shard", metavar="I/N", help="plan the owners of part I of N only, I from 0"
    )
    plan.add_argument(
        "--no-claude", action="store_true", help="name by the prompts' own words, for free"
    )
    plan.add_argument(
        "--batches",
        action="store_true",
        help="ask through Message Batches: half the price, within a day",
    )
    plan.add_argument(
        "--keep-good",
        action="store_true",
        help="keep words that are good already; ask about the rest",
    )
    plan.add_argument(
        "--concurrency", metavar="N", help="calls to Claude at a time (NAMING_MAX_CONCURRENT_CALLS)"
    )
    plan.add_argument(
        "--estimate", action="store_true", help="tell tasks, tokens and cost; ask and write nothing"
    )
    plan.set_defaults(run=_guarded(_plan))


def _guarded(
    command: Callable[[argparse.Namespace, Settings], int],
) -> Callable[[argparse.Namespace, Settings], int]:
    """Turn the ways to end early into a line and a status."""

    def run(given: argparse.Namespace, settings: Settings) -> int:
        try:
            with ended_as_by_ctrl_c():
                return command(given, settings)
        except BadInput as error:
            _tell(error)
            return ExitStatus.WRONG_USAGE
        except Stopped as error:
            _tell(error)
            return ExitStatus.LEFT_OVER

    return run


def _tell(error: Exception) -> None:
    from naming.rename.terminal import Terminal  # noqa: PLC0415 # `--help` need not wait for it

    Terminal().note(str(error))


def _plan(given: argparse.Namespace, settings: Settings) -> int:
    from naming.rename.plan_command import plan  # noqa: PLC0415 # slow; others need it not

    return plan(given, settings)


def _show(given: argparse.Namespace, _settings: Settings) -> int:
    from naming.rename.show import show  # noqa: PLC0415

    return show(given)


def _status(given: argparse.Namespace, settings: Settings) -> int:
    from naming.rename.batches.status_command import status  # noqa: PLC0415

    return status(given, settings)


def _cancel(given: argparse.Namespace, settings: Settings) -> int:
    from naming.rename.batches.status_command import cancel  # noqa: PLC0415

    return cancel(given, settings)


def _apply(given: argparse.Namespace, _settings: Settings) -> int:
    from naming.rename.apply_command import apply_plans  # noqa: PLC0415

    return apply_plans(given)


ENDINGS: Final = (signal.SIGTERM, signal.SIGHUP)


@contextmanager
def ended_as_by_ctrl_c() -> Iterator[None]:
    """Take the signals to end for Ctrl-C, but for those that are ignored, as `nohup` has it."""
    if threading.current_thread() is not threading.main_thread():
        yield  # no other thread may set signal handlers
        return
    heard = [ending for ending in ENDINGS if signal.getsignal(ending) is not signal.SIG_IGN]
    before = {ending: signal.signal(ending, _interrupt) for ending in heard}
    try:
        yield
    finally:
        for ending, handler in before.items():
            signal.signal(ending, handler)


def _interrupt(*_: object) -> None:
    # A script's background processes ignore Ctrl-C.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    # Not simply an exception: the event loop handles this signal itself.
    signal.raise_signal(signal.SIGINT)
