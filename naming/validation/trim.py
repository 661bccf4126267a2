"""The typography around a title, and its length: quotes, markdown and stops that models add."""

import re
from collections.abc import Callable
from typing import Final

from naming.names import MAX_DISPLAY_LENGTH
from naming.text.characters import cut, one_line
from naming.text.visible import visible
from naming.text.word_files import words_in

MAX_TITLE_READ: Final = 300  # characters of a title that are looked at; it is cut far shorter

_PAIRS: Final = (
    *((mark, mark) for mark in "*** ** __ * _ ``` ` ~~~ ~~ == \"\"\" \" ''' ' ” » ’ ״".split()),
    *(("“", "”"), ("‘", "’"), ("«", "»"), ("»", "«"), ("„", "“"), ("„", "”"), ("‹", "›")),
    *(("‚", "‘"), ("[", "]"), ("(", ")"), ("<", ">"), ("{", "}"), ("<!--", "-->")),
    *(("「", "」"), ("『", "』"), ("《", "》"), ("【", "】"), ("<title>", "</title>")),
)
_HEADING: Final = re.compile(
    r"(?:#{1,6}|[*•·–—>+-]|-? ?\[[ x]\]|\(?\d{1,2}[.):](?=\s+\D)|[a-cA-C]\))\s+"
)
_STOPS: Final = ".…:;,|–—。．｡।۔：；，、 "
NO_STOP: Final = re.compile(
    r"(?:\b[^\W\d_]|\betc|\bvs|\binc|\bco|\bltd)\.$|[\u0370-\u03ff][^;]*;$|:[\w+-]+:$",
    re.IGNORECASE,
)
"""The end of an abbreviation, of a question in Greek, or of the code of an emoji."""

_HANGING_MARKS: Final = " ,;:&/([{–—-"

MOST_ROUNDS: Final = 12  # marks that are taken off a title, one around the other


def is_words_alone(title: str) -> bool:
    """Tell whether `title` is letters and spaces, as most are: nothing can stand around it."""
    return title.replace(" ", "").isalpha()


def trim(title: str) -> str:
    """Clean `title` to one line without quotes or markdown around it, or a stop behind it.

    The length is not bounded below 300 characters; the result may be empty. A title that is nothing
    but such a mark stays as it is.
    """
    line = one_line(visible(title[:MAX_TITLE_READ])).rstrip("\\ ")
    return settled(line, _trim_once, one_line)


def settled(line: str, shortened: Callable[[str], str], cleaned: Callable[[str], str]) -> str:
    """Shorten and clean `line` until nothing more goes, or all would go, or 12 times."""
    for _ in range(MOST_ROUNDS):
        shorter = shortened(line)
        if shorter == line or not (shorter := cleaned(shorter)):
            break
        line = shorter
    return line


def _trim_once(line: str) -> str:
    for opening, closing in () if line[:1].isalnum() else _PAIRS:
        inner = line[len(opening) : -len(closing)].strip()
        wrapped = (
            len(line) > len(opening + closing)
            and line.startswith(opening)
            and line.endswith(closing)
        )
        if wrapped and opening not in inner and closing not in inner:
            return inner
    if (found := _HEADING.match(line)) and len(found[0]) < len(line):
        return line[found.end() :]
    if line.endswith(tuple(_STOPS)) and not NO_STOP.search(line):
        return line.rstrip(_STOPS)
    return line


def shorten(title: str, limit: int = MAX_DISPLAY_LENGTH) -> str:
    """Cut `title` to `limit` characters, at a word, and not behind a connecting word."""
    if len(title) <= limit:
        return title
    line = cut(title, limit)
    return _without_hanging_words(line) or line


def _without_hanging_words(line: str) -> str:
    while True:
        line = line.rstrip(_HANGING_MARKS)
        rest, _, last = line.rpartition(" ")
        if not rest or last.casefold() not in words_in("validation.txt", "hanging words"):
            return line
        line = rest
