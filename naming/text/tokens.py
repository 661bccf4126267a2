"""The words of a folded text, in any script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from naming.text.folding import ascii_words, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

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
_RUN: Final = re.compile(rf"(?P<unspaced>[{_UNSPACED}]+)|[^\W_{_UNSPACED}]+")
_UNSPACED_CHAR: Final = re.compile(f"[{_UNSPACED}]")
_HAN: Final = re.compile(r"([\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")
_ARTICLE: Final = re.compile(r"^(?:وال|بال|كال|فال|لل|ال)(?=\w{3})")


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
