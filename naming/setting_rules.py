"""How the text of a setting becomes a value: numbers, words, addresses, keys."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final


@dataclass(frozen=True)
class Secret:
    """A text that is not shown with whatever holds it."""

    text: str = field(repr=False)


@dataclass(frozen=True)
class SettingRule:
    """How a variable's text becomes a value: it must match `pattern`, and `make` takes it.

    Where something is `parting`, it is a list of such texts. `must` says what there may be.
    `private` values are not shown, and may stand in a file.
    """

    pattern: str
    must: str
    make: Callable[[str], Any] = str
    parting: str = ""
    private: bool = False

    def read(self, value: str) -> Any:  # noqa: ANN401 # what `make` makes
        """Make a value. Raises ValueError with what it must be, and never with what it is."""
        texts = [value]
        if self.parting:
            texts = [text.strip() for text in re.split(self.parting, value) if text.strip()]
        if not texts or not all(re.fullmatch(self.pattern, text, re.ASCII) for text in texts):
            raise ValueError(f"must be {self.must}")
        return tuple(map(self.make, texts)) if self.parting else self.make(value)


def whole(least: int, most: int) -> SettingRule:
    """Make the rule of a whole number within bounds."""
    must = f"a whole number from {least} to {most}"

    def bounded(digits: str) -> int:
        if not least <= int(digits) <= most:
            raise ValueError(f"must be {must}")
        return int(digits)

    return SettingRule("[0-9]{1,12}", must, bounded)


def one_of(*words: str) -> SettingRule:
    """Make the rule of one of some words, in any case."""
    must = f"one of {', '.join(map(repr, words[:-1]))} or {words[-1]!r}"
    return SettingRule(f"(?i:{'|'.join(words)})", must, str.lower)


def word(longest: int) -> SettingRule:
    """Make the rule of one word of at most `longest` characters."""
    return SettingRule(f"(?=.{{1,{longest}}}$){_WORD}", f"{_A_WORD}, at most {longest} characters")


_WORD: Final = r"(?![\"'`])[!-~]+(?<![\"'`])"  # quotation marks were meant for a shell
_A_WORD: Final = "printable ASCII without spaces, and in no quotation marks"
_NUMBER_TO_65535: Final = (
    r"(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])"
)
_ADDRESS: Final = rf"(?:\w[\w.-]*|\[[\w:.%-]+\])(?::{_NUMBER_TO_65535})?"
_OPTION: Final = r"(?:db=\d{1,4}|ssl_ca_certs=[!-%'-~]+)"

TEMPLATE: Final = SettingRule(
    "(?s:.*)", "`{slug}`, `{ticket}`, `{type}`, `{user}` and literal text"
)
GUIDE: Final = SettingRule(
    "[^\ud800-\udfff]{1,2000}", "text of 2,000 characters at most", private=True
)
LOG_LEVEL: Final = one_of("debug", "info", "warning", "error", "critical")
SWITCH: Final = SettingRule(
    "(?i:1|true|yes|on|0|false|no|off)",
    "true or false",
    lambda given: given.lower() in {"1", "true", "yes", "on"},
)
URL: Final = SettingRule(
    rf"(?i:https?)://{_ADDRESS}(?:/[!-\"$->@-~]*)?",
    "an http:// or https:// address without a user, a query or a fragment",
)
CACHE_URL: Final = SettingRule(
    rf"(?:rediss?://(?:[!\"$-.0->A-~]*@)?{_ADDRESS}(?:/\d{{0,4}})?"
    rf"|unix://[!->@-~]*/[!->@-~]+)(?:\?{_OPTION}(?:&{_OPTION})*)?",
    "a redis://, rediss:// or unix:// address; of options it takes db and ssl_ca_certs",
    make=Secret,
    private=True,
)
KEY: Final = SettingRule(_WORD, _A_WORD, make=Secret, private=True)
KEYS: Final = SettingRule(_WORD, f"keys of {_A_WORD}", Secret, "[,\n]", private=True)
HEADERS: Final = SettingRule(
    r"[!#$%&'*+.^_`|~0-9A-Za-z-]+[ \t]*:[ \t]*[!-~][ -~\t]*",
    "lines of `Name: value` in printable ASCII",
    make=Secret,
    parting="[\r\n]",
    private=True,
)
HOSTS: Final = SettingRule(
    r"(?i:[a-z0-9_.*-]+|\[[0-9a-f:.]+\])",
    "names or addresses (of IPv6 in brackets) without a port, separated by commas",
    str.lower,
    ",",
)
LANGUAGE_TAG: Final = (
    "^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?"
    "(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3})){0,4}$"
)
"""A language, perhaps a script, a region and variants (BCP 47, RFC 5646, section 2.1)."""

LANGUAGE: Final = SettingRule(LANGUAGE_TAG, "a BCP 47 tag, such as de or pt-BR")
