"""The commands of `naming rename`: results on stdout, everything else on stderr."""

import argparse
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

from naming.commands import Command, ExitStatus
from naming.settings import Settings

_SOURCE: Final = {"--source SOURCE": "where the source is now, if not where the plan says"}
_DRY_RUN: Final = {"--dry-run": "only tell what would be done"}
_PLANS: Final = {"plans PLAN": "a plan; several of one source go together"}
_PLAN: Final = {"plan PLAN": "a plan that was asked through batches"}
_ODD: Final[Mapping[str, dict[str, Any]]] = {
    "plans": {"nargs": "+"},
    "--column": {"action": "append", "default": []},
    "--only": {"choices": ["cut-titles"]},
    "--format": {"choices": ["table", "csv", "jsonl", "html"], "default": "table"},
    "--except": {"dest": "excepted"},
}

COMMANDS: Final[Mapping[str, Command]] = {
    "plan": Command(
        "name every legacy task into a plan; changes nothing",
        "naming.rename.plan_command.plan",
        {
            "source SOURCE": "tasks.csv, .tsv, .json or .jsonl, postgresql://… or sqlite:///…",
            "--plan FILE": "the plan to write, or to go on with",
            "--table NAME": "the table of a database (tasks)",
            "--column FIELD=NAME": "the column that holds a field",
            "--match REGEX": "which names are renamed (^task-)",
            "--match-display REGEX": "and whose old titles are like this (any)",
            "--only cut-titles": "and whose title is empty, or the beginning of the prompt, cut",
            "--display-only": "leave names as they are; set display names only",
            "--taken-from TABLE.COLUMN": (
                "another table of the database whose names are taken, by its owners if it has them"
            ),
            "--max-length N": "make no name longer than N (32)",
            "--template TEXT": "how names are put together (NAMING_TEMPLATE)",
            "--language TAG": "the language of display names (NAMING_LANGUAGE)",
            "--context TEXT": "what is known of all tasks, beside their prompts",
            "--limit N": "plan no more than N tasks",
            "--shard I/N": "plan the owners of part I of N only, I from 0",
            "--no-claude": "name by the prompts' own words, for free",
            "--batches": "ask through Message Batches: half the price, within a day",
            "--keep-good": "keep words that are good already; ask about the rest",
            "--concurrency N": "calls to Claude at a time (NAMING_MAX_CONCURRENT_CALLS)",
            "--estimate": "tell tasks, tokens and cost; ask and write nothing",
        },
        _ODD,
    ),
    "show": Command(
        "what plans hold",
        "naming.rename.show.show",
        {
            **_PLANS,
            "--format FORMAT": "table (the default), csv, jsonl or html",
            "--all": "every row in the table, not a sample",
            "--with-prompts": "the prompts too, read from the source",
            **_SOURCE,
        },
        _ODD,
    ),
    "status": Command(
        "how the batches of a plan are doing", "naming.rename.status_command.status", _PLAN
    ),
    "cancel": Command(
        "end the batches of a plan early", "naming.rename.status_command.cancel", _PLAN
    ),
    "apply": Command(
        "carry plans out",
        "naming.rename.apply_command.apply_plans",
        {
            **_PLANS,
            **_SOURCE,
            "--except FILE": "leave the tasks of these ids as they are, one id a line",
            **_DRY_RUN,
        },
        _ODD,
    ),
    "undo": Command(
        "put the old names back",
        "naming.rename.apply_command.apply_plans",
        {**_PLANS, **_SOURCE, **_DRY_RUN},
        _ODD,
    ),
}


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `rename` and its own commands to the command line."""
    rename = commands.add_parser(
        "rename", help="give legacy tasks good names", description="Plan, look, apply, undo."
    )
    verbs = rename.add_subparsers(required=True, metavar="COMMAND")
    for verb, command in COMMANDS.items():
        parser = command.add_to(verbs, verb)
        parser.set_defaults(run=partial(run, command), undo=verb == "undo", excepted=None)


def run(command: Command, given: argparse.Namespace, settings: Settings) -> int:
    """Run a command, with a line and a status where it ends early."""
    # `--help` need not wait for it.
    from naming.rename.terminal import BadInput, Stopped, note  # noqa: PLC0415

    try:
        with ended_as_by_ctrl_c():
            return command.run(given, settings)
    except (BadInput, Stopped) as error:
        note(str(error))
        return ExitStatus.WRONG_USAGE if isinstance(error, BadInput) else ExitStatus.LEFT_OVER


@contextmanager
def ended_as_by_ctrl_c() -> Iterator[None]:
    """Take the signals to end for Ctrl-C, but for those that are ignored, as `nohup` has it."""
    endings = (signal.SIGTERM, signal.SIGHUP)
    heard = [ending for ending in endings if signal.getsignal(ending) is not signal.SIG_IGN]
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
