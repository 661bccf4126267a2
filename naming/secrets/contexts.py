"""Credentials that what stands around them marks: requests, links, markup, commands, programs."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from naming.secrets.rules import Finding, condition, read_fields
from naming.secrets.searching import WORK_OF_A_VALUE, Rule, Text
from naming.secrets.values import KINDS

_QUOTES: Final = frozenset("\"'`*|/")
_compiled: Final = cache(re.compile)


def _rule(fields: Mapping[str, str]) -> Rule:
    """Make the rule of a row: what stands at a word, and before it where that matters."""
    is_secret, reach = condition(fields["check"], KINDS), int(fields.get("reach", "240"))

    def find(text: Text, last: re.Match[str]) -> Iterable[Finding]:
        first, at = last, last.start()
        text.work += WORK_OF_A_VALUE + last.end() - at
        if "before" in fields:
            text.work += reach // 2
            start = max(0, at - reach)
            if "unbroken" in fields:
                start = max(start, text.small.rfind(" ", start, at))
            before = _compiled(rf"(?:{fields['before']})\Z").search(text.small, start, at)
            if before is None:
                return ()
            first = before if "value" in before.re.groupindex else last
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
        if KINDS["nothing_secret"](value):
            return ()
        if not is_secret(value):
            if value == whole or not is_secret(whole):
                return ()
            value = whole  # a password may end with an exclamation mark, like a sentence
        end = start + len(value) + (is_quoted and sep < start)
        end = last.end("end") if "end" in groups else end
        return (Finding(sep, end, fields.get("word", ""), value),)

    return Rule(fields["words"].split("|"), fields["pattern"], find, int(fields.get("work", "0")))


RULES: Final = tuple(map(_rule, read_fields("contexts")))
