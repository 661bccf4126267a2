"""A text normalized: secrets are found in it however their characters are written.

Full-width, circled and styled letters, digits of other scripts, the many dashes, marks and
selectors put between the characters of a key, Cyrillic letters that look Latin: a person who copies
the text reads the same key. Positions map back, so that the text itself loses what was found.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LOOK_ALIKES: Final = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁԛԝьЗαβεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧɡıɑ",
    "ABESIJKMHOPCTYXaesijopcyxhdqwb3aBeiKvoptuxABEZHIKMNOPTYXgia",
)
"""Letters of other scripts that are drawn as Latin ones; they count in words that have Latin
letters too."""

_LOOKS_LATIN: Final = "\u0131\u0251\u0261\u0370-\u052f"
_LOOK_ALIKE: Final = re.compile(f"[{_LOOKS_LATIN}]")
_BETWEEN: Final = rf"[^\WA-Za-z{_LOOKS_LATIN}]*"
_TWO_SCRIPTS: Final = re.compile(
    rf"[A-Za-z{_LOOKS_LATIN}](?:(?<=[A-Za-z]){_BETWEEN}[{_LOOKS_LATIN}]|(?<![A-Za-z]){_BETWEEN}[A-Za-z])"
)
"""Somewhere within a word of two scripts."""

_LATIN: Final = re.compile("[A-Za-z]")
_WORD: Final = re.compile(r"\w+")

_STYLED: Final = {
    **{
        ord(char): chr(65 + at)
        for at, char in enumerate("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡ_ʏᴢ")
        if char != "_"
    },
    **{first + at: chr(65 + at) for first in (0x1F150, 0x1F170, 0x1F1E6) for at in range(26)},
}
"""What Unicode gives no plain letter: small capitals, white letters on black, letters of flags."""

_COMBINED: Final = "\0"
_MARKS: Final = frozenset(("Mn", "Mc", "Me"))
_INVISIBLE: Final = frozenset(("Cf", "Cc", "Co"))
_STOPS: Final = {"。": ".", "․": ".", "−": "-", "⁄": "/", "∕": "/", "∶": ":", "ː": ":", "⁃": "-"}


_MAY_CHANGE: Final = re.compile(
    "[^\x00-\x7e\u0400-\u0482\u048a-\u052f\u0621-\u063a\u0641-\u064a\u0904-\u0928\u092a-\u0930\u0e01-\u0e30"
    "\u3001\u3041-\u3096\u30a1-\u30fc\u3400-\u9fff\uac00-\ud7a3\U0001f300-\U0001f5ff\U0001f600-\U0001f6ff]"
)
"""The characters outside of what most texts are written in; all others stay as they are."""

_FEW: Final = 24
"""Different characters that are replaced faster one after the other than in one go."""


def lowered(text: str) -> str:
    """Put `text` in small letters, none of which takes more characters than before."""
    return (text if text.isascii() else text.replace("\u0130", "I")).lower()


class NormalizedText(NamedTuple):
    """A normalized text: character N comes from `starts[N]` to `ends[N]` of the original.

    `loses_letters` when letters have become others (`è`, `ü`), so that a word of the original may
    be none here.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    loses_letters: bool


def normalize(text: str) -> NormalizedText | None:
    """Normalize `text`; None when that changes nothing, as for every ASCII text."""
    if text.isascii():
        return None
    changed = {
        char: plain
        for char in set(_MAY_CHANGE.findall(text))
        if (plain := _normalized(char)) != char
    }
    loses_letters = any(char.isalpha() for char in changed)
    starts: Sequence[int] = range(len(text))
    ends: Sequence[int] = range(1, len(text) + 1)
    if all(len(plain) == 1 and plain != _COMBINED for plain in changed.values()):
        normalized = _replaced(text, changed)
    else:
        normalized, starts, ends = _with_positions(text, changed)
    if _LOOK_ALIKE.search(normalized) and _TWO_SCRIPTS.search(normalized):
        normalized, loses_letters = _WORD.sub(_in_one_script, normalized), True
    return None if normalized == text else NormalizedText(normalized, starts, ends, loses_letters)


def _replaced(text: str, changed: Mapping[str, str]) -> str:
    if len(changed) > _FEW:
        return text.translate({ord(char): plain for char, plain in changed.items()})
    for char, plain in changed.items():
        text = text.replace(char, plain)
    return text


def _with_positions(text: str, changed: Mapping[str, str]) -> tuple[str, list[int], list[int]]:
    """Normalize what takes another number of characters."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    follows_ascii = False
    for found in _MAY_CHANGE.finditer(text):
        at, char = found.start(), found[0]
        plain = changed.get(char)
        if plain is None:
            continue
        if done < at:
            parts.append(text[done:at])
            starts.extend(range(done, at))
            ends.extend(range(done + 1, at + 1))
            follows_ascii = text[at - 1] < "\x7f"
        done = at + 1
        if plain == _COMBINED:
            if follows_ascii:
                ends[-1] = done
                continue
            plain = char
        parts.append(plain)
        starts.extend([at] * len(plain))
        ends.extend([done] * len(plain))
        follows_ascii = plain[-1:] < "\x7f"
    parts.append(text[done:])
    starts.extend(range(done, len(text)))
    ends.extend(range(done + 1, len(text) + 1))
    return "".join(parts), starts, ends


def _in_one_script(word: re.Match[str]) -> str:
    return word[0].translate(_LOOK_ALIKES) if _LATIN.search(word[0]) else word[0]


@lru_cache(maxsize=8_192)
def _normalized(char: str) -> str:
    """Normalize one character; `_COMBINED` for one that is drawn onto or inside others."""
    if (styled := _STYLED.get(ord(char))) is not None:
        return styled
    kind = unicodedata.category(char)
    if kind in _INVISIBLE or kind in _MARKS:
        return _COMBINED
    digit = unicodedata.digit(char, -1)
    if digit >= 0:
        return str(digit)
    if kind == "Pd":
        return "-"
    if kind == "Zs":
        return " "
    base = "".join(
        part for part in unicodedata.normalize("NFKD", char) if unicodedata.category(part) != "Mn"
    )
    plain = base if base.isascii() else unicodedata.normalize("NFKC", char)
    return "".join(_STOPS.get(part, part) for part in plain) or char
