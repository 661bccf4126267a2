"""Whether a line is a title, or the model answering, refusing, commenting or echoing.

Most lines are titles and match none of the phrases. Those that do are asked whether the request gave them the right
to: the very words, the same subject, or the failure they speak of must stand in it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from naming.injection import obeys
from naming.phrases import CAPABILITY, FAILURE, INABILITY, LACKS, META, PLACEHOLDER, TALK, THINGS
from naming.subject import content_words, ends, fold, share, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from naming.names import TaskName

MAX_JUDGED: Final = 300
"""Characters of a line that are judged: longer talk gives itself away at once."""

HALF: Final = 0.5
"""The part of a suspicious title's words that must stand in the request, too."""

LONG: Final = 64
"""Characters. Nobody's request is its own title beyond this length."""

FEW_WORDS: Final = 3
"""Words. A shorter request says so little that its title may add no more than that."""

_CODE: Final = re.compile(r"[\[{]\s*[\"'{]|[{}\[\]\"':,\s]*$|'''\w*\s*(?:[{\[].*|null|none)?$|</?think|<\|")
_ASKS_OR_EXCLAIMS: Final = re.compile(r"[?!؟:]\W*$")
_TWO_SENTENCES: Final = re.compile(r"[^\W\d_]{3}[.!?] +[^\W\d_]+ [^\W\d_]|[。！？!?] ?[^\s)\"'」』]{3}")
_ADDRESS: Final = re.compile(r"\w+://\S+")
_ELABORATION: Final = re.compile(
    r"(?:(?:getting|get) started(?: with)?|(?:an )?(?:introduction|intro|guide) to|(?:overview|basics|fundamentals) of"
    r"|(?:learn(?:ing)?|understanding|exploring|discussion (?:of|about|on))(?= \w))"
    r"|(?<= )(?:programming(?: language)?|basics|tutorial|fundamentals)$"
)
_CONTRACTION: Final = re.compile(
    r"\b(?:(i) ?(m|ve)|(can|don|won|couldn|doesn|didn|isn|hasn|haven|wasn) ?(t)|(here|that|what|let) ?(s))\b"
)


def is_title(display_name: str, prompt: str) -> bool:
    """Tell whether `display_name` names the task that the cleaned `prompt` asks for."""
    line, request = _spell(display_name[:MAX_JUDGED]), _spell(ends(prompt))
    if not any(char.isalnum() for char in line) or obeys(line, request) or _echoes(line, request):
        return False
    if PLACEHOLDER.whole.fullmatch(line):
        return share(line, request) == 1.0 or line == request
    return (
        _said_by_request(line, request)
        and _failure_reported(line, request)
        and _shares_subject(line, request)
        and not _elaborates(line, request)
    )


def is_example(name: str, display_name: str, prompt: str, examples: Iterable[TaskName]) -> bool:
    """Tell whether the answer is one of our own worked `examples`, although `prompt` is about something else."""
    for example in examples:
        if name == example.name or fold(display_name) == fold(example.display_name):
            return max(share(display_name, prompt), share(name.replace("-", " "), prompt)) < HALF
    return False


def _spell(text: str) -> str:
    """Fold `text`, with the apostrophes that slugs and hasty people leave out."""
    return _CONTRACTION.sub(_with_apostrophe, fold(text))


def _with_apostrophe(contraction: re.Match[str]) -> str:
    return "'".join(part for part in contraction.groups() if part)


def _said_by_request(line: str, request: str) -> bool:
    """Let speech to the user pass only where it is the user's own."""
    talk = _CODE.match(line) or TALK.find(line)
    return talk is None or (talk[0].strip() in request and share(line, request) > HALF)


def _failure_reported(line: str, request: str) -> bool:
    """Let a line that says what cannot be done pass only where the request reports that failure."""
    inability = INABILITY.find(line)
    if inability is None or line == request:
        return True
    rest = line.replace(inability[0], " ", 1) if inability[0] != line else line
    if share(rest or line, request) < HALF:
        return False
    if FAILURE.find(_ADDRESS.sub(" ", request)):
        return True
    verb = rest.split(maxsplit=1)[0] if rest.split() else ""
    return CAPABILITY.find(line) is None and share(verb, request) == 0.0


def _shares_subject(line: str, request: str) -> bool:
    """Let a line that may be about the request itself pass only where most of its words are the request's."""
    suspicious = META.find(line) or _ASKS_OR_EXCLAIMS.search(line) or _TWO_SENTENCES.search(line) or _only_comments(line)
    return not suspicious or share(line, request) > HALF


def _only_comments(line: str) -> bool:
    """Tell whether the line says nothing but that something about a request is missing, unclear or refused."""
    if LACKS.find(line) is None:
        return False
    rest = THINGS.anywhere.sub(" ", LACKS.anywhere.sub(" ", line))
    return not content_words(rest)


def _echoes(line: str, request: str) -> bool:
    """Tell whether the line is the beginning of a longer request, cut anywhere."""
    if len(line) >= len(request) or not request.startswith(line):
        return False
    cut_in_a_word = line[-1].isalnum() and request[len(line)].isalnum() and words(line[-1:]) == {line[-1:]}
    return len(line) > LONG or (cut_in_a_word and len(line.split()) > FEW_WORDS)


def _elaborates(line: str, request: str) -> bool:
    """Tell whether the line makes a lesson of a request of a few words: `go` is no course in a language."""
    lesson = _ELABORATION.search(line)
    return lesson is not None and len(content_words(request)) < FEW_WORDS and share(lesson[0], request) == 0.0
