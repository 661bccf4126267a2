"""Patterns for how a line begins, looked up by its first word.

Most lines are done with after one look.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORD: Final = re.compile(r"[^\W\d_]{1,20}+")


def first_word(line: str) -> str:
    """Give the letters that `line` begins with, in small letters: `i` of `I'd like to`.

    Empty when there are none.
    """
    found = _WORD.match(line)
    return found[0].lower() if found else ""


class FirstWords:
    """Rules for the beginnings of lines.

    Each key is the words, between spaces, that a line may begin with; its value is a pattern for
    what follows such a word. Of several rules for a word the first that fits counts.
    """

    def __init__(self, rules: Mapping[str, str]) -> None:
        """Compile each pattern once, however many words lead to it."""
        rests: dict[str, str] = {}
        for words, rest in rules.items():
            for word in words.split():
                rests[word] = f"{rests[word]}|{rest}" if word in rests else rest
        compiled = {rest: re.compile(rest, re.IGNORECASE) for rest in set(rests.values())}
        self._patterns: Final = {word: compiled[rest] for word, rest in rests.items()}
        self.words: Final = frozenset(rests)
        """The first words that there is a rule for."""

    def end(self, line: str, word: str) -> int:
        """Find where the beginning of `line`, whose first word is `word`, ends that a rule describes; 0 if none."""
        pattern = self._patterns.get(word)
        found = pattern.match(line, len(word)) if pattern else None
        return found.end() if found else 0
