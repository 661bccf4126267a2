"""CSV files of tasks (RFC 4180, and as spreadsheets write them), changed in two fields only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from naming.rename.reading import Unreadable, find_columns
from naming.rename.task_file import BOM, Record, cut_records
from naming.rename.tasks import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from naming.rename.source import Layout

DELIMITERS: Final = ",;\t"
MAX_HEADER: Final = 1 << 16


class _Grammar:
    """The patterns of a field and a record for one delimiter, with possessive quantifiers."""

    def __init__(self, d: str) -> None:
        self.delimiter = d
        quoted = r'"[^"]*+(?:""[^"]*+)*+"'
        field = rf'(?:{quoted}(?=[{d}\r\n]|\Z)|(?!")[^{d}\r\n]*+)'
        self.field = re.compile(rf"({field})(?:{d}|\Z)")
        self.record = re.compile(rf"{field}(?:{d}{field})*+(\r\n|\n|\r|\Z)")
        self.text_behind_quote = re.compile(rf'(?:{field}{d})*+{quoted}[^"\r\n{d}]')

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Tell where each field of a record without its line end begins and ends."""
        spans = []
        # The last field ends the record, so the loop is always left by `break`.
        for match in self.field.finditer(text):  # pragma: no branch
            spans.append(match.span(1))
            if match.end(1) == len(text):
                break
        return spans

    def values(self, text: str) -> list[str]:
        """Read the fields of a record."""
        return [_value(text[slice(*span)]) for span in self.spans(text.rstrip("\r\n"))]


class CsvFormat:
    """The format of a CSV file with a header line, of one delimiter or whichever it has."""

    def __init__(self, layout: Layout, delimiters: str = DELIMITERS) -> None:
        self._layout = layout
        self._grammars = [_Grammar(delimiter) for delimiter in delimiters]
        self._grammar = self._grammars[0]

    def records(self, file: TextIO) -> Iterator[Record]:
        """Read the file's records, the header first. Raises Unreadable."""
        grammar = self._grammar = self._grammar_of(file.read(MAX_HEADER).removeprefix(BOM))
        file.seek(0)
        where, width = dict[str, int](), 0
        line = 1
        for line, text, _ in cut_records(file, self._end):
            body = text.rstrip("\r\n")
            if text == BOM or (where and not body):
                yield Record(line, text)
            elif not where:
                names = [name.strip() for name in grammar.values(text)]
                where, width = self._header(names), len(names)
                yield Record(line, text)
            else:
                spans = grammar.spans(body)
                if len(spans) != width:
                    raise Unreadable(
                        f"line {line}: {len(spans)} fields where the header has {width}"
                    )
                yield Record(
                    line,
                    text,
                    {
                        field: (_value(body[slice(*spans[at])]), *spans[at])
                        for field, at in where.items()
                    },
                )
        if not where:
            self._header([])

    def _end(self, text: str, at: int, is_all: bool) -> tuple[int, None] | None:  # noqa: FBT001
        match = self._grammar.record.match(text, at)
        # A match that reaches the text's end may be the start of a longer one.
        if match is not None and (is_all or match.end() < len(text)):
            return match.end(), None
        if self._grammar.text_behind_quote.match(text, at):
            raise Unreadable("text behind a closing quotation mark")
        if is_all:
            raise Unreadable("a quotation mark that is never closed")
        return None

    def _grammar_of(self, start: str) -> _Grammar:
        """Find the delimiter that splits the header into most of the wanted columns, or of any."""
        wanted = {self._layout.columns.get(field, field) for field in FIELDS}

        def found(grammar: _Grammar) -> tuple[int, int]:
            match = grammar.record.match(start)
            names = [] if match is None else grammar.values(match[0])
            return len(wanted.intersection(name.strip() for name in names)), len(names)

        return max(self._grammars, key=found)

    def _header(self, names: list[str]) -> dict[str, int]:
        if not any(names):
            raise Unreadable("line 1: empty; the first line names the columns")
        try:
            found = find_columns(self._layout.columns, names, self._layout.optional)
        except Unreadable as error:
            raise Unreadable(f"line 1: {error}") from None
        return {field: names.index(column) for field, column in found.items()}

    def plain(self, value: str | None) -> str:
        """Spell a value with quotation marks where it needs them."""
        text = value or ""
        needs_quotes = any(char in text for char in ('"', self._grammar.delimiter, "\r", "\n"))
        return '"' + text.replace('"', '""') + '"' if needs_quotes else text

    def spells(self, text: str, value: str | None) -> bool:
        """Tell whether a text is a field that holds a value."""
        found = self._grammar.field.fullmatch(text)
        return found is not None and found[1] == text and _value(text) == (value or "")


def _value(text: str) -> str:
    return text[1:-1].replace('""', '"') if text.startswith('"') else text
