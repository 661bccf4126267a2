"""What a paste says: the line of a log, a trace or other output that tells what is wrong."""

import re
from collections.abc import Iterable
from typing import Final

from naming.text.patterns import WordPattern
from naming.text.word_files import words_in

PASTES: Final = "cleaning/pastes.txt"

MAX_LINE: Final = 400  # characters of a line that are looked at
FEW: Final = 2  # words of a message: with fewer it says nothing
MANY: Final = 4  # words of a message that says more than a label does

ANY, TROUBLE, NAMED_FIRST, NAMED_LATER = 3, 1, 3, 2  # what speaks for a line
LABEL, COUNT, ADVICE = 2, 4, 3  # and what speaks against one, such as `3 failed, 41 passed`

_BEFORE: Final = WordPattern(r"{before messages}{1,24}", PASTES, re.NOFLAG)
_FIELD: Final = re.compile(
    r"(?:\"(?:msg|message|error|err)\": ?|\b(?:msg|message|error|err)=)\"((?:[^\"\\]|\\.){1,300})"
)
"""What a line in JSON, or in pairs such as `level=warn msg="no route"`, says."""

_FOLDERS: Final = WordPattern("{folders}", PASTES, re.NOFLAG)
_CELLS: Final = re.compile(r" {2,}|\t")
_WORD: Final = re.compile(r"[^\W\d_]{2,}(?:'t\b)?")
_NAMED: Final = re.compile(
    r"\(?[A-Z]\w{0,60}(?:Error|Exception|Warning|Fault)\b(?::|$|\)| \()|^[\w.]+Error$"
)
_BAD: Final = re.compile(r"(?i:error|fatal|panic|crit|severe)|\b(?:fail|E)\b|ERR")
_SIGNS: Final = (
    (WordPattern(r"\s*+{causes}", PASTES, re.NOFLAG), 2),
    (WordPattern(r"\s*+{failing tests}", PASTES, re.NOFLAG), 5),
)
_COUNTS: Final = WordPattern(r"{summaries}", PASTES)
_ADVISES: Final = WordPattern(r"{hints}\b|.*[({\[;,]$", PASTES)


def message_of(line: str) -> str:
    """Give what a line says without what a tool puts before it; of cells the longest.

    Files and classes are said without the folders and packages that they are in.
    """
    line = line[:MAX_LINE]
    if found := _FIELD.search(line):
        return found[1]
    before = _BEFORE.compiled.match(line)
    cell = max(_CELLS.split(line[before.end() :] if before else line), key=len).strip(" ─_=")
    return _FOLDERS.compiled.sub("", cell).replace(" | ", "|")


def tell(lines: Iterable[str]) -> tuple[int, str]:
    """Choose the line that tells most of what is wrong: its place and what it says; else -1.

    The first of several that tell as much does, of errors with a name the last: it names the cause.
    """
    worth, at, best = 0, -1, ""
    for number, line in enumerate(lines):
        message = message_of(line) if line else ""
        if best[-1:] == ":" and number == at + 1:  # goes on in the next line
            best = f"{best} {message}"
        value = _worth(line, message) if message else 0
        if value > worth or (value and value == worth and _NAMED.match(message)):
            worth, at, best = value, number, message
    return at, best


def _worth(line: str, message: str) -> int:
    """Weigh what speaks for a line; 0 where nothing does. The figures were tried on the corpus."""
    words = [word.lower() for word in _WORD.findall(message)]
    named = _NAMED.search(message)
    speaks = [worth for sign, worth in _SIGNS if sign.compiled.match(line)]
    speaks += [TROUBLE] * (not words_in(PASTES, "troubles").isdisjoint(words))
    speaks += [TROUBLE] * (_BAD.search(line[: len(line) - len(message)]) is not None)
    if not (speaks or named) or not (named or words[FEW - 1 :]):
        return 0
    if named:
        speaks.append(NAMED_FIRST if named.start() == 0 else NAMED_LATER)
    against = [
        LABEL * (message[-1] == ":"),
        COUNT * (_COUNTS.compiled.search(message) is not None),
        ADVICE * (_ADVISES.compiled.match(message) is not None),
    ]
    return max(0, ANY + sum(speaks) + (len(words) >= MANY) - sum(against))
