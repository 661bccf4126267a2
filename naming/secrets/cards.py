"""Numbers of payment cards."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from naming.secrets.finding import Finding, holds_one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from naming.secrets.clues import Glance

_GAP: Final = r"(?: {1,2}| ?\n|[-./_])"
_NUMBER: Final = re.compile(
    r"[2-6](?<![A-Za-z0-9].)(?<![0-9]\..)"
    rf"[0-9]{{3}}(?:[0-9]{{9,15}}(?![0-9])"
    rf"|{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}}{_GAP}[0-9]{{1,4}}(?![0-9])(?P<more>{_GAP}[0-9]{{1,3}}(?![0-9/]))?"
    rf"|{_GAP}[0-9]{{6}}{_GAP}[0-9]{{4,5}}(?![0-9]))(?![A-Za-z0-9])"
)
"""Beside letters of a script without spaces and beside an underscore too.

What follows may be a date or a code."""

_FIRST: Final = "23456"
_GAPS: Final = re.compile(r"[^0-9]+")
_USUAL: Final = re.compile(r"[0-9 -]+")

_ISSUER: Final = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})"  # Visa
    r"|(?:5[1-5]|2[2-7])\d{14}"  # Mastercard
    r"|3[47]\d{13}"  # American Express
    r"|3(?:0[0-5]|[689]\d)\d{11}"  # Diners Club
    r"|35\d{14}"  # JCB
    r"|(?:6011|65|64[4-9])\d{12,15}|6(?:011|5|4[4-9])\d{13,14}"  # Discover
    r"|62\d{14,17}"  # UnionPay
    r"|(?:5[06-8]|6[0-9])\d{11,17}"  # Maestro
)
"""First digits and lengths (ISO/IEC 7812).

A number of nobody's is no card, whatever its check digit."""

_DOUBLED: Final = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
SIXTEEN: Final = 16


def find_cards(text: str, _glance: Glance) -> Iterator[Finding]:
    """Find card numbers by issuer, length, grouping and check digit.

    Sixteen digits that begin as a Visa card's are taken without their check digit, as a mistyped
    number.
    """
    if not holds_one_of(_FIRST, text):
        return
    at = 0
    while match := _NUMBER.search(text, at):
        card = _card(text, match)
        at = (
            card.end if card else match.start() + 1
        )  # a year in front may look like the first group of one
        if card:
            yield card


def _card(text: str, match: re.Match[str]) -> Finding | None:
    for end in {match.end(): None, match.start("more"): None}:
        number = text[match.start() : end] if end > 0 else ""
        gaps = {" " if gap.isspace() else gap for gap in _GAPS.findall(number)}
        digits = _GAPS.sub("", number)
        if len(gaps) > 1 or not _ISSUER.fullmatch(digits):
            continue
        if passes_luhn(digits):
            return Finding(match.start(), end, "card number", digits)
        if len(digits) == SIXTEEN and digits[0] == "4" and _USUAL.fullmatch(number):
            return Finding(match.start(), end, "number", digits)
    return None


def passes_luhn(digits: str) -> bool:
    """Tell whether the last of `digits` is the check digit of those before it (ISO/IEC 7812-1, annex B)."""
    total = sum(int(digit) for digit in digits[-1::-2]) + sum(
        _DOUBLED[int(digit)] for digit in digits[-2::-2]
    )
    return total % 10 == 0
