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

from naming.text.word_files import read_sections

if TYPE_CHECKING:
    from sudachipy import Tokenizer

_KANA: Final = re.compile("[\u3041-\u30ff]")
_PIECE: Final = re.compile(r"[A-Za-z0-9][\w.+#-]*|[\u30a1-\u30ff]+|[\u3041-\u3096]+")
_SMALL: Final = str.maketrans("ぁぃぅぇぉゃゅょ", "ァィゥェォャュョ")
_GLIDE: Final = re.compile(r"(?:(ch|sh|j)|([a-z]))i<y([auo])")
_DOUBLED: Final = re.compile(r"<t(?=([a-z]))")
_LONG: Final = re.compile(r"(?<=o)[ou]|(?<=u)u")
_LEFT_OUT: Final = frozenset("助詞 助動詞 接続詞 補助記号 空白 感動詞 代名詞".split())
"""Parts of speech that a slug does without: particles, auxiliaries, conjunctions, marks, blanks,
interjections, pronouns."""

_NOT: Final = frozenset("ない ぬ ず だけ のみ しか 以外".split())
_SAYS_NOTHING: Final = frozenset(
    "為る する 居る いる 有る ある 成る なる 出来る できる 事 こと".split()
)


def is_japanese(text: str) -> bool:
    """Tell whether `text` is Japanese: no other language writes kana."""
    return _KANA.search(text) is not None


def read_words(text: str) -> Iterator[tuple[str, int]]:
    """Give the words of a Japanese `text` in Latin letters, without particles.

    Each comes with how much it says: 1, a noun or a loan 2, what turns the meaning 3. Words that
    Japanese has borrowed are spelt as they were: `ログイン` is `login`.
    """
    text = _loans().sub(_as_lent, text)
    reader = _reader()
    if reader is None:
        for piece in _PIECE.findall(text):
            yield (piece, 2) if piece.isascii() else (in_latin(piece), 1)
        return
    at = 0
    for piece in re.finditer(r"[A-Za-z0-9][\w.+#/-]*(?<=[A-Za-z0-9+#])", text, re.ASCII):
        yield from _read(reader, text[at : piece.start()])
        yield piece[0], 2
        at = piece.end()
    yield from _read(reader, text[at:])


def _read(reader: Tokenizer, text: str) -> Iterator[tuple[str, int]]:
    for word in reader.tokenize(text):
        kind, is_not = word.part_of_speech()[0], word.dictionary_form() in _NOT
        if (kind in _LEFT_OUT and not is_not) or word.dictionary_form() in _SAYS_NOTHING:
            continue
        if latin := in_latin(word.reading_form()):
            yield latin, 3 if is_not else 1 + (kind == "名詞")


@cache
def _lent() -> dict[str, str]:
    pairs = (entry.split() for entry in read_sections("languages/ja.txt")["loan words"])
    return dict(pairs)


@cache
def _loans() -> re.Pattern[str]:
    """Match runs of katakana that are made of loan words, from their first letter to their last."""
    return re.compile(rf"(?<![\u30a1-\u30ff])(?:{_loan().pattern})+(?![\u30a1-\u30ff])")


def _as_lent(run: re.Match[str]) -> str:
    return _loan().sub(lambda found: f" {_lent()[found[0]]} ", run[0])


@cache
def _loan() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_lent(), key=len, reverse=True)))


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
