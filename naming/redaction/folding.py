"""The shadow of a text, in which secrets are found however their characters are dressed up.

Full-width, circled and styled letters, digits of other scripts, the many dashes, marks and selectors put between the
characters of a key, Cyrillic letters that look Latin: a person who copies the text reads the same key, and so does the
shadow. It keeps the way back, so that the text itself loses what was found in it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

_LOOK_ALIKES: Final = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁԛԝьЗαβεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧɡıɑ",
    "ABESIJKMHOPCTYXaesijopcyxhdqwb3aBeiKvoptuxABEZHIKMNOPTYXgia",
)
"""Letters of other scripts that are drawn as Latin ones. They count in words that have Latin letters too."""

_ANY_LOOK_ALIKE: Final = re.compile("[\u0131\u0251\u0261\u0370-\u052f]")
_LATIN: Final = re.compile("[A-Za-z]")
_WORD: Final = re.compile(r"\w+")

_STYLED: Final = {
    **{ord(char): chr(65 + at) for at, char in enumerate("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡ_ʏᴢ") if char != "_"},
    **{first + at: chr(65 + at) for first in (0x1F150, 0x1F170, 0x1F1E6) for at in range(26)},
}
"""What Unicode gives no plain letter: small capitals, white letters on black, letters of flags."""

_DRAWN_ONTO: Final = "\0"
_MARKS: Final = frozenset(("Mn", "Mc", "Me"))
_INVISIBLE: Final = frozenset(("Cf", "Cc", "Co"))
_STOPS: Final = {"。": ".", "․": ".", "−": "-", "⁄": "/", "∕": "/", "∶": ":", "ː": ":", "⁃": "-"}


class Shadow(NamedTuple):
    """A folded text; character N of it comes from `starts[N]` to `ends[N]` of the text it was made of."""

    text: str
    starts: list[int]
    ends: list[int]


def shadow_of(text: str) -> Shadow | None:
    """Fold `text`; None when that changes nothing, as for every ASCII text."""
    if text.isascii():
        return None
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for at, char in enumerate(text):
        for plain in _plain(char) if char >= "\x7f" else char:
            if plain == _DRAWN_ONTO and chars and chars[-1].isascii():
                continue
            chars.append(char if plain == _DRAWN_ONTO else plain)
            starts.append(at)
            ends.append(at + 1)
        if ends:
            ends[-1] = at + 1
    folded = "".join(chars)
    if _ANY_LOOK_ALIKE.search(folded):
        folded = _WORD.sub(_in_one_script, folded)
    return None if folded == text else Shadow(folded, starts, ends)


def _in_one_script(word: re.Match[str]) -> str:
    return word[0].translate(_LOOK_ALIKES) if _LATIN.search(word[0]) else word[0]


@lru_cache(maxsize=8_192)
def _plain(char: str) -> str:
    """Fold one character; `_DRAWN_ONTO` for one that is drawn onto or inside others."""
    if (styled := _STYLED.get(ord(char))) is not None:
        return styled
    kind = unicodedata.category(char)
    if kind in _INVISIBLE or kind in _MARKS:
        return _DRAWN_ONTO
    digit = unicodedata.digit(char, -1)
    if digit >= 0:
        return str(digit)
    if kind == "Pd":
        return "-"
    if kind == "Zs":
        return " "
    base = "".join(part for part in unicodedata.normalize("NFKD", char) if unicodedata.category(part) != "Mn")
    plain = base if base.isascii() else unicodedata.normalize("NFKC", char)
    return "".join(_STOPS.get(part, part) for part in plain) or char
