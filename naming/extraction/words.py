"""The words of a line, their language, and what part they play in it."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Final

from naming.text.folding import fold
from naming.text.parts import LEFT_OUT, NAME, OTHER, QUESTION, SMALL, TURNING, VERB
from naming.text.patterns import entries_of, language_files, words_of_languages
from naming.text.word_files import words_in

# Vowel signs and joiners inside words of Indic and South-East Asian scripts; `\\w` lacks them.
_MARKS: Final = (
    "\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0980-\u0dff"
    "\u0e31-\u0e3a\u0e47-\u0e4e\u0f71-\u0f84\u102b-\u103e\u17b4-\u17d3\u200c\u200d"
)

_TOKEN: Final = re.compile(
    rf"[^\W_]++(?![-+#&/'’ʼ_.{_MARKS}])"  # most words; those before a sign: below
    r"|(?<![^\W_])(?:[cdjlmnstCDJLMNST]|[qQ]u)['’](?=[^\W\d_]{2})"  # l'erreur, d'auth
    r"|(?:[\w.-]{1,40}/){1,8}[A-Za-z][\w-]{0,40}\.[A-Za-z]\w{0,4}\b"  # src/api/users.py
    r"|[cC]\+\+|[cCfF]#|\.NET\b|N\+1\b"  # languages, the query problem
    r"|[A-Za-z]/[A-Za-z]\b|[A-Z]{1,3}&[A-Z]{1,2}\b"  # I/O, AT&T
    r"|#\d{1,9}\b"  # an issue
    r"|[A-Za-z]{2,10}-\d{1,7}\b"  # ABC-123, utf-8
    r"|v?\d{1,6}(?:\.\d{1,6})+\b"  # a version
    # enable_new_nav, non-root
    r"|(?=[\w-]{3,16}(?![\w-]))(?:[^\W_]+(?:_[^\W_]+)+|[^\W\d_]{2,}(?:-[^\W_]{2,})+)"
    r"|[A-Za-z]\w{1,40}\.[A-Za-z]\w{0,4}\b(?![.(/])"  # users.py
    rf"|[^\W_](?:[^\W_]|[{_MARKS}]|['’ʼ](?=[^\W\d_]))*"
)
UNSPACED: Final = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
"""Letters of scripts that put no spaces between words."""

_WORDY: Final = re.compile(r"[^\W_]")
_UKRAINIAN: Final = re.compile("[іїєґ]")
_IDENTIFIER: Final = re.compile(r"\d|[._/#(]|[a-z][A-Z]")

SHORTEST_BARE: Final = 4
"""Letters of a word that is known without its accents, too."""


def tokens(line: str) -> list[str]:
    """Split `line` into words, as written; `C++`, `C#`, `.NET`, versions and `don't` stay whole."""
    found: list[str] = []
    for part in line.split():
        if part.isalnum():  # most are: the pattern would take them whole
            found.append(part)
        else:
            found += _TOKEN.findall(part)
    return found


def has_words(line: str) -> bool:
    """Tell whether `line` holds a word: in all that `tokens` gives there is a letter or a digit."""
    return _WORDY.search(line) is not None


@cache
def _small_words(code: str) -> frozenset[str]:
    file = language_files()[code]
    return words_in(file, "stop words") | words_in(file, "small words")


@cache
def _languages_of() -> Mapping[str, list[str]]:
    """Give the languages in which a word is a small one."""
    found: dict[str, list[str]] = {}
    for code, file in language_files().items():
        words = words_in(file, "stop words")
        if code == "en":
            words |= _verbs()
        else:
            others = ("small words", "left out words", "turning words", "work")
            words = words.union(*(words_in(file, section) for section in others))
        for word in words:
            found.setdefault(word, []).append(code)
    return found


@cache
def _foreign_words() -> frozenset[str]:
    """Give the words that speak for another language than English."""
    known = _languages_of().items()
    return frozenset(
        word for word, codes in known if "en" not in codes and (word[1:] or not word.isascii())
    )


def language_of(words: Collection[str]) -> str:
    """Guess the language by its small words; English when nothing speaks for another."""
    if _UKRAINIAN.search(" ".join(words)):
        return "uk"
    if _foreign_words().isdisjoint(words):
        return "en"
    counts = Counter(chain.from_iterable(_languages_of().get(word, ()) for word in words))
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] > counts["en"] else "en"


@cache
def parts_in(language: str) -> Mapping[str, str]:
    """Give the part that each known word plays in a text of `language`, English words included."""
    parts: dict[str, str] = {}
    for code in dict.fromkeys((language, "en")):
        file = language_files()[code]
        for part, words in (
            (LEFT_OUT, words_in(file, "left out words")),
            (TURNING, words_in(file, "turning words")),
            (QUESTION, words_in(file, "question words")),
            (VERB, _verbs() if code == "en" else words_in(file, "work")),
            (SMALL, _small_words(code)),
        ):
            for word in words:
                parts.setdefault(word, part)
    return parts


@cache
def _verbs() -> frozenset[str]:
    """Give the English verbs that ask for something."""
    return frozenset(verb for entry in entries_of("verbs") for verb in entry.split("|"))


def part_of(word: str, parts: Mapping[str, str]) -> str:
    """Tell which part `word`, in small letters, plays: a known one, a name of something, or any."""
    if (part := parts.get(word)) is not None:
        return part
    return OTHER if word.isalpha() or not _IDENTIFIER.search(word) else NAME


def leads_on(word: str, part: str) -> bool:
    """Tell whether `word`, which plays `part`, leads on to another: no name is cut behind it."""
    if part == TURNING:
        return word not in words_of_languages("particles")
    return (
        part in (SMALL, LEFT_OUT, QUESTION)
        or word.endswith("'s")
        or word in words_of_languages("words that lead on")
    )


@cache
def lead_in_words() -> frozenset[str]:
    """Give the words that people begin with before they say what they want.

    Many leave the accents out; short words would be others without them.
    """
    written = words_of_languages("lead in words")
    return written.union(fold(word) for word in written if len(word) >= SHORTEST_BARE)


@cache
def lead_in_phrases() -> Mapping[tuple[str, ...], list[tuple[str, ...]]]:
    """Give the phrases of words that lead in together, by their first two: `kein Stress`."""
    written = [phrase for entry in entries_of("lead in phrases") for phrase in entry.split("|")]
    found: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for phrase in sorted({*written, *map(fold, written)}, key=len, reverse=True):
        words = tuple(phrase.split())
        found.setdefault(words[:2], []).append(words)
    return found


def lead_in_phrase(words: Sequence[str], at: int = 0) -> int:
    """Count the words of the phrase that leads in at `at` of `words`, in small letters."""
    for phrase in lead_in_phrases().get(tuple(words[at : at + 2]), ()):
        if tuple(words[at : at + len(phrase)]) == phrase:
            return len(phrase)
    return 0


def is_abbreviation(word: str, part: str) -> bool:
    """Tell whether `word`, which would play `part`, is none for its capitals: CAN bus, IT team."""
    return part == LEFT_OUT and word.isupper() and word[1:].isalpha()
