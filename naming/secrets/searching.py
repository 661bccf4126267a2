"""A text that is searched: where words of rules stand in it, and how much of it is read.

A rule begins with one of its words. The words of all rules are looked for at once (by the algorithm
of Aho and Corasick), and a rule is tried only where one of its words stands. So the work is in
proportion to the number of such places, and counting them bounds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, TypeAlias

from ahocorasick_rs import AhoCorasick

from naming.secrets.normalization import lowered

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from naming.secrets.rules import Finding

MAX_WORK: Final = 20_000
"""What may be spent on one text, counted as if each character that a rule looks at cost one.

Of a thousand texts of 4 KB from programs and manuals seven cost more, of shorter ones hardly any.
The dearest 16,000 cost as much as 100 loops of a thousand additions."""

WORK_OF_A_TRIAL: Final = 20
WORK_OF_A_VALUE: Final = 80
WORK_OF_A_FINDING: Final = 80
"""What trying one rule, judging one value and replacing one secret count for."""


class Text:
    """A text, also in small letters, and how much of it is read.

    Where more was looked at than allowed, `end` moves back to the word where that was: behind it
    everything counts as secret.
    """

    __slots__ = "_hidden", "_most", "digits", "end", "found", "near", "shown", "small", "work"

    def __init__(self, shown: str, most_work: int = MAX_WORK) -> None:
        self.shown = shown
        self.small = lowered(shown)
        self.end = len(shown)
        self.digits = sum(map(shown.count, "0123456789"))
        """How many there are; without them there are few secrets."""
        self.work = 0
        self._most = most_work
        self.near: list[tuple[int, int]] = []
        """Where names are that values may stand near to."""
        self.found: list[Finding] = []
        """In any order; they may overlap."""
        self._hidden = bytearray(len(shown) + 1)

    def spend(self, units: int, at: int) -> bool:
        """Count `units` of work at a place, and tell whether they were left.

        If not, nothing is read from the word there on.
        """
        self.work += units
        if self.work <= self._most:
            return True
        while at > 0 and not self.shown[at - 1].isspace():
            at -= 1
        self.end = min(self.end, at)
        return False

    def add(self, finding: Finding) -> None:
        """Take up what a rule has found."""
        self.found.append(finding)
        self._hidden[finding.start : finding.end] = b"\1" * (finding.end - finding.start)

    def is_hidden(self, start: int, end: int) -> bool:
        """Tell whether `start` to `end` is in what was found so far: nobody need look again."""
        return self._hidden.find(0, start, end) < 0

    def not_hidden(self, start: int, end: int) -> tuple[int, int]:
        """Take off both ends of `start` to `end` what was found so far."""
        return max(start, self._hidden.find(0, start, end)), self._hidden.rfind(0, start, end) + 1

    def before(self, pattern: re.Pattern[str], at: int, most: int) -> re.Match[str] | None:
        """Match `pattern` from `at` backwards, `most` characters at most.

        Searching for what ends at a place tries each place before it in vain.
        """
        return pattern.match(self.shown[max(0, at - most) : at][::-1])

    def each(self, pattern: re.Pattern[str], units: int) -> Iterator[re.Match[str]]:
        """Give the matches of `pattern` as long as there is work left, of which each costs some."""
        for match in pattern.finditer(self.shown, 0, self.end):
            if not self.spend(units, match.start()):
                return
            yield match


Rule: TypeAlias = Callable[[Text, int], "Iterable[Finding]"]
"""Tries a place of a text."""


class Index:
    """Rules by the words that they begin with."""

    def __init__(self, rules: Iterable[tuple[Iterable[str], Rule, int]]) -> None:
        """Take words, a rule and what a trial of it costs beyond `WORK_OF_A_TRIAL`."""
        by_word: dict[str, tuple[int, tuple[Rule, ...]]] = {}
        for words, rule, extra in rules:
            for word in words:
                units, others = by_word.get(word, (0, ()))
                by_word[word] = units + WORK_OF_A_TRIAL + extra, (*others, rule)
        self._rules: Final = tuple(by_word.values())
        self._find: Final = AhoCorasick(list(by_word)).find_matches_as_indexes

    def find_in(self, text: Text) -> None:
        """Try the rules where their words stand."""
        for number, at, _ in self._find(text.small, overlapping=True):
            units, rules = self._rules[number]
            if not text.spend(units, at):
                break
            for rule in rules:
                for finding in rule(text, at):
                    text.add(finding)
