"""A text that is searched: where words of rules stand in it, and how much of it is read.

A rule begins with one of its words. The words of all rules are looked for at once (by the algorithm
of Aho and Corasick), and a rule is tried only where one of its words stands. So the work is in
proportion to the number of such places, and counting them bounds it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from ahocorasick_rs import AhoCorasick

from naming.secrets.normalization import lowered
from naming.secrets.rules import Finding

MAX_WORK: Final = 20_000
"""What may be spent on one text, counted as if each character that a rule looks at cost one.

Of a thousand texts of 4 KB from programs and manuals 14 cost more, of shorter ones hardly any. The
dearest cost as much as 130 loops of a thousand additions."""

WORK_OF_A_PROMPT: Final = 34_000
"""What may be spent on a prompt, however often it is searched while it is reduced."""

WORK_OF_A_TRIAL: Final = 20
WORK_OF_A_VALUE: Final = 80
WORK_OF_A_FINDING: Final = 80
"""What trying one rule, judging one value and replacing one secret count for."""


@dataclass
class Budget:
    """The work that is left for a prompt."""

    left: int = WORK_OF_A_PROMPT

    def spend(self, units: int) -> None:
        """Take off `units`, down to nothing."""
        self.left = max(0, self.left - units)


FOUND: Final = "\x1c"  # white space that no text has


class Text:
    """A text, also in small letters, and how much of it is read.

    Where more was looked at than allowed, `end` moves back to the word where that was: behind it
    everything counts as secret.
    """

    __slots__ = "end", "found", "most", "near", "rest", "shown", "small", "work"

    def __init__(self, shown: str, most_work: int = MAX_WORK) -> None:
        self.shown = self.rest = shown
        """`rest` has white space where something was found."""
        self.small = lowered(shown)
        self.end = len(shown)
        self.work = 0
        self.most = most_work
        self.near: list[tuple[int, int]] = []
        """Where names are that values may stand near to."""
        self.found: list[Finding] = []
        """In any order; they may overlap."""

    def spend(self, units: int, at: int) -> bool:
        """Count `units` of work at a place, and tell whether they were left.

        If not, nothing is read from the word there on.
        """
        self.work += units
        if self.work <= self.most:
            return True
        while at > 0 and not self.shown[at - 1].isspace():
            at -= 1
        self.end = min(self.end, at)
        return False

    def add(self, finding: Finding) -> None:
        """Take up what a rule has found."""
        self.found.append(finding)
        hidden = FOUND * (finding.end - finding.start)
        self.rest = self.rest[: finding.start] + hidden + self.rest[finding.end :]

    def is_hidden(self, start: int, end: int) -> bool:
        """Tell whether `start` to `end` is in what was found so far: nobody need look again."""
        return not self.rest[start:end].strip(FOUND)

    def before(self, pattern: re.Pattern[str], at: int, most: int) -> str:
        """Give what matches `pattern`, read backwards from `at`, `most` characters at most.

        Searching for what ends at a place tries each place before it in vain.
        """
        match = pattern.match(self.shown[max(0, at - most) : at][::-1])
        return match[0][::-1] if match else ""

    def each(self, pattern: re.Pattern[str], units: int) -> Iterator[re.Match[str]]:
        """Give the matches of `pattern` as long as there is work left, of which each costs some."""
        for match in pattern.finditer(self.shown, 0, self.end):
            if not self.spend(units, match.start()):
                return
            yield match


@dataclass(frozen=True)
class Rule:
    """What is looked for where one of `words` stands: `expression`, in small letters."""

    words: Sequence[str]
    expression: str
    find: Callable[[Text, re.Match[str]], Iterable[Finding]]
    work: int = 0
    """What a trial costs beyond `WORK_OF_A_TRIAL`."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The expression, compiled when it is first tried."""
        return re.compile(self.expression)


class Index:
    """Rules by the words that they begin with."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        by_word: dict[str, tuple[int, tuple[Rule, ...]]] = {}
        for rule in rules:
            for word in rule.words:
                units, others = by_word.get(word, (0, ()))
                by_word[word] = units + WORK_OF_A_TRIAL + rule.work, (*others, rule)
        self._rules: Final = tuple(by_word.values())
        self._find: Final = AhoCorasick(list(by_word)).find_matches_as_indexes

    def find_in(self, text: Text) -> None:
        """Try the rules where their words stand."""
        small = text.small
        for number, at, _ in self._find(small, overlapping=True):
            units, rules = self._rules[number]
            if not text.spend(units, at):
                break
            for rule in rules:
                if (match := rule.pattern.match(small, at)) is not None:
                    for finding in rule.find(text, match):
                        text.add(finding)
