"""Which literal answers a request demands: what an injected command wants as the title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from naming.text.patterns import WordPattern
from naming.validation.phrases import DEMAND, OVERRIDE

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PAYLOAD: Final = 120
"""Characters before a demand that may hold what it demands, where the verb stands last."""

_LITERAL: Final = re.compile(
    r"""["']?(?:task[_ ]?)?(?:name|display[_ ]?name|title|slug)["']?\s{0,5}[:=]\s{0,5}"""
    r"""(?:"([^"\n]{1,99})"|'([^'\n]{1,99})')"""
)
_QUOTED: Final = re.compile(
    r"""\s{0,3}[:,]?\s{0,3}"""
    r"""(?:"([^"]{1,99})"|'([^']{1,99})'|「([^」]{1,99})」|『([^』]{1,99})』)"""
)
_AFTER_COLON: Final = re.compile(r"\s{0,3}[:=]\s{0,3}([^.!?\n;]{1,99})")
_INSISTS: Final = WordPattern(
    r"(?<!\w){insisting}(?!\w)|{insisting without spaces}", "validation.txt", re.NOFLAG
)
_LITERALLY: Final = re.compile(
    r"\b(?:only|just|exactly|verbatim|literally|the (?:exact )?(?:words?|phrase|string|text))$"
)
_OUR_SHAPE: Final = re.compile(r"display[_ ]?name")
_BEFORE: Final = re.compile(
    r"(?:\"([^\"]{1,99})\"|「([^」]{1,99})」|'([^']{1,99})'|(\S{1,30}))\s?$"
)
_REST: Final = re.compile(r"\s{0,3}[:,]?\s{0,3}([^.!?\n;。]{1,99})")
_VERB_LAST: Final = re.compile("[\u3041-\u30ff\uac00-\ud7a3]")


def demanded_answers(text: str) -> Iterator[tuple[int, int]]:
    """Find where the literal answers stand that the folded and bounded `text` demands."""
    overridden = next(OVERRIDE.find_all(text), None) is not None
    # Other JSON with a name or a title is somebody's package or ticket.
    if overridden or _OUR_SHAPE.search(text):
        for literal in _LITERAL.finditer(text):
            yield literal.span(literal.lastindex or 0)
    insists = _INSISTS.compiled.search
    if not overridden and not insists(text):  # then no demand does
        return
    for demand in DEMAND.find_all(text):
        if overridden or insists(demand[0]):
            yield from _demanded(text, demand, overridden=overridden)


def _demanded(text: str, demand: re.Match[str], *, overridden: bool) -> Iterator[tuple[int, int]]:
    exact = _QUOTED.match(text, demand.end()) or _AFTER_COLON.match(text, demand.end())
    if exact is None and (overridden or _LITERALLY.search(demand[0])):
        exact = _REST.match(text, demand.end())
    if exact is not None:
        yield exact.span(exact.lastindex or 0)
    if overridden and _VERB_LAST.search(demand[0]):
        before = _BEFORE.search(text, max(0, demand.start() - MAX_PAYLOAD), demand.start())
        if before is not None:
            yield before.span(before.lastindex or 0)
