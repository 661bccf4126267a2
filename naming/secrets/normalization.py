"""The folded shadow of a text: secrets are found in it however their characters are written.

Full-width, circled and styled letters, digits of other scripts, the many dashes, marks and
selectors put between the characters of a key, Cyrillic letters that look Latin, accents, characters
that are escaped for a program or a page, also more than once: a person who copies the text reads
the same key. Positions map back, so that the text itself loses what was found.
"""

import html
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from typing import Final, NamedTuple

from naming.secrets.rules import Finding, Shapes

_SHAPES: Final = Shapes("normalization")

_LOOK_ALIKES: Final = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁԛԝьЗαβεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧɡıɑ",
    "ABESIJKMHOPCTYXaesijopcyxhdqwb3aBeiKvoptuxABEZHIKMNOPTYXgia",
)
"""Letters of other scripts that are drawn as Latin ones; they count in words that have Latin
letters too."""

_DRAWN_LIKE: Final = {
    **dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ", "ABCDEFGHIJKLMNOPQRSTUVWYZ", strict=True)),
    **{chr(first + at): chr(65 + at) for first in (0x1F150, 0x1F170, 0x1F1E6) for at in range(26)},
    **dict(zip("。․−⁄∕∶ː⁃", "..-//::-", strict=True)),
}
"""What Unicode gives no plain letter or sign: small capitals, white letters on black, letters of
flags, stops and strokes."""

_COMBINED: Final = "\0"
_OF_CATEGORY: Final = {
    **dict.fromkeys(("Mn", "Mc", "Me", "Cf", "Cc", "Co"), _COMBINED),
    "Cs": "\ufffd",  # half a character; no other tool takes it
    "Pd": "-",
    "Zs": " ",
}

_MOST_NESTED: Final = 6  # kinds of escapes in one another that are undone


def lowered(text: str) -> str:
    """Put `text` in small letters, none of which takes more characters than before."""
    return text.replace("\u0130", "I").lower()


class Shadow(NamedTuple):
    """A folded text, and where each of its characters, and its end, is in the original."""

    text: str
    origins: Sequence[int]

    def original(self, finding: Finding) -> Finding:
        """Say where what was found is in the original, marks upon it included."""
        start, end = finding.start, finding.end
        while self.origins[end] == self.origins[end - 1]:  # within what one character stands for
            end += 1
        return finding._replace(start=self.origins[start], end=self.origins[end])


def shadow(text: str) -> Shadow | None:
    """Fold `text`; None when that changes nothing, as for ASCII texts without an escape."""
    escaped = ("&" in text or "%" in text or "\\" in text) and _SHAPES.may_be_escaped.search(text)
    if text.isascii() and not escaped:
        return None
    if escaped:
        # Signs of the same length that end no password stand for its ends that are escaped.
        hide = partial(_SHAPES.escaped_end.sub, lambda escape: "_" * len(escape[0]))
        text = _SHAPES.userinfo.sub(lambda userinfo: hide(userinfo[0]), text)
    pattern = _SHAPES.escape_or_change if escaped else _SHAPES.may_change
    changed = {
        piece: plain for piece in set(pattern.findall(text)) if (plain := _folded(piece)) != piece
    }
    marks = {piece for piece, plain in changed.items() if plain == _COMBINED}
    if marks and marks == changed.keys() and marks.isdisjoint(_SHAPES.behind_ascii.findall(text)):
        changed = {}
    origins: Sequence[int] = range(len(text) + 1)
    if all(len(piece) == len(plain) and plain != _COMBINED for piece, plain in changed.items()):
        folded = text
        for piece, plain in changed.items():
            folded = folded.replace(piece, plain)  # str.translate looks up each character
    else:
        folded, origins = _with_origins(text, pattern, changed)
    if _SHAPES.look_alike.search(folded):
        folded = _SHAPES.of_two_scripts.sub(lambda word: word[0].translate(_LOOK_ALIKES), folded)
    return None if folded == text else Shadow(folded, origins)


def _with_origins(
    text: str, pattern: re.Pattern[str], changed: Mapping[str, str]
) -> tuple[str, list[int]]:
    """Fold what takes another number of characters."""
    parts: list[str] = []
    origins: list[int] = []
    done, before = 0, _COMBINED
    for found in pattern.finditer(text):
        if (plain := changed.get(found[0])) is None:
            continue
        at = found.start()
        before = text[at - 1] if done < at else before
        if plain == _COMBINED:
            if not "\0" < before < "\x7f":
                continue
            plain = ""
        else:
            before = plain[-1:]
        parts.extend((text[done:at], plain))
        origins.extend(range(done, at))
        origins.extend([at] * len(plain))
        done = found.end()
    return "".join((*parts, text[done:])), [*origins, *range(done, len(text) + 1)]


def _unescaped(escape: str) -> str:
    """Give the character that `escape` stands for, and `escape` where it stands for none."""
    plain = escape
    for _ in range(_MOST_NESTED):
        plain = _SHAPES.one_escape.sub(_undone, _SHAPES.escaped_twice.sub("", plain))
    return plain if len(plain) == 1 and " " <= plain <= "~" else escape


def _undone(escape: re.Match[str]) -> str:
    if code := escape["code"] or escape["hex"]:
        return chr(int(code, 16))
    return chr(int(escape["octal"], 8)) if escape["octal"] else html.unescape(escape[0])


@lru_cache(maxsize=8_192)
def _folded(char: str) -> str:
    """Fold one character or escape; `_COMBINED` for what is drawn onto or inside others."""
    if len(char) > 1:
        return _unescaped(char)
    plain = _DRAWN_LIKE.get(char) or _OF_CATEGORY.get(unicodedata.category(char))
    if plain is not None:
        return plain
    if (digit := unicodedata.digit(char, -1)) >= 0:
        return str(digit)
    base = "".join(
        part for part in unicodedata.normalize("NFKD", char) if unicodedata.category(part) != "Mn"
    )
    plain = base if base.isascii() else unicodedata.normalize("NFKC", char)
    return "".join(_DRAWN_LIKE.get(part, part) for part in plain) or char
