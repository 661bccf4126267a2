"""Tokens of vendors: by their own prefix, or drawn values beside the vendor's name.

A number of 32 hexadecimal digits or a UUID is mostly no secret: it is a commit, a checksum, a row.
Behind a vendor's name, with nothing but words for keys between, it is one; and so is a hexadecimal
number before such a word.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from naming.secrets.rules import Finding, Shapes, alternatives, read_table
from naming.secrets.values import is_drawn, is_issued

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

_LONGEST: Final = 300
"""Characters that show a vendor's token."""

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
    token = next(find_vendor_tokens(value[:_LONGEST], 0, _LONGEST), None)
    return value if token is None or token.start else value[value.index(token.value) :]


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
_AHEAD: Final = 60
_WORK_OF_A_NAME: Final = 150


def is_called_a_key(searched: Text, start: int, end: int) -> bool:
    """Tell whether what stands around a value says that it is a key, or who has issued it."""
    value = searched.shown[start:end]
    if not is_issued(value):
        return False
    searched.work += _WORK_OF_A_NAME
    if _SHAPES.vendor_before.search(searched.shown, max(0, start - _AHEAD), start):
        return True
    behind = searched.small[end : end + _AHEAD]
    if _SHAPES.is_kind_behind.match(behind):
        return True
    if not _SHAPES.hex.fullmatch(value) or not _SHAPES.kind_behind.match(behind):
        return False
    word = _SHAPES.last_word.search(searched.small, max(0, start - _AHEAD), start)
    return word is not None and word[1] not in _FOR_THINGS
