"""Secrets in a text.

Found by kind, replaced by a neutral word, and looked for once more in an answer.

`tokens` finds what shows by itself, `private_keys`, `addresses` and `cards` what has a form of its
own, `placed`, `assignments`, `literals`, `codes` and `said` what stands where a secret belongs,
`nearby` what stands close to it, and `made_up` what people think up. `replacement` keeps the
sentence readable.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from naming.secrets.addresses import find_addresses, find_emails
from naming.secrets.assignments import find_assignments
from naming.secrets.cards import find_cards
from naming.secrets.clues import glance_at
from naming.secrets.codes import find_codes
from naming.secrets.finding import Finding
from naming.secrets.folding import shadow_of
from naming.secrets.literals import find_literals
from naming.secrets.made_up import find_made_up
from naming.secrets.nearby import find_nearby
from naming.secrets.placed import find_placed
from naming.secrets.private_keys import find_private_keys
from naming.secrets.replacement import without
from naming.secrets.said import find_said
from naming.secrets.tokens import find_tokens
from naming.secrets.values import is_mixed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from naming.secrets.folding import Shadow

__all__ = ["holds_secret", "leaks", "redact", "secrets_in"]

_FINDERS: Final = (
    find_private_keys,
    find_addresses,
    find_tokens,
    find_placed,
    find_assignments,
    find_nearby,
    find_emails,
    find_cards,
    find_made_up,
    find_literals,
    find_codes,
    find_said,
)

_MAX_ROUNDS: Final = 8
"""Taking one secret out may bring another to light. A text where that goes on was made for it.

Its rest is dropped."""

PIECE: Final = 7
"""Characters of a secret that nobody may see again; of a shorter one, all."""

_MIN_WHOLE: Final = 4
_MIN_REPEATED: Final = 5
"""Characters."""


def redact(text: str) -> str:
    """Replace every secret of `text` by a neutral word for its kind."""
    for _ in range(_MAX_ROUNDS):
        if not (findings := _findings(text)):
            return text
        text = _without_repeats(without(text, findings), findings)
    while findings := _findings(text):
        text = text[: findings[0].start]
    return text


def holds_secret(text: str) -> bool:
    """Tell whether `text` holds anything that `redact` would replace."""
    return bool(_findings(text))


def secrets_in(text: str) -> frozenset[str]:
    """Collect the secrets of `text`, without their vendors' prefixes and without the names they are given to."""
    values: set[str] = set()
    for _ in range(_MAX_ROUNDS):
        findings = _findings(text)
        values.update(finding.value for finding in findings if finding.value)
        if not findings:
            break
        text = without(text, findings)
    return frozenset(values)


def leaks(answer: str, prompt: str) -> bool:
    """Tell whether `answer` (a name or display name) repeats a piece of a secret of `prompt`, however it is spelt.

    Seven characters in a row are a piece, and the whole of a shorter secret of at least four. What the prompt also
    says outside of its secrets is free to be repeated.
    """
    secrets = secrets_in(prompt)
    if not secrets:
        return False
    hidden, said, answered = (
        [_folded(secret) for secret in secrets],
        _folded(redact(prompt)),
        _folded(answer),
    )
    pieces = {answered[at : at + PIECE] for at in range(max(0, len(answered) - PIECE + 1))}
    together = " ".join(hidden)
    if any(piece in together and piece not in said for piece in pieces):
        return True
    return any(
        _MIN_WHOLE <= len(secret) < PIECE and secret in answered and secret not in said
        for secret in hidden
    )


def _folded(text: str) -> str:
    shadow = shadow_of(text)
    return re.sub(r"[\W_]", "", (shadow.text if shadow else text).casefold())


def _findings(text: str) -> list[Finding]:
    """Find all secrets, in order.

    Of two that overlap, one from the first to the last character of both.
    """
    shadow = shadow_of(text)
    found = [] if shadow is None else list(_found_in(shadow))
    if shadow is None or shadow.loses_letters:
        found += _found_as_it_is(text)
    if not found:
        return found
    found.sort(key=lambda finding: finding[:2])
    merged: list[Finding] = []
    for finding in found:
        if merged and finding.start < merged[-1].end:
            merged.append(_joined(merged.pop(), finding))
        else:
            merged.append(finding)
    return merged


def _found_as_it_is(text: str) -> Iterator[Finding]:
    glance = glance_at(text)
    for finder in _FINDERS:
        yield from finder(text, glance)


def _found_in(shadow: Shadow) -> Iterator[Finding]:
    for finding in _found_as_it_is(shadow.text):
        start, end = shadow.starts[finding.start], shadow.ends[finding.end - 1]
        yield finding._replace(start=start, end=end)


def _joined(first: Finding, second: Finding) -> Finding:
    """Join two findings that overlap. The narrower value is the better one.

    It has no vendor's prefix.
    """
    values = (second.value,) if second.value in first.value else (first.value, second.value)
    value = first.value if first.value in second.value else " ".join(values)
    word = first.word or (second.word if second.start == first.start else "")
    return Finding(first.start, max(first.end, second.end), word, value)


def _without_repeats(text: str, findings: list[Finding]) -> str:
    """Take out the same values where nothing marks them."""
    for finding in findings:
        if (
            len(finding.value) >= _MIN_REPEATED
            and is_mixed(finding.value)
            and finding.value in text
        ):
            text = re.sub(
                rf"(?<!\w){re.escape(finding.value)}(?!\w)", finding.word or "secret", text
            )
    return text
