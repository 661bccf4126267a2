"""The lines of a text, joined where they were wrapped, each without its markup.

Headings, list items, paragraphs.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from naming.cleaning.bounds import CUT
from naming.text.characters import single_spaced

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BLOCK: Final = 1_200
"""Characters of one paragraph."""

MAX_LINE: Final = 400
"""Characters of a heading or a list item."""

WRAPPED: Final = 50
"""Characters. A line at least this long that ends without a mark goes on in the next one."""

LEADS_ON: Final = frozenset(
    "the a an on in of for to with and or that from by at into onto via".split()
)
"""Small words that begin no line of their own."""


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
        return Shape.HEADING, plain(line[heading.end() :].strip("# \t="))[:MAX_LINE]
    if item := _ITEM.match(line):
        return Shape.ITEM, plain(line[item.end() :])[:MAX_LINE]
    return Shape.SENTENCE, plain(line)


def _goes_on(paragraph: str, words: str) -> bool:
    """Tell whether the line `words` was wrapped off `paragraph`, rather than begun anew."""
    if (
        words.partition(" ")[0] in LEADS_ON and paragraph[-1] not in _ENDS
    ):  # `please fix ⏎ the login button ⏎ on mobile`
        return len(paragraph) <= MAX_BLOCK
    if not WRAPPED <= len(paragraph) <= MAX_BLOCK:
        return False
    return paragraph[-1] not in _ENDS or words[0].islower() or paragraph[-1] in ",，、"
