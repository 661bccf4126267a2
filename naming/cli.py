"""The door for people: what they type. Results go to standard output, talk to standard error."""

from __future__ import annotations

import argparse
import os
import re
import sys
from typing import TYPE_CHECKING, Any, Final, NoReturn

from naming import __version__
from naming.exit_status import ExitStatus
from naming.private_errors import hide_messages, tell_plainly
from naming.rename.commands import add_commands
from naming.setting_rules import whole
from naming.standard_streams import BrokenStream, discard_output, open_standard_streams

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from naming.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the result is the exit status."""
    try:
        status = _run(_parser().parse_args(arguments))
        # Here, where a reader that has gone is no error, and not at exit, where it is one.
        sys.stdout.flush()
    except KeyboardInterrupt:
        return ExitStatus.INTERRUPTED
    except BrokenPipeError:  # whoever read our output has gone, as in `naming … | head`
        discard_output()
        return ExitStatus.DONE
    except BrokenStream as error:
        print(f"naming: {error}", file=sys.stderr)
        discard_output()
        return ExitStatus.WRONG_USAGE
    return status


def run() -> NoReturn:
    """Run the command line and exit; a bug's message, which may quote a prompt, is not told."""
    open_standard_streams()
    hide_messages(tell_plainly, tell_plainly)
    sys.exit(main())


def _run(given: argparse.Namespace) -> int:
    # Not for `--version` and `--help`: what checks the settings takes a while to import.
    from naming.settings import BadSetting, read_settings  # noqa: PLC0415

    try:
        status: int = given.run(given, read_settings(os.environ, _overrides(given)))
    except BadSetting as error:
        print(f"naming: {error}", file=sys.stderr)
        return ExitStatus.WRONG_USAGE
    return status


def _overrides(given: argparse.Namespace) -> dict[str, str]:
    options = {field: getattr(given, field, None) for field in ("host", "port", "url")}
    return {field: value for field, value in options.items() if value is not None}


class _Parser(argparse.ArgumentParser):
    """Says what is wrong without repeating it: it may be a prompt without its quotes."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and exit."""
        if (choice := _CHOICE.search(message)) is not None:
            message = f"invalid choice{_meant([choice[1]], _WORD.findall(choice[2]))}"
            message += f"; there are {choice[2]}"
        for quoted, said in _QUOTED:
            message = quoted.sub(said, message)
        super().error(message)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401 # as the class above has it
        """Parse what is known; anything else is refused here, where this command's options are."""
        parsed, unknown = super().parse_known_args(args, namespace)
        if unknown:
            options = [option for action in self._actions for option in action.option_strings]
            typed = [word.partition("=")[0] for word in unknown if word.startswith("-")]
            meant = _meant(typed, options)
            super().error(f"unrecognized arguments{meant or '; a PROMPT of words needs quotes'}")
        return parsed, unknown

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """Exit once what was asked for is written, or cannot be."""
        sys.stdout.flush()
        super().exit(status, message)


def _meant(typed: list[str], known: list[str]) -> str:
    """Ask whether one of the words that there are was meant; empty where none is close."""
    from difflib import get_close_matches  # noqa: PLC0415 # wanted only here

    found = [close for word in typed for close in get_close_matches(word, known, n=1)]
    return f"; did you mean {found[0]}?" if found else ""


_CHOICE: Final = re.compile(r"invalid choice: '(.*)' \(choose from (.*)\)", re.DOTALL)
_WORD: Final = re.compile(r"[\w-]+")
_QUOTED: Final = (
    (re.compile(r"(ambiguous option): .* could match", re.DOTALL), r"\1: could match"),
    (re.compile(r"(ignored explicit argument) .*", re.DOTALL), r"\1"),
)
"""Where argparse repeats what was typed."""


_SHELLS: Final = ("bash", "zsh", "fish", "tcsh")
_PATHS: Final = frozenset({"FILE", "SOURCE", "PLAN", "CASES"})
"""What is completed with the names of files."""


_SERVE: Final = {
    "--host HOST": "address to listen on (NAMING_HOST)",
    "--port PORT": "port to listen on (NAMING_PORT)",
    "--workers N": "processes (1)",
}
_NAME: Final = {
    "--url URL": "ask the service that runs there (NAMING_URL)",
    "--json": "print both names, source and reason as JSON",
    "--taken A,B": "names in use; given, even empty: no random suffix",
    "--deadline-ms N": "how long to wait (NAMING_DEADLINE_MS)",
}
_EVAL: Final = {
    "--prompt FILE": "instructions instead of our own",
    "--model M": "a model instead of ANTHROPIC_MODEL",
    "--tag TAG": "only the cases with this tag",
    "--format FORMAT": "table (the default), json or html",
    "--record FILE": "add the replies to FILE, without the prompts",
    "--replay FILE": "take the replies from FILE and ask nothing; with --record, what is missing",
    "--concurrency N": "cases at a time (8)",
}


def _add_options(
    to: argparse._ActionsContainer,
    options: Mapping[str, str],
    odd: Mapping[str, dict[str, Any]] | None = None,
) -> None:
    """Add options, each with its help. A second word stands for the option's value."""
    for option, does in options.items():
        name, _, value = option.partition(" ")
        kind: dict[str, Any] = {"metavar": value} if value else {"action": "store_true"}
        to.add_argument(name, help=does, **kind, **(odd or {}).get(name, {}))


def _parser() -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = _Parser(
        prog="naming",
        description="Names for coding-agent tasks. "
        "Settings are environment variables: `naming settings` lists them.",
    )
    about = "print the version and exit"
    version = f"naming {__version__}"
    parser.add_argument("-V", "--version", action="version", version=version, help=about)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="run the service")
    _add_options(serve, _SERVE, {"--workers": {"type": _whole(1, 64), "default": 1}})
    serve.set_defaults(run=_serve)

    name = commands.add_parser(
        "name", help="name one task", description="Name the task that PROMPT starts."
    )
    what = name.add_mutually_exclusive_group()
    without = "the task's prompt; without it or with - standard input is read"
    what.add_argument("prompt", metavar="PROMPT", nargs="?", help=without)
    _add_options(what, {"--lines": "name each line of standard input, one name a line"})
    _add_options(name, _NAME, {"--deadline-ms": {"type": _whole(0, 60_000)}})
    name.set_defaults(run=_name, fail=name.error)

    add_commands(commands)
    evaluation = commands.add_parser(
        "eval",
        help="score the chain on labelled cases",
        description="Score the configured chain on labelled cases, or two sides: "
        "two --prompt files, or two --model.",
    )
    cases = "a JSON Lines file, a folder of them, or - for standard input"
    evaluation.add_argument("cases", metavar="CASES", help=cases)
    several = {"action": "append", "default": []}
    odd: dict[str, dict[str, Any]] = dict.fromkeys(("--prompt", "--model", "--tag"), several)
    odd["--format"] = {"choices": ("table", "json", "html"), "default": "table"}
    odd["--concurrency"] = {"type": _whole(1, 256), "default": 8}
    _add_options(evaluation, _EVAL, odd)
    evaluation.set_defaults(run=_evaluate)
    commands.add_parser(
        "settings", help="what is in force and where it comes from; secrets hidden"
    ).set_defaults(run=_settings)
    completion = commands.add_parser(
        "completion",
        help="print what completes commands and options in your shell",
        description="Print a script for SHELL: `source <(naming completion bash)`.",
    )
    completion.add_argument("shell", metavar="SHELL", choices=_SHELLS, help=", ".join(_SHELLS))
    completion.set_defaults(run=_completion)
    return parser


def _whole(least: int, most: int) -> Callable[[str], int]:
    def whole_number(text: str) -> int:
        try:
            number: int = whole(least, most).read(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None
        return number

    return whole_number


# Each command imports what it needs when it runs: `naming name` needs no server, and `--help`
# neither settings nor names.


def _serve(given: argparse.Namespace, settings: Settings) -> int:
    from naming.web.server import serve  # noqa: PLC0415 # as above

    return serve(settings, given.workers)


def _name(given: argparse.Namespace, settings: Settings) -> int:
    from naming.name_command.command import print_names  # noqa: PLC0415 # as above

    if not given.lines and given.prompt is None:
        if sys.stdin.isatty():
            given.fail("PROMPT is required where standard input is a terminal")
        given.prompt = "-"
    return print_names(given, settings)


def _evaluate(given: argparse.Namespace, settings: Settings) -> int:
    from naming.evaluation.command import evaluate  # noqa: PLC0415 # as above

    return evaluate(given, settings)


def _settings(_given: argparse.Namespace, settings: Settings) -> int:
    from naming.settings import settings_in_force  # noqa: PLC0415 # as above

    print(settings_in_force(settings, os.environ))
    return ExitStatus.DONE


def _completion(given: argparse.Namespace, _settings: Settings) -> int:
    import shtab  # noqa: PLC0415 # as above

    parser = _parser()
    for action in _actions(parser):
        if action.metavar in _PATHS:
            action.complete = shtab.FILE  # type: ignore[attr-defined] # where shtab looks for it
    print(shtab.complete(parser, shell=given.shell))
    return ExitStatus.DONE


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:  # noqa: SLF001 # argparse has no other name for them
        yield action
        if isinstance(action.choices, dict):
            for command in action.choices.values():
                yield from _actions(command)
