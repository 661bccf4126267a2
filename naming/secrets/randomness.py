"""Whether a word looks drawn at random, as keys are, or written by a person, as identifiers are."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final

_WORDY: Final = re.compile(r"[A-Za-z]?[a-z]{3,}|[A-Z]{4,}|[0-9]{5,}")
"""Runs that names and numbers consist of and random characters seldom do."""

_ISLAND: Final = re.compile(r"[0-9]+")
_MIN_ISLANDS: Final = 3
_LONG_RUN: Final = 6
"""Characters of a run that must be speakable to be a word."""

MANY: Final = 20
_MAX_WORDY_SHARE: Final = 0.65


_UNSPEAKABLE: Final = re.compile(r"[bcdfghjklmnpqrstvwxz]{4}", re.IGNORECASE)
"""Four consonants in a row, as in one English word of a hundred; "y" is a vowel here."""


def wordy_share(text: str) -> float:
    """Say which share of `text` (not empty) lies in runs such as words and identifiers have."""
    runs = (match.group() for match in _WORDY.finditer(text))
    return sum(
        len(run) for run in runs if len(run) < _LONG_RUN or not _UNSPEAKABLE.search(run)
    ) / len(text)


def is_mixed_random(text: str) -> bool:
    """Tell whether `text` mixes capitals, small letters and digits as only chance does.

    Wants 16 characters or more.
    """
    return (
        _ISLAND.search(text) is not None
        and text != text.lower()
        and text != text.upper()
        and wordy_share(text) < _MAX_WORDY_SHARE
    )


def is_single_case_random(text: str) -> bool:
    """Tell whether letters of one case and digits alternate in `text` as in hexadecimal or base 36 numbers."""
    return len(_ISLAND.findall(text)) >= _MIN_ISLANDS - (len(text) > MANY) and not text.isdigit()


def encodes_text(text: str) -> bool:
    """Tell whether `text` is base64 of something that people read."""
    try:
        plain = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (ValueError, binascii.Error):
        return False
    return plain.isascii() and plain.decode("ascii").replace("\n", "").isprintable()
