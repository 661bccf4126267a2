"""Pasted code, diffs, tracebacks, logs and quotes, reduced to the prose beside them."""

import re
from bisect import bisect_left
from typing import Final

from naming.cleaning.bounds import CUT
from naming.text.patterns import WordPattern
from naming.text.visible import says_something

MAX_NAMES: Final = 3  # names kept of a text that is only code
MAX_ESSENCE: Final = 120  # characters kept of a paste that stands alone
MAX_CODE: Final = 301  # characters of a line that is code because of its end
MIN_RUN: Final = 3
"""Lines that must look like code in turn: a single one may be what the request is about."""


_FENCE: Final = re.compile(r"[ \t]{0,12}(?:[-*] |\d{1,2}\. )?(`{3,}|~{3,}(?![~^]))([^`\n]{0,80})$")
_DIFF_START: Final = re.compile(r"diff --git |@@ -\d|index [0-9a-f]{6,}\.\.|(?:---|\+\+\+) [ab]/")
_DIFF_LINE: Final = re.compile(r"[+\- \\]|@@|diff |index |$")
PASTES: Final = "cleaning/pastes.txt"

_TRACE: Final = (
    r"{traces}"
    r"|[ \t]{1,12}File \"[^\"\n]{1,300}\", line \d"
    r"|[ \t]{1,12}at [^\n]{0,300}(?:[:(](?:line )?\S{0,200}\d\)?|\)|<anonymous>)$"
    r"|[ \t]{0,12}\.\.\. \d{1,4} (?:more|common frames)"
    r"|goroutine \d+ \[|[ \t]{1,12}/\S{1,200}\.go:\d|[ \t]{0,12}\d{1,4}: +0x[0-9a-f]"
    r"|[ \t]{0,12}#\d{1,3} +0x[0-9a-f]|[ \t]{0,12}from /\S{1,200}:\d|[ \t]{1,40}[\^~]+[ \t]*$"
)
_ERROR: Final = (
    r"(?:{raised}|E {1,7})?"
    r"(?:[A-Za-z_]\w{0,60}[.$]){0,10}[A-Z]\w{0,60}"
    r"(?:Error|Exception|Warning|Fault|Interrupt|Exit)\b(?::|$| \()"
    r"|{errors}(?:\[\w{1,8}\])?[: ]"
)
_LOG: Final = (
    r"[\[(]?\d{4}[-/]\d\d[-/]\d\d[T ,]\s?\d\d:\d\d|[\[(]?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?[\])]?\s"
    r"|{months} [ \d]\d \d\d:\d\d:\d\d |\[?{log levels}\]?[ :\t]"
    r"|\[(?:[a-z]\w{1,14}| {0,2}\d{1,3}%)\][ \t]"
)
_LOG_PREFIX: Final = re.compile(
    r"(?:[\[(]?[\dTZ:.,+/ -]{8,40}+[\])]?\s{0,4}|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S{1,60} )?"
    r"(?:\[[^\]\n]{1,60}\]\s{0,4}){0,4}"
    r"[\[(]?(?:ERROR|FATAL|CRITICAL|SEVERE|ERR|error)\b[\])]?[\s:|-]{0,6}",
    re.ASCII,
)
_RAISED: Final = WordPattern(
    r"^{raised}?(?:[A-Za-z]\w{0,60}[.$]){0,10}(?=[A-Z]\w{0,60}(?:Error|Exception)\b)|^{raised}",
    PASTES,
    re.ASCII,
)
"""What stands before an error's own name and words: `Uncaught`, `java.lang.`"""

_CODE: Final = (
    r"[ \t]*+(?:"
    r"{code keywords}\b[^\n]*?[;{}()=:,<>*'\"]\s*$"
    r"|[}\])][;,)\]}]*\s*$|</?[A-Za-z][^\n]{0,300}/?>\s*$|//|/\*|\*/|#!"
    r"|@[A-Za-z_.]{1,40}(?:\(|$)"
    r"|[\w.$\[\]\"']{1,80}[ \t]*[:+*/|-]?=[ \t]*\S[^\n]*$"
    r"|[\w.$]{1,80}\([^\n]{0,300}\)[;,:]?\s*$"
    r"|[\"'][\w.@/ -]{1,60}[\"'][ \t]*:"
    r"|[^\s,;|]{0,60}(?:[,;|][^\s,;|]{0,60}){2,}$"  # of a table
    r")"
)
_BULLET: Final = re.compile(r"[ \t]{0,12}(?:[-*+•] |\d{1,2}[.)] )")
_QUOTE: Final = re.compile(r"[ \t]{0,3}>+[ \t]?")
_SHAPES: Final = WordPattern(
    rf"(?P<Q>{_QUOTE.pattern})|(?P<T>{_TRACE})|(?P<E>{_ERROR})|(?P<L>{_LOG})"
    r"|(?P<C>#(?:define|include|ifn?def|endif|pragma|undef)\b)"
    rf"|(?P<c>(?!{_BULLET.pattern})(?:{_CODE}))",
    PASTES,
    re.ASCII,
)
"""All shapes of lines in one pattern, the first that fits.

The group's name is the kind: Quote, Trace, Error, Log or like code (c). Others are Code, Blank (b)
and prose (p)."""

_RUN: Final = re.compile(rf"c(?:b*c){{{MIN_RUN - 1},}}")

_NAMED: Final = WordPattern(
    r"\b{definitions}[ \t]+([A-Za-z_$][\w$]{1,60})"
    r"|\b(?:const|let)[ \t]+([A-Za-z_$][\w$]{1,60})[ \t]*=[ \t]*(?:async[ \t]*)?(?:\(|function)"
    r"|\b((?:create|alter|drop)[ \t]+table[ \t]+(?!if\b)[\"`]?[A-Za-z_][\w.]{1,60})"
    r"|\b(select)\b[^;\n]{0,80}?\bfrom[ \t]+([A-Za-z_][\w.]{1,60})"
    r"|\b((?:insert[ \t]+into|update|delete[ \t]+from)[ \t]+[A-Za-z_][\w.]{1,60})",
    PASTES,
)
_IN_DIFF: Final = re.compile(r"(?:diff --git a/|\+\+\+ b/)(\S{1,200})")


def drop_pastes(text: str) -> str:
    """Keep the prose of `text` and a paste's last error line; of a paste alone, what names it."""
    lines = text.split("\n")
    kinds = _kinds(lines)
    if _PASTED.isdisjoint(kinds):
        return text
    last = kinds.rfind("E")
    if last < 0:
        logged = (at for at, kind in enumerate(kinds) if kind == "L")
        last = max((at for at in logged if _LOG_PREFIX.match(lines[at])), default=-1)
    rest = "\n".join(
        _RAISED.compiled.sub("", _LOG_PREFIX.sub("", line, count=1)) if at == last else line
        for at, (line, kind) in enumerate(zip(lines, kinds, strict=True))
        if kind in "pbc" or at == last
    )
    if says_something(rest.replace(CUT, "")):
        return rest
    quotes = "\n".join(
        _QUOTE.sub("", line) for line, kind in zip(lines, kinds, strict=True) if kind == "Q"
    )
    return quotes if says_something(quotes) else _essence(lines)


_PASTED: Final = frozenset("CTLQ")


def _kinds(lines: list[str]) -> str:
    """Tell of each line what it is; fences, diffs and tracebacks reach over several."""
    kinds: list[str] = []
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
            # Of an odd number of marks behind the cut the first closes a fence.
            behind = marked[bisect_left(marked, at) :]
            fence, in_diff = marks[behind[0]][1] if len(behind) % 2 else "", False
            kinds.append("p")
        elif fence or mark:
            if mark and not fence:
                fence = mark[1]
            elif mark and mark[1].startswith(fence) and not mark[2].strip():
                fence = ""
            kinds.append("C")
        elif (in_diff and _DIFF_LINE.match(line)) or (
            line[:1] in "d@i-+" and _DIFF_START.match(line)
        ):
            in_diff = True
            kinds.append("C")
        else:
            in_diff = False
            kinds.append(_kind_behind(kinds[-1] if kinds else "b", line))
    found = _RUN.sub(lambda run: run[0].replace("c", "C"), "".join(kinds))
    if "T" not in found and found.count("L") + found.count("E") < MIN_RUN:
        return found.replace("L", "p").replace("E", "p")  # one is no paste
    return found


def _kind_behind(before: str, line: str) -> str:
    """Say what a line is behind one of the kind `before`: what is indented belongs to it."""
    if not (code := line.strip()):
        return "b"
    found = _SHAPES.compiled.match(line)
    kind = (found and found.lastgroup) or "p"
    # A pattern would go through the whole line for its end, and most lines are long ones.
    if kind == "p" and code[-1] in ";{" and len(code) <= MAX_CODE and not _BULLET.match(line):
        kind = "c"
    is_indented = line[0] in " \t" and kind in "pc" and not _BULLET.match(line)
    return before if is_indented and before in "Tc" else kind


def _essence(lines: list[str]) -> str:
    """Say what code alone is about: what it defines, files it changes, else its first line."""
    text = "\n".join(lines)
    names = [" ".join(filter(None, found.groups())) for found in _NAMED.compiled.finditer(text)]
    names = names or [found[1].rpartition("/")[2] for found in map(_IN_DIFF.match, lines) if found]
    if names:
        return " ".join(list(dict.fromkeys(names))[:MAX_NAMES])
    said = (line.strip() for line in lines if says_something(line) and not _FENCE.match(line))
    return next(said, "")[:MAX_ESSENCE]
