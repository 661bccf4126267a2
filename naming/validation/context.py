"""What is judged and against what: a candidate and its request, each answer computed once."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from naming.request import Request
from naming.slug import slug_words
from naming.text.folding import ends, fold
from naming.text.scripts import main_script, prose_of, scripts_of, weigh_scripts, without_names
from naming.text.tokens import STEM_LENGTH, Subject, common_words

SAME_SUBJECT: Final = 0.5
"""The part of a line's words that must be another's before both speak of the same."""

MOST_OF_LAST: Final = 600  # characters of a request among which its last clause is looked for

_CLAUSE_END: Final = re.compile(r"[,:.]\s+|\n")


class Candidate:
    """A proposed title: one trimmed line."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def folded(self) -> str:
        """It as texts are compared."""
        return fold(self.text)

    @cached_property
    def slug(self) -> str:
        """Its words in lower-case ASCII, joined by hyphens."""
        return slug_words(self.text)


class RequestContext:
    """A request as the judges of titles see it."""

    def __init__(self, request: Request) -> None:
        self.text = request.whole
        self.wanted = request.question.language.partition("-")[0].lower()
        """The language that the title must be in; empty where it is that of the request."""
        self.subject: Subject = request.subject
        self.folded = self.subject.folded
        self._prompts = request.prompts

    @cached_property
    def uncleaned(self) -> str:
        """It folded as it came, with what cleaning left out."""
        text = "\n".join(self._prompts)
        return self.folded if text == self.text else fold(ends(text))

    @cached_property
    def prose(self) -> str:
        """The lines that are the request itself."""
        return prose_of(self.text)

    @cached_property
    def scripts(self) -> frozenset[str]:
        """The scripts that it is written in."""
        return scripts_of(self.prose, self.text)

    @property
    def passages(self) -> Iterator[str]:
        """Its prose, and its first and its last clause where they are long: each has a language."""
        yield self.prose
        first = _CLAUSE_END.split(self.prose, maxsplit=1)[0]
        last = _CLAUSE_END.split(self.text[-MOST_OF_LAST:])[-1]
        yield from (without_names(clause) for clause in (first, last) if " " in clause)

    @cached_property
    def length(self) -> int:
        """About how much it says: the binary logarithm of its number of words, up to 7."""
        return min(len(self.subject.words - common_words()), 127).bit_length()

    def resembles(self, word: str) -> bool:
        """Tell whether it has a word like a folded `word`: its stem, or four letters of it."""
        return word[:STEM_LENGTH] in self.subject.stems or any(
            word[at : at + STEM_LENGTH] in self.folded for at in range(len(word) - STEM_LENGTH + 1)
        )

    def is_in_script_of(self, title: str) -> bool:
        """Tell whether `title` is mostly in a script of the request's. Signs are in any."""
        if title.isascii() and self.text.isascii():
            return True
        written = weigh_scripts(title)
        return not written or main_script(written) in self.scripts
