"""A name from the prompt's own words: deterministic, bounded, without a model."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from naming.cleaning import clean, clean_title, is_only_words
from naming.extraction.keywords import pick_slug
from naming.extraction.passages import passages
from naming.extraction.ranking import choose, topic_of
from naming.extraction.titles import title_of
from naming.names import InvalidName, TaskName, display_fault, name_fault
from naming.request import Request

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from naming.extraction.ranking import Topic

__all__ = ["name_from_prompt", "name_from_request"]

MAX_ROUNDS: Final = 5
"""A display name is named again until it names itself.

One round is the rule, more are for text made to be odd."""

MAX_TITLES: Final = 3
"""Titles tried in turn, when the best one turns out to be no name."""


def name_from_request(request: Request) -> TaskName | None:
    """Name a task by its request's words; None when it holds nothing to name.

    A display name is its own display name, and a name its own name: given as a prompt they come
    back as they are.
    """
    text = request.text
    if "-" in text and name_fault(text) is None:
        return TaskName(text, text)
    topic = topic_of(text)
    for title in islice(_titles(text, topic), MAX_TITLES):
        name = _named(_settled(title), topic.counts)
        if name is not None:
            return name
    return None


def name_from_prompt(prompt: str) -> TaskName | None:
    """Name a task by the words of its prompt; None when it holds nothing to name."""
    return name_from_request(Request.of(prompt))


def _titles(text: str, topic: Topic | None = None) -> Iterator[str]:
    """Give display names for `text`, the best first."""
    found = passages(text)
    if len(found) > 1:
        found = choose(found, topic or topic_of(text))
    return filter(None, (title_of(passage.text) for passage in found))


def _settled(title: str) -> str:
    """Name a title again until it names itself; empty when it never does."""
    for _ in range(MAX_ROUNDS):
        if (again := _again(title)) == title:
            return title
        title = again
    return ""


def _again(title: str) -> str:
    """Name a title as if it were a prompt."""
    if display_fault(title) is not None:
        return next(_titles(clean(title)), "")
    if is_only_words(title):  # most are: there is nothing to clean, and only one passage
        return title_of(title)
    return next(_titles(clean_title(title)), "")


def _named(title: str, counts: Mapping[str, int]) -> TaskName | None:
    if not title or (name := pick_slug(title, counts)) is None:
        return None
    try:
        return TaskName(name, title)
    except InvalidName:
        return None
