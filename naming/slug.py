"""From a title to its plain-ASCII counterpart, spelt by python-slugify, lawful as a name."""

import re
from functools import cache
from typing import Final

from anyascii import anyascii
from slugify import slugify

from naming.names import MAX_NAME_LENGTH, name_fault
from naming.text.patterns import language_files, words_of_languages
from naming.text.romanization import read_korean
from naming.text.tokens import HAN
from naming.text.word_files import pairs_in

LAWFUL_PREFIX: Final = "the"
"""Put before a slug that is no name by itself: `42`, `x`, `settings`, `task`, `task-runner`."""

LEGACY: Final = re.compile(r"(?:the-)?task-([a-z0-9]+(?:-[a-z0-9]+)*?)-(?=[a-z]*\d)[a-z0-9]{4,8}")
"""`task-python-debug-a1b2`: how every name was before this service, with a random end."""

_APOSTROPHE: Final = re.compile(r"(?<=\w)['\u2018\u2019\u02b9-\u02bf](?=\w)")
_SPELT_APOSTROPHE: Final = re.compile(r"(?<=\w)['`]+(?=\w)")
"""How anyascii spells some signs within words: a nukta, an ayn."""

_SILENT: Final = str.maketrans("", "", "ъьЪЬ")
_SYMBOLS: Final = (
    (re.compile(r"\b[cC]\+\+"), "cpp"),  # C++, C# and C are three languages
    (re.compile(r"\b([cCfF])#"), r"\1sharp"),
    (re.compile(r"(?<![\w.])\.(?:NET|Net|net)\b"), "dotnet"),
    (re.compile(r"\b([A-Z]{1,3})&([A-Z]{1,2})\b"), r"\1\2"),  # AT&T, Q&A, R&D
    (re.compile(r"\b([A-Za-z])/([A-Za-z])\b"), r"\1\2"),  # I/O, N/A
    (re.compile(r"\s&\s"), " and "),
)
_PICTURE: Final = re.compile(
    "[\u2190-\u2bff\u3000-\u303f\ufe00-\ufe0f\U0001f000-\U0001faff\u200c\u200d]"
)


def to_ascii(text: str, language: str = "") -> str:
    """Transliterate `text`, Han characters as separate syllables.

    Pictures become spaces, never their description. `language` (such as `uk`) says how its letters
    are spelt where several languages share them.
    """
    if text.isascii():
        return text
    text = read_korean(text.translate(_spelling(language)).translate(_SILENT))
    # Called here, so that slugify's own choice of backend (whichever is installed) never matters.
    spelt = anyascii(" ".join(HAN.split(_PICTURE.sub(" ", text))))
    return _SPELT_APOSTROPHE.sub("", spelt)


@cache
def _spelling(language: str) -> dict[int, str]:
    """Give how a language spells letters that most which have them spell in another way."""
    file = language_files().get(language)
    return str.maketrans(pairs_in(file, "spelling") if file else {})


def slug_words(text: str, language: str = "") -> str:
    """Spell `text` in lower-case ASCII words joined by hyphens, without bound; empty without words.

    Apostrophes go without a gap (`don't` is `dont`), and symbols that carry meaning are spelt out
    (`C++` is `cpp`).
    """
    words = text.replace("-", " ").split()
    if text.isascii() and "".join(words).isalnum():  # most need nothing but hyphens
        return "-".join(words).lower()
    text = _APOSTROPHE.sub("", text)
    for symbol, word in _SYMBOLS:
        text = symbol.sub(word, text)
    return slugify(to_ascii(text, language), entities=False, decimal=False, hexadecimal=False)


def lawful(slug: str) -> str | None:
    """Make a lawful name of `slug`, of lower-case words and hyphens; None if it is empty."""
    if legacy := LEGACY.fullmatch(slug):
        slug = legacy[1]
    slug = cut_slug(slug, MAX_NAME_LENGTH)
    if name_fault(slug) is None:
        return slug
    slug = f"{LAWFUL_PREFIX}-{cut_slug(slug, MAX_NAME_LENGTH - len(LAWFUL_PREFIX) - 1)}"
    return slug if name_fault(slug) is None else None


def cut_slug(slug: str, limit: int) -> str:
    """Shorten `slug` to at most `limit` characters, at a hyphen where there is one.

    It ends in no word that leads on to one that went: `add-dark-mode-to | reports`.
    """
    if len(slug) <= limit:
        return slug
    hyphen = slug.rfind("-", 0, limit + 1)
    cut = slug[: hyphen if hyphen > 0 else limit].strip("-")
    while (before := cut.rpartition("-"))[0] and before[2] in words_of_languages("lead on"):
        cut = before[0]
    return cut
