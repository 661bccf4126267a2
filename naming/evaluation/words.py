"""How alike two texts are, word by word.

F1 of the words that carry meaning, and ROUGE-L of all of them in order.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import regex
import snowballstemmer

if TYPE_CHECKING:
    from collections.abc import Sequence

STOP_WORDS: Final = frozenset(
    """a about after all also am an and any are as at be because been before being both but by can could did do does
    doing down each for from get had has have having he her here him his how i if in into is it its just let me more
    most must my no nor not of off on once only onto or our out over own please same shall she should so some such t
    than that the their them then there these they this those to too under until up us very via was we were what when
    where whether which while who whom whose why will with within without would you your""".split()
)
"""English words that join others and say nothing of the task."""

_ALONE: Final = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_WORD: Final = regex.compile(rf"{_ALONE}\p{{M}}*|(?:(?!{_ALONE})[\p{{L}}\p{{M}}\p{{N}}])+")
"""A word, or one character of a script that puts no spaces between words."""


def fold(text: str) -> str:
    """Give `text` without case, and its Latin letters without accents."""
    return "".join(map(_folded, unicodedata.normalize("NFC", text).casefold()))


@lru_cache(4096)
def _folded(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0]
    return base if base.isascii() else char


def words_of(text: str) -> list[str]:
    """Split `text` into its words, folded."""
    return [match[0] for match in _WORD.finditer(fold(text))]


@lru_cache(20_000)
def stem(word: str) -> str:
    """Give the stem of an English word; another language's word mostly stays as it is."""
    return str(_ENGLISH.stemWord(word))


_ENGLISH: Final = snowballstemmer.stemmer("english")


def name_f1(given: str, wanted: str) -> float:
    """Give the F1 of the stems that two names (slugs) share, words that only join left out."""
    mine, theirs = _stems(given), _stems(wanted)
    shared = (mine & theirs).total()
    return 2 * shared / (mine.total() + theirs.total()) if shared else 0.0


def _stems(text: str) -> Counter[str]:
    words = words_of(text)
    return Counter(map(stem, [word for word in words if word not in STOP_WORDS] or words))


def rouge_l(given: str, wanted: str) -> float:
    """Give ROUGE-L (Lin, 2004) as F1.

    The longest common subsequence of words, against the length of both texts.
    """
    mine, theirs = words_of(given), words_of(wanted)
    common = _longest_common(mine, theirs)
    return 2 * common / (len(mine) + len(theirs)) if common else 0.0


def _longest_common(one: Sequence[str], other: Sequence[str]) -> int:
    lengths = [0] * (len(other) + 1)
    for word in one:
        before = 0
        for at, each in enumerate(other, 1):
            before, lengths[at] = (
                lengths[at],
                before + 1 if word == each else max(lengths[at], lengths[at - 1]),
            )
    return lengths[-1]
