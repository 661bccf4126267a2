"""Believing a reply to a cleaned prompt."""

from __future__ import annotations

from naming import validation
from naming.names import TaskName
from naming.request import Request
from naming.validation.guard import Examples


def believe(reply: str, prompt: str, examples: Examples = validation.NO_EXAMPLES) -> TaskName:
    """Make a name of `reply` to the cleaned `prompt`, or raise CannotName."""
    return validation.believe(reply, Request(prompt), examples)
