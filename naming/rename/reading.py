"""What a value in a row means: one reading of every field, whatever kind of source it is in."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from naming.rename.errors import one_line
from naming.rename.tasks import FIELDS, Names, Task, bounded, owner_scope
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


class Unreadable(Exception):
    """What stands there cannot be read. The message begins with its field or line, unquoted."""


@cache
def active_pattern() -> str:
    """Give the pattern of marks of rows that are not deleted, in lower case.

    Both this language and PostgreSQL read it, and the one below, alike.
    """
    words = sorted(words_in(WORDS, "empty values") | words_in(WORDS, "marks of active rows"))
    return rf"^\s*({'|'.join(map(re.escape, words))}|{NEVER})?\s*$"


@cache
def deleted_pattern() -> str:
    """Give the pattern of marks of deleted rows, in lower case."""
    words = sorted(words_in(WORDS, "marks of deleted rows"))
    return rf"^\s*({'|'.join(map(re.escape, words))}|{NUMBER}|{DATE})\s*$"


def is_deleted(value: object) -> bool:
    """Read a mark of deletion. Raises Unreadable."""
    if value is None or value == "":
        return False
    if isinstance(value, str | int | float):
        mark = str(value).lower()
        if re.search(active_pattern(), mark):
            return False
        if re.search(deleted_pattern(), mark, re.DOTALL):
            return True
    raise Unreadable("deleted_at: is neither empty nor a date, and says neither yes nor no")


def read_key(field: str, value: object) -> str | None:
    """Read an id or an owner's: text, a whole number, or bytes, told in hexadecimal digits.

    None where there is none. Raises Unreadable.
    """
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
    owner_id, deleted = (
        read_key("owner_id", values["owner_id"]),
        is_deleted(values.get("deleted_at")),
    )
    own = () if deleted else (owner_scope(owner_id),)
    name, title = values.get("name", ""), values["display_name"]
    if not isinstance(name, str):
        raise Unreadable("name: is not a string")
    if not isinstance(title, str | None):
        raise Unreadable("display_name: is neither a string nor null")
    names = Names(_whole("name", name), title and _whole("display_name", title))
    scopes = dict.fromkeys([*own, *(scope for scope in told if scope is not None)])
    return Task(id_, owner_id, names, read_prompt(values["prompt"]), deleted, (*scopes,))


def _whole(field: str, value: str) -> str:
    """Refuse half a surrogate pair, which equals nothing and no plan can hold."""
    if not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value):
        raise Unreadable(f"{field}: holds half a surrogate pair")
    return value


def read_prompt(value: object) -> str:
    """Read a prompt: text, or the text in messages that are kept as JSON. Raises Unreadable."""
    if value is None:
        return ""
    if isinstance(value, str):
        return bounded(
            "" if value.strip().lower() in words_in(WORDS, "empty values") else _text_of(value)
        )
    if isinstance(value, dict | list):
        found = list(_texts(value))
        if value and not found and not _is_message(value):
            raise Unreadable("prompt: is JSON that holds no text")
        return bounded("\n\n".join(found))
    raise Unreadable("prompt: is not text")


def _text_of(value: str) -> str:
    """Take the text out of a column's text where that is messages; other JSON is a prompt."""
    if value.lstrip()[:1] in {"[", "{"}:
        try:
            found = json.loads(value)
        except (ValueError, RecursionError):
            return value
        if _is_message(found):
            return "\n\n".join(_texts(found))
    return value


HOLDERS: Final = (
    "content", "parts", "text", "messages", "message", "history", "prompt", "value"
)  # fmt: skip
"""The keys under which messages keep their text, the first that there is."""

SPEAKERS: Final = ("role", "from", "author", "sender")
USERS: Final = frozenset({"user", "human", "person"})
TEXT_TYPES: Final = frozenset({"text", "input_text", "message", "user", "human"})
"""The types of parts that a person wrote; others are images, files, thoughts, calls of tools."""


def _is_message(value: object) -> bool:
    """Tell whether a value is a message, or several, or an object of them by their ids."""
    if isinstance(value, list):
        return bool(value) and all(
            isinstance(part, str)
            or (isinstance(part, dict) and ("type" in part or _is_message(part)))
            for part in value
        )
    if isinstance(value, dict) and value:
        held = (isinstance(value.get(key), str | list | dict) for key in HOLDERS)
        return _speaker(value) is not None or any(held) or all(map(_is_message, value.values()))
    return False


def _speaker(message: Mapping[str, object]) -> str | None:
    said = (message.get(key) for key in SPEAKERS)
    return next((speaker.lower() for speaker in said if isinstance(speaker, str)), None)


def _texts(value: object) -> Iterator[str]:
    """Give the texts in messages or their parts: the user's, where it says who is speaking."""
    if isinstance(value, str):
        if value.strip():
            yield value
    elif isinstance(value, list):
        speakers = {_speaker(part) for part in value if isinstance(part, dict)}
        for part in value:
            is_heard = not isinstance(part, dict) or _speaker(part) in USERS
            if is_heard or speakers.isdisjoint(USERS):
                yield from _texts(part)
    elif isinstance(value, dict):
        kind = value.get("type", "text")
        held = [value[key] for key in HOLDERS if value.get(key)]
        if held and (not isinstance(kind, str) or kind in TEXT_TYPES):
            yield from _texts(held[0])
        elif not held and _is_message(value):
            yield from _texts(list(value.values()))


def find_columns(
    columns: Mapping[str, str], there: Collection[str], optional: Iterable[str]
) -> dict[str, str]:
    """Find the column of each field among those that are `there`; all but `optional` must be.

    Raises Unreadable, which names every column that is missing and those that there are.
    """
    wanted = {field: columns.get(field, field) for field in FIELDS}
    found = {field: column for field, column in wanted.items() if column in there}
    twice = [field for field, column in found.items() if list(there).count(column) > 1]
    if twice:
        raise Unreadable(f"{_called(twice[0], found[twice[0]])}: there are two such columns")
    missing = wanted.keys() - found.keys() - (set(optional) - columns.keys())
    if missing:
        called = ", ".join(_called(field, wanted[field]) for field in FIELDS if field in missing)
        are = "there is no such column" if len(missing) == 1 else "there are no such columns"
        # The first line of a file without a header is a task, whose prompt is nobody's business.
        shown = ", ".join(map(one_line, there)) if found else "perhaps a header is missing"
        raise Unreadable(f"{called}: {are}; {f'there are {shown}' if found else shown}")
    return found


def _called(field: str, column: str) -> str:
    return field if field == column else f"{field} ({one_line(column)})"
