"""What a command is: what it does, what it is given, what runs it, and how it may end."""

from collections.abc import Mapping
from enum import IntEnum
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from naming.settings import Settings

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction


class ExitStatus(IntEnum):
    """How a command ended, as a shell reads it."""

    DONE = 0
    LEFT_OVER = 1  # done, but for rows or cases that are listed on standard error
    WRONG_USAGE = 2  # wrong arguments, settings or input; nothing was changed
    INTERRUPTED = 130  # as a shell reports a program ended by Ctrl-C (128 + SIGINT)


class Command(NamedTuple):
    """A command of the command line."""

    does: str
    function: str  # by its module, which is imported when it is to run
    takes: Mapping[str, str]  # each with its help; a second word stands for the value
    odd: Mapping[str, Mapping[str, Any]] = {}  # what some of them are besides a text or a switch
    about: str | None = None

    def add_to(self, commands: "_SubParsersAction[ArgumentParser]", verb: str) -> "ArgumentParser":
        """Make it one of `commands`, and give its parser."""
        parser = commands.add_parser(verb, help=self.does, description=self.about)
        for written, does in self.takes.items():
            name, _, value = written.partition(" ")
            kind: dict[str, Any] = {"metavar": value} if value else {"action": "store_true"}
            parser.add_argument(name, help=does, **kind, **self.odd.get(name, {}))
        parser.set_defaults(run=self.run, fail=parser.error)
        return parser

    def run(self, given: "Namespace", settings: Settings) -> int:
        """Run it; the result is the exit status."""
        module, _, name = self.function.rpartition(".")
        status: int = getattr(import_module(module), name)(given, settings)
        return status
