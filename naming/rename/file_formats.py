"""The formats of files: CSV (RFC 4180, and as spreadsheets write it) and JSON, to the byte."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Final, NamedTuple, TextIO, TypeAlias

import regex

from naming.rename.reading import Layout, Unreadable, read_task
from naming.rename.tasks import FIELDS, Task

BOM: Final = "\ufeff"
CHUNK: Final = 1 << 20
MAX_RECORD: Final = 1 << 26  # characters. A longer record is one that nobody ended


class Record(NamedTuple):
    """One record with its line end, as it stands in the file."""

    line: int
    text: str
    fields: Mapping[str, tuple[Any, int, int]] = {}
    """The value of each field, and where in the text it stands; none where it is no task."""

    def task(self) -> Task | None:
        """Read the task that it is, if it is one. Raises Unreadable."""
        if not self.fields:
            return None
        try:
            return read_task({field: value for field, (value, _, _) in self.fields.items()})
        except Unreadable as error:
            raise Unreadable(f"line {self.line}: {error}") from None


def cut_records(
    file: TextIO, read: Callable[[str, int, bool], tuple[int, Any] | None]
) -> Iterator[tuple[int, str, Any]]:
    """Cut a file into records, each with the number of its first line and what was read of it.

    `read` is given some text, where the record begins, and whether the file ends with the text. It
    tells where the record ends, or None where that is not in the text yet. Raises Unreadable.
    """
    text, at, line, is_all = file.read(CHUNK), 0, 1, False
    if text.startswith(BOM):
        yield line, BOM, None
        at = 1
    while not (is_all and at == len(text)):
        try:
            found = read(text, at, is_all)
        except Unreadable as error:
            raise Unreadable(f"line {line}: {error}") from None
        if found is None:
            if len(text) - at > MAX_RECORD:
                size = f"{MAX_RECORD >> 20} million characters"
                raise Unreadable(f"line {line}: a record of more than {size}")
            chunk = file.read(max(CHUNK, len(text) - at))
            text, at, is_all = text[at:] + chunk, 0, not chunk
            continue
        record, at = text[at : found[0]], found[0]
        if not record.isascii():
            try:
                record.encode()
            except UnicodeEncodeError as error:
                line += record.count("\n", 0, error.start)
                raise Unreadable(f"line {line}: not UTF-8") from None
        yield line, record, found[1]
        line += record.count("\n") + record.count("\r") - record.count("\r\n")


Spans: TypeAlias = list[tuple[int, int]]  # where a record's fields stand in it

DELIMITERS: Final = ",;\t"
MAX_HEADER: Final = 1 << 16

_QUOTED: Final = re.compile(r'"[^"]*+(?:""[^"]*+)*+"')


@cache
def _field(d: str) -> re.Pattern[str]:
    """Compile a field, and what ends it: a delimiter, or the end of the record."""
    d = re.escape(d)
    return re.compile(rf'({_QUOTED.pattern}|(?!")[^{d}\r\n]*+)({d}|\r\n|\n|\r|\Z)')


_DECLARED: Final = re.compile(r'(?i)("?)sep=([^\w\s"]|\t)\1(?:\r\n|\n|\r|\Z)')
"""The line before the header that tells spreadsheets what is between fields."""


def _read(
    delimiter: str,
    text: str,
    at: int,
    is_all: bool,  # noqa: FBT001
) -> tuple[int, Spans] | None:
    """Tell where a record ends, and its fields. Raises Unreadable."""
    spans: Spans = []
    start, field = at, _field(delimiter)
    while (found := field.match(text, at)) is not None:
        at = found.end()
        if at == len(text) and not is_all:
            return None  # it may be the start of a longer one
        spans.append((found.start(1) - start, found.end(1) - start))
        if found[2] != delimiter:
            return at, spans
    if _QUOTED.match(text, at):
        raise Unreadable("text behind a closing quotation mark")
    if is_all:
        raise Unreadable("a quotation mark that is never closed")
    return None


@dataclass
class CsvFormat:
    """The format of a CSV file with a header line, and with whichever delimiter it has."""

    layout: Layout
    _delimiter: str = ""

    def records(self, file: TextIO) -> Iterator[Record]:
        """Read the file's records, the header first. Raises Unreadable."""
        start = file.read(MAX_HEADER).removeprefix(BOM)
        declared = _DECLARED.match(start)
        self._delimiter = declared[2] if declared else self._delimiter_of(start)
        file.seek(0)
        line, where, width = 1, dict[str, int](), 0
        for line, text, spans in cut_records(file, partial(_read, self._delimiter)):
            is_before = text == BOM or (line == 1 and declared)
            if is_before or (where and not text.rstrip("\r\n")):
                yield Record(line, text)
            elif not where:
                where, width = self._header(line, _values(text, spans)), len(spans)
                yield Record(line, text)
            elif len(spans) != width:
                raise Unreadable(f"line {line}: {len(spans)} fields where the header has {width}")
            else:
                found = ((field, spans[at]) for field, at in where.items())
                yield Record(line, text, {f: (_value(text[slice(*at)]), *at) for f, at in found})
        if not where:
            self._header(line, [])

    def _delimiter_of(self, start: str) -> str:
        """Find the delimiter that splits the header into most of the wanted columns, or of any."""
        wanted = {self.layout.columns.get(field, field) for field in FIELDS}
        found = {}
        for delimiter in DELIMITERS:
            names: list[str] = []
            with suppress(Unreadable):
                _, spans = _read(delimiter, start, 0, is_all=True) or (0, [])
                names = _values(start, spans)
            found[delimiter] = len(wanted.intersection(names)), len(names)
        return max(found, key=found.__getitem__)

    def _header(self, line: int, names: list[str]) -> dict[str, int]:
        if not any(names):
            raise Unreadable(f"line {line}: empty; the first line names the columns")
        try:
            # Without a header this is a task, whose prompt is nobody's business.
            found = self.layout.find(names, "perhaps a header is missing")
        except Unreadable as error:
            raise Unreadable(f"line {line}: {error}") from None
        return {field: names.index(column) for field, column in found.items()}

    def plain(self, value: str | None) -> str:
        """Spell a value with quotation marks where it needs them."""
        text = value or ""
        needs_quotes = any(char in text for char in ('"', self._delimiter, "\r", "\n"))
        return '"' + text.replace('"', '""') + '"' if needs_quotes else text

    def spells(self, text: str, value: str | None) -> bool:
        """Tell whether a text is a field that holds a value."""
        found = _field(self._delimiter).fullmatch(text)
        return found is not None and found[1] == text and _value(text) == (value or "")


def _values(text: str, spans: Spans) -> list[str]:
    """Read the names in a header."""
    return [_value(text[slice(*span)]).strip() for span in spans]


def _value(text: str) -> str:
    return text[1:-1].replace('""', '"') if text.startswith('"') else text


_BETWEEN: Final = re.compile(r"[ \t\r\n,\[\]]+")
_S: Final = r"[ \t\r\n]*"
_MEMBER: Final = rf'{_S}("[^"\\]*+(?:\\.[^"\\]*+)*+"){_S}:{_S}'
_FIRST: Final = regex.compile(rf"\{{(?:{_MEMBER}|{_S}\}})")
_NEXT: Final = regex.compile(rf"{_S}(?:,{_MEMBER}|\}})")
# What raw_decode is made of.
_scan: Final = json.JSONDecoder().scan_once  # type: ignore[attr-defined]

_NEITHER: Final = "not a JSON object, nor an array of them"

Members: TypeAlias = dict[str, tuple[Any, int, int]]


@dataclass
class JsonFormat:
    """The format of a file of JSON objects: a line each, or in one array."""

    layout: Layout

    def records(self, file: TextIO) -> Iterator[Record]:
        """Read the file's objects, and what stands between them. Raises Unreadable."""
        signs, allowed = "", {"", "[", "[]"}
        line, is_array = 1, False
        for line, text, members in cut_records(file, self._read):
            if members is None:
                blank = text.removeprefix(BOM)
                signs += "".join(blank.split())
                if signs not in allowed:
                    before = blank[: len(blank) - len(blank.lstrip())].count("\n")
                    raise Unreadable(f"line {line + before}: {_NEITHER}")
                is_array |= bool(signs)
                yield Record(line, text)
            elif signs in {"]", "[]"} or (is_array and not signs):
                raise Unreadable(f"line {line}: {_NEITHER}")
            else:
                signs, allowed = "", {"", ",", "]"} if is_array else {""}
                yield Record(line, text, members)
        if is_array and not signs.endswith("]"):
            raise Unreadable(f"line {line}: an array that is never closed")

    def _read(
        self,
        text: str,
        at: int,
        is_all: bool,  # noqa: FBT001
    ) -> tuple[int, Members | None] | None:
        """Read what stands between objects, or an object's fields. Raises Unreadable."""
        if between := _BETWEEN.match(text, at):
            return between.end(), None
        try:
            end, every = _object(text, at)
        except (ValueError, StopIteration, RecursionError):
            if is_all:
                raise Unreadable(_NEITHER) from None
            return None  # it may go on
        found = self.layout.find(every, "perhaps it is no task")
        return end, {field: every[key] for field, key in found.items()}

    def plain(self, value: str | None) -> str:
        """Spell a value with its letters as they are."""
        return json.dumps(value, ensure_ascii=False)

    def spells(self, text: str, value: str | None) -> bool:
        """Tell whether a text is JSON for a value."""
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            return False
        return "\n" not in text and (found, type(found)) == (value, type(value))


def _object(text: str, start: int) -> tuple[int, Members]:
    """Read an object's members, and where they stand. Raises Unreadable, or as above if cut."""
    found: Members = {}
    end = start
    while token := (_NEXT if found else _FIRST).match(text, end, partial=True):
        begin = token.end()
        if token[1] is None and not token.partial:
            return begin, found
        # Behind a partial one is the end of the text, and nothing to scan.
        value, end = _scan(text, begin)
        found[json.loads(token[1])] = (value, begin - start, end - start)
    raise Unreadable(_NEITHER)
