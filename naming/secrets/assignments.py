"""Values given to a password, key or token by name.

`password=…`, `"apiKey": "…"`, `my password is …`, `--token …`.

The rule. Behind a **password's** name any value counts that stands in quotes or directly behind
`=`. Behind `:`, "is" or a space it must mix letters with digits or symbols, or be a number; a plain
word counts only where nothing follows it and its line begins with the name (`pwd: sunshine`) or
somebody owns it ("my password is sunshine"): that keeps titles such as "Reset password: email
flow". Behind a **key's** name, whose value a machine draws, it must look drawn. Placeholders,
types, expressions and terms such as `sha256` never count.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from naming.secrets.assigned_values import (
    COPULA,
    COPULA_OF_OTHER_SCRIPT,
    SECRET_KEY,
    Assignment,
    is_key,
    is_password,
)
from naming.secrets.rules import Finding, Rule, RuleIndex, alternatives, read_names, word_set
from naming.secrets.values import is_nothing_secret

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from naming.secrets.rules import Scan

_PASSWORD: Final = "password"  # noqa: S105 - a kind of name
_NAMES: Final = RuleIndex(
    Rule(keywords=(start,), expression=re.escape(start) + rest, check=kind)
    for kind in (_PASSWORD, "key")
    for start, rest in read_names(f"{kind} names")
)
_WITHIN_WORDS: Final = word_set("names", "within words")

_AFTER: Final = re.compile(
    rf"(?:[_-]?(?:{alternatives('names', 'name endings')}))?(?![^\W_])"
    # the end of a quoted name
    r"(?:\\?[\"'`]|%22|&quot;|[\]*>_~)}]|[\u2600-\u27bf\U0001f300-\U0001faff])*"
    r"(?P<whose> \([^()\n]{1,40}\)"
    rf"|(?: (?:{alternatives('names', 'owners behind')})(?= ?[:=]| is ))"
    r"|(?: as [a-z]{3,12}(?= ?=))"  # Dim pwd As String = "…"
    # "for the admin"
    rf"|(?: (?:{alternatives('names', 'prepositions')})(?: [\w@.'/-]{{1,30}}){{1,4}}?))?"
    r"(?P<sep>[ \t]*(?::=|=>|->|<-|<<<|[!=]==?|\?\?=?|\|\|=?|==?|:|：|＝|%3[ad])"
    r"(?:\*\*|__|</[a-z]{1,8}>)?[ \t]*(?:\r?\n){0,2}[ \t]*(?:[-*>][ \t]+)?"
    rf"|[ ](?:{COPULA})[: ][ ]{{0,2}}|[ ]\|[ ]"
    r"|(?(whose)(?!)|(?:[ \t]+|[ \t]*\r?\n[ \t]*))|(?<=\w>)(?=[^\s<>]{3,300}</))",
    re.IGNORECASE,
)
_AFTER_OTHER_SCRIPT: Final = re.compile(
    rf"(?P<sep>\s?(?:{COPULA_OF_OTHER_SCRIPT}|это|—|[:：=＝])\s{{0,3}}|\s?(?=[!-~“「«]))"
)

_QUOTED: Final = re.compile(
    r"```[a-z]*\n(?P<fenced>[^\n]{1,300})(?:\n```)?"
    r"|(?:[bfru@])?(?P<q>\\?\"|\\?'|`{1,3}|%22|&quot;|“|”|«|‘|„|「|'''|\"\"\"|"
    r"\*\*)\s?(?P<inner>[^\n]{1,300}?)\s?(?:(?P=q)|[”»’“」])"
)
_BARE: Final = re.compile(r"(?:(?![&;,|][\w.-]{1,40}[\"']?[=:]|\\[nrt](?![\w!-~])|</)\S){1,300}")
_EASY: Final = re.compile(r"[^\s&;,|\\<]{1,300}+(?![&;,|\\<])")
"""The same without a character that may end it: several times as fast, where one name stands behind
another."""

_TRAILING: Final = ".,;:!?)]}>'\"`*’”»。，、；！？"
_SUFFIX_OF_OTHER_SCRIPT: Final = re.compile(r"[^!-~].*", re.DOTALL)

_NAME_BEFORE: Final = re.compile(r"[\w.$-]{1,60}\Z")
_PASS_OF: Final = re.compile(
    rf"(?<![A-Za-z])(?:{alternatives('names', 'before pass')})\Z", re.IGNORECASE
)
_MAX_NESTED: Final = 8
"""Names within one value that are asked for theirs."""


def find_assignments(text: str, scanned: Scan) -> Iterator[Finding]:
    """Find values that are given to a password, key or token by name."""
    for rule in _NAMES.to_try(scanned):
        names = [name for name in rule.pattern.finditer(scanned.small) if _is_name(text, name)]
        for given in _given_to(names, text, is_password if rule.check == _PASSWORD else is_key):
            yield Finding(given.start, given.end, "", given.value)


def _given_to(
    names: list[re.Match[str]], text: str, is_secret: Callable[[Assignment], bool]
) -> Iterator[Assignment]:
    """Find the secrets that are given to `names`.

    Of many names within one value that is no secret (`key=key=key=…`) only the first and the last
    are asked for theirs, so that the time stays in proportion to the length of the text.
    """
    done, rejected, nested = 0, 0, 0
    for name, following in zip_longest(names, names[1:]):
        start = name.start()
        nested = nested + 1 if start < rejected else 0
        is_inner = nested > _MAX_NESTED and following is not None and following.start() < rejected
        if (
            start < done
            or is_inner
            or _is_repeated(text, name, following)
            or (given := _given(text, name)) is None
        ):
            continue
        if given.value and not is_nothing_secret(given.value) and is_secret(given):
            done = given.end
            yield given
        rejected = max(rejected, given.end)


def _is_repeated(text: str, name: re.Match[str], following: re.Match[str] | None) -> bool:
    """Tell whether the value of `name` is the same word again ("token token")."""
    if following is None or following.group() != name.group():
        return False
    return (
        not text[name.end() : following.start()].strip(" \t:=")
        and not text[following.end() : following.end() + 1].isalnum()
    )


def _is_name(text: str, name: re.Match[str]) -> bool:
    before = text[name.start() - 1 : name.start()] if name.start() else ""
    if not before.isalpha() or not before.isascii():
        return True
    if name.group() not in _WITHIN_WORDS or (text[name.start()].isupper() and before.islower()):
        return True
    if name.group() in {"pass", "pw"} and _PASS_OF.search(
        text, max(0, name.start() - 8), name.start()
    ):
        return True
    return SECRET_KEY.search(name.string, max(0, name.start() - 30), name.end()) is not None


def _given(text: str, name: re.Match[str]) -> Assignment | None:
    other_script = not name.group()[-1].isascii()
    separator = _AFTER.match(text, name.end()) or (
        other_script and _AFTER_OTHER_SCRIPT.match(text, name.end())
    )
    if not separator:
        return None
    at = separator.end()
    if (quoted := _QUOTED.match(text, at)) is not None:
        value, end = quoted["fenced"] or quoted["inner"], quoted.end()
    elif (bare := _EASY.match(text, at) or _BARE.match(text, at)) is not None:
        value = (
            _SUFFIX_OF_OTHER_SCRIPT.sub("", bare.group())
            if other_script and bare.group()[0] < "\x7f"
            else bare.group()
        )
        value = value.rstrip(_TRAILING)
        end = at + len(value)
    else:
        return None
    before = _NAME_BEFORE.search(text, max(0, name.start() - 60), name.start())
    name_start = before.start() if before else name.start()
    return Assignment(
        separator.start("sep"),
        end,
        text[name_start : name.end()],
        text[max(0, name_start - 40) : name_start],
        separator["sep"] or ">",
        value,
        quoted is not None or not separator["sep"],
        text[end : end + 12],
    )
