"""What a value looks like: a secret, or a placeholder, a type, code, a name, a sentence's word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from naming.secrets import entropy
from naming.secrets.rules import Shapes, condition, read_pairs
from naming.text.word_files import words_in

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

_SHAPES: Final = Shapes("values")

_MAX_NUMBERS_OF_NAME: Final = 2
_MIN_HUMP: Final = 3.2
"""Letters of a word of a name, on average; drawn letters change their case after 1.6."""

_MAX_PREDICATES: Final = 1
"""A passphrase of four words may have one ("correct horse battery staple")."""


def _can_be_spoken(words: list[str]) -> bool:
    """Tell whether most of `words` have a vowel."""
    return 2 * sum(map(bool, map(_SHAPES.vowel.search, words))) > len(words)


def _is_variable(value: str) -> bool:
    """Tell whether `value` has the shape of a variable of several words."""
    return _SHAPES.variable.fullmatch(value) is not None and _can_be_spoken(
        _SHAPES.part.findall(value)
    )


def _is_of_humps(value: str, humps: re.Pattern[str], least: int = 0) -> bool:
    """Tell whether `value` is words in camel case with few numbers, `least` behind its first."""
    if len(_SHAPES.digits.findall(value)) > _MAX_NUMBERS_OF_NAME:
        return False
    words = ["a"] * (least > 0) + humps.findall(value)
    return least < len(words) <= len(value) / _MIN_HUMP and _can_be_spoken(words)


def is_camel_case(value: str) -> bool:
    """Tell whether `value` is words in camel case, a few numbers within (`useV2Store`)."""
    return value.isalnum() and _is_of_humps(value, _SHAPES.hump)


def _is_name_in_code(value: str, humps: int = 2) -> bool:
    """Tell whether `value` is a function of so many words behind its first, or a class."""
    if _SHAPES.of_function.fullmatch(value) is None:
        return _SHAPES.of_class.fullmatch(value) is not None
    return _is_of_humps(value, _SHAPES.capital_hump, humps)


def _has_digits_for_letters(value: str) -> bool:
    """Tell whether digits stand for letters that look alike (`g3heim`, `R00tbox`)."""
    return (
        _SHAPES.for_letters.search(_SHAPES.words_with_digits.sub("", value)) is not None
        and _SHAPES.hex_digits.fullmatch(value) is None
    )


def _has_numbers_among_letters(value: str) -> bool:
    rest = _SHAPES.prose_terms.sub("", value)
    return len(_SHAPES.digits.findall(rest)) > 1 and not all(
        map(_SHAPES.wordy.fullmatch, _SHAPES.letters.findall(rest))
    )


def _encodes_pair(value: str) -> bool:
    plain = entropy.decoded_base64(value)
    return plain is not None and ":" in plain and plain.isprintable()


def encodes_secret(value: str) -> bool:
    """Tell whether `value` is base64 of an assignment to a secret, or of a user and a password."""
    if len(value) < MIN_ENCODED or "_" in value or "-" in value:
        return False
    plain = entropy.decoded_base64(value)
    if plain is None:
        return False
    pair = _SHAPES.user_and_password.fullmatch(plain)
    return _SHAPES.given.search(plain) is not None or (pair is not None and is_mixed(pair[1]))


MIN_ENCODED: Final = 16
"""Characters."""


def _words(*sections: str) -> frozenset[str]:
    return frozenset().union(*(words_in("secrets/values.txt", section) for section in sections))


def _is_one_of(*sections: str) -> Callable[[str], bool]:
    words = _words(*sections)
    return lambda value: value.lower().strip(".,;:!?") in words


def _has_more_of(*sections: str, than: int = 0) -> Callable[[str], bool]:
    words = _words(*sections)
    return lambda value: len(words.intersection(_SHAPES.words.findall(value.lower()))) > than


def _kinds() -> dict[str, Callable[[str], bool]]:
    kinds: dict[str, Callable[[str], bool]] = {
        **_SHAPES.checks(),
        "always": lambda _: True,
        "never": lambda _: False,
        "type": _is_one_of("types"),
        "title": _is_one_of("types", "concepts"),
        "predicate": _is_one_of("predicates"),
        "common_password": _is_one_of("common passwords"),
        "has_word_of_code": _has_more_of("types", "concepts", "words of code"),
        "has_sentence_word": _has_more_of("sentence words"),
        "has_joining_word": _has_more_of("joining words"),
        "has_predicates": _has_more_of("predicates", than=_MAX_PREDICATES),
        "has_unlike_word": lambda value: any(map(kinds["unlike_words"], value.split())),
        "variable": _is_variable,
        "name_in_code": _is_name_in_code,
        "long_name_in_code": lambda value: _is_name_in_code(value, humps=3),
        "digits_for_letters": _has_digits_for_letters,
        "numbers_among_letters": _has_numbers_among_letters,
        "identifier_but_for_terms": lambda value: (
            _SHAPES.identifier.fullmatch(_SHAPES.prose_terms.sub("", value)) is not None
        ),
        "base64_of_pair": _encodes_pair,
        "machine_made": entropy.is_machine_made,
        "mixed_random": entropy.is_mixed_random,
        "drawn_letters": entropy.is_drawn_letters,
    }
    for name, expression in read_pairs("kinds", "values"):
        kinds[name] = condition(expression, kinds)
    return kinds


KINDS: Final = _kinds()
"""What can be asked of a value, by name."""

is_mixed: Final = KINDS["mixed"]
is_nothing_secret: Final = KINDS["nothing_secret"]
