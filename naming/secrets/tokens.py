"""Tokens, keys and passwords that show by their characters alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from naming.secrets.entropy import encodes_text, is_mixed_random, is_single_case_random
from naming.secrets.rules import Finding, Shapes
from naming.secrets.values import (
    encodes_secret,
    is_camel_case,
)
from naming.secrets.vendor_tokens import find_vendor_tokens, is_called_a_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from naming.secrets.searching import Text

_SHAPES: Final = Shapes("tokens")

_MIN_RUN: Final = 15
_WORK_OF_A_RUN: Final = 25
_WORK_OF_DRAWN_WORDS: Final = 60

_BEGIN: Final = "-----BEGIN "

_LONGEST_PLAIN: Final = 14
"""Characters of a part that counts as a word whatever it looks like."""

_MIN_PREFIXED: Final = 24
_MIN_BARE: Final = 20
_MIN_JOINED: Final = 32
"""With underscores or hyphens within; shorter ones are classes and names of files."""

_MAX_BARE: Final = 300


def find_tokens(searched: Text) -> Iterator[Finding]:
    """Find keys and tokens that show by themselves."""
    text = searched.shown
    public = (
        [block.span() for block in _SHAPES.public_block.finditer(text)] if _BEGIN in text else ()
    )
    for run in _runs(searched):
        start, end = searched.not_hidden(*run)
        if end - start < _MIN_RUN:
            continue
        clear = start
        for finding in find_vendor_tokens(text, start, end):
            clear = finding.end
            yield finding
        has_digits = _SHAPES.digit.search(text, clear, end) is not None
        last = start + len(text[start:end].rstrip(".,:;=%/$~"))
        is_key = clear == start and has_digits and is_called_a_key(searched, start, last)
        if is_key or (clear == start and encodes_secret(_SHAPES.given_to.sub("", text[start:end]))):
            clear = last if is_key else end
            yield Finding(start, clear, "token", text[start:clear])
        is_public = any(at < start < last for at, last in public)
        if is_public or not has_digits or end - clear < _MIN_BARE:
            continue
        searched.work += _WORK_OF_DRAWN_WORDS + end - start
        found = [*_random_words(text, start, clear, end)]
        found += _base64_keys(text, clear - (text[clear - 1 : clear] in {"+", "/"}), end)
        if found and not _SHAPES.hash_before.search(text, start, end):
            yield from found


def _runs(searched: Text) -> Iterator[tuple[int, int]]:
    """Find the runs of characters that tokens have.

    Splitting first is three times as fast as the pattern alone.
    """
    text, at = searched.shown, 0
    for word in [word for word in text[: searched.end].split() if len(word) >= _MIN_RUN]:
        if not _SHAPES.plain.fullmatch(word):
            at = text.index(word, at)
            if not searched.spend(_WORK_OF_A_RUN + 3 * len(word) // 2, at):
                return
            for run in _SHAPES.run.finditer(text, at, at + len(word)):
                yield run.span()
            at += len(word)


def _random_words(text: str, start: int, clear: int, end: int) -> Iterator[Finding]:
    """Find what no vendor of the list has marked."""
    for match in _SHAPES.word.finditer(text, clear, end):
        word = match.group().strip("_-")
        if (
            _SHAPES.public_place.search(text, start, match.start())
            or _SHAPES.file_ending.match(text, match.end())
            or _is_plain(word)
        ):
            continue
        if _is_prefixed_token(word) or (
            _SHAPES.alone.match(text, match.start()) and _is_bare_token(word)
        ):
            at = text.index(word, match.start())
            last = _end_of_base64(text, at + len(word))
            yield Finding(at, last, "token", text[at:last])


def _end_of_base64(text: str, end: int) -> int:
    """Find where a word ends that goes on with what only base64 has, or in parts with points."""
    rest = _SHAPES.base64_rest.match(text, end)
    if rest is None or not is_mixed_random(rest.group()):
        rest = _SHAPES.parts.match(text, end)
    return rest.end() if rest else end


def _base64_keys(text: str, start: int, end: int) -> Iterator[Finding]:
    for match in _SHAPES.base64_key.finditer(text, start, end):
        value = match.group()
        if (
            is_mixed_random(value)
            and not encodes_text(value)
            and not _SHAPES.digest_before.search(text[max(0, match.start() - 40) : match.start()])
        ):
            yield Finding(match.start(), match.end(), "key", value)


def _is_plain(word: str) -> bool:
    """Tell whether `word` is public, an alphabet, or joined words of which none is drawn."""
    if _SHAPES.no_secret.fullmatch(word) or is_camel_case(word.replace("_", "")):
        return True
    return _SHAPES.joined.fullmatch(word) is not None and all(
        len(part) <= _LONGEST_PLAIN or not is_mixed_random(part)
        for part in _SHAPES.joint.split(word)
    )


def _is_prefixed_token(word: str) -> bool:
    if len(word) < _MIN_PREFIXED or word.isalnum():
        return False
    body = _SHAPES.prefixed.fullmatch(word)
    return is_mixed_random(word) or (body is not None and is_single_case_random(body[1]))


def _is_bare_token(word: str) -> bool:
    return (
        _MIN_BARE <= len(word) <= _MAX_BARE
        and (len(word) >= _MIN_JOINED or word.isalnum())
        and not _SHAPES.hex_number.fullmatch(word)
        and is_mixed_random(word)
        and not encodes_text(word)
    )
