"""What the value of a place must be like, to be taken for a credential there."""

from __future__ import annotations

import base64
from typing import Final

from naming.redaction.secret_words import PREDICATES, SENTENCE_WORDS
from naming.redaction.values import is_machine_made, is_mixed, is_term, is_variable

_MIN_CREDENTIAL: Final = 12
"""Characters."""


def is_anything(value: str) -> bool:
    """Tell whether there is a value: the place alone says that it is a credential."""
    return bool(value)


def is_hard_to_guess(value: str) -> bool:
    """Tell whether `value` mixes what words do not mix, or was drawn."""
    return (is_mixed(value) and not is_term(value)) or is_machine_made(value)


def _is_name(value: str) -> bool:
    return value.islower() or is_variable(value)


def is_passphrase(value: str) -> bool:
    """Tell whether the words of `value` make no sentence about passwords."""
    words = value.split()
    return SENTENCE_WORDS.isdisjoint(words) and len(PREDICATES.intersection(words)) < 2  # noqa: PLR2004 - "correct horse"


def is_drawn(value: str) -> bool:
    """Tell whether `value` was drawn, as the last part of a link was that opens something."""
    if is_machine_made(value):
        return True
    kinds = (str.isdigit, str.islower, str.isupper)
    return value.isalnum() and all(any(map(kind, value)) for kind in kinds) and not is_variable(value)


def is_credential(value: str) -> bool:
    """Tell whether `value` was drawn, is no name, or is base64 of `user:password`."""
    if is_machine_made(value) or (len(value) >= _MIN_CREDENTIAL and is_hard_to_guess(value) and not _is_name(value)):
        return True
    try:
        plain = base64.b64decode(value + "=" * (-len(value) % 4), validate=True).decode("ascii")
    except ValueError:
        return False
    return ":" in plain and plain.isprintable()
