"""What the files of `naming/data/secrets` say: lists of words, expressions, tables of rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from naming.text.word_files import read_sections

if TYPE_CHECKING:
    from collections.abc import Mapping

_FRAGMENTS: Final = "fragments"
_REFERENCE: Final = re.compile(r"\(\?&(?:(\w+)/)?([\w ]+)\)")


class Finding(NamedTuple):
    """A secret at `start` to `end` of a text.

    `word` says its kind; it is empty where the text before has said it already (`password: …`).
    `value` is the part that nobody may see again.
    """

    start: int
    end: int
    word: str
    value: str


class Shapes:
    """The expressions of a section of the file of shapes, compiled, by their names."""

    def __init__(self, section: str) -> None:
        for name, expression in map(_field, _sections("shapes")[section]):
            setattr(self, name, re.compile(_filled(expression, "shapes")))

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> re.Pattern[str]:
            """Any name; one that the file has not fails when it is used."""


def alternatives(file: str, section: str) -> list[str]:
    """Give the entries of a section, which bars part; they may be alternatives of an expression."""
    return "|".join(_sections(file)[section]).split("|")


def read_table(file: str, *names: str) -> list[list[str]]:
    """Give the columns of each line of the named sections of a file, of all unless some are named.

    Two spaces or more stand between columns.
    """
    sections = names or [section for section in _sections(file) if section != _FRAGMENTS]
    return [
        [_filled(column, file) for column in re.split(" {2,}", entry)]
        for section in sections
        for entry in _sections(file)[section]
    ]


def read_fields(file: str) -> list[dict[str, str]]:
    """Give the fields of each section of a file, one a line."""
    return [
        {name: _filled(value, file) for name, value in map(_field, lines)}
        for section, lines in _sections(file).items()
        if section != _FRAGMENTS
    ]


def _sections(file: str) -> Mapping[str, tuple[str, ...]]:
    return read_sections(f"secrets/{file}.txt")


def _field(line: str) -> tuple[str, str]:
    name, _, value = line.partition("  ")
    return name, value.lstrip()


def _filled(expression: str, file: str) -> str:
    """Put in what `expression` refers to, and what that refers to; ␣ is a space.

    `(?&name)` stands for a fragment of its file, `(?&names/owners)` for a section of another.
    """

    def referred(name: re.Match[str]) -> str:
        if name[1]:
            return "|".join(_sections(name[1])[name[2]])
        return dict(map(_field, _sections(file)[_FRAGMENTS]))[name[2]]

    while _REFERENCE.search(expression):
        expression = _REFERENCE.sub(referred, expression)
    return expression.replace("␣", " ").replace("\\u200c", "\u200c")
