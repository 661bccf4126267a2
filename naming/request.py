"""The request: a prompt or a conversation, once cleaned, with what its caller knows and wishes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Final, NamedTuple, Self

from naming.cleaning import clean_all
from naming.cleaning.bounds import CUT, PROMPT_EXTENT, Extent
from naming.names import NAME_LAW, InvalidName, NameLaw, TaskName
from naming.secrets import Budget, Redacted
from naming.text.folding import fold
from naming.text.pointers import says_little
from naming.text.tokens import Subject

HALF: Final = 0.5  # the part of a title's words that must be another's before it says the same

MAX_MESSAGES: Final = 200

FIRST: Final = Extent(900, 400)
LATEST: Final = Extent(400, 200)
ANSWER: Final = Extent(0, 200)
"""Characters that are read of the first request, of each later turn and of the last answer.

Together with the turns for which there is space, they are about what is read of one prompt."""

SPACE: Final = 900  # characters for the first turns of the person, and as many for the latest


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


@dataclass(frozen=True, eq=False)
class Request:
    """What a person asks for, without what machines put around it and without secrets.

    `text` is what cleaning gave, `prompts` what it gave it of, and `redacted` what was read of
    these, to know its secrets again. `question` is what Claude is asked, in a conversation about
    more than `text`. `current` is what the task is called now.
    """

    text: str
    question: Question
    prompts: Sequence[str] = ()
    redacted: Sequence[Redacted] = ()
    current: TaskName | None = None

    @classmethod
    def of(cls, prompt: str, budget: Budget | None = None) -> Self:
        """Clean `prompt`, of any length, into a request, within `budget` (see `clean_all`)."""
        (text,), redacted = _cleaned([(prompt, PROMPT_EXTENT)], budget)
        return cls(text, Question(text), (prompt,), redacted)

    def knowing(self, context: str) -> Self:
        """Give the same request with what its caller knows beside it."""
        (text,), redacted = _cleaned([(context, PROMPT_EXTENT)])
        return replace(
            self,
            question=self.question._replace(context=text),
            prompts=(*self.prompts, context),
            redacted=(*self.redacted, *redacted),
        )

    def wishing(self, language: str, *, kind: bool) -> Self:
        """Give the same request with a wish for a language, and for the kind of work."""
        return replace(self, question=self.question._replace(language=language, wants_kind=kind))

    def called(self, name: str, display_name: str, law: NameLaw = NAME_LAW) -> Self:
        """Give the same request for a task that is called so now; `law` is what names keep.

        What is no name to answer with, such as a legacy one or one that repeats a secret of the
        prompt, is none to keep: the request is then that of a task without a name.
        """
        try:
            current = TaskName(name, display_name, law=law)
        except InvalidName:
            return self
        if self.is_repeated_in(*current):
            return self
        return replace(self, question=self.question._replace(title=display_name), current=current)

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
        return f"{self.text}\n\n{self.question.context}".strip()

    @cached_property
    def named_after(self) -> str:
        """The text whose words name the task: the context, where the prompt is hardly one."""
        context = self.question.context
        if context and any(map(says_little, (self.text, self.prompts[0]))):
            return context
        return self.text

    def is_repeated_in(self, *texts: str) -> bool:
        """Tell whether a secret of the prompt stands in one of `texts`."""
        return any(each.is_repeated_in(*texts) for each in self.redacted)


def _cleaned(
    texts: Sequence[tuple[str, Extent]], budget: Budget | None = None
) -> tuple[list[str], list[Redacted]]:
    cleaned, redacted = clean_all(texts, budget)
    return cleaned, [redacted] if redacted.secrets else []


class Role(StrEnum):
    """Who wrote a message."""

    USER = "user"
    ASSISTANT = "assistant"


def read_conversation(messages: Sequence[tuple[Role, str]]) -> Request:
    """Make a request of a conversation: its first turns, its last ones, and little of the answers.

    Of one message alone it is the same as of a prompt.
    """
    if len(messages) == 1:
        return Request.of(messages[0][1])
    theirs = [at for at, (role, _) in enumerate(messages) if role is Role.USER]
    theirs = theirs or list(range(len(messages)))
    answers = [at for at in range(len(messages)) if at not in theirs]
    picked = dict.fromkeys(_fill(theirs, messages) + _fill(theirs[::-1], messages), LATEST)
    picked[theirs[0]] = FIRST
    picked |= dict.fromkeys(answers[-1:], ANSWER)
    order = sorted(picked)
    budget = Budget()
    cleaned, redacted = _cleaned([(messages[at][1], picked[at]) for at in order], budget)
    if not cleaned:
        return Request.of("\n\n".join(messages[at][1] for at in theirs), budget)
    said = dict(zip(order, cleaned, strict=True))
    return Request(
        "\n\n".join(filter(None, (said[at] for at in order if at in theirs))),
        Question("\n\n".join(_lines(said, messages)), is_conversation=True),
        ["\n".join(picked[at].of(messages[at][1]) for at in order)],
        redacted,
    )


def _fill(turns: Sequence[int], messages: Sequence[tuple[Role, str]]) -> list[int]:
    """Take turns while there is space for them."""
    lengths = (min(len(messages[at][1]), LATEST.whole) for at in turns)
    taken = accumulate(lengths, initial=0)
    return [at for at, before in zip(turns, taken, strict=False) if before < SPACE]


def _lines(said: dict[int, str], messages: Sequence[tuple[Role, str]]) -> Iterable[str]:
    for before, at in pairwise((-1, *said)):
        if any(role is Role.USER for role, _ in messages[before + 1 : at]):
            yield CUT
        if said[at]:
            yield f"{messages[at][0].capitalize()}: {said[at]}"
