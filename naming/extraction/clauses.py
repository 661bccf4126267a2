"""Where what is wanted begins in a text, and where it ends: learned signs for both, weighed.

Nothing here knows a phrase. A place has signs: the words around it and the part they play, marks,
how its sentence stands in the text. `weights.py` says what each of them is worth.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from naming.extraction.sentences import HEADINGS, sentences_of
from naming.extraction.words import (
    NAME,
    OTHER,
    language_of,
    lead_in_words,
    leads_on,
    part_of,
    parts_in,
)
from naming.names import MAX_DISPLAY_LENGTH
from naming.text.patterns import WordPattern
from naming.text.word_files import read_sections, words_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from naming.extraction.sentences import Sentence

MAX_WORDS: Final = 45
"""Words of a sentence at which a clause may begin."""

MAX_START: Final = 60
"""Characters of a sentence of which letters are counted: code has fewer."""

MAX_BAG: Final = 20
"""Words of a sentence that are signs by themselves."""

SHORTEST_TOPIC: Final = 3
"""Letters of a word that a text may come back to; `x` and `r2` come back in every formula."""

MAX_SIGN: Final = 24
"""Letters of a word or a heading that are looked at."""

MAX_PROSE: Final = 100
"""Words of a text that its language is told by."""

MAX_ROLE: Final = 120
"""Characters in which a role is told."""

ROLES: Final = "extraction/roles.txt"

_LEAD_IN_UNSPACED: Final = WordPattern("{openers unspaced}|{greetings unspaced}", flags=re.NOFLAG)
_CLOSER_UNSPACED: Final = WordPattern("{closers unspaced}[.!?。！？、，\\s]*$", flags=re.NOFLAG)
_WORD: Final = re.compile(r"\S+")
_UNSPACED: Final = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
_UNSPACED_WORD: Final = re.compile("[^\\s、，。：；！？,:]+[\\s、，。：；！？,:]*")
_OPENING: Final = re.compile(r"[^\w@/#.$<&¿¡]+(?=[\w@/#.$<&])|[¿¡]")
_EDGES: Final = "\"'“”‘’«»()[]{}<>*_`~,.;:!?¿¡…、，。：；！？「」（）"
_ERROR: Final = re.compile(r"[a-z](?:Error|Exception|Warning|Fault):$")
_MARKED: Final = "@#/$<\\"
_ROLE_ENDS: Final = re.compile(
    r"[,.;:(\n，。]|\b(?:who|that|with|for|in|to|and|from|named|called)\b"
)
_TELLING: Final = (OTHER, NAME)

_LENGTHS: Final = (8, 15, 22, 30, 38, 46, 54)


@cache
def _step(count: int, steps: tuple[int, ...]) -> str:
    """Say about how many: the first of `steps` that `count` does not exceed."""
    at = bisect_left(steps, count)
    return str(steps[at]) if at < len(steps) else "more"


class Place(NamedTuple):
    """A place in a sentence where a clause may begin or end, with the signs it has."""

    at: int
    signs: list[str]
    passed: Sequence[str] = ()
    """Signs of the words between the place before and this one, which begin and end is without."""


class Word(NamedTuple):
    """A word of a sentence: where it stands, as written, in small letters, and its part."""

    start: int
    end: int
    raw: str
    low: str
    part: str
    leads: bool
    """Whether it is one that people begin with before they say what they want."""


class Reading(NamedTuple):
    """A text taken apart: the sentences that could name it, and how often it says each word.

    `role` is the kind of role that its first sentence gives its reader, if it gives one.
    """

    sentences: list[tuple[Sentence, list[Word]]]
    said: Mapping[str, int]
    role: str
    language: str


def read_text(text: str) -> Reading:
    """Take `text` apart into the sentences that could name it, with their words."""
    seen = [word.strip(_EDGES) for word in text.lower().split()]
    language = language_of(seen[:MAX_PROSE])
    parts = parts_in(language)
    read = ((each, words_of(each.text, parts)) for each in sentences_of(text))
    sentences = [(sentence, words) for sentence, words in read if words]
    role = _role(sentences[0][0].text) if sentences else ""
    return Reading(sentences, Counter(seen), role, language)


def words_of(text: str, parts: Mapping[str, str]) -> list[Word]:
    """Split a sentence at its spaces; scripts without spaces at marks and around lead-ins."""
    if not text.isascii() and _UNSPACED.search(text):
        return _unspaced_words(text, parts)
    leading, found = lead_in_words(), []
    for match in _WORD.finditer(text):
        raw = match[0]
        if low := raw.strip(_EDGES).lower():
            if "’" in low:
                low = low.replace("’", "'")
            part = parts.get(low) or part_of(low, parts)
            found.append(Word(match.start(), match.end(), raw, low, part, low in leading))
    return found


def _unspaced_words(text: str, parts: Mapping[str, str]) -> list[Word]:
    found: list[Word] = []
    for start, end, leads in _spans_unspaced(text):
        raw = text[start:end]
        if low := raw.strip(_EDGES).lower():
            found.append(Word(start, end, raw, low, part_of(low, parts), leads))
    return found


def _spans_unspaced(text: str) -> Iterator[tuple[int, int, bool]]:
    """Give where pieces begin and end, and whether they are a lead-in or politeness behind."""
    for match in _UNSPACED_WORD.finditer(text):
        start, end = match.start(), match.start() + len(match[0].rstrip())
        while (lead := _LEAD_IN_UNSPACED.compiled.match(text, start, end)) and lead[0]:
            yield start, lead.end(), True
            start = lead.end()
        closer = _CLOSER_UNSPACED.compiled.search(text, start, end)
        stop = closer.start() if closer else end
        if start < stop:
            yield start, stop, False
        if stop < end:
            yield stop, end, True


def _sign_of(word: Word) -> str:
    """Write a word as a sign: names of things are all one."""
    return NAME if word.part == NAME else word.low[:MAX_SIGN]


def signs_of_sentence(
    sentence: Sentence, words: list[Word], at: int, whole: Reading
) -> Iterator[str]:
    """Give the signs of the sentence `at` a place of `count`: all its places share them.

    `said` counts the words of the whole text.
    """
    count, said = len(whole.sentences), whole.said
    text = sentence.text
    telling = {
        word.low
        for word in words[:MAX_BAG]
        if word.part in _TELLING and len(word.low) >= SHORTEST_TOPIC
    }
    again = len([low for low in telling if said[low] > 1])
    yield f"says again:{_step(again, (0, 1, 2, 3, 5))}:{_step(count, (1, 3, 8))}"
    yield f"says again:{again * 4 // max(1, len(telling))}/4:{_step(count, (1, 3, 8))}"
    yield f"telling:{_step(len(telling), (0, 1, 2, 4, 7))}"
    behind = count - 1 - at
    size = _step(count, (1, 2, 3, 6, 12))
    yield f"at:{_step(at, (0, 1, 2, 3, 5, 8))}"
    yield f"at:{_step(at, (0, 1, 2, 3, 5, 8))} of {size}"
    yield f"behind:{_step(behind, (0, 1, 2, 4))}"
    yield f"of:{size}"
    yield f"shape:{sentence.shape}"
    if sentence.shape == "heading":
        yield from _signs_of_heading("heading", text.lower().strip(" :*?"), begins=True)
    if sentence.label:
        yield from _signs_of_heading("label", sentence.label, begins=sentence.begins)
    if sentence.under:
        yield from _signs_of_heading("under", sentence.under, begins=sentence.begins)
    yield f"ends:{text[-1]}" if text[-1] in "?？؟:：.!" else "ends:"
    yield f"length:{_step(len(text), (10, 20, 40, 80, 160))}"
    start = text[:MAX_START]
    yield f"letters:{(sum(map(str.isalpha, start)) + start.count(' ')) * 10 // len(start)}"
    if text[0].islower():
        yield "small letter"
    first = words[0]
    yield f"first word:{_sign_of(first)}"
    yield f"first part:{first.part}:{_step(at, (0, 1))}:{_step(behind, (0, 1))}"
    said_first = next((word for word in words if not word.leads), None)
    if said_first is None:
        yield "all lead-in"
        yield f"all lead-in:{_step(len(words), (1, 2, 4, 8))}"
    else:
        place = "first" if said_first is first else "later"
        yield f"then:{_sign_of(said_first)}"
        yield f"then:{said_first.part}:{place}"
        yield f"then:{said_first.part}:{_step(at, (0, 1))}:{_step(behind, (0, 1))}"
    for low in {_sign_of(word) for word in words[:MAX_BAG]}:
        yield f"has:{low}"
    if role := _role(text):
        yield f"role:{role}"
        yield f"role:{role}:{_step(at, (0, 1))} of {size}"
    elif whole.role:
        part = said_first.part if said_first else ""
        yield f"behind a {whole.role} role:{_step(at, (0, 1, 2))}:{part}"
        own = not _own_words().isdisjoint([word.low for word in words[:30]])
        yield f"behind a {whole.role} role:{'own' if own else ''}"
    if any(word.part == NAME for word in words[:30]):
        yield "names something"


def _role(text: str) -> str:
    """Tell which kind of role `text` gives its reader; empty when it gives none.

    One of only usual words (`a helpful assistant`), one that ends in them (`a senior Rust
    engineer`), or one of its own (`an elocutionist`).
    """
    low = text[:MAX_ROLE].lower()
    if not low.startswith(_role_openings()):
        return ""
    opening = max((each for each in _role_openings() if low.startswith(each)), key=len)
    words = _ROLE_ENDS.split(low[len(opening) :], maxsplit=1)[0].split()
    usual = [word in words_in(ROLES, "role words") for word in words]
    return "plain" if all(usual) else "usual" if usual[-1] else "named"


@cache
def _own_words() -> frozenset[str]:
    return words_in(ROLES, "own words")


@cache
def _role_openings() -> tuple[str, ...]:
    return read_sections(ROLES)["role openings"]


def _signs_of_heading(kind: str, heading: str, *, begins: bool) -> Iterator[str]:
    place = "first" if begins else "later"
    if heading in read_sections(HEADINGS)["task headings"]:
        yield f"{kind} task:{place}"
    elif words_in(HEADINGS, "document headings").issuperset(heading.split()):
        yield f"{kind} document:{place}"
    yield f"{kind}:{heading[:MAX_SIGN]}:{place}"
    yield f"{kind}:{place}"


def starts(words: list[Word]) -> Iterator[Place]:
    """Give the places where a clause may begin: behind marks, and words that lead to it.

    The signs of a place are those that it adds to all places before it: each word that a clause
    leaves out is a sign of its own, so where it begins there `passed` counts, too.
    """
    count = len(words)
    passed: list[str] = []
    for at, word in enumerate(words[:MAX_WORDS]):
        before = words[at - 1] if at else None
        mark = before.raw[-1] if before and not before.raw[-1].isalnum() else ""
        if mark == ":" and before and _ERROR.search(before.raw):
            mark = ""  # `KeyError: 'id'`: an error's name belongs to what it says
        if before is None or mark or before.leads or before.raw[0] in _MARKED:
            opening = _OPENING.match(word.raw)
            signs = [
                f"is:{_sign_of(word)}",
                f"after:{_sign_of(before)}" if before else "after:^",
                f"part:{word.part}:{'lead-in' if word.leads else ''}",
                f"parts:{before.part if before else '^'} {word.part}",
                f"parts:{word.part}, {words[at + 1].part if at + 1 < count else '$'}",
                f"mark:{mark}:{word.part}",
                f"mark:{mark}" if at else "begins",
                f"left:{_step(count - at, (1, 2, 3, 5))}",
            ]
            yield Place(word.start + (opening.end() if opening else 0), signs, passed)
            passed = []
        passed += (
            f"passed:{_sign_of(word)}",
            f"passed part:{word.part}:{'lead-in' if word.leads else ''}",
        )


def ends(words: list[Word], begin: int, text: str) -> Iterator[Place]:
    """Give the places where a clause that begins at `begin` in `text` may end, so that it fits."""
    first = next(at for at, word in enumerate(words) if word.end > begin)
    rest = len(text.rstrip(" .!,;:")) - begin
    fits = "fits" if rest <= MAX_DISPLAY_LENGTH else "long"
    count = len(words)
    led = next((at for at in range(count, first, -1) if not words[at - 1].leads), first + 1)
    if not text.isascii() and _UNSPACED.search(text):
        count = led  # there nothing but politeness is known as words that lead
    for at in range(first, count):
        word = words[at]
        end = word.end
        mark = word.raw[-1] if not word.raw[-1].isalnum() else ""
        size = end - begin
        if size - len(mark) > MAX_DISPLAY_LENGTH:
            return
        is_last = at == count - 1
        if not is_last and at > first and leads_on(word.low, word.part) and word.raw[-1].isalnum():
            continue
        last = "last" if is_last else "inner"
        behind = words[at + 1] if not is_last else None
        sign = _sign_of(behind) if behind else "$"
        part = behind.part if behind else "$"
        signs = [
            f"{last}:{fits}",
            f"{last}:{word.part}",
            f"before:{sign}",
            f"before:{part}",
            f"mark:{mark}:{fits}",
            f"mark:{mark}:{part}:{fits}",
            f"is:{_sign_of(word)}:{last}",
            f"length:{_step(size, _LENGTHS)}:{fits}:{last}",
        ]
        if behind:
            signs += [
                f"left:{_step(rest - size, (8, 16, 30, 60))}:{fits}",
                f"left:{_step(count - 1 - at, (1, 2, 3, 5))}:{fits}:{'mark' if mark else ''}",
                f"opens:{behind.raw[0]}:{fits}" if not behind.raw[0].isalnum() else "",
                "only lead-in words left" if at + 1 >= led else "",
            ]
        if _is_open(text[begin:end]):
            signs.append("open bracket")
        yield Place(end, signs)


def _is_open(piece: str) -> bool:
    return (
        piece.count("(") != piece.count(")")
        or piece.count("[") != piece.count("]")
        or piece.count('"') % 2 == 1
    )
