"""A name from the prompt's own words: deterministic, bounded, without a model."""

from __future__ import annotations

from typing import Final

from naming.cleaning import clean
from naming.names import InvalidName, TaskName
from naming.sanitize.choosing import choose
from naming.sanitize.passages import passages
from naming.sanitize.titles import title_of
from naming.sanitize.topics import topic_of
from naming.sanitize.words import pick_slug

__all__ = ["name_from_prompt", "name_from_text"]

MAX_ROUNDS: Final = 5
"""A display name is named again until it names itself; one round is the rule, more are for text made to be odd."""


def name_from_prompt(prompt: str) -> TaskName | None:
    """Name a task by the words of its prompt; None when it holds nothing to name."""
    return name_from_text(clean(prompt))


def name_from_text(text: str) -> TaskName | None:
    """Name a task by `text`, which `clean` has cleaned; None when it holds nothing to name.

    A display name is its own name: given as a prompt it comes back with the same slug.
    """
    title = _title(text)
    for _ in range(MAX_ROUNDS):
        again = _title(clean(title))
        if again == title:
            return _named(title)
        title = again
    return None


def _title(text: str) -> str:
    found = passages(text)
    if len(found) > 1:
        found = choose(found, topic_of(text))
    return next((title for passage in found if (title := title_of(passage.text))), "")


def _named(title: str) -> TaskName | None:
    name = pick_slug(title) if title else None
    if name is None:
        return None
    try:
        return TaskName(name, title)
    except InvalidName:
        return None
