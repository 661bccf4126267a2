"""Whether two texts speak of the same thing, told by the words they share, in any script."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_LOOKED_AT: Final = 8_000
"""Characters of a text, half at its head and half at its tail: a request stands at one of its ends."""

STEM_LENGTH: Final = 4
"""Letters that two forms of one word have in common at least: `truncated` and `truncation`."""

_ENGLISH: Final = frozenset(
    "a an the and or of to in on for with at by from as is are be was it its this that these those my your our "
    "i you we s t m d ll re ve".split()
)
COMMON_WORDS: Final = _ENGLISH | frozenset(
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
"""Words that say nothing about a subject, folded as `words` folds them."""

_FOREIGN: Final = COMMON_WORDS - _ENGLISH - frozenset("do no die des con per on me am do o e y u w z l d s v".split())
"""Words that give another Latin language away; what is an English word or a lone letter as well does not."""

_UNSPACED: Final = "\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7a3\u0e01-\u0e5b\U00020000-\U0003ffff"
_RUN: Final = re.compile(rf"(?P<unspaced>[{_UNSPACED}]+)|[^\W_{_UNSPACED}]+")
_ASCII_RUN: Final = re.compile(r"[A-Za-z0-9]+")
_UNSPACED_CHAR: Final = re.compile(f"[{_UNSPACED}]")
_HAN: Final = re.compile(r"([\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")
_ACCENTED: Final = re.compile("[\u00a8-\u024f]")
_ARABIC_LETTERS: Final = str.maketrans("أإآةى", "ااا" + "هي", "ـًٌٍَُِّْ")
_SINGLE_LETTERS: Final = str.maketrans("ıøłđæœё", "ioldaoе", "\u0307")
_ARTICLE: Final = re.compile(r"^(?:وال|بال|كال|فال|لل|ال)(?=\w{3})")
_QUOTES: Final = str.maketrans("\u2018\u2019\u02bc`\u201c\u201d\u00ab\u00bb\u3000", "''''" + '""""' + " ")
_CONTRACTION: Final = re.compile(
    r"\b(?:(i) ?(m|ve)|(can|don|won|couldn|doesn|didn|isn|hasn|haven|wasn) ?(t)|(here|that|what|let) ?(s))\b"
)


def ends(text: str) -> str:
    """Bound `text`: its head and its tail."""
    return text if len(text) <= MAX_LOOKED_AT else f"{text[: MAX_LOOKED_AT // 2]} {text[-MAX_LOOKED_AT // 2 :]}"


def fold(text: str) -> str:
    """Write `text` without case, accents on Latin letters, or variants of quotes and Arabic letters, on one line.

    English contractions get the apostrophe that slugs and hasty people leave out.
    """
    text = unicodedata.normalize("NFKC", text.translate(_QUOTES)).casefold().translate(_ARABIC_LETTERS)
    if not text.isascii():
        text = _ACCENTED.sub(lambda char: unicodedata.normalize("NFD", char[0])[0], text).translate(_SINGLE_LETTERS)
    return _CONTRACTION.sub(_with_apostrophe, " ".join(text.split()))


def _with_apostrophe(contraction: re.Match[str]) -> str:
    return "'".join(part for part in contraction.groups() if part)


def words(folded: str) -> frozenset[str]:
    """Give the words of a `folded` text; of scripts without spaces, what comes closest to words."""
    if folded.isascii():  # as most are, and several times as fast
        return frozenset(_ASCII_RUN.findall(folded))
    found: set[str] = set()
    for run in _RUN.finditer(folded):
        if run["unspaced"] is None:
            found.add(_ARTICLE.sub("", run[0]))
        else:
            found.update(_pieces(run[0]))
    return frozenset(found)


def _pieces(run: str) -> Iterator[str]:
    """Cut a run without spaces: every Han character means something, of other scripts only neighbours do."""
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
    """Tell whether a title in Latin letters is likely not English: by its accents or its small words."""
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
        """Read `text`. One reply asks several times for the subject of its prompt, which is therefore kept."""
        return cls.read(text)

    @classmethod
    def read(cls, text: str) -> Subject:
        """Read the ends of `text`."""
        folded = fold(ends(text))
        found = words(folded)
        return cls(folded, found, frozenset(word[:STEM_LENGTH] for word in found if len(word) >= STEM_LENGTH))

    def share(self, line: str) -> float:
        """Measure which part of a folded line's content words occurs here, in some form: 0 to 1; 0 if it has none."""
        wanted = content_words(line)
        there = sum(word in self.words or word[:STEM_LENGTH] in self.stems for word in wanted)
        return there / len(wanted) if wanted else 0.0
