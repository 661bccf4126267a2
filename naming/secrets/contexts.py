"""Credentials that what stands around them marks: requests, links, markup, commands, programs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from naming.secrets.rules import Finding, condition, read_fields
from naming.secrets.searching import WORK_OF_A_VALUE, Rule
from naming.secrets.values import KINDS, is_nothing_secret

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from naming.secrets.searching import Text

_QUOTES: Final = frozenset("\"'`*|/")


@dataclass(frozen=True)
class Context:
    """What must stand before a word where that matters, and what the value must be like."""

    check: Callable[[str], bool]
    word: str
    before: str
    reach: int
    """Characters before the word that may say what stands there."""
    is_word: bool
    """These are no white space."""

    @cached_property
    def _before(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{self.before})\Z")

    def _first(self, text: str, at: int) -> int:
        """Say where what stands before a word begins at most."""
        first = max(0, at - self.reach)
        return max(first, text.rfind(" ", first, at)) if self.is_word else first

    def find(self, text: Text, last: re.Match[str]) -> Iterable[Finding]:
        """Find the credential in the place that a rule has matched, if there is one."""
        first, at = last, last.start()
        text.work += WORK_OF_A_VALUE + last.end() - at
        if self.before:
            text.work += self.reach // 2
            before = self._before.search(text.small, self._first(text.small, at), at)
            if before is None:
                return ()
            first = before if "value" in self._before.groupindex else last
        groups = last.re.groupindex
        start = first.start("value")
        end = (last if "value" in groups else first).end("value")
        sep = first.start("sep")
        sep = start - 1 if sep < 0 else sep  # the quote in front
        if text.is_hidden(sep, end):
            return ()
        whole = text.shown[start:end].rstrip(".,;:?)]}")
        end = start + len(whole)
        is_quoted = {text.shown[start - 1 : start], text.shown[end : end + 1]} <= _QUOTES
        value = whole if is_quoted else whole.rstrip(".,;:!?)]}")
        if is_nothing_secret(value):
            return ()
        if not self.check(value):
            if value == whole or not self.check(whole):
                return ()
            value = whole  # a password may end with an exclamation mark, like a sentence
        end = start + len(value) + (is_quoted and sep < start)
        end = last.end("end") if "end" in groups else end
        return (Finding(sep, end, self.word, value),)


def _rule(fields: dict[str, str]) -> Rule:
    context = Context(
        condition(fields["check"], KINDS),
        fields.get("word", ""),
        fields.get("before", ""),
        int(fields.get("reach", "240")),
        fields.get("unbroken") == "yes",
    )
    words = fields["words"].split("|")
    return Rule(words, fields["pattern"], context.find, int(fields.get("work", "0")))


RULES: Final = tuple(map(_rule, read_fields("contexts")))
