"""The request: a prompt, once cleaned; what is asked about it is computed when first asked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from naming.cleaning import PROMPT_EXTENT, clean_all
from naming.names import NAME_LAW, InvalidName, NameLaw, TaskName
from naming.text.folding import fold
from naming.text.pointers import says_little
from naming.text.tokens import Subject

if TYPE_CHECKING:
    from naming.secrets import Budget
    from naming.secrets.redaction import Redacted

HALF: Final = 0.5  # the part of a title's words that must be another's before it says the same


class Question(NamedTuple):
    """What Claude is asked about, and what is wished for its answer; equal ones share an answer."""

    text: str
    is_conversation: bool = False
    title: str = ""
    """What the task is called now."""
    context: str = ""
    """What the caller knows beside the prompt, cleaned."""
    language: str = ""
    """The language that the title is wanted in, as a BCP 47 tag; empty: that of the request."""
    wants_kind: bool = False
    """Whether the kind of work is asked for, too."""


class Request:
    """What a person asks for, without what machines put around it and without secrets.

    `text` is what cleaning gave, `prompts` what it gave it of, and `redacted` what was read of
    these, to know its secrets again. `question` is what Claude is asked, in a conversation about
    more than `text`. `current` is what the task is called now.
    """

    current: TaskName | None = None

    def __init__(
        self,
        text: str,
        *,
        question: Question | None = None,
        prompts: Sequence[str] = (),
        redacted: Sequence[Redacted] = (),
    ) -> None:
        self.text = text
        self.question = Question(text) if question is None else question
        self.redacted = [each for each in redacted if each.secrets]
        self.prompts = prompts

    @classmethod
    def of(cls, prompt: str, budget: Budget | None = None) -> Request:
        """Clean `prompt`, of any length, into a request, within `budget` (see `clean_all`)."""
        (text,), redacted = clean_all([(prompt, PROMPT_EXTENT)], budget)
        return cls(text, prompts=(prompt,), redacted=(redacted,))

    @property
    def context(self) -> str:
        """What the caller knows beside the prompt, cleaned."""
        return self.question.context

    def knowing(self, context: str) -> Request:
        """Give the same request with what its caller knows beside it."""
        (text,), redacted = clean_all([(context, PROMPT_EXTENT)])
        known = self._asking(context=text)
        known.prompts = (*self.prompts, context)
        known.redacted = [*self.redacted, redacted]
        return known

    def wishing(self, language: str, *, kind: bool) -> Request:
        """Give the same request with a wish for a language, and for the kind of work."""
        return self._asking(language=language, wants_kind=kind)

    def _asking(self, **wishes: Any) -> Request:  # noqa: ANN401 # of a question
        other = Request(self.text, question=self.question._replace(**wishes))
        other.redacted, other.prompts, other.current = self.redacted, self.prompts, self.current
        return other

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
        called = self._asking(title=display_name)
        called.current = current
        return called

    def is_still_called(self, name: TaskName) -> bool:
        """Tell whether `name` says what the task is called already, though in other words."""
        return self.current is not None and (
            name.display_name == self.current.display_name
            or Subject.read(" ".join(self.current)).share(fold(name.display_name)) > HALF
        )

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
