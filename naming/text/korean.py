"""Korean as it is read, in Latin letters, word by word, without the particles at a word's end."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from naming.text.word_files import pairs_in, read_sections

_SYLLABLES: Final = "\uac00-\ud7a3"
_WORD: Final = re.compile(rf"([^\W{_SYLLABLES}]?)([{_SYLLABLES}]+)")
_FIRST: Final = ord("가")
_OF_AN_INITIAL: Final = 588
_OF_A_VOWEL: Final = 28
"""Syllables that begin alike, and of these those with the same vowel, as Unicode orders them."""

_OPEN: Final = "".join(map(chr, range(_FIRST, ord("힣"), _OF_A_VOWEL)))
"""The syllables that end in a vowel."""

# The letters of a syllable by the Revised Romanization of Korean (2000), in the order of Unicode.
_INITIALS: Final = "g kk n d tt r m b pp s ss  j jj ch k t p h".split(" ")
_VOWELS: Final = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
_FINALS: Final = " k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split(" ")
_FINALS_BEFORE_VOWELS: Final = (
    " g kk ks n nj n d r lg lm lb ls lt lp r m b ps s ss ng j ch k t p ".split(" ")
)


def read_korean(text: str) -> str:
    """Write the Korean words of `text` in Latin letters; the rest stays as it is.

    Borrowed words are spelt as they were lent (`로그인` is `login`), others by the Revised
    Romanization of 2000, without changes of sounds that meet.
    """
    return _WORD.sub(lambda found: f"{found[1]} {_read(found[1], found[2])} ", text)


def _read(before: str, word: str) -> str:
    lent, one, borrowed, ended = _patterns()
    if before and any(ended.fullmatch(stem + word) for stem in ("가가", "각각")):
        return ""  # `PDF에`
    if found := borrowed.fullmatch(word):
        words = [lent[each] for each in one.findall(found[1])]
        return " ".join([*words, *map(_latin, found[2] or "", " ")])
    bare = found[1] if (found := ended.fullmatch(word)) else word
    return "".join(map(_latin, bare, f"{bare[1:]} ")).replace("lr", "ll")


@cache
def _patterns() -> tuple[Mapping[str, str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Give what was lent, and match one of it, a word that is nothing else, one with an ending."""
    file = read_sections("languages/ko.txt")
    lent = pairs_in("languages/ko.txt", "loan words")
    verbs, others = "|".join(file["verb endings"]), "|".join(file["particles"])
    after_vowel = "|".join(file["particles behind vowels"])
    after_consonant = "|".join(file["particles behind consonants"])
    ending = (
        rf"(?:(?:{verbs})(?:{others})?|{others}|(?<=[{_OPEN}])(?:{after_vowel})"
        rf"|(?<![{_OPEN}])(?:{after_consonant}))"
    )
    return (
        lent,
        re.compile("|".join(lent)),
        re.compile(rf"((?:{'|'.join(lent)})+)(?:{ending})?(만)?"),  # only
        re.compile(rf"([{_SYLLABLES}]{{2,}}?)(?:{ending})"),
    )


def _latin(syllable: str, following: str) -> str:
    initial, rest = divmod(ord(syllable) - _FIRST, _OF_AN_INITIAL)
    vowel, final = divmod(rest, _OF_A_VOWEL)
    finals = _FINALS_BEFORE_VOWELS if "아" <= following <= "잏" else _FINALS
    return _INITIALS[initial] + _VOWELS[vowel] + finals[final]
