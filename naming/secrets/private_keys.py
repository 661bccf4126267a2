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
    begins: list[tuple[int, int]] = []
    done = 0
    for mark in searched.each(_SHAPES.mark, WORK_OF_A_VALUE):
        if mark.lastgroup == "begin":
            begins.append(mark.span())
            continue
        start, body = begins[0] if begins else (_start_of_body(text, done, mark.start()),) * 2
        if mark.start() - body >= MIN_BODY:
            yield Finding(start, mark.end(), WORD, text[body : mark.start()])
        begins, done = [], mark.end()
    for start, body in begins:  # without an end
        end = body + len(_SHAPES.body.match(text, body)[0].rstrip())  # type: ignore[index] # may be empty
        if end - body >= MIN_BODY:
            yield Finding(start, end, WORD, text[body:end])


def _start_of_body(text: str, first: int, end: int) -> int:
    """Find where the lines of a key begin that ends at `end`."""
    backwards = _SHAPES.body_backwards.match(text[first:end][::-1])
    return end - (backwards.end() if backwards else 0)
