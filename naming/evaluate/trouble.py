"""The two ways a run ends early, each with one line for the person who started it."""

from __future__ import annotations


class BadInput(Exception):
    """What was given cannot be worked with. The message names the file, the line and the field; never a prompt."""


class Stopped(Exception):
    """The work cannot go on until a person mends something; the message says what."""
