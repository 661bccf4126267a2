"""Values given to a password, key or token by name.

`password=…`, `"apiKey": "…"`, `my password is …`, `--token …`.

The rule. Behind a **password's** name any value counts that stands in quotes or directly behind
`=`. Behind `:`, "is" or a space it must mix letters with digits or symbols, or be a number; a plain
word counts only where nothing follows it and its line begins with the name (`pwd: sunshine`) or
somebody owns it ("my password is sunshine"): that keeps titles such as "Reset password: email
flow". Behind a **key's** name, whose value a machine draws, it must look drawn. Placeholders,
types, expressions and terms such as `sha256` never count. The tables of `kinds.txt` say all this.
"""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from naming.secrets.rules import Finding, Shapes, condition, decision, read_pairs, read_table
from naming.secrets.searching import WORK_OF_A_VALUE, Rule
from naming.secrets.values import KINDS, is_nothing_secret
from naming.text.word_files import words_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from naming.secrets.searching import Text

_SHAPES: Final = Shapes("assignments")

_WITHIN_WORDS: Final = words_in("secrets/names.txt", "within words")

_OPENING: Final = frozenset("\\\"'`“”«‘„「*")
_TRAILING: Final = ".,;:!?)]}>'\"`*’”»。，、；！？"
_MAX_JUDGED: Final = 300
"""Characters of a value that show what it is."""
_LEAD: Final = 40
"""Characters in front of a name that may say whose it is."""


class Given(NamedTuple):
    """A value, and how it was given; `start` to `end` of the text is what gives it."""

    start: int
    end: int
    whole: str
    value: str
    """What is judged of the whole."""
    name: str
    lead: str
    """The name, and what stands in front of it, in small letters."""
    separator: str
    after: str
    quoted: bool


def _of_value(check: Callable[[str], bool]) -> Callable[[Given], bool]:
    return lambda given: check(given.value)


def _checks() -> dict[str, Callable[[Given], bool]]:
    checks = {name: _of_value(check) for name, check in KINDS.items()}
    checks["quoted"] = attrgetter("quoted")
    for field in ("name", "lead", "separator", "after"):
        checks |= Shapes(f"{field}s").checks(attrgetter(field))
    for name, expression in read_pairs("kinds", "assignments"):
        checks[name] = condition(expression, checks)
    for name in ("quoted password", "plain password", "adjacent password", "password", "key"):
        checks[name.replace(" ", "_")] = decision(f"{name}s", checks)
    return checks


_CHECKS: Final = _checks()


def _rule(kind: str) -> Rule:
    """Make the rule for what is given to the names of passwords, or of keys."""
    rows = read_table("names", f"{kind} names")
    starts = [start for start, *_ in rows]
    names = "|".join(re.escape(start) + "".join(rest) for start, *rest in rows)
    is_secret = _CHECKS[kind]

    def find(text: Text, match: re.Match[str]) -> Iterator[Finding]:
        end = match.end()
        start = end if (match["sep"] or ".").isspace() else match.end("name")
        if text.is_hidden(start, end + 1) or not _is_name(text.shown, match):
            return
        given = _given(text, match)
        if given is None or text.is_hidden(given.start, given.end):
            return
        text.work += WORK_OF_A_VALUE + len(given.whole)
        if given.value and not is_nothing_secret(given.value) and is_secret(given):
            yield Finding(given.start, given.end, "", given.whole)

    return Rule(
        [word for word in starts if not any(map(word.startswith, {*starts} - {word}))],
        f"(?P<name>{names})(?:{_SHAPES.after.pattern})",
        find,
    )


RULES: Final = (_rule("password"), _rule("key"))

PASSWORD_NAMES: Final = RULES[0].words


def _is_name(text: str, match: re.Match[str]) -> bool:
    start, end = match.span("name")
    name, before = match["name"], text[start - 1 : start] if start else ""
    if not before.isalpha() or not before.isascii():
        return True
    if name not in _WITHIN_WORDS or (text[start].isupper() and before.islower()):
        return True
    if name in {"pass", "pw"} and _SHAPES.pass_of.search(text, max(0, start - 8), start):
        return True
    return _SHAPES.secret_key.search(match.string, max(0, start - 30), end) is not None


def _given(text: Text, match: re.Match[str]) -> Given | None:
    """Read what is given to the name of `match`."""
    shown, at, start = text.shown, match.end(), match.start("name")
    name, separator = match["name"], match["sep"] or match["other"] or ""
    if shown[at : at + 1] in _OPENING:
        text.work += min(2_000, len(shown) - at) // 8  # to the end of the line, if it never closes
    if (quoted := _SHAPES.quoted.match(shown, at)) is not None:
        value, end = quoted["fenced"] or quoted["inner"], quoted.end()
    elif (
        bare := (not name[-1].isascii() and _SHAPES.bare_ascii.match(shown, at))
        or _SHAPES.bare.match(shown, at)
    ) is not None:
        text.work += bare.end() - at
        value = bare.group().rstrip(_TRAILING)
        end = at + len(value)
    else:
        return None
    if value.lower() == name and not shown[match.end("name") : at].strip(" \t:="):
        return None  # "token token"
    if start and not shown[start - 1].isspace():
        before = text.before(_SHAPES.name_backwards, start, 60)
        start -= before.end() if before else 0
    return Given(
        at - len(separator),
        end,
        value,
        value[:_MAX_JUDGED],
        shown[start : match.end("name")],
        match.string[max(0, start - _LEAD) : match.end("name")],
        separator or ">",
        shown[end : end + 12],
        quoted is not None or not separator,
    )
