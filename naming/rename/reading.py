"""What a value in a row means: one reading of every field, whatever kind of source it is in."""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Final

from naming.cleaning.wrappers import open_json
from naming.rename.tasks import FIELDS, Names, Task, owner_scope
from naming.rename.terminal import BadInput, one_line
from naming.text.word_files import words_in

WORDS: Final = "rename.txt"

DATE: Final = (
    r"[0-9]{4}[-/.]?[0-9]{1,2}[-/.]?[0-9]{1,2}([ t].*)?"
    r"|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}([ ,].*)?"
    r"|([a-z]{3,9},? )?([0-9]{1,2} [a-z]{3,9}|[a-z]{3,9} [0-9]{1,2}),? [0-9]{4}([ ,].*)?"
)
"""Dates as databases and programs write them, in lower case, with whatever stands behind."""

NEVER: Final = r"000[01]-01-01([ t].*)?|0000-00-00([ t].*)?|9999-12-31([ t].*)?|0+([.]0*)?"
"""Zero, and the dates that stand for none: the first and the last that a date can be."""

NUMBER: Final = r"[0-9]+([.][0-9]*)?(e[+]?[0-9]+)?"

LONGEST_PROMPT: Final = 32_768
HEAD: Final = 8_192
TAIL: Final = 16_384  # characters. Cleaning reads less of either end, so the middle is not kept


class Unreadable(Exception):
    """What stands there cannot be read. The message begins with its field or line, unquoted."""


def active_pattern() -> str:
    """Give the pattern, for Python and PostgreSQL, of lower-case marks of rows not deleted."""
    return rf"^\s*({_any_of('empty values', 'marks of active rows')}|{NEVER})?\s*$"


@cache
def _any_of(*sections: str) -> str:
    words = {word for section in sections for word in words_in(WORDS, section)}
    return "|".join(map(re.escape, sorted(words)))


def is_deleted(value: object) -> bool:
    """Read a mark of deletion. Raises Unreadable."""
    if value is None or value == "":
        return False
    if isinstance(value, str | int | float):
        mark = str(value).lower()
        if re.search(active_pattern(), mark):
            return False
        deleted = rf"\s*({_any_of('marks of deleted rows')}|{NUMBER}|{DATE})\s*"
        if re.fullmatch(deleted, mark, re.DOTALL):
            return True
    raise Unreadable("deleted_at: is neither empty nor a date, and says neither yes nor no")


def read_key(field: str, value: object) -> str | None:
    """Read a key: text, a whole number, or bytes, told in hex; None for none. Raises Unreadable."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    if value is not None and not isinstance(value, str):
        raise Unreadable(f"{field}: is neither a string nor a whole number")
    return None if value in {None, "", "NULL", r"\N"} else _whole(field, value)


def read_task(values: Mapping[str, object], told: Iterable[str | None] = ()) -> Task:
    """Read the fields of a task, with the scopes that unique indexes tell. Raises Unreadable."""
    if (id_ := read_key("id", values["id"])) is None:
        raise Unreadable("id: is empty")
    owner_id = read_key("owner_id", values["owner_id"])
    deleted = is_deleted(values.get("deleted_at"))
    name, title = values.get("name", ""), values["display_name"]
    if not isinstance(name, str):
        raise Unreadable("name: is not a string")
    if not isinstance(title, str | None):
        raise Unreadable("display_name: is neither a string nor null")
    names = Names(_whole("name", name), title and _whole("display_name", title))
    scopes = dict.fromkeys([None if deleted else owner_scope(owner_id), *told])
    within = tuple(scope for scope in scopes if scope is not None)
    return Task(id_, owner_id, names, read_prompt(values["prompt"]), deleted, within)


def is_utf8(text: str) -> bool:
    """Tell whether UTF-8 can hold a text: half a surrogate pair it cannot, nor can a plan."""
    return text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text)


def _whole(field: str, value: str) -> str:
    if not is_utf8(value):
        raise Unreadable(f"{field}: holds half a surrogate pair")
    return value


def read_prompt(value: object) -> str:
    """Read a prompt: text, or JSON, which is read as in any other prompt. Raises Unreadable."""
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, str | None):
        raise Unreadable("prompt: is not text")
    if value is None or value.strip().lower() in words_in(WORDS, "empty values"):
        return ""
    if len(value) > LONGEST_PROMPT and len(value := open_json(value)) > LONGEST_PROMPT:
        return value[:HEAD] + value[-TAIL:]
    return value


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a source keeps what is known of a task. Raises BadInput for what cannot be."""

    columns: Mapping[str, str]  # the columns of fields that are called otherwise there
    table: str | None = None
    has_names: bool = True  # whether names are changed, not display names alone

    def __post_init__(self) -> None:
        """Refuse a column of no field, and one to be changed that is of two fields but a prompt."""
        if unknown := self.columns.keys() - set(FIELDS):
            raise BadInput(f"--column: {one_line(min(unknown))} is none of {', '.join(FIELDS)}")
        called = {field: self.columns.get(field, field) for field in FIELDS if field != "prompt"}
        for one, other in combinations(called, 2):
            if called[one] == called[other] and not {one, other}.isdisjoint(Names._fields):
                column = one_line(called[one])
                raise BadInput(f"--column: {one} and {other} cannot both be in {column}")

    def find(self, there: Collection[str], hint: str = "") -> dict[str, str]:
        """Find the column of each field among those that are `there`. Raises Unreadable.

        It tells what is there, but a `hint` where that is perhaps not what columns are called.
        """
        wanted = {field: self.columns.get(field, field) for field in FIELDS}
        found = {field: column for field, column in wanted.items() if column in there}
        if twice := [field for field, column in found.items() if list(there).count(column) > 1]:
            raise Unreadable(f"{_called(twice[0], found[twice[0]])}: there are two such columns")
        # Without a mark of deletion every task is active.
        optional = {"deleted_at"} if self.has_names else {"deleted_at", "name"}
        known = found.keys() | (optional - self.columns.keys())
        if missing := [field for field in FIELDS if field not in known]:
            called = ", ".join(_called(field, wanted[field]) for field in missing)
            are = "there is no such column" if len(missing) == 1 else "there are no such columns"
            others = f"there are {', '.join(map(one_line, there))}"
            raise Unreadable(f"{called}: {are}; {others if found or not hint else hint}")
        return found


def _called(field: str, column: str) -> str:
    return field if field == column else f"{field} ({one_line(column)})"
