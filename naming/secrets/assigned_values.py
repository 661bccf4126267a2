"""Whether what is given to a name by an assignment is a password or a key."""

from __future__ import annotations

from typing import Final, NamedTuple

from naming.secrets import values
from naming.secrets.entropy import is_drawn_letters, is_machine_made, is_mixed_random
from naming.secrets.rules import Shapes
from naming.secrets.values import SENTENCE_WORDS, SHAPES
from naming.text.word_files import words_in

_SHAPES: Final = Shapes("assigned values")

_COMMON_PASSWORDS: Final = words_in("secrets/values.txt", "common passwords")
SECRET_KEY: Final = _SHAPES.secret_key
_MIN_PHRASE: Final = 3
"""Words."""
_MIN_ADJACENT: Final = 6
_MIN_KEY: Final = 7
_MIN_SECRET: Final = 6
_MIN_ADJACENT_KEY: Final = 12
_MIN_NUMBER: Final = 4
_MIN_PIN: Final = 3
"""Characters."""


class Assignment(NamedTuple):
    """A value, and how it was given; `start` to `end` of the text is what gives it."""

    start: int
    end: int
    name: str
    before: str
    separator: str
    value: str
    quoted: bool
    after: str

    @property
    def is_adjacent(self) -> bool:
        """Only white space stands between name and value."""
        return not self.separator.strip()

    @property
    def is_tight(self) -> bool:
        """The value stands directly behind an equals sign."""
        return "=" in self.separator and self.separator.strip() == self.separator

    @property
    def is_flag(self) -> bool:
        """The name is an option of a command."""
        return _SHAPES.flag.search(self.before + self.name) is not None


def is_password(given: Assignment) -> bool:
    """Tell whether a value that is given to a password's name is one."""
    value = given.value
    if given.is_flag and given.is_adjacent:
        return not value.startswith("-") and (values.is_mixed(value) or _is_of_plain_words(value))
    if given.quoted:
        return _is_quoted_password(given)
    if given.is_tight:
        if given.name == "PWD" and SHAPES.path.fullmatch(value):
            return False  # where a shell is, not what it keeps
        return not (values.is_variable(value) and "pass" in value.lower())
    is_pass = given.name.lower() == "pass"
    if value.isdigit():
        return len(value) >= (_MIN_ADJACENT if given.is_adjacent else _MIN_NUMBER) and not is_pass
    if not values.is_unlike_words(value):
        return _is_plain_password(given)
    if _SHAPES.without_spaces.fullmatch(value):
        return False
    if given.is_adjacent:
        return (
            len(value) >= _MIN_ADJACENT
            and value[0] not in "/(-@#"
            and ("\n" not in given.separator or _SHAPES.line_end.match(given.after) is not None)
            and _is_adjacent_password(value, is_pass=is_pass)
        )
    return not SHAPES.path.fullmatch(value) and not (
        values.is_variable(value) and "=" in given.separator
    )


def _is_of_plain_words(value: str) -> bool:
    return values.is_plain_word(value) or values.is_joined_plain_words(value)


def _is_adjacent_password(value: str, *, is_pass: bool) -> bool:
    if values.is_variable(value) or values.is_name_in_code(value, humps=3):
        return False
    if is_pass:  # mostly a verb
        return is_mixed_random(value) or values.has_digits_for_letters(value)
    return not _SHAPES.attribute.search(value) and (
        any(char.isdigit() for char in value) or value.isalpha()
    )


def _is_quoted_password(given: Assignment) -> bool:
    words = given.value.split()
    if len(words) >= _MIN_PHRASE and not SENTENCE_WORDS.isdisjoint(given.value.lower().split()):
        return False
    if len(words) < 2 or "=" in given.separator or _SHAPES.copulas.fullmatch(given.separator):  # noqa: PLR2004 - one word
        return (
            not given.is_adjacent
            or values.is_mixed(given.value)
            or values.is_joined_phrase(given.value)
        )
    return (
        "phrase" in given.name.lower()
        or _is_passphrase(given)
        or any(map(values.is_unlike_words, words))
    )


def _is_passphrase(given: Assignment) -> bool:
    words = given.value.split()
    return (
        len(words) >= _MIN_PHRASE + (":" not in given.separator)
        and all(map(_SHAPES.phrase_word.fullmatch, words))
        and SENTENCE_WORDS.isdisjoint(words)
    )


def _is_plain_password(given: Assignment) -> bool:
    if not _SHAPES.clause_end.match(given.after):
        return False
    if given.value.lower() in _COMMON_PASSWORDS:
        return True
    if not given.separator.strip(" \t\n|") or not _is_of_plain_words(given.value):
        return False
    before = given.before + given.name
    if _SHAPES.copulas.fullmatch(given.separator):
        return _SHAPES.owned.search(before) is not None
    return given.name.lower() in {"pwd", "passwd", "pw", "psw"} or bool(
        _SHAPES.plain_names.fullmatch(given.name) and _SHAPES.line_start.search(before)
    )


def _names_a_secret(given: Assignment, before: str) -> bool:
    is_variable_of_the_environment = given.name.isupper() and "_" in given.name
    return (
        is_variable_of_the_environment or "sess" in before or SECRET_KEY.search(before) is not None
    )


def _is_pin(given: Assignment, small: str) -> bool:
    length = len(given.value)
    if small.startswith(("cvv", "cvc")) and given.is_adjacent:
        return _MIN_PIN <= length <= _MIN_NUMBER
    is_pin = small.endswith(("pin", "otp", "cvv", "cvv2", "cvc"))
    return is_pin and length >= _MIN_PIN and not given.is_adjacent


def is_key(given: Assignment) -> bool:
    """Tell whether a value that is given to a key's or token's name is one: it must look drawn."""
    value, small = given.value, given.name.lower()
    if value.isdigit():
        return _is_pin(given, small)
    before = (given.before[-20:] + given.name)[-40:].lower()
    if " " in value:
        return given.quoted and "secret" in small and _is_passphrase(given)
    if (
        (given.is_adjacent and small.endswith("signature"))  # of what is signed
        or (given.is_adjacent and not given.quoted and values.is_name_in_code(value, humps=2))
        or _SHAPES.no_secret.search(before)
        or ("token" in small and SHAPES.contract.fullmatch(value))
    ):
        return False
    return (
        is_machine_made(value)
        or is_drawn_letters(value)
        or _SHAPES.short_drawn.fullmatch(value) is not None
        or _is_typed_key(given, before, small)
    )


def _is_typed_key(given: Assignment, before: str, small: str) -> bool:
    """Tell whether a value that no machine drew is a key or token all the same."""
    value = given.value
    if SHAPES.path.fullmatch(value) or (
        not given.quoted and not given.is_tight and SHAPES.joined_words.fullmatch(value)
    ):
        return False
    if given.is_adjacent and not given.quoted and SHAPES.identifier.fullmatch(value):
        return False
    if given.is_adjacent and len(value) >= _MIN_KEY and values.has_digits_for_letters(value):
        return True
    is_said = given.is_adjacent and not given.quoted and not given.is_flag
    if is_said and len(value) < _MIN_ADJACENT_KEY:
        return False
    if small.endswith(
        ("key", "keys", "salt", "sig", "signature", "auth", "sid")
    ) and not _names_a_secret(given, before):
        return False
    if given.is_tight and (given.name.isupper() or given.before.endswith(("?", "&"))):
        return not values.is_variable(value)
    if value.lower() in _COMMON_PASSWORDS:
        return not given.is_adjacent
    shortest = _MIN_SECRET if "secret" in small else _MIN_KEY
    return (
        len(value) >= shortest and values.is_unlike_words(value) and not values.is_variable(value)
    )
