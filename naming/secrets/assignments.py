"""Values given to a password, key or token by name, and values near such a name.

Behind a **password's** name any value counts that stands in quotes or directly behind `=`. Behind
`:`, "is" or a space it must mix letters with digits or symbols, or be a number; a plain word counts
only where nothing follows it and its line begins with the name (`pwd: sunshine`) or somebody owns
it ("my password is sunshine"): that keeps titles such as "Reset password: email flow". Behind a
**key's** name, whose value a machine draws, it must look drawn. The tables of `kinds.txt` say this.

**Near** a name, in the same clause (`password → …`, "use … as the password"), only words that mix
letters and digits count. With nothing but punctuation, code or words of giving between name and
value, any such word does that is no term and no identifier; else it must look made up.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Final, NamedTuple

from naming.secrets.rules import Finding, Shapes, alternatives, condition, decision, read_rows
from naming.secrets.searching import FOUND, WORK_OF_A_VALUE, Rule, Text
from naming.secrets.values import KINDS
from naming.text.word_files import words_in

_SHAPES: Final = Shapes("assignments")

_WITHIN_WORDS: Final = words_in("secrets/names.txt", "within words")

_OPENING: Final = frozenset("\\\"'`“”«‘„「*")
_TRAILING: Final = ".,;:!?)]}>'\"`*’”»。，、；！？"
_MAX_JUDGED: Final = 300  # characters of a value that show what it is
_LEAD: Final = 40  # characters in front of a name that may say whose it is


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
    for name, expression in read_rows("kinds", "assignments"):
        checks[name] = condition(expression, checks)
    for name in ("quoted password", "plain password", "adjacent password", "password", "key"):
        checks[name.replace(" ", "_")] = decision(f"{name}s", checks)
    return checks


_CHECKS: Final = _checks()


def _rule(kind: str) -> Rule:
    """Make the rule for what is given to the names of passwords, or of keys."""
    rows = read_rows("names", f"{kind} names")
    names = "|".join(re.escape(start) + "".join(rest) for start, *rest in rows)
    is_secret = _CHECKS[kind]

    def find(text: Text, match: re.Match[str]) -> tuple[Finding, ...]:
        given = _given(text, match) if _is_name(text.shown, match) else None
        if given is None or text.is_hidden(given.start, given.end):
            return ()
        text.work += WORK_OF_A_VALUE + len(given.whole)
        if not given.value or KINDS["nothing_secret"](given.value):
            return ()
        text.work += WORK_OF_A_VALUE
        return (Finding(given.start, given.end, "", given.whole),) if is_secret(given) else ()

    words = [start for start, *_ in rows]
    return Rule(words, f"(?P<name>{names})(?:{_SHAPES.after.pattern})", find)


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Tell whether a word for a secret begins a word or a hump, or makes one with that before."""
    start, end = match.span("name")
    before = text[start - 1 : start]
    return (
        not (before.isalpha() and before.isascii())
        or match["name"] not in _WITHIN_WORDS
        or (text[start].isupper() and before.islower())
        or _SHAPES.compound.search(match.string, max(0, start - 30), end) is not None
    )


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
    start -= len(text.before(_SHAPES.name_backwards, start, 60))
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


# --- secrets near the word for them, on either side, without being given by `:`, `=` or "is"

_NEAR: Final = Shapes("near names")

_REACH: Final = 60  # characters between name and value, markup included
_MOST: Final = 3  # words looked at on either side of a name
_WORK_OF_A_PAIR: Final = 60  # of a name and a word


def _note(text: Text, name: re.Match[str]) -> Iterable[Finding]:
    text.near.append(name.span())
    return ()


RULES: Final = (
    *map(_rule, ("password", "key")),
    Rule(alternatives("prose", "words of names"), _NEAR.name.pattern, _note),
)


def find_near_names(text: Text) -> Iterator[Finding]:
    """Find values near a name in the same clause, unless one has been given to it."""
    names = [name for name in text.near if not text.rest.startswith(FOUND, name[1])]
    words = [*_words(text)] if names and _NEAR.digit.search(text.rest) else []
    for start, end in names:
        behind = bisect_left(words, (end,))
        for word in words[max(0, bisect_left(words, (start,)) - _MOST) : behind + _MOST]:
            at, value = word
            gap = at - end if at >= end else start - at - len(value)
            if not 0 <= gap <= _REACH:
                continue
            if not text.spend(_WORK_OF_A_PAIR, start):
                return
            if not text.is_hidden(at, at + len(value)) and _is_near(text, start, end, *word):
                yield Finding(at, at + len(value), "secret", value)


def _words(text: Text) -> Iterator[tuple[int, str]]:
    for run in _NEAR.run.finditer(text.rest):
        for word in _NEAR.word.finditer(text.rest, *run.span()):
            value = word[0].rstrip(".?!,;:&")
            end = word.start() + len(value)
            if text.shown[end : end + 1] not in {"(", "/"}:  # code
                yield word.start(), value


def _is_near(text: Text, start: int, end: int, at: int, value: str) -> bool:
    """Tell whether the word at `at` is the secret that the name at `start` to `end` speaks of."""
    last = at + len(value)
    exclaimed = _NEAR.mark_within.match(text.shown, last) is not None and not value.islower()
    gap = text.shown[end:at] if at >= end else text.shown[last + exclaimed : start]
    if (_NEAR.behind if at >= end else _NEAR.before).fullmatch(gap):
        return KINDS["plausible"](value)
    if _NEAR.between.fullmatch(gap) is None:
        return False
    if _NEAR.token.match(text.small, start):
        return KINDS["made_up"](value)
    return KINDS["plausible" if exclaimed else "thought_up"](value)
