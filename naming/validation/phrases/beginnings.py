"""How the matches of a pattern can begin, read from the pattern.

Most texts hold no such word, which is soon told.
"""

from __future__ import annotations

import re
from itertools import product, takewhile
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from naming.text.folding import ascii_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

HEAD_LENGTH: Final = 6
"""Characters that a word is known by."""

MOST_BEGINNINGS: Final = 4_000
"""Ways to begin. A pattern with more of them counts as one that begins in any way."""

_WORD: Final = re.compile(r"[^\W_]+")
_HEAD_OF: Final = itemgetter(slice(HEAD_LENGTH))
_OPEN: Final = "\0"
"""Ends a beginning behind which anything may follow."""


def heads(text: str) -> frozenset[str]:
    """Give the heads of the words of `text`."""
    found = ascii_words(text) if text.isascii() else _WORD.findall(text)
    return frozenset(map(_HEAD_OF, found))


class Beginnings(NamedTuple):
    """How a match can begin; foreign ones are not in ASCII.

    `heads` are those of the words that it can begin with, None where it can with any; `known` is
    all that is known of the beginning with each.
    """

    heads: frozenset[str] | None
    is_foreign: bool
    known: Mapping[str, str]

    def may_be_in(self, text: str, seen: frozenset[str]) -> bool:
        """Tell whether `text`, whose words have the heads `seen`, may hold a match."""
        if self.is_foreign and text.isascii():
            return False
        return self.heads is None or not self.heads.isdisjoint(seen)

    def places(self, text: str, seen: frozenset[str]) -> list[int] | None:
        """Find where matches may begin in `text`, whose words have the heads `seen`; None.

        Anywhere.
        """
        if self.heads is None:
            return None
        places: set[int] = set()
        for head in self.heads & seen:
            at = text.find(self.known[head])
            while at >= 0:
                places.add(at)
                at = text.find(self.known[head], at + 1)
        return sorted(places)


def beginnings_of(pattern: str, *, at_words: bool) -> Beginnings:
    """Read how a match of `pattern` can begin.

    Only one that begins and ends `at_words` is told by its first word.
    """
    found = _beginnings(pattern)
    is_foreign = not any(beginning.lstrip()[:1].isascii() for beginning in found)
    if not at_words or not all(map(_is_known, found)):
        return Beginnings(None, is_foreign, {})
    of_heads: dict[str, list[str]] = {}
    for beginning in found:
        of_heads.setdefault(_head(beginning), []).append(beginning.rstrip(_OPEN))
    return Beginnings(
        frozenset(of_heads), is_foreign, {head: _in_common(each) for head, each in of_heads.items()}
    )


def _in_common(texts: list[str]) -> str:
    """Tell how all of `texts` begin."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(min(texts), max(texts), strict=False))
    return "".join(char for char, _ in pairs)


def _is_known(beginning: str) -> bool:
    head = _head(beginning)
    return len(head) == HEAD_LENGTH or (head != "" and beginning != head + _OPEN)


def _head(beginning: str) -> str:
    word = _WORD.match(beginning)
    return word[0][:HEAD_LENGTH] if word else ""


def _beginnings(pattern: str) -> set[str]:
    # The standard library's own reading of patterns: not documented, and the same in every version
    # that we run on.
    return _of_sequence(getattr(re, "_parser").parse(pattern))  # noqa: B009 # it is not typed either


def _of_sequence(nodes: Iterable[tuple[Any, Any]]) -> set[str]:
    """Give the beginnings of what `nodes` match, each up to its first whole word."""
    begun = {""}
    for kind, what in nodes:
        growing = {beginning for beginning in begun if _grows(beginning)}
        if not growing:
            break
        begun = (begun - growing) | {
            before + more for before, more in product(growing, _of_node(str(kind), what))
        }
        if len(begun) > MOST_BEGINNINGS:
            return {_OPEN}
    return begun


def _grows(beginning: str) -> bool:
    """Tell whether what comes next still matters."""
    return not beginning.strip() or (
        len(beginning) < HEAD_LENGTH and _WORD.fullmatch(beginning) is not None
    )


def _of_node(kind: str, what: Any) -> set[str]:  # noqa: ANN401 # each kind has its own
    match kind:
        case "LITERAL":
            return {chr(what)}
        case "IN" if all(str(each) == "LITERAL" for each, _ in what):
            return {chr(code) for _, code in what}
        case "SUBPATTERN":
            return _of_sequence(what[-1])
        case "BRANCH":
            return set().union(*map(_of_sequence, what[1]))
        case "MAX_REPEAT" | "MIN_REPEAT":
            least, most, inner = what
            once = _of_sequence(inner)
            if most > 1:
                once = {way + _OPEN if way and _grows(way) else way for way in once}
            return once | {""} if least == 0 else once
        case "AT" | "ASSERT" | "ASSERT_NOT":
            return {""}
    return {_OPEN}
