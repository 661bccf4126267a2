"""The door for people: `naming serve`, `naming name` and what else they type.

Results on stdout, talk on stderr.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from typing import TYPE_CHECKING, Any, Final, NoReturn

from naming.evaluation.command import add_command
from naming.exit_status import ExitStatus
from naming.private_errors import PlainErrorLog, hide_messages
from naming.rename.commands import add_commands
from naming.standard_streams import BrokenStream, discard_output, open_standard_streams

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
    """Run the command line and exit. A bug is told by its kind and its place.

    Its message may quote a prompt.
    """
    open_standard_streams()
    hide_messages(PlainErrorLog())
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
    options = {"host": getattr(given, "host", None), "port": getattr(given, "port", None)}
    return {field: value for field, value in options.items() if value is not None}


class _Parser(argparse.ArgumentParser):
    """Says what is wrong without repeating it.

    A prompt without its quotes is the likeliest mistake.
    """

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and exit."""
        for quoted, said in _QUOTED:
            message = quoted.sub(said, message)
        super().error(message)

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """Exit once what was asked for is written, or cannot be."""
        sys.stdout.flush()
        super().exit(status, message)


_QUOTED: Final = (
    (
        re.compile(r"(unrecognized arguments): .*", re.DOTALL),
        r"\1; a PROMPT of several words stands in quotes",
    ),
    (re.compile(r"(invalid choice): .* (\(choose from )", re.DOTALL), r"\1 \2"),
    (re.compile(r"(ambiguous option): .* could match", re.DOTALL), r"\1: could match"),
    (re.compile(r"(ignored explicit argument) .*", re.DOTALL), r"\1"),
)
"""Where argparse repeats what was typed."""


def _parser() -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = _Parser(
        prog="naming",
        description="Names for coding-agent tasks. "
        "Settings are environment variables; see the README.",
    )
    parser.add_argument("--version", action=_Version, help="print the version and exit")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="run the service")
    serve.add_argument("--host", help="address to listen on (NAMING_HOST)")
    serve.add_argument("--port", help="port to listen on (NAMING_PORT)")
    serve.add_argument(
        "--workers", type=_whole(1, 64), default=1, metavar="N", help="processes (1)"
    )
    serve.set_defaults(run=_serve)

    name = commands.add_parser(
        "name", help="name one task", description="Name the task that PROMPT starts."
    )
    name.add_argument(
        "prompt", metavar="PROMPT", help="the task's prompt; - reads it from standard input"
    )
    name.add_argument(
        "--json", action="store_true", help="print both names, source and reason as JSON"
    )
    name.add_argument(
        "--taken", metavar="A,B", help="names in use; given, even empty: no random suffix"
    )
    name.add_argument(
        "--deadline-ms",
        type=_whole(0, 60_000),
        metavar="N",
        help="how long to wait (NAMING_DEADLINE_MS)",
    )
    name.set_defaults(run=_name)

    add_commands(commands)
    add_command(commands)
    return parser


class _Version(argparse.Action):
    """Prints the installed version; looking it up takes a while, so only then."""

    def __init__(self, option_strings: Sequence[str], dest: str, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(option_strings, dest, nargs=0, **kwargs)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from importlib.metadata import version  # noqa: PLC0415

        print(f"naming {version('task-naming')}")
        parser.exit()


def _whole(least: int, most: int) -> Callable[[str], int]:
    def whole_number(text: str) -> int:
        if not (
            text.isascii() and text.isdecimal() and len(text) <= 9 and least <= int(text) <= most  # noqa: PLR2004
        ):
            message = f"must be a whole number from {least} to {most}"
            raise argparse.ArgumentTypeError(message)
        return int(text)

    return whole_number


# Each command imports what it needs when it runs: `naming name` needs no server, and `--help`
# neither settings nor names.


def _serve(given: argparse.Namespace, settings: Settings) -> int:
    from naming.web.server import serve  # noqa: PLC0415 # as above

    return serve(settings, given.workers)


def _name(given: argparse.Namespace, settings: Settings) -> int:
    from naming.name_command import print_name  # noqa: PLC0415 # as above

    return print_name(given, settings)
