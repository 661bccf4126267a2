"""Pasted code, diffs, tracebacks, logs and quotes, reduced to the prose beside them."""

import re
from bisect import bisect_left
from collections.abc import Callable
from typing import Final

from naming.cleaning.bounds import CUT
from naming.cleaning.messages import PASTES, message_of, tell
from naming.text.patterns import WordPattern
from naming.text.pointers import WORDS_FILE as POINTERS
from naming.text.visible import says_something
from naming.text.word_files import words_in

MAX_NAMES: Final = 3  # names kept of a text that is only code
MAX_ESSENCE: Final = 120  # characters kept of a paste that stands alone
FEW: Final = 2  # words of a line that needs no `this` to point at what is pasted beside it
MAX_WISH: Final = 7  # words of a line that may point there
MAX_WISH_LENGTH: Final = 48  # and its characters, as some scripts put no spaces between words
MAX_CODE: Final = 301  # characters of a line that is code because of its end
MIN_OUTPUT: Final = 2  # lines of output that are a paste: one may be what the request is about
MIN_RUN: Final = 3
"""Lines that must look like code in turn: a single one may be what the request is about."""


_FENCE: Final = re.compile(r"[ \t]{0,12}(?:[-*] |\d{1,2}\. )?(`{3,}|~{3,}(?![~^]))([^`\n]{0,80})$")
_DIFF_START: Final = re.compile(r"diff --git |@@ -\d|index [0-9a-f]{6,}\.\.|(?:---|\+\+\+) [ab]/")
_DIFF_LINE: Final = re.compile(r"[+\- \\]|@@|diff |index |$")
_BULLET: Final = re.compile(r"[ \t]{0,12}(?:[-*+•] |\d{1,2}[.)] )")
_QUOTE: Final = re.compile(r"[ \t]{0,3}>+[ \t]?")
_SHAPES: Final = WordPattern(
    rf"(?P<Q>{_QUOTE.pattern})|(?P<T>{{traces}})|(?P<M>{{errors}}|{{output}})"
    r"|(?P<C>#(?:define|include|ifn?def|endif|pragma|undef)\b)"
    rf"|(?P<y>{{settings}})|(?P<c>(?!{_BULLET.pattern})[ \t]*+{{code lines}})",
    PASTES,
    re.ASCII,
)
"""All shapes of lines in one pattern, the first that fits.

The group's name is the kind: Quote, Trace, output of a Machine, Code or like code (c), YAML (y).
Others are blank (b) and prose (p), among output too (w)."""

_PROGRESS: Final = WordPattern("{progress}", PASTES, re.ASCII)
_RUN: Final = re.compile(rf"c(?:b*c){{{MIN_RUN - 1},}}")

_NAMED: Final = WordPattern("{names}", PASTES, re.IGNORECASE | re.MULTILINE)
_IN_DIFF: Final = re.compile(r"(?:diff --git a/|\+\+\+ b/)(\S{1,200})")


_TO_THE_END: Final = re.compile("[MTQw][MTQwpc]*")
_OUTPUT: Final = re.compile("[MTQw](?:[MTQwpc]*[MTQw])?")
"""From the first line of output in a paragraph to its end, and to the last such line."""


def drop_pastes(text: str) -> str:
    """Keep the prose of `text` and what a paste says; of a paste alone, what names it."""
    lines = text.split("\n")
    kinds = _kinds(lines)
    if _PASTED.isdisjoint(kinds):
        return text
    told = zip(lines, kinds, strict=True)
    at, message = tell(line if kind == "M" else "" for line, kind in told)
    if at >= 0:
        lines[at], kinds = message, f"{kinds[:at]}p{kinds[at + 1 :]}"
    prose, pasted, quoted = (
        [line for line, kind in zip(lines, kinds, strict=True) if kind in wanted]
        for wanted in ("pbc", "CTMQ", "Q")
    )
    rest = "\n".join(prose)
    wish = rest.strip(" \n.:!?")
    if at < 0 and _points(wish):
        about = _names(pasted)
        if about and about.lower() not in wish.lower():
            return f"{wish}: {about}" if " " in wish else f"{wish} {about}"
        if "M" in kinds and " " in (about := _first(pasted, message_of)):
            return f"{wish}: {about}"
    if says_something(rest.replace(CUT, "")):
        return rest
    quotes = "\n".join(_QUOTE.sub("", line) for line in quoted)
    if says_something(quotes):
        return quotes
    return _names(lines) or _first(lines, message_of) or _first(lines, str.strip)


_PASTED: Final = frozenset("CTMQ")


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
    # A text of nothing else is a form.
    found = "".join(kinds).replace("y", "c" if "b" in kinds else "p")
    found = _RUN.sub(lambda run: run[0].replace("c", "C"), found)
    return _with_output(found, lines)


def _with_output(kinds: str, lines: list[str]) -> str:
    """Count to output what stands between lines of it."""
    if "T" not in kinds and "M" not in kinds:
        return kinds
    among = "".join(
        "w" if kind in "pc" and line != CUT and _PROGRESS.compiled.match(line) else kind
        for kind, line in zip(kinds, lines, strict=True)
    )
    if "T" not in kinds and among.count("M") + among.count("w") < MIN_OUTPUT:
        return kinds.replace("M", "p")
    last = max(among.rfind("M"), among.rfind("T"))
    head, tail = _TO_THE_END.sub(_as_output, among[:last]), _OUTPUT.sub(_as_output, among[last:])
    return head + tail


def _as_output(stretch: re.Match[str]) -> str:
    return re.sub("[wpcQ]", "M", stretch[0])


def _kind_behind(before: str, line: str) -> str:
    """Say what a line is behind one of the kind `before`: what is indented belongs to it."""
    if not (code := line.strip()):
        return "b"
    found = _SHAPES.compiled.match(line)
    kind = (found and found.lastgroup) or "p"
    # A pattern would go through the whole line for its end, and most lines are long ones.
    if kind == "p" and code[-1] in ";{" and len(code) <= MAX_CODE and not _BULLET.match(line):
        kind = "c"
    is_nested = ":" in line or line[:4].isspace()
    belongs = is_nested if before == "y" else not _BULLET.match(line)
    is_indented = line[0] in " \t" and kind in "pc"
    return before if is_indented and belongs and before in "Tcy" else kind


def _points(wish: str) -> bool:
    """Tell whether `wish` is one short line that points at a paste: `make this faster`."""
    words = re.findall(r"[^\W\d_]+", wish.lower())
    is_short = 0 < len(words) <= MAX_WISH and len(wish) <= MAX_WISH_LENGTH and "\n" not in wish
    points = not words_in(POINTERS, "pointers").isdisjoint(words)
    return is_short and (points or len(words) <= FEW)


def _first(lines: list[str], read: Callable[[str], str]) -> str:
    """Give the first line of a paste that says something, as `read`."""
    said = (read(line) for line in lines if not _FENCE.match(line))
    return next(filter(says_something, said), "")[:MAX_ESSENCE]


def _names(lines: list[str]) -> str:
    """Name what code defines, or files that a diff changes; empty when there is neither."""
    text = "\n".join(lines)
    names = [found[1].rpartition("/")[2] for found in map(_IN_DIFF.match, lines) if found]
    names = names or [
        " ".join(filter(None, found.groups())) for found in _NAMED.compiled.finditer(text)
    ]
    return " ".join(list(dict.fromkeys(names))[:MAX_NAMES])
