"""Secrets near the word for them, on either side, without being given by `:`, `=` or "is".

`{"password": {"value": "…"}}`, `password → …`, "use … as the password". Only words that mix letters
and digits count. With nothing but punctuation, code or words of giving between name and value, any
such word does that is no term and no identifier; with other words between, it must look made up.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from naming.secrets.rules import Finding, Shapes, alternatives
from naming.secrets.searching import Rule
from naming.secrets.values import KINDS

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

    from naming.secrets.searching import Text

_SHAPES: Final = Shapes("near names")

REACH: Final = 60
_LONGEST: Final = 82
"""Characters between name and value, markup included, and of a value."""

MOST: Final = 3
"""Words looked at on either side of a name."""

_is_plausible: Final = KINDS["plausible"]

_WORK_OF_A_PAIR: Final = 60
"""Of a name and a word."""


def _note(text: Text, name: re.Match[str]) -> Iterable[Finding]:
    text.near.append(name.span())
    return ()


RULE: Final = Rule(alternatives("prose", "words of names"), _SHAPES.name.pattern, _note)
"""Notes where names are."""


def find_near_names(text: Text) -> Iterator[Finding]:
    """Find values near a name in the same clause, unless one has been given to it."""
    names = [name for name in text.near if not text.is_hidden(name[1], name[1] + 1)]
    words = [*_words(text)] if names else []
    for start, end in names if words else ():
        behind = bisect_left(words, (end,))
        for word in words[max(0, bisect_left(words, (start,)) - MOST) : behind + MOST]:
            at, value = word
            gap = at - end if at >= end else start - at - len(value)
            if not 0 <= gap <= REACH:
                continue
            if not text.spend(_WORK_OF_A_PAIR, start):
                return
            if not text.is_hidden(at, at + len(value)) and _is_near(text, start, end, *word):
                yield Finding(at, at + len(value), "secret", value)


def _words(text: Text) -> Iterator[tuple[int, str]]:
    for run in _SHAPES.run.finditer(text.rest):
        for word in _SHAPES.word.finditer(text.rest, *run.span()):
            value = word[0].rstrip(".?!,;:&")
            end = word.start() + len(value)
            if text.shown[end : end + 1] not in {"(", "/"}:  # code
                yield word.start(), value


def _is_near(text: Text, start: int, end: int, at: int, value: str) -> bool:
    """Tell whether the word at `at` is the secret that the name at `start` to `end` speaks of."""
    last = at + len(value)
    exclaimed = _SHAPES.mark_within.match(text.shown, last) is not None and not value.islower()
    gap = text.shown[end:at] if at >= end else text.shown[last + exclaimed : start]
    if (_SHAPES.behind if at >= end else _SHAPES.before).fullmatch(gap):
        return _is_plausible(value)
    if _SHAPES.between.fullmatch(gap) is None:
        return False
    if _SHAPES.token.match(text.small, start):
        return KINDS["made_up"](value)
    return KINDS["thought_up"](value) or (exclaimed and _is_plausible(value))
