"""Japanese as it is read, in Latin letters: with SudachiPy, where it is installed.

Without it (the extra `japanese`) only what is written in kana is read: nothing tells how a Han
character is read in Japanese, and reading it as Chinese would name another thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

from anyascii import anyascii

if TYPE_CHECKING:
    from sudachipy import Tokenizer

_KANA: Final = re.compile("[\u3041-\u30ff]")
_PIECE: Final = re.compile(r"[A-Za-z0-9][\w.+#-]*|[\u30a1-\u30ff]+|[\u3041-\u3096]+")
_SMALL: Final = str.maketrans("ぁぃぅぇぉゃゅょ", "ァィゥェォャュョ")
_GLIDE: Final = re.compile(r"(?:(ch|sh|j)|([a-z]))i<y([auo])")
_DOUBLED: Final = re.compile(r"<t(?=([a-z]))")
_LONG: Final = re.compile(r"(?<=o)[ou]|(?<=u)u")
_LEFT_OUT: Final = frozenset({"助詞", "補助記号", "空白", "感動詞"})
"""Parts of speech that a slug does without: particles, marks, blanks, interjections."""


def is_japanese(text: str) -> bool:
    """Tell whether `text` is Japanese: no other language writes kana."""
    return _KANA.search(text) is not None


def read_words(text: str) -> Iterator[str]:
    """Give the words of a Japanese `text` in Latin letters, without particles."""
    reader = _reader()
    if reader is None:
        for piece in _PIECE.findall(text):
            yield piece if piece.isascii() else in_latin(piece)
        return
    at = 0
    for piece in re.finditer(r"[A-Za-z0-9][\w.+#/-]*(?<=[A-Za-z0-9+#])", text, re.ASCII):
        yield from _read(reader, text[at : piece.start()])
        yield piece[0]
        at = piece.end()
    yield from _read(reader, text[at:])


def _read(reader: Tokenizer, text: str) -> Iterator[str]:
    for word in reader.tokenize(text):
        kind = word.part_of_speech()[0]
        if kind in _LEFT_OUT or (kind in ("助動詞", "接続詞") and word.surface() != "ない"):
            continue
        if latin := in_latin(word.reading_form()):
            yield latin


def in_latin(kana: str) -> str:
    """Write `kana` in Latin letters (Hepburn, long vowels as short ones)."""
    marked = kana.translate(_SMALL).replace("ー", "")
    for small in "ャュョァィゥェォッっ":
        marked = marked.replace(small, f"<{small}")
    latin = anyascii(marked).lower()
    latin = _GLIDE.sub(lambda found: f"{found[1] or f'{found[2]}y'}{found[3]}", latin)
    latin = _DOUBLED.sub(r"\1", latin)
    latin = re.sub(r"[aiueo]<(?=[aiueo])", "", latin).replace("<", "")
    return _LONG.sub("", re.sub(r"[^a-z0-9]", "", latin))


@cache
def _reader() -> Tokenizer | None:
    try:
        from sudachipy import Dictionary  # noqa: PLC0415 - 37 MB, for Japanese alone
    except ImportError:
        return None
    return Dictionary(dict="small").tokenizer()
