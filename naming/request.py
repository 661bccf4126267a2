"""The request: a prompt, once cleaned; what is asked about it is computed when first asked."""

from __future__ import annotations

from functools import cached_property

from naming.cleaning import clean_and_tell, looked_at
from naming.secrets import leaks
from naming.text.subject import Subject


class Request:
    """What a person asks for, without what machines put around it and without secrets.

    `text` is what `clean` gave. `prompt` is what it gave it of, for requests that held a secret.
    """

    def __init__(self, text: str, *, prompt: str | None = None, held_secret: bool = False) -> None:
        self.text = text
        self.held_secret = held_secret
        self._prompt = text if prompt is None else prompt

    @classmethod
    def of(cls, prompt: str) -> Request:
        """Clean `prompt`, of any length, into a request."""
        text, held_secret = clean_and_tell(prompt)
        return cls(text, prompt=prompt, held_secret=held_secret)

    @cached_property
    def subject(self) -> Subject:
        """What the request is about: its folded text, words and stems."""
        return Subject.read(self.text)

    def is_repeated_in(self, *texts: str) -> bool:
        """Tell whether a secret of the prompt stands in one of `texts`."""
        if not self.held_secret:
            return False
        seen = looked_at(self._prompt)
        return any(leaks(text, seen) for text in texts)
