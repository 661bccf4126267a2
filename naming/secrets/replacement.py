"""What a text says once its secrets are out: their kind, unless the words around have said it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from naming.secrets.finding import Finding

_LEAD_IN: Final = re.compile(
    r"(?P<word>[A-Za-z]+)(?:[\"'`*]{0,2}\s?(?:[:=]{1,2}|->|=>)\s{0,3}| is |\s)?[\"'`(\[<*]{0,3}$"
)
_CLOSERS: Final = {'"': '"', "'": "'", "`": "`", "(": ")", "[": "]", "<": ">", "*": "*"}
_NEXT: Final = re.compile(r"[\"'`)\]>*]{0,3}\s?(?P<word>[A-Za-z]+)")
_KINDS: Final = frozenset(
    "key keys token tokens secret secrets password credential credentials jwt pat address apikey "
    "number card webhook url bearer".split()
)
_MAIL: Final = frozenset("email emails mail".split())
"""These are verbs too ("email bob@…"): they have said the kind only before a colon or the like."""

_TAIL: Final = 40


def without(text: str, findings: Sequence[Finding]) -> str:
    """Build `text` with its findings (in order, none inside another) replaced by neutral words."""
    parts: list[str] = []
    done = 0
    for finding in findings:
        parts.append(text[done : finding.start])
        done = finding.end
        if finding.word:
            before = "".join(parts[-3:])[-_TAIL:]
            word, cut, skip = _fitted(before, finding.word, text[done : done + _TAIL])
            if cut:
                parts[-3:] = ["".join(parts[-3:])[:-cut]]
            parts.append(word)
            done += skip
    parts.append(text[done:])
    return "".join(parts)


def _fitted(before: str, word: str, after: str) -> tuple[str, int, int]:
    """Fit `word` between its neighbours.

    The word to put, how much to take off before it and after it.
    """
    lead = _LEAD_IN.search(before)
    if lead is not None and "://" not in word:
        said = lead["word"].lower()
        if (
            said in _KINDS
            or (said in _MAIL and before[lead.end("word") :].strip())
            or said == word.rsplit(maxsplit=1)[-1].lower()
        ):
            opened = before[lead.end("word") :]
            closed = "".join(_CLOSERS[char] for char in reversed(opened) if char in _CLOSERS)
            quotes = 0
            while quotes < len(closed) and after[quotes : quotes + 1] == closed[quotes]:
                quotes += 1
            return "", len(before) - lead.end("word"), quotes
        if word.lower().startswith(said + " "):
            word = word.partition(" ")[2]
    following = _NEXT.match(after)
    first, _, last = word.rpartition(" ")
    if following is not None and following["word"].lower() == last.lower():
        return first, 0, 0 if first else len(after) - len(after.lstrip())
    return word, 0, 0
