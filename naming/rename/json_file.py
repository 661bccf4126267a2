"""JSON files of tasks: objects a line each, or in an array. Every byte but the names' stays."""

from __future__ import annotations

import json
import re
from json.decoder import scanstring  # type: ignore[attr-defined] # there since Python 2
from typing import TYPE_CHECKING, Any, Final

from naming.rename.reading import (
    Unreadable,
    find_columns,
    is_deleted,
    read_id,
    read_key,
    read_name,
    read_prompt,
    read_title,
)
from naming.rename.task_file import UTF8_BOM, Malformed, Record, decode
from naming.rename.tasks import CHANGED, FIELDS, Names, Task

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

    from naming.rename.source import Layout

CHUNK_BYTES: Final = 1 << 20
MAX_RECORD_BYTES: Final = 1 << 26
"""A record longer than 64 MB is one that nobody ended."""

_MARK: Final = re.compile(rb'"(?:[^"\\]|\\.)*+"|["{}]', re.DOTALL)
_BETWEEN: Final = re.compile(rb"[ \t\r\n]*")
_SPACE: Final = re.compile(r"[ \t\r\n]*")
_scan: Final = json.JSONDecoder().scan_once  # type: ignore[attr-defined] # what raw_decode is made of

Members = dict[str, tuple[Any, int, int]]


class JsonFormat:
    """The format of a file of JSON objects: a line each, or in one array."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def records(self, file: BinaryIO) -> Iterator[Record]:
        """Read the file's objects, and what stands between them. Raises Malformed."""
        start = file.read(CHUNK_BYTES)
        is_array = start.removeprefix(UTF8_BOM).lstrip(b" \t\r\n").startswith(b"[")
        file.seek(0)
        for number, raw, is_object in _elements(file) if is_array else _lines(file):
            yield self._record(number, raw) if is_object else Record(number, raw)

    def _record(self, number: int, raw: bytes) -> Record:
        start = len(UTF8_BOM) if number == 1 and raw.startswith(UTF8_BOM) else 0
        text = decode(raw[start:], number)
        if not text.strip(" \t\r\n"):
            return Record(number, raw)
        try:
            found = self._members(text)
            value = {field: found[field][0] if field in found else None for field in FIELDS}
            task = Task(
                id=read_id(value["id"]),
                owner_id=read_key("owner_id", value["owner_id"]),
                names=Names(
                    read_name(value["name"]) if "name" in found else "",
                    read_title(value["display_name"]),
                ),
                prompt=read_prompt(value["prompt"]),
                raw={field: text[slice(*found[field][1:])] for field in CHANGED if field in found},
            )
            deleted = is_deleted(value["deleted_at"])
        except Unreadable as error:
            raise Malformed(f"line {number}: {error}") from None
        spans: dict[str, tuple[int, int]] = {
            field: found[field][1:] for field in CHANGED if field in found
        }
        return Record(number, raw, task, deleted, spans)

    def _members(self, text: str) -> Members:
        """Find a task's fields in one object, with where their values stand. Raises Unreadable."""
        try:
            every, twice = _object(text)
        except (ValueError, StopIteration, IndexError, RecursionError):
            raise Unreadable("not a JSON object") from None
        found = find_columns(self._layout.columns, every, self._layout.optional)
        for field, key in found.items():
            if key in twice:
                raise Unreadable(f"{field}: is there twice")
        return {field: every[key] for field, key in found.items()}

    def rewrite(self, record: Record, names: Names, raw: Mapping[str, str] | None) -> bytes:
        """Write a line with other names, with non-ASCII letters as the line has them."""
        start = len(UTF8_BOM) if record.line == 1 and record.raw.startswith(UTF8_BOM) else 0
        text = record.raw[start:].decode()
        assert record.task is not None  # noqa: S101 # only tasks are renamed
        new, old = names._asdict(), record.task.names._asdict()
        for field, (begin, end) in sorted(record.spans.items(), key=lambda place: -place[1][0]):
            value, now = new[field], old[field]
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
            if field in task.raw
            and old != value
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


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes, bool]]:
    """Cut a file into its lines, with their numbers. Raises Malformed."""
    number = 0
    while raw := file.readline(MAX_RECORD_BYTES + 1):
        number += 1
        if len(raw) > MAX_RECORD_BYTES:
            raise Malformed(f"line {number}: a line of more than {MAX_RECORD_BYTES >> 20} MB")
        yield number, raw, True


def _elements(file: BinaryIO) -> Iterator[tuple[int, bytes, bool]]:
    """Cut an array into its objects and what is between them. Raises Malformed."""
    buffer, at, number, wanted = file.read(CHUNK_BYTES), 0, 1, b"["
    if buffer.startswith(UTF8_BOM):
        at = len(UTF8_BOM)
        yield number, UTF8_BOM, False
    while True:
        start = _BETWEEN.match(buffer, at).end()  # type: ignore[union-attr] # it matches anything
        char, end = buffer[start : start + 1], start + 1
        if char == b"{" and char in wanted:
            if start > at:
                yield number, buffer[at:start], False
                number += buffer.count(b"\n", at, start)
                at = start
            end = _end_of_object(buffer, at)
        elif char and char not in wanted:
            number += buffer.count(b"\n", at, start)
            raise Malformed(f"line {number}: not an array of JSON objects")
        if char and end:
            yield number, buffer[at:end], char == b"{"
            number += buffer.count(b"\n", at, end)
            at, wanted = end, _NEXT[char]
            continue
        if len(buffer) - at > MAX_RECORD_BYTES:
            raise Malformed(f"line {number}: an object of more than {MAX_RECORD_BYTES >> 20} MB")
        if not (chunk := file.read(max(CHUNK_BYTES, len(buffer) - at))):
            break
        buffer, at = buffer[at:] + chunk, 0
    if wanted:
        raise Malformed(f"line {number}: an array that is never closed")
    yield number, buffer[at:], False


_NEXT: Final = {b"[": b"{]", b"{": b",]", b",": b"{", b"]": b""}
"""What may stand behind the parts of an array."""


def _end_of_object(buffer: bytes, at: int) -> int:
    """Find where the object at `at` ends; 0 where that is not in the buffer yet."""
    depth = 0
    for found in _MARK.finditer(buffer, at):
        if found[0] == b'"':  # a text that goes on
            return 0
        depth += {b"{": 1, b"}": -1}.get(found[0], 0)
        if not depth:
            return found.end()
    return 0
