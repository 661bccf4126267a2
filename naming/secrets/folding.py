"""The shadow of a text, in which secrets are found however their characters are dressed up.

Full-width, circled and styled letters, digits of other scripts, the many dashes, marks and
selectors put between the characters of a key, Cyrillic letters that look Latin: a person who copies
the text reads the same key, and so does the shadow. It keeps the way back, so that the text itself
loses what was found in it.
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
"""Letters of other scripts that are drawn as Latin ones.

They count in words that have Latin letters too."""

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

_DRAWN_ONTO: Final = "\0"
_MARKS: Final = frozenset(("Mn", "Mc", "Me"))
_INVISIBLE: Final = frozenset(("Cf", "Cc", "Co"))
_STOPS: Final = {"。": ".", "․": ".", "−": "-", "⁄": "/", "∕": "/", "∶": ":", "ː": ":", "⁃": "-"}


_PERHAPS_DRESSED: Final = re.compile(
    "[^\x00-\x7e\u0400-\u0482\u048a-\u052f\u0621-\u063a\u0641-\u064a\u0904-\u0928\u092a-\u0930\u0e01-\u0e30"
    "\u3001\u3041-\u3096\u30a1-\u30fc\u3400-\u9fff\uac00-\ud7a3\U0001f300-\U0001f5ff\U0001f600-\U0001f6ff]"
)
"""The characters outside of what most texts are written in.

Of these alone it is asked what they fold to."""

_FEW: Final = 24
"""Different characters that are replaced faster one after the other than in one go."""


def lowered(text: str) -> str:
    """Put `text` in small letters, none of which takes more characters than before."""
    return (text if text.isascii() else text.replace("\u0130", "I")).lower()


class Shadow(NamedTuple):
    """A folded text.

    Character N of it comes from `starts[N]` to `ends[N]` of the text it was made of.

    `loses_letters` when letters have become others, so that a word in the text may be none in the
    shadow (`è`, `ü`).
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    loses_letters: bool


def shadow_of(text: str) -> Shadow | None:
    """Fold `text`; None when that changes nothing, as for every ASCII text."""
    if text.isascii():
        return None
    dressed = {
        char: plain
        for char in set(_PERHAPS_DRESSED.findall(text))
        if (plain := _plain(char)) != char
    }
    loses_letters = any(char.isalpha() for char in dressed)
    starts: Sequence[int] = range(len(text))
    ends: Sequence[int] = range(1, len(text) + 1)
    if all(len(plain) == 1 and plain != _DRAWN_ONTO for plain in dressed.values()):
        folded = _one_for_one(text, dressed)
    else:
        folded, starts, ends = _with_the_way_back(text, dressed)
    if _LOOK_ALIKE.search(folded) and _TWO_SCRIPTS.search(folded):
        folded, loses_letters = _WORD.sub(_in_one_script, folded), True
    return None if folded == text else Shadow(folded, starts, ends, loses_letters)


def _one_for_one(text: str, dressed: Mapping[str, str]) -> str:
    if len(dressed) > _FEW:
        return text.translate({ord(char): plain for char, plain in dressed.items()})
    for char, plain in dressed.items():
        text = text.replace(char, plain)
    return text


def _with_the_way_back(text: str, dressed: Mapping[str, str]) -> tuple[str, list[int], list[int]]:
    """Fold what takes another number of characters."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    follows_ascii = False
    for found in _PERHAPS_DRESSED.finditer(text):
        at, char = found.start(), found[0]
        plain = dressed.get(char)
        if plain is None:
            continue
        if done < at:
            parts.append(text[done:at])
            starts.extend(range(done, at))
            ends.extend(range(done + 1, at + 1))
            follows_ascii = text[at - 1] < "\x7f"
        done = at + 1
        if plain == _DRAWN_ONTO:
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
    base = "".join(
        part for part in unicodedata.normalize("NFKD", char) if unicodedata.category(part) != "Mn"
    )
    plain = base if base.isascii() else unicodedata.normalize("NFKC", char)
    return "".join(_STOPS.get(part, part) for part in plain) or char
