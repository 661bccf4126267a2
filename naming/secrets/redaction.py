"""Redaction: all findings of a text, and what it says without them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from naming.secrets.assignments import find_assignments
from naming.secrets.contexts import find_in_context, find_string_literals
from naming.secrets.network_addresses import find_connection_strings, find_emails
from naming.secrets.normalization import normalize
from naming.secrets.numeric_codes import find_one_time_codes, find_payment_cards
from naming.secrets.private_keys import find_private_keys
from naming.secrets.prose_mentions import find_named_behind, find_near_names
from naming.secrets.rules import Finding, scan, word_set
from naming.secrets.tokens import find_passwords, find_tokens
from naming.secrets.values import is_mixed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from naming.secrets.normalization import NormalizedText

_FINDERS: Final = (
    find_private_keys,
    find_connection_strings,
    find_tokens,
    find_in_context,
    find_assignments,
    find_near_names,
    find_emails,
    find_payment_cards,
    find_passwords,
    find_string_literals,
    find_one_time_codes,
    find_named_behind,
)

_MAX_ROUNDS: Final = 8
"""Taking one secret out may bring another to light. A text where that goes on was made for it, and
its rest is dropped."""

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
        text = _without_repeats(_without(text, findings), findings)
    while findings := _findings(text):
        text = text[: findings[0].start]
    return text


def holds_secret(text: str) -> bool:
    """Tell whether `text` holds anything that `redact` would replace."""
    return bool(_findings(text))


def secrets_in(text: str) -> frozenset[str]:
    """Collect the secrets of `text`, without vendors' prefixes and the names they are given to."""
    values: set[str] = set()
    for _ in range(_MAX_ROUNDS):
        findings = _findings(text)
        values.update(finding.value for finding in findings if finding.value)
        if not findings:
            break
        text = _without(text, findings)
    return frozenset(values)


def leaks(answer: str, prompt: str) -> bool:
    """Tell whether `answer` repeats a piece of a secret of `prompt`, however it is spelt."""
    secrets = secrets_in(prompt)
    if not secrets:
        return False
    hidden = [_folded(secret) for secret in secrets]
    public = _folded(redact(prompt))
    answered = _folded(answer)
    pieces = {answered[at : at + PIECE] for at in range(max(0, len(answered) - PIECE + 1))}
    together = " ".join(hidden)
    if any(piece in together and piece not in public for piece in pieces):
        return True
    return any(
        _MIN_WHOLE <= len(secret) < PIECE and secret in answered and secret not in public
        for secret in hidden
    )


def _folded(text: str) -> str:
    normalized = normalize(text)
    return re.sub(r"[\W_]", "", (normalized.text if normalized else text).casefold())


def _findings(text: str) -> list[Finding]:
    """Find all secrets, in order, and join those that overlap."""
    normalized = normalize(text)
    found = [] if normalized is None else list(_found_in(normalized))
    if normalized is None or normalized.loses_letters:
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
    scanned = scan(text)
    for finder in _FINDERS:
        yield from finder(text, scanned)


def _found_in(normalized: NormalizedText) -> Iterator[Finding]:
    for finding in _found_as_it_is(normalized.text):
        start, end = normalized.starts[finding.start], normalized.ends[finding.end - 1]
        yield finding._replace(start=start, end=end)


def _joined(first: Finding, second: Finding) -> Finding:
    """Join two findings that overlap; the narrower value, without a vendor's prefix, is kept."""
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


# --- replacement: the kind of a secret, unless the words around it have named the kind already

_LEAD_IN: Final = re.compile(
    r"(?P<word>[A-Za-z]+)(?:[\"'`*]{0,2}\s?(?:[:=]{1,2}|->|=>)\s{0,3}| is |\s)?[\"'`(\[<*]{0,3}$"
)
_CLOSERS: Final = {'"': '"', "'": "'", "`": "`", "(": ")", "[": "]", "<": ">", "*": "*"}
_NEXT: Final = re.compile(r"[\"'`)\]>*]{0,3}\s?(?P<word>[A-Za-z]+)")
_KINDS: Final = word_set("names", "kinds")
_MAIL: Final = word_set("names", "mail")
_AROUND: Final = 40
"""Characters before and behind a secret that may name its kind."""


def _without(text: str, findings: Sequence[Finding]) -> str:
    """Build `text` with its findings (in order, none inside another) replaced by neutral words."""
    parts: list[str] = []
    done = 0
    for finding in findings:
        parts.append(text[done : finding.start])
        done = finding.end
        if finding.word:
            before = "".join(parts[-3:])[-_AROUND:]
            word, cut, skip = _fitted(before, finding.word, text[done : done + _AROUND])
            if cut:
                parts[-3:] = ["".join(parts[-3:])[:-cut]]
            parts.append(word)
            done += skip
    parts.append(text[done:])
    return "".join(parts)


def _fitted(before: str, word: str, after: str) -> tuple[str, int, int]:
    """Fit `word` between its neighbours.

    Gives the word to put, and how many characters to take off before it and after it.
    """
    lead = _LEAD_IN.search(before)
    if lead is not None and "://" not in word:
        last_word = lead["word"].lower()
        if (
            last_word in _KINDS
            or (last_word in _MAIL and before[lead.end("word") :].strip())
            or last_word == word.rsplit(maxsplit=1)[-1].lower()
        ):
            opened = before[lead.end("word") :]
            closed = "".join(_CLOSERS[char] for char in reversed(opened) if char in _CLOSERS)
            quotes = 0
            while quotes < len(closed) and after[quotes : quotes + 1] == closed[quotes]:
                quotes += 1
            return "", len(before) - lead.end("word"), quotes
        if word.lower().startswith(last_word + " "):
            word = word.partition(" ")[2]
    following = _NEXT.match(after)
    first, _, last = word.rpartition(" ")
    if following is not None and following["word"].lower() == last.lower():
        return first, 0, 0 if first else len(after) - len(after.lstrip())
    return word, 0, 0
