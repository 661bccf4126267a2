"""A text taken apart: its headings, list items and sentences, in order, each without its markup."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from naming.cleaning.bounds import CUT
from naming.sanitize.openers import BOILERPLATE

MAX_PASSAGES: Final = 8
"""Passages looked at from the start of a text. What follows explains, it does not announce."""

MAX_LAST: Final = 2
"""Passages looked at from the end: `… can you fix that?`"""

MAX_LENGTH: Final = 400
"""Characters of one passage."""

WRAPPED: Final = 50
"""Characters. A line at least this long that ends without a mark goes on in the next one."""


class Shape(Enum):
    """How a passage stands in the text."""

    TITLE = auto()
    HEADING = auto()
    ITEM = auto()
    SENTENCE = auto()


@dataclass(frozen=True, slots=True)
class Passage:
    """A line or a sentence; `at` counts from the start of the text, `under` is the heading right above, if any."""

    text: str
    shape: Shape
    at: int
    under: str = ""
    first: bool = False


_HEADING: Final = re.compile(r"[\\ \t]{0,4}#{1,6}[ \t]*(?=[^#\s])|(?=\*\*[^*\n]{2,80}\*\*:?\s*$)|(?===+ )")
_HEADING_WORD: Final = re.compile(r"[^\W_]+")
_ITEM: Final = re.compile(
    r"[ \t]{0,16}(?:[-*+•‣◦·–—][ \t]{1,4}|(?:\d{1,2}|[a-zA-Z])[.)][ \t]{1,4}|[（(]?\d{1,2}[)）、][ \t]{0,4})+(?:\[[ xX]?\][ \t]{1,4})?"
)
_RULE: Final = re.compile(r"[\s|:=*_#~+.\-–—•>\\]*$")
_SENTENCE_END: Final = re.compile(
    r"(?<=[.!?])[)\"'”’]{0,2}\s+(?=[^a-z\s])|(?<=[。！？])|(?<=[.!?؟।])\s+(?=[\u0400-\U0001ffff])"
)
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|mr|mrs|dr|no|approx|fig|inc|ltd|st|al)\.|\b[A-Z]\.)$", re.IGNORECASE
)
_MARKUP: Final = re.compile(
    r"(?<![\w*])\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}(?![\w*])|(?<!\w)_{1,3}(?=[^\s_])|(?<=[^\s_])_{1,3}(?!\w)|~~|^>+\s?"
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
    return " ".join(line.split())


def passages(text: str) -> list[Passage]:
    """Take `text` apart, at most `MAX_PASSAGES` from its start and `MAX_LAST` from its end."""
    found: list[Passage] = []
    blocks = _blocks(text)
    under, first, skipped = "", False, 0
    for at, (shape, block) in enumerate(blocks):
        if shape is Shape.HEADING:
            under, first = block.lower().strip(" :*"), True
            if is_boilerplate(under):
                skipped = 1
                continue
        is_title = shape is Shape.SENTENCE and at == 0 and _is_title(block, blocks)
        for piece in sentences(block) if shape is Shape.SENTENCE and not is_title else [block]:
            found.append(Passage(piece, Shape.TITLE if is_title else shape, len(found) + skipped, under, first))
            first = first and shape is Shape.HEADING
    if len(found) <= MAX_PASSAGES + MAX_LAST:
        return found
    return found[:MAX_PASSAGES] + found[-MAX_LAST:]


def is_boilerplate(heading: str) -> bool:
    """Tell whether a heading is one that every document has: `## Overview`."""
    return all(word.lower() in BOILERPLATE for word in _HEADING_WORD.findall(heading))


def _is_title(block: str, blocks: list[tuple[Shape, str]]) -> bool:
    return 8 <= len(block) <= 110 and len(blocks) > 1 and block[-1] not in _ENDS and block[-1] not in ".!?"


def sentences(block: str) -> list[str]:
    """Split one paragraph into sentences."""
    pieces: list[str] = []
    at = 0
    for end in _SENTENCE_END.finditer(block):
        if not _ABBREVIATION.search(block, max(at, end.start() - 8), end.start()):
            pieces.append(block[at : end.start()])
            at = end.end()
    return [piece[:MAX_LENGTH] for piece in (*pieces, block[at:]) if piece.strip()]


def _blocks(text: str) -> list[tuple[Shape, str]]:
    blocks: list[tuple[Shape, str]] = []
    open_paragraph = ""
    for line in text.split("\n"):
        shape, words = _shaped(line)
        if open_paragraph and not _goes_on(open_paragraph, shape, words):
            blocks.append((Shape.SENTENCE, open_paragraph))
            open_paragraph = ""
        if not words:
            continue
        if shape is Shape.SENTENCE:
            open_paragraph = f"{open_paragraph} {words}" if open_paragraph else words
        else:
            blocks.append((shape, words))
    if open_paragraph:
        blocks.append((Shape.SENTENCE, open_paragraph))
    return blocks


def _shaped(line: str) -> tuple[Shape, str]:
    if not line or line == CUT or _RULE.match(line):
        return Shape.SENTENCE, ""
    if heading := _HEADING.match(line):
        return Shape.HEADING, plain(line[heading.end() :].strip("# \t="))[:MAX_LENGTH]
    if item := _ITEM.match(line):
        return Shape.ITEM, plain(line[item.end() :])[:MAX_LENGTH]
    return Shape.SENTENCE, plain(line)


def _goes_on(paragraph: str, shape: Shape, words: str) -> bool:
    if shape is not Shape.SENTENCE or not words or len(paragraph) > MAX_LENGTH * 3:
        return False
    last_line_is_long = len(paragraph) >= WRAPPED
    return last_line_is_long and (paragraph[-1] not in _ENDS or words[0].islower() or paragraph[-1] in ",，、")
