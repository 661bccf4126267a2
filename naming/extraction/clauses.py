"""Where what is wanted begins in a text, and where it ends: learned signs for both, weighed.

Nothing here knows a phrase. A place has signs: the words around it and the part they play, marks,
how its sentence stands in the text. `weights.py` says what each of them is worth.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise, starmap
from typing import Final, NamedTuple

from naming.extraction.sentences import HEADINGS, Sentence, is_usual_heading, sentences_of
from naming.extraction.weights import about
from naming.extraction.words import (
    UNSPACED,
    is_abbreviation,
    language_of,
    lead_in_phrase,
    lead_in_phrases,
    lead_in_words,
    leads_on,
    part_of,
    parts_in,
)
from naming.names import MAX_DISPLAY_LENGTH
from naming.text.parts import NAME, OTHER, TELLING
from naming.text.patterns import WordPattern, language_files
from naming.text.romanization import HAN, is_japanese, words_of_chinese, words_of_japanese
from naming.text.word_files import read_sections, words_in

MAX_WORDS: Final = 45  # words of a sentence at which a clause may begin
MAX_START: Final = 60  # characters of a sentence of which letters are counted: code has fewer
MAX_BAG: Final = 20  # words of a sentence that are signs by themselves
SHORTEST_TOPIC: Final = 3
"""Letters of a word that a text may come back to; `x` and `r2` come back in every formula."""

MAX_SIGN: Final = 24  # letters of a word or a heading that are looked at
MAX_PROSE: Final = 100  # words of a text that its language is told by
MAX_OWN: Final = 30
"""Words of a sentence in which a name, or something of the writer's own, is looked for."""

MAX_CLOSER: Final = 32  # characters of politeness behind a sentence without spaces
MAX_ROLE: Final = 120  # characters in which a role is told
ROLES: Final = "extraction/roles.txt"

_LEAD_IN_UNSPACED: Final = WordPattern("{openers unspaced}|{greetings unspaced}", flags=re.NOFLAG)
_CLOSER_UNSPACED: Final = WordPattern("{closers unspaced}[.!?。！？、，\\s]*$", flags=re.NOFLAG)
_UNSPACED_WORD: Final = re.compile("[^\\s、，。：；！？,:]+[\\s、，。：；！？,:]*")
_OPENING: Final = re.compile(r"(?!~/)[^\w@/#.$<&¿¡]+(?=[\w@/#.$<&])|[¿¡]")
_EDGES: Final = "\"'“”‘’«»()[]{}<>*_`~,.;:!?¿¡…،؛؟।、，。：；！？「」（）"
_ERROR: Final = re.compile(r"[a-z](?:Error|Exception|Warning|Fault)(?::| \()")
"""An error's name, which belongs to what it says: `KeyError: 'id'`, `NoMethodError (…)`."""
_SHARP: Final = ("c#", "f#")
_MARKED: Final = "@#/$<\\"
_ROLE_ENDS: Final = re.compile(
    r"[,.;:(\n，。]|\b(?:who|that|with|for|in|to|and|from|named|called)\b"
)


class Place(NamedTuple):
    """A place in a sentence where a clause may begin or end, with the signs it has."""

    at: int
    signs: list[str]
    passed: tuple[str, ...] = ()
    """Signs of the words between the place before and this one, which begin and end is without."""


class Word(NamedTuple):
    """A word of a sentence: where it stands, as written, in small letters, and its part.

    `leads` says that people begin with it before they say what they want. As a `sign` it is cut,
    and names of things are all one.
    """

    start: int
    end: int
    raw: str
    low: str
    part: str
    leads: bool
    sign: str


class Reading(NamedTuple):
    """A text taken apart: the sentences that could name it, and the words it says again.

    `again` tells how often it says each of these. `role` is the kind of role that its first
    sentence gives its reader, if it gives one.
    """

    sentences: list[tuple[Sentence, list[Word]]]
    again: Mapping[str, int]
    role: str
    language: str


def read_text(text: str) -> Reading:
    """Take `text` apart into the sentences that could name it, with their words."""
    seen = [word if word.isalnum() else word.strip(_EDGES) for word in text.lower().split()]
    language = language_of(seen[:MAX_PROSE])
    parts = parts_in(language)
    read = ((each, words_of(each.text, parts)) for each in sentences_of(text))
    sentences = [(sentence, words) for sentence, words in read if words]
    role = role_in(sentences[0][0].text) if sentences else ""
    return Reading(sentences, said_again(seen), role, language)


def said_again(words: Iterable[str]) -> dict[str, int]:
    """Count the `words` that come more than once, and are long enough to say something."""
    counts = Counter(words).items()
    return {low: count for low, count in counts if count > 1 and len(low) >= SHORTEST_TOPIC}


def words_of(text: str, parts: Mapping[str, str]) -> list[Word]:
    """Split a sentence at its spaces; scripts without spaces at marks and around lead-ins."""
    leading, found, start = lead_in_words(), [], 0
    english, is_shouted = words_in(language_files()["en"], "lead in words"), text.isupper()
    spans = _spans_unspaced(text) if not text.isascii() and UNSPACED.search(text) else ()
    for start, end, leads, known in spans:
        if low := text[start:end].strip(_EDGES).lower():
            part = known or part_of(low, parts)
            sign = NAME if part == NAME else low[:MAX_SIGN]
            found.append((start, end, text[start:end], low, part, leads or low in leading, sign))
    for raw in () if spans else text.split(" "):
        end = start + len(raw)
        low = raw.lower() if raw.isalnum() else raw.strip(_EDGES).lower().replace("’", "'")
        if low:
            part = parts.get(low) or (OTHER if low.isalpha() else part_of(low, parts))
            leads = low in leading
            if raw.isupper() and low[1:] and not is_shouted:  # the IT form, CAN bus, AI
                leads = low in english and not is_abbreviation(raw, part)
                part = OTHER if is_abbreviation(raw, part) else part
            found.append(
                (start, end, raw, low, part, leads, NAME if part is NAME else low[:MAX_SIGN])
            )
        start = end + 1
    return _with_phrases(list(starmap(Word, found)))


def _with_phrases(words: list[Word]) -> list[Word]:
    """Mark what leads in together, whatever its words say elsewhere: `ingen brådska`."""
    phrases, lows = lead_in_phrases(), [word.low for word in words]
    for at in [at for at, two in enumerate(pairwise(lows)) if two in phrases]:
        end = at + lead_in_phrase(lows, at)
        words[at:end] = [each._replace(leads=True, part=OTHER) for each in words[at:end]]
    return words


def _spans_unspaced(text: str) -> Iterator[tuple[int, int, bool, str]]:
    """Give where pieces begin and end, whether they are a lead-in or politeness behind, and parts.

    In Chinese and Japanese pieces are words.
    """
    is_chinese = HAN.search(text) is not None
    reader = words_of_japanese if is_japanese(text) else words_of_chinese if is_chinese else None
    for match in _UNSPACED_WORD.finditer(text):
        start, end = match.start(), match.start() + len(match[0].rstrip())
        while (lead := _LEAD_IN_UNSPACED.compiled.match(text, start, end)) and lead[0]:
            yield start, lead.end(), True, ""
            start = lead.end()
        stop = end
        while closer := _CLOSER_UNSPACED.compiled.search(text, max(start, stop - MAX_CLOSER), stop):
            stop = closer.start()
        read = list(reader(text[start:stop].rstrip(_EDGES))) if reader else []
        *words, last = read or [("", "")]
        for word, part in words:
            yield start, start + len(word), False, part
            start += len(word)
        if start < stop:
            yield start, stop, False, last[1]
        if stop < end:
            yield stop, end, True, ""


@cache
def _standing(at: int, count: int) -> tuple[list[str], str, str]:
    """Give the signs of the sentence `at` of `count`, how near it is to the ends, and the size."""
    behind, size, place = count - 1 - at, about(count, 1, 2, 3, 6, 12), about(at, 0, 1, 2, 3, 5, 8)
    signs = [f"at:{place}", f"at:{place} of {size}", f"of:{size}"]
    signs.append(f"behind:{about(behind, 0, 1, 2, 4)}")
    return signs, f"{about(at, 0, 1)}:{about(behind, 0, 1)}", size


def signs_of_sentence(at: int, whole: Reading) -> list[str]:
    """Give the signs of the sentence `at` of the `whole` text: all its places share them."""
    sentence, words = whole.sentences[at]
    text, count, bag, first = sentence.text, len(whole.sentences), words[:MAX_BAG], words[0]
    standing, edges, size = _standing(at, count)
    telling = {w.low for w in bag if w.part in TELLING and len(w.low) >= SHORTEST_TOPIC}
    again = len(telling & whole.again.keys())
    few, start = about(count, 1, 3, 8), text[:MAX_START]
    signs = [
        *standing,
        f"says again:{about(again, 0, 1, 2, 3, 5)}:{few}",
        f"says again:{again * 4 // max(1, len(telling))}/4:{few}",
        f"telling:{about(len(telling), 0, 1, 2, 4, 7)}",
        f"shape:{sentence.shape}",
        f"ends:{text[-1]}" if text[-1] in "?？؟:：.!" else "ends:",
        f"length:{about(len(text), 10, 20, 40, 80, 160)}",
        f"letters:{(sum(map(str.isalpha, start)) + start.count(' ')) * 10 // len(start)}",
        f"first word:{first.sign}",
        f"first part:{first.part}:{edges}",
    ]
    signs += [f"has:{sign}" for sign in {word.sign for word in bag}]
    then = next((word for word in words if not word.leads), None)
    if then is None:
        signs += ("all lead-in", f"all lead-in:{about(len(words), 1, 2, 4, 8)}")
    else:
        place = "first" if then is first else "later"
        signs += (f"then:{then.sign}", f"then:{then.part}:{place}", f"then:{then.part}:{edges}")
    if sentence.shape == "heading":
        signs += _signs_of_heading("heading", text.lower().strip(" :*?"), begins=True)
    if sentence.label:
        signs += _signs_of_heading("label", sentence.label, begins=sentence.begins)
    if sentence.under:
        signs += _signs_of_heading("under", sentence.under, begins=sentence.begins)
    if text[0].islower():
        signs.append("small letter")
    if role := role_in(text):
        signs += (f"role:{role}", f"role:{role}:{about(at, 0, 1)} of {size}")
    elif whole.role:
        own = words_in(ROLES, "own words").isdisjoint([word.low for word in words[:MAX_OWN]])
        part = then.part if then else ""
        signs.append(f"behind a {whole.role} role:{about(at, 0, 1, 2)}:{part}")
        signs.append(f"behind a {whole.role} role:{'' if own else 'own'}")
    if NAME in [word.part for word in words[:MAX_OWN]]:
        signs.append("names something")
    return signs


def role_in(text: str) -> str:
    """Tell which kind of role `text` gives its reader; empty when it gives none.

    Plain is a helpful assistant, usual a senior Rust engineer, named an elocutionist.
    """
    low = text[:MAX_ROLE].lower()
    if (opening := _role_opening().match(low)) is None:
        return ""
    words = _ROLE_ENDS.split(low[opening.end() :], maxsplit=1)[0].split()
    usual = [word in words_in(ROLES, "role words") for word in words]
    return "plain" if all(usual) else "usual" if usual[-1] else "named"


@cache
def _role_opening() -> re.Pattern[str]:
    openings = sorted(read_sections(ROLES)["role openings"], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, openings)))


def _signs_of_heading(kind: str, heading: str, *, begins: bool) -> Iterator[str]:
    place = "first" if begins else "later"
    if heading in read_sections(HEADINGS)["task headings"]:
        yield f"{kind} task:{place}"
    elif is_usual_heading(heading):
        yield f"{kind} document:{place}"
    yield f"{kind}:{heading[:MAX_SIGN]}:{place}"
    yield f"{kind}:{place}"


def _mark(word: str) -> str:
    """Give the mark that `word` ends in; signs of vowels belong to its letters."""
    last = word[-1]
    return "" if last.isalnum() or unicodedata.category(last)[0] == "M" else last


def starts(words: list[Word]) -> Iterator[Place]:
    """Give the places where a clause may begin: behind marks, and words that lead to it.

    The signs of a place are those that it adds to all places before it: each word that a clause
    leaves out is a sign of its own, so where it begins there `passed` counts, too.
    """
    count, passed = len(words), tuple[str, ...]()
    for at, word in enumerate(words[:MAX_WORDS]):
        before = words[at - 1] if at else None
        mark = _mark(before.raw) if before else ""
        if before and ((mark == ":" and _ERROR.search(before.raw)) or before.low in _SHARP):
            mark = ""  # `KeyError: 'id'`; `C#` is a word
        lead = "lead-in" if word.leads else ""
        if before is None or mark or before.leads or before.raw[0] in _MARKED:
            opening = _OPENING.match(word.raw)
            signs = [
                f"is:{word.sign}",
                f"after:{before.sign if before else '^'}",
                f"part:{word.part}:{lead}",
                f"parts:{before.part if before else '^'} {word.part}",
                f"parts:{word.part}, {words[at + 1].part if at + 1 < count else '$'}",
                f"mark:{mark}:{word.part}",
                f"mark:{mark}" if at else "begins",
                f"left:{about(count - at, 1, 2, 3, 5)}",
            ]
            yield Place(word.start + (opening.end() if opening else 0), signs, passed)
            passed = ()
        passed += (f"passed:{word.sign}", f"passed part:{word.part}:{lead}")


def ends(words: list[Word], begin: int, text: str) -> Iterator[Place]:
    """Give the places where a clause that begins at `begin` in `text` may end, so that it fits."""
    first = next(at for at, word in enumerate(words) if word.end > begin)
    rest = len(text.rstrip(" .!,;:")) - begin
    fits = "fits" if rest <= MAX_DISPLAY_LENGTH else "long"
    count = len(words)
    led = next((at for at in range(count, first, -1) if not words[at - 1].leads), first + 1)
    if not text.isascii() and UNSPACED.search(text):
        count = led  # there nothing but politeness is known as words that lead
    for at, word in enumerate(words[first:count], first):
        size, said = word.end - begin, text[begin : word.end]
        mark = _mark(word.raw)
        if size - len(mark) > MAX_DISPLAY_LENGTH:
            return
        behind = words[at + 1] if at + 1 < count else None
        if behind and at > first and not mark and leads_on(word.low, word.part):
            continue
        if behind and _ERROR.search(f"{word.raw} {behind.raw[0]}"):
            continue
        last = "inner" if behind else "last"
        part = behind.part if behind else "$"
        signs = [
            f"{last}:{fits}",
            f"{last}:{word.part}",
            f"before:{behind.sign if behind else '$'}",
            f"before:{part}",
            f"mark:{mark}:{fits}",
            f"mark:{mark}:{part}:{fits}",
            f"is:{word.sign}:{last}",
            f"length:{about(size, 8, 15, 22, 30, 38, 46, 54)}:{fits}:{last}",
        ]
        if behind:
            signs += [
                f"left:{about(rest - size, 8, 16, 30, 60)}:{fits}",
                f"left:{about(count - 1 - at, 1, 2, 3, 5)}:{fits}:{'mark' if mark else ''}",
                "" if behind.raw[0].isalnum() else f"opens:{behind.raw[0]}:{fits}",
                "only lead-in words left" if at + 1 >= led else "",
            ]
        pairs = said.count("(") - said.count(")"), said.count("[") - said.count("]")
        if any(pairs) or said.count('"') % 2:
            signs.append("open bracket")
        yield Place(word.end, signs)
