"""JSON as models write it.

With comments, trailing commas, NaN, bare keys, other quotes and quotes nobody escaped.
"""

from __future__ import annotations

import re
from enum import Enum, auto
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


class _Awaits(Enum):
    """What may come next inside an open object or list."""

    KEY = auto()
    COLON = auto()
    VALUE = auto()
    COMMA = auto()


class _Frame:
    """An object or a list that is still open."""

    __slots__ = ("awaits", "key", "value")

    def __init__(self, opening: str) -> None:
        self.value: dict[str, Value] | list[Value] = {} if opening == "{" else []
        self.awaits = _Awaits.KEY if opening == "{" else _Awaits.VALUE
        self.key = ""

    @property
    def takes_key(self) -> bool:
        """Tell whether a key may come next."""
        return self.awaits is _Awaits.KEY

    def takes_mark(self, mark: str) -> bool:
        """Go on to what `mark` announces; False where it may not stand."""
        if mark == ":" and self.awaits is _Awaits.COLON:
            self.awaits = _Awaits.VALUE
        elif mark == "," and self.awaits is _Awaits.COMMA:
            self.awaits = _Awaits.KEY if isinstance(self.value, dict) else _Awaits.VALUE
        else:
            return False
        return True

    def takes_value(self, value: Value) -> bool:
        """Keep `value`, or take it for a key; False where neither may stand."""
        if self.awaits is _Awaits.KEY and isinstance(value, str):
            self.key, self.awaits = value, _Awaits.COLON
            return True
        if self.awaits is not _Awaits.VALUE:
            return False
        if isinstance(self.value, dict):
            self.value[self.key] = value
        else:
            self.value.append(value)
        self.awaits = _Awaits.COMMA
        return True

    def ends_with(self, mark: str) -> bool:
        """Tell whether `mark` closes it here; a comma may stand before the end."""
        if isinstance(self.value, dict):
            return mark == "}" and self.awaits in {_Awaits.KEY, _Awaits.COMMA}
        return mark == "]" and self.awaits in {_Awaits.VALUE, _Awaits.COMMA}


def read_value(text: str, start: int) -> tuple[Value, int]:
    """Read the object or list that opens at `start`: its value, and the position to go on from.

    The value is None when the text is no JSON or ends before the value does. Nothing is read twice,
    so reading a whole text piece by piece is linear.
    """
    frames = [_Frame(text[start])]
    at = start + 1
    while token := _TOKEN.match(text, at):
        mark = token["mark"]
        if not token.lastgroup or token["open"]:  # the end of the text, or a string that never ends
            return None, len(text)
        opens = mark in {"{", "["}
        if opens and frames[-1].awaits is _Awaits.VALUE and len(frames) < MAX_DEPTH:
            frames.append(_Frame(mark))
        elif mark and not opens and frames[-1].ends_with(mark):
            value = frames.pop().value
            if not frames:
                return value, token.end()
            frames[-1].takes_value(value)
        elif not _takes(frames[-1], token):
            return None, token.end() - opens
        at = token.end()
    return None, len(text)  # pragma: no cover - the pattern matches at every position


def _takes(frame: _Frame, token: re.Match[str]) -> bool:
    if token["other"] or (token["bare"] and not frame.takes_key):
        return False
    if token["mark"]:
        return frame.takes_mark(token["mark"])
    string = next((token[kind] for kind in _STRINGS if token[kind] is not None), None)
    return frame.takes_value(None if string is None else unescape(string))


def unescape(string: str) -> str:
    """Resolve the escapes of a JSON string; a half of a surrogate pair alone is dropped."""
    plain = _ESCAPE.sub(_character, string)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")


def _character(escape: re.Match[str]) -> str:
    if escape[1]:
        return chr(int(escape[1], 16))
    return _CONTROLS.get(escape[2], escape[2])
