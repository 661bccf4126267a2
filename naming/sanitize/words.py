"""The words of a line: which of them carry its subject, and which go into a slug of at most 32 characters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from naming.names import MAX_NAME_LENGTH
from naming.sanitize.vocabulary import NEGATIONS, STOP_WORDS, WEAK_VERBS, WEAK_WORDS
from naming.slug import lawful, slug_words

# Vowel signs and joiners inside words of Indic and South-East Asian scripts, which `\\w` leaves out.
_MARKS: Final = (
    "\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0980-\u0dff"
    "\u0e31-\u0e3a\u0e47-\u0e4e\u0f71-\u0f84\u102b-\u103e\u17b4-\u17d3\u200c\u200d"
)

_TOKEN: Final = re.compile(
    rf"[^\W_]++(?![-+#&/'’{_MARKS}]|\.\d)"  # most words; those before a sign are looked at more closely
    r"|[cC]\+\+|[cCfF]#|\.NET\b"  # languages
    r"|[A-Za-z]/[A-Za-z]\b|[A-Z]{1,3}&[A-Z]{1,2}\b"  # I/O, AT&T
    r"|#\d{1,9}\b"  # an issue
    r"|[A-Za-z]{2,10}-\d{1,7}\b"  # ABC-123, utf-8
    r"|v?\d{1,6}(?:\.\d{1,6})+\b"  # a version
    rf"|[^\W_](?:[^\W_]|[{_MARKS}])*(?:['’][^\W\d_]{{1,3}}\b)?"
)
_SCRIPT_WITHOUT_SPACES: Final = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")

_KANA: Final = r"\u3041-\u309f"
_OTHERS: Final = r"\u30a0-\u30ff\u3400-\u9fff"
# Japanese changes its script where words meet: `ログイン の バグ を 直 して`.
_BETWEEN_SCRIPTS: Final = re.compile(
    rf"(?<=[{_OTHERS}A-Za-z0-9])[をのがにはでともへや](?=[{_OTHERS}A-Za-z0-9])"
    rf"|(?<=[A-Za-z0-9])(?=[{_KANA}{_OTHERS}])|(?<=[{_KANA}{_OTHERS}])(?=[A-Za-z0-9])"
    rf"|(?<=[\u30a0-\u30ff])(?=[\u3400-\u9fff{_KANA}])|(?<=[\u3400-\u9fff{_KANA}])(?=[\u30a0-\u30ff])"
)

_LANGUAGES_OF: Final[dict[str, tuple[str, ...]]] = {}
for _language, _stop_words in STOP_WORDS.items():
    for _word in _stop_words:
        _LANGUAGES_OF[_word] = (*_LANGUAGES_OF.get(_word, ()), _language)


_FOREIGN: Final = frozenset(word for word in _LANGUAGES_OF if len(word) > 1 or not word.isascii()) - STOP_WORDS["en"]
_STOP_WORDS: Final = {language: words | STOP_WORDS["en"] for language, words in STOP_WORDS.items()}


def language_of(words: list[str]) -> str:
    """Guess the language by its stop words; English when nothing speaks for another."""
    if _FOREIGN.isdisjoint(words):
        return "en"
    counts: dict[str, int] = {}
    for word in words:
        for language in _LANGUAGES_OF.get(word, ()):
            counts[language] = counts.get(language, 0) + 1
    best = max(counts, key=lambda language: counts[language], default="en")
    return best if counts.get(best, 0) > counts.get("en", 0) else "en"


def tokens(line: str) -> list[str]:
    """Split `line` into words, as written; `C++`, `C#`, `.NET`, versions and `don't` stay whole."""
    return _TOKEN.findall(line)


def stop_words_of(words: list[str]) -> frozenset[str]:
    """Give the stop words that count in a line of these (lower-case) words: its language's, and English ones."""
    return _STOP_WORDS[language_of(words)]


@lru_cache(maxsize=4096)
def weight(word: str) -> float:
    """Weigh how much a word that is no stop word says about a subject: 1 for most, less for words of every prompt."""
    low = word.lower()
    if low in WEAK_VERBS:
        return 0.25
    if low in WEAK_WORDS:
        return 0.45
    if word.isdigit():
        return 0.8
    if word[0] == "#":
        return 1.3
    value = 1.0
    if low.endswith("ly") and len(low) >= SHORTEST_ADVERB:
        value = 0.5
    if any(char.isupper() for char in word[1:]) or any(char.isdigit() for char in word):
        value += 0.3
    return value


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a display name with its spelling in a slug."""

    spelt: str
    value: float
    at: int


SHORTEST_ADVERB: Final = 5
"""Letters: `easily`, but not `fly`."""

FEW: Final = 3
"""Words that say something: with fewer, a negation beside them is the point."""

_NEGATIVE: Final = frozenset(
    "not no never can't cannot won't don't doesn't didn't isn't aren't wasn't weren't couldn't wouldn't shouldn't"
    " nicht kein keine pas не нет não".split()
)

ENOUGH: Final = 4
"""Words a slug needs at most: people's names of tasks have three or four."""


def pick_slug(display: str) -> str | None:
    """Choose the words of `display` for a lawful slug: the strongest that fit, in their order."""
    if _SCRIPT_WITHOUT_SPACES.search(display):
        return lawful(slug_words(_BETWEEN_SCRIPTS.sub(" ", display)))
    found = tokens(display)
    lower = [word.lower().replace("’", "'") for word in found]
    stops = stop_words_of(lower)
    words = _saying(found, lower, stops)
    if 0 < len(words) < FEW and not _NEGATIVE.isdisjoint(lower):  # `it doesn't work` is not `work`
        words = _saying(found, lower, stops - _NEGATIVE)
    if not words:
        return lawful(slug_words(display))
    return lawful("-".join(word.spelt for word in _fitting(words))) or lawful(slug_words(display))


def _saying(found: list[str], lower: list[str], stops: frozenset[str]) -> list[Word]:
    """Give the words that say something, each once."""
    words: list[Word] = []
    for at, word in enumerate(found):
        spelt = _spelt(word)
        says_nothing = lower[at] in stops and not _is_kept(word, at)
        if not says_nothing and spelt and all(spelt != other.spelt for other in words):
            words.append(Word(spelt, weight(word), at))
    return words


def _is_kept(word: str, at: int) -> bool:
    """Tell whether a stop word is kept: the language C, or the `don't` that a line begins with."""
    return (len(word) == 1 and word.isupper() and word not in "AI") or (
        at == 0 and word.lower().replace("’", "'") in NEGATIONS
    )


def _spelt(word: str) -> str:
    return word.lower() if word.isascii() and word.isalnum() else slug_words(word)


def _length(words: list[Word]) -> int:
    return sum(len(word.spelt) + 1 for word in words) - 1


def _fitting(words: list[Word]) -> list[Word]:
    kept = list(words)
    while len(kept) > 1 and ((over := _length(kept) > MAX_NAME_LENGTH) or len(kept) > ENOUGH):
        # The last of equals goes: a phrase says what it is about before it says more.
        weakest = min(
            range(len(kept)), key=lambda at: (kept[at].value - 0.04 * at - 0.05 * len(kept[at].spelt) * over, -at)
        )
        del kept[weakest]
    return kept
