"""JSON as models write it.

With comments, trailing commas, NaN, bare keys, other quotes and quotes nobody escaped.
"""

from __future__ import annotations

import re
from typing import Final, TypeAlias

Value: TypeAlias = "dict[str, Value] | list[Value] | str | None"
"""Numbers and literals are all None here: no field that we want can be one."""

MAX_DEPTH: Final = 32
"""Levels. Deeper nesting is nobody's answer."""

# A quote inside a string is taken for its end only where JSON may go on behind it, so that a title
# with unescaped quotes is read whole instead of cut at the first one.
_TOKEN: Final = re.compile(
    r"""\s*(?:(?://[^\n]*|/\*[^*]*\*/)\s*)*(?:(?P<mark>[{}\[\]:,])
    |"(?P<double>(?:[^"\\]|\\.|"(?!\s*[,:}\]]))*+)"
    |'(?P<single>(?:[^'\\]|\\.|'(?!\s*[,:}\]]))*+)'
    |(?P<literal>-?(?:\d[\d.eE+-]{0,40}|Infinity)|NaN|true|false|null|True|False|None)\b
    |“(?P<curly>[^“”]*)”
    |(?P<bare>[A-Za-z_]\w{0,40})(?=\s{0,9}:)
    |(?P<open>["'])|(?P<other>\S)|$)""",
    re.VERBOSE | re.DOTALL,
)
_STRINGS: Final = ("double", "single", "curly", "bare")
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_CONTROLS: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


class _NotJson(Exception):
    """What stands at a position to go on from is no JSON."""

    def __init__(self, at: int) -> None:
        self.at = at


def read_value(text: str, start: int) -> tuple[Value, int]:
    """Read the object or list that opens at `start`: its value, and the position to go on from.

    The value is None when the text is no JSON or ends before the value does. Nothing is read twice,
    so reading a whole text piece by piece is linear.
    """
    try:
        return _read(text, start, MAX_DEPTH)
    except _NotJson as error:
        return None, error.at


def _read(text: str, start: int, levels: int) -> tuple[Value, int]:
    found: dict[str, Value] = {}
    values: list[Value] = []
    is_object = text[start] == "{"
    closing = "}" if is_object else "]"
    token = _next(text, start + 1)
    while token["mark"] != closing:  # a comma may stand before it
        key = ""
        if is_object:
            if (string := _string(token)) is None:
                raise _unexpected(token)
            key, token = string, _next(text, token.end())
            _expect(":", token)
            token = _next(text, token.end())
        if token["mark"] in {"{", "["} and levels > 1:
            value, end = _read(text, token.end() - 1, levels - 1)
        elif token["mark"] or token["other"] or token["bare"]:
            raise _unexpected(token)
        else:
            value, end = _string(token), token.end()
        found[key] = value
        values.append(value)
        token = _next(text, end)
        if token["mark"] != closing:
            _expect(",", token)
            token = _next(text, token.end())
    return (found if is_object else values), token.end()


def _next(text: str, at: int) -> re.Match[str]:
    token = _TOKEN.match(text, at)
    if token is None or not token.lastgroup or token["open"]:  # a string that never ends
        raise _NotJson(len(text))
    return token


def _expect(mark: str, token: re.Match[str]) -> None:
    if token["mark"] != mark:
        raise _unexpected(token)


def _unexpected(token: re.Match[str]) -> _NotJson:
    """Go on behind a `token`, or at it where an object or a list opens there."""
    return _NotJson(token.end() - (token["mark"] in {"{", "["}))


def _string(token: re.Match[str]) -> str | None:
    string = next((token[kind] for kind in _STRINGS if token[kind] is not None), None)
    return None if string is None else unescape(string)


def unescape(string: str) -> str:
    """Resolve the escapes of a JSON string; a half of a surrogate pair alone is dropped."""
    plain = _ESCAPE.sub(_character, string)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")


def _character(escape: re.Match[str]) -> str:
    if escape[1]:
        return chr(int(escape[1], 16))
    return _CONTROLS.get(escape[2], escape[2])
