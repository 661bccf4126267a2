"""The words of a folded text, in any script, and whether two texts speak of the same thing."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, Self

from naming.text.folding import ends, fold
from naming.text.patterns import words_of_languages
from naming.text.word_files import words_in

UNSPACED: Final = (
    "\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7a3\u0e01-\u0e5b\U00020000-\U0003ffff"
)
MARKS: Final = r"[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0dff]"
"""What belongs to a word beside letters: accents, vowel signs, and scripts that write vowels so."""

_RUN: Final = re.compile(rf"(?P<unspaced>[{UNSPACED}]+)|(?:[^\W_{UNSPACED}]|{MARKS})+")
_ASCII_WORD: Final = re.compile("[a-zA-Z0-9]+")
_UNSPACED_CHAR: Final = re.compile(f"[{UNSPACED}]")
HAN: Final = re.compile(r"([\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")
_ARTICLE: Final = re.compile(r"^(?:وال|بال|كال|فال|لل|ال)(?=\w{3})")


@cache
def common_words() -> frozenset[str]:
    """Give the words that say nothing about a subject, as written and folded."""
    written = words_of_languages("common words")
    return written.union(map(fold, written))


def words(folded: str) -> frozenset[str]:
    """Give the words of a `folded` text; of scripts without spaces, what comes closest to words."""
    if folded.isascii():
        return frozenset(_ASCII_WORD.findall(folded))
    found: set[str] = set()
    for run in _RUN.finditer(folded):
        if run["unspaced"] is None:
            found.add(without_article(run[0]))
            continue
        for part in HAN.split(run[0]):  # a Han character means something, of others neighbours do
            pairs = (part[at : at + 2] for at in range(len(part) - 1))
            found.update([part] if len(part) == 1 else pairs)
    return frozenset(found)


def without_article(word: str) -> str:
    """Take the Arabic article, and what is written onto it, off a folded `word`."""
    return word if word.isascii() else _ARTICLE.sub("", word)


def is_unspaced(char: str) -> bool:
    """Tell whether `char` belongs to a script whose words `words` cannot find whole."""
    return _UNSPACED_CHAR.match(char) is not None


def content_words(folded: str) -> frozenset[str]:
    """Give the words of a `folded` text that say something about its subject."""
    return words(folded) - common_words()


def has_foreign_words(folded: str) -> bool:
    """Tell whether a `folded` line has small words of another language than English."""
    found = (words(folded) & common_words()) - words_in("languages/en.txt", "common words")
    return not found <= words_in("languages/en.txt", "common words elsewhere")


STEM_LENGTH: Final = 4
"""Letters that two forms of one word have in common at least: `truncated` and `truncation`."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a text is about."""

    folded: str
    words: frozenset[str]
    stems: frozenset[str]

    @classmethod
    def read(cls, text: str) -> Self:
        """Read the ends of `text`."""
        found = words(folded := fold(ends(text)))
        return cls(folded, found, frozenset(word[:STEM_LENGTH] for word in found))

    def share(self, line: str) -> float:
        """Measure which part of a folded line's content words occurs here: 0 to 1."""
        wanted = content_words(line)
        there = sum(word[:STEM_LENGTH] in self.stems for word in wanted)
        return there / len(wanted) if wanted else 0.0
