"""Pasted code, diffs, tracebacks, logs and quotes, reduced to the prose beside them."""

from __future__ import annotations

import re
from bisect import bisect_left
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from naming.cleaning.bounds import CUT
from naming.cleaning.visible import says_something
from naming.text.patterns import WordPattern

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAX_NAMES: Final = 3
"""Names kept of a text that is only code."""

MAX_ESSENCE: Final = 120
"""Characters kept of a paste that stands alone."""

MAX_CODE: Final = 301
"""Characters of a line that is code because of its end."""

MIN_RUN: Final = 3
"""Lines that must look like code one after the other.

A single one may be what the request is about."""


class Kind(Enum):
    """What one line of a prompt is."""

    PROSE = auto()
    BLANK = auto()
    CODE = auto()
    CODE_LIKE = auto()
    TRACE = auto()
    LOG = auto()
    ERROR = auto()
    QUOTE = auto()


_FENCE: Final = re.compile(r"[ \t]{0,12}(?:[-*] |\d{1,2}\. )?(`{3,}|~{3,})([^`\n]{0,80})$")
_DIFF_START: Final = re.compile(r"diff --git |@@ -\d|index [0-9a-f]{6,}\.\.|(?:---|\+\+\+) [ab]/")
_DIFF_LINE: Final = re.compile(r"[+\- \\]|@@|diff |index |$")
PASTES: Final = "cleaning/pastes.txt"

_TRACE: Final = (
    r"{traces}"
    r"|[ \t]{1,12}File \"[^\"\n]{1,300}\", line \d"
    r"|[ \t]{1,12}at [^\n]{0,300}(?:[:(]\S{0,200}\d\)?|\)|<anonymous>)$"
    r"|[ \t]{0,12}\.\.\. \d{1,4} (?:more|common frames)"
    r"|goroutine \d+ \[|[ \t]{1,12}/\S{1,200}\.go:\d|[ \t]{0,12}\d{1,4}: +0x[0-9a-f]"
    r"|[ \t]{0,12}#\d{1,3} +0x[0-9a-f]|[ \t]{0,12}from /\S{1,200}:\d|[ \t]{1,40}[\^~]+[ \t]*$"
)
_ERROR: Final = (
    r"(?:Uncaught |Unhandled |Caused by: |Exception in thread \"[^\"\n]{0,80}\" |E {1,7})?"
    r"(?:[A-Za-z_]\w{0,60}[.$]){0,10}[A-Z]\w{0,60}"
    r"(?:Error|Exception|Warning|Fault|Interrupt|Exit)\b(?::|$| \()"
    r"|{errors}(?:\[\w{1,8}\])?[: ]"
)
_LOG: Final = (
    r"[\[(]?\d{4}[-/]\d\d[-/]\d\d[T ,]\s?\d\d:\d\d|[\[(]?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?[\])]?\s"
    r"|{months} [ \d]\d \d\d:\d\d:\d\d |\[?{log levels}\]?[ :\t]"
)
_LOG_PREFIX: Final = re.compile(
    r"(?:[\[(]?[\dTZ:.,+/ -]{8,40}+[\])]?\s{0,4}|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S{1,60} )?"
    r"(?:\[[^\]\n]{1,60}\]\s{0,4}){0,4}"
    r"[\[(]?(?:ERROR|FATAL|CRITICAL|SEVERE|ERR|error)\b[\])]?[\s:|-]{0,6}",
    re.ASCII,
)
_CODE: Final = (
    r"[ \t]*+(?:"
    r"{code keywords}\b[^\n]*?[;{}()=:,<>*'\"]\s*$"
    r"|[}\])][;,)\]}]*\s*$|</?[A-Za-z][^\n]{0,300}/?>\s*$|//|/\*|\*/|#include|#!"
    r"|@[A-Za-z_.]{1,40}(?:\(|$)"
    r"|[\w.$\[\]\"']{1,80}[ \t]*[:+*/|-]?=[ \t]*\S[^\n]*$"
    r"|[\w.$]{1,80}\([^\n]{0,300}\)[;,:]?\s*$"
    r"|[\"'][\w.@/ -]{1,60}[\"'][ \t]*:"
    r")"
)
_BULLET: Final = re.compile(r"[ \t]{0,12}(?:[-*+•] |\d{1,2}[.)] )")
_QUOTE: Final = re.compile(r"[ \t]{0,3}>+[ \t]?")
_SHAPES: Final = WordPattern(
    rf"(?P<QUOTE>{_QUOTE.pattern})|(?P<TRACE>{_TRACE})|(?P<ERROR>{_ERROR})|(?P<LOG>{_LOG})"
    rf"|(?P<CODE_LIKE>(?!{_BULLET.pattern})(?:{_CODE}))",
    PASTES,
    re.ASCII,
)
"""All shapes of lines in one pattern, the first that fits; the group's name is the kind."""

_NAMED: Final = WordPattern(
    r"\b{definitions}[ \t]+([A-Za-z_$][\w$]{1,60})"
    r"|\b(?:const|let)[ \t]+([A-Za-z_$][\w$]{1,60})[ \t]*=[ \t]*(?:async[ \t]*)?(?:\(|function)"
    r"|\b((?:create|alter|drop)[ \t]+table[ \t]+(?!if\b)[\"`]?[A-Za-z_][\w.]{1,60})"
    r"|\b(select)\b[^;\n]{0,80}?\bfrom[ \t]+([A-Za-z_][\w.]{1,60})"
    r"|\b((?:insert[ \t]+into|update|delete[ \t]+from)[ \t]+[A-Za-z_][\w.]{1,60})",
    PASTES,
)
_IN_DIFF: Final = re.compile(r"(?:diff --git a/|\+\+\+ b/)(\S{1,200})")


_TRACE_IN_WORDS: Final = WordPattern("{traces}", PASTES, re.ASCII)


def is_traceback(line: str) -> bool:
    """Tell whether `line` is one that a traceback has in words alone: no other line of words is."""
    return _TRACE_IN_WORDS.compiled.match(line) is not None


def drop_pastes(text: str) -> str:
    """Keep the prose of `text` and the last error line of what was pasted.

    Of a paste alone, what names it.
    """
    lines = text.split("\n")
    kinds = _kinds(lines)
    if not any(kind in kinds for kind in _PASTED):
        return text
    last_error = _last_error(lines, kinds)
    rest = "\n".join(
        _without_level(line) if at == last_error else line
        for at, (line, kind) in enumerate(zip(lines, kinds, strict=True))
        if kind in _KEPT or at == last_error
    )
    if says_something(rest.replace(CUT, "")):
        return rest
    quotes = [
        _QUOTE.sub("", line) for line, kind in zip(lines, kinds, strict=True) if kind is Kind.QUOTE
    ]
    if says_something("\n".join(quotes)):
        return "\n".join(quotes)
    return _essence(
        [line for line, kind in zip(lines, kinds, strict=True) if kind is not Kind.BLANK]
    )


# Tuples: these are found by identity, at the speed of C; the hash of an enumeration's member is
# computed in Python.
_PASTED: Final = (Kind.CODE, Kind.TRACE, Kind.LOG, Kind.QUOTE)
_KEPT: Final = (Kind.PROSE, Kind.BLANK, Kind.CODE_LIKE)


def _kinds(lines: list[str]) -> list[Kind]:
    """Tell of each line what it is; fences, diffs and tracebacks reach over several."""
    kinds: list[Kind] = []
    marks = {
        at: mark
        for at, line in enumerate(lines)
        if ("```" in line or "~~~" in line) and (mark := _FENCE.match(line))
    }
    marked = list(marks)
    fence, in_diff = "", False
    for at, line in enumerate(lines):
        mark = marks.get(at)
        if line == CUT:
            fence, in_diff = _fence_after(at, marks, marked), False
            kinds.append(Kind.PROSE)
        elif fence or mark:
            fence = _fence_now(fence, mark)
            kinds.append(Kind.CODE)
        elif (in_diff and _DIFF_LINE.match(line)) or (
            line[:1] in "d@i-+" and _DIFF_START.match(line)
        ):
            in_diff = True
            kinds.append(Kind.CODE)
        else:
            in_diff = False
            kinds.append(_kind_beside(line, kinds[-1] if kinds else Kind.BLANK))
    return _settled(kinds)


def _fence_now(fence: str, mark: re.Match[str] | None) -> str:
    """Say which fence is open behind a line: the one that it opens, or none when it closes it."""
    if not fence:
        return mark[1] if mark else ""
    closes = mark is not None and mark[1].startswith(fence) and not mark[2].strip()
    return "" if closes else fence


def _fence_after(at: int, marks: Mapping[int, re.Match[str]], marked: Sequence[int]) -> str:
    """Say which fence is open behind the cut in line `at`.

    Of an odd number of marks behind it the first closes it.
    """
    first = bisect_left(marked, at)
    return marks[marked[first]][1] if (len(marked) - first) % 2 else ""


def _kind_beside(line: str, before: Kind) -> Kind:
    """Say what a line is, which may depend on the one before: what is indented belongs to it."""
    kind = _kind(line)
    indented = (
        line[:1] in (" ", "\t") and kind in (Kind.PROSE, Kind.CODE_LIKE) and not _BULLET.match(line)
    )
    if indented and before in (Kind.TRACE, Kind.CODE_LIKE):
        return before
    return kind


def _kind(line: str) -> Kind:
    if not line or line.isspace():
        return Kind.BLANK
    found = _SHAPES.compiled.match(line)
    if found and found.lastgroup:
        return Kind[found.lastgroup]
    return Kind.CODE_LIKE if _ends_like_code(line) else Kind.PROSE


def _ends_like_code(line: str) -> bool:
    """Tell the same of its end.

    A pattern would go through the whole line for it, and most lines are long ones.
    """
    code = line.strip()
    return code[-1] in ";{" and len(code) <= MAX_CODE and not _BULLET.match(line)


def _settled(kinds: list[Kind]) -> list[Kind]:
    """Make runs of lines like code code.

    Take errors and log lines for a paste only where there is one.
    """
    if kinds.count(Kind.CODE_LIKE) >= MIN_RUN:
        kinds = _with_runs_of_code(kinds)
    logged = kinds.count(Kind.LOG) + kinds.count(Kind.ERROR)
    if not logged or logged >= MIN_RUN or Kind.TRACE in kinds:
        return kinds
    return [Kind.PROSE if kind in (Kind.ERROR, Kind.LOG) else kind for kind in kinds]


def _with_runs_of_code(kinds: list[Kind]) -> list[Kind]:
    start, count = 0, 0
    for at, kind in enumerate([*kinds, Kind.PROSE]):
        if kind is Kind.CODE_LIKE:
            count += 1
        elif kind is not Kind.BLANK:
            if count >= MIN_RUN:
                kinds[start:at] = [
                    Kind.CODE if kind is Kind.CODE_LIKE else kind for kind in kinds[start:at]
                ]
            start, count = at + 1, 0
    return kinds


def _last_error(lines: list[str], kinds: list[Kind]) -> int | None:
    backwards = range(len(lines) - 1, -1, -1)
    for at in backwards:
        if kinds[at] is Kind.ERROR:
            return at
    return next(
        (at for at in backwards if kinds[at] is Kind.LOG and _LOG_PREFIX.match(lines[at])), None
    )


def _without_level(line: str) -> str:
    return _LOG_PREFIX.sub("", line, count=1)


def _essence(lines: list[str]) -> str:
    """Say what code is about when it stands alone.

    What it defines, the files it changes, else its first line.
    """
    text = "\n".join(lines)
    names = [" ".join(filter(None, found.groups())) for found in _NAMED.compiled.finditer(text)]
    names = names or [found[1].rpartition("/")[2] for found in map(_IN_DIFF.match, lines) if found]
    if names:
        return " ".join(list(dict.fromkeys(names))[:MAX_NAMES])
    return next(
        (line.strip() for line in lines if says_something(line) and not _FENCE.match(line)), ""
    )[:MAX_ESSENCE]
