"""What a text comes back to: its words and pairs of words that are said more than once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from naming.extraction.words import KNOWN_WEIGHTS, plain_words, stop_words_of, weight

if TYPE_CHECKING:
    from collections.abc import Mapping


class Weights(dict[str, float]):
    """What the words of one text, in small letters, weigh; each is looked at once."""

    def __missing__(self, word: str) -> float:
        """Weigh a word that is asked for the first time. Most need no closer look."""
        is_usual = word.isalpha() and word[-2:] != "ly" and word not in KNOWN_WEIGHTS
        self[word] = value = 1.0 if is_usual else weight(word)
        return value


@dataclass(frozen=True, slots=True)
class Topic:
    """How often each word of a text is said, which pairs of neighbours are said again, and what says nothing."""

    counts: Counter[str]
    pairs: frozenset[tuple[str, str]]
    stops: frozenset[str] = frozenset()
    weights: Weights = field(default_factory=Weights)

    def comes_back_in(self, words: list[str]) -> bool:
        """Tell whether a pair of `words` is one that the text says again.

        `affine cipher`, `unit tests`.
        """
        return bool(self.pairs) and not self.pairs.isdisjoint(pairwise(words))


def topic_of(text: str) -> Topic:
    """Count the words of `text` and find its repeated pairs, stop words left out."""
    words = plain_words(text)
    counts = Counter(words)
    stops = stop_words_of(counts)
    return Topic(counts, _said_again(words, counts, stops), stops)


def _said_again(
    words: list[str], counts: Mapping[str, int], stops: frozenset[str]
) -> frozenset[tuple[str, str]]:
    """Find the pairs of neighbours that come twice.

    Few words do, and only pairs of these need be remembered.
    """
    often = {word for word, count in counts.items() if count > 1} - stops
    seen: set[tuple[str, str]] = set()
    again: set[tuple[str, str]] = set()
    before = ""
    for word in words:
        if word not in often:
            before = ""
            continue
        if before:
            pair = (before, word)
            (again if pair in seen else seen).add(pair)
        before = word
    return frozenset(again)
