"""Passwords that show by themselves.

Digits that stand for letters, and signs where words have none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from naming.secrets.finding import Finding, holds_one_of
from naming.secrets.values import has_digits_for_letters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from naming.secrets.clues import Glance

_SIGNS: Final = "!^$#*%&@"
_SIGN: Final = re.compile(r"[!^$#*%&@](?<=[A-Za-z0-9].)")
_REST: Final = re.compile(r"[A-Za-z0-9!^$#*%&@_?+-]{0,40}")
_BEFORE: Final = re.compile(r"(?<![\w/.$@#\\%&?+-])[A-Za-z0-9][\w-]{0,40}\Z", re.ASCII)
_NO_WORD_BEHIND: Final = frozenset("/.(:={[<")
_WITHIN: Final = re.compile(r"[A-Za-z0-9][!^]+[A-Za-z0-9]")
"""Signs that neither code nor prose has within a word.

The others count where digits stand for letters."""

_SPELLING: Final = re.compile(r"p[a@4](?:ss|55|\$\$)w[o0]rd", re.IGNORECASE)
_MIN: Final = 7
"""Characters."""


def find_made_up(text: str, _glance: Glance) -> Iterator[Finding]:
    """Find words that nobody writes but as a password (`Geh3im!`, `Tr0ub4dor&3`, `Bobs!Pass9`)."""
    if not holds_one_of(_SIGNS, text):
        return
    done = 0
    for sign in _SIGN.finditer(text):
        if (
            sign.start() < done
            or (before := _BEFORE.search(text, max(done, sign.start() - 42), sign.start())) is None
        ):
            continue
        rest = _REST.match(text, sign.start())
        done = rest.end() if rest else sign.end()
        value = text[before.start() : done].rstrip("?&-")
        if (
            len(value) >= _MIN
            and text[done : done + 1] not in _NO_WORD_BEHIND
            and _is_password(value)
        ):
            yield Finding(before.start(), before.start() + len(value), "password", value)


def _is_password(value: str) -> bool:
    if _SPELLING.match(value):
        return not value.isalpha()
    if has_digits_for_letters(value):
        return True
    return _WITHIN.search(value) is not None and all(
        any(map(kind, value)) for kind in (str.islower, str.isupper, str.isdigit)
    )
