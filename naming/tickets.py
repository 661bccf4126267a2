"""The ticket that a request is about: `ABC-123`, `#42`, or a link to a tracker."""

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Final

from naming.cleaning import looked_at
from naming.request import Request
from naming.text.patterns import WordPattern
from naming.text.word_files import words_in

WORDS_FILE: Final = "tickets.txt"
MAX_RANK: Final = 10  # the highest number that is likely a rank, as in `our #1 priority`
MAX_CANDIDATES: Final = 30  # texts that look like a ticket, and are looked at

_TICKET: Final = re.compile(
    r"(?<![\w.@=-])(?P<project>[A-Z][A-Z0-9]{1,9})-[1-9]\d{0,6}(?![A-Za-z0-9]|-\d|\.\d)"
    r"|(?<![\w#&;./])(?:(?<!-)(?P<repository>[\w.-]{1,80}/[\w.-]{1,80}|[A-Za-z][\w-]{1,80}))?"
    r"#(?P<number>[1-9]\d{0,8})(?![\w#%]|-\w|[.,]\d|\s*(?:/\w|0x))",
    re.ASCII,
)
_URL: Final = re.compile(r"\bhttps?://[^\s<>\"'`|\\^{}()\[\]]{1,2000}", re.IGNORECASE)
_IN_URL: Final = WordPattern("{links}", WORDS_FILE, re.ASCII)
_BRANCH: Final = re.compile(
    r"(?<![\w./-])[\w.-]{1,40}/(?:[\w.-]{1,40}/)*?"
    r"(?:(?P<key>(?P<project>[a-z][a-z0-9]{1,9})-[1-9]\d{0,6})|(?P<number>[1-9]\d{1,8}))"
    r"(?=[-_/]|\s|$)",
    re.ASCII,
)
_FILE: Final = re.compile(r"\.(?:html?|mdx?|php|aspx?|txt|pdf|rst)$")
_WORD_BEFORE: Final = re.compile(r"([^\W\d_]+)[\s:(\[]*$")
_WORD_BEHIND: Final = re.compile(r"[\s\])]*([^\W\d_]+)")
_LISTED: Final = re.compile(r"^[ \t]*#\d{1,2}\b", re.MULTILINE)


def ticket_of(request: Request) -> str | None:
    """Find the ticket of a request, else of its context; in lower case, `42` for `#42`."""
    found = chain(
        _named_in(request.text),
        _linked_in("\n".join(map(looked_at, request.prompts))),
        _named_in(request.question.context),
        _branches_in(request.question.context),
    )
    return next((each.lower() for each in found if not request.is_repeated_in(each)), None)


def _named_in(text: str) -> Iterator[str]:
    for found in islice(_TICKET.finditer(text), MAX_CANDIDATES):
        if _is_project(found["project"]) if found["project"] else _is_ticket(found, text):
            yield found["number"] or found[0]


def _linked_in(text: str) -> Iterator[str]:
    for url in _URL.findall(text):
        if (found := _IN_URL.compiled.search(url)) is not None:
            yield next(filter(None, found.groups()))


def _branches_in(text: str) -> Iterator[str]:
    """Find the tickets that branches are called by: `feature/abc-123-login`."""
    for found in _BRANCH.finditer(text):
        if found["number"] or _is_project(found["project"]):
            yield found["number"] or found["key"]


def _is_project(letters: str) -> bool:
    return letters.lower() not in _words("no projects")


def _is_ticket(found: re.Match[str], text: str) -> bool:
    """Tell whether a `#` and a number are a ticket, and no rank, colour or place in a list."""
    if (repository := found["repository"]) is not None:
        return _FILE.search(repository) is None
    line = text.rfind("\n", 0, found.start()) + 1
    before = _word(_WORD_BEFORE.search(text[max(line, found.start() - 40) : found.start()]))
    is_low, digits = int(found["number"]) <= MAX_RANK, len(found["number"])
    ranked = is_low and _word(_WORD_BEHIND.match(text, found.end())) in _words("ranked")
    if before in _words("counted"):
        return False
    if before in _words("pointing"):
        return not ranked
    if ranked or (is_low and before in _words("owning")):
        return False
    if digits in {6, 8} or (  # of a colour in CSS; of three, many a ticket has as many
        digits == 3  # noqa: PLR2004
        and not _words("colours").isdisjoint(re.findall(r"[^\W\d_]+", text.lower()))
    ):
        return False
    starts_line = not text[line : found.start()].strip()
    return not (starts_line and len(_LISTED.findall(text)) > 1)


def _word(found: re.Match[str] | None) -> str:
    return "" if found is None else found[1].lower()


def _words(section: str) -> frozenset[str]:
    return words_in(WORDS_FILE, section)
