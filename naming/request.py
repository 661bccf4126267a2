"""The request: a prompt, once cleaned; what is asked about it is computed when first asked."""

from __future__ import annotations

import re
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from naming.cleaning import PROMPT_EXTENT, clean_all
from naming.names import NAME_LAW, InvalidName, NameLaw, TaskName
from naming.text.folding import fold
from naming.text.pointers import says_little
from naming.text.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from naming.secrets import Budget
    from naming.secrets.redaction import Redacted

CONVERSATION: Final = "\x01"
"""Begins a question about a conversation; no cleaned text holds it."""

CURRENT: Final = "\x02"
"""Begins a question about a task that has a name."""

LANGUAGE: Final = "\x03"
"""Stand around the language that a title is wanted in, before all else of a question."""

KIND: Final = "\x04"
"""Stands before a question that wants the kind of work told."""

KNOWN: Final = "\x05"
"""Stands before what the caller knows beside the prompt, behind it."""

_MARKS: Final = re.compile(
    rf"(?:{LANGUAGE}(?P<language>[A-Za-z0-9-]+){LANGUAGE})?(?P<kind>{KIND})?"
    rf"(?P<about>[{CONVERSATION}{CURRENT}])?"
)

HALF: Final = 0.5
"""The part of a title's words that must be another's before it says the same."""


class AskedQuestion(NamedTuple):
    """What a question is about, and what is wished for its answer."""

    about: str
    """`CONVERSATION`, `CURRENT`, or nothing for a prompt alone."""
    text: str
    known: str
    language: str
    wants_kind: bool


def read_question(question: str) -> AskedQuestion:
    """Take a request's question apart."""
    marks = _MARKS.match(question)
    assert marks is not None  # noqa: S101 # every part of it may be missing
    text, _, known = question[marks.end() :].partition(KNOWN)
    language = marks["language"] or ""
    return AskedQuestion(marks["about"] or "", text, known, language, marks["kind"] is not None)


class Request:
    """What a person asks for, without what machines put around it and without secrets.

    `text` is what cleaning gave, `prompts` what it gave it of, and `redacted` what was read of
    these, to know its secrets again.
    `question` begins with a mark where it is about more than a prompt. `current` is what the task
    is called now.
    """

    current: TaskName | None = None
    context = ""
    """What the caller knows beside the prompt, cleaned."""
    language = ""
    """The language that the title is wanted in, as a BCP 47 tag; empty: that of the request."""
    wants_kind = False
    """Whether the kind of work is asked for, too."""

    def __init__(
        self,
        text: str,
        *,
        question: str | None = None,
        prompts: Sequence[str] = (),
        redacted: Sequence[Redacted] = (),
    ) -> None:
        self.text = text
        self.asked = text if question is None else question
        self._said = self.asked.removeprefix(CONVERSATION)
        self.redacted = [each for each in redacted if each.secrets]
        self.prompts = prompts

    @classmethod
    def of(cls, prompt: str, budget: Budget | None = None) -> Request:
        """Clean `prompt`, of any length, into a request, within `budget` (see `clean_all`)."""
        (text,), redacted = clean_all([(prompt, PROMPT_EXTENT)], budget)
        return cls(text, prompts=(prompt,), redacted=(redacted,))

    def knowing(self, context: str) -> Request:
        """Give the same request with what its caller knows beside it."""
        (text,), redacted = clean_all([(context, PROMPT_EXTENT)])
        known = copy(self)
        known.context = text
        known.prompts = (*self.prompts, context)
        known.redacted = [*self.redacted, redacted]
        return known

    @classmethod
    def asked_as(cls, question: str) -> Request:
        """Give the request for a prompt alone of which `question` was made."""
        read = read_question(question)
        request = cls(read.text).wishing(read.language, kind=read.wants_kind)
        request.context = read.known
        return request

    def called(self, name: str, display_name: str, law: NameLaw = NAME_LAW) -> Request:
        """Give the same request for a task that is called so now.

        What is no name to answer with, such as a legacy one or one that repeats a secret of the
        prompt, is none to keep: the request is then that of a task without a name. `law` is what
        names keep.
        """
        try:
            current = TaskName(name, display_name, law)
        except InvalidName:
            return self
        if self.is_repeated_in(*current):
            return self
        called = copy(self)
        called.asked = f"{CURRENT}Current title: {display_name}\n\n{self._said}"
        called.current = current
        return called

    def is_still_called(self, name: TaskName) -> bool:
        """Tell whether `name` says what the task is called already, though in other words."""
        return self.current is not None and (
            name.display_name == self.current.display_name
            or Subject.read(" ".join(self.current)).share(fold(name.display_name)) > HALF
        )

    def wishing(self, language: str, *, kind: bool) -> Request:
        """Give the same request with a wish for a language, and for the kind of work."""
        if not language and not kind:
            return self
        wishing = copy(self)
        wishing.language, wishing.wants_kind = language, kind
        return wishing

    @property
    def question(self) -> str:
        """What Claude is asked about, with all that tells it from other questions."""
        language = f"{LANGUAGE}{self.language}{LANGUAGE}" if self.language else ""
        known = f"{KNOWN}{self.context}" if self.context else ""
        return f"{language}{KIND if self.wants_kind else ''}{self.asked}{known}"

    @cached_property
    def subject(self) -> Subject:
        """What the request is about: its folded text, words and stems."""
        return Subject.read(self.whole)

    @cached_property
    def whole(self) -> str:
        """The request, and behind it what is known beside it."""
        return f"{self.text}\n\n{self.context}".strip() if self.context else self.text

    @cached_property
    def named_after(self) -> str:
        """The text whose words name the task: the context, where the prompt is hardly one."""
        if self.context and any(map(says_little, (self.text, self.prompts[0]))):
            return self.context
        return self.text

    def is_repeated_in(self, *texts: str) -> bool:
        """Tell whether a secret of the prompt stands in one of `texts`."""
        return any(each.is_repeated_in(*texts) for each in self.redacted)
