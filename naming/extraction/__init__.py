"""A name from the prompt's own words: deterministic, bounded, without a model."""

from itertools import islice
from typing import Final

from naming.cleaning import clean_title
from naming.extraction.clauses import read_text
from naming.extraction.slugs import pick_slug
from naming.extraction.titles import finished, is_plain, titles_of
from naming.names import LEGACY_PREFIX, InvalidName, TaskName, name_fault
from naming.request import Request
from naming.slug import LEGACY

__all__ = ["name_from_prompt", "name_from_request"]

MAX_ROUNDS: Final = 5
"""Rounds until a display name names itself; more than one are for text made to be odd."""

MAX_TITLES: Final = 3
"""Titles tried in turn, when the best one turns out to be no name."""


def name_from_request(request: Request) -> TaskName | None:
    """Name a task by its request's words; None when it holds nothing to name.

    A display name or a name, given as a prompt, comes back as it is.
    """
    text = request.named_after
    low = text.lower()
    if legacy := LEGACY.fullmatch(low):
        text = legacy[1].replace("-", " ")
    elif low.startswith(LEGACY_PREFIX) and " " not in low:
        text = low.removeprefix(LEGACY_PREFIX).replace("-", " ")
    elif "-" in text and name_fault(text) is None:
        return TaskName(text, text)
    if is_plain(text):
        return _named(finished(text))
    read = read_text(text)
    for title in islice(titles_of(read), MAX_TITLES):
        name = _named(_settled(title), read.language)
        if name is not None:
            return name
    return None


def name_from_prompt(prompt: str) -> TaskName | None:
    """Name a task by the words of its prompt; None when it holds nothing to name."""
    return name_from_request(Request.of(prompt))


def _settled(title: str) -> str:
    """Name a title again until it names itself; empty when it never does."""
    for _ in range(MAX_ROUNDS):
        if is_plain(title):
            return title
        again = next(titles_of(read_text(clean_title(title))), "")
        if again == title:
            return title
        title = again
    return ""


def _named(title: str, language: str | None = None) -> TaskName | None:
    if not title or (name := pick_slug(title, language)) is None:
        return None
    try:
        return TaskName(name, title)
    except InvalidName:
        return None
