"""Which language a text is written in, by the words and letters that everybody knows.

Every language in `data/languages` may have [small words], the [work] that titles begin with (in
some languages end with) and the [things] that software tasks are about. Words are written as people
spell them and folded as texts are. A word that several languages have tells none of them from
another, so an English word that is at home elsewhere too stands there as well. Jargon that
developers use in every language (login, bug, deploy) is in none.

This answers in which languages a text may be, and none when that is not clear. Extraction asks
another question (`extraction.words.language_of`): whose stop words to leave out, English if in
doubt.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from naming.text.folding import fold
from naming.text.patterns import language_files
from naming.text.tokens import words
from naming.text.word_files import read_sections

MAX_PROSE: Final = 600  # characters of a text that its language is told by: a sentence or three

SURE: Final = 3
"""What a text must score in a language, counting 2 for a small word and 1 for any other."""

ENGLISH: Final = "en"
SURE_ENGLISH: Final = 2  # what a text must score in English alone, the language of most prompts
MOST_LETTERS: Final = 3  # what letters that not every language has may add to that

RIVAL: Final = 0.5
"""Part of the best score from which a second language, with a word of its own, may be it."""

_NO_ENDING: Final = "(?!)"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of one language."""

    family: str
    small: frozenset[str]
    work: frozenset[str]
    all: frozenset[str]
    letters: frozenset[str]
    endings: re.Pattern[str]

    def has(self, word: str) -> bool:
        """Tell whether `word` is known or ends as words of this language do."""
        return word in self.all or self.endings.search(word) is not None


class Lexicons(NamedTuple):
    """What is known of all languages that are told apart by words."""

    by_code: Mapping[str, Lexicon]
    scores: Mapping[str, Mapping[str, int]]
    """Which languages know a word, and what it scores in each."""

    letters: frozenset[str]


@cache
def lexicons() -> Lexicons:
    """Read the words of all languages."""
    by_code = {
        code: _read(file)
        for code, file in language_files().items()
        if "family" in read_sections(file)
    }
    scores: dict[str, dict[str, int]] = {}
    for code, lexicon in by_code.items():
        for word in lexicon.all:
            scores.setdefault(word, {})[code] = 2 if word in lexicon.small else 1
    letters = frozenset[str]().union(*(lexicon.letters for lexicon in by_code.values()))
    return Lexicons(by_code, scores, letters)


def _read(file: str) -> Lexicon:
    sections = read_sections(file)
    small, work, things = (
        words(fold(" ".join(sections.get(section, ()))))
        for section in ("small words", "work", "things")
    )
    letters = frozenset("".join(sections.get("letters", ())))
    ending = "|".join(sections.get("endings", ())) or _NO_ENDING
    endings = re.compile(rf"\w{{4}}(?:{ending})$")
    return Lexicon(sections["family"][0], small, work, small | work | things, letters, endings)


def languages_of(prose: str, folded: str | None = None) -> frozenset[str]:
    """Give the languages that `prose`, `folded` by somebody or not, is in; none if unclear."""
    if folded is None or len(prose) > MAX_PROSE:
        prose = prose[:MAX_PROSE]
        folded = fold(prose)
    known = lexicons()
    score: dict[str, int] = {}
    own: dict[str, set[str]] = {}
    for word in words(folded):
        for language, points in known.scores.get(word, {}).items():
            score[language] = score.get(language, 0) + points
            own.setdefault(language, set()).add(word)
    if not prose.isascii() and (letters := known.letters.intersection(prose.casefold())):
        for language, lexicon in known.by_code.items():
            if theirs := letters & lexicon.letters:
                score[language] = score.get(language, 0) + min(MOST_LETTERS, len(theirs))
                own.setdefault(language, set()).update(theirs)
    if not score:
        return frozenset()
    most = max(score.values())
    best = next(language for language in known.by_code if score.get(language) == most)
    if best == ENGLISH and SURE > most >= SURE_ENGLISH and [*score.values()].count(most) == 1:
        return frozenset({best})
    return frozenset(
        language
        for language, points in score.items()
        if points >= max(most * RIVAL, SURE) and (points == most or not own[language] <= own[best])
    )
