"""A text taken apart into what could name it.

Its title, headings, list items and sentences, in order.
"""

from __future__ import annotations

import re
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from naming.extraction.blocks import Shape, blocks
from naming.extraction.signs import BOILERPLATE

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PASSAGES: Final = 8
"""Passages looked at from the start of a text. What follows explains, it does not announce."""

MAX_LAST: Final = 1
"""Passages looked at from the end: `… can you fix that?`"""

LAST_LINES: Final = 4
"""Lines from the end in which the last passages are looked for."""

MAX_LENGTH: Final = 400
"""Characters of one passage."""

TITLE_LENGTHS: Final = range(8, 111)
"""Characters of a first line that may be a title."""


class Passage(NamedTuple):
    """A line or a sentence.

    `at` counts from the start of the text, `under` is the last heading before it, `first` says that
    nothing stands between the two.
    """

    text: str
    shape: Shape
    at: int
    under: str = ""
    first: bool = False


_WORD: Final = re.compile(r"[^\W_]+")
# The marks come first, all in one set: the search then leaps from mark to mark.
_SENTENCE_END: Final = re.compile(
    r"[.!?؟।。！？]"
    r"(?:(?<=[.!?])[)\"'”’]{0,2}\s+(?=[^a-z\s])|(?<=[.!?؟।])\s+(?=[\u0400-\U0001ffff])|(?<=[。！？]))"
)
_ABBREVIATED: Final = "e\\.g i\\.e etc vs cf mr mrs dr no approx fig inc ltd st al [A-Z]".split()
_BEHIND_AN_ABBREVIATION: Final = re.compile(
    "|".join(rf"(?<=\b{word}\.)" for word in _ABBREVIATED), re.IGNORECASE
)
"""A place of which what stands before it says that no sentence ends there.

Nothing need be searched."""

_NOT_A_TITLE: Final = ".!?。！？:：;；,，、"


def passages(text: str) -> list[Passage]:
    """Take `text` apart, at most `MAX_PASSAGES` from its start and `MAX_LAST` from its end."""
    found = list(islice(_passages(text), MAX_PASSAGES + MAX_LAST + 1))
    if len(found) <= MAX_PASSAGES + MAX_LAST:
        return found
    last = deque(_passages("\n" + "\n".join(text.rsplit("\n", LAST_LINES)[1:])), MAX_LAST)
    first = found[:MAX_PASSAGES]
    return first + [passage._replace(at=first[-1].at + at) for at, passage in enumerate(last, 1)]


def _passages(text: str) -> Iterator[Passage]:
    under, first, at = "", False, 0
    has_more = "\n" in text.rstrip()
    for number, (shape, block) in enumerate(blocks(text)):
        if shape is Shape.HEADING:
            under, first = block.lower().strip(" :*"), True
            if is_boilerplate(under):
                at = at or 1  # what stands first under a heading is not the title
                continue
        is_title = number == 0 and shape is Shape.SENTENCE and has_more and is_title_like(block)
        for piece in sentences(block) if shape is Shape.SENTENCE and not is_title else [block]:
            yield Passage(piece, Shape.TITLE if is_title else shape, at, under, first)
            at += 1
            first = first and shape is Shape.HEADING


def is_boilerplate(heading: str) -> bool:
    """Tell whether a heading is one that every document has: `## Overview`."""
    return BOILERPLATE.issuperset(_WORD.findall(heading.lower()))


def is_title_like(line: str) -> bool:
    """Tell whether a first line of its own may be a title.

    It is short and does not end like a sentence.
    """
    return len(line) in TITLE_LENGTHS and line[-1] not in _NOT_A_TITLE


def sentences(block: str) -> Iterator[str]:
    """Split one paragraph into sentences, as far as somebody asks for them."""
    at = 0
    for end in _SENTENCE_END.finditer(block):
        stop = end.start() + 1
        if block[stop - 1] == "." and _BEHIND_AN_ABBREVIATION.match(block, stop):
            continue
        yield block[at:stop][:MAX_LENGTH]
        at = end.end()
    if block[at:].strip():
        yield block[at:][:MAX_LENGTH]
