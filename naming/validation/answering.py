"""Whether a title answers the question that a request asks, instead of naming the question."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from naming.text.tokens import content_words
from naming.validation.phrases import FAILURE, WORK

if TYPE_CHECKING:
    from naming.text.subject import Subject

MAX_QUESTION: Final = 300
"""Characters. A longer request asks for more than an answer."""

HALF: Final = 0.5
"""The part of a title's words that must stand in the question."""

_ASKS: Final = re.compile(
    r"[?？؟;]\s*$|^¿"
    r"|^(?:the )?(?:difference|explain|define|convert|calculate|meaning of)\b"
    r"|^(?:so |and |but |ok |hey |please )?(?:what|how|which|where|when|who|why|is|are|was|were|do|does|did|can|could"
    r"|should|would|will|has|have)(?:'?s|'?re|n't)?\b"
    r"|^(?:wie|was|wer|wo|wann|warum|wieso|welche\w*|ist|sind|kann|gibt|hoe|wat|waarom"
    r"|comment|pourquoi|quel(?:le)?s?|combien|est-ce|como|por que|cual(?:es)?|cuant\w+|quien|quanto\w*|qual|quais"
    r"|come|perche|quali|quanti|что|как|почему|зачем|кто|где|когда|сколько|какой|какая|какие)\b"
)
"""How a folded question is known: by its mark or by its first word."""

_STATES: Final = re.compile(
    r"(?<=\w )(?:is|are|was|were|has|have|had|means?|uses?|returns?|takes?|needs?|supports?|requires?|runs?|depends"
    r"|equals|stands for|does(?: not|n't)?|can be|will be|comes? from|="
    r"|ist|sind|hat|haben|bedeutet|heeft|betekent|est|sont|signifie|es|son|tiene|significa|sao|tem|sono|ha|jest|ma"
    r"|—|это|является|значит)(?= )"
)
"""The verb of a statement, behind its subject."""

_ASKS_TOO: Final = re.compile(
    r"\b(?:why|how|what|which|whether|if|when|where|who|warum|wie|wieso|ob|waarom|hoe|wat|pourquoi|comment|como|por que"
    r"|que|cual|perche|почему|как|что|кто|где|когда|czy|jak|dlaczego)\b"
)
_ASKS_HOW: Final = re.compile(r"(?:so |hey |please )?how\b")
_TELLS_HOW: Final = re.compile(r"(use|set|try|run|install|call|wrap|click|press|type|put|go to) ")
_WHO: Final = re.compile(r"who (\w+)")
_RESULT: Final = re.compile(r"\s=\s?[-\d.,$€]+\w{0,3}\W*$")


def answers(line: str, request: Subject) -> bool:
    """Tell whether the folded `line` states something new where the request is a question.

    `Is Redis single-threaded?` names it, `Redis is mostly single-threaded` answers it; `The build
    is slow` does not.
    """
    if not _asks(request.folded):
        return False
    told = _TELLS_HOW.match(line)
    if told is not None and _ASKS_HOW.match(request.folded) and told[1] not in request.words:
        return request.share(line) <= HALF
    stated = _STATES.search(line) or _done_by_somebody(line, request.folded)
    if stated is None:
        return False
    if _RESULT.search(line):
        return True
    if _ASKS_TOO.search(line) or line[-1] in "?？؟" or _begins_with_work(line):
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


@lru_cache(maxsize=1)
def _asks(request: str) -> bool:
    return len(request) <= MAX_QUESTION and _ASKS.search(request) is not None
