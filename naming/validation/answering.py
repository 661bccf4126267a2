"""Whether a title answers the question that a request asks, instead of naming the question."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from naming.text.patterns import WordPattern
from naming.text.tokens import content_words
from naming.validation.phrases import FAILURE, WORK

if TYPE_CHECKING:
    from naming.validation.context import RequestContext

HALF: Final = 0.5
"""The part of a title's words that must stand in the question."""

_STATES: Final = WordPattern(r"(?<=\w ){verbs of statements}(?= )", "validation.txt", re.NOFLAG)
"""The verb of a statement, behind its subject."""

_ASKS_TOO: Final = WordPattern(r"\b{question words}\b", "validation.txt", re.NOFLAG)
_ASKS_HOW: Final = re.compile(r"(?:so |hey |please )?how\b")
_TELLS_HOW: Final = re.compile(r"(use|set|try|run|install|call|wrap|click|press|type|put|go to) ")
_WHO: Final = re.compile(r"who (\w+)")
_RESULT: Final = re.compile(r"\s=\s?[-\d.,$€]+\w{0,3}\W*$")


def answers(line: str, request: RequestContext) -> bool:
    """Tell whether the folded `line` states something new where the request is a question.

    `Is Redis single-threaded?` names it, `Redis is mostly single-threaded` answers it; `The build
    is slow` does not.
    """
    if not request.is_question:
        return False
    told = _TELLS_HOW.match(line)
    if (
        told is not None
        and _ASKS_HOW.match(request.folded)
        and told[1] not in request.subject.words
    ):
        return request.share(line) <= HALF
    stated = _STATES.compiled.search(line) or _done_by_somebody(line, request.folded)
    if stated is None:
        return False
    if _RESULT.search(line):
        return True
    if _ASKS_TOO.compiled.search(line) or line[-1] in "?？؟" or _begins_with_work(line):
        return False
    new = [
        word
        for word in content_words(line.replace(stated[0], " ", 1))
        if request.share(word) == 0.0
    ]
    return any(FAILURE.find(word) is None for word in new)


def _begins_with_work(line: str) -> bool:
    work = WORK.find(line)
    return work is not None and work.start() == 0


def _done_by_somebody(line: str, request: str) -> re.Match[str] | None:
    """Find the verb of a question with `who` behind the beginning of the line.

    `Linus Torvalds invented Linux`.
    """
    asked = _WHO.match(request)
    return re.search(rf"(?<=\w ){re.escape(asked[1])}(?= )", line) if asked else None
