"""Numbers that are secrets by themselves: of payment cards and bank accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from naming.secrets.rules import Finding, Shapes
from naming.secrets.searching import WORK_OF_A_TRIAL, WORK_OF_A_VALUE

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from naming.secrets.searching import Text

_SHAPES: Final = Shapes("numeric codes")

_LEAST: Final = 8
"""Digits; accounts may have letters too."""

_DOUBLED: Final = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
_SIXTEEN: Final = 16


def find_numbers(text: Text) -> Iterator[Finding]:
    """Find numbers of bank accounts by their check digits (ISO 13616), and of payment cards."""
    if text.digits < _LEAST:
        return
    for account in text.each(_SHAPES.iban, WORK_OF_A_VALUE):
        number = account[0].replace(" ", "")
        if int("".join(str(int(char, 36)) for char in number[4:] + number[:4])) % 97 == 1:
            yield Finding(account.start(), account.end(), "bank account", number)
    at = 0
    while match := _SHAPES.number.search(text.shown, at, text.end):
        if not text.spend(WORK_OF_A_TRIAL, match.start()):
            return
        card = _card(text.shown, match)
        # a year in front may look like the first group of one
        at = card.end if card else match.start() + 1
        if card:
            yield card


def _card(text: str, match: re.Match[str]) -> Finding | None:
    """Tell a card's number by issuer, length, grouping and check digit.

    Sixteen digits that begin as a Visa card's need no right check digit: they may be mistyped.
    """
    for end in {match.end(): None, match.start("more"): None}:
        number = text[match.start() : end] if end > 0 else ""
        gaps = {" " if gap.isspace() else gap for gap in _SHAPES.gaps.findall(number)}
        plain = _SHAPES.gaps.sub("", number)
        if len(gaps) > 1 or not _SHAPES.issuer.fullmatch(plain):
            continue
        if passes_luhn(plain):
            return Finding(match.start(), end, "card number", plain)
        if len(plain) == _SIXTEEN and plain[0] == "4" and _SHAPES.usual.fullmatch(number):
            return Finding(match.start(), end, "number", plain)
    return None


def passes_luhn(number: str) -> bool:
    """Tell whether the last digit checks those before it (ISO/IEC 7812-1, annex B)."""
    total = sum(int(digit) for digit in number[-1::-2]) + sum(
        _DOUBLED[int(digit)] for digit in number[-2::-2]
    )
    return total % 10 == 0
