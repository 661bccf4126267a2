"""Tokens of vendors: by their own prefix, or drawn values beside the vendor's name.

A number of 32 hexadecimal digits or a UUID is mostly no secret: it is a commit, a checksum, a row.
Behind a vendor's name, with nothing but words for keys between, it is one; and so is a hexadecimal
number before such a word.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from naming.secrets.entropy import is_machine_made
from naming.secrets.rules import Finding, Shapes, alternatives, read_table
from naming.secrets.values import is_drawn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from naming.secrets.searching import Text

_SHAPES: Final = Shapes("vendor tokens")


class VendorToken(NamedTuple):
    """A kind of token: expressions for its `prefix` and for the secret `body` behind it."""

    word: str
    prefix: str
    body: str
    example: str


VENDOR_TOKENS: Final = tuple(VendorToken(*row) for row in read_table("vendor_tokens"))


_MAX_PARTS: Final = 4
"""So that the time for a list of tokens stays in proportion to its length."""


def find_vendor_tokens(text: str, start: int, end: int) -> Iterator[Finding]:
    """Find the tokens in a run of characters that begin as those of a vendor do."""
    done = start
    for first in _SHAPES.start.finditer(text, start, end):
        at = first.start()
        if at < done:
            continue
        match = _pattern_for(first[0]).match(text, at, end)
        if match is not None:
            done = match.end()
            group = match.lastgroup or ""
            last = _end_of_split(text, done)
            word = VENDOR_TOKENS[int(group[1:])].word
            yield Finding(at, last, word, text[match.end(group) : last])


def without_prefix(value: str) -> str:
    """Give what is secret of `value`: a vendor's prefix is none."""
    token = next(find_vendor_tokens(value, 0, len(value)), None)
    return value if token is None or token.start else token.value


@cache
def _pattern_for(char: str) -> re.Pattern[str]:
    """Compile the rows that may begin with `char`, a letter or digit.

    Trying all rows at each word costs five times as much.
    """
    rows = [
        f"(?P<k{at}>{token.prefix}){token.body}"
        for at, token in enumerate(VENDOR_TOKENS)
        if any(start[0] == char or not start[0].isalnum() for start in token.prefix.split("|"))
    ]
    return re.compile("|".join(rows) or "(?!)")


def _end_of_split(text: str, end: int) -> int:
    """Find where a token ends that is put together from texts or goes on in the next line."""
    for _ in range(_MAX_PARTS):
        if (further := _SHAPES.further.match(text, end)) is None or not is_drawn(further["rest"]):
            break
        end = further.end()
    return end


# --- drawn values beside a vendor's name or the word for a key

_FOR_THINGS: Final = frozenset(alternatives("vendors", "words for things"))
WORDS: Final = (
    *alternatives("vendors", "vendors"),
    *alternatives("vendors", "vendors by a usual word"),
    *alternatives("vendors", "words of calls"),
    "accounts",
    "pat",
)
"""Without one of these, or the name of a secret, nearby, no drawn value is one."""

REACH: Final = 100
"""Characters before a value in which its vendor may be named."""

_AHEAD: Final = 60
_WORK_OF_A_NAME: Final = 150
MIN_VALUE: Final = 16


def end_of_issued(searched: Text, start: int, end: int) -> int:
    """Say where a value ends that a vendor issued or that is called a key; 0 for any other."""
    text = searched.shown
    value = text[start:end].rstrip(".,:;=%/$~")
    if len(value) < MIN_VALUE or not is_machine_made(value):
        return 0
    searched.work += _WORK_OF_A_NAME
    if _SHAPES.vendor_before.search(text, max(0, start - _AHEAD), start):
        return start + len(value)
    behind = searched.small[start + len(value) : end + _AHEAD]
    if (
        any(
            _SHAPES.named_before.match(searched.small, place, start)
            for place in searched.places_in(start - REACH, start)
        )
        or _SHAPES.is_kind_behind.match(behind)
        or _is_called_a_key(value, searched.small[max(0, start - _AHEAD) : start], behind)
    ):
        return start + len(value)
    return 0


def _is_called_a_key(value: str, before: str, behind: str) -> bool:
    if _SHAPES.hex.fullmatch(value) is None or _SHAPES.kind_behind.match(behind) is None:
        return False
    word = _SHAPES.last_word.search(before)
    return word is not None and word[1] not in _FOR_THINGS
