"""One spelling for all that people mean by the same words: case, accents, quotes, contractions."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Final

MAX_LOOKED_AT: Final = 8_000
"""Characters of a text, half at each of its ends: a request stands at one of them."""

_BETWEEN: Final = " | "
"""Stands between words that are folded by themselves: no contraction reaches over it."""

_ACCENTED: Final = re.compile("[\u00a8-\u024f]")
_CONTRACTION: Final = re.compile(
    r"\b(?=[cdhilwt])(?:(i) ?(m|ve)|((?:ca|do|wo|could|does|did|is|has|have|was)n) ?(t)"
    r"|(here|that|what|let) ?(s))\b"
)


def _replacing(chars: str, plain: Iterable[str]) -> Callable[[str], str]:
    """Make what writes the `plain` form of `chars`, faster than `str.translate` if they are few."""
    pattern, table = re.compile(f"[{chars}]"), dict(zip(chars, plain, strict=True))
    return lambda text: pattern.sub(lambda char: table[char[0]], text)


_with_plain_quotes: Final = _replacing(
    "\u2018\u2019\u02bc`\u201c\u201d\u00ab\u00bb\u3000", "''''" + '""""' + " "
)
_MARKS: Final = "\u0307ـًٌٍَُِّْ"
_with_plain_letters: Final = _replacing(
    f"ıøłđæœёأإآةى{_MARKS}", [*"ioldaoе", *"اااهي", *[""] * len(_MARKS)]
)


def ends(text: str) -> str:
    """Bound `text`: its head and its tail."""
    half = MAX_LOOKED_AT // 2
    return text if len(text) <= MAX_LOOKED_AT else f"{text[:half]} {text[-half:]}"


def fold(text: str) -> str:
    """Write `text` in one spelling: no case, no accents on Latin letters, one kind of quotes.

    English contractions get the apostrophe that slugs and hasty people leave out.
    """
    if text.isascii():  # the usual case, many times as fast
        text = text.replace("`", "'").lower()
    else:
        text = unicodedata.normalize("NFKC", _with_plain_quotes(text)).casefold()
        text = _ACCENTED.sub(lambda char: unicodedata.normalize("NFD", char[0])[0], text)
        text = _with_plain_letters(text)
    line = " ".join(text.split())
    return _CONTRACTION.sub(lambda found: "'".join(filter(None, found.groups())), line)


def fold_each(words: Sequence[str]) -> list[str]:
    """Fold `words`, each by itself, in one go. None of them may hold a stroke (`|`)."""
    return fold(_BETWEEN.join(words)).split(_BETWEEN) if words else []
