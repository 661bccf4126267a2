"""Credentials that what stands around them marks: requests, links, markup, commands, programs."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final

from naming.secrets.rules import Finding, condition, read_fields
from naming.secrets.searching import WORK_OF_A_VALUE, Rule, Text
from naming.secrets.values import KINDS, is_nothing_secret

_QUOTES: Final = frozenset("\"'`*|/")


class Context:
    """A row of the table: what stands at a word, and before it where that matters."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        words, work = fields["words"].split("|"), int(fields.get("work", "0"))
        self.rule: Final = Rule(words, fields["pattern"], self._find, work)
        self._fields: Final = fields
        self._check: Final = condition(fields["check"], KINDS)
        self._reach: Final = int(fields.get("reach", "240"))

    @cached_property
    def _before(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{self._fields['before']})\Z")

    def _find(self, text: Text, last: re.Match[str]) -> Iterable[Finding]:
        first, at = last, last.start()
        text.work += WORK_OF_A_VALUE + last.end() - at
        if "before" in self._fields:
            text.work += self._reach // 2
            start = max(0, at - self._reach)
            if "unbroken" in self._fields:
                start = max(start, text.small.rfind(" ", start, at))
            before = self._before.search(text.small, start, at)
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
        if not self._check(value):
            if value == whole or not self._check(whole):
                return ()
            value = whole  # a password may end with an exclamation mark, like a sentence
        end = start + len(value) + (is_quoted and sep < start)
        end = last.end("end") if "end" in groups else end
        return (Finding(sep, end, self._fields.get("word", ""), value),)


RULES: Final = tuple(Context(fields).rule for fields in read_fields("contexts"))
