"""JSON Lines files of tasks: one object a line. Every byte outside the two names stays as it is."""

from __future__ import annotations

import json
import re
from json.decoder import scanstring  # type: ignore[attr-defined] # there since Python 2
from typing import TYPE_CHECKING, Any, Final

from naming.rename.task_file import UTF8_BOM, Malformed, Record, decode
from naming.rename.tasks import FIELDS, OPTIONAL_FIELDS, Names, Task, bounded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

MAX_LINE_BYTES: Final = 1 << 26
_SPACE: Final = re.compile(r"[ \t\r\n]*")
_scan: Final = json.JSONDecoder().scan_once  # type: ignore[attr-defined] # what raw_decode is made of

Members = dict[str, tuple[Any, int, int]]


class JsonLinesFormat:
    """The format of a JSON Lines file. `columns` says which key holds a field of another name."""

    def __init__(self, columns: Mapping[str, str]) -> None:
        self._keys = {field: columns.get(field, field) for field in FIELDS}
        self._optional = OPTIONAL_FIELDS - columns.keys()

    def records(self, file: BinaryIO) -> Iterator[Record]:
        """Read the file's lines. Raises Malformed."""
        number = 0
        while raw := file.readline(MAX_LINE_BYTES + 1):
            number += 1
            if len(raw) > MAX_LINE_BYTES:
                raise Malformed(f"line {number}: a line of more than {MAX_LINE_BYTES >> 20} MB")
            yield self._record(number, raw)

    def _record(self, number: int, raw: bytes) -> Record:
        start = len(UTF8_BOM) if number == 1 and raw.startswith(UTF8_BOM) else 0
        text = decode(raw[start:], number)
        if not text.strip(" \t\r\n"):
            return Record(number, raw)
        found = self._members(number, text)
        name, display_name = found["name"], found["display_name"]
        names = Names(
            _string(number, "name", name[0]), _text(number, "display_name", display_name[0])
        )
        task = Task(
            id=_key(number, "id", found["id"][0]) or "",
            owner_id=_key(number, "owner_id", found["owner_id"][0]),
            names=names,
            prompt=bounded(_text(number, "prompt", found["prompt"][0], strict=False) or ""),
            raw={
                "name": text[name[1] : name[2]],
                "display_name": text[display_name[1] : display_name[2]],
            },
        )
        if not task.id:
            raise Malformed(f"line {number}: id: is empty")
        deleted = "deleted_at" in found and found["deleted_at"][0] not in (None, "", False)
        return Record(number, raw, task, deleted, (name[1:], display_name[1:]))

    def _members(self, number: int, text: str) -> Members:
        """Find a task's fields in one line, with where their values stand. Raises Malformed."""
        try:
            every, twice = _object(text)
        except (ValueError, StopIteration, IndexError, RecursionError):
            raise Malformed(f"line {number}: not a JSON object") from None
        found = {}
        for field, key in self._keys.items():
            if key in twice:
                raise Malformed(f"line {number}: {field}: is there twice")
            if key in every:
                found[field] = every[key]
            elif field not in self._optional:
                raise Malformed(f"line {number}: {field}: is missing")
        return found

    def rewrite(self, record: Record, names: Names, raw: Mapping[str, str] | None) -> bytes:
        """Write a line with other names, with non-ASCII letters as the line has them."""
        start = len(UTF8_BOM) if record.line == 1 and record.raw.startswith(UTF8_BOM) else 0
        text = record.raw[start:].decode()
        assert record.task is not None  # noqa: S101 # only tasks are renamed
        places = zip(Names._fields, names, record.task.names, record.spans, strict=True)
        for field, value, now, (begin, end) in sorted(places, key=lambda place: -place[3][0]):
            if raw and _spells(raw.get(field, ""), value):
                text = text[:begin] + raw[field] + text[end:]
            elif value != now:
                text = text[:begin] + _spelt(value, escaped=_escapes(text)) + text[end:]
        return record.raw[:start] + text.encode()

    def raw_of(self, task: Task, new: Names) -> Mapping[str, str] | None:
        """Tell how the old names are spelt, where it is not the plainest way."""
        assert task.raw is not None  # noqa: S101 # it came from here
        lost = {
            field: task.raw[field]
            for field, old, value in zip(Names._fields, task.names, new, strict=True)
            if old != value
            and (task.raw[field] != _spelt(old, escaped=False) or not task.raw[field].isascii())
        }
        return lost or None


def _object(text: str) -> tuple[Members, set[str]]:
    """Read an object's members with where each value stands, and which keys are there twice."""
    found: Members = {}
    twice = set()
    at = _expect(text, 0, "{")
    if text[at] == "}":
        at += 1
    else:
        while True:
            key, at = scanstring(text, _expect(text, at, '"', space=False), True)  # noqa: FBT003 # its own signature
            begin = _expect(text, _skip(text, at), ":")
            value, end = _scan(text, begin)
            if key in found:
                twice.add(key)
            found[key] = (value, begin, end)
            at = _skip(text, end)
            if text[at] == "}":
                at += 1
                break
            at = _expect(text, at, ",")
    if _skip(text, at) != len(text):
        raise ValueError
    return found, twice


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _expect(text: str, at: int, char: str, *, space: bool = True) -> int:
    at = _skip(text, at)
    if text[at] != char:
        raise ValueError
    return _skip(text, at + 1) if space else at + 1


def _escapes(line: str) -> bool:
    return line.isascii() and "\\u" in line


def _spells(raw: str, value: str | None) -> bool:
    """Tell whether `raw` is JSON for `value`; somebody may have edited the plan."""
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return False
    return "\n" not in raw and (found, type(found)) == (value, type(value))


def _spelt(value: str | None, *, escaped: bool) -> str:
    return json.dumps(value, ensure_ascii=escaped)


def _string(number: int, field: str, value: object) -> str:
    if not isinstance(value, str):
        raise Malformed(f"line {number}: {field}: is not a string")
    return _text(number, field, value) or ""


def _text(number: int, field: str, value: object, *, strict: bool = True) -> str | None:
    """Take a string or null. Half a surrogate pair equals nothing, so a name must not hold one."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise Malformed(f"line {number}: {field}: is neither a string nor null")
    if strict and any("\ud800" <= char <= "\udfff" for char in value):
        raise Malformed(f"line {number}: {field}: holds half a surrogate pair")
    return value


def _key(number: int, field: str, value: object) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is not None and not isinstance(value, str):
        raise Malformed(f"line {number}: {field}: is neither a string nor a whole number")
    return _text(number, field, value)
