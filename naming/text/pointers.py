"""Whether a prompt says something by itself, or only points at what stands elsewhere."""

import re
from functools import cache
from typing import Final

from naming.text.folding import fold
from naming.text.language import lexicons
from naming.text.patterns import WordPattern, words_of_languages
from naming.text.tokens import common_words, words
from naming.text.word_files import words_in

WORDS_FILE: Final = "pointers.txt"
MOST_CHARACTERS: Final = 300  # A longer prompt says something

_ELSEWHERE: Final = re.compile(
    r"\w+://\S+|\b[A-Z][A-Z0-9]{1,9}-\d{1,7}\b|(?:[\w.-]+/[\w.-]+ ?)?#\d{1,9}\b"
)
"""An address or a ticket."""

_UNSPACED: Final = WordPattern("{pointers unspaced}", WORDS_FILE, re.NOFLAG)


def says_little(text: str) -> bool:
    """Tell whether `text` is little more than `do this`: a verb, and words that point."""
    if len(text) > MOST_CHARACTERS:
        return False
    bare = _UNSPACED.compiled.sub("", _ELSEWHERE.sub(" ", text))
    pointers, doing, small = _known()
    said = words(fold(bare))
    points = bare != text or not said.isdisjoint(pointers)
    verbs = said - small - pointers
    return verbs <= doing and (points or len(verbs) <= 1)


@cache
def _known() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Give the words that point, those for doing something, and small ones beside them."""

    def folded(*sets: frozenset[str]) -> frozenset[str]:
        return words(fold(" ".join(word for each in sets for word in each)))

    pointers = folded(words_in(WORDS_FILE, "pointers"))
    work = (lexicon.work for lexicon in lexicons().values())
    doing = folded(words_in(WORDS_FILE, "doing")).union(*work)
    small = folded(*map(words_of_languages, ("lead in words", "stop words", "small words")))
    return pointers, doing, (small | common_words()) - doing
