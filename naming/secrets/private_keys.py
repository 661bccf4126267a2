"""Blocks of private keys, whole or cut off at either end, in lines, in one line or escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from naming.secrets.rules import Finding, Shapes
from naming.secrets.searching import WORK_OF_A_VALUE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from naming.secrets.searching import Text

_SHAPES: Final = Shapes("private keys")


WORD: Final = "private key"
MIN_BODY: Final = 8
"""Characters. A frame with less inside is talk about the format."""


def find_private_keys(searched: Text) -> Iterator[Finding]:
    """Find private keys by their frame."""
    text = searched.shown
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
