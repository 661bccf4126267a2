"""The candidate: a title that somebody proposes, trimmed; what is asked about it, computed once."""

from __future__ import annotations

from functools import cached_property

from naming.names import DisplayName
from naming.slug import slug_words
from naming.text.folding import fold
from naming.validation.trim import trim


class Candidate:
    """A proposed title: one trimmed line."""

    def __init__(self, text: str) -> None:
        self.text = text

    @classmethod
    def read(cls, field: str) -> Candidate:
        """Trim a `field` of a reply into a candidate."""
        return cls(trim(field))

    @cached_property
    def folded(self) -> str:
        """It as texts are compared."""
        return fold(self.text)

    @cached_property
    def slug(self) -> str:
        """Its words in lower-case ASCII, joined by hyphens."""
        return slug_words(self.text)

    @cached_property
    def display_name(self) -> DisplayName:
        """It as a lawful display name. Raises InvalidName."""
        return DisplayName(self.text)
