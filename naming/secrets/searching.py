"""A text that is searched: where words of rules stand in it, and how much of it is read.

A rule begins with one of its words. The words of all rules are looked for at once (by the algorithm
of Aho and Corasick), and a rule is tried only where one of its words stands. So the work is in
proportion to the number of such places, and counting them bounds it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, TypeAlias

from ahocorasick_rs import AhoCorasick

from naming.secrets.normalization import lowered

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from naming.secrets.rules import Finding

MAX_WORK: Final = 18_000
"""Characters that rules may look at in one text."""

WORK_OF_A_TRIAL: Final = 10
WORK_OF_A_VALUE: Final = 80
"""What trying one rule and judging one value count for, in characters."""


def holds_one_of(chars: str, text: str) -> bool:
    """Tell whether `text` holds one of `chars`; twenty times as fast as looking for one word."""
    for char in chars:  # noqa: SIM110 - `any` of a generator takes three times as long
        if char in text:
            return True
    return False


class Text:
    """A text, also in small letters, and how much of it is read.

    Where more was looked at than allowed, `end` moves back to the word where that was: behind it
    everything counts as secret.
    """

    __slots__ = ("end", "near", "places", "shown", "small", "work")

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.small = lowered(shown)
        self.end = len(shown)
        self.work = 0
        self.places: list[int] = []
        """Where words of rules begin, in order of their ends."""
        self.near: list[tuple[int, int]] = []
        """The names near which values may stand."""

    def each(self, pattern: re.Pattern[str], most: int) -> Iterator[re.Match[str]]:
        """Give the matches of `pattern`, at most so many."""
        for number, match in enumerate(pattern.finditer(self.shown, 0, self.end)):
            if number == most:
                self.cut(match.start())
                return
            yield match

    def cut(self, at: int) -> None:
        """Read nothing behind the white space before `at`."""
        while at > 0 and not self.shown[at - 1].isspace():
            at -= 1
        self.end = min(self.end, at)

    def has_place(self, start: int, end: int) -> bool:
        """Tell whether a word of a rule begins in `start` to `end`."""
        at = bisect_left(self.places, start)
        return at < len(self.places) and self.places[at] < end


Rule: TypeAlias = Callable[[Text, int], "Iterable[Finding]"]
"""Tries a place of a text."""


class Index:
    """Rules by the words that they begin with."""

    def __init__(self, rules: Iterable[tuple[Iterable[str], Rule | None]]) -> None:
        """Take pairs of words and a rule; without a rule, where the words stand is only noted."""
        by_word: dict[str, list[Rule]] = {}
        for words, rule in rules:
            for word in words:
                by_word.setdefault(word, []).extend(() if rule is None else (rule,))
        self._rules: Final = tuple(map(tuple, by_word.values()))
        self._find: Final = AhoCorasick(list(by_word)).find_matches_as_indexes

    def find_in(self, text: Text) -> list[Finding]:
        """Try the rules where their words stand."""
        found: list[Finding] = []
        for number, at, _ in self._find(text.small, overlapping=True):
            rules = self._rules[number]
            text.work += WORK_OF_A_TRIAL * len(rules)
            if text.work > MAX_WORK:
                text.cut(at)
                break
            text.places.append(at)
            for rule in rules:
                found.extend(rule(text, at))
        text.places.sort()
        return found
