"""What the value of a place must be like, to be taken for a credential there."""

from __future__ import annotations

import base64
import re
from typing import Final

from naming.secrets.secret_words import PREDICATES, SENTENCE_WORDS
from naming.secrets.values import (
    has_digits_for_letters,
    is_contract,
    is_joined_words,
    is_machine_made,
    is_mixed,
    is_nothing_secret,
    is_path,
    is_term,
    is_variable,
)

_HOST: Final = re.compile(
    r"(?:[a-z]+://.*|[\w-]+(?:\.[\w-]+)+(?::\d+)?|[\w.-]+:\d+|[a-z][a-z0-9_-]*(?:/[a-z0-9_.-]+)+)"
)
_NUMBERED: Final = re.compile(r"[A-Z]?[a-z]+[_-]?\d{1,2}")

_NO_VOWEL: Final = re.compile(r"(?<![aeiouy])[^aeiouy\W\d]{4}", re.IGNORECASE)
_SIGN: Final = re.compile(r"[A-Za-z0-9][!#$%^&*]")
_SMALL_WORDS: Final = frozenset(
    "a an as at by in is of on to too if it its on than after when only not no".split()
)
"""What joins the words of a sentence, and not those of a passphrase."""

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


def is_phrase_with_digits(value: str) -> bool:
    """Tell whether `value` is a passphrase with a number or a word that mixes letters and digits ("open sesame 42")."""
    words = value.lower().split()
    return (
        is_passphrase(value.lower())
        and _SMALL_WORDS.isdisjoint(words)
        and not words[0].endswith("ed")
    )


def is_literal(value: str) -> bool:
    """Tell whether a text in quotes is a credential rather than a name, a path, a host or a key of a dictionary."""
    return (
        is_hard_to_guess(value)
        and not is_path(value)
        and not is_variable(value)
        and not is_nothing_secret(value)
        and _HOST.fullmatch(value) is None
    )


def is_text_of_call(value: str) -> bool:
    """Tell the same of a text that only its place in a call marks.

    No numbered name (`db1`) either.
    """
    return is_literal(value) and _NUMBERED.fullmatch(value) is None and not is_joined_words(value)


def is_typed(value: str) -> bool:
    """Tell whether `value` is no name, number or file but what a person types as a password."""
    return is_text_of_call(value) and (
        has_digits_for_letters(value)
        or _SIGN.search(value) is not None
        or all(any(map(kind, value)) for kind in (str.islower, str.isupper, str.isdigit))
    )


def is_grouped_key(value: str) -> bool:
    """Tell whether groups of four characters are base 32 or base 36 rather than short words or numbers."""
    groups = re.split("[ -]", value)
    core = "".join(groups)
    mixed = sum(not group.isdigit() and not group.isalpha() for group in groups)
    return not core.isdigit() and (mixed > 1 or (core.isupper() and mixed > 0))


def is_app_password(value: str) -> bool:
    """Tell whether `value` is groups of four drawn letters, as mail providers give them to programs, or all in one."""
    groups = re.split("[ -]", value)
    return (
        "-" in value
        or any(map(has_digit, groups))
        or any(_NO_VOWEL.search(group) for group in groups)
    )


def has_digit(value: str) -> bool:
    """Tell whether there is a digit in `value`."""
    return any(map(str.isdigit, value))


def is_drawn(value: str) -> bool:
    """Tell whether `value` was drawn, as the last part of a link was that opens something."""
    if is_machine_made(value):
        return True
    kinds = (str.isdigit, str.islower, str.isupper)
    return (
        value.isalnum() and all(any(map(kind, value)) for kind in kinds) and not is_variable(value)
    )


def is_credential(value: str) -> bool:
    """Tell whether `value` was drawn, is no name, or is base64 of `user:password`."""
    if is_contract(value):
        return False
    if is_machine_made(value) or (
        len(value) >= _MIN_CREDENTIAL and is_hard_to_guess(value) and not _is_name(value)
    ):
        return True
    try:
        plain = base64.b64decode(value + "=" * (-len(value) % 4), validate=True).decode("ascii")
    except ValueError:
        return False
    return ":" in plain and plain.isprintable()
