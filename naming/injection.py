"""Whether a title obeys words in the prompt instead of naming the task: an injected command, carried out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from naming.phrases import DEMAND, OVERRIDE
from naming.subject import MAX_LOOKED_AT, content_words, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PAYLOAD: Final = 120
"""Characters behind a demand that are taken for what it demands."""

_LITERAL: Final = re.compile(
    r"""["']?(?:task[_ ]?)?(?:name|display[_ ]?name|title|slug)["']?\s{0,5}[:=]\s{0,5}(?:"([^"\n]{1,99})"|'([^'\n]{1,99})')"""
)
_QUOTED: Final = re.compile(r"\s{0,3}[:,]?\s{0,3}(?:\"([^\"]{1,99})\"|'([^']{1,99})'|「([^」]{1,99})」|『([^』]{1,99})』)")
_AFTER_COLON: Final = re.compile(r"\s{0,3}[:=]\s{0,3}([^.!?\n;]{1,99})")
_EXACTLY: Final = re.compile(r"\b(?:only|just|exactly|verbatim|literally|the (?:exact )?(?:word|words|phrase|string|text))$")
_BEFORE: Final = re.compile(r"(?:\"([^\"]{1,99})\"|「([^」]{1,99})」|'([^']{1,99})'|(\S{1,30}))\s?$")
_REST: Final = re.compile(r"\s{0,3}[:,]?\s{0,3}([^.!?\n;。]{1,99})")
_BEHIND_VERB: Final = re.compile("[\u3041-\u30ff\uac00-\ud7a3]")


def obeys(title: str, prompt: str) -> bool:
    """Tell whether the title consists of words that stand in the prompt only as the answer that it demands."""
    wanted = content_words(title)
    if not wanted or len(prompt) < len(title):
        return False
    text = fold(prompt[:MAX_LOOKED_AT])
    payloads = list(_payloads(text))
    if not any(wanted <= content_words(payload) for payload in payloads):
        return False
    for payload in payloads:
        text = text.replace(payload, " ")
    return not wanted <= content_words(text)


def _payloads(text: str) -> Iterator[str]:
    """Find the literal answers that the folded `text` demands."""
    for literal in _LITERAL.finditer(text):
        yield _first_group(literal)
    override = OVERRIDE.anywhere.search(text)
    for demand in DEMAND.anywhere.finditer(text):
        yield from _demanded(text, demand, overridden=override is not None)


def _demanded(text: str, demand: re.Match[str], *, overridden: bool) -> Iterator[str]:
    behind = text[demand.end() : demand.end() + MAX_PAYLOAD]
    exact = _QUOTED.match(behind) or _AFTER_COLON.match(behind)
    if exact is None and (overridden or _EXACTLY.search(demand[0])):
        exact = _REST.match(behind)
    if exact is not None:
        yield _first_group(exact).strip()
    if overridden and _BEHIND_VERB.search(demand[0]) and (before := _BEFORE.search(text[: demand.start()][-MAX_PAYLOAD:])):
        yield _first_group(before).strip()


def _first_group(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group is not None)
