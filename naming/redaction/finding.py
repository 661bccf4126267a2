"""What one found secret is."""

from __future__ import annotations

from typing import NamedTuple


class Finding(NamedTuple):
    """A secret at `start` to `end` of a text; `word` says its kind, `value` is the part that nobody may see again.

    `word` is empty where the text before it has already said the kind (`password: …`).
    """

    start: int
    end: int
    word: str
    value: str
