"""The two ways a run ends early, each with one line for the person who started it.

And what makes a line safe.
"""

from __future__ import annotations

from naming.text.characters import is_shown


class BadInput(Exception):
    """What was given cannot be worked with. The message names the file, the line and the field.

    Never a prompt.
    """


class Stopped(Exception):
    """The work cannot go on until a person mends something; the message says what."""


def plain(text: str) -> str:
    """Make `text` safe to print.

    Whatever is invisible, or a command to a terminal, becomes a question mark.
    """
    return "".join(char if is_shown(char) else "?" for char in text)
