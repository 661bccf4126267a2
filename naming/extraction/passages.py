"""A text taken apart into what could name it: title, headings, list items and sentences.

Lines are joined where they were wrapped and lose their markup.
"""

from __future__ import annotations

import re
from collections import deque
from enum import Enum, auto
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from naming.cleaning.bounds import CUT
from naming.extraction.cues import cue_words
from naming.text.characters import single_spaced
from naming.text.patterns import words_of_languages

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PASSAGES: Final = 8
"""Passages looked at from the start of a text. What follows explains, it does not announce."""

MAX_LAST: Final = 1
"""Passages looked at from the end: `… can you fix that?`"""

LAST_LINES: Final = 4
"""Lines from the end in which the last passages are looked for."""

MAX_LENGTH: Final = 400
"""Characters of one passage, a heading or a list item."""

TITLE_LENGTHS: Final = range(8, 111)
"""Characters of a first line that may be a title."""

MAX_BLOCK: Final = 1_200
"""Characters of one paragraph."""

WRAPPED: Final = 50
"""Characters. A line at least this long that ends without a mark goes on in the next one."""


class Shape(Enum):
    """How a passage stands in the text."""

    TITLE = auto()
    HEADING = auto()
    ITEM = auto()
    SENTENCE = auto()


_HEADING: Final = re.compile(
    r"[\\ \t]{0,4}#{1,6}[ \t]*(?=[^#\s])|(?=\*\*[^*\n]{2,80}\*\*:?\s*$)|(?===+ )"
)
_ITEM: Final = re.compile(
    r"[ \t]{0,16}(?:[-*+•‣◦·–—][ \t]{1,4}|(?:\d{1,2}|[a-zA-Z])[.)][ \t]{1,4}"
    r"|[（(]?\d{1,2}[)）、][ \t]{0,4})+(?:\[[ xX]?\][ \t]{1,4})?"
)
_RULE: Final = re.compile(r"[\s|:=*_#~+.\-–—•>\\]*$")
_MARKUP: Final = re.compile(
    r"(?<![\w*])\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}(?![\w*])|(?<!\w)_{1,3}(?=[^\s_])|(?<=[^\s_])_{1,3}(?!\w)|~~"
    r"|^>+\s?"
)
_CODE_SPAN: Final = re.compile(r"(`{1,2})([^`\n]{1,200})\1(?!`)")
_WORD: Final = re.compile(r"[^\W_]+")
_TABLE: Final = re.compile(r"^\||\|$")
_ENDS: Final = ".!?。！？:：;；,，、"


def plain(line: str) -> str:
    """Take the markup off one line: emphasis, code marks, table borders, tags in braces."""
    if "`" in line:
        line = _CODE_SPAN.sub(r"\2", line)
    if "*" in line or "_" in line or "~" in line or ">" in line:
        line = _MARKUP.sub("", line)
    if "|" in line:
        line = _TABLE.sub("", line.strip()).replace(" | ", ", ")
    return single_spaced(line)


def blocks(text: str) -> Iterator[tuple[Shape, str]]:
    """Give the headings, list items and paragraphs of `text`, one after the other."""
    paragraph = ""
    for line in text.split("\n"):
        shape, words = _shaped(line)
        if paragraph and not (shape is Shape.SENTENCE and words and _goes_on(paragraph, words)):
            yield Shape.SENTENCE, paragraph
            paragraph = ""
        if words and shape is Shape.SENTENCE:
            paragraph = f"{paragraph} {words}" if paragraph else words
        elif words:
            yield shape, words
    if paragraph:
        yield Shape.SENTENCE, paragraph


def _shaped(line: str) -> tuple[Shape, str]:
    if not line or line == CUT or _RULE.match(line):
        return Shape.SENTENCE, ""
    if line[0].isalpha():  # neither a heading nor an item, but for `a)`
        return Shape.SENTENCE, plain(line)
    if heading := _HEADING.match(line):
        return Shape.HEADING, plain(line[heading.end() :].strip("# \t="))[:MAX_LENGTH]
    if item := _ITEM.match(line):
        return Shape.ITEM, plain(line[item.end() :])[:MAX_LENGTH]
    return Shape.SENTENCE, plain(line)


def _goes_on(paragraph: str, words: str) -> bool:
    """Tell whether the line `words` was wrapped off `paragraph`, rather than begun anew."""
    if (
        words.partition(" ")[0] in words_of_languages("lead on") and paragraph[-1] not in _ENDS
    ):  # `please fix ⏎ the login button ⏎ on mobile`
        return len(paragraph) <= MAX_BLOCK
    if not WRAPPED <= len(paragraph) <= MAX_BLOCK:
        return False
    return paragraph[-1] not in _ENDS or words[0].islower() or paragraph[-1] in ",，、"


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


# The marks come first, all in one set: the search then leaps from mark to mark.
_SENTENCE_END: Final = re.compile(
    r"[.!?؟।。！？]"
    r"(?:(?<=[.!?])[)\"'”’]{0,2}\s+(?=[^a-z\s])|(?<=[.!?؟।])\s+(?=[\u0400-\U0001ffff])|(?<=[。！？]))"
)


@cache
def _behind_an_abbreviation() -> re.Pattern[str]:
    """Match a place of which what stands before it says that no sentence ends there."""
    words = [re.escape(word) for word in sorted(words_of_languages("abbreviations"))]
    return re.compile("|".join(rf"(?<=\b{word}\.)" for word in [*words, "[A-Z]"]), re.IGNORECASE)


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
    return cue_words("document headings").issuperset(_WORD.findall(heading.lower()))


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
        if block[stop - 1] == "." and _behind_an_abbreviation().match(block, stop):
            continue
        yield block[at:stop][:MAX_LENGTH]
        at = end.end()
    if block[at:].strip():
        yield block[at:][:MAX_LENGTH]
