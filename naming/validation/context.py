"""What a candidate is judged against: what its request says, each answer computed once."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from naming.text.language import MAX_PROSE, languages_of
from naming.text.patterns import WordPattern
from naming.text.scripts import prose_of, scripts_of, without_names
from naming.text.tokens import content_words
from naming.validation.candidate import MAX_JUDGED

if TYPE_CHECKING:
    from naming.request import Request
    from naming.text.subject import Subject

MAX_QUESTION: Final = 300
"""Characters. A longer request asks for more than an answer."""

FEW_WORDS: Final = 3
"""Words. Beside a shorter request talk is the likelier."""

_ASKS: Final = WordPattern(r"[?？؟;]\s*$|^¿|^{questions}\b", "validation.txt", re.NOFLAG)
"""How a folded question is known: by its mark or by its first word."""

_ADDRESS: Final = re.compile(r"\w+://\S+")


class RequestContext:
    """A request as the judges of titles see it."""

    def __init__(self, request: Request) -> None:
        self.text = request.whole
        self.wanted = request.question.language.partition("-")[0].lower()
        """The language that the title must be in; empty where it is that of the request."""
        self.subject: Subject = request.subject
        self.folded = self.subject.folded

    @cached_property
    def prose(self) -> str:
        """The lines that are the request itself."""
        return prose_of(self.text)

    @cached_property
    def scripts(self) -> frozenset[str]:
        """The scripts that it is written in."""
        return scripts_of(self.prose, self.text)

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages of its prose, of what introduces a paste in it, and of its end.

        None when the first is not clear.
        """
        folded = self.folded if self.prose == self.text else None
        theirs = languages_of(self.prose, folded)
        if not theirs:
            return theirs
        end = without_names(self.text[-MAX_PROSE:].rpartition("\n")[2]).rstrip()
        others = {self.prose.partition(": ")[0], end} - {self.prose}
        return theirs.union(*map(languages_of, others))

    @cached_property
    def is_question(self) -> bool:
        """Whether it asks something."""
        return len(self.folded) <= MAX_QUESTION and _ASKS.compiled.search(self.folded) is not None

    @cached_property
    def links(self) -> bool:
        """Whether it has an address to look at."""
        return _ADDRESS.search(self.folded) is not None

    @cached_property
    def says_little(self) -> bool:
        """Whether it has hardly a word beside addresses."""
        return (
            len(self.folded) <= MAX_JUDGED
            and len(content_words(_ADDRESS.sub(" ", self.folded))) < FEW_WORDS
        )

    def share(self, line: str) -> float:
        """Measure which part of a folded line's content words occurs in the request: 0 to 1."""
        return self.subject.share(line)
