"""Numbers of payment cards."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from naming.redaction.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBER: Final = re.compile(r"[2-6]\d{3}(?<![\w.]\d{4})(?<!\d[ -]\d{4})(?:[ -]?\d){9,15}(?![ -]?\d)(?!\w)")
_GROUPED: Final = re.compile(r"\d{13,19}|(\d{4})([ -])\d{4}\2\d{4}\2\d{1,4}(?:\2\d{1,3})?|\d{4}([ -])\d{6}\3\d{4,5}")
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
"""First digits and lengths (ISO/IEC 7812): a number of nobody's is no card, whatever its check digit."""

_DOUBLED: Final = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
SIXTEEN: Final = 16


def find_cards(text: str) -> Iterator[Finding]:
    """Find card numbers by issuer, length, grouping and check digit.

    Sixteen digits that begin as a Visa card's are taken without their check digit, as a mistyped number.
    """
    for match in _NUMBER.finditer(text):
        digits = re.sub("[ -]", "", match.group())
        if _GROUPED.fullmatch(match.group()) and _ISSUER.fullmatch(digits):
            if passes_luhn(digits):
                yield Finding(match.start(), match.end(), "card number", digits)
            elif len(digits) == SIXTEEN and digits[0] == "4":
                yield Finding(match.start(), match.end(), "number", digits)


def passes_luhn(digits: str) -> bool:
    """Tell whether the last of `digits` is the check digit of those before it (ISO/IEC 7812-1, annex B)."""
    total = sum(int(digit) for digit in digits[-1::-2]) + sum(_DOUBLED[int(digit)] for digit in digits[-2::-2])
    return total % 10 == 0
