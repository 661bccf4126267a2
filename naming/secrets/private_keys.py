"""Blocks of private keys, whole or cut off at either end, in lines, in one line or escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from naming.secrets.rules import Finding, Shapes
from naming.secrets.searching import WORK_OF_A_VALUE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from naming.secrets.searching import Text

_SHAPES: Final = Shapes("private keys")


_AROUND: Final = 60
"""Characters before and behind a number of 32 bytes that may say whether it is a key or a hash."""

WORD: Final = "private key"
MIN_BODY: Final = 8
"""Characters. A frame with less inside is talk about the format."""


def find_private_keys(searched: Text) -> Iterator[Finding]:
    """Find private keys by their frame, and the numbers that are called so."""
    text = searched.shown
    if "0x" in text:
        for number in searched.each(_SHAPES.number, WORK_OF_A_VALUE):
            start, end = number.span()
            before, behind = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
            if (
                _SHAPES.owner.search(before) or _SHAPES.owner.search(behind)
            ) and not _SHAPES.no_key.search(before):
                yield Finding(start, end, WORD, number.group()[2:])
    if "PRIVATE KEY" not in text and "Private-Lines" not in text:
        return
    done = 0
    ends = [match.span() for match in _SHAPES.end.finditer(text)]
    for begin in searched.each(_SHAPES.begin, WORK_OF_A_VALUE):
        if begin.start() < done:
            continue
        ends = (
            [span for span in ends if span[0] >= begin.end()]
            if ends and ends[0][0] < begin.end()
            else ends
        )
        body_end, end = ends[0] if ends else (_body_end(text, begin.end()),) * 2
        if body_end - begin.end() >= MIN_BODY:
            done = end
            yield Finding(begin.start(), end, WORD, text[begin.end() : body_end])
    yield from _keys_without_begin(text, done)


def _body_end(text: str, start: int) -> int:
    match = _SHAPES.body.match(text, start)
    return start + len(match.group().rstrip()) if match else start


def _keys_without_begin(text: str, done: int) -> Iterator[Finding]:
    for end in _SHAPES.end.finditer(text, done):
        backwards = text[done : end.start()][::-1]
        last_line = _SHAPES.first_backwards.match(backwards)
        length = last_line.end() if last_line else 0
        rest = _SHAPES.body_backwards.match(backwards, length)
        length = rest.end() if rest else length
        if length >= MIN_BODY:
            yield Finding(end.start() - length, end.end(), WORD, backwards[:length][::-1])
        done = end.end()
