"""What the files of `naming/data/secrets` say: lists of words, expressions, conditions, tables."""

import ast
import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple, TypeVar

from naming.text.word_files import read_sections

T = TypeVar("T")

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
    """The expressions of a section of the file of shapes, by their names."""

    def __init__(self, section: str) -> None:
        self._expressions = dict(read_rows("shapes", section))

    def __getattr__(self, name: str) -> re.Pattern[str]:
        """Compile the expression of that name, which the file must have, when first asked for."""
        pattern = re.compile(self._expressions[name])
        setattr(self, name, pattern)
        return pattern

    def checks(self, part: Callable[[T], str] = str) -> dict[str, Callable[[T], bool]]:
        """Give what tells, by name, whether a part of what is checked has the shape as a whole."""
        return {name: _is_whole(getattr(self, name), part) for name in self._expressions}


def _is_whole(pattern: re.Pattern[str], part: Callable[[T], str]) -> Callable[[T], bool]:
    match = pattern.fullmatch
    return lambda value: match(part(value)) is not None


def alternatives(file: str, section: str) -> list[str]:
    """Give the entries of a section, which bars part; they may be alternatives of an expression."""
    return _filled("|".join(_sections(file)[section]), file).split("|")


def read_rows(file: str, *names: str) -> list[list[str]]:
    """Give the columns of each line of the named sections of a file, of all unless some are named.

    Two spaces or more stand between columns.
    """
    sections = names or [section for section in _sections(file) if section != _FRAGMENTS]
    return [
        [_filled(column, file) for column in re.split(" {2,}", line)]
        for section in sections
        for line in _sections(file)[section]
    ]


def read_fields(file: str) -> list[dict[str, str]]:
    """Give the fields of each section of a file, one a line."""
    return [dict(read_rows(file, section)) for section in _sections(file) if section != _FRAGMENTS]


def _sections(file: str) -> Mapping[str, tuple[str, ...]]:
    return read_sections(f"secrets/{file}.txt")


def _filled(expression: str, file: str) -> str:
    """Put in what `expression` refers to, and what that refers to; ␣ is a space.

    `(?&name)` stands for a fragment of its file, `(?&names/owners)` for a section of another.
    """

    def referred(name: re.Match[str]) -> str:
        if name[1]:
            return "|".join(_sections(name[1])[name[2]])
        return dict(line.split("  ", 1) for line in _sections(file)[_FRAGMENTS])[name[2]].lstrip()

    while _REFERENCE.search(expression):
        expression = _REFERENCE.sub(referred, expression)
    return expression.replace("␣", " ").replace("\\u200c", "\u200c")


def condition(
    expression: str | ast.expr, terms: Mapping[str, Callable[[T], bool]]
) -> Callable[[T], bool]:
    """Build a check of `terms` joined by "and", "or" and "not"."""
    match expression:
        case str():
            return condition(ast.parse(expression, mode="eval").body, terms)
        case ast.Name(name):
            return terms[name]
        case ast.UnaryOp(ast.Not(), operand):
            negated = condition(operand, terms)
            return lambda value: not negated(value)
        case ast.BoolOp(_, [last]):
            return condition(last, terms)
        case ast.BoolOp(joint, [part, *others]):
            first, rest = condition(part, terms), condition(ast.BoolOp(joint, others), terms)
            if isinstance(joint, ast.Or):
                return lambda value: first(value) or rest(value)
            return lambda value: first(value) and rest(value)
    raise TypeError(ast.dump(expression))


def decision(section: str, terms: Mapping[str, Callable[[T], bool]]) -> Callable[[T], bool]:
    """Build the check that a table makes: of its conditions the first that holds decides.

    That of the last row always does.
    """
    *rows, (_, otherwise) = [
        [condition(column, terms) for column in row] for row in read_rows("kinds", section)
    ]

    def decide(value: T) -> bool:
        for when, then in rows:
            if when(value):
                return then(value)
        return otherwise(value)

    return decide
