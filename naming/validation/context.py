"""What a candidate is judged against: what its request says, each answer computed once."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from naming.text.language import MAX_PROSE, languages_of
from naming.text.patterns import WordPattern
from naming.text.scripts import prose_of, scripts_of, without_names
from naming.text.tokens import content_words, is_unspaced
from naming.validation.candidate import MAX_JUDGED
from naming.validation.injection import demanded_answers
from naming.validation.phrases import FAILURE, LACKS

if TYPE_CHECKING:
    from naming.request import Request
    from naming.text.subject import Subject

MAX_QUESTION: Final = 300
"""Characters. A longer request asks for more than an answer."""

FEW_WORDS: Final = 3
"""Words. A shorter request says so little that its title may add no more than that.

Talk is the likelier then."""

FEW_LETTERS: Final = 7
"""The same in letters, where words are not spaced."""

_ASKS: Final = re.compile(
    r"[?？؟;]\s*$|^¿"
    r"|^(?:the )?(?:difference|explain|define|convert|calculate|meaning of)\b"
    r"|^(?:so |and |but |ok |hey |please )?(?:what|how|which|where|when|who|why|is|are|was|were"
    r"|do|does|did|can|could|should|would|will|has|have)(?:'?s|'?re|n't)?\b"
    r"|^(?:wie|was|wer|wo|wann|warum|wieso|welche\w*|ist|sind|kann|gibt|hoe|wat|waarom"
    r"|comment|pourquoi|quel(?:le)?s?|combien|est-ce|como|por que|cual(?:es)?|cuant\w+|quien"
    r"|quanto\w*|qual|quais|come|perche|quali|quanti"
    r"|что|как|почему|зачем|кто|где|когда|сколько|какой|какая|какие)\b"
)
"""How a folded question is known: by its mark or by its first word."""

_ADDRESS: Final = re.compile(r"\w+://\S+")
_WISH: Final = WordPattern(r"\b{wishes}\b|{wishes without spaces}", "validation.txt")


class RequestContext:
    """A request as the judges of titles see it."""

    def __init__(self, request: Request) -> None:
        self.text = request.text
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
    def demanded_answers(self) -> tuple[tuple[int, int], ...]:
        """Where in the folded text literal answers stand that it demands."""
        return tuple(demanded_answers(self.folded))

    @cached_property
    def is_question(self) -> bool:
        """Whether it asks something."""
        return len(self.folded) <= MAX_QUESTION and _ASKS.search(self.folded) is not None

    @cached_property
    def without_addresses(self) -> str:
        """Its folded text without addresses."""
        return _ADDRESS.sub(" ", self.folded)

    @cached_property
    def reports_failure(self) -> bool:
        """Whether it says that something fails, is missing or is not clear."""
        text = _WISH.compiled.sub(" ", self.without_addresses)
        return FAILURE.find(text) is not None or LACKS.find(text) is not None

    @cached_property
    def says_little(self) -> bool:
        """Whether it has hardly a word beside addresses."""
        if len(self.folded) > MAX_JUDGED:
            return False
        text = self.without_addresses
        return (
            len(content_words(text)) < FEW_WORDS
            or 0 < sum(map(is_unspaced, text)) == len(text) < FEW_LETTERS
        )

    @cached_property
    def has_few_words(self) -> bool:
        """Whether it has but a few words, addresses among them."""
        return len(content_words(self.folded)) < FEW_WORDS

    def share(self, line: str) -> float:
        """Measure which part of a folded line's content words occurs in the request: 0 to 1."""
        return self.subject.share(line)
