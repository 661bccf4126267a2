"""The ways a run ends early, each with one line for the user."""

from __future__ import annotations

from naming.claude.reasons import Stopped

__all__ = ["BadInput", "Overdue", "Stopped", "one_line"]


class BadInput(Exception):
    """What was given cannot be used; nothing was changed. The message says where."""


class Overdue(Stopped):
    """A statement took longer than it may."""


def one_line(text: str, limit: int = 300) -> str:
    """Make one printable line of somebody else's words, such as a database's error."""
    line = " ".join(text.split())
    return "".join(char if char.isprintable() else "?" for char in line)[:limit]
