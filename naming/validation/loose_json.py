"""JSON as models write it.

With comments, trailing commas, NaN, bare keys, other quotes and quotes nobody escaped.
"""

import json
import re
from contextlib import suppress
from typing import Any, Final

MAX_DEPTH: Final = 32  # levels. Deeper nesting that is no strict JSON is nobody's answer

# A quote inside a string is taken for its end only where JSON may go on behind it, so that a title
# with unescaped quotes is read whole instead of cut at the first one.
_TOKEN: Final = re.compile(
    r"""\s*(?:(?://[^\n]*|/\*[^*]*\*/)\s*)*(?:(?P<mark>[{}\[\]:,])
    |"(?P<double>(?:[^"\\]|\\.|"(?!\s*[,:}\]]))*)"(?=\s*[,:}\]])
    |'(?P<single>(?:[^'\\]|\\.|'(?!\s*[,:}\]]))*)'(?=\s*[,:}\]])
    |(?P<literal>-?(?:\d[\d.eE+-]{0,40}|Infinity)|NaN|true|false|null|True|False|None)\b
    |“(?P<curly>[^“”]*)”
    |(?P<bare>[A-Za-z_]\w{0,40})(?=\s{0,9}:)
    |(?P<open>["'])|(?P<other>\S)|$)""",
    re.VERBOSE | re.DOTALL,
)
_STRINGS: Final = ("double", "single", "curly", "bare")
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_CONTROLS: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_STRICT: Final = json.JSONDecoder()


def read_value(text: str, start: int) -> tuple[Any, int]:
    """Read the object or list that opens at `start`: its value, and the position to go on from.

    The value is None when the text is no JSON or ends before the value does; else its tokens are
    spelt as JSON has them, numbers and literals as null.
    """
    with suppress(ValueError, RecursionError):
        return _STRICT.raw_decode(text, start)
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
        string = next((token[kind] for kind in _STRINGS if token[kind] is not None), None)
        spelt.append(mark or ("null" if string is None else json.dumps(unescape(string))))
    try:
        return json.loads("".join(spelt)), at
    except ValueError:
        inner = text.find("{", start + 1, at)
        return None, inner if inner > 0 else at


def unescape(string: str) -> str:
    """Resolve the escapes of a JSON string; a half of a surrogate pair alone is dropped."""
    plain = _ESCAPE.sub(
        lambda found: chr(int(found[1], 16)) if found[1] else _CONTROLS.get(found[2], found[2]),
        string,
    )
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
