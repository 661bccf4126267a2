"""What a value looks like: a secret, or a placeholder, a type, code, a name, a sentence's word."""

import binascii
import re
from collections.abc import Callable
from functools import partial
from typing import Final

from naming.secrets.rules import Shapes, condition, read_rows
from naming.text.word_files import words_in

_SHAPES: Final = Shapes("values")

_MAX_NUMBERS_OF_NAME: Final = 2
_MIN_HUMP: Final = 3.2
"""Letters of a word of a name, on average; drawn letters change their case after 1.6."""

_MAX_PREDICATES: Final = 1
"""A passphrase of four words may have one ("correct horse battery staple")."""


def _can_be_spoken(words: list[str]) -> bool:
    """Tell whether most of `words` have a vowel."""
    return 2 * sum(map(bool, map(_SHAPES.vowel.search, words))) > len(words)


def _is_of_humps(value: str, humps: re.Pattern[str], least: int = 0) -> bool:
    """Tell whether `value` is words in camel case with few numbers, `least` behind its first."""
    if len(_SHAPES.digits.findall(value)) > _MAX_NUMBERS_OF_NAME:
        return False
    words = ["a"] * (least > 0) + humps.findall(value)
    return least < len(words) <= len(value) / _MIN_HUMP and _can_be_spoken(words)


def _is_camel_case(value: str) -> bool:
    """Tell whether `value` is words in camel case, a few numbers within (`useV2Store`)."""
    value = value.replace("_", "")
    return value.isalnum() and _is_of_humps(value, _SHAPES.hump)


def _is_name_in_code(value: str, humps: int = 2) -> bool:
    """Tell whether `value` is a function of so many words behind its first, or a class."""
    if _SHAPES.of_function.fullmatch(value) is None:
        return _SHAPES.of_class.fullmatch(value) is not None
    return _is_of_humps(value, _SHAPES.capital_hump, humps)


def _decoded(text: str) -> str:
    """Decode base64, also without its filling; nothing when that gives no ASCII text."""
    try:
        plain = binascii.a2b_base64(text + "=" * (-len(text) % 4), strict_mode=True)
    except ValueError:
        return ""
    return plain.decode("ascii") if plain.isascii() else ""


# --- what machines draw

_LONG_RUN: Final = 6  # characters of a run that must be speakable to be a word
_MAX_WORDY_SHARE: Final = 0.65
_MAX_WORDY_SHARE_OF_ONE_CASE: Final = 0.9  # base 36 has word-like runs
_MAX_VOWELS: Final = 0.3  # the share that English words have, less what joins of them may lack
_LONG: Final = 120  # characters that show whether a value was drawn
_MIN_OF_THREE_KINDS: Final = 12
_MIN_OF_ONE_CASE: Final = 16  # letters and digits


def _wordy_share(text: str) -> float:
    """Say which share of `text` (not empty) lies in runs such as words and identifiers have."""
    runs = _SHAPES.wordy_run.findall(text)
    wordy = [run for run in runs if len(run) < _LONG_RUN or not _SHAPES.unspeakable.search(run)]
    return len("".join(wordy)) / len(text)


def _is_mixed_random(text: str) -> bool:
    """Tell whether `text`, of 16 characters or more, mixes cases and digits as only chance does."""
    return _SHAPES.three_kinds.fullmatch(text) is not None and _wordy_share(text) < _MAX_WORDY_SHARE


def _is_machine_made(value: str) -> bool:
    """Tell whether a machine drew `value`: 12 characters of three kinds, or 16 of one case."""
    core = _SHAPES.no_letter_or_digit.sub("", value[:_LONG])
    if len(core) < _MIN_OF_ONE_CASE:
        return len(core) >= _MIN_OF_THREE_KINDS and _is_mixed_random(core)
    return (
        _SHAPES.of_one_base.fullmatch(core) is not None
        or _is_mixed_random(core)
        or (
            _SHAPES.of_one_case.fullmatch(core) is not None
            and _wordy_share(core) < _MAX_WORDY_SHARE_OF_ONE_CASE
        )
    )


# --- what can be asked of a value


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
        **Shapes("decoded").checks(_decoded),
        **Shapes("but for words with digits").checks(partial(_SHAPES.words_with_digits.sub, "")),
        **Shapes("but for terms").checks(partial(_SHAPES.prose_terms.sub, "")),
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
        "variable": lambda value: (
            _SHAPES.named.fullmatch(value) is not None
            and _can_be_spoken(_SHAPES.part.findall(value))
        ),
        "name_in_code": _is_name_in_code,
        "long_name_in_code": lambda value: _is_name_in_code(value, humps=3),
        "camel_case": _is_camel_case,
        "few_vowels": lambda value: len(_SHAPES.a_vowel.findall(value)) <= _MAX_VOWELS * len(value),
        "machine_made": _is_machine_made,
        "mixed_random": _is_mixed_random,
        "has_drawn_part": lambda value: any(map(kinds["drawn_part"], _SHAPES.joint.split(value))),
    }
    for name, expression in read_rows("kinds", "values"):
        kinds[name] = condition(expression, kinds)
    return kinds


KINDS: Final = _kinds()
"""What can be asked of a value, by name."""
