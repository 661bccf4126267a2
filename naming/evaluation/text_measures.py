"""How alike two texts are, word by word, and whether a title keeps the language of its request."""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Final

import regex
import snowballstemmer

from naming.text.scripts import script_runs
from naming.text.word_files import read_sections, words_in

WORD_FILE: Final = "evaluation.txt"

_ALONE: Final = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_WORD: Final = regex.compile(rf"{_ALONE}\p{{M}}*|(?:(?!{_ALONE})[\p{{L}}\p{{M}}\p{{N}}])+")
"""A word, or one character of a script that puts no spaces between words."""

_ENGLISH: Final = snowballstemmer.stemmer("english")

_ALSO_HAN: Final = frozenset({"Kana", "Hangul"})
"""Scripts beside which a language writes Han, so that a short title may hold nothing else."""


def fold(text: str) -> str:
    """Give `text` without case, and its Latin letters without accents; quotes stay as they are."""
    chars = unicodedata.normalize("NFC", text).casefold()
    bases = (unicodedata.normalize("NFD", char)[0] for char in chars)
    return "".join(
        base if base.isascii() else char for base, char in zip(bases, chars, strict=True)
    )


def words_of(text: str) -> list[str]:
    """Split `text` into its words, folded."""
    return [match[0] for match in _WORD.finditer(fold(text))]


@lru_cache(20_000)
def stem(word: str) -> str:
    """Give the stem of an English word; another language's word mostly stays as it is."""
    return str(_ENGLISH.stemWord(word))


def stop_words() -> frozenset[str]:
    """Give the English words that join others and say nothing of the task."""
    return words_in(WORD_FILE, "stop words")


def name_f1(given: str, wanted: str) -> float:
    """Give the F1 of the stems that two names (slugs) share, stop words left out."""
    mine, theirs = _stems(given), _stems(wanted)
    shared = (mine & theirs).total()
    return 2 * shared / (mine.total() + theirs.total()) if shared else 0.0


def _stems(text: str) -> Counter[str]:
    words = words_of(text)
    return Counter(map(stem, [word for word in words if word not in stop_words()] or words))


def rouge_l(given: str, wanted: str) -> float:
    """Give ROUGE-L (Lin, 2004) as F1: the longest common subsequence of the words."""
    mine, theirs = words_of(given), words_of(wanted)
    common = _longest_common(mine, theirs)
    return 2 * common / (len(mine) + len(theirs)) if common else 0.0


def _longest_common(one: Sequence[str], other: Sequence[str]) -> int:
    lengths = [0] * (len(other) + 1)
    for word in one:
        diagonal = 0
        for at, each in enumerate(other, 1):
            longest = diagonal + 1 if word == each else max(lengths[at], lengths[at - 1])
            diagonal, lengths[at] = lengths[at], longest
    return lengths[-1]


def keeps_language(title: str, lang: str, prompt: str) -> bool:
    """Tell whether `title` is in the labelled language `lang`: in its script, and not in English.

    Rough. Words that the prompt holds tell nothing: they are names of things, or the user's own.
    A title of nothing else, or without letters, keeps any language.
    """
    primary, *subtags = lang.split("-")
    known = filter(None, map(_scripts().get, (*subtags, primary)))
    script = next(known, "Latin")
    theirs = set(words_of(prompt))
    own = [word for word in words_of(title) if word not in theirs]
    if not _is_in_script(script, " ".join(own) or title, all_from_prompt=not own):
        return False
    if script != "Latin" or primary == "en":
        return True
    english = sum(word in stop_words() | words_in(WORD_FILE, "english title words") for word in own)
    spelt = " ".join(word for word in title.casefold().split() if fold(word) != word)
    has_accents = not set(own).isdisjoint(words_of(spelt))  # as English never has
    return not english or english < len(own) / 2 or has_accents


@cache
def _scripts() -> Mapping[str, str]:
    """Give the script of each language not written in Latin letters, and of each subtag."""
    lines = [line.split() for line in read_sections(WORD_FILE)["scripts"]]
    return {code: script for script, *codes in lines for code in codes}


def _is_in_script(script: str, text: str, *, all_from_prompt: bool) -> bool:
    """Tell whether most of `text` is in `script`; any of it is enough where all is the prompt's."""
    found: Counter[str] = Counter()
    for run in script_runs(text):
        found[str(run.lastgroup)] += len(run[0])
    right = found[script] + (found["Han"] if script in _ALSO_HAN else 0)
    if script == "Han" and found["Kana"]:
        return False
    if all_from_prompt:
        return right > 0 or not found or found.keys() == {"Latin"}
    return right * 2 >= found.total() or (right > 0 and found.total() - right == found["Latin"])
