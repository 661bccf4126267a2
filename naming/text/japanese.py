"""Japanese as it is read, in Latin letters: with SudachiPy, where it is installed.

Without it (the extra `japanese`) only what is written in kana is read: nothing tells how a Han
character is read in Japanese, and reading it as Chinese would name another thing.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Final

from anyascii import anyascii

from naming.text.word_files import pairs_in

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
    lent, one, run = _loans()
    text = run.sub(lambda loans: one.sub(lambda loan: f" {lent[loan[0]]} ", loans[0]), text)
    if (reader := _reader()) is None:
        for piece in _PIECE.findall(text):
            yield (piece, 2) if piece.isascii() else (in_latin(piece), 1)
        return
    at = 0
    for piece in re.finditer(r"[A-Za-z0-9][\w.+#/-]*(?<=[A-Za-z0-9+#])", text, re.ASCII):
        yield from _read(reader, text[at : piece.start()])
        yield piece[0], 2
        at = piece.end()
    yield from _read(reader, text[at:])


def _read(reader: "Tokenizer", text: str) -> Iterator[tuple[str, int]]:
    for word in reader.tokenize(text):
        kind, is_not = word.part_of_speech()[0], word.dictionary_form() in _NOT
        if (kind in _LEFT_OUT and not is_not) or word.dictionary_form() in _SAYS_NOTHING:
            continue
        if latin := in_latin(word.reading_form()):
            yield latin, 3 if is_not else 1 + (kind == "名詞")


@cache
def _loans() -> tuple[Mapping[str, str], re.Pattern[str], re.Pattern[str]]:
    """Give loan words as they were lent, and match one of them, and runs of nothing but them."""
    lent = pairs_in("languages/ja.txt", "loan words")
    one = "|".join(lent)
    run = rf"(?<![\u30a1-\u30ff])(?:{one})+(?![\u30a1-\u30ff])"
    return lent, re.compile(one), re.compile(run)


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
def _reader() -> "Tokenizer | None":
    try:
        from sudachipy import Dictionary  # noqa: PLC0415 - 37 MB, for Japanese alone
    except ImportError:
        return None
    return Dictionary(dict="small").tokenizer()
