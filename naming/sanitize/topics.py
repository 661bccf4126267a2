"""What a text comes back to: its words and pairs of words that are said more than once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from naming.sanitize.words import plain_words, stop_words_of, weight


class Weights(dict[str, float]):
    """What the words of one text weigh, each looked at once."""

    def __missing__(self, word: str) -> float:
        """Weigh a word that is asked for the first time."""
        self[word] = value = weight(word)
        return value


@dataclass(frozen=True, slots=True)
class Topic:
    """How often each word of a text is said, which pairs of neighbours are said again, and what says nothing."""

    counts: Counter[str]
    pairs: frozenset[tuple[str, str]]
    stops: frozenset[str] = frozenset()
    weights: Weights = field(default_factory=Weights)

    def comes_back_in(self, words: list[str]) -> bool:
        """Tell whether a pair of `words` is one that the text says again: `affine cipher`, `unit tests`."""
        return bool(self.pairs) and not self.pairs.isdisjoint(pairwise(words))


def topic_of(text: str) -> Topic:
    """Count the words of `text` and find its repeated pairs, stop words left out."""
    words = plain_words(text)
    counts = Counter(words)
    stops = stop_words_of(counts)
    pairs = Counter(pairwise(words))
    again = frozenset(pair for pair, count in pairs.items() if count > 1 and stops.isdisjoint(pair))
    return Topic(counts, again, stops)
