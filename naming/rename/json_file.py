"""JSON files of tasks: objects a line each, or in an array. Every byte but the names' stays."""

from __future__ import annotations

import json
import re
from json.decoder import scanstring  # type: ignore[attr-defined] # there since Python 2
from typing import TYPE_CHECKING, Any, Final

from naming.rename.reading import Unreadable, find_columns
from naming.rename.task_file import BOM, Record, cut_records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from naming.rename.source import Layout

_BETWEEN: Final = re.compile(r"[ \t\r\n,\[\]]+")
_SPACE: Final = re.compile(r"[ \t\r\n]*")
_scan: Final = json.JSONDecoder().scan_once  # type: ignore[attr-defined] # what raw_decode is made of

_NEITHER: Final = "not a JSON object, nor an array of them"

Members = dict[str, tuple[Any, int, int]]


class JsonFormat:
    """The format of a file of JSON objects: a line each, or in one array."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

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

    def _read(self, text: str, at: int, is_all: bool) -> tuple[int, Members | None] | None:  # noqa: FBT001
        """Read what stands between objects, or an object's fields. Raises Unreadable."""
        if between := _BETWEEN.match(text, at):
            return between.end(), None
        try:
            end, every = _object(text, at)
        except (ValueError, StopIteration, IndexError, RecursionError):
            if is_all:
                raise Unreadable(_NEITHER) from None
            return None  # it may go on
        found = find_columns(self._layout.columns, every, self._layout.optional)
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
    """Read an object's members with where each value stands; of equal keys the last one counts.

    Raises Unreadable, or where the object does not end in the text any of the errors above.
    """
    found: Members = {}
    at = _expect(text, start, "{")
    while text[at] != "}":
        if found:
            at = _expect(text, at, ",")
        key, at = scanstring(text, _expect(text, at, '"', space=False), True)  # noqa: FBT003 # its own signature
        begin = _expect(text, _skip(text, at), ":")
        value, end = _scan(text, begin)
        found[key] = (value, begin - start, end - start)
        at = _skip(text, end)
    return at + 1, found


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _expect(text: str, at: int, char: str, *, space: bool = True) -> int:
    if text[at] != char:
        raise Unreadable(_NEITHER)
    return _skip(text, at + 1) if space else at + 1
