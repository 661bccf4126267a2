"""What the operator is told: lines and a bar on standard error, errors, text safe to print."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from naming.claude.reasons import Stopped
from naming.text.characters import is_shown, needed_joiners

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeVar

    from naming.rename.tasks import Verdict

    T = TypeVar("T")

__all__ = [
    "BadInput",
    "Overdue",
    "Stopped",
    "bar",
    "note",
    "one_line",
    "plain",
    "progress",
    "say_left",
    "saying_how_far",
]


class BadInput(Exception):
    """What was given cannot be used; nothing was changed. The message says where."""


class Overdue(Stopped):
    """A statement took longer than it may, or had to wait for a lock."""


def say(line: str) -> None:
    """Say one line, beside a bar if there is one."""
    line = plain(line)  # it may name a file
    if sys.stderr.isatty():
        from tqdm import tqdm  # noqa: PLC0415 # only a terminal needs it

        tqdm.write(line, file=sys.stderr)
    else:
        print(line, file=sys.stderr)


def say_left(verdict: Verdict) -> None:
    """Say which task is left as it is, and why."""
    say(f"left: task {plain(verdict.id)}: {verdict.why}")


def note(line: str) -> None:
    """Say one line about the run itself."""
    say(f"naming: {line}")


@contextmanager
def bar(total: int | None, done: int = 0) -> Iterator[Callable[..., object]]:
    """Show how many of `total` came by, at what rate, and the time left; gives what moves it on.

    Nothing is shown where standard error is no terminal.
    """
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from tqdm import tqdm  # noqa: PLC0415 # as above

    with tqdm(
        total=total, initial=done, unit=" tasks", file=sys.stderr, dynamic_ncols=True
    ) as shown:
        yield shown.update


def progress(items: Iterable[T], total: int | None) -> Iterator[T]:
    """Give the items beside a bar."""
    with bar(total) as advance:
        for item in items:
            yield item
            advance()


@contextmanager
def saying_how_far(so_far: Callable[[], str]) -> Iterator[None]:
    """Have whatever ends the work early say how far it came. Raises Stopped."""
    try:
        yield
    except KeyboardInterrupt:
        note(f"interrupted; {so_far()}; the same command goes on")
        raise
    except sqlite3.OperationalError as error:
        full = f"the scratch space on disk cannot be used: {error} (TMPDIR says where it is)"
        raise Stopped(f"{full}; {so_far()}; the same command goes on") from error
    except Stopped as error:
        raise Stopped(f"{error}; {so_far()}; the same command goes on") from error


def plain(text: str) -> str:
    """Write whatever is invisible, or a command to a terminal, as Python writes it in a string."""
    if text.isascii() and text.isprintable():
        return text
    kept = needed_joiners(text)
    return "".join(
        char if is_shown(char) or at in kept else char.encode("unicode_escape").decode()
        for at, char in enumerate(text)
    )


def one_line(text: str, limit: int = 300) -> str:
    """Make one printable line of somebody else's words, such as a database's error."""
    line = " ".join(text.split())
    return "".join(char if char.isprintable() else "?" for char in line)[:limit]
