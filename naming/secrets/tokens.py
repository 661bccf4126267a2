"""Tokens, keys and passwords that show by their characters: a vendor's prefix, or drawn at random.

A number of 32 hexadecimal digits or a UUID is mostly no secret: it is a commit, a checksum, a row.
Behind a vendor's name, with nothing but words for keys between, it is one; and so is a hexadecimal
number before such a word.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from naming.secrets.rules import Finding, Shapes, read_rows
from naming.secrets.searching import Text
from naming.secrets.values import KINDS

_SHAPES: Final = Shapes("tokens")

_MIN_RUN: Final = 15
_WORK_OF_A_RUN: Final = 25
_WORK_OF_DRAWN_WORDS: Final = 60
_WORK_OF_A_NAME: Final = 150

_MIN_BARE: Final = 20
_AHEAD: Final = 60


def find_tokens(searched: Text) -> Iterator[Finding]:
    """Find keys and tokens that show by themselves."""
    text = _SHAPES.public_block.sub(lambda block: " " * len(block[0]), searched.rest)
    for start, end in _runs(searched, text):
        clear = start
        for finding in find_vendor_tokens(text, start, end):
            clear = finding.end
            yield finding
        has_digits = _SHAPES.digit.search(text, clear, end) is not None
        last = start + len(text[start:end].rstrip(".,:;=%/$~"))
        if has_digits and end - clear >= _MIN_BARE:
            searched.work += _WORK_OF_DRAWN_WORDS + end - start
            found = [*_random_words(text, start, clear, end)]
            found += _base64_keys(text, clear - (text[clear - 1 : clear] in {"+", "/"}), end)
            is_alone = text[start:end].isalnum()
            if found and (is_alone or not _SHAPES.hash_before.search(text, start, end)):
                yield from found
        if clear > start or searched.is_hidden(start, last):
            continue
        if has_digits and _is_called_a_key(searched, start, last):
            yield Finding(start, last, "token", text[start:last])
        elif KINDS["base64_of_secret"](_SHAPES.given_to.sub("", text[start:end])):
            yield Finding(start, end, "token", text[start:end])


def _runs(searched: Text, text: str) -> Iterator[tuple[int, int]]:
    """Find the runs of characters that tokens have.

    Splitting first is three times as fast as the pattern alone.
    """
    at = 0
    for word in [word for word in text[: searched.end].split() if len(word) >= _MIN_RUN]:
        if not _SHAPES.plain.fullmatch(word):
            at = text.index(word, at)
            if not searched.spend(_WORK_OF_A_RUN + 3 * len(word) // 2, at):
                return
            for run in _SHAPES.run.finditer(text, at, at + len(word)):
                yield run.span()
            at += len(word)


# --- what no vendor has marked


def _random_words(text: str, start: int, clear: int, end: int) -> Iterator[Finding]:
    for match in _SHAPES.word.finditer(text, clear, end):
        word = match.group().strip("_-")
        if (
            KINDS["prefixed_token"](word)
            or (KINDS["bare_token"](word) and _SHAPES.alone.match(text, match.start()))
        ) and not (
            _SHAPES.public_place.search(text, start, match.start())
            or _SHAPES.file_ending.match(text, match.end())
            or KINDS["public_word"](word)
        ):
            at = text.index(word, match.start())
            last = _end_of_base64(text, at + len(word))
            yield Finding(at, last, "token", text[at:last])


def _end_of_base64(text: str, end: int) -> int:
    """Find where a word ends that goes on with what only base64 has, or in parts with points."""
    rest = _SHAPES.base64_rest.match(text, end)
    if rest is None or not KINDS["mixed_random"](rest.group()):
        rest = _SHAPES.parts.match(text, end)
    return rest.end() if rest else end


def _base64_keys(text: str, start: int, end: int) -> Iterator[Finding]:
    for match in _SHAPES.base64_key.finditer(text, start, end):
        value = match.group()
        if (
            KINDS["mixed_random"](value)
            and not KINDS["base64_of_text"](value)
            and not _SHAPES.digest_before.search(text[max(0, match.start() - 40) : match.start()])
        ):
            yield Finding(match.start(), match.end(), "key", value)


# --- what vendors mark with a prefix of their own


VENDOR_TOKENS: Final = read_rows("vendor_tokens")
"""A neutral word, expressions for the prefix and for the secret behind it, an example."""

_LONGEST: Final = 300  # characters that show a vendor's token
_MAX_PARTS: Final = 4  # so that the time for a list of tokens stays in proportion to its length


def find_vendor_tokens(text: str, start: int, end: int) -> Iterator[Finding]:
    """Find the tokens in a run of characters that begin as those of a vendor do."""
    done = start
    for word in _SHAPES.start.finditer(text, start, end):
        at = word.start("first")
        if at < done:
            continue
        first = word["first"]
        match = _pattern_for(first).match(text, at, end)
        if match is None and first.isupper():
            match = _in_other_capitals(text, at, end)
        if match is not None:
            done = match.end()
            group = match.lastgroup or ""
            last = _end_of_split(text, done)
            kind = VENDOR_TOKENS[int(group[1:])][0]
            yield Finding(at, last, kind, text[match.end(group) : last])


def _in_other_capitals(text: str, start: int, end: int) -> re.Match[str] | None:
    """Match a token in other capitals than its vendor's, as in a text all in capitals."""
    if _SHAPES.before_sign.match(text, start) is None:
        return None
    small = text[:start] + text[start:end].lower()
    pattern = _pattern_for(small[start])
    shown = pattern.match(small, start, min(end, start + _LONGEST))
    if shown and KINDS["drawn_body"](text[shown.end(shown.lastgroup or "") : shown.end()]):
        return pattern.match(small, start, end)
    return None


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
        f"(?P<k{at}>{prefix}){body}"
        for at, (_, prefix, body, _) in enumerate(VENDOR_TOKENS)
        if any(start[0] == char or not start[0].isalnum() for start in prefix.split("|"))
    ]
    return re.compile("|".join(rows))


def _end_of_split(text: str, end: int) -> int:
    """Find where a token ends that is put together from texts or goes on in the next line."""
    for _ in range(_MAX_PARTS):
        further = _SHAPES.further.match(text, end)
        if further is None or not KINDS["drawn"](further["rest"]):
            break
        end = further.end()
    return end


# --- what a vendor's name or the word for a key beside it marks


def _is_called_a_key(searched: Text, start: int, end: int) -> bool:
    """Tell whether what stands around a value says that it is a key, or who has issued it."""
    value = searched.shown[start:end]
    if not KINDS["issued"](value):
        return False
    searched.work += _WORK_OF_A_NAME
    before, behind = max(0, start - _AHEAD), searched.small[end : end + _AHEAD]
    return (
        _SHAPES.vendor_before.search(searched.shown, before, start) is not None
        or _SHAPES.is_kind_behind.match(behind) is not None
        or (
            _SHAPES.hex.fullmatch(value) is not None
            and _SHAPES.kind_behind.match(behind) is not None
            and _SHAPES.no_thing_before.search(searched.small, before, start) is not None
        )
    )
