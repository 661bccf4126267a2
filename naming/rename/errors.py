"""The two ways a run ends early, each with one line for the person who started it."""

from __future__ import annotations


class BadInput(Exception):
    """What was given cannot be worked with; nothing was changed.

    The message names the file, the line and the field.
    """


class Stopped(Exception):
    """The work cannot go on now. What was done stays, and the same command goes on.

    The message says why it stopped.
    """


def one_line(text: str, limit: int = 300) -> str:
    """Make one printable line of somebody else's words, such as a database's error."""
    line = " ".join(text.split())
    return "".join(char if char.isprintable() else "?" for char in line)[:limit]
