"""JSON as models write it.

With comments, trailing commas, NaN, bare keys, other quotes and quotes nobody escaped.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import Final, TypeAlias

Value: TypeAlias = "dict[str, Value] | list[Value] | str | None"
"""Numbers and literals are all None here: no field that we want can be one."""

_PLAIN: Final = re.compile(r'\s*\{(?:\s*"[^"\\\x00-\x1f]*"\s*[:,]){1,8}\s*"[^"\\\x00-\x1f]*"\s*\}')
"""An object of strings without an escape, as nearly every answer is."""

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


def read_value(text: str, start: int) -> tuple[Value, int]:
    """Read the object or list that opens at `start`: its value, and the position to go on from.

    The value is None when the text is no JSON or ends before the value does. Its tokens are spelt
    as JSON has them and read at once. Nothing is read more often than it is deep, so reading a
    whole text piece by piece is linear.
    """
    if plain := _PLAIN.match(text, start):
        with suppress(ValueError):
            return json.loads(plain[0]), plain.end()
    spelt: list[str] = []
    levels, at = 0, start
    while not spelt or levels:
        token = _TOKEN.match(text, at)
        if token is None or not token.lastgroup or token["open"]:  # a string that never ends
            return None, len(text)
        mark, at = token["mark"], token.end()
        if token["other"] or levels > MAX_DEPTH:
            return None, at
        if mark:
            levels += (mark in "{[") - (mark in "}]")
            if mark in "}]" and spelt[-1] == ",":
                spelt.pop()
        spelt.append(mark or _value(token))
    try:
        value: Value = json.loads("".join(spelt))
    except ValueError:
        inner = text.find("{", start + 1, at)
        return None, inner if inner > 0 else at
    return value, at


def _value(token: re.Match[str]) -> str:
    string = next((token[kind] for kind in _STRINGS if token[kind] is not None), None)
    return "null" if string is None else json.dumps(unescape(string))


def unescape(string: str) -> str:
    """Resolve the escapes of a JSON string; a half of a surrogate pair alone is dropped."""
    plain = _ESCAPE.sub(_character, string)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")


def _character(escape: re.Match[str]) -> str:
    if escape[1]:
        return chr(int(escape[1], 16))
    return _CONTROLS.get(escape[2], escape[2])
