"""What a value looks like: a secret, or a placeholder, a type, code, a name, a sentence's word."""

from __future__ import annotations

import re
from typing import Final

from naming.secrets.entropy import decoded_base64, is_machine_made, is_mixed_random
from naming.secrets.rules import Shapes
from naming.text.word_files import words_in

SHAPES: Final = Shapes("values")
_WORDS: Final = "secrets/values.txt"

# --- what stands where a secret could stand, and is none

_TYPES: Final = words_in(_WORDS, "types")
_PREDICATES: Final = words_in(_WORDS, "predicates")
_TITLES: Final = _TYPES | words_in(_WORDS, "concepts")
_OF_CODE: Final = _TITLES | words_in(_WORDS, "words of code")
_ENDINGS: Final = tuple(words_in(_WORDS, "word endings"))

_MAX_NUMBERS_OF_NAME: Final = 2
_MIN_HUMP: Final = 3.2
"""Letters of a word of a name, on average; drawn letters change their case after 1.6."""


def is_nothing_secret(value: str) -> bool:
    """Tell whether `value` stands for a value: a placeholder, a type, an expression of code."""
    small = value.lower()
    return (
        small.strip(".,;:!?") in _TYPES
        or SHAPES.placeholder.fullmatch(small) is not None
        or SHAPES.expression.fullmatch(value) is not None
    )


def is_variable(value: str) -> bool:
    """Tell whether `value` has the shape of a variable of several words."""
    return SHAPES.variable.fullmatch(value) is not None and _can_be_spoken(
        SHAPES.part.findall(value)
    )


def is_plain_word(value: str) -> bool:
    """Tell whether `value` is one word of letters that is no usual word behind a name."""
    small = value.lower()
    return (
        SHAPES.word_only.fullmatch(value) is not None
        and not is_variable(value)
        and small not in _PREDICATES
        and small not in _TITLES
        and not small.endswith(_ENDINGS)
    )


def is_joined_plain_words(value: str) -> bool:
    """Tell whether `value` is plain words with underscores or hyphens (`open_sesame`)."""
    return SHAPES.words_of_small_letters.fullmatch(value) is not None and _OF_CODE.isdisjoint(
        SHAPES.letters.findall(value)
    )


def is_joined_phrase(value: str) -> bool:
    """Tell whether `value` is three plain words or more, joined, and no sentence of them."""
    return (
        SHAPES.three_words.fullmatch(value) is not None
        and is_joined_plain_words(value)
        and is_passphrase(value)
    )


def is_camel_case(value: str) -> bool:
    """Tell whether `value` is words in camel case, a few numbers within (`useV2Store`)."""
    return value.isalnum() and _is_of_humps(value, SHAPES.hump.findall(value))


def is_name_in_code(value: str, *, humps: int) -> bool:
    """Tell whether `value` is a function of so many words behind its first, or a class."""
    if SHAPES.of_function.fullmatch(value) is None:
        return SHAPES.of_class.fullmatch(value) is not None
    words = SHAPES.capital_hump.findall(value)
    return len(words) >= humps and _is_of_humps(value, ["a", *words])


def _is_of_humps(value: str, humps: list[str]) -> bool:
    return (
        len(SHAPES.digits.findall(value)) <= _MAX_NUMBERS_OF_NAME
        and len(value) >= _MIN_HUMP * len(humps)
        and _can_be_spoken(humps)
    )


def _can_be_spoken(words: list[str]) -> bool:
    """Tell whether most of `words` have a vowel."""
    return 2 * sum(SHAPES.vowel.search(word) is not None for word in words) > len(words)


# --- what a person thinks up

SENTENCE_WORDS: Final = words_in(_WORDS, "sentence words")
"""Words, in small letters, that sentences about passwords have."""

_JOINING_WORDS: Final = words_in(_WORDS, "joining words")

_MIN_SHUFFLED: Final = 8
"""Characters."""

_MIN_SWITCHES: Final = 3
_MAX_PREDICATES: Final = 1
"""A phrase of four words may have one ("correct horse battery staple")."""


def is_mixed(value: str) -> bool:
    """Tell whether `value` mixes letters, digits and symbols as passwords do and words do not."""
    return SHAPES.mixed.match(value) is not None or _is_shuffled(value)


def is_unlike_words(value: str) -> bool:
    """Tell whether `value` is mixed, and no word with digits that sentences are about."""
    return is_mixed(value) and not SHAPES.term.fullmatch(value)


def _is_shuffled(value: str) -> bool:
    """Tell whether the case alternates (`DEfajVSZpwOa`) more than in `PostgreSQL`."""
    return (
        len(value) >= _MIN_SHUFFLED
        and value.isalpha()
        and len(SHAPES.case_switch.findall(value)) >= _MIN_SWITCHES
        and not is_variable(value)
    )


def has_digits_for_letters(value: str) -> bool:
    """Tell whether digits stand for letters that look alike (`g3heim`, `R00tbox`)."""
    return (
        SHAPES.for_letters.search(SHAPES.words_with_digits.sub("", value)) is not None
        and SHAPES.hex_digits.fullmatch(value) is None
    )


# --- what a context of credentials asks of a value; rules name these

is_anything: Final = bool
"""The context alone says that it is a credential."""

is_lower_case: Final = str.islower


def is_hard_to_guess(value: str) -> bool:
    """Tell whether `value` mixes what words do not mix, or was drawn."""
    return is_unlike_words(value) or is_machine_made(value)


def is_passphrase(value: str) -> bool:
    """Tell whether the words of `value` make no sentence about passwords."""
    words = SHAPES.words.findall(value)
    return (
        SENTENCE_WORDS.isdisjoint(words) and len(_PREDICATES.intersection(words)) <= _MAX_PREDICATES
    )


def is_phrase_with_digits(value: str) -> bool:
    """Tell whether `value`, which holds a digit, is a passphrase ("open sesame 42")."""
    words = value.lower().split()
    return (
        is_passphrase(value.lower())
        and _JOINING_WORDS.isdisjoint(words)
        and not words[0].endswith("ed")
    )


def is_literal(value: str) -> bool:
    """Tell whether a quoted text is a credential rather than a name, a path, a host or a key."""
    return (
        is_hard_to_guess(value)
        and not SHAPES.path.fullmatch(value)
        and not is_variable(value)
        and not is_nothing_secret(value)
        and not SHAPES.host.fullmatch(value)
    )


def is_text_of_call(value: str) -> bool:
    """Tell the same of a text that only its place in a call marks: no `db1` either."""
    return (
        is_literal(value)
        and not SHAPES.numbered.fullmatch(value)
        and not is_name_in_code(value, humps=2)
        and not SHAPES.joined_words.fullmatch(value)
    )


def is_typed(value: str) -> bool:
    """Tell whether `value` is no name, number or file but what a person types as a password."""
    return is_text_of_call(value) and bool(
        has_digits_for_letters(value)
        or SHAPES.sign.search(value)
        or SHAPES.three_kinds.match(value)
    )


def is_spelt_with_digits(value: str) -> bool:
    """Tell the same of what has digits instead of letters."""
    return is_typed(value) and has_digits_for_letters(value)


def is_grouped_key(value: str) -> bool:
    """Tell whether groups of characters are base 32 or 36 rather than words or numbers."""
    groups = re.split("[ -]", value)
    core = "".join(groups)
    mixed = sum(not group.isdigit() and not group.isalpha() for group in groups)
    return not core.isdigit() and (mixed > 1 or (core.isupper() and mixed > 0))


def is_app_password(value: str) -> bool:
    """Tell whether `value` is groups of drawn letters, as mail providers give them to programs."""
    return SHAPES.of_app.search(value) is not None


def is_drawn(value: str) -> bool:
    """Tell whether `value` was drawn, as the last part of a link was that opens something."""
    return is_machine_made(value) or (
        value.isalnum() and SHAPES.three_kinds.match(value) is not None and not is_variable(value)
    )


_MIN_PASSWORD: Final = 7
"""Characters."""


def is_spelt_as_password(value: str) -> bool:
    """Tell whether nobody writes `value`, a word with signs, but as a password."""
    if len(value) < _MIN_PASSWORD:
        return False
    if SHAPES.spelling.match(value):
        return not value.rstrip("!").isalpha()
    return has_digits_for_letters(value) or bool(
        SHAPES.signs_within.search(value) and SHAPES.three_kinds.match(value)
    )


_MIN_ISSUED: Final = 16
_MIN_CREDENTIAL: Final = 12
MIN_ENCODED: Final = 16
"""Characters."""


def is_issued(value: str) -> bool:
    """Tell whether a vendor may have drawn `value`."""
    return len(value) >= _MIN_ISSUED and is_machine_made(value)


def is_credential(value: str) -> bool:
    """Tell whether `value` was drawn, is no name, or is base64 of `user:password`."""
    if SHAPES.contract.fullmatch(value) or is_name_in_code(value, humps=2):
        return False
    is_name = value.islower() or is_variable(value) or SHAPES.identifier.fullmatch(value)
    if is_machine_made(value) or (
        len(value) >= _MIN_CREDENTIAL and is_hard_to_guess(value) and not is_name
    ):
        return True
    plain = decoded_base64(value)
    return plain is not None and ":" in plain and plain.isprintable()


def encodes_secret(value: str) -> bool:
    """Tell whether `value` is base64 of an assignment to a secret, or of a user and a password."""
    if len(value) < MIN_ENCODED or "_" in value or "-" in value:
        return False
    plain = decoded_base64(value)
    if plain is None:
        return False
    pair = SHAPES.user_and_password.fullmatch(plain)
    return SHAPES.given.search(plain) is not None or (pair is not None and is_mixed(pair[1]))


# --- what stands near a name, without being given to it

_SHORTEST: Final = 8
_DRAWN: Final = 20
"""Characters of a word that chance alone mixes so."""


def is_plausible(value: str) -> bool:
    """Tell whether `value`, of letters and digits, is no term, path, name or date."""
    if len(value) < _SHORTEST or SHAPES.known.fullmatch(value):
        return False
    return _is_long_and_mixed(value) or not (
        SHAPES.contract.fullmatch(value)
        or SHAPES.term.fullmatch(value)
        or SHAPES.path.fullmatch(value)
        or SHAPES.identifier.fullmatch(SHAPES.prose_terms.sub("", value))
        or is_name_in_code(value, humps=2)
    )


def _is_long_and_mixed(value: str) -> bool:
    return len(value) >= _DRAWN and value.isalnum() and is_mixed_random(value)


def is_made_up(value: str) -> bool:
    """Tell whether nobody would write `value` but as a secret."""
    if not is_plausible(value) or SHAPES.hex_digits.fullmatch(value):
        return False
    if SHAPES.strong.fullmatch(value) or _is_long_and_mixed(value):
        return True
    rest = SHAPES.prose_terms.sub("", value)
    return len(SHAPES.digits.findall(rest)) > 1 and not all(
        SHAPES.wordy.fullmatch(part) for part in SHAPES.letters.findall(rest)
    )


def is_thought_up(value: str) -> bool:
    """Tell whether a person may have thought `value` up."""
    return is_made_up(value) or (is_plausible(value) and has_digits_for_letters(value))
