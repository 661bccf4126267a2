"""What a text comes back to: its words and pairs of words that are said more than once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from naming.sanitize.words import stop_words_of, tokens


@dataclass(frozen=True, slots=True)
class Topic:
    """How often each word of a text is said, and which pairs of neighbours are said again."""

    counts: Counter[str]
    pairs: frozenset[tuple[str, str]]

    def comes_back_in(self, words: list[str]) -> bool:
        """Tell whether a pair of `words` is one that the text says again: `affine cipher`, `unit tests`."""
        return not self.pairs.isdisjoint(pairwise(words))


def topic_of(text: str) -> Topic:
    """Count the words of `text` and find its repeated pairs, stop words left out."""
    words = tokens(text.lower())
    counts = Counter(words)
    stops = stop_words_of(words)
    again = {word for word, count in counts.items() if count > 1 and word not in stops}
    pairs = Counter(pair for pair in pairwise(words) if pair[0] in again and pair[1] in again)
    return Topic(counts, frozenset(pair for pair, count in pairs.items() if count > 1))
