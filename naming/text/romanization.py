"""Chinese, Japanese and Korean as they are read, in Latin letters, word by word.

jieba tells the words of Chinese, and anyascii how they are read. Japanese is read with SudachiPy,
where it is installed (the extra `japanese`). Without it only what is written in kana is read:
nothing tells how a Han character is read in Japanese, and reading it as Chinese would name another
thing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Final

from anyascii import anyascii

from naming.text.parts import LEFT_OUT, OTHER, QUESTION, SMALL, TURNING, VERB
from naming.text.word_files import pairs_in, read_sections, words_in

if TYPE_CHECKING:
    from rjieba import Jieba
    from sudachipy import Morpheme, Tokenizer

# --- Chinese

HAN: Final = re.compile("[\u3400-\u9fff]")
_CHINESE: Final = "languages/zh.txt"

_PARTS_OF_TAGS: Final = dict.fromkeys("uyeoxkhfq", LEFT_OUT) | dict.fromkeys("pcrd", SMALL)
"""What words with a tag that begins so play (jieba has the tag set of ICTCLAS): particles, moods,
interjections, marks, affixes, places and measures say nothing; prepositions, conjunctions, pronouns
and adverbs little."""


def words_of_chinese(text: str) -> Iterator[tuple[str, str]]:
    """Give the words of a Chinese `text` as written, each with its part."""
    known, before = _known_parts(_CHINESE), ""
    for word, tag in _chinese_reader().tag(text):
        part = known.get(word) or _PARTS_OF_TAGS.get(tag[0], VERB if tag == "v" else OTHER)
        asks = word[1:] == before and word[0] in "不没沒"  # `能|不能` asks and denies nothing
        yield word, LEFT_OUT if asks else part
        before = word


@cache
def _known_parts(file: str) -> Mapping[str, str]:
    sections = (
        ("turning words", TURNING),
        ("left out words", LEFT_OUT),
        ("question words", QUESTION),
        ("weak words", SMALL),
    )
    return {word: part for section, part in sections for word in words_in(file, section)}


def read_chinese(text: str) -> Iterator[tuple[str, str]]:
    """Give the words of a Chinese `text` in Latin letters without tones, each with its part.

    A word in characters that nobody reads is empty.
    """
    readings, odd = _chinese_readings()
    for word, part in words_of_chinese(text):
        spelt = odd.sub(lambda found: readings[found[0]], word)
        yield "".join(filter(str.isalnum, anyascii(spelt).lower())), part


@cache
def _chinese_readings() -> tuple[Mapping[str, str], re.Pattern[str]]:
    readings = pairs_in(_CHINESE, "readings")
    return readings, re.compile("|".join(readings))


@cache
def _chinese_reader() -> "Jieba":
    from rjieba import Jieba  # noqa: PLC0415 - 33 MB, for Chinese alone

    return Jieba()


# --- Japanese

_JAPANESE: Final = "languages/ja.txt"
_JAPANESE_RUN: Final = re.compile(
    "[\u3400-\u9fff々]+|[\u30a1-\u30ff]+|[\u3041-\u3096ー]+|[^\u3041-\u30ff\u3400-\u9fff々]+"
)
_KANA: Final = re.compile("[\u3041-\u30ff]")
_PIECE: Final = re.compile(r"[A-Za-z0-9][\w.+#-]*|[\u30a1-\u30ff]+|[\u3041-\u3096]+")
_LATIN_PIECE: Final = re.compile(
    r"(?=[\w.+#/-]*[A-Za-z])[A-Za-z0-9][\w.+#/-]*(?<=[A-Za-z0-9+#])|\d+(?:[-.:/]\d+)+", re.ASCII
)
"""What is in Latin letters already; a number is read with what it counts: `7時` is `7ji`."""

_ONE_HAN: Final = re.compile("[\u3400-\u9fff][\u3041-\u3096]?")
_SMALL: Final = str.maketrans("ぁぃぅぇぉゃゅょ", "ァィゥェォャュョ")
_GLIDE: Final = re.compile(r"(?:(ch|sh|j)|([a-z]))i<y([auo])")
_DOUBLED: Final = re.compile(r"<t(?=([a-z]))")
_LONG: Final = re.compile(r"(?<=o)[ou]|(?<=u)u")
_PARTS_OF_KINDS: Final = dict.fromkeys("助詞 助動詞 接続詞 感動詞 代名詞".split(), LEFT_OUT) | {
    "動詞": VERB,
    "副詞": SMALL,
    "連体詞": SMALL,
}
"""What words of a kind play: particles, auxiliaries, conjunctions, interjections and
pronouns say nothing."""

_LARGE: Final = str.maketrans({"千": "セン", "万": "マン", "億": "オク"})
_MARKS: Final = ("補助記号", "空白")
_NOT: Final = frozenset("ない 無い なし 無し ぬ ず 抜き だけ のみ しか 以外".split())
_SAYS_NOTHING: Final = frozenset(
    "為る する 居る いる 有る ある 成る なる 出来る できる 事 こと 様 よう 物 もの 為 ため".split()
)


def is_japanese(text: str) -> bool:
    """Tell whether `text` is Japanese: no other language writes kana."""
    return _KANA.search(text) is not None


def words_of_japanese(text: str) -> Iterator[tuple[str, str]]:
    """Give the words of a Japanese `text` as written, each with its part, as its letters tell them.

    What is written in Han, katakana or Latin letters says something; the hiragana behind it are its
    ending, or a particle.
    """
    known = _known_parts(_JAPANESE)
    for run in _JAPANESE_RUN.findall(text):
        yield run, known.get(run, OTHER)


def read_japanese(text: str) -> Iterator[tuple[str, str]]:
    """Give the words of a Japanese `text` in Latin letters, each with its part.

    Words that Japanese has borrowed are spelt as they were: `ログイン` is `login`. Verbs are in the
    form of dictionaries, or with the auxiliary that says not.
    """
    lent, one, run = _loans()
    text = run.sub(lambda loans: one.sub(lambda loan: f" {lent[loan[0]]} ", loans[0]), text)
    if (reader := _japanese_reader()) is None:
        for piece in _PIECE.findall(text):
            yield (piece, OTHER) if piece.isascii() else (in_latin(piece), SMALL)
        return
    at = 0
    for piece in _LATIN_PIECE.finditer(text):
        yield from _read_japanese(reader, text[at : piece.start()])
        yield piece[0], OTHER
        at = piece.end()
    yield from _read_japanese(reader, text[at:])


def _read_japanese(reader: "Tokenizer", text: str) -> Iterator[tuple[str, str]]:
    word: list[Morpheme] = []
    for piece in reader.tokenize(text):
        is_mark = piece.part_of_speech()[0] in _MARKS
        if word and (is_mark or not _goes_on(word[-1], piece)):
            yield _read_word(reader, word)
            word = []
        if not is_mark:
            word.append(piece)
    if word:
        yield _read_word(reader, word)


def _goes_on(before: "Morpheme", piece: "Morpheme") -> bool:
    """Tell whether `piece` is written in one with that `before` it: `駐車|場`, `使わ|ず`."""
    (earlier, which, *_), (kind, more, form, *_) = before.part_of_speech(), piece.part_of_speech()
    if which == "数詞":
        return bool(piece.surface() != "%" and (kind == "接尾辞" or form.startswith("助数詞")))
    if earlier == kind == "名詞" and more != "数詞" and _ONE_HAN.fullmatch(piece.surface()):
        return HAN.match(before.surface()[-1]) is not None
    if earlier == "形容詞" and piece.dictionary_form() == "すぎる":
        return True
    if kind == "接尾辞":
        return earlier == "名詞" and _KANA.search(before.surface()) is None
    is_ending = kind == "助動詞" or more == "接続助詞"
    return earlier == "接頭辞" or (is_ending and earlier in ("動詞", "形容詞", "助動詞"))


def _read_word(reader: "Tokenizer", word: "list[Morpheme]") -> tuple[str, str]:
    """Give a word of several pieces in Latin letters, and its part."""
    first, *endings = word
    form, kind = first.dictionary_form(), first.part_of_speech()[0]
    while endings and kind == "動詞" and endings[-1].dictionary_form() not in _NOT:
        endings.pop()
    if form in _NOT or any(each.dictionary_form() in _NOT for each in endings):
        part = TURNING
    else:
        part = LEFT_OUT if form in _SAYS_NOTHING else _PARTS_OF_KINDS.get(kind, OTHER)
    pieces: Iterable[Morpheme] = (first, *endings)
    if kind == "動詞" and word[1:] and not endings:
        pieces = reader.tokenize(form)
    return in_latin("".join(map(_reading_of, pieces))), part


def _reading_of(piece: "Morpheme") -> str:
    said: str = piece.surface()
    return said.translate(_LARGE) if "0" <= said[0] <= "9" else str(piece.reading_form())


@cache
def _loans() -> tuple[Mapping[str, str], re.Pattern[str], re.Pattern[str]]:
    """Give loan words as they were lent, and match one of them, and runs of nothing but them."""
    lent = pairs_in(_JAPANESE, "loan words")
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
