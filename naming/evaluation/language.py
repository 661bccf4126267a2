"""Whether a title is written in the language that its reader was promised. Rough.

By script, then by telling words.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import regex

from naming.evaluation.words import STOP_WORDS, fold, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_SCRIPT_OF: Final[Mapping[str, str]] = {
    **dict.fromkeys("ru uk be bg sr mk kk ky tg mn".split(), "Cyrillic"),
    **dict.fromkeys("ar fa ur ps ckb ug".split(), "Arabic"),
    **dict.fromkeys("hi mr ne sa".split(), "Devanagari"),
    **dict.fromkeys("he yi".split(), "Hebrew"),
    "zh": "Han",
    "yue": "Han",
    "ja": "Kana",
    "ko": "Hangul",
    "th": "Thai",
    "el": "Greek",
    "bn": "Bengali",
    "ta": "Tamil",
    "te": "Telugu",
    "kn": "Kannada",
    "ml": "Malayalam",
    "gu": "Gujarati",
    "pa": "Gurmukhi",
    "ka": "Georgian",
    "hy": "Armenian",
    "am": "Ethiopic",
    "km": "Khmer",
    "lo": "Lao",
    "my": "Myanmar",
}
"""The script of a language, by its ISO 639 code; Latin for all that are not here."""

_SCRIPTS: Final = regex.compile(
    "|".join(
        rf"(?P<{script}>[\p{{Hiragana}}\p{{Katakana}}ー])"
        if script == "Kana"
        else rf"(?P<{script}>\p{{{script}}})"
        for script in ["Latin", *dict.fromkeys(_SCRIPT_OF.values())]
    )
)
_ALSO: Final[Mapping[str, frozenset[str]]] = {
    "Kana": frozenset({"Han"}),
    "Hangul": frozenset({"Han"}),
}
"""Scripts that a language writes beside its own, so that a short title may hold nothing else."""

_SCRIPT_CHOSEN: Final = regex.compile(r"(?<=-)(?:Latn|Cyrl|Arab)\b")
_CHOSEN: Final[Mapping[str, str]] = {"Latn": "Latin", "Cyrl": "Cyrillic", "Arab": "Arabic"}

_ENGLISH: Final = STOP_WORDS | frozenset(
    """add adding address allow avoid better broken build button cannot change changes check clean convert crash create
    customer customers delete download duplicate each enable error errors every explain export fail failing fails
    feature file files fix fixing for form generate handle how image images implement improve import increase invoice
    invoices issue issues list load loading login make mail message messages migrate missing move new old order orders
    page pages password path payment phone problem query reduce refactor remove rename replace report request reset
    review search send set settings show slow sort speed support table task test tests text time translate update
    upgrade upload use user users using validate validation view website when work working write wrong""".split()
)
"""Words that tell of English, among those that titles of tasks are made of."""


def keeps_language(title: str, lang: str, prompt: str) -> bool:
    """Tell whether `title` is in the language `lang`.

    In its script, and not in English where it should not be.

    Words that the prompt holds tell nothing: they are names of things, or the user's own. A title
    of nothing else, or without letters, keeps any language.
    """
    script = _script(lang)
    theirs = set(words_of(prompt))
    own = [word for word in words_of(title) if word not in theirs]
    if not _is_in(script, " ".join(own) or title, alone=not own):
        return False
    if script != "Latin" or lang.split("-", maxsplit=1)[0] == "en":
        return True
    english = sum(word in _ENGLISH for word in own)
    return not english or english < len(own) / 2 or _has_accents(title, own)


def _script(lang: str) -> str:
    if chosen := _SCRIPT_CHOSEN.search(lang):
        return _CHOSEN[chosen[0]]
    return _SCRIPT_OF.get(lang.split("-", maxsplit=1)[0], "Latin")


def _is_in(script: str, text: str, *, alone: bool) -> bool:
    """Tell whether `text` is mostly written in `script`.

    Where it is all the prompt's, any of it is enough.
    """
    found = Counter(str(match.lastgroup) for match in _SCRIPTS.finditer(text))
    right = sum(found[each] for each in {script} | _ALSO.get(script, frozenset()))
    if script == "Han" and found["Kana"]:
        return False
    if alone:
        return right > 0 or not found or found.keys() == {"Latin"}
    return right * 2 >= found.total() or (right > 0 and found.total() - right == found["Latin"])


def _has_accents(title: str, own: list[str]) -> bool:
    """Tell whether a word of the title's own is spelt as English never is."""
    spelt = [word for word in title.casefold().split() if fold(word) != word]
    return any(word in own for text in spelt for word in words_of(text))
