"""What models write around a title: introductions, labels, remarks, scraps of JSON, escapes."""

import re
import unicodedata
from typing import Final

from naming.text.folding import fold
from naming.validation.context import Candidate, RequestContext
from naming.validation.kinds import kinds_of, says_only
from naming.validation.markup import without_markup
from naming.validation.trim import MAX_TITLE_READ, MOST_ROUNDS, is_words_alone, trim
from naming.validation.wording import is_talk

INTRODUCES: Final = frozenset({"assent", "here", "title"})
"""Kinds of words of which an introduction has one."""

AROUND: Final = INTRODUCES | frozenset(
    "task,format,greeting,first person,second person,languages".split(",")
)
"""Kinds of words that introductions and remarks are made of, and hardly a part of a title."""

MOST_PARTS: Final = 4  # places of a line at which an introduction may end or a remark begin

_ESCAPES: Final = re.compile(r"(?:(?<=\S)|^)(?:\\[nrt])+|(?:\\[nrt])+$")
_JSON_BEFORE: Final = re.compile(
    r'[\s`{\[]*(?:json)?[\s{\[]*(?:"[\w ]{1,20}"\s*:\s*\{?\s*)+"'
    r'|"(?=[^"]*"\s*(?:,\s*"[\w ]{1,20}"\s*:|[}\]]))'
)
_JSON_BEHIND: Final = re.compile(r'"\s*(?:[,}\]`]|$)')
_NEXT_TITLE: Final = re.compile(r"[^a-zß-öø-ÿ]|[a-z0-9]+(?:-[a-z0-9]+)+$|[^\W_]+\s?[:：]")
_SLUG: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+")
_INTRODUCTION_END: Final = re.compile(
    r"\s*(?:[:：=]|[-=]>|→|(?P<stop>[!.](?=\s)|[！。]))\s*|\s+[-–—|]\s+|[\])]\s+|\s(?=[\"“«„'‘「『])"
)
_REMARK_START: Final = re.compile(
    r"\s+(?P<sure>\|+|//|<-+|←)\s+|\s+(?:--?|[–—/·~→])\s+|(?P<light>[,，]\s+)|[.!。！;；]\s+"
    r"|(?:\s[(\[]|[（【]|(?<=[^\x00-\x7f])\()(?=[^()\[\]（）【】]+[)\]）】]$)"
)
_LANGUAGE_CODE: Final = re.compile(
    r"^\[[A-Za-z]{2}(?:-\w{2,4})?\]\s+|\s+\[(?:lang\w*\W)?[A-Za-z]{2}(?:-\w{2,4})?\]$"
)


def mend(field: str, request: RequestContext) -> str:
    """Take the title out of what a model wrote into a field, as one trimmed line.

    What the request says itself is no remark. The result may be empty.
    """
    if is_words_alone(field):
        return trim(field)
    text = without_markup(field[:MAX_TITLE_READ], request.text)
    if "\\" in text:
        text = _ESCAPES.sub(lambda found: found[0] if found[0] in request.text else "\n", text)
    if "\n" in text:
        text = _first_title(text, request)
    line = trim(text)
    for _ in range(MOST_ROUNDS):
        mended = _mend_once(line, request)
        if mended == line or not (mended := trim(mended)):
            break
        line = mended
    return line


def _first_title(text: str, request: RequestContext) -> str:
    """Give the first line that is more than an introduction, with lines that go on with it."""
    lines = [line.strip() for line in text.splitlines() if line.strip("`~ \t")]
    while len(lines) > 1 and _introduces(lines[0], request):
        del lines[0]
    title = lines[0] if lines else ""
    for line in lines[1:]:
        if _NEXT_TITLE.match(line):
            break
        title = f"{title} {line}"
    return title


def _mend_once(line: str, request: RequestContext) -> str:
    line = _without_json(_without_pictures(line, request.text))
    line = _LANGUAGE_CODE.sub("", line)
    for end in list(_INTRODUCTION_END.finditer(line))[:MOST_PARTS]:
        head = line[: end.start()]
        if end.end() < len(line) and _introduces(head, request, is_sentence=bool(end["stop"])):
            return line[end.end() :]
    for start in list(_REMARK_START.finditer(line))[-MOST_PARTS:]:
        tail = line[start.end() :].strip("()[]（）【】.!。！ ")
        if start.start() and _is_remark(tail, request, start.lastgroup):
            return line[: start.start()]
    return line


def _without_json(line: str) -> str:
    line = line[before.end() :] if (before := _JSON_BEFORE.match(line)) else line
    for behind in _JSON_BEHIND.finditer(line):
        if line.count('"', 0, behind.start()) % 2 == 0:  # it closes what was not opened
            return line[: behind.start()]
    return line


def _without_pictures(line: str, request: str) -> str:
    """Take pictures off the ends of `line`, unless it is nothing else or the request has them."""
    if line.isascii():
        return line
    pictures = {char for char in line if unicodedata.category(char) in {"So", "Sk", "Cf"}}
    return line.strip("".join(pictures - set(request)) + "\ufe0f ") or line


def _introduces(text: str, request: RequestContext, *, is_sentence: bool = False) -> bool:
    """Tell whether `text` announces a title. A sentence does so only where it says nothing else."""
    line = fold(text)
    return says_only(AROUND, line, request) or (
        not is_sentence
        and not kinds_of(line, request).isdisjoint(INTRODUCES)
        and is_talk(Candidate(text), request)
    )


def _is_remark(tail: str, request: RequestContext, sign: str | None) -> bool:
    line = fold(tail)
    if not line or line in request.folded:
        return False
    if sign == "sure" or _SLUG.fullmatch(tail) or says_only(AROUND, line, request):
        return True
    return sign != "light" and " " in line and is_talk(Candidate(tail), request)
