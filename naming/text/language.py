"""The words that everybody knows of each language.

Every language in `data/languages` may have [small words], the [work] that titles begin with (in
some languages end with) and the [things] that software tasks are about. Words are written as people
spell them and folded as texts are. A word that several languages have tells none of them from
another, so an English word that is at home elsewhere too stands there as well. Jargon that
developers use in every language (login, bug, deploy) is in none.

Extraction asks another question (`extraction.words.language_of`): whose stop words to leave out,
English if in doubt.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from naming.text.folding import fold
from naming.text.patterns import language_files
from naming.text.tokens import words
from naming.text.word_files import read_sections

LEXICON_SECTIONS: Final = ("small words", "work", "things")
"""Sections of a language's file that hold the words everybody knows of it."""


class Lexicon(NamedTuple):
    """What is known of one language."""

    small: frozenset[str]
    work: frozenset[str]
    all: frozenset[str]


@cache
def lexicons() -> Mapping[str, Lexicon]:
    """Read the words of all languages that are told apart by words, by the languages' codes."""
    by_code = {}
    for code, file in language_files().items():
        small, work, things = (
            words(fold(" ".join(read_sections(file).get(section, ()))))
            for section in LEXICON_SECTIONS
        )
        if every := small | work | things:
            by_code[code] = Lexicon(small, work, every)
    return by_code
