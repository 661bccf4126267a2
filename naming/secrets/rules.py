"""What the files of `naming/data/secrets` say: words, expressions, tables of rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from naming.secrets.normalization import fold_letters
from naming.text.word_files import read_sections

if TYPE_CHECKING:
    from collections.abc import Mapping

_FRAGMENTS: Final = "fragments"
_LIST: Final = re.compile(r"\(\?&(\w+)/([\w ]+)\)")
_FRAGMENT: Final = re.compile(r"\(\?&(\w+)\)")


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
    """The expressions of a section of the file of shapes, compiled, by their names.

    `(?&names/owners)` in one stands for the lines of the section [owners] of the file of names.
    """

    def __init__(self, section: str) -> None:
        for name, expression in map(_field, read_sections("secrets/shapes.txt")[section]):
            with_lists = _LIST.sub(lambda list_: alternatives(list_[1], list_[2]), expression)
            setattr(self, name, re.compile(_filled(with_lists, {})))

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> re.Pattern[str]:
            """Any name; one that the file has not fails when it is used."""


def read_words(file: str, section: str) -> tuple[str, ...]:
    """Give the words of a section, in order."""
    return tuple(" ".join(_sections(file)[section]).split())


def word_set(file: str, section: str) -> frozenset[str]:
    """Give the words of a section, to look one up."""
    return frozenset(read_words(file, section))


def alternatives(file: str, section: str) -> str:
    """Join the lines of a section to the alternatives of an expression."""
    return "|".join(_sections(file)[section])


def read_table(file: str, *names: str) -> list[list[str]]:
    """Give the columns of each line of the named sections of a file, of all unless some are named.

    Two spaces or more stand between columns. Fragments are put in; ␣ is a space.
    """
    fragments = _fragments(file)
    sections = names or [section for section in _sections(file) if section != _FRAGMENTS]
    return [
        [_filled(column, fragments) for column in re.split(" {2,}", entry)]
        for section in sections
        for entry in _sections(file)[section]
    ]


def read_fields(file: str) -> list[dict[str, str]]:
    """Give the fields of each section of a file, one a line."""
    fragments = _fragments(file)
    return [
        {name: _filled(value, fragments) for name, value in map(_field, lines)}
        for section, lines in _sections(file).items()
        if section != _FRAGMENTS
    ]


def _sections(file: str) -> Mapping[str, tuple[str, ...]]:
    """Read a file as the texts are searched: accented letters without their accents."""
    return {
        section: tuple(map(fold_letters, lines))
        for section, lines in read_sections(f"secrets/{file}.txt").items()
    }


def _fragments(file: str) -> dict[str, str]:
    return dict(map(_field, _sections(file).get(_FRAGMENTS, ())))


def _field(line: str) -> tuple[str, str]:
    name, _, value = line.partition("  ")
    return name, value.lstrip()


def _filled(expression: str, fragments: Mapping[str, str]) -> str:
    """Put in the fragments of `expression`, and theirs."""
    while _FRAGMENT.search(expression):
        expression = _FRAGMENT.sub(lambda name: fragments[name[1]], expression)
    return expression.replace("␣", " ").replace("\\u200c", "\u200c")
