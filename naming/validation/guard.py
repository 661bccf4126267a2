"""Whether a line is a title, or the model answering, refusing, commenting or echoing.

Most lines are titles and match none of the phrases. Those that do are asked whether the request
gave them the right to: the very words, the same subject, or the failure they speak of must stand in
it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from naming.text.folding import fold
from naming.text.subject import Subject
from naming.text.tokens import content_words, is_unspaced
from naming.validation.answering import answers
from naming.validation.injection import obeys
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
from naming.validation.trim import first_sentence, trim

if TYPE_CHECKING:
    from collections.abc import Iterable

    from naming.names import TaskName

MAX_JUDGED: Final = 300
"""Characters of a line that are judged: longer talk gives itself away at once."""

HALF: Final = 0.5
"""The part of a suspicious title's words that must stand in the request, too."""

ENOUGH_PIECES: Final = 0.35
"""The same where words are not spaced: pieces of words change with every ending."""

LONG: Final = 64
"""Characters. The beginning of a request is no title beyond this length."""

LONG_WHEN_CUT: Final = 30
"""Characters. The same for a beginning that ends inside a word."""

FEW_WORDS: Final = 3
"""Words.

A shorter request says so little that its title may add no more than that, and talk is the likelier.
"""

FEW_LETTERS: Final = 7
"""The same in letters, where words are not spaced."""

MORE_THAN_A_WORD: Final = 2
"""Words. `Greeting` names `hi`; `User greeting received` comments on it."""

_CODE: Final = re.compile(r"[\[{]\s*[\"'{]|'''\w*\s*(?:[{\[].*|null|none)?$|</?think|<\|")
_UNLIKE_A_TITLE: Final = re.compile(r"[?!؟？！:：;]\W*$|[^\W\d_]{3}[!?] +\w|\.{3}$|…$")
_REST_OF_WORD: Final = re.compile(r"[^\W_]{3}")
_ADDRESS: Final = re.compile(r"\w+://\S+")
_WISH: Final = re.compile(
    r"\b(?:needs?|needed|requir\w+|necesit\w+|precis\w+|besoin|bisogno|serv[eo]\w*|brauch\w*|benotig\w*|nodig|behover"
    r"|trenger|potrzeb\w+|potreb\w+|нуж\w+|потриб\w+|потріб\w+|gerek\w*|please)\b|需要|必要|필요|請|请"
)
"""What a request says of what it wants. The same words in a title say that something is wanting."""

_FEW_BETWEEN: Final = r"\W+(?:\w+\W+){0,2}?"
_SIGNS: Final = re.compile(r"[^\w'/]+|_+")
_ELABORATION: Final = re.compile(
    r"(?:(?:getting|get) started(?: with)?|(?:an )?(?:introduction|intro|guide) to|(?:overview|basics|fundamentals) of"
    r"|(?:learn(?:ing)?|understanding|exploring|discussion (?:of|about|on))(?= \w))"
    r"|(?<= )(?:programming(?: language)?|basics|tutorial|fundamentals)$"
)


def is_title(display_name: str, prompt: str) -> bool:
    """Tell whether `display_name` names the task that the cleaned `prompt` asks for."""
    title, request = trim(display_name)[:MAX_JUDGED], Subject.read(prompt)
    line = fold(title)
    if not any(char.isalnum() for char in line):
        return bool(line) and line == request.folded
    if obeys(line, request.folded) or _echoes(line, request.folded):
        return False
    if PLACEHOLDER.fills(line) or PLACEHOLDER.fills(
        _SIGNS.sub(" ", line).strip()
    ):  # `[Title]`, `NO_TITLE`
        return line == request.folded or request.share(line) == 1.0
    return (
        _said_by_request(line, request)
        and _failure_reported(line, request)
        and (_shares_half(line, request) or (_has_form(title) and not _comments(line, request)))
        and not _complains_of_all(line, request)
        and not answers(line, request)
        and not _elaborates(line, request)
    )


class Examples:
    """Our own worked examples, read once."""

    def __init__(self, examples: Iterable[TaskName] = ()) -> None:
        examples = tuple(examples)
        self._names = frozenset(example.name for example in examples)
        self._titles = frozenset(fold(example.display_name) for example in examples)
        self._subjects = [
            Subject.read(f"{example.display_name} {example.name}") for example in examples
        ]

    def hold(self, name: str, title: str) -> bool:
        """Tell whether `name` or the folded `title` is one of an example."""
        return name in self._names or title in self._titles

    def tell(self, title: str) -> bool:
        """Tell whether most words of the folded `title` are those of one example."""
        return any(subject.share(title) > HALF for subject in self._subjects)


def is_example(name: str, display_name: str, prompt: str, examples: Examples) -> bool:
    """Tell whether the answer is one of our own worked `examples`, although `prompt` is about something else.

    Small models also say one in other words (`hi` became `Ask snowflake import rows`): then most of the title's words
    are an example's, and none is the prompt's.
    """
    title, slug, request = fold(display_name), name.replace("-", " "), Subject.read(prompt)
    shared = max(request.share(title), request.share(slug))
    if shared:
        return shared < HALF and examples.hold(name, title)
    return examples.hold(name, title) or examples.tell(title)


def _said_by_request(line: str, request: Subject) -> bool:
    """Let speech to the user pass only where it is the user's own."""
    talk = _CODE.match(line) or TALK.find(line)
    return talk is None or (
        request.share(line) > HALF and _stands_in(talk[0].strip(), request.folded)
    )


def _stands_in(phrase: str, request: str) -> bool:
    """Tell whether the words of `phrase` stand in the request, with hardly another between two of them."""
    return (
        phrase in request
        or re.search(_FEW_BETWEEN.join(map(re.escape, phrase.split())), request) is not None
    )


def _failure_reported(line: str, request: Subject) -> bool:
    """Let a line that says what cannot be done pass only where the request reports that failure."""
    inability = INABILITY.find(line)
    if inability is None or line == request.folded:
        return True
    rest = line.replace(inability[0], " ", 1).strip() or line
    if max(request.share(rest), request.share(line)) < _enough(line):
        return False
    if inability[0] in request.folded or FAILURE.find(_ADDRESS.sub(" ", request.folded)):
        return True
    # Without a failure the user's own verb, negated, is a refusal: "hack the wifi" and "Unable to
    # hack the wifi".  # noqa: FIX004
    return CAPABILITY.find(line) is None and request.share(rest.split()[0]) == 0.0


def _has_form(title: str) -> bool:
    """Tell whether `title` neither asks nor exclaims nor goes on with a second sentence."""
    return _UNLIKE_A_TITLE.search(title) is None and first_sentence(title) == title


def _shares_half(line: str, request: Subject) -> bool:
    """Tell whether most words of the line are the request's, too."""
    return request.share(line) > _enough(line)


def _comments(line: str, request: Subject) -> bool:
    """Tell whether the line may be about the request itself.

    It says so, or all its words are those that one talks about requests with, or it calls something
    missing, unclear or refused that the request does not; where both do, it may still say nothing
    else.
    """
    if (
        META.find(line) is not None
        or _is_about_turns(line, request)
        or _is_error_text(line, request)
    ):
        return True
    if LACKS.find(line) is None:
        return False
    if THINGS.find(line) is None:
        return not content_words(LACKS.blank(line))
    if not _reports_failure(request.folded):
        return not _is_about_work(line, request)
    return not content_words(THINGS.blank(LACKS.blank(line)))


def _is_about_turns(line: str, request: Subject) -> bool:
    """Tell whether the line only says what people do in a conversation, in none of the request's words.

    Beside a request of a few words those may be among them: `Test message received` says nothing more than `test`.
    """
    says_little = _says_little(request.folded)
    if (request.share(line) and not says_little) or len(content_words(line)) < MORE_THAN_A_WORD:
        return False
    lacking = LACKS.blank(line)
    exchanged = TURNS.blank(lacking)
    if exchanged == lacking and (
        lacking == line or not says_little or _reports_failure(request.folded)
    ):
        return False
    return _is_talk_or_said(exchanged, request if says_little else None)


def _complains_of_all(line: str, request: Subject) -> bool:
    """Tell whether the line only calls the few words of the request unclear.

    `改善対象が不明` for `改善して`.
    """
    if not _says_little(request.folded) or request.share(line) == 1.0:
        return False
    lacking = LACKS.blank(line)
    return (
        lacking != line
        and not _reports_failure(request.folded)
        and _is_talk_or_said(TURNS.blank(lacking), request)
    )


def _is_talk_or_said(line: str, request: Subject | None) -> bool:
    """Tell whether all that is left of the line is what one talks of in talk about requests, or the `request`'s."""
    rest = content_words(THINGS.blank(line))
    return not rest or (request is not None and request.share(" ".join(rest)) == 1.0)


@lru_cache(maxsize=1)  # both fields of a reply ask it, several times
def _reports_failure(request: str) -> bool:
    """Tell whether the request says that something fails, is missing or is not clear."""
    text = _WISH.sub(" ", _ADDRESS.sub(" ", request))
    return FAILURE.find(text) is not None or LACKS.find(text) is not None


def _is_error_text(line: str, request: Subject) -> bool:
    """Tell whether the line is nothing but the text of an error that the request says nothing of."""
    if request.share(line) or ERRORS.find(line) is None or _reports_failure(request.folded):
        return False
    return not any(word.isalpha() for word in content_words(SERVICES.blank(ERRORS.blank(line))))


@lru_cache(maxsize=1)
def _says_little(request: str) -> bool:
    """Tell whether the request has hardly a word beside addresses."""
    if len(request) > MAX_JUDGED:
        return False
    text = _ADDRESS.sub(" ", request)
    return (
        len(content_words(text)) < FEW_WORDS
        or 0 < sum(map(is_unspaced, text)) == len(text) < FEW_LETTERS
    )


def _is_about_work(line: str, request: Subject) -> bool:
    """Tell whether the line names work on software.

    It has it from elsewhere than the request, or begins with it.
    """
    work = WORK.find(line)
    if work is None:
        return False
    return request.share(work[0]) < 1.0 or (work.start() == 0 and not _says_little(request.folded))


def _enough(line: str) -> float:
    """Give the part of a suspicious line's words that must stand in the request, too."""
    return ENOUGH_PIECES if sum(map(is_unspaced, line)) * 2 > len(line) else HALF


def _echoes(line: str, request: str) -> bool:
    """Tell whether the line is the beginning of a longer request, cut anywhere."""
    if len(line) >= len(request) or not request.startswith(line):
        return False
    cut_in_a_word = line[-1].isalnum() and _REST_OF_WORD.match(request, len(line)) is not None
    return len(line) > (LONG_WHEN_CUT if cut_in_a_word else LONG)


def _elaborates(line: str, request: Subject) -> bool:
    """Tell whether the line makes a lesson of a request of a few words.

    `go` is no course in a language.
    """
    lesson = _ELABORATION.search(line)
    return (
        lesson is not None
        and len(content_words(request.folded)) < FEW_WORDS
        and request.share(lesson[0]) == 0.0
    )
