"""From a text to display names: the clauses that say best what is wanted, as titles."""

import re
from collections.abc import Iterator
from heapq import heapify, heappop, heappush
from math import exp, log
from typing import Final

from naming.extraction.clauses import (
    Reading,
    Word,
    ends,
    role_in,
    signs_of_sentence,
    starts,
)
from naming.extraction.sentences import ENDS, HEADINGS, Sentence, is_usual_heading
from naming.extraction.weights import total, weights_of
from naming.extraction.words import has_words, lead_in_phrase, lead_in_words, leads_on
from naming.names import MAX_DISPLAY_LENGTH
from naming.text.characters import cut, one_line
from naming.text.parts import OTHER, QUESTION, TELLING, VERB
from naming.text.patterns import WordPattern, words_of_languages
from naming.text.word_files import read_sections, words_in

TOPIC: Final = 50  # hundredths of a logit that a word gains each time that the text says it again
MOST_SAID: Final = 6  # times that a word is said, of which more gain nothing

_TRAILING: Final = (
    "".join(filter(str.isspace, map(chr, range(0x3001)))) + ".,:;!…।、。，；：-–—|/\\&+=*_~<>([{"
)
_ASKING: Final = "?？؟"
_ADDRESSED: Final = re.compile(r"^[/@](?=[A-Za-z][\w:-]*(?:\s|$))")
"""`/review`: a command is named by its word."""

_PAIRED: Final = re.compile(r"[()\[\]{}\"（）「」【】]")
_OPEN: Final = "([{（「【"
_CLOSES: Final = {"”": "“", "»": "«"}
_OPENED: Final = dict(
    zip(
        "\"'“„‘«「『([【",
        r"""\"(?=\s) '(?!\w|$) ”(?!$) [“”] ’(?!\w|$) »(?!$) 」 』 \) \] 】""".split(),
        strict=True,
    )
)
"""What opens before a first word, and what closes it; quotes around a whole title go."""

_TURNED: Final = WordPattern(r"{negated wishes}(?:(?! but )[^,.;:!?–—])*")
_POINTING: Final = WordPattern(r"{pointing openers}[ ]")
MAX_POINTING: Final = 3  # words of such an opener: `this is a`
_SUBORDINATE: Final = WordPattern(r"{subordinate openers}[ ][^,.;:!?]*,[ ]")
FEW: Final = 2
"""Words that say something: with fewer behind them such openers stay: `This is broken`."""

_SYMBOLS: Final = "µαβγδεθλμπσφω"
"""Letters that stand for a quantity or a unit in a line of Latin letters: `π is off`, `µs`."""

_TAG: Final = re.compile(r"<[^\s<>][^<>]*$")
_TAG_END: Final = re.compile(r"/?>")
_PLUS: Final = re.compile(r"(?<=\w)\+{1,2}")
_SPACED: Final = "[^\\W_\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]+"
_PLAIN: Final = re.compile(rf"{_SPACED}(?:[ '’+#/_.-]{_SPACED})*")
# 修复修复修复…: once is enough.
_REPEATED: Final = re.compile(r"((\S)(?!\2)[^\n]{1,15}?)(?:\1){3,}[^\n]{0,16}$")


def titles_of(text: Reading) -> Iterator[str]:
    """Give display names for `text`, the best first.

    Three things make one likely: its sentence, the place where it begins there, and words that the
    text comes back to. The last two are found for the sentences in front alone, as a place makes
    none likelier and a sentence has at least the words of its title. Those of nothing but lead-ins
    come last, and behind them headings that every document has, what only points (`fix this`) and
    a role, where a label tells what the task is.
    """
    weights, alone = weights_of("sentences"), len(text.sentences) == 1
    is_asked = any(_is_asked(sentence) for sentence, _ in text.sentences)
    found: list[tuple[bool, bool, float, int, str]] = []
    for at, (sentence, words) in enumerate(text.sentences):
        signs = () if alone else signs_of_sentence(at, text)
        likely = total(signs, weights) + _worth_of_topic(words, text)
        is_role = is_asked and role_in(sentence.text) != ""
        found.append((is_role, all(word.leads for word in words), -likely, at, ""))
    heapify(found)
    while found:
        _, only_leads, unlikely, at, title = heappop(found)
        if title:
            yield title
            continue
        sentence, words = text.sentences[at]
        log_likely, start = _start(sentence.text, words)
        title, end = _title(sentence.text, words, start, alone=alone)
        if title:
            behind = [word for word in words if word.end > start]
            topic = _worth_of_topic([word for word in behind if word.start < end], text)
            unlikely += _worth_of_topic(words, text) - topic - log_likely
            points = all(word.part not in TELLING for word in behind) or is_usual_heading(title)
            heappush(found, (points, only_leads, unlikely, at, title))


def _is_asked(sentence: Sentence) -> bool:
    """Tell whether a sentence stands first behind a heading or label of what is asked."""
    asked = read_sections(HEADINGS)["task headings"]
    return sentence.begins and (sentence.under in asked or sentence.label in asked)


def _worth_of_topic(words: list[Word], text: Reading) -> int:
    """Tell what `words` are worth for being said again in `text`; identifiers fill logs."""
    again = {word.low for word in words if word.low in text.again and word.part == OTHER}
    return TOPIC * sum([min(text.again[low], MOST_SAID) - 1 for low in again])


def _without_ends_that_lead_on(words: list[Word], start: int, end: int) -> int:
    """Find the end before `end` that leads on to nothing: `errors in | ⏎ $ARGUMENTS`."""
    said = [word for word in words if start < word.end <= end]
    while len(said) > 1 and leads_on(said[-1].low, said[-1].part):
        said.pop()
    return said[-1].end if said else end


def _start(text: str, words: list[Word]) -> tuple[float, int]:
    """Find where what is wanted begins, and how likely that is: its logarithm in hundredths."""
    weights, passed, worth = weights_of("starts"), 0, list[tuple[int, int]]()
    turned = [found.span() for found in _TURNED.compiled.finditer(text)]
    telling = [word.start for word in words if word.part in TELLING]
    turned += [(last, len(text)) for last in telling[-1:]]  # `den Button bitte | reparieren`
    for place in starts(words):
        passed += total(place.passed, weights)
        if worth and any(begin < place.at < end for begin, end in turned):
            continue
        worth.append((passed + total(place.signs, weights), -place.at))
    most, at = max(worth)
    likely = -100 * log(sum([exp((value - most) / 100) for value, _ in worth]))
    return likely, _main_clause(text, -at, words)


def _main_clause(text: str, begin: int, words: list[Word]) -> int:
    """Go on from `begin` behind what only points, and what the rest has no room with.

    `This is | a bug in …`, `When the dialog opens, | the reader goes on with the page behind it`.
    """
    near = [word.start for word in words if word.start <= begin][-MAX_POINTING:]
    found = [_POINTING.compiled.match(text, at) for at in near]
    if len(text) - begin > MAX_DISPLAY_LENGTH:
        found.append(_SUBORDINATE.compiled.match(text, begin))
    says = [word.start for word in words if word.part in (*TELLING, VERB)]
    for opener in filter(None, found):
        if begin < opener.end() and len([at for at in says if at >= opener.end()]) >= FEW:
            begin = opener.end()
    return begin


def is_plain(text: str) -> bool:
    """Tell whether `text` is one short line of words without marks and without a lead-in."""
    if len(text) > MAX_DISPLAY_LENGTH or not _PLAIN.fullmatch(text):
        return False
    if _POINTING.compiled.match(text):
        return False
    words = text.lower().split()
    return lead_in_words().isdisjoint((words[0], words[-1])) and not lead_in_phrase(words)


def _title(text: str, words: list[Word], start: int, *, alone: bool) -> tuple[str, int]:
    """Make the display name that begins at `start` of `text`, which may stand `alone`.

    It comes with the place where its words end.
    """
    weights = weights_of("ends")
    places = [(-total(signs, weights), end) for end, signs, _ in ends(words, start, text)]
    end = min(places)[1] if places else len(text)
    if len(text) - start > MAX_DISPLAY_LENGTH and text[end - 1] not in ENDS:
        marked = [place for place in places if place[1] > end and text[place[1] - 1] in ENDS]
        end = min(marked, default=(0, end))[1]
    if repeated := _REPEATED.match(text, start):
        end = start + len(repeated[1])
    elif not alone or end < words[-1].end:
        end = _without_ends_that_lead_on(words, start, end)
    mark = text[:end].rstrip("\"'”’) ")[-1:]
    line = _trimmed(text[start:end])
    opening = text[start - 1 : start]
    if opening in _OPENED and re.search(_OPENED[opening], line):
        opened = text[len(text[:start].rstrip(opening)) : start] + line  # `[[page]] is broken`
        line = opened if len(opened) <= MAX_DISPLAY_LENGTH else line
    line = finished(cut(line, MAX_DISPLAY_LENGTH))
    if line and len(line) < MAX_DISPLAY_LENGTH and mark in _ASKING:
        # `Can you | fix the login?` asks for nothing any more.
        first = next(word for word in words if word.end > start)
        asks = first.part == QUESTION or first.low in words_of_languages("ask first")
        line += mark if asks or first is words[0] else ""
    if opening == "¿" and line[-1:] == "?" and len(line) < MAX_DISPLAY_LENGTH:
        line = opening + line
    return line, end


def _trimmed(line: str) -> str:
    """Take off what hangs at the end of `line`, but not what ends a word: `<Button>`, `C++`."""
    short = line.rstrip(_TRAILING + _ASKING)
    end = (_TAG_END if _TAG.search(short) else _PLUS).match(line, len(short))
    return line[: end.end()] if end else short


def finished(line: str) -> str:
    """Take off what hangs at the ends of a line, and begin with a capital; empty without a word."""
    line = _ADDRESSED.sub("", _trimmed(line.strip()))
    if line[-1:] in _CLOSES and _CLOSES[line[-1]] not in line:  # `“Are we alone | ?”`
        line = line[:-1].rstrip(_TRAILING + _ASKING)
    line = one_line(_closed(line))
    if line[-1:] in "'’" and line.count(line[-1:]) == 1:  # `KeyError: | 'tenant'`
        line = line[:-1]
    return _capitalised(line) if has_words(line) else ""


def _closed(line: str) -> str:
    """Cut `line` before a bracket that is never closed, and take off quotes without a pair."""
    if not _PAIRED.search(line):
        return line
    depth: list[int] = []
    for found in _PAIRED.finditer(line):
        if found[0] in _OPEN:
            depth.append(found.start())
        elif found[0] != '"' and depth:
            depth.pop()
    if not depth:
        return line.replace('"', "") if line.count('"') % 2 else line
    return line[: depth[0]].rstrip(_TRAILING) if depth[0] else line[1:].lstrip()


def _capitalised(line: str) -> str:
    """Begin with a capital, where the first word is an ordinary one in small letters."""
    word = line.split(" ", 1)[0].rstrip(",.;:!?")
    if (
        word.islower()
        and word.replace("'", "").replace("’", "").isalpha()
        and word not in words_in(HEADINGS, "lower case names")
        and not (word[0] in _SYMBOLS and line[1:].isascii())
    ):
        capital = line[0].upper()  # of some letters, such as ﬁ, two
        return capital + line[1:] if len(capital) == 1 else line
    return line
