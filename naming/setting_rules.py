"""How the text of a setting becomes a value: numbers, words, addresses, keys."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final


@dataclass(frozen=True)
class Secret:
    """A text that is not shown with whatever holds it."""

    _value: str = field(repr=False)

    def get_secret_value(self) -> str:
        """Give the text."""
        return self._value


@dataclass(frozen=True)
class SettingRule:
    """How a variable's text becomes a value; `private` ones are not shown, and may stand in a file.

    `read` raises ValueError with what it must be, and never with what it is.
    """

    read: Callable[[str], Any]
    allowed: str = "text"
    private: bool = False


def matching(  # noqa: PLR0913 # told apart by name
    pattern: str,
    must: str,
    allowed: str = "text",
    make: Callable[[str], Any] = str,
    parting: str = "",
    *,
    private: bool = False,
) -> SettingRule:
    """Make the rule of a text of a `pattern`, or of a list of such where something is `parting`."""
    compiled = re.compile(pattern, re.ASCII)

    def read(value: str) -> Any:  # noqa: ANN401 # what `make` makes
        texts = [value]
        if parting:
            texts = [text.strip() for text in re.split(parting, value) if text.strip()]
        if not texts or not all(map(compiled.fullmatch, texts)):
            raise ValueError(f"must be {must}")
        return tuple(map(make, texts)) if parting else make(value)

    return SettingRule(read, allowed, private)


def whole(least: int, most: int) -> SettingRule:
    """Make the rule of a whole number within bounds."""

    def read(value: str) -> int:
        if re.fullmatch("[0-9]{1,12}", value) is None or not least <= int(value) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return int(value)

    return SettingRule(read, f"{least} to {most}")


def one_of(*words: str) -> SettingRule:
    """Make the rule of one of some words, in any case."""
    must = f"{', '.join(map(repr, words[:-1]))} or {words[-1]!r}"
    return matching(f"(?i:{'|'.join(words)})", f"one of {must}", ", ".join(words), str.lower)


def word(longest: int) -> SettingRule:
    """Make the rule of one word of at most `longest` characters."""
    return matching(f"(?=.{{1,{longest}}}$){_WORD}", f"{_A_WORD}, at most {longest} characters")


_WORD: Final = r"(?![\"'`])[!-~]+(?<![\"'`])"  # quotation marks were meant for a shell
_A_WORD: Final = "printable ASCII without spaces, and in no quotation marks"
_NUMBER_TO_65535: Final = (
    r"(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])"
)
_ADDRESS: Final = rf"(?:\w[\w.-]*|\[[\w:.%-]+\])(?::{_NUMBER_TO_65535})?"
_OPTION: Final = r"(?:db=\d{1,4}|ssl_ca_certs=[!-%'-~]+)"
_OPTIONS: Final = rf"(?:\?{_OPTION}(?:&{_OPTION})*)?"

TEMPLATE: Final = SettingRule(str, "`{slug}`, `{ticket}`, `{type}`, `{user}` and literal text")
GUIDE: Final = matching(
    "[^\ud800-\udfff]{1,2000}", "text of 2,000 characters at most", private=True
)
SWITCH: Final = matching(
    "(?i:(1|true|yes|on)|0|false|no|off)",
    "true or false",
    "true, false",
    lambda given: given.lower() in {"1", "true", "yes", "on"},
)
URL: Final = matching(
    rf"(?i:https?)://{_ADDRESS}(?:/[!-\"$->@-~]*)?",
    "an http:// or https:// address without a user, a query or a fragment",
)
CACHE_URL: Final = matching(
    rf"(?:rediss?://(?:[!\"$-.0->A-~]*@)?{_ADDRESS}(?:/\d{{0,4}})?"
    rf"|unix://[!->@-~]*/[!->@-~]+){_OPTIONS}",
    "a redis://, rediss:// or unix:// address; of options it takes db and ssl_ca_certs",
    make=Secret,
    private=True,
)
KEY: Final = matching(_WORD, _A_WORD, make=Secret, private=True)
KEYS: Final = matching(_WORD, f"keys of {_A_WORD}", "text", Secret, "[,\n]", private=True)
HEADERS: Final = matching(
    r"[!#$%&'*+.^_`|~0-9A-Za-z-]+[ \t]*:[ \t]*[!-~][ -~\t]*",
    "lines of `Name: value` in printable ASCII",
    make=Secret,
    parting="[\r\n]",
    private=True,
)
HOSTS: Final = matching(
    r"(?i:[a-z0-9_.*-]+|\[[0-9a-f:.]+\])",
    "names or addresses (of IPv6 in brackets) without a port, separated by commas",
    "names, `*` for any part",
    str.lower,
    ",",
)
LANGUAGE_TAG: Final = (
    "^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?"
    "(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3})){0,4}$"
)
"""A language, perhaps a script, a region and variants (BCP 47, RFC 5646, section 2.1)."""

LANGUAGE: Final = matching(LANGUAGE_TAG, "a BCP 47 tag, such as de or pt-BR", "a BCP 47 tag")
