"""What models write around a title: introductions, labels, remarks, scraps of JSON, escapes."""

import re
import unicodedata
from operator import gt
from typing import Final

from naming.text.folding import fold
from naming.text.patterns import language_files
from naming.text.tokens import Subject
from naming.validation.context import SAME_SUBJECT, Candidate, RequestContext
from naming.validation.kinds import kinds_of, says_only, tokens
from naming.validation.markup import without_markup
from naming.validation.same_language import is_in_language_of
from naming.validation.trim import MAX_TITLE_READ, NO_STOP, is_words_alone, settled, trim
from naming.validation.wording import is_talk

INTRODUCES: Final = frozenset({"assent", "here", "title"})
"""Kinds of words of which an introduction has one."""

AROUND: Final = INTRODUCES | frozenset(
    "task,format,greeting,first person,second person,languages".split(",")
)
"""Kinds of words that introductions and remarks are made of, and hardly a part of a title."""

LEAST_LEADING, MOST_LEADING = 3, 8
"""Words in front of a title that may announce it without a sign: `I would call it Fix Login`."""

MOST_PARTS: Final = 4  # places of a line at which an introduction may end or a remark begin

_QUOTED: Final = re.compile(r"[\"“«„‘「『]([^\"“”«»„‘’「」『』]{3,120})[\"”»“’」』]\W*\w{0,8}\W*$")
_ESCAPES: Final = re.compile(r"(?:(?<=\S)|^)(?:\\[nrt])+|(?:\\[nrt])+$")
_JSON_BEFORE: Final = re.compile(
    r'[\s`{\[]*(?:json)?[\s{\[]*(?:"[\w ]{1,20}"\s*:\s*\{?\s*)+"'
    r'|"(?=[^"]*"\s*(?:,\s*"[\w ]{1,20}"\s*:|[}\]]))'
)
_JSON_BEHIND: Final = re.compile(r'"\s*(?:[,}\]`]|$)')
_NEXT_TITLE: Final = re.compile(r"[^a-zß-öø-ÿ]|[a-z0-9]+(?:-[a-z0-9]+)+$|[^\W_]+\s?[:：]")
_SLUG: Final = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)+")
INTRODUCTION_END: Final = re.compile(
    r"\s*(?:[:：=](?!\d)|[-=]>|[→➜⇒▶]|(?P<stop>[!.](?=\s)|[！。]))\s*|\s+[-–—|»]\s+|[\])]\s+|】\s*"
    r"|\s(?=[\"“«„'‘「『])|(?<=[^\x00-\x7f])(?=[「『“„«])"
)
REMARK_START: Final = re.compile(
    r"\s+(?://|<-+|←|\|+|--?|[-=]>|[–—/·~→]+)\s+"
    r"|[.!。！;；]\s+"
    r"|(?:\s[(\[]|[（【]|(?<=[^\x00-\x7f])\()(?=[^()\[\]（）【】]+[)\]）】]$)"
)
_LANGUAGE_CODE: Final = re.compile(
    r"^\[[A-Za-z]{2}(?:-\w{2,4})?\]\s+|\s+\[(?:lang\w*\W)?[A-Za-z]{2}(?:-\w{2,4})?\]$"
    rf"|^\((?i:{'|'.join(language_files())})\)\s+"
)


def mend(field: str, request: RequestContext) -> str:
    """Take the title out of what a model wrote into a field, as one trimmed line.

    What the request says itself is no remark. The result may be empty.
    """
    if is_words_alone(field):
        title = trim(field)
        return _behind_announcement(title.split(" "), request) or title
    text = without_markup(field[:MAX_TITLE_READ], request.text)
    text = text.replace('\\"', '"')
    if "\\" in text:
        text = _ESCAPES.sub(lambda found: found[0] if found[0] in request.text else "\n", text)
    if "\n" in text:
        text = _first_title(text, request)
    return settled(trim(text), lambda line: _mend_once(line, request), trim)


def _first_title(text: str, request: RequestContext) -> str:
    """Give the first line that is more than an introduction, with lines that go on with it."""
    lines = [line.strip() for line in text.splitlines() if line.strip("`~{}[], \t")]
    while len(lines) > 1 and _introduces(lines[0], request):
        del lines[0]
    title = lines[0] if lines else ""
    for line in lines[1:]:
        if _NEXT_TITLE.match(line):
            break
        title = f"{title} {line}"
    return title


def _mend_once(line: str, request: RequestContext) -> str:
    line = _without_marks(_without_json(_without_pictures(line, request.text)), request)
    line = _LANGUAGE_CODE.sub("", line)
    for end in list(INTRODUCTION_END.finditer(line))[:MOST_PARTS]:
        head, rest = line[: end.start()], line[end.end() :]
        if not rest or _is_inside(line, end.end()):
            break
        quoted = None if end[0].strip() else _QUOTED.match(rest)
        if quoted and _names(head, request) and _is_around(head, request):
            return quoted[1]
        if _introduces(head, request, is_named=not end[0].strip()):
            return rest
        if end[0].strip() and not end["stop"] and _is_told_before(head, rest, request):
            return rest
    if rest := _behind_announcement(line.split(" "), request):
        return rest
    for start in list(REMARK_START.finditer(line))[-MOST_PARTS:]:
        at, tail = start.start(), line[start.end() :].strip("()[]（）【】.!。！ ")
        if at and not _is_inside(line, at) and _is_remark(line[:at], tail, request):
            return line[:at]
    return line


def _behind_announcement(words: list[str], request: RequestContext) -> str:
    """Give what stands behind words that announce a title without a sign: `I'd call it | Fix …`."""
    for at in range(min(len(words) - 1, MOST_LEADING), LEAST_LEADING - 1, -1):
        head = " ".join(words[:at])
        ends = words[at][:1].isupper() and words[at - 1].islower()
        if ends and _names(head, request) and says_only(AROUND, fold(head), request):
            return " ".join(words[at:])
    return ""


def _without_marks(line: str, request: RequestContext) -> str:
    """Take off exclamation marks that the request has not so, but from what is no title anyhow."""
    bare = line.rstrip("!！‼ ").lstrip("¡")
    if bare in {line, ""} or line.rpartition(" ")[2] in request.text:
        return line
    return line if is_talk(Candidate(line), request) else bare


def _without_json(line: str) -> str:
    line = line[before.end() :] if (before := _JSON_BEFORE.match(line)) else line
    for behind in _JSON_BEHIND.finditer(line):
        if line.count('"', 0, behind.start()) % 2 == 0:  # it closes what was not opened
            return line[: behind.start()]
    return line


def _without_pictures(line: str, request: str) -> str:
    """Take pictures off the ends of `line`, but for those that the request has."""
    if line.isascii():
        return line
    pictures = {char for char in line if unicodedata.category(char) in {"So", "Sk", "Cf"}}
    pictures -= {*request, *"\u200c\u200d°→➜⇒▶←"}
    return line.strip("".join(pictures) + "\ufe0f ") or line


def _introduces(text: str, request: RequestContext, *, is_named: bool = False) -> bool:
    """Tell whether `text` announces a title.

    What quotation marks follow does so only where it names a title.
    """
    line = fold(text)
    kinds = INTRODUCES if is_named else AROUND
    return says_only(kinds, line, request) or (
        not kinds_of(line, request).isdisjoint(INTRODUCES) and is_talk(Candidate(text), request)
    )


def _is_told_before(head: str, rest: str, request: RequestContext) -> bool:
    """Tell whether `head` is talk, and `rest` a title of the request: `Yo le pondría: Reservas`."""
    return (
        " " in head
        and not request.subject.share(fold(head))
        and request.subject.share(fold(rest)) >= SAME_SUBJECT
        and is_talk(Candidate(head), request, is_part=True)
    )


def _names(text: str, request: RequestContext) -> bool:
    """Tell whether `text` speaks of a title of which the request does not."""
    return any(
        "title" in token.kinds and token.mark == "+" for token in tokens(fold(text), request)
    )


def _is_around(text: str, request: RequestContext) -> bool:
    """Tell whether `text`, which stands beside a title, is talk and no part of it."""
    return says_only(AROUND, fold(text), request) or is_talk(Candidate(text), request, is_part=True)


def _is_remark(title: str, tail: str, request: RequestContext) -> bool:
    line = fold(tail)
    if not line or line in request.folded:
        return False
    if _is_slug_of(title, tail) or says_only(AROUND, line, request):
        return True
    candidate = Candidate(tail)
    return not is_in_language_of(request, candidate) or (
        (" " in line or not line.isascii()) and is_talk(candidate, request, is_part=True)
    )


def _is_slug_of(title: str, tail: str) -> bool:
    """Tell whether `tail` is the name that goes with `title`: `Fix login | fix-login`."""
    parts = re.split("[-_]", tail) if _SLUG.fullmatch(tail) else ()
    return bool(parts) and Subject.read(title).share(" ".join(parts)) > 0


def _is_inside(line: str, at: int) -> bool:
    """Tell whether `line` goes on at `at`: in brackets, in quotation marks, behind `vs.`."""
    before = line[:at]
    return (
        NO_STOP.search(line[: at + 1]) is not None
        or before.count('"') % 2 == 1
        or any(map(gt, map(before.count, "(（[«“„「『"), map(before.count, ")）]»”“」』")))
    )
