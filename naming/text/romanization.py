"""Chinese, Japanese and Korean as they are read, in Latin letters, word by word.

jieba tells the words of Chinese, and anyascii how they are read. Japanese is read with SudachiPy,
where it is installed (the extra `japanese`). Without it only what is written in kana is read:
nothing tells how a Han character is read in Japanese, and reading it as Chinese would name another
thing.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Final

from anyascii import anyascii

from naming.text.word_files import pairs_in, read_sections, words_in

if TYPE_CHECKING:
    from rjieba import Jieba
    from sudachipy import Tokenizer

# --- Chinese

_CHINESE: Final = "languages/zh.txt"

_TAGS_LEFT_OUT: Final = frozenset("u y e o x p c k h".split())
"""First letters of the tags of what a slug does without: particles, moods, interjections, marks,
prepositions, conjunctions, affixes (jieba has the tag set of ICTCLAS)."""

_TELLING: Final = ("n", "v")
_SHORT: Final = 4  # Latin letters of a syllable; a word of one says less than others


def read_chinese(text: str) -> Iterator[tuple[str, int]]:
    """Give the words of a Chinese `text` in Latin letters without tones, without particles.

    Each comes with how much it says: 0 to 2, and 3 where it turns the meaning.
    """
    turning, little = words_in(_CHINESE, "turning words"), words_in(_CHINESE, "left out words")
    for word, tag in _chinese_reader().tag(text):
        if word in little or (tag[0] in _TAGS_LEFT_OUT and word not in turning):
            continue
        if latin := "".join(filter(str.isalnum, anyascii(word).lower())):
            says = tag.startswith(_TELLING) + (len(latin) > _SHORT)
            yield latin, 3 if word in turning else says


@cache
def _chinese_reader() -> "Jieba":
    from rjieba import Jieba  # noqa: PLC0415 - 33 MB, for Chinese alone

    return Jieba()


# --- Japanese

_KANA: Final = re.compile("[\u3041-\u30ff]")
_PIECE: Final = re.compile(r"[A-Za-z0-9][\w.+#-]*|[\u30a1-\u30ff]+|[\u3041-\u3096]+")
_SMALL: Final = str.maketrans("ぁぃぅぇぉゃゅょ", "ァィゥェォャュョ")
_GLIDE: Final = re.compile(r"(?:(ch|sh|j)|([a-z]))i<y([auo])")
_DOUBLED: Final = re.compile(r"<t(?=([a-z]))")
_LONG: Final = re.compile(r"(?<=o)[ou]|(?<=u)u")
_KINDS_LEFT_OUT: Final = frozenset("助詞 助動詞 接続詞 補助記号 空白 感動詞 代名詞".split())
"""Parts of speech that a slug does without: particles, auxiliaries, conjunctions, marks, blanks,
interjections, pronouns."""

_NOT: Final = frozenset("ない ぬ ず だけ のみ しか 以外".split())
_SAYS_NOTHING: Final = frozenset(
    "為る する 居る いる 有る ある 成る なる 出来る できる 事 こと".split()
)


def is_japanese(text: str) -> bool:
    """Tell whether `text` is Japanese: no other language writes kana."""
    return _KANA.search(text) is not None


def read_japanese(text: str) -> Iterator[tuple[str, int]]:
    """Give the words of a Japanese `text` in Latin letters, without particles.

    Each comes with how much it says: 1, a noun or a loan 2, what turns the meaning 3. Words that
    Japanese has borrowed are spelt as they were: `ログイン` is `login`.
    """
    lent, one, run = _loans()
    text = run.sub(lambda loans: one.sub(lambda loan: f" {lent[loan[0]]} ", loans[0]), text)
    if (reader := _japanese_reader()) is None:
        for piece in _PIECE.findall(text):
            yield (piece, 2) if piece.isascii() else (in_latin(piece), 1)
        return
    at = 0
    for piece in re.finditer(r"[A-Za-z0-9][\w.+#/-]*(?<=[A-Za-z0-9+#])", text, re.ASCII):
        yield from _read_japanese(reader, text[at : piece.start()])
        yield piece[0], 2
        at = piece.end()
    yield from _read_japanese(reader, text[at:])


def _read_japanese(reader: "Tokenizer", text: str) -> Iterator[tuple[str, int]]:
    for word in reader.tokenize(text):
        kind, is_not = word.part_of_speech()[0], word.dictionary_form() in _NOT
        if (kind in _KINDS_LEFT_OUT and not is_not) or word.dictionary_form() in _SAYS_NOTHING:
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
def _japanese_reader() -> "Tokenizer | None":
    try:
        from sudachipy import Dictionary  # noqa: PLC0415 - 37 MB, for Japanese alone
    except ImportError:
        return None
    return Dictionary(dict="small").tokenizer()


# --- Korean

_SYLLABLES: Final = "\uac00-\ud7a3"
_WORD: Final = re.compile(rf"([^\W{_SYLLABLES}]?)([{_SYLLABLES}]+)")
_OPEN: Final = "".join(map(chr, range(ord("가"), ord("힣"), 28)))
"""The syllables that end in a vowel; behind each stand those with one of 27 finals."""

# How finals are spelt by the Revised Romanization of Korean (2000), in the order of Unicode.
_FINALS: Final = " k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split(" ")
_FINALS_BEFORE_VOWELS: Final = (
    " g kk ks n nj n d r lg lm lb ls lt lp r m b ps s ss ng j ch k t p ".split(" ")
)


def read_korean(text: str) -> str:
    """Write the Korean words of `text` in Latin letters; the rest stays as it is.

    Borrowed words are spelt as they were lent (`로그인` is `login`), others by the Revised
    Romanization of 2000, without changes of sounds that meet.
    """
    return _WORD.sub(lambda found: f"{found[1]} {_read_korean(found[1], found[2])} ", text)


def _read_korean(before: str, word: str) -> str:
    lent, one, borrowed, ended = _korean_patterns()
    if before and any(ended.fullmatch(stem + word) for stem in ("가가", "각각")):
        return ""  # `PDF에`
    if found := borrowed.fullmatch(word):
        words = [lent[each] for each in one.findall(found[1])]
        return " ".join([*words, *map(_latin, found[2] or "", " ")])
    bare = found[1] if (found := ended.fullmatch(word)) else word
    return "".join(map(_latin, bare, f"{bare[1:]} ")).replace("lr", "ll")


@cache
def _korean_patterns() -> tuple[
    Mapping[str, str], re.Pattern[str], re.Pattern[str], re.Pattern[str]
]:
    """Give what was lent, and match one of it, a word that is nothing else, one with an ending."""
    file = read_sections("languages/ko.txt")
    lent = pairs_in("languages/ko.txt", "loan words")
    verbs, others = "|".join(file["verb endings"]), "|".join(file["particles"])
    after_vowel = "|".join(file["particles behind vowels"])
    after_consonant = "|".join(file["particles behind consonants"])
    ending = (
        rf"(?:(?:{verbs})(?:{others})?|{others}|(?<=[{_OPEN}])(?:{after_vowel})"
        rf"|(?<![{_OPEN}])(?:{after_consonant}))"
    )
    return (
        lent,
        re.compile("|".join(lent)),
        re.compile(rf"((?:{'|'.join(lent)})+)(?:{ending})?(만)?"),  # only
        re.compile(rf"([{_SYLLABLES}]{{2,}}?)(?:{ending})"),
    )


def _latin(syllable: str, following: str) -> str:
    vowel, final = divmod(ord(syllable) - ord("가"), len(_FINALS))
    finals = _FINALS_BEFORE_VOWELS if "아" <= following <= "잏" else _FINALS
    return anyascii(_OPEN[vowel]).lower().replace("l", "r") + finals[final]
