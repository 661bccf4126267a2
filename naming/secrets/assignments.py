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
from typing import TYPE_CHECKING, Final

from naming.secrets.assigned_values import SECRET_KEY, Assignment, is_key, is_password
from naming.secrets.rules import Finding, Shapes, read_table
from naming.secrets.searching import WORK_OF_A_VALUE
from naming.secrets.values import is_nothing_secret
from naming.text.word_files import words_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from naming.secrets.searching import Text

_SHAPES: Final = Shapes("assignments")

_WITHIN_WORDS: Final = words_in("secrets/names.txt", "within words")

_OPENING: Final = frozenset("\\\"'`“”«‘„「*")
_TRAILING: Final = ".,;:!?)]}>'\"`*’”»。，、；！？"
_MAX_JUDGED: Final = 300
"""Characters of a value that show what it is."""


class Name:
    """A word that a name begins with, and what may be given to such a name."""

    def __init__(self, start: str, rest: str, check: Callable[[Assignment], bool]) -> None:
        self.words: Final = (start,)
        self.check: Final = check
        self._pattern: Final = re.compile(re.escape(start) + rest)

    def find(self, text: Text, at: int) -> Iterable[Finding]:
        """Find the secret that is given to the name that begins at `at`, if there is one."""
        name = self._pattern.match(text.small, at)
        if name is None or not _is_name(text.shown, name):
            return ()
        given = _given(text, name)
        if given is None or text.is_hidden(given.start, given.end):
            return ()
        text.work += WORK_OF_A_VALUE + len(given.value)
        judged = given._replace(value=given.value[:_MAX_JUDGED])
        if not given.value or is_nothing_secret(judged.value) or not self.check(judged):
            return ()
        return (Finding(given.start, given.end, "", given.value),)


NAMES: Final = tuple(
    Name(start, "".join(rest), check)
    for section, check in (("password names", is_password), ("key names", is_key))
    for start, *rest in read_table("names", section)
)

PASSWORD_NAMES: Final = tuple(name.words[0] for name in NAMES if name.check is is_password)


def _is_name(text: str, name: re.Match[str]) -> bool:
    before = text[name.start() - 1 : name.start()] if name.start() else ""
    if not before.isalpha() or not before.isascii():
        return True
    if name.group() not in _WITHIN_WORDS or (text[name.start()].isupper() and before.islower()):
        return True
    if name.group() in {"pass", "pw"} and _SHAPES.pass_of.search(
        text, max(0, name.start() - 8), name.start()
    ):
        return True
    return SECRET_KEY.search(name.string, max(0, name.start() - 30), name.end()) is not None


def _given(text: Text, name: re.Match[str]) -> Assignment | None:
    shown = text.shown
    other_script = not name.group()[-1].isascii()
    separator = _SHAPES.after.match(shown, name.end()) or (
        other_script and _SHAPES.after_other_script.match(shown, name.end())
    )
    if not separator:
        return None
    at = separator.end()
    if shown[at : at + 1] in _OPENING:
        text.work += min(2_000, len(shown) - at) // 8  # to the end of the line, if it never closes
    if (quoted := _SHAPES.quoted.match(shown, at)) is not None:
        value, end = quoted["fenced"] or quoted["inner"], quoted.end()
    elif (
        bare := (other_script and _SHAPES.bare_ascii.match(shown, at))
        or _SHAPES.bare.match(shown, at)
    ) is not None:
        text.work += bare.end() - at
        value = bare.group().rstrip(_TRAILING)
        end = at + len(value)
    else:
        return None
    if value.lower() == name.group() and not separator.group().strip(" \t:="):
        return None  # "token token"
    before = text.before(_SHAPES.name_backwards, name.start(), 60)
    name_start = name.start() - (before.end() if before else 0)
    return Assignment(
        separator.start("sep"),
        end,
        shown[name_start : name.end()],
        shown[max(0, name_start - 40) : name_start],
        separator["sep"] or ">",
        value,
        quoted is not None or not separator["sep"],
        shown[end : end + 12],
    )
