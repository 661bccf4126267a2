"""Credentials that a place marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from naming.secrets.clues import ByClue
from naming.secrets.finding import Finding
from naming.secrets.places import PLACES
from naming.secrets.values import is_nothing_secret

if TYPE_CHECKING:
    from collections.abc import Iterator

    from naming.secrets.clues import Glance
    from naming.secrets.place import Place

_PLACES: Final = ByClue((place.marks, place.triggers, place) for place in PLACES)


def find_placed(text: str, glance: Glance) -> Iterator[Finding]:
    """Find credentials that stand in a place for them."""
    for place in _PLACES.to_try(glance):
        yield from _found_at(place, text, glance.small)


def _found_at(place: Place, text: str, small: str) -> Iterator[Finding]:
    for match in place.pattern.finditer(small):
        start, end = match.span("value")
        value = text[start:end].rstrip(".,;:!?)]}")
        if not is_nothing_secret(value) and place.is_secret(value):
            first = match.start() if place.word else match.start("sep")
            last = start + len(value)
            last += text[last : last + 1] == text[start - 1 : start] != " "  # the other quote
            yield Finding(first, last, place.word, value)
