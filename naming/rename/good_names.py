"""Names that a task has already: in its old words, or as its whole prompt."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from naming.cleaning import clean
from naming.extraction import name_from_request
from naming.names import InvalidName, TaskName
from naming.request import Request
from naming.secrets import leaks
from naming.slug import name_from_title
from naming.text.folding import fold
from naming.text.patterns import words_of_languages
from naming.text.subject import Subject
from naming.text.tokens import common_words, content_words
from naming.text.word_files import words_in
from naming.validation import believable_title

if TYPE_CHECKING:
    from naming.rename.tasks import Task

_SLUG: Final = re.compile(r"task-(?P<words>[a-z0-9]+(?:-[a-z0-9]+)*)", re.IGNORECASE)
_SUFFIX: Final = re.compile(r"-(?=[a-z0-9]*[0-9])[a-z0-9]{3,12}$|-[0-9a-f]{4,12}$", re.IGNORECASE)
WORDS: Final = "rename.txt"

LEAST_WORDS: Final = 2
"""Words with a meaning that a good name has."""

LEAST_SPECIFIC: Final = 1
"""Words among these that are more than a kind of work."""

LEAST_COVERED: Final = 0.4
"""The part of the words in the prompt's own name that a good old name has."""

MOST_WORDS_OF_TITLE: Final = 8
"""Words of a prompt that can be a title as it stands."""


@cache
def _kinds_of_work() -> frozenset[str]:
    return words_in(WORDS, "kinds of work")


@cache
def _message_start() -> re.Pattern[str]:
    """Compile what shows that words are a message: a question, a link, an opening word."""
    openings = "|".join(words_in(WORDS, "openings of a message"))
    return re.compile(rf"[?？]|://|^(?:{openings})\b", re.IGNORECASE)


def good_name(task: Task) -> TaskName | None:
    """Give the name that a task's own words make; None when Claude should be asked."""
    text = clean(task.prompt)
    own = name_from_request(Request(text))
    if own is None:
        return None
    for words in (task.names.display_name or "", _words_of_slug(task.names.name)):
        kept = _kept(words, text, own)
        if kept is not None and not leaks(kept.display_name, task.prompt):
            return kept
    return own if _is_title(task.prompt.strip(), own) else None


def _words_of_slug(name: str) -> str:
    """Give the words of a legacy name without its suffix, as a title; empty for any other name."""
    found = _SLUG.fullmatch(name)
    if found is None:
        return ""
    words = _SUFFIX.sub("", found["words"].lower()).replace("-", " ")
    return words[:1].upper() + words[1:]


def _kept(words: str, text: str, own: TaskName) -> TaskName | None:
    """Make a name of old words that say what the prompt is about, and nothing that is not in it."""
    if (
        not _are_specific(words)
        or _message_start().search(words)
        or Subject.read(text).share(fold(words)) < 1
    ):
        return None
    if fold(words).split()[-1] in common_words():  # it was cut there
        return None
    if Subject.read(words).share(fold(own.display_name)) < LEAST_COVERED:
        return None
    title = believable_title(words, Request(text))
    slug = name_from_title(title) if title is not None else None
    if title is None or slug is None or len(title) < len(words.strip()):
        return None
    try:
        return TaskName(slug, title)
    except InvalidName:
        return None


def _is_title(prompt: str, own: TaskName) -> bool:
    """Tell whether a prompt is a title: short, no question, and all of it in its own name."""
    words = prompt.split()
    if (
        len(words) > MOST_WORDS_OF_TITLE
        or _message_start().search(prompt)
        or not _are_specific(prompt)
    ):
        return False
    return content_words(fold(prompt)) <= content_words(fold(own.display_name))


def _are_specific(words: str) -> bool:
    found = content_words(fold(words))
    if len(found) < LEAST_WORDS:
        return False
    return len(found - _kinds_of_work() - words_of_languages("weak verbs")) >= LEAST_SPECIFIC
