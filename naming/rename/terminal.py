"""What the operator is told: lines and a bar on standard error, errors, text safe to print."""

import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from tqdm import tqdm

from naming.claude.reasons import Stopped as Stopped  # noqa: PLC0414 # as one of these errors
from naming.standard_streams import discard_output
from naming.text.characters import is_shown, needed_joiners


class BadInput(Exception):
    """What was given cannot be used; nothing was changed. The message says where."""


class Overdue(Stopped):
    """A statement took longer than it may, or had to wait for a lock."""


def say(line: str) -> None:
    """Say one line, beside a bar if there is one."""
    tqdm.write(plain(line), file=sys.stderr)  # it may name a file


def note(line: str) -> None:
    """Say one line about the run itself."""
    say(f"naming: {line}")


def tell_result(*lines: str) -> None:
    """Print what came of work that is done, else say it. Raises Stopped, but not for `| head`."""
    try:
        print(*lines, sep="\n", flush=True)
    except OSError as error:
        discard_output()
        for line in lines:
            say(line)
        if not isinstance(error, BrokenPipeError):
            raise Stopped(str(error)) from None


def progress(items: Iterable[Any], total: int | None, done: int = 0) -> "tqdm[Any]":
    """Give a bar of tasks, seen on a terminal: it gives the `items`, or `update` moves it on."""
    shown: Any = {"unit": " tasks", "file": sys.stderr, "dynamic_ncols": True, "disable": None}
    return tqdm(items, total=total, initial=done, **shown)


@contextmanager
def saying_how_far(so_far: Callable[[], str]) -> Iterator[None]:
    """Have whatever ends the work early say how far it came. Raises Stopped."""
    try:
        yield
    except KeyboardInterrupt:
        note(f"interrupted; {so_far()}; the same command goes on")
        raise
    except (sqlite3.OperationalError, Stopped) as error:
        why = str(error)
        if not isinstance(error, Stopped):
            why = f"the scratch space on disk cannot be used: {why} (TMPDIR says where it is)"
        raise Stopped(f"{why}; {so_far()}; the same command goes on") from error


def plain(text: str) -> str:
    """Write whatever is invisible, or a command to a terminal, as Python writes it in a string."""
    if text.isascii() and text.isprintable():
        return text
    kept = needed_joiners(text)
    return "".join(
        char if is_shown(char) or at in kept else char.encode("unicode_escape").decode()
        for at, char in enumerate(text)
    )


def one_line(text: str) -> str:
    """Make one printable line of somebody else's words, such as a database's error."""
    return plain(" ".join(text.split()))[:300]
