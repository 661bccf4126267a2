"""The folded shadow of a text: secrets are found in it however their characters are written.

Full-width, circled and styled letters, digits of other scripts, the many dashes, marks and
selectors put between the characters of a key, Cyrillic letters that look Latin, accents, characters
that are escaped for a program or a page, also more than once: a person who copies the text reads
the same key. Positions map back, so that the text itself loses what was found.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
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
_OF_TWO_SCRIPTS: Final = re.compile(
    rf"\b(?=[^\W{_LOOKS_LATIN}]*[{_LOOKS_LATIN}])(?=[^\WA-Za-z]*[A-Za-z])\w+"
)

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

_NESTED_BACKSLASH: Final = r"(?:%(?:25)*+5[cC]|&(?:amp;)*+(?:#92|#[xX]5[cC]|bsol);)"
_BACKSLASH: Final = rf"(?:(?<!\\)\\++|{_NESTED_BACKSLASH})"
_PERCENT: Final = rf"(?:%(?:25)*+|&(?:amp;)*+(?:#37|#[xX]25|percnt);|{_BACKSLASH}(?:u00|x)25)"
_CODE: Final = r"(?:u00|x|U0{6}|u\{0{0,4})[2-7][0-9a-fA-F]\}?+"
_AMPERSAND: Final = rf"(?:{_PERCENT}26|{_BACKSLASH}(?:u00|x)26)"
_HASH: Final = rf"(?:#|{_PERCENT}23)"
_ENTITY: Final = (
    rf"(?:{_HASH}0{{0,4}}[0-9]{{2,3}}|{_HASH}[xX]0{{0,4}}[0-7][0-9a-fA-F]|[a-zA-Z]{{2,6}})"
    rf"(?:;|{_PERCENT}3[bB])"
)
_ESCAPES: Final = (
    f"(?=[&%\\\\])(?:{_AMPERSAND}{_ENTITY}|{_NESTED_BACKSLASH}{_CODE}|{_PERCENT}[2-7][0-9a-fA-F]"
    f"|{_BACKSLASH}{_CODE}|&(?:amp;)*+{_ENTITY})"
)
"""An ASCII character escaped for a page, a program or an address, also one in another, and
however often."""

_ONE_ESCAPE: Final = re.compile(
    r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z]+);"
    r"|\\++(?:u00|x|U0{6}|u\{0{0,4})(?P<code>[2-7][0-9a-fA-F])\}?+|%(?P<hex>[2-7][0-9a-fA-F])"
)
_MOST_NESTED: Final = 6
"""Kinds of escapes in one another that are undone."""

_ESCAPE_OR_CHANGE: Final = re.compile(f"{_ESCAPES}|{_MAY_CHANGE.pattern}")
_USERINFO: Final = re.compile(r":(?://|\\/\\/)[^\s/:@\"<>]{0,100}+:[^\s/@\"<>]{1,300}+@")
_ESCAPED_END: Final = re.compile("%(?:25)*+(?:2[02]|3[CEce])")
"""White space, a quotation mark or an angle, which would end a password in an address."""

_ESCAPED_TWICE: Final = re.compile(r"(?<=&)(?:amp;)+|(?<=%)(?:25)+(?=..)")


def lowered(text: str) -> str:
    """Put `text` in small letters, none of which takes more characters than before."""
    return (text if text.isascii() else text.replace("\u0130", "I")).lower()


class Shadow(NamedTuple):
    """A folded text, and where its pieces come from: the Nth begins at `places[N]`.

    There it is `origins[N]` in the original; each further character is `steps[N]` behind.
    """

    text: str
    places: Sequence[int]
    origins: Sequence[int]
    steps: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Say where `start` to `end` (not empty) is in the original."""
        last = bisect_right(self.places, end - 1) - 1
        if self.steps[last] and end < self.places[last + 1]:
            return self._origin(start), self._origin(end)
        behind = bisect_right(self.places, self.places[last + 1]) - 1  # marks upon it count
        return self._origin(start), self.origins[behind]

    def _origin(self, at: int) -> int:
        piece = bisect_right(self.places, at) - 1
        return self.origins[piece] + (at - self.places[piece]) * self.steps[piece]


def shadow(text: str) -> Shadow | None:
    """Fold `text`; None when that changes nothing, as for ASCII texts without an escape."""
    escaped = "&" in text or "%" in text or "\\" in text
    if text.isascii() and not escaped:
        return None
    if "%" in text:
        text = _USERINFO.sub(_with_ends_hidden, text)
    pattern = _ESCAPE_OR_CHANGE if escaped else _MAY_CHANGE
    changed = {
        piece: plain for piece in set(pattern.findall(text)) if (plain := _folded(piece)) != piece
    }
    if all(len(piece) == len(plain) and plain != _COMBINED for piece, plain in changed.items()):
        folded = text.translate({ord(piece): plain for piece, plain in changed.items()})
        found = Shadow(folded, (0, len(text)), (0, len(text)), (1, 0))
    else:
        found = _with_positions(text, pattern, changed)
    if _LOOK_ALIKE.search(found.text):
        found = found._replace(text=_OF_TWO_SCRIPTS.sub(_in_one_script, found.text))
    return None if found.text == text else found


def _with_ends_hidden(userinfo: re.Match[str]) -> str:
    """Put signs of the same length that end no password where `userinfo` has an escaped end."""
    return _ESCAPED_END.sub(lambda escape: "_" * len(escape[0]), userinfo[0])


def _with_positions(text: str, pattern: re.Pattern[str], changed: Mapping[str, str]) -> Shadow:
    """Fold what takes another number of characters."""
    parts: list[str] = []
    places, origins, steps = [0], [0], [1]
    done = length = 0
    follows_ascii = False

    def add(part: str, origin: int, step: int) -> None:
        nonlocal length
        length += len(part)
        parts.append(part)
        places.append(length)
        origins.append(origin)
        steps.append(step)

    for found in pattern.finditer(text):
        plain = changed.get(found[0])
        if plain is None:
            continue
        at = found.start()
        if done < at:
            follows_ascii = text[at - 1] < "\x7f"
        if plain == _COMBINED:
            if not follows_ascii:
                continue
            plain = ""
        else:
            follows_ascii = plain[-1:] < "\x7f"
        add(text[done:at], at, 0)
        done = found.end()
        add(plain, done, 1)
    add(text[done:], len(text), 0)
    return Shadow("".join(parts), places, origins, steps)


def _in_one_script(word: re.Match[str]) -> str:
    return word[0].translate(_LOOK_ALIKES)


def _unescaped(escape: str) -> str:
    """Give the character that `escape` stands for, and `escape` where it stands for none."""
    plain = escape
    for _ in range(_MOST_NESTED):
        plain = _ONE_ESCAPE.sub(_undone, _ESCAPED_TWICE.sub("", plain))
        if len(plain) == 1:
            break
    return plain if len(plain) == 1 and " " <= plain <= "~" else escape


def _undone(escape: re.Match[str]) -> str:
    code = escape["code"] or escape["hex"]
    return chr(int(code, 16)) if code else html.unescape(escape[0])


@lru_cache(maxsize=8_192)
def _folded(char: str) -> str:
    """Fold one character or escape; `_COMBINED` for what is drawn onto or inside others."""
    if len(char) > 1:
        return _unescaped(char)
    if (styled := _STYLED.get(ord(char))) is not None:
        return styled
    kind = unicodedata.category(char)
    if kind in _INVISIBLE or kind in _MARKS:
        return _COMBINED
    if kind == "Cs":
        return "\ufffd"  # half a character; no other tool takes it
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
