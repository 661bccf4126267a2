"""What a value looks like: a secret, or a placeholder, a type, code, a name, a sentence's word."""

from __future__ import annotations

import re
from typing import Final

from naming.secrets.entropy import decoded_base64, is_machine_made, is_mixed_random
from naming.secrets.rules import Shapes
from naming.text.word_files import words_in

_SHAPES: Final = Shapes("values")
_WORDS: Final = "secrets/values.txt"

# --- what stands where a secret could stand, and is none

_TYPES: Final = words_in(_WORDS, "types")
_PREDICATES: Final = words_in(_WORDS, "predicates")
_CONCEPTS: Final = words_in(_WORDS, "concepts")
_ENDINGS: Final = tuple(words_in(_WORDS, "word endings"))


_MAX_NUMBERS_OF_NAME: Final = 2
_MIN_HUMP: Final = 3.2
"""Letters of a word of a name, on average; drawn letters change their case after 1.6."""

_OF_CODE: Final = words_in(_WORDS, "words of code")


def is_nothing_secret(value: str) -> bool:
    """Tell whether `value` stands for a value: a placeholder, a type, an expression of code."""
    small = value.lower()
    return (
        small.strip(".,;:!?") in _TYPES
        or _SHAPES.placeholder.fullmatch(small) is not None
        or _SHAPES.expression.fullmatch(value) is not None
    )


def is_joined_words(value: str) -> bool:
    """Tell whether `value` is words and numbers with hyphens (`tls-cert-2024`, `eu-west-1`)."""
    return _SHAPES.joined_words.fullmatch(value) is not None


def is_contract(value: str) -> bool:
    """Tell whether `value` is the address of a contract on a block chain."""
    return _SHAPES.contract.fullmatch(value) is not None


def is_path(value: str) -> bool:
    """Tell whether `value` is a path or address without a character that paths have not."""
    return _SHAPES.path.fullmatch(value) is not None


def is_term(value: str) -> bool:
    """Tell whether `value` is a word with digits that sentences are about."""
    return (
        _SHAPES.term.fullmatch(value.lower()) is not None
        or _SHAPES.ticket.fullmatch(value) is not None
    )


def is_variable(value: str) -> bool:
    """Tell whether `value` has the shape of a variable of several words."""
    if _SHAPES.variable.fullmatch(value) is None:
        return False
    parts = _SHAPES.part.findall(value)
    return 2 * sum(_SHAPES.vowel.search(part) is not None for part in parts) > len(parts)


def is_plain_word(value: str) -> bool:
    """Tell whether `value` is one word of letters that is no usual word behind a name."""
    small = value.lower()
    return (
        _SHAPES.word_only.fullmatch(value) is not None
        and not is_variable(value)
        and small not in _PREDICATES
        and small not in _TYPES
        and small not in _CONCEPTS
        and not small.endswith(_ENDINGS)
    )


def is_joined_plain_words(value: str) -> bool:
    """Tell whether `value` is plain words with underscores or hyphens (`open_sesame`)."""
    parts = _SHAPES.joints.split(value)
    return len(parts) > 1 and all(
        _SHAPES.word_of_several.fullmatch(part) is not None
        and part not in _TYPES
        and part not in _CONCEPTS
        and part not in _OF_CODE
        for part in parts
    )


def is_joined_phrase(value: str) -> bool:
    """Tell whether `value` is three plain words or more, joined, and no sentence of them."""
    words = _SHAPES.joints.sub(" ", value)
    return words.count(" ") > 1 and is_joined_plain_words(value) and is_passphrase(words)


def is_identifier(value: str) -> bool:
    """Tell whether `value` is words and numbers with points, hyphens or underscores between."""
    parts = _SHAPES.joints_of_names.split(value)
    return len(parts) > 1 and all(
        not part or _SHAPES.part_of_name.fullmatch(part) for part in parts
    )


def is_camel_case(value: str) -> bool:
    """Tell whether `value` is words in camel case, a few numbers within (`useV2Store`)."""
    humps = _SHAPES.hump.findall(value)
    return (
        value.isalnum()
        and len(_SHAPES.digits.findall(value)) <= _MAX_NUMBERS_OF_NAME
        and len(value) >= _MIN_HUMP * len(humps)
        and sum(_SHAPES.vowel.search(hump) is not None for hump in humps) * 2 > len(humps)
    )


def is_name_in_code(value: str, *, humps: int) -> bool:
    """Tell whether `value` is a function of so many words behind its first, or a class."""
    if _SHAPES.of_function.fullmatch(value) is None:
        return _SHAPES.of_class.fullmatch(value) is not None
    words = _SHAPES.capital_hump.findall(value)
    return (
        len(words) >= humps
        and len(value) >= _MIN_HUMP * (len(words) + 1)
        and len(_SHAPES.digits.findall(value)) <= _MAX_NUMBERS_OF_NAME
        and sum(_SHAPES.vowel.search(word) is not None for word in words) * 2 >= len(words)
    )


# --- what a person thinks up

_SENTENCE_WORDS: Final = words_in(_WORDS, "sentence words")
_JOINING_WORDS: Final = words_in(_WORDS, "joining words")

_MIN_SHUFFLED: Final = 8
"""Characters."""

_MIN_SWITCHES: Final = 3
_MAX_PREDICATES: Final = 1
"""A phrase of four words may have one ("correct horse battery staple")."""


def is_mixed(value: str) -> bool:
    """Tell whether `value` mixes letters, digits and symbols as passwords do and words do not."""
    letter, digit, symbol = (
        pattern.search(value) is not None
        for pattern in (_SHAPES.letter, _SHAPES.digit, _SHAPES.symbol)
    )
    return (letter and digit) or (symbol and (letter or digit)) or _is_shuffled(value)


def _is_shuffled(value: str) -> bool:
    """Tell whether the case alternates (`DEfajVSZpwOa`) more than in `PostgreSQL`."""
    return (
        len(value) >= _MIN_SHUFFLED
        and value.isalpha()
        and len(_SHAPES.case_switch.findall(value)) >= _MIN_SWITCHES
        and not is_variable(value)
    )


def has_digits_for_letters(value: str) -> bool:
    """Tell whether digits stand for letters that look alike (`g3heim`, `R00tbox`)."""
    return (
        _SHAPES.for_letters.search(_SHAPES.words_with_digits.sub("", value)) is not None
        and _SHAPES.hex_digits.fullmatch(value) is None
    )


def has_three_kinds(value: str) -> bool:
    """Tell whether `value` has a small letter, a capital and a digit."""
    return all(any(map(kind, value)) for kind in (str.islower, str.isupper, str.isdigit))


def is_sentence(words: list[str]) -> bool:
    """Tell whether `words` (in small letters) hold one that sentences about passwords have."""
    return not _SENTENCE_WORDS.isdisjoint(words)


# --- what a context of credentials asks of a value; rules name these


def is_anything(value: str) -> bool:
    """Tell whether there is a value: the context alone says that it is a credential."""
    return bool(value)


def is_lower_case(value: str) -> bool:
    """Tell whether `value` is in small letters."""
    return value.islower()


def is_hard_to_guess(value: str) -> bool:
    """Tell whether `value` mixes what words do not mix, or was drawn."""
    return (is_mixed(value) and not is_term(value)) or is_machine_made(value)


def is_passphrase(value: str) -> bool:
    """Tell whether the words of `value` make no sentence about passwords."""
    words = value.split()
    return not is_sentence(words) and len(_PREDICATES.intersection(words)) <= _MAX_PREDICATES


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
        and not is_path(value)
        and not is_variable(value)
        and not is_nothing_secret(value)
        and _SHAPES.host.fullmatch(value) is None
    )


def is_text_of_call(value: str) -> bool:
    """Tell the same of a text that only its place in a call marks: no `db1` either."""
    return (
        is_literal(value)
        and _SHAPES.numbered.fullmatch(value) is None
        and not is_name_in_code(value, humps=2)
        and not is_joined_words(value)
    )


def is_typed(value: str) -> bool:
    """Tell whether `value` is no name, number or file but what a person types as a password."""
    return is_text_of_call(value) and (
        has_digits_for_letters(value)
        or _SHAPES.sign.search(value) is not None
        or has_three_kinds(value)
    )


def is_spelt_with_digits(value: str) -> bool:
    """Tell the same of what has digits instead of letters."""
    return is_typed(value) and has_digits_for_letters(value)


_MIN_PASSWORD: Final = 7
"""Characters."""


def is_spelt_as_password(value: str) -> bool:
    """Tell whether nobody writes `value`, a word with signs, but as a password."""
    if len(value) < _MIN_PASSWORD:
        return False
    if _SHAPES.spelling.match(value):
        return not value.rstrip("!").isalpha()
    return has_digits_for_letters(value) or (
        _SHAPES.signs_within.search(value) is not None and has_three_kinds(value)
    )


_MIN_CREDENTIAL: Final = 12
MIN_ENCODED: Final = 16
"""Characters."""


def is_grouped_key(value: str) -> bool:
    """Tell whether groups of characters are base 32 or 36 rather than words or numbers."""
    groups = re.split("[ -]", value)
    core = "".join(groups)
    mixed = sum(not group.isdigit() and not group.isalpha() for group in groups)
    return not core.isdigit() and (mixed > 1 or (core.isupper() and mixed > 0))


def is_app_password(value: str) -> bool:
    """Tell whether `value` is groups of drawn letters, as mail providers give them to programs."""
    return (
        "-" in value
        or any(map(str.isdigit, value))
        or any(_SHAPES.no_vowel.search(group) for group in value.split(" "))
    )


def is_drawn(value: str) -> bool:
    """Tell whether `value` was drawn, as the last part of a link was that opens something."""
    return is_machine_made(value) or (
        value.isalnum() and has_three_kinds(value) and not is_variable(value)
    )


def is_credential(value: str) -> bool:
    """Tell whether `value` was drawn, is no name, or is base64 of `user:password`."""
    if is_contract(value) or is_name_in_code(value, humps=2):
        return False
    is_name = value.islower() or is_variable(value) or is_identifier(value)
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
    pair = _SHAPES.user_and_password.fullmatch(plain)
    return _SHAPES.given.search(plain) is not None or (pair is not None and is_mixed(pair[1]))


# --- what stands near a name, without being given to it

_SHORTEST: Final = 8
_DRAWN: Final = 20
"""Characters of a word that chance alone mixes so."""


def is_plausible(value: str) -> bool:
    """Tell whether `value`, of letters and digits, is no term, path, name or date."""
    if len(value) < _SHORTEST or _SHAPES.known.fullmatch(value):
        return False
    if _is_long_and_mixed(value):
        return True
    parts = _SHAPES.joints_of_names.split(_SHAPES.prose_terms.sub("", value))
    return not (
        is_contract(value)
        or is_name_in_code(value, humps=2)
        or is_term(value)
        or is_path(value)
        or (
            len(parts) > 1
            and all(not part or _SHAPES.part_of_name.fullmatch(part) for part in parts)
        )
    )


def _is_long_and_mixed(value: str) -> bool:
    return len(value) >= _DRAWN and value.isalnum() and is_mixed_random(value)


def is_made_up(value: str) -> bool:
    """Tell whether nobody would write `value` but as a secret."""
    if not is_plausible(value) or _SHAPES.hex_digits.fullmatch(value):
        return False
    if _SHAPES.strong.fullmatch(value) or _is_long_and_mixed(value):
        return True
    rest = _SHAPES.prose_terms.sub("", value)
    return len(_SHAPES.digits.findall(rest)) > 1 and not all(
        _SHAPES.wordy.fullmatch(part) for part in _SHAPES.letters.findall(rest)
    )


def is_thought_up(value: str) -> bool:
    """Tell whether a person may have thought `value` up."""
    return is_made_up(value) or (
        is_plausible(value)
        and has_digits_for_letters(value)
        and _SHAPES.hex_digits.fullmatch(value) is None
    )
