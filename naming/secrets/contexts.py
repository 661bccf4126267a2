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
    def _match(self) -> Callable[[str, int], re.Match[str] | None]:
        return re.compile(self.expression).match

    @cached_property
    def _before(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{self.before})\Z")

    def find(self, text: Text, at: int) -> Iterable[Finding]:
        """Find the credential in the place that begins at `at`, if there is one."""
        match = self._match(text.small, at)
        if match is None:
            return ()
        text.work += WORK_OF_A_VALUE + match.end() - at
        if self.before:
            text.work += self.reach // 2
            before = self._before.search(text.small, max(0, at - self.reach), at)
            if before is None:
                return ()
            match = before if "value" in self._before.groupindex else match
        start, end = match.span("value")
        whole = text.shown[start:end].rstrip(".,;:?)]}")
        value = whole.rstrip(".,;:!?)]}")
        if values.is_nothing_secret(value):
            return ()
        if not self.check(value):
            if value == whole or not self.check(whole):
                return ()
            value = whole  # a password may end with an exclamation mark, like a sentence
        end = start + len(value)
        end += text.shown[end : end + 1] == text.shown[start - 1 : start] != " "  # the other quote
        return (Finding(match.start("sep"), end, self.word, value),)


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
