"""Redaction: all secrets of a text, found in one pass, and what it says without them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from naming.secrets import Budget
from naming.secrets.assignments import NAMES, PASSWORD_NAMES
from naming.secrets.contexts import CONTEXTS
from naming.secrets.near_names import WORDS as NEAR_WORDS
from naming.secrets.near_names import find_near_names, note_name
from naming.secrets.network_addresses import find_connection_strings, find_emails
from naming.secrets.normalization import shadow
from naming.secrets.numeric_codes import find_numbers
from naming.secrets.private_keys import find_private_keys
from naming.secrets.replacement import replaced
from naming.secrets.rules import Finding, Shapes
from naming.secrets.searching import MAX_WORK, WORK_OF_A_FINDING, Index, Text
from naming.secrets.tokens import find_tokens
from naming.secrets.values import is_mixed
from naming.secrets.vendor_tokens import without_prefix

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SHAPES: Final = Shapes("redaction")

_INDEX: Final = Index(
    [
        *((context.words, context.find, context.work) for context in CONTEXTS),
        *((name.words, name.find, 0) for name in NAMES),
        (NEAR_WORDS, note_name, 0),
    ]
)
_FINDERS: Final = (
    find_private_keys,
    find_connection_strings,
    find_tokens,
    find_near_names,
    find_emails,
    find_numbers,
)

_NEAR: Final = 100
_REACH: Final = 300
"""Characters before a secret that may have to do with it."""

PIECE: Final = 7
"""Characters of a secret that nobody may see again; of a shorter one, all."""

_MIN_WHOLE: Final = 4
_MIN_REPEATED: Final = 5
_MAX_REPEATED: Final = 300
"""Characters."""


class Redacted:
    """A text without its secrets, and what to know them by where they are said again."""

    def __init__(self, text: str, secrets: Sequence[str] = ()) -> None:
        self.text: Final = text
        self.secrets: Final = secrets
        """Without the names they are given to."""

    @cached_property
    def _hidden(self) -> list[str]:
        return [_folded(without_prefix(secret)) for secret in self.secrets]

    @cached_property
    def _public(self) -> str:
        return _folded(self.text)

    def is_repeated_in(self, *answers: str) -> bool:
        """Tell whether one of `answers` repeats a piece of a secret, however it is spelt.

        Seven characters in a row are a piece, and the whole of a shorter secret of at least four.
        What the text also says outside of its secrets is free to be repeated.
        """
        if not self.secrets:
            return False
        answered = _folded("\n".join(answers))
        pieces = {answered[at : at + PIECE] for at in range(max(0, len(answered) - PIECE + 1))}
        pieces |= {secret for secret in self._hidden if _MIN_WHOLE <= len(secret) < PIECE}
        together = " ".join(self._hidden)
        return any(
            piece in together and piece in answered and piece not in self._public
            for piece in pieces
        )


def redact(text: str, budget: Budget) -> Redacted:
    """Replace every secret of `text` by a neutral word for its kind."""
    if not (findings := _findings(text, budget)):
        return Redacted(text)
    secrets = [finding.value for finding in findings if finding.value]
    shown, places = replaced(text, findings)
    if (start := _uncovered(shown, places, budget)) >= 0:
        secrets.append(shown[start:])
        shown = shown[:start]
        if _uncovered(shown, [start], budget) >= 0:
            secrets.append(shown)
            shown = ""
    return Redacted(shown, secrets)


def holds_secret(text: str) -> bool:
    """Tell whether `text` holds anything that `redact` would replace."""
    return bool(_findings(text, Budget()))


def _uncovered(text: str, places: Sequence[int], budget: Budget) -> int:
    """Say where the first secret begins in a text that was changed at `places`; -1 for none.

    Only around these places can replacing have brought one to light.
    """
    ranges: list[list[int]] = []
    for place in places:
        if _is_quiet(text, place):
            continue
        start = max(0, text.rfind(" ", 0, max(0, place - _REACH)))
        if ranges and start <= ranges[-1][1]:
            ranges[-1][1] = place + _REACH
        else:
            ranges.append([start, place + _REACH])
    for start, end in ranges:
        if findings := _findings(text[start:end], budget):
            return start + findings[0].start
    return -1


def _is_quiet(text: str, at: int) -> bool:
    """Tell whether plain words alone stand around a place, which no rule takes for a secret."""
    before = text[max(0, at - _NEAR) : at].lower()
    return (
        _SHAPES.plain_behind.fullmatch(text, at, at + _NEAR) is not None
        and _SHAPES.plain_before.fullmatch(before) is not None
        and not (_SHAPES.gives.match(text, at) and any(name in before for name in PASSWORD_NAMES))
    )


def _folded(text: str) -> str:
    folded = shadow(text)
    return "".join(filter(str.isalnum, (folded.text if folded else text).casefold()))


def searched(text: str, budget: Budget) -> Text:
    """Search `text` by all rules."""
    looked_at = Text(text, min(MAX_WORK, budget.left))
    _INDEX.find_in(looked_at)
    for find in _FINDERS:
        for finding in find(looked_at):
            looked_at.add(finding)
    fixed = len(text) // 2
    budget.spend(looked_at.work + fixed)
    return looked_at


def _findings(text: str, budget: Budget) -> list[Finding]:
    """Find all secrets in the shadow of `text`, in order; those that overlap are joined.

    Where the ceiling of work was reached, all from the first on is one.
    """
    folded = shadow(text)
    shown = text if folded is None else folded.text
    budget.spend(0 if text.isascii() else len(text))
    looked_at = searched(shown, budget)
    found = looked_at.found
    if looked_at.end < len(shown):
        start = min([looked_at.end, *(finding.start for finding in found)])
        found = [Finding(start, len(shown), "", shown[start:])]
    if not found:
        return found
    found.extend(_repeats(shown, found))
    budget.spend(WORK_OF_A_FINDING * len(found))
    merged = _merged(found)
    if folded is None:
        return merged
    spans = (folded.span(finding.start, finding.end) for finding in merged)
    return [
        finding._replace(start=start, end=end)
        for finding, (start, end) in zip(merged, spans, strict=True)
    ]


def _repeats(text: str, found: Sequence[Finding]) -> Iterator[Finding]:
    """Find the same values where nothing marks them."""
    values = {finding.value: finding.word or "secret" for finding in reversed(found)}
    for value, word in values.items():
        at = text.find(value)
        if (
            text.find(value, at + 1) < 0
            or not _MIN_REPEATED <= len(value) <= _MAX_REPEATED
            or not is_mixed(value)
        ):
            continue
        while at >= 0:
            end = at + len(value)
            if not _SHAPES.word_character.search(text[max(0, at - 1) : at] + text[end : end + 1]):
                yield Finding(at, end, word, value)
            at = text.find(value, end)


def _merged(found: list[Finding]) -> list[Finding]:
    """Put findings in order, and join those that overlap."""
    found.sort(key=lambda finding: finding[:2])
    merged: list[Finding] = []
    for finding in found:
        if merged and finding.start < merged[-1].end:
            merged.append(_joined(merged.pop(), finding))
        else:
            merged.append(finding)
    return merged


def _joined(first: Finding, second: Finding) -> Finding:
    """Join two findings that overlap; the narrower value, without a vendor's prefix, is kept."""
    values = (second.value,) if second.value in first.value else (first.value, second.value)
    value = first.value if first.value in second.value else " ".join(values)
    word = first.word or (second.word if second.start == first.start else "")
    return Finding(first.start, max(first.end, second.end), word, value)
