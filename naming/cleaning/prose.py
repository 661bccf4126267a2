"""Whether a text says anything.

The question each reduction asks before it lets the rest stand alone.
"""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]{2}|[\u0e01-\u0e5b\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


def says_something(text: str) -> bool:
    """Tell whether `text` holds a word."""
    return _WORD.search(text) is not None
