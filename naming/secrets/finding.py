"""What one found secret is."""

from __future__ import annotations

from typing import NamedTuple


def holds_one_of(chars: str, text: str) -> bool:
    """Tell whether `text` holds one of `chars`; twenty times as fast as looking for one word."""
    for char in chars:  # noqa: SIM110 - `any` of a generator takes three times as long
        if char in text:
            return True
    return False


class Finding(NamedTuple):
    """A secret at `start` to `end` of a text.

    `word` says its kind, `value` is the part that nobody may see again.

    `word` is empty where the text before it has already said the kind (`password: …`).
    """

    start: int
    end: int
    word: str
    value: str
