"""Phrases that whole requests are searched for.

Only in the languages, and at the words, that one can begin with.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from naming.validation.phrases.beginnings import Beginnings, beginnings_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


class Part(NamedTuple):
    """The phrases of one language."""

    pattern: re.Pattern[str]
    beginnings: Beginnings

    def searcher(self, folded: str, seen: frozenset[str]) -> Callable[[int], re.Match[str] | None]:
        """Make what finds the first phrase from a place in a `folded` text on.

        From call to call, only further on.

        `seen` are the heads of the text's words.
        """
        places = self.beginnings.places(folded, seen)
        if places is None:
            return lambda at: self.pattern.search(folded, at)
        coming = iter(places)

        def search(at: int) -> re.Match[str] | None:
            for place in coming:
                if place >= at and (found := self.pattern.match(folded, place)):
                    return found
            return None

        return search


def read_part(pattern: str, *, at_words: bool) -> Part:
    """Compile the `pattern` of one language, whose matches begin and end `at_words` or anywhere."""
    whole_words = rf"(?<!\w)(?:{pattern})(?!\w)" if at_words else pattern
    return Part(re.compile(whole_words), beginnings_of(pattern, at_words=at_words))


class RarePhrases:
    """One kind of phrase in every language."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self._parts = tuple(parts)

    def is_in(self, folded: str, seen: frozenset[str]) -> bool:
        """Tell whether one of the phrases stands in a `folded` text.

        `seen` are the heads of its words.
        """
        return next(self.each(folded, seen), None) is not None

    def each(self, folded: str, seen: frozenset[str]) -> Iterator[re.Match[str]]:
        """Find the phrases in a `folded` text one after the other.

        Of those at one place, the one listed first.

        `seen` are the heads of the text's words.
        """
        searchers = [
            part.searcher(folded, seen)
            for part in self._parts
            if part.beginnings.may_be_in(folded, seen)
        ]
        coming = [(search, found) for search in searchers if (found := search(0))]
        while coming:
            first = min((found for _, found in coming), key=re.Match.start)
            yield first
            # Only what the last phrase covers is looked for anew, so that every language reads the
            # text once.
            later = (
                (search, found if found.start() >= first.end() else search(first.end()))
                for search, found in coming
            )
            coming = [(search, found) for search, found in later if found]
