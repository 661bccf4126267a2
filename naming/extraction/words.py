"""The words of a line, their language, and how much each says about a subject."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from naming.text.patterns import language_files, words_of_languages
from naming.text.word_files import words_in

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

# Vowel signs and joiners inside words of Indic and South-East Asian scripts; `\\w` lacks them.
_MARKS: Final = (
    "\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0980-\u0dff"
    "\u0e31-\u0e3a\u0e47-\u0e4e\u0f71-\u0f84\u102b-\u103e\u17b4-\u17d3\u200c\u200d"
)

_TOKEN: Final = re.compile(
    rf"[^\W_]++(?![-+#&/'’_.{_MARKS}])"  # most words; those before a sign: below
    r"|(?<![^\W_])(?:[cdjlmnstCDJLMNST]|[qQ]u)['’](?=[^\W\d_]{2})"  # l'erreur, d'auth
    r"|(?:[\w.-]{1,40}/){1,8}[A-Za-z][\w-]{0,40}\.[A-Za-z]\w{0,4}\b"  # src/api/users.py
    r"|[cC]\+\+|[cCfF]#|\.NET\b"  # languages
    r"|[A-Za-z]/[A-Za-z]\b|[A-Z]{1,3}&[A-Z]{1,2}\b"  # I/O, AT&T
    r"|#\d{1,9}\b"  # an issue
    r"|[A-Za-z]{2,10}-\d{1,7}\b"  # ABC-123, utf-8
    r"|v?\d{1,6}(?:\.\d{1,6})+\b"  # a version
    # enable_new_nav, non-root
    r"|(?=[\w-]{3,16}(?![\w-]))(?:[^\W_]+(?:_[^\W_]+)+|[^\W\d_]{2,}(?:-[^\W_]{2,})+)"
    r"|[A-Za-z]\w{1,40}\.[A-Za-z]\w{0,4}\b(?![.(/])"  # users.py
    rf"|[^\W_](?:[^\W_]|[{_MARKS}])*(?:['’][^\W\d_]{{1,3}}\b)?"
)
_PLAIN: Final = re.compile(rf"[^\W_]+(?:[{_MARKS}'’][^\W_]+)*")
_NO_APOSTROPHE: Final = re.compile(r"'(?:(?<![a-z0-9]')|(?![a-z0-9]))")
_WORDS_APART: Final = bytes(
    code if bytes([code]).isalnum() or code == ord("'") else ord(" ") for code in range(256)
)
"""What each byte of an ASCII text becomes where only its words count."""
_TYPOGRAPHY: Final = "…—–“”•→"
"""Signs between words that are often all in a text that is not ASCII.

Our own mark of a cut holds one."""

_SAME_TO_PATTERNS: Final = str.maketrans("İıſ", "iis")
"""What a pattern that ignores case takes for small letters, beside what `lower` makes of it."""

_WORDY: Final = re.compile(r"[^\W_]")


class _StopWords(NamedTuple):
    of: Mapping[str, frozenset[str]]
    """The stop words of each language, with the English ones."""

    languages_of: Mapping[str, tuple[str, ...]]
    foreign: frozenset[str]
    """Words that speak for another language than English."""


@cache
def _stop_words() -> _StopWords:
    own = {code: words_in(file, "stop words") for code, file in language_files().items()}
    languages_of: dict[str, tuple[str, ...]] = {}
    for language, words in own.items():
        for word in words:
            languages_of[word] = (*languages_of.get(word, ()), language)
    foreign = frozenset(word for word in languages_of if len(word) > 1 or not word.isascii())
    with_english = {language: words | own["en"] for language, words in own.items()}
    return _StopWords(with_english, languages_of, foreign - own["en"])


def language_of(words: Collection[str]) -> str:
    """Guess the language by its stop words, counted or not.

    English when nothing speaks for another.
    """
    stop_words = _stop_words()
    if stop_words.foreign.isdisjoint(words):
        return "en"
    counts: dict[str, int] = {}
    for word, count in Counter(words).items():
        for language in stop_words.languages_of.get(word, ()):
            counts[language] = counts.get(language, 0) + count
    best = max(counts, key=lambda language: counts[language], default="en")
    return best if counts.get(best, 0) > counts.get("en", 0) else "en"


def tokens(line: str) -> list[str]:
    """Split `line` into words, as written; `C++`, `C#`, `.NET`, versions and `don't` stay whole."""
    found: list[str] = []
    for part in line.split():
        if (
            part.isalnum()
        ):  # most are: the pattern, which never reaches over white space, would take them whole
            found.append(part)
        else:
            found += _TOKEN.findall(part)
    return found


def has_words(line: str) -> bool:
    """Tell whether `line` holds a word: in all that `tokens` gives there is a letter or a digit."""
    return _WORDY.search(line) is not None


def plain_words(text: str) -> list[str]:
    """Split `text` into small-letter words, symbols and compounds apart.

    What is counted and compared, not shown.
    """
    text = text.lower()
    if not text.isascii():
        for sign in _TYPOGRAPHY:
            text = text.replace(sign, " ")
        if not text.isascii():
            return _PLAIN.findall(text)
    if "'" in text:
        text = _NO_APOSTROPHE.sub(" ", text)
    return text.encode().translate(_WORDS_APART).decode().split()  # a fifth of the pattern's time


def in_any_case(text: str) -> str:
    """Put `text` in the small letters that a pattern compares when it ignores case."""
    return (text if text.isascii() else text.translate(_SAME_TO_PATTERNS)).lower()


def stop_words_of(words: Collection[str]) -> frozenset[str]:
    """Give the stop words that count in a line of these (lower-case) words.

    Its language's, and English ones.
    """
    return _stop_words().of[language_of(words)]


SHORTEST_ADVERB: Final = 5
"""Letters: `easily`, but not `fly`."""


@cache
def known_weights() -> Mapping[str, float]:
    """Give the weights of the words of every prompt."""
    words, verbs = words_of_languages("weak words"), words_of_languages("weak verbs")
    return dict.fromkeys(words, 0.45) | dict.fromkeys(verbs, 0.25)


def weight(word: str) -> float:
    """Weigh how much a word that is no stop word says about a subject.

    1 for most, less for words of every prompt.
    """
    low = word.lower()
    if (known := known_weights().get(low)) is not None:
        return known
    if low.isalpha():
        is_adverb = (
            low[-2:] == "ly"
            and len(low) >= SHORTEST_ADVERB
            and low not in words_of_languages("no adverbs")
        )
        value = 0.5 if is_adverb else 1.0
        return value if word[1:] == low[1:] else value + 0.3
    if word.isdigit():
        return 0.8
    if word[0] == "#":
        return 1.3
    return 1.3 if any(char.isdigit() or char.isupper() for char in word[1:]) else 1.0
