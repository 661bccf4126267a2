"""Chinese in Latin letters, word by word: jieba tells the words, anyascii how they are read."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

from anyascii import anyascii

from naming.text.word_files import words_in

if TYPE_CHECKING:
    from rjieba import Jieba

WORDS: Final = "languages/zh.txt"

_LEFT_OUT: Final = frozenset("u y e o x p c k h".split())
"""First letters of the tags of what a slug does without: particles, moods, interjections, marks,
prepositions, conjunctions, affixes (jieba has the tag set of ICTCLAS)."""

_TELLING: Final = ("n", "v")
_SHORT: Final = 4
"""Latin letters of a syllable; a word of one says less than others."""


def read_words(text: str) -> Iterator[tuple[str, int]]:
    """Give the words of a Chinese `text` in Latin letters without tones, without particles.

    Each comes with how much it says: 0 to 2, and 3 where it turns the meaning.
    """
    turning, little = words_in(WORDS, "turning words"), words_in(WORDS, "left out words")
    for word, tag in _reader().tag(text):
        if word in little or (tag[0] in _LEFT_OUT and word not in turning):
            continue
        if latin := "".join(filter(str.isalnum, anyascii(word).lower())):
            says = tag.startswith(_TELLING) + (len(latin) > _SHORT)
            yield latin, 3 if word in turning else says


@cache
def _reader() -> "Jieba":
    from rjieba import Jieba  # noqa: PLC0415 - 33 MB, for Chinese alone

    return Jieba()
