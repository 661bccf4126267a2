"""Credentials that what stands around them marks: requests, links, markup, commands, programs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from naming.secrets import values
from naming.secrets.rules import Finding, read_fields
from naming.secrets.searching import WORK_OF_A_VALUE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from naming.secrets.searching import Text


_QUOTES: Final = frozenset("\"'`*|/")


@dataclass(frozen=True)
class Context:
    """A row of the table: what stands at a word, and before it where that matters."""

    words: tuple[str, ...]
    expression: str
    check: Callable[[str], bool]
    word: str = ""
    before: str = ""
    work: int = 0
    reach: int = 240
    """Characters before the word that may say what stands there."""

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self.expression)

    @cached_property
    def _before(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{self.before})\Z")

    def find(self, text: Text, at: int) -> Iterable[Finding]:
        """Find the credential in the place that begins at `at`, if there is one."""
        if (last := self._pattern.match(text.small, at)) is None:
            return ()
        first = last
        text.work += WORK_OF_A_VALUE + last.end() - at
        if self.before:
            text.work += self.reach // 2
            before = self._before.search(text.small, max(0, at - self.reach), at)
            if before is None:
                return ()
            first = before if "value" in self._before.groupindex else last
        groups = self._pattern.groupindex
        start = first.start("value")
        end = (last if "value" in groups else first).end("value")
        sep = first.start("sep")
        if text.is_hidden(sep, end):
            return ()
        whole = text.shown[start:end].rstrip(".,;:?)]}")
        end = start + len(whole)
        is_quoted = {text.shown[start - 1 : start], text.shown[end : end + 1]} <= _QUOTES
        value = whole if is_quoted else whole.rstrip(".,;:!?)]}")
        if values.is_nothing_secret(value):
            return ()
        if not self.check(value):
            if value == whole or not self.check(whole):
                return ()
            value = whole  # a password may end with an exclamation mark, like a sentence
        end = start + len(value) + (is_quoted and sep < start)
        end = last.end("end") if "end" in groups else end
        return (Finding(sep, end, self.word, value),)


CONTEXTS: Final = tuple(
    Context(
        words=tuple(fields["words"].split("|")),
        expression=fields["pattern"],
        check=getattr(values, fields["check"]),
        word=fields.get("word", ""),
        before=fields.get("before", ""),
        work=int(fields.get("work", "0")),
        reach=int(fields.get("reach", "240")),
    )
    for fields in read_fields("contexts")
)
