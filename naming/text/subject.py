"""Whether two texts speak of the same thing, told by the words they share, in any script."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from naming.text.folding import ends, fold
from naming.text.tokens import content_words, words

STEM_LENGTH: Final = 4
"""Letters that two forms of one word have in common at least: `truncated` and `truncation`."""

_STEM_OF: Final = itemgetter(slice(STEM_LENGTH))


@dataclass(frozen=True, slots=True)
class Subject:
    """What a text is about."""

    folded: str
    words: frozenset[str]
    stems: frozenset[str]

    @classmethod
    def read(cls, text: str) -> Subject:
        """Read the ends of `text`."""
        folded = fold(ends(text))
        found = words(folded)
        return cls(folded, found, frozenset(map(_STEM_OF, found)))

    def share(self, line: str) -> float:
        """Measure which part of a folded line's content words occurs here: 0 to 1."""
        wanted = content_words(line)
        there = sum(word[:STEM_LENGTH] in self.stems for word in wanted)
        return there / len(wanted) if wanted else 0.0
