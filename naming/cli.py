"""The door for people: what they type. Results go to standard output, talk to standard error."""

import argparse
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final, NoReturn

from naming import __version__
from naming.commands import Command, ExitStatus
from naming.private_errors import hide_messages, tell_plainly
from naming.rename.commands import add_commands
from naming.setting_rules import whole
from naming.settings import BadSetting, Settings, read_settings, settings_in_force
from naming.standard_streams import BrokenStream, discard_output, open_standard_streams


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the result is the exit status."""
    try:
        given = _parser().parse_args(arguments)
        options = vars(given).items()
        typed = {name: value for name, value in options if name in _SETTINGS and value is not None}
        status: int = given.run(given, read_settings(os.environ, typed))
        # Here, where a reader that has gone is no error, and not at exit, where it is one.
        sys.stdout.flush()
    except KeyboardInterrupt:
        return ExitStatus.INTERRUPTED
    except BrokenPipeError:  # whoever read our output has gone, as in `naming … | head`
        discard_output()
        return ExitStatus.DONE
    except (BadSetting, BrokenStream) as error:
        print(f"naming: {error}", file=sys.stderr)
        if isinstance(error, BrokenStream):
            discard_output()
        return ExitStatus.WRONG_USAGE
    return status


def run() -> NoReturn:
    """Run the command line and exit; a bug's message, which may quote a prompt, is not told."""
    open_standard_streams()
    hide_messages(tell_plainly, tell_plainly)
    sys.exit(main())


class _Parser(argparse.ArgumentParser):
    """Says what is wrong without repeating it: it may be a prompt without its quotes."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and exit."""
        super().error(_TYPED.sub("", message))

    def _check_value(self, action: argparse.Action, value: Any) -> None:  # noqa: ANN401 # as above
        if action.choices is not None and value not in action.choices:
            known = [*action.choices]
            told = f"invalid choice{_meant([value], known)}; there are {', '.join(known)}"
            raise argparse.ArgumentError(action, told)

    # Any, as the class above has it.
    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401
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


# What argparse repeats of what was typed.
_TYPED: Final = re.compile(r"(?s)(?<=ambiguous option:) .*(?= could match)|(?<=it argument) .*")
_SETTINGS: Final = ("host", "port", "url", "deadline_ms")  # that an option stands for
_PATHS: Final = ("FILE", "SOURCE", "PLAN", "CASES")  # are completed with the names of files


def _whole(least: int, most: int, text: str) -> int:
    try:
        return int(whole(least, most).read(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


_SEVERAL: Final = {"action": "append", "default": []}

COMMANDS: Final[Mapping[str, Command]] = {
    "serve": Command(
        "run the service",
        "naming.web.server.serve",
        {
            "--host HOST": "address to listen on (NAMING_HOST)",
            "--port PORT": "port to listen on (NAMING_PORT)",
            "--workers N": "processes (1)",
        },
        {"--workers": {"type": partial(_whole, 1, 64), "default": 1}},
    ),
    "name": Command(
        "name one task",
        "naming.name_command.command.print_names",
        {
            "prompt PROMPT": "the task's prompt; without it or with - standard input is read",
            "--lines": "name each line of standard input, one name a line",
            "--url URL": "ask the service that runs there (NAMING_URL)",
            "--json": "print both names, source and reason as JSON",
            "--taken A,B": "names in use; given, even empty: no random suffix",
            "--deadline-ms N": "how long to wait (NAMING_DEADLINE_MS)",
        },
        {"prompt": {"nargs": "?"}},
        "Name the task that PROMPT starts.",
    ),
    "eval": Command(
        "score the chain on labelled cases",
        "naming.evaluation.command.evaluate",
        {
            "cases CASES": "a JSON Lines file, a folder of them, or - for standard input",
            "--prompt FILE": "instructions instead of our own",
            "--model M": "a model instead of ANTHROPIC_MODEL",
            "--tag TAG": "only the cases with this tag",
            "--format FORMAT": "table (the default), json or html",
            "--record FILE": "add the replies to FILE, without the prompts",
            "--replay FILE": "take the replies from FILE and ask nothing; "
            "with --record, what is missing",
            "--concurrency N": "cases at a time (8)",
        },
        {
            "--prompt": _SEVERAL,
            "--model": _SEVERAL,
            "--tag": _SEVERAL,
            "--format": {"choices": ("table", "json", "html"), "default": "table"},
            "--concurrency": {"type": partial(_whole, 1, 256), "default": 8},
        },
        "Score the configured chain on labelled cases, or two sides: "
        "two --prompt files, or two --model.",
    ),
    "settings": Command(
        "what is in force and where it comes from; secrets hidden", "naming.cli.show_settings", {}
    ),
    "completion": Command(
        "print what completes commands and options in your shell",
        "naming.cli.print_completion",
        {"shell SHELL": "bash, zsh, fish or tcsh"},
        {"shell": {"choices": ("bash", "zsh", "fish", "tcsh")}},
        "Print a script for SHELL: `source <(naming completion bash)`.",
    ),
}


def _parser() -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = _Parser(
        prog="naming",
        description="Names for coding-agent tasks. "
        "Settings are environment variables: `naming settings` lists them.",
    )
    parser.add_argument("-V", "--version", action="version", version=f"naming {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for verb, command in COMMANDS.items():
        command.add_to(commands, verb)
    add_commands(commands)
    return parser


def show_settings(_given: argparse.Namespace, settings: Settings) -> int:
    """Print the settings in force."""
    print(settings_in_force(settings, os.environ))
    return ExitStatus.DONE


def print_completion(given: argparse.Namespace, _settings: Settings) -> int:
    """Print what completes commands, options and files in a shell."""
    import shtab  # noqa: PLC0415 # wanted only here

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
