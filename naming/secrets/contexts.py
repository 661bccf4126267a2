"""Credentials that what stands around them marks: requests, links, markup, commands, programs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from naming.secrets import values
from naming.secrets.rules import Finding, RuleIndex, holds_one_of, read_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from naming.secrets.rules import Rule, Scan

_CHECKS: Final[Mapping[str, Callable[[str], bool]]] = {
    check.__name__: check
    for check in (
        values.is_anything,
        values.is_app_password,
        values.is_credential,
        values.is_drawn,
        values.is_grouped_key,
        values.is_hard_to_guess,
        values.is_literal,
        values.is_lower_case,
        values.is_passphrase,
        values.is_phrase_with_digits,
        values.is_text_of_call,
        values.is_typed,
    )
}
"""What a rule may ask of a value."""

_CONTEXTS: Final = RuleIndex(read_rules("contexts"))


def find_in_context(text: str, scanned: Scan) -> Iterator[Finding]:
    """Find credentials that stand in a place for them."""
    for rule in _CONTEXTS.to_try(scanned):
        yield from _found_by(rule, text, scanned.small)


def _found_by(rule: Rule, text: str, small: str) -> Iterator[Finding]:
    for match in rule.pattern.finditer(small):
        start, end = match.span("value")
        value = text[start:end].rstrip(".,;:!?)]}")
        if not values.is_nothing_secret(value) and _CHECKS[rule.check](value):
            first = match.start() if rule.word else match.start("sep")
            last = start + len(value)
            last += text[last : last + 1] == text[start - 1 : start] != " "  # the other quote
            yield Finding(first, last, rule.word, value)


# --- string literals: beside the name of what they are, in calls that sign in, and in statements.
# Programs have many calls and few texts that a password could be: these are looked for, and then
# what stands before them.

_BEFORE_LITERALS: Final = read_rules("string_literals")
_QUOTES: Final = "\"'`"
_LITERAL: Final = re.compile(r"[\"'`](?P<value>[^\s\"'`]{4,300})(?=[\"'`])")
_ROLE: Final = re.compile(
    r"(?:create|alter)\s+(?:role|user|login)\b[^;\n]{0,100}?"
    r"\bpassword(?P<sep>\s{0,3}=?\s{0,3}[\"'])(?P<value>[^\"'\n]{1,200})"
)
"""CREATE ROLE bob LOGIN PASSWORD '…': whatever stands there."""

_PLAUSIBLE: Final = re.compile(r"[0-9](?<!%[0-9])|[A-Za-z0-9][!#$^&*]")
_REACH: Final = 240
"""Characters before a text that say what it is."""


def find_string_literals(text: str, scanned: Scan) -> Iterator[Finding]:
    """Find texts in quotes that a program signs in, signs or stores with."""
    if not holds_one_of(_QUOTES, text):
        return
    small = scanned.small
    rules = [rule for rule in _BEFORE_LITERALS if any(word in small for word in rule.keywords)]
    for literal in _LITERAL.finditer(text) if rules else ():
        value = literal["value"]
        if not _PLAUSIBLE.search(value) or not values.is_literal(value):
            continue
        before = small[max(0, literal.start() - _REACH) : literal.start()]
        if any(
            rule.pattern.search(before) is not None and _CHECKS[rule.check](value) for rule in rules
        ):
            yield Finding(literal.start(), literal.end() + 1, "", value)
    if "role" in small or "user" in small or "login" in small:
        for role in _ROLE.finditer(small):
            start, end = role.span("value")
            yield Finding(role.start("sep"), end + 1, "", text[start:end])
