"""What a place of credentials is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Place(NamedTuple):
    """One place: what must be in the text to look at all, the pattern, what its value must be.

    Of the characters of `marks`, when there are any, and of the words of `triggers` (in small
    letters) one must be there. The pattern's `sep` begins what is taken out, its `value` is the
    secret. It is matched against small letters.
    """

    marks: str
    triggers: tuple[str, ...]
    pattern: re.Pattern[str]
    is_secret: Callable[[str], bool]
    word: str = ""


def place(
    marks: str, triggers: str, pattern: str, is_secret: Callable[[str], bool], word: str = ""
) -> Place:
    """Make a place of `triggers` with bars between them."""
    return Place(marks, tuple(triggers.split("|")), re.compile(pattern), is_secret, word)
