"""CSV files of tasks (RFC 4180, and as spreadsheets write them), changed in two fields only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from naming.rename.reading import (
    Unreadable,
    find_columns,
    is_deleted,
    read_id,
    read_key,
    read_prompt,
)
from naming.rename.task_file import UTF8_BOM, Malformed, Record, decode
from naming.rename.tasks import FIELDS, Names, Task

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

    from naming.rename.source import Layout

CHUNK_BYTES: Final = 1 << 20
MAX_RECORD_BYTES: Final = 1 << 26
"""A record longer than 64 MB is a quotation mark that nobody closed."""

DELIMITERS: Final = b",;\t"
MAX_HEADER_BYTES: Final = 1 << 16


class _Grammar:
    """The patterns of a field and a record for one delimiter, with possessive quantifiers."""

    def __init__(self, delimiter: bytes) -> None:
        d = re.escape(delimiter)
        quoted = rb'"[^"]*+(?:""[^"]*+)*+"'
        bare = rb'(?!")[^' + d + rb"\r\n]*+"
        field = rb"(?:" + quoted + rb"(?=[" + d + rb"\r\n]|\Z)|" + bare + rb")"
        self.field = re.compile(rb"(" + field + rb")(?:" + d + rb"|\Z)")
        self.record = re.compile(field + rb"(?:" + d + field + rb")*+(\r\n|\n|\r|\Z)")
        self.text_behind_quote = re.compile(
            rb"(?:" + field + d + rb")*+" + quoted + rb'[^"\r\n' + d + rb"]"
        )


_GRAMMARS: Final = {bytes([delimiter]): _Grammar(bytes([delimiter])) for delimiter in DELIMITERS}


class CsvFormat:
    """The format of a CSV file with a header line, of one delimiter or whichever it has."""

    def __init__(self, layout: Layout, delimiters: bytes = DELIMITERS) -> None:
        self._layout = layout
        self._delimiters = delimiters
        self._delimiter = ","

    def records(self, file: BinaryIO) -> Iterator[Record]:
        """Read the file's records, the header first. Raises Malformed."""
        start = file.read(CHUNK_BYTES)
        bom = UTF8_BOM if start.startswith(UTF8_BOM) else b""
        self._delimiter = self._delimiter_of(start[len(bom) :])
        grammar = _GRAMMARS[self._delimiter.encode()]
        lines = _split(file, start[len(bom) :], grammar)
        number, header = next(lines, (1, b""))
        if not header.strip(b"\r\n"):
            raise Malformed("line 1: empty; the first line names the columns")
        where, width = self._header(decode(header, 1), grammar)
        yield Record(number, bom + header)
        for number, raw in lines:
            yield self._record(number, raw, where, width, grammar)

    def _delimiter_of(self, start: bytes) -> str:
        """Find the delimiter that splits the header into most of the wanted columns, or of any."""
        wanted = {self._layout.columns.get(field, field).encode() for field in FIELDS}

        def found(delimiter: str) -> tuple[int, int]:
            grammar = _GRAMMARS[delimiter.encode()]
            match = grammar.record.match(start[:MAX_HEADER_BYTES])
            fields = [] if match is None else _fields(match[0].rstrip(b"\r\n"), grammar)
            return len(wanted.intersection(map(_bare, fields))), len(fields)

        return max(map(chr, self._delimiters), key=found)

    def _header(self, text: str, grammar: _Grammar) -> tuple[dict[str, int], int]:
        names = [_value(raw).strip() for raw in _fields(text.encode().rstrip(b"\r\n"), grammar)]
        try:
            found = find_columns(self._layout.columns, names, self._layout.optional)
        except Unreadable as error:
            raise Malformed(f"line 1: {error}") from None
        return {field: names.index(column) for field, column in found.items()}, len(names)

    def _record(
        self, number: int, raw: bytes, where: dict[str, int], width: int, grammar: _Grammar
    ) -> Record:
        body = raw.rstrip(b"\r\n")
        if not body:
            return Record(number, raw)
        decode(raw, number)
        spans = _spans(body, grammar)
        fields = [body[begin:end] for begin, end in spans]
        if len(fields) != width:
            raise Malformed(f"line {number}: {len(fields)} fields where the header has {width}")
        value = {field: _value(fields[at]) for field, at in where.items()}
        places = {field: where[field] for field in Names._fields if field in where}
        try:
            task = Task(
                id=read_id(value["id"]),
                owner_id=read_key("owner_id", value["owner_id"]),
                names=Names(value.get("name", ""), value["display_name"]),
                prompt=read_prompt(value["prompt"]),
                raw={field: fields[at].decode() for field, at in places.items()},
            )
            deleted = is_deleted(value.get("deleted_at"))
        except Unreadable as error:
            raise Malformed(f"line {number}: {error}") from None
        return Record(
            number, raw, task, deleted, {field: spans[at] for field, at in places.items()}
        )

    def rewrite(self, record: Record, names: Names, raw: Mapping[str, str] | None) -> bytes:
        """Write a record with other names, quoted as the fields are now where that is possible."""
        assert record.task is not None  # noqa: S101 # only tasks are renamed
        assert record.task.raw is not None  # noqa: S101
        new = self._respelt(record.task.raw, record.task.names, names)
        for field, value in zip(Names._fields, names, strict=True):
            if field in new and raw and self._spells(raw.get(field, ""), value or ""):
                new[field] = raw[field]
        replaced = record.raw
        for field, (start, end) in sorted(record.spans.items(), key=lambda pair: -pair[1][0]):
            replaced = replaced[:start] + new[field].encode() + replaced[end:]
        return replaced

    def _spells(self, raw: str, value: str) -> bool:
        """Tell whether `raw` is a field that holds `value`; somebody may have edited the plan."""
        field = raw.encode("utf-8", "surrogatepass")
        found = _GRAMMARS[self._delimiter.encode()].field.fullmatch(field)
        return found is not None and found[1] == field and _value(field) == value

    def raw_of(self, task: Task, new: Names) -> Mapping[str, str] | None:
        """Tell how the old names are spelt, where a change to `new` would lose their quotes."""
        assert task.raw is not None  # noqa: S101 # it came from here
        back = self._respelt(self._respelt(task.raw, task.names, new), new, task.names)
        return {field: raw for field, raw in task.raw.items() if back[field] != raw} or None

    def _respelt(self, raw: Mapping[str, str], now: Names, new: Names) -> dict[str, str]:
        """Spell new names in place of those spelt `raw`: quoted where those are, or must be.

        Old text that needs its quotes tells no habit; then the field `name` shows that of the file.
        """
        spelt = {}
        for field, old, value in zip(Names._fields, now, new, strict=True):
            if field not in raw:
                continue
            teller = "name" if self._needs_quotes(old or "") and "name" in raw else field
            quoted = raw[teller].startswith('"') or self._needs_quotes(value or "")
            spelt[field] = '"' + (value or "").replace('"', '""') + '"' if quoted else value or ""
        return spelt

    def _needs_quotes(self, value: str) -> bool:
        return any(char in value for char in ('"', self._delimiter, "\r", "\n"))


def _split(file: BinaryIO, buffer: bytes, grammar: _Grammar) -> Iterator[tuple[int, bytes]]:
    """Cut a file into records, each with the number of its first line. Raises Malformed."""
    number, at, ended = 1, 0, False
    while True:
        match = grammar.record.match(buffer, at)
        # A match that reaches the buffer's end may be the start of a longer one.
        if match is not None and (ended or match.end() < len(buffer)) and match.end() > at:
            raw = match[0]
            yield number, raw
            at = match.end()
            number += raw.count(b"\n") + raw.count(b"\r") - raw.count(b"\r\n")
            continue
        if grammar.text_behind_quote.match(buffer, at):
            raise Malformed(f"line {number}: text behind a closing quotation mark")
        if ended:
            if at < len(buffer):
                raise Malformed(f"line {number}: a quotation mark that is never closed")
            return
        if len(buffer) - at > MAX_RECORD_BYTES:
            raise Malformed(f"line {number}: a record of more than {MAX_RECORD_BYTES >> 20} MB")
        chunk = file.read(max(CHUNK_BYTES, len(buffer) - at))
        buffer, at, ended = buffer[at:] + chunk, 0, not chunk


def _spans(body: bytes, grammar: _Grammar) -> list[tuple[int, int]]:
    """Tell where each field of a record begins and ends."""
    spans = []
    # The last field ends the record, so the loop is always left by `break`.
    for match in grammar.field.finditer(body):  # pragma: no branch
        spans.append(match.span(1))
        if match.end(1) == len(body):
            break
    return spans


def _fields(body: bytes, grammar: _Grammar) -> list[bytes]:
    return [body[begin:end] for begin, end in _spans(body, grammar)]


def _value(raw: bytes) -> str:
    if raw[:1] == b'"':
        return raw[1:-1].decode().replace('""', '"')
    return raw.decode()


def _bare(raw: bytes) -> bytes:
    """Take a column's name as it stands in the header, which may not be UTF-8."""
    return (raw[1:-1].replace(b'""', b'"') if raw[:1] == b'"' else raw).strip()
