"""Whether a line is a title, or the model answering, refusing, commenting or echoing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from naming.subject import share

if TYPE_CHECKING:
    from collections.abc import Iterable

    from naming.names import TaskName

SAME_SUBJECT: Final = 0.5

_TALK: Final = re.compile(
    r"(?i)\b(?:i'm|i am|i'd|i cannot|i can't|sure!|as an ai|here is|here's|unable to|no task provided)"
)


def is_title(display_name: str, prompt: str) -> bool:
    """Tell whether `display_name` names the task that `prompt` asks for."""
    if not any(char.isalnum() for char in display_name):
        return False
    return not _TALK.match(display_name) or share(display_name, prompt) > SAME_SUBJECT


def is_example(name: str, display_name: str, prompt: str, examples: Iterable[TaskName]) -> bool:
    """Tell whether the answer is one of our own worked `examples`, although `prompt` is about something else."""
    for example in examples:
        if name == example.name or display_name.casefold() == example.display_name.casefold():
            return share(f"{example.name} {example.display_name}", prompt) < SAME_SUBJECT
    return False
