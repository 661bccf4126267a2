"""Secrets in base64, as a Kubernetes manifest or a header of HTTP has them."""

from __future__ import annotations

import base64
import re
from typing import Final

from naming.secrets.values import is_mixed

_GIVEN: Final = re.compile(
    r"(?:pass|pwd|secret|token|key|auth|credential)\w*[\"']?\s*[=:]\s*[\"']?\S{4,}|://[^\s/:@]*:[^\s/@]+@",
    re.IGNORECASE,
)
_USER_AND_PASSWORD: Final = re.compile(r"[\w.@+-]{2,40}:(\S{4,})")

MIN_ENCODED: Final = 16
"""Characters."""


def encodes_secret(text: str) -> bool:
    """Tell whether `text` is base64 of an assignment to a password or key, or of a user and a password."""
    if len(text) < MIN_ENCODED or "_" in text or "-" in text:
        return False
    try:
        plain = base64.b64decode(text + "=" * (-len(text) % 4), validate=True).decode("ascii")
    except ValueError:
        return False
    pair = _USER_AND_PASSWORD.fullmatch(plain)
    return _GIVEN.search(plain) is not None or (pair is not None and is_mixed(pair[1]))
