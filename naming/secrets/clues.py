"""One look at a text before secrets are looked for.

Which of the words it holds that they stand beside.

There are more than a hundred such words. Looking for all of them in one go takes a third of the
time of looking for each, and most texts hold so few that most rules need not be tried.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, TypeVar

from naming.secrets.finding import holds_one_of
from naming.secrets.folding import lowered
from naming.secrets.places import PLACES
from naming.secrets.secret_words import KEY_WORDS, NEARBY_WORDS, PASSWORD_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Rule = TypeVar("Rule")


class Glance(NamedTuple):
    """What one look at a text shows: the text in small letters, and the clues that may be in it."""

    small: str
    clues: frozenset[str]


_WORDS: Final = frozenset(
    (
        *(start for start, _ in (*PASSWORD_WORDS, *KEY_WORDS)),
        *(
            word.strip()
            for place in PLACES
            for word in place.triggers
            if any(map(str.isalpha, word))
        ),
        *NEARBY_WORDS,
    )
)
CLUES: Final = tuple(
    sorted(word for word in _WORDS if not any(other in word for other in _WORDS - {word}))
)
"""The words that contain no other: `pass`, but not `passphrase`."""

MOST_SETS: Final = 512
"""Sets of clues of which it is remembered what they lead to.

They are made of our words, not of a prompt's."""

_FREQUENT: Final = " etaoinsrh"
_BY_FREQUENCY: Final = f"{_FREQUENT}dlcumfpgwybvkxjqz"
"""The characters of English, the most frequent first. All other characters are rarer."""


def _frequency(char: str) -> int:
    at = _BY_FREQUENCY.find(char)
    return at if at >= 0 else len(_BY_FREQUENCY)


_RAREST: Final = {
    clue: max(range(len(clue)), key=lambda at: _frequency(clue[at])) for clue in CLUES
}
"""Where the rarest letter of a clue stands; the first of equals."""


def _may_share(clue: str, other: str) -> bool:
    """Tell whether two clues can have their rarest letter in one place of a text, where only one of them is found."""
    at, there = _RAREST[clue], _RAREST[other]
    before, behind = min(at, there), min(len(clue) - at, len(other) - there)
    return clue[at - before : at + behind] == other[there - before : there + behind]


def _branch(clue: str) -> str:
    """Give a pattern for the rest of `clue` behind its rarest letter.

    The empty group says which clue it is.
    """
    return f"{re.escape(clue[_RAREST[clue] + 1 :])}(?<={re.escape(clue)})()"


class _Search:
    """A pattern that finds `clues` by their rarest letters.

    Two places out of three in a text need no look.
    """

    def __init__(self, clues: Iterable[str]) -> None:
        """Sort them by these letters, the most frequent first.

        One clue alone is not worth a look at each `s`.
        """
        self.meant: Final[list[list[str]]] = []
        """Which clues there may be where group N + 1 takes part."""
        self.alone: Final[list[str]] = []
        """Clues that are looked for one by one."""
        branches = []
        ordered = sorted(
            clues, key=lambda clue: (_frequency(letter := clue[_RAREST[clue]]), letter)
        )
        for letter, found in groupby(ordered, key=lambda clue: clue[_RAREST[clue]]):
            alike = list(found)
            if len(alike) == 1 and letter in _FREQUENT:
                self.alone.extend(alike)
                continue
            branches.append(f"{re.escape(letter)}(?:{'|'.join(map(_branch, alike))})")
            self.meant.extend(
                [other for other in alike if _may_share(clue, other)] for clue in alike
            )
        self.next: Final = re.compile("|".join(branches)).search


_ALL: Final = _Search(CLUES)
_ASCII: Final = _Search(filter(str.isascii, CLUES))


def glance_at(text: str) -> Glance:
    """Look at `text` once."""
    small = lowered(text)
    search = _ASCII if text.isascii() else _ALL
    numbers, found = set(), search.next(small)
    while found:
        numbers.add(found.lastindex or 0)
        found = search.next(small, found.start() + 1)
    clues = {clue for clue in search.alone if clue in small}
    return Glance(small, frozenset(clues.union(*[search.meant[number - 1] for number in numbers])))


def _clues_of(word: str) -> list[str]:
    return [clue for clue in CLUES if clue in word]


class ByClue(Generic[Rule]):
    """Rules in order, each with the words of which a text must hold one, and characters likewise if there are any."""

    def __init__(self, rules: Iterable[tuple[str, tuple[str, ...], Rule]]) -> None:
        """Note for each clue which rules may have to do with it.

        A rule of a word without any is always tried.
        """
        self._rules: Final = tuple(rules)
        self._of_clue: Final[dict[str, set[int]]] = {"": set()}
        for number, (_, words, _) in enumerate(self._rules):
            for word in words:
                for clue in _clues_of(word) or [""]:
                    self._of_clue.setdefault(clue, set()).add(number)
        self._beside: Final = lru_cache(maxsize=MOST_SETS)(self._find_beside)

    def to_try(self, glance: Glance) -> Iterator[Rule]:
        """Give the rules of which the text holds a word and a mark, in their order."""
        small = glance.small
        for marks, words, rule in self._beside(glance.clues):
            if marks and not holds_one_of(marks, small):
                continue
            for word in words:  # a loop: `any` of a generator takes three times as long
                if word in small:
                    yield rule
                    break

    def _find_beside(self, clues: frozenset[str]) -> tuple[tuple[str, tuple[str, ...], Rule], ...]:
        """Find the rules that a text with these clues may have to do with, each with the words that it may hold."""
        numbers = self._of_clue[""].union(*[self._of_clue.get(clue, ()) for clue in clues])
        rules = [self._rules[number] for number in sorted(numbers)]
        return tuple(
            (marks, tuple(filter(lambda word: clues.issuperset(_clues_of(word)), words)), rule)
            for marks, words, rule in rules
        )
