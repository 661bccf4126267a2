"""Whether two texts speak of the same thing, told by the words they share, in any script."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_LOOKED_AT: Final = 8_000
"""Characters of a text, half at its head and half at its tail.

A request stands at one of its ends."""

STEM_LENGTH: Final = 4
"""Letters that two forms of one word have in common at least: `truncated` and `truncation`."""

_ENGLISH: Final = frozenset(
    "a an the and or of to in on for with at by from as is are be was it its this that these those my your our "
    "i you we s t m d ll re ve".split()
)
COMMON_WORDS: Final = (
    _ENGLISH
    | frozenset(
        "el la los las un una de del en y o por para con que es se lo su al mi "  # es
        "le les des du et ou pour avec dans sur une est ce cette mon votre au aux d l "  # fr
        "der die das den dem ein eine einen und oder fur mit im am auf zu zum zur von ist nicht des "  # de
        "os as um uma do da dos das no na nos nas em e com ao "  # pt
        "il lo gli per di che con su della del una alla nel "  # it
        "и в во на с со для не по из к у о от это как за под при мне мой а но "
        "في من على إلى الى عن مع هذا هذه ال و "
        "w z na do i dla nie o po pro se v s ve za aby je "  # pl, cs
        "ve bir bu icin ile de da "  # tr
        "het een van op voor met te niet "  # nl
        "的 一 是 在 了 和 有 这 這 个 個 不 我 你 您 他 们 們 为 為 以 及 与 與 到 中 上 下 把 "  # zh
        "请 請 吗 嗎 都 就 也 很 被 对 對 "
        "を が に は の と で も へ や です ます して した する から まで など い ら ".split()  # ja
    )
)
"""Words that say nothing about a subject, folded as `words` folds them."""

_FOREIGN: Final = (
    COMMON_WORDS
    - _ENGLISH
    - frozenset("do no die des con per on me am do o e y u w z l d s v".split())
)
"""Words that give another Latin language away.

What is an English word or a lone letter as well does not."""

_UNSPACED: Final = (
    "\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7a3\u0e01-\u0e5b\U00020000-\U0003ffff"
)
_STEM_OF: Final = itemgetter(slice(STEM_LENGTH))
_RUN: Final = re.compile(rf"(?P<unspaced>[{_UNSPACED}]+)|[^\W_{_UNSPACED}]+")
_WORDS_ALONE: Final = {code: chr(code) if chr(code).isalnum() else " " for code in range(128)}
"""All of ASCII: a character that such a table lacks is as good as raised."""

_UNSPACED_CHAR: Final = re.compile(f"[{_UNSPACED}]")
_HAN: Final = re.compile(r"([\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")
_ACCENTED: Final = re.compile("[\u00a8-\u024f]")
_ARTICLE: Final = re.compile(r"^(?:وال|بال|كال|فال|لل|ال)(?=\w{3})")
_CONTRACTIONS: Final = (
    ("i", "m|ve"),
    ("can|don|won|couldn|doesn|didn|isn|hasn|haven|wasn", "t"),
    ("here|that|what|let", "s"),
)
_CONTRACTION: Final = re.compile(
    rf"\b(?:{'|'.join(f'({firsts}) ?({lasts})' for firsts, lasts in _CONTRACTIONS)})\b"
)
_UNMARKED: Final = frozenset(
    first + last
    for firsts, lasts in _CONTRACTIONS
    for first in ("", *firsts.split("|"))
    for last in lasts.split("|")
)
"""A contraction without its apostrophe is one of these words or ends with one."""


def _replacing(plain: dict[str, str]) -> Callable[[str], str]:
    """Make what writes the `plain` form of characters.

    Where few stand in a text, `str.translate` takes far longer.
    """
    pattern = re.compile(f"[{''.join(plain)}]")
    return lambda text: pattern.sub(lambda char: plain[char[0]], text)


_with_plain_quotes: Final = _replacing(
    dict(
        zip("\u2018\u2019\u02bc`\u201c\u201d\u00ab\u00bb\u3000", "''''" + '""""' + " ", strict=True)
    )
)
_with_plain_arabic: Final = _replacing(
    dict(zip("أإآةى", "ااا" + "هي", strict=True)) | dict.fromkeys("ـًٌٍَُِّْ", "")
)
_with_plain_latin: Final = _replacing(dict(zip("ıøłđæœё\u0307", [*"ioldaoе", ""], strict=True)))


def ends(text: str) -> str:
    """Bound `text`: its head and its tail."""
    return (
        text
        if len(text) <= MAX_LOOKED_AT
        else f"{text[: MAX_LOOKED_AT // 2]} {text[-MAX_LOOKED_AT // 2 :]}"
    )


def fold(text: str) -> str:
    """Write `text` without case, accents on Latin letters, or variants of quotes and Arabic letters, on one line.

    English contractions get the apostrophe that slugs and hasty people leave out.
    """
    if text.isascii():  # the usual case, many times as fast
        text = text.replace("`", "'").lower()
    else:
        text = unicodedata.normalize("NFKC", _with_plain_quotes(text)).casefold()
        text = _ACCENTED.sub(
            lambda char: unicodedata.normalize("NFD", char[0])[0], _with_plain_arabic(text)
        )
        text = _with_plain_latin(text)
    line = " ".join(text.split())
    if line.isascii() and _UNMARKED.isdisjoint(ascii_words(line)):
        return line
    return _CONTRACTION.sub(_with_apostrophe, line)


def _with_apostrophe(contraction: re.Match[str]) -> str:
    return "'".join(part for part in contraction.groups() if part)


def ascii_words(text: str) -> list[str]:
    """Give the words of a `text` of ASCII, several times as fast as a pattern would."""
    return text.translate(_WORDS_ALONE).split()


def words(folded: str) -> frozenset[str]:
    """Give the words of a `folded` text; of scripts without spaces, what comes closest to words."""
    if folded.isascii():
        return frozenset(ascii_words(folded))
    found: set[str] = set()
    for run in _RUN.finditer(folded):
        if run["unspaced"] is None:
            found.add(run[0] if run[0].isascii() else _ARTICLE.sub("", run[0]))
        else:
            found.update(_pieces(run[0]))
    return frozenset(found)


def _pieces(run: str) -> Iterator[str]:
    """Cut a run without spaces.

    Every Han character means something, of other scripts only neighbours do.
    """
    for part in _HAN.split(run):
        if len(part) == 1:
            yield part
        else:
            yield from (part[at : at + 2] for at in range(len(part) - 1))


def is_unspaced(char: str) -> bool:
    """Tell whether `char` belongs to a script whose words `words` cannot find whole."""
    return _UNSPACED_CHAR.match(char) is not None


def content_words(folded: str) -> frozenset[str]:
    """Give the words of a `folded` text that say something about its subject."""
    return words(folded) - COMMON_WORDS


def speaks_another_language(title: str) -> bool:
    """Tell whether a title in Latin letters is likely not English.

    By its accents or its small words.
    """
    return not title.isascii() or not _FOREIGN.isdisjoint(words(fold(title)))


@dataclass(frozen=True, slots=True)
class Subject:
    """What a text is about."""

    folded: str
    words: frozenset[str]
    stems: frozenset[str]

    @classmethod
    @lru_cache(maxsize=1)
    def of(cls, text: str) -> Subject:
        """Read `text`.

        One reply asks several times for the subject of its prompt, which is therefore kept.
        """
        return cls.read(text)

    @classmethod
    def read(cls, text: str) -> Subject:
        """Read the ends of `text`."""
        folded = fold(ends(text))
        found = words(folded)
        return cls(folded, found, frozenset(map(_STEM_OF, found)))

    def share(self, line: str) -> float:
        """Measure which part of a folded line's content words occurs here, in some form: 0 to 1.

        0 if it has none.
        """
        wanted = content_words(line)
        there = sum(word[:STEM_LENGTH] in self.stems for word in wanted)
        return there / len(wanted) if wanted else 0.0
