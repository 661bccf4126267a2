"""Whether what stands behind a password's or key's name is a secret, or a placeholder, a type, code, a sentence."""

from __future__ import annotations

import re
from typing import Final

from naming.secrets.randomness import is_mixed_random, is_single_case_random, wordy_share
from naming.secrets.secret_words import CONCEPTS, PREDICATES, TYPES

_PLACEHOLDER: Final = re.compile(
    r"[<\[({].*|![a-z]+(?:/[a-z]+)?|[$%@#]?[{(].*|\$[a-z_]\w*|%\w+%|%[sdrv]|\?+|:[a-z_]+|[*•●·x#.…_\-]{2,}|#[0-9a-f]{3,8}|\W|"
    r"required\|.*|samesite=.*"
    r"|(?:your|insert|enter|replace|example|sample|dummy|fake|redacted|removed|masked|placeholder)(?:[_ -].*)?"
    r"|(?:your|my[_ -]|the|some|put|add|example)[_ -]?(?:[a-z]+[_ -]?)?(?:password|secret|token|key).*"
)
"""Written where a value would stand; compared in small letters."""

_EXPRESSION: Final = re.compile(
    r"!?(?:new |await )?[A-Za-z_$][A-Za-z_$.]{2,}\(.*"
    r"|[a-z][a-z0-9]*(?:[_.][a-z0-9]+)+\(.*"
    r"|[A-Za-z_$]+(?:\[.*\]?|(?:(?:\??\.|::|->)[A-Za-z_$]{2,}\d?)+(?:[()\[\];,]+|[(\[].*)?)"
    r"|(?:process|os|self|this|req|request|config|settings|env|args|props|state|ctx|data|user)[.\[].*"
)
"""Code that yields the value: a call, a member, an index."""

_JOINED_WORDS: Final = re.compile(r"(?:[a-z]+\d{0,2}-)+(?:[a-z]+\d{0,2}|\d{1,4})")
_CONTRACT: Final = re.compile(r"0x[0-9A-Fa-f]{40}")

_VARIABLE: Final = re.compile(
    r"[a-z]+(?:\d?[A-Z][a-z]+)+|[A-Z][a-z]+(?:\d?[A-Z][a-z]+)+|[A-Za-z]+(?:_[A-Za-z]+)+|[a-z]+(?:-[a-z]+)+"
)

_TERM: Final = re.compile(
    r"(?:sha|md|aes|rsa|utf|latin|cp|base|oauth|auth|argon|pbkdf|hs|rs|es|ps|v|ver|version|http|tls|ssl|ipv|ip|s|ec|p|x|"
    r"python|py|"
    r"php|java|node|vue|angular|react|web|log|h|rfc|iso|win|ed|curve|secp|crc|mysql|neo|bcrypt|scrypt|des|hmac-sha)"
    r"[-_.]?\d[\d.]{0,5}(?:[a-z]{1,3}|-[a-z]{1,12})?"
    r"|[kial]\d{1,2}[a-z]"
    r"|\d+[-.]?(?:st|nd|rd|th|px|ms|s|sec|min|mins|h|hr|d|days?|mb|kb|gb|x|fa|k|m|g|bit|bits|byte|bytes|chars?|"
    r"characters?)?"
    r"|\d+-[a-z]+(?:-[a-z]+)*|[a-z]+/[a-z/]+|#\d+|1password"
)
"""Words with digits that sentences are about: `sha256`, `2FA`, `8 characters`, `ABC-123`, `v2`.

In small letters."""

_FOR_LETTERS: Final = re.compile(r"[A-Za-z][013457]{1,2}[a-z]")
_KNOWN_SPELLINGS: Final = re.compile(
    r"(?<![A-Za-z])(?:log4j|k8s|k3s|i18n|l10n|a11y|e2e|b2b|b2c|p2p|x509|ec2|n8n|h2o|w3c|o365|u2f|v\d+(?:alpha|beta|rc)\d*|"
    r"s3(?:bucket|client|object|key|ur[li]|path|fs|proxy|cmd|file)|md5sum|sha1sum|mp3|mp4|h5py|d3js|p5js|web3|gpt\d\w?|"
    r"llama\d|utf8|oauth\d\w?|i3wm|b3dm|base\d+|py\d+k?|t5|x86|web1)"
    r"|\d+(?:st|nd|rd|th|px|ms|kb|mb|gb|k|m|s|x|d)(?![a-z])",
    re.IGNORECASE,
)
"""Words that have a digit within for another reason."""

_HEX_DIGITS: Final = re.compile(r"(?:0x)?[0-9a-fA-F_-]+")

_PART: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_VOWEL: Final = re.compile(r"[aeiouyAEIOUY]")
_TICKET: Final = re.compile(r"[A-Z]{2,10}-\d{1,6}")
_CASE_SWITCH: Final = re.compile(r"(?<=[a-z])[A-Z]|(?<=[A-Z])[a-z]")
_PATH: Final = re.compile(
    r"(?:https?:/|\.{1,2}|~)?(?:/[\w.@{}:-]*)+|[a-z][\w-]*(?:/[\w.-]+)*\.[a-z]{1,4}"
)
_LETTER: Final = re.compile(r"[^\W\d_]")
_DIGIT: Final = re.compile(r"\d")
_SYMBOL: Final = re.compile(r"[!@#$%^&*+=?~|\\<>(){}\[\]]")
_HEX: Final = re.compile(r"[0-9a-fA-F]{16,}")
_CAPITALS: Final = re.compile(r"(?=[A-Z]*[0-9])(?![A-Z]+[0-9]{1,6}\Z)[A-Z0-9]{16,}")
"""Base 32, as seeds of one-time codes have it, and no words with a number behind."""

_LONG: Final = 120
"""Characters that show whether a value was drawn."""

_WORD_ONLY: Final = re.compile(r"[^\W\d_]{4,}")
_ENDINGS: Final = "ing ings tion tions sion ment ments ness ity ance ence ed able ible less ful ly er ers or ors ies".split()
"""How words end that titles have behind a colon (`Password.

Validation`) and sentences behind "is"."""


def is_nothing_secret(value: str) -> bool:
    """Tell whether `value` stands for a value: a placeholder, a type, an expression of code."""
    small = value.lower()
    return (
        small.strip(".,;:!?") in TYPES
        or _PLACEHOLDER.fullmatch(small) is not None
        or _EXPRESSION.fullmatch(value) is not None
    )


def is_joined_words(value: str) -> bool:
    """Tell whether `value` is words and small numbers with hyphens (`tls-cert-2024`, `eu-west-1`)."""
    return _JOINED_WORDS.fullmatch(value) is not None


def has_digits_for_letters(value: str) -> bool:
    """Tell whether digits that look like letters stand for them in `value` (`g3heim`, `R00tbox`)."""
    return (
        _FOR_LETTERS.search(_KNOWN_SPELLINGS.sub("", value)) is not None
        and _HEX_DIGITS.fullmatch(value) is None
    )


def is_contract(value: str) -> bool:
    """Tell whether `value` is where a token of a block chain lives."""
    return _CONTRACT.fullmatch(value) is not None


def is_path(value: str) -> bool:
    """Tell whether `value` is a path or address without a character that paths have not."""
    return _PATH.fullmatch(value) is not None


def is_term(value: str) -> bool:
    """Tell whether `value` is a word with digits that sentences are about."""
    return _TERM.fullmatch(value.lower()) is not None or _TICKET.fullmatch(value) is not None


def is_variable(value: str) -> bool:
    """Tell whether `value` has the shape of a variable of several words."""
    if _VARIABLE.fullmatch(value) is None:
        return False
    parts = _PART.findall(value)
    return 2 * sum(_VOWEL.search(part) is not None for part in parts) > len(parts)


def is_mixed(value: str) -> bool:
    """Tell whether `value` mixes letters, digits and symbols as passwords do and words do not."""
    letter, digit, symbol = (
        pattern.search(value) is not None for pattern in (_LETTER, _DIGIT, _SYMBOL)
    )
    return (letter and digit) or (symbol and (letter or digit)) or _is_shuffled(value)


def _is_shuffled(value: str) -> bool:
    """Tell whether capitals and small letters alternate in `value` (`DEfajVSZpwOa`) more than in `PostgreSQL`."""
    return (
        len(value) >= 8  # noqa: PLR2004
        and value.isalpha()
        and len(_CASE_SWITCH.findall(value)) >= 3  # noqa: PLR2004
        and not is_variable(value)
    )


def is_plain_word(value: str) -> bool:
    """Tell whether `value` is one word of letters that could be somebody's password and is no usual word there."""
    small = value.lower()
    return (
        _WORD_ONLY.fullmatch(value) is not None
        and not is_variable(value)
        and small not in PREDICATES
        and small not in TYPES
        and small not in CONCEPTS
        and not small.endswith(tuple(_ENDINGS))
    )


def is_machine_made(value: str) -> bool:
    """Tell whether `value` was drawn by a machine.

    12 characters of three kinds, or 16 of hexadecimal or base 36.
    """
    core = re.sub(r"[^A-Za-z0-9]", "", value[:_LONG])
    if len(core) < 16:  # noqa: PLR2004 - said above
        return len(core) >= 12 and is_mixed_random(core)  # noqa: PLR2004
    return (
        (_CAPITALS.fullmatch(core) is not None)
        or (_HEX.fullmatch(core) is not None and _DIGIT.search(core) is not None)
        or is_mixed_random(core)
        or (is_single_case_random(core) and wordy_share(core) < 0.9)  # noqa: PLR2004 - base 36 has word-like runs
    )
