"""Whether a value looks drawn at random, as keys are, or written by a person."""

from __future__ import annotations

import base64
from typing import Final

from naming.secrets.rules import Shapes

_SHAPES: Final = Shapes("entropy")

_MIN_ISLANDS: Final = 3
_LONG_RUN: Final = 6
"""Characters of a run that must be speakable to be a word."""

MANY: Final = 20
_MAX_WORDY_SHARE: Final = 0.65
_MAX_WORDY_SHARE_OF_ONE_CASE: Final = 0.9
"""Base 36 has word-like runs."""

_LONG: Final = 120
"""Characters that show whether a value was drawn."""

_MIN_OF_THREE_KINDS: Final = 12
_MIN_OF_ONE_CASE: Final = 16
"""Letters and digits."""


def wordy_share(text: str) -> float:
    """Say which share of `text` (not empty) lies in runs such as words and identifiers have."""
    wordy = 0
    for run in _SHAPES.wordy.findall(text):
        if len(run) < _LONG_RUN or not _SHAPES.unspeakable.search(run):
            wordy += len(run)
    return wordy / len(text)


def is_mixed_random(text: str) -> bool:
    """Tell whether `text`, of 16 characters or more, mixes cases and digits as only chance does."""
    return (
        _SHAPES.island.search(text) is not None
        and text != text.lower()
        and text != text.upper()
        and wordy_share(text) < _MAX_WORDY_SHARE
    )


def is_single_case_random(text: str) -> bool:
    """Tell whether letters of one case and digits alternate as in hexadecimal or base 36."""
    return (
        len(_SHAPES.island.findall(text)) >= _MIN_ISLANDS - (len(text) > MANY)
        and not text.isdigit()
    )


def is_machine_made(value: str) -> bool:
    """Tell whether a machine drew `value`: 12 characters of three kinds, or 16 of one case."""
    core = _SHAPES.no_letter_or_digit.sub("", value[:_LONG])
    if len(core) < _MIN_OF_ONE_CASE:
        return len(core) >= _MIN_OF_THREE_KINDS and is_mixed_random(core)
    return (
        _SHAPES.capitals.fullmatch(core) is not None
        or (_SHAPES.hex.fullmatch(core) is not None and not core.isalpha())
        or is_mixed_random(core)
        or (is_single_case_random(core) and wordy_share(core) < _MAX_WORDY_SHARE_OF_ONE_CASE)
    )


_MAX_VOWELS: Final = 0.3
"""The share that English words have, less what joins of them may lack."""


def is_drawn_letters(value: str) -> bool:
    """Tell whether `value`, letters alone, is none that people can speak."""
    if not (len(value) >= _MIN_OF_ONE_CASE and value.isascii() and value.isalpha()):
        return False
    value = value[:_LONG]
    clusters = len(_SHAPES.unspeakable.findall(value))
    share = len(_SHAPES.vowel.findall(value)) / len(value)
    return clusters > 1 or (clusters > 0 and share <= _MAX_VOWELS)


def decoded_base64(text: str) -> str | None:
    """Decode base64, also without its filling; None when that gives no ASCII text."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True).decode("ascii")
    except ValueError:
        return None


def encodes_text(text: str) -> bool:
    """Tell whether `text` is base64 of something that people read."""
    plain = decoded_base64(text)
    return plain is not None and plain.replace("\n", "").isprintable()
