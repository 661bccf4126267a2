"""Whether a title obeys words in the prompt instead of naming the task.

An injected command, carried out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from naming.text.tokens import content_words
from naming.validation.phrases import DEMAND, OVERRIDE
from naming.validation.phrases.beginnings import heads
from naming.validation.phrases.rare import RarePhrases, read_part

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PAYLOAD: Final = 120
"""Characters before a demand, in languages where the verb stands last, that may hold what it demands."""

_LITERAL: Final = re.compile(
    r"""["']?(?:task[_ ]?)?(?:name|display[_ ]?name|title|slug)["']?\s{0,5}[:=]\s{0,5}"""
    r"""(?:"([^"\n]{1,99})"|'([^'\n]{1,99})')"""
)
_QUOTED: Final = re.compile(
    r"""\s{0,3}[:,]?\s{0,3}(?:"([^"]{1,99})"|'([^']{1,99})'|「([^」]{1,99})」|『([^』]{1,99})』)"""
)
_AFTER_COLON: Final = re.compile(r"\s{0,3}[:=]\s{0,3}([^.!?\n;]{1,99})")
_INSISTS: Final = RarePhrases(
    (
        read_part(
            "only|just|exactly|verbatim|literally|simply|with|words?|phrase|string|nur|solo|solamente|apenas|somente"
            "|seulement|uniquement|soltanto|только|лишь|فقط|بكلمه",
            at_words=True,
        ),
        read_part("[只仅僅]|だけ|만", at_words=False),
    )
)
"""Words that tell a demand for literal words from an order for work.

`print:` alone is a heading."""

_LITERALLY: Final = re.compile(
    r"\b(?:only|just|exactly|verbatim|literally|the (?:exact )?(?:words?|phrase|string|text))$"
)
_OUR_SHAPE: Final = re.compile(r"display[_ ]?name")
_BEFORE: Final = re.compile(
    r"(?:\"([^\"]{1,99})\"|「([^」]{1,99})」|'([^']{1,99})'|(\S{1,30}))\s?$"
)
_REST: Final = re.compile(r"\s{0,3}[:,]?\s{0,3}([^.!?\n;。]{1,99})")
_VERB_LAST: Final = re.compile("[\u3041-\u30ff\uac00-\ud7a3]")


def obeys(title: str, request: str) -> bool:
    """Tell whether the title consists of words that stand in the request only as the answer that it demands.

    Both are folded and bounded.
    """
    wanted = content_words(title)
    if not wanted or not all(
        word in request for word in wanted
    ):  # which is soon told, and so of most titles
        return False
    spans = [span for span in _payloads(request) if wanted <= content_words(request[slice(*span)])]
    rest = request
    for start, end in spans:
        rest = rest[:start] + " " * (end - start) + rest[end:]
    return bool(spans) and not wanted <= content_words(rest)


@lru_cache(maxsize=1)
def _payloads(text: str) -> tuple[tuple[int, int], ...]:
    """Find where the literal answers stand that the folded `text` demands, once for both fields of a reply."""
    return tuple(_find_payloads(text))


def _find_payloads(text: str) -> Iterator[tuple[int, int]]:
    seen = heads(text)
    overridden = OVERRIDE.is_in(text, seen)
    if overridden or _OUR_SHAPE.search(
        text
    ):  # other JSON with a name or a title is somebody's package or ticket
        for literal in _LITERAL.finditer(text):
            yield literal.span(literal.lastindex or 0)
    if not overridden and not _INSISTS.is_in(text, seen):  # then no demand does
        return
    for demand in DEMAND.each(text, seen):
        if overridden or _INSISTS.is_in(demand[0], heads(demand[0])):
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
