"""Whether a candidate is a title, or the model answering, refusing, commenting or echoing.

Most are titles and match none of the phrases. Those that do are asked whether the request gave them
the right to: the very words, the same subject, or the failure they speak of must stand in it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from naming.text.tokens import content_words, is_unspaced
from naming.validation.answering import answers
from naming.validation.phrases import (
    CAPABILITY,
    ERRORS,
    FAILURE,
    INABILITY,
    LACKS,
    META,
    PLACEHOLDER,
    SERVICES,
    TALK,
    THINGS,
    TURNS,
    WORK,
)
from naming.validation.trim import first_sentence

if TYPE_CHECKING:
    from naming.validation.candidate import Candidate
    from naming.validation.context import RequestContext

HALF: Final = 0.5
"""The part of a suspicious title's words that must stand in the request, too."""

ENOUGH_PIECES: Final = 0.35
"""The same where words are not spaced: pieces of words change with every ending."""

LONG: Final = 64
"""Characters. The beginning of a request is no title beyond this length."""

LONG_WHEN_CUT: Final = 30
"""Characters. The same for a beginning that ends inside a word."""

MORE_THAN_A_WORD: Final = 2
"""Words. `Greeting` names `hi`; `User greeting received` comments on it."""

_CODE: Final = re.compile(r"[\[{]\s*[\"'{]|'''\w*\s*(?:[{\[].*|null|none)?$|</?think|<\|")
_UNLIKE_A_TITLE: Final = re.compile(r"[?!؟？！:：;]\W*$|[^\W\d_]{3}[!?] +\w|\.{3}$|…$")
_REST_OF_WORD: Final = re.compile(r"[^\W_]{3}")
_FEW_BETWEEN: Final = r"\W+(?:\w+\W+){0,2}?"
_SIGNS: Final = re.compile(r"[^\w'/]+|_+")
_ELABORATION: Final = re.compile(
    r"(?:(?:getting|get) started(?: with)?|(?:an )?(?:introduction|intro|guide) to"
    r"|(?:overview|basics|fundamentals) of"
    r"|(?:learn(?:ing)?|understanding|exploring|discussion (?:of|about|on))(?= \w))"
    r"|(?<= )(?:programming(?: language)?|basics|tutorial|fundamentals)$"
)


def is_title(candidate: Candidate, request: RequestContext) -> bool:
    """Tell whether `candidate` names the task that the request asks for."""
    line = candidate.line
    if not any(char.isalnum() for char in line):
        return bool(line) and line == request.folded
    if _obeys(candidate, request) or _echoes(line, request.folded):
        return False
    # `[Title]`, `NO_TITLE`
    if PLACEHOLDER.fill(line) or PLACEHOLDER.fill(_SIGNS.sub(" ", line).strip()):
        return line == request.folded or request.share(line) == 1.0
    return (
        _is_said_by_request(line, request)
        and _is_failure_reported(line, request)
        and (
            _shares_half(line, request)
            or (_has_form(candidate.judged) and not _comments(candidate, request))
        )
        and not _complains_of_all(line, request)
        and not answers(line, request)
        and not _elaborates(line, request)
    )


def _obeys(candidate: Candidate, request: RequestContext) -> bool:
    """Tell whether the candidate's words stand only in the answer that the request demands.

    Then it carries out an injected command.
    """
    wanted, text = candidate.words, request.folded
    # Which is soon told, and so of most titles.
    if not wanted or not all(word in text for word in wanted):
        return False
    spans = [
        span for span in request.demanded_answers if wanted <= content_words(text[slice(*span)])
    ]
    rest = text
    for start, end in spans:
        rest = rest[:start] + " " * (end - start) + rest[end:]
    return bool(spans) and not wanted <= content_words(rest)


def _is_said_by_request(line: str, request: RequestContext) -> bool:
    """Let speech to the user pass only where it is the user's own."""
    talk = _CODE.match(line) or TALK.find(line)
    return talk is None or (
        request.share(line) > HALF and _stands_in(talk[0].strip(), request.folded)
    )


def _stands_in(phrase: str, request: str) -> bool:
    """Tell whether the words of `phrase` stand in the request, with hardly another in between."""
    return (
        phrase in request
        or re.search(_FEW_BETWEEN.join(map(re.escape, phrase.split())), request) is not None
    )


def _is_failure_reported(line: str, request: RequestContext) -> bool:
    """Let a line that says what cannot be done pass only where the request reports that failure."""
    inability = INABILITY.find(line)
    if inability is None or line == request.folded:
        return True
    rest = line.replace(inability[0], " ", 1).strip() or line
    if max(request.share(rest), request.share(line)) < _enough(line):
        return False
    if inability[0] in request.folded or FAILURE.find(request.without_addresses):
        return True
    # Without a failure the user's own verb, negated, is a refusal: "open the wifi" and "Unable to
    # open the wifi".
    return CAPABILITY.find(line) is None and request.share(rest.split()[0]) == 0.0


def _has_form(title: str) -> bool:
    """Tell whether `title` neither asks nor exclaims nor goes on with a second sentence."""
    return _UNLIKE_A_TITLE.search(title) is None and first_sentence(title) == title


def _shares_half(line: str, request: RequestContext) -> bool:
    """Tell whether most words of the line are the request's, too."""
    return request.share(line) > _enough(line)


def _comments(candidate: Candidate, request: RequestContext) -> bool:
    """Tell whether the candidate may be about the request itself.

    It says so, or all its words are those that one talks about requests with, or it calls something
    missing, unclear or refused that the request does not; where both do, it may still say nothing
    else.
    """
    line = candidate.line
    if (
        META.find(line) is not None
        or _is_about_turns(candidate, request)
        or _is_error_text(line, request)
    ):
        return True
    if LACKS.find(line) is None:
        return False
    if THINGS.find(line) is None:
        return not content_words(LACKS.blank(line))
    if not request.reports_failure:
        return not _is_about_work(line, request)
    return not content_words(THINGS.blank(LACKS.blank(line)))


def _is_about_turns(candidate: Candidate, request: RequestContext) -> bool:
    """Tell whether the candidate says only what people do in a conversation.

    And that in none of the request's words.

    Beside a request of a few words those may be among them: `Test message received` says nothing
    more than `test`.
    """
    line, says_little = candidate.line, request.says_little
    if (request.share(line) and not says_little) or len(candidate.words) < MORE_THAN_A_WORD:
        return False
    lacking = LACKS.blank(line)
    exchanged = TURNS.blank(lacking)
    if exchanged == lacking and (lacking == line or not says_little or request.reports_failure):
        return False
    return _is_talk_or_said(exchanged, request if says_little else None)


def _complains_of_all(line: str, request: RequestContext) -> bool:
    """Tell whether the line only calls the few words of the request unclear.

    `改善対象が不明` for `改善して`.
    """
    if not request.says_little or request.share(line) == 1.0:
        return False
    lacking = LACKS.blank(line)
    return (
        lacking != line
        and not request.reports_failure
        and _is_talk_or_said(TURNS.blank(lacking), request)
    )


def _is_talk_or_said(line: str, request: RequestContext | None) -> bool:
    """Tell whether all words of the line are of talk about requests, or of the `request`."""
    rest = content_words(THINGS.blank(line))
    return not rest or (request is not None and request.share(" ".join(rest)) == 1.0)


def _is_error_text(line: str, request: RequestContext) -> bool:
    """Tell whether the line is only the text of an error that the request says nothing of."""
    if request.share(line) or ERRORS.find(line) is None or request.reports_failure:
        return False
    return not any(word.isalpha() for word in content_words(SERVICES.blank(ERRORS.blank(line))))


def _is_about_work(line: str, request: RequestContext) -> bool:
    """Tell whether the line names work on software.

    It has it from elsewhere than the request, or begins with it.
    """
    work = WORK.find(line)
    if work is None:
        return False
    return request.share(work[0]) < 1.0 or (work.start() == 0 and not request.says_little)


def _enough(line: str) -> float:
    """Give the part of a suspicious line's words that must stand in the request, too."""
    return ENOUGH_PIECES if sum(map(is_unspaced, line)) * 2 > len(line) else HALF


def _echoes(line: str, request: str) -> bool:
    """Tell whether the line is the beginning of a longer request, cut anywhere."""
    if len(line) >= len(request) or not request.startswith(line):
        return False
    cut_in_a_word = line[-1].isalnum() and _REST_OF_WORD.match(request, len(line)) is not None
    return len(line) > (LONG_WHEN_CUT if cut_in_a_word else LONG)


def _elaborates(line: str, request: RequestContext) -> bool:
    """Tell whether the line makes a lesson of a request of a few words.

    `go` is no course in a language.
    """
    lesson = _ELABORATION.search(line)
    return lesson is not None and request.has_few_words and request.share(lesson[0]) == 0.0
