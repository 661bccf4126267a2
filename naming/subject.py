"""Whether two texts speak of the same thing, told by the words they share, in any script."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_LOOKED_AT: Final = 8_000
"""Characters of a text, half at its head and half at its tail: a request stands at one of its ends."""

STEM_LENGTH: Final = 4
"""Letters that two forms of one word have in common at least: `truncated` and `truncation`."""

FEW: Final = 3
"""Letters. Shorter words are compared whole."""

COMMON_WORDS: Final = frozenset(
    "a an the and or of to in on for with at by from as is are be was it its this that these those my your our i you we "  # en
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
    "的 一 是 在 了 和 有 这 這 个 個 不 我 你 您 他 们 們 为 為 以 及 与 與 到 中 上 下 把 请 請 请 吗 嗎 都 就 也 很 被 对 對 "  # zh
    "を が に は の と で も へ や です ます して した する から まで など い い ら ".split()  # ja
)
"""Words that say nothing about a subject, folded as `words` folds them."""

_RUN: Final = re.compile(
    r"(?P<cjk>[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7a3\u0e01-\u0e5b\U00020000-\U0003ffff]+)|[^\W_]+"
)
_HAN: Final = re.compile(r"([\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")
_ARABIC_LETTERS: Final = str.maketrans("أإآةى", "ااا" + "هي", "ـًٌٍَُِّْ")
_SINGLE_LETTERS: Final = str.maketrans("ıøłđæœё", "ioldaoе", "\u0307")
_ARTICLE: Final = re.compile(r"^(?:وال|بال|كال|فال|لل|ال)(?=\w{3})")
_QUOTES: Final = str.maketrans("\u2018\u2019\u02bc`\u201c\u201d\u00ab\u00bb\u3000", "''''" + '""""' + " ")


def ends(text: str) -> str:
    """Bound `text`: its head and its tail, where a request stands."""
    return text if len(text) <= MAX_LOOKED_AT else f"{text[: MAX_LOOKED_AT // 2]} {text[-MAX_LOOKED_AT // 2 :]}"


@lru_cache(maxsize=256)
def fold(text: str) -> str:
    """Write `text` without case, accents on Latin letters, or variants of quotes and Arabic letters, on one line."""
    text = unicodedata.normalize("NFKC", text.translate(_QUOTES)).casefold().translate(_ARABIC_LETTERS)
    if not text.isascii():
        text = "".join(unicodedata.normalize("NFD", char)[0] if char < "\u0250" else char for char in text)
        text = text.translate(_SINGLE_LETTERS)
    return " ".join(text.split())


@lru_cache(maxsize=256)
def words(text: str) -> frozenset[str]:
    """Give the folded words of `text`; of scripts without spaces, pairs of neighbouring characters."""
    found: set[str] = set()
    for run in _RUN.finditer(fold(ends(text))):
        if run["cjk"] is None:
            found.add(_ARTICLE.sub("", run[0]))
        else:
            found.update(_pieces(run[0]))
    return frozenset(found)


def _pieces(run: str) -> Iterator[str]:
    """Cut a run without spaces: every Han character means something, of other scripts only neighbours do."""
    for part in _HAN.split(run):
        if len(part) == 1 or _HAN.match(part):
            yield part
        else:
            yield from (part[at : at + 2] for at in range(len(part) - 1))


def content_words(text: str) -> frozenset[str]:
    """Give the words of `text` that say something about its subject."""
    return words(text) - COMMON_WORDS


def share(title: str, text: str) -> float:
    """Measure which part of the title's content words occurs in `text`, in some form: 0 to 1; 0 when it has none."""
    wanted = content_words(title)
    there = words(text)
    stems = {word[:STEM_LENGTH] for word in there if len(word) >= STEM_LENGTH}
    return sum(_is_among(word, there, stems) for word in wanted) / len(wanted) if wanted else 0.0


def _is_among(word: str, there: frozenset[str], stems: set[str]) -> bool:
    return word in there or (len(word) > FEW and word[:STEM_LENGTH] in stems)
