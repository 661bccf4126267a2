"""Which characters a line that people read may hold, and where such a line may be cut."""

import re
import unicodedata
from typing import Final

import regex

MAX_MARKS: Final = 4
"""Combining marks kept on one character: Thai and Tibetan need four, more is decoration."""

FORMULA_STARTS: Final = "=+-@" + "＝＋－＠" + "﹦﹢﹣﹫"
"""Spreadsheets run a cell that begins with one of these, in any width (OWASP, CSV injection)."""

# Code points that are drawn as nothing although their category is a letter, a mark or a symbol
# (Unicode's Default_Ignorable_Code_Point outside category C, and the blank Braille cell).
# Variation selectors 15 and 16 are dealt with apart: an emoji needs them.
_BLANKS: Final = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\uffa0"
    "\ufe00-\ufe0d\U000e0100-\U000e01ef"
)

_JOINING_SCRIPTS: Final = (
    r"\p{Arabic}\p{Syriac}\p{Mongolian}\p{Nko}\p{Devanagari}\p{Bengali}\p{Gurmukhi}"
    r"\p{Gujarati}\p{Oriya}\p{Tamil}"
    r"\p{Telugu}\p{Kannada}\p{Malayalam}\p{Sinhala}\p{Khmer}\p{Myanmar}\p{Tibetan}"
)
_JOINERS: Final = "\u200c\u200d"
SELECTORS_AND_JOINERS: Final = re.compile(f"[{_JOINERS}\ufe0e\ufe0f]")
_BROKEN_START: Final = regex.compile(rf"^[{re.escape(FORMULA_STARTS)}{_JOINERS} \p{{M}}]+")
_NEEDED: Final = regex.compile(
    r"(?<=\p{Extended_Pictographic}[\ufe0f\U0001f3fb-\U0001f3ff]?)"
    r"\u200d(?=\p{Extended_Pictographic})"
    rf"|(?<=[{_JOINING_SCRIPTS}])[\u200c\u200d](?=[{_JOINING_SCRIPTS}])"
    r"|(?<=[\p{Extended_Pictographic}\p{Emoji_Presentation}])[\ufe0e\ufe0f]"
    r"|(?<=[0-9#*])\ufe0f(?=\u20e3)"
)
"""A joiner within an emoji or between letters that join; a selector behind an emoji.

Digits are emoji only as keycaps: any selector behind one could cut a key in two.
"""

SELDOM: Final = re.compile(f"[{_BLANKS}\ufe0e\ufe0f]")
"""What may not be shown, or only where something needs it."""

_TOO_MANY_MARKS: Final = regex.compile(rf"(\p{{M}}{{{MAX_MARKS}}})\p{{M}}+")
_CLUSTER: Final = regex.compile(r"\X")


def one_line(text: str) -> str:
    """Make one clean line of `text`: NFC, single spaces, nothing that is invisible.

    Joiners stay where an emoji or a script needs them. Twice changes nothing more.
    """
    line = text
    while (again := " ".join(_visible(line).split())) != line:
        line = again
    return _BROKEN_START.sub("", line)


def _visible(text: str) -> str:
    if not text.isprintable() or SELDOM.search(text):
        text = " ".join(text.split())  # line ends too, before they would be dropped as controls
        kept = needed_joiners(text) if SELECTORS_AND_JOINERS.search(text) else frozenset()
        text = "".join(char for at, char in enumerate(text) if at in kept or is_shown(char))
    return unicodedata.normalize("NFC", _TOO_MANY_MARKS.sub(r"\1", text))


def needed_joiners(text: str) -> frozenset[int]:
    """Find where a joiner or variation selector stands that an emoji or a script needs."""
    return frozenset(match.start() for match in _NEEDED.finditer(text))


def is_shown(char: str) -> bool:
    """Tell whether `char` may stand in a line: no control, format, private or blank one."""
    return not SELDOM.match(char) if char.isprintable() else unicodedata.category(char) == "Zs"


def fault(line: str) -> str | None:
    """Say what keeps `line` from being one clean line, without quoting it; None if nothing does."""
    if not line:
        return "is empty"
    if line != line.strip():
        return "has white space at an end"
    if line[0] in FORMULA_STARTS:
        return "starts with one of =+-@"
    if line.isascii() and line.isprintable():
        return None
    if not line.isprintable() or SELDOM.search(line):
        if not all(is_shown(char) or SELECTORS_AND_JOINERS.match(char) for char in line):
            return "has an invisible or control character"
        kept = needed_joiners(line)
        if any(match.start() not in kept for match in SELECTORS_AND_JOINERS.finditer(line)):
            return "has a joiner or variation selector that nothing needs"
    if unicodedata.category(line[0])[0] == "M":
        return "starts inside a character"
    if not unicodedata.is_normalized("NFC", line):
        return "is not NFC"
    return None


def cut(line: str, limit: int) -> str:
    """Shorten `line` to `limit` code points, at a space or else between grapheme clusters."""
    if len(line) <= limit:
        return line
    space = line.rfind(" ", 0, limit + 1)
    if space > 0:
        return line[:space].rstrip()
    ends = (cluster.end() for cluster in _CLUSTER.finditer(line))
    end = max((end for end in ends if end <= limit), default=0)
    # A cluster may end in a joiner, which now joins nothing.
    return line[:end].rstrip().rstrip(_JOINERS)
