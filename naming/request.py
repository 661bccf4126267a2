"""The request: a prompt, once cleaned; what is asked about it is computed when first asked."""

from __future__ import annotations

from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, Final

from naming.cleaning import PROMPT_EXTENT, clean_all, looked_at
from naming.names import InvalidName, TaskName
from naming.secrets import leaks
from naming.text.folding import fold
from naming.text.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Sequence

CONVERSATION: Final = "\x01"
"""Begins a question about a conversation; no cleaned text holds it."""

CURRENT: Final = "\x02"
"""Begins a question about a task that has a name."""

HALF: Final = 0.5
"""The part of a title's words that must be another's before it says the same."""


class Request:
    """What a person asks for, without what machines put around it and without secrets.

    `text` is what cleaning gave. `prompts` are what it gave it of, for requests that held a secret.
    Claude is asked about `question`, the text itself for a prompt alone. `current` is what the task
    is called now.
    """

    current: TaskName | None = None

    def __init__(
        self,
        text: str,
        *,
        question: str | None = None,
        prompts: Sequence[str] = (),
        held_secret: bool = False,
    ) -> None:
        self.text = text
        self.question = text if question is None else question
        self._said = self.question.removeprefix(CONVERSATION)
        self.held_secret = held_secret
        self._prompts = prompts

    @classmethod
    def of(cls, prompt: str) -> Request:
        """Clean `prompt`, of any length, into a request."""
        (text,), held_secret = clean_all([(prompt, PROMPT_EXTENT)])
        return cls(text, prompts=(prompt,), held_secret=held_secret)

    def called(self, name: str, display_name: str) -> Request:
        """Give the same request for a task that is called so now.

        What is no name to answer with, such as a legacy one or one that repeats a secret of the
        prompt, is none to keep: the request is then that of a task without a name.
        """
        try:
            current = TaskName(name, display_name)
        except InvalidName:
            return self
        if self.is_repeated_in(*current):
            return self
        called = copy(self)
        called.question = f"{CURRENT}Current title: {display_name}\n\n{self._said}"
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
        return Subject.read(self.text)

    def is_repeated_in(self, *texts: str) -> bool:
        """Tell whether a secret of the prompt stands in one of `texts`."""
        if not self.held_secret:
            return False
        seen = [looked_at(prompt) for prompt in self._prompts]
        return any(leaks(text, each) for text in texts for each in seen)
