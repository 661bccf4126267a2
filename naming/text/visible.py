"""A text as a reader sees it: no terminal codes, nothing invisible, one spelling of each letter."""

import re
import unicodedata
from typing import Final

import regex

from naming.text.characters import SELDOM, SELECTORS_AND_JOINERS, needed_joiners

_TERMINAL: Final = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,16}[@-~]"  # colours and cursor (CSI)
    # Titles, links, palette answers (OSC).
    r"|(?:\x1b\]|\x9d)[^\x07\x1b\x9c\n]{0,2000}(?:\x07|\x1b\\|\x9c)?"
    r"|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c\n]{0,2000}(?:\x1b\\|\x9c)?"  # device strings
    r"|\x1b[ -/]{0,4}[0-~]?"
)
_TERMINAL_SPELT: Final = re.compile(
    # ^[[31m, as editors and JSON show it.
    r"(?:\\x1b|\\u001b|\\033|\\e|\^\[|\u241b)\[[0-9;]{0,20}[A-Za-z]"
    r"|\[(?:\d{1,3}(?:;\d{1,3}){0,8})m"  # what is left when the escape character got lost
    r"|\]1\d;rgb:[0-9a-fA-F/]{3,20}\\?"
)

_LINE_ENDS: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1b\x7f]")
_INVISIBLE: Final = regex.compile(
    r"[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}\u2800"
    r"--[\n\t\u200c\u200d\ufe0e\ufe0f]]",
    regex.V1,
)
_OTHER_SPACES: Final = re.compile("[\x1c-\x1f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_OTHER_SHAPES: Final = re.compile(
    "[\uff10-\uff19\uff21-\uff3a\uff3f\uff41-\uff5a\ufb00-\ufb06\U0001d400-\U0001d7ff]+"
)
_MENTION: Final = re.compile(
    r"<(?:[@#][!&]?[A-Z0-9]{5,20}|![a-z]{2,20}(?:\^[A-Z0-9]{1,20})?)(?:\|([^<>|\n]{1,80}))?>"
)
"""People, groups and rooms as Slack and Discord send them: `<@U02ABC>`, `<!subteam^S1|@ops>`."""

_MANY_BLANK_LINES: Final = re.compile(r"\n{3,}")
_WORD: Final = re.compile(r"[^\W\d_]{2}|[\u0e01-\u0e5b\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")

MAX_NESTED: Final = 3
"""Codes that the removal of codes uncovers (`[[0m0m`) go in turn; deeper nesting is broken up."""


def visible(text: str) -> str:
    """Make `text` what a reader sees: no terminal codes, nothing invisible; lines are kept.

    A mention is said by the name it shows. Letters in other shapes become the plain ones: a key
    spelt in them is a key. Joiners stay where an emoji or a script needs them.
    """
    if not _is_plain(text):
        text = _LINE_ENDS.sub("\n", _TERMINAL.sub("", text))
        text = _CONTROLS.sub("", _OTHER_SPACES.sub(" ", text))
    if not text.isascii():
        text = _without_invisible(text)
    if "[" in text or "]" in text:
        text = _without_spelt_codes(text)
    if "<" in text:
        # The space keeps what stood around it from becoming a mention.
        text = _MENTION.sub(lambda found: f" {found[1] or ''}", text)
    if not text.isascii():
        text = _OTHER_SHAPES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
        text = unicodedata.normalize("NFC", text)
    if " \n" in text or "\t\n" in text:  # no other white space is left
        text = "\n".join([line.rstrip() for line in text.split("\n")])
    if "\n\n\n" in text:
        text = _MANY_BLANK_LINES.sub("\n\n", text)
    return text.strip()


def _is_plain(text: str) -> bool:
    """Tell whether `text` has neither controls nor other spaces."""
    return text.replace("\n", "").replace("\t", "").isprintable()


def _without_spelt_codes(text: str) -> str:
    for _ in range(MAX_NESTED):
        shorter = _TERMINAL_SPELT.sub("", text)
        if shorter == text:
            return text
        text = shorter
    return _TERMINAL_SPELT.sub(" ", text)


def _without_invisible(text: str) -> str:
    if not SELDOM.search(text) and _is_plain(text):
        return text
    text = _INVISIBLE.sub("", text)
    before = ""
    while text != before and SELECTORS_AND_JOINERS.search(text):
        before, kept = text, needed_joiners(text)
        text = SELECTORS_AND_JOINERS.sub(
            lambda found: found[0] if found.start() in kept else "",  # noqa: B023 - used at once
            text,
        )
    return text


def says_something(text: str) -> bool:
    """Tell whether `text` holds a word: then a reduction may let it stand alone."""
    return _WORD.search(text) is not None
