"""From a text to display names: the clauses that say best what is wanted, as titles."""

import re
from collections.abc import Iterator
from operator import itemgetter
from typing import Final

from naming.extraction.clauses import Reading, Word, ends, signs_of_sentence, starts
from naming.extraction.sentences import HEADINGS
from naming.extraction.weights import total, weights_of
from naming.extraction.words import QUESTION, TELLING, has_words, leads_on
from naming.names import MAX_DISPLAY_LENGTH
from naming.text.characters import cut, one_line
from naming.text.patterns import words_of_languages
from naming.text.word_files import words_in

_TRAILING: Final = (
    "".join(filter(str.isspace, map(chr, range(0x3001)))) + ".,:;!…、。，；：-–—|/\\&+=*_~<>([{"
)
_ASKING: Final = "?？؟"
_ADDRESSED: Final = re.compile(r"^[/@](?=[A-Za-z][\w:-]*(?:\s|$))")
"""`/review`: a command is named by its word."""

_PAIRED: Final = re.compile(r"[()\[\]{}\"（）「」【】]")
_OPEN: Final = "([{（「【"
_SPACED: Final = "[^\\W_\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]+"
_PLAIN: Final = re.compile(rf"{_SPACED}(?:[ '’+#/_.-]{_SPACED})*")
# 修复修复修复…: once is enough.
_REPEATED: Final = re.compile(r"((\S)(?!\2)[^\n]{1,15}?)(?:\1){3,}[^\n]{0,16}$")


def titles_of(text: Reading) -> Iterator[str]:
    """Give display names for `text`, the best first."""
    weights, count = weights_of("sentences"), len(text.sentences)

    def rank(at: int) -> tuple[bool, int]:
        value = total(signs_of_sentence(at, text), weights)
        return all(word.leads for word in text.sentences[at][1]), -value

    pointing = []
    for sentence, words in map(text.sentences.__getitem__, sorted(range(count), key=rank)):
        start = _start(words)
        if title := _title(sentence.text, words, start, alone=count == 1):
            if any(word.part in TELLING for word in words if word.end > start):
                yield title
            else:
                pointing.append(title)  # `fix this`, behind what is to be fixed
    yield from pointing


def _without_ends_that_lead_on(words: list[Word], start: int, end: int) -> int:
    """Find the end before `end` that leads on to nothing: `errors in | ⏎ $ARGUMENTS`."""
    said = [word for word in words if start < word.end <= end]
    while len(said) > 1 and leads_on(said[-1].low, said[-1].part):
        said.pop()
    return said[-1].end if said else end


def _start(words: list[Word]) -> int:
    """Find the place where what is wanted begins."""
    weights, passed, worth = weights_of("starts"), 0, []
    for place in starts(words):
        passed += total(place.passed, weights)
        worth.append((-passed - total(place.signs, weights), place.at))
    return min(worth, key=itemgetter(0))[1]


def is_plain(text: str) -> bool:
    """Tell whether `text` is one short line of words without marks and without a lead-in."""
    if len(text) > MAX_DISPLAY_LENGTH or not _PLAIN.fullmatch(text):
        return False
    words = text.lower().split()
    return words_of_languages("lead in words").isdisjoint((words[0], words[-1]))


def _title(text: str, words: list[Word], start: int, *, alone: bool) -> str:
    """Make the display name that begins at `start` of `text`, which may stand `alone`."""
    weights = weights_of("ends")
    places = [(-total(signs, weights), end) for end, signs, _ in ends(words, start, text)]
    end = min(places)[1] if places else len(text)
    if repeated := _REPEATED.match(text, start):
        end = start + len(repeated[1])
    elif not alone or end < words[-1].end:
        end = _without_ends_that_lead_on(words, start, end)
    mark = text[:end].rstrip("\"'”’) ")[-1:]
    line = finished(cut(text[start:end], MAX_DISPLAY_LENGTH))
    if line and len(line) < MAX_DISPLAY_LENGTH and mark in _ASKING:
        # `Can you | fix the login?` asks for nothing any more.
        first = next(word for word in words if word.end > start)
        asks = first.part == QUESTION or first.low in words_of_languages("ask first")
        return line + mark if asks or first is words[0] else line
    return line


def finished(line: str) -> str:
    """Take off what hangs at the ends of a line, and begin with a capital; empty without a word."""
    line = _ADDRESSED.sub("", line.strip().rstrip(_TRAILING + _ASKING))
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
    ):
        capital = line[0].upper()  # of some letters, such as ﬁ, two
        return capital + line[1:] if len(capital) == 1 else line
    return line
