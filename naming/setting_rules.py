"""How the text of a setting becomes a value: numbers, words, addresses, keys.

Each raises ValueError with what is allowed, and never with the value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

_HOST_PATTERN: Final = re.compile(r"[a-z0-9_.*-]+|\[[0-9a-f:.]+\]")
_VISIBLE_ASCII: Final = re.compile(r"[!-~]+")
_QUOTED: Final = re.compile(r"""["'`].*|.*["'`]""")


@dataclass(frozen=True, repr=False)
class Secret:
    """A text that is not shown with whatever holds it."""

    _value: str

    def get_secret_value(self) -> str:
        """Give the text."""
        return self._value

    def __repr__(self) -> str:
        """Say that there is a text."""
        return "Secret('**********')"


@dataclass(frozen=True)
class SettingRule:
    """How a variable's text becomes a value; `read` raises ValueError with what is allowed."""

    read: Callable[[str], Any]
    allowed: str = "text"


def url(value: str) -> str:
    """Take an address of HTTP as it is."""
    try:
        parts = urlsplit(value)
        fine = (
            parts.scheme in {"http", "https"}
            and bool(parts.hostname)
            and (parts.port is None or parts.port > 0)
        )
        fine = fine and "@" not in parts.netloc and not set("?#") & set(value)
    except ValueError:
        fine = False
    if not fine or not _VISIBLE_ASCII.fullmatch(value):
        raise ValueError(
            "must be an http:// or https:// address without a user, a query or a fragment"
        )
    return value


CACHE_OPTIONS: Final = frozenset({"db", "ssl_ca_certs"})


def cache_url(value: str) -> Secret:
    """Take the address of a shared cache."""
    try:
        parts = urlsplit(value)
        options = parse_qs(parts.query, strict_parsing=True) if parts.query else {}
        there = (
            bool(parts.path) if parts.scheme == "unix" else bool(parts.hostname) and parts.port != 0
        )
        fine = (
            parts.scheme in {"redis", "rediss", "unix"}
            and there
            and options.keys() <= CACHE_OPTIONS
        )
        database = options.get("db", [parts.path.strip("/") if parts.scheme != "unix" else ""])[0]
        fine = fine and (not database or re.fullmatch(r"[0-9]{1,4}", database) is not None)
    except ValueError:
        fine = False
    if not fine or not _VISIBLE_ASCII.fullmatch(value):
        raise ValueError(
            "must be a redis://, rediss:// or unix:// address; "
            "of options it takes db and ssl_ca_certs"
        )
    return Secret(value)


def _visible(value: str) -> str:
    if not _VISIBLE_ASCII.fullmatch(value):
        raise ValueError("must be printable ASCII without spaces")
    if _QUOTED.fullmatch(value):  # they were meant for a shell, and would be sent
        raise ValueError("must not stand in quotation marks")
    return value


def key(value: str) -> Secret:
    """Take a secret of one word."""
    return Secret(_visible(value))


_HEADER: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+[ \t]*:[ \t]*[!-~][ -~\t]*")


def headers(value: str) -> Secret:
    """Take header lines, `Name: value` each."""
    lines = [line.strip() for line in value.splitlines() if line.strip()]
    if not all(map(_HEADER.fullmatch, lines)):
        raise ValueError("must be lines of `Name: value` in printable ASCII")
    return Secret("\n".join(lines))


def keys(value: str) -> tuple[Secret, ...]:
    """Take secrets of one word each, between commas or on lines."""
    keys = tuple(key(part.strip()) for part in value.replace("\n", ",").split(",") if part.strip())
    if not keys:  # whoever wrote a list wanted a lock, and no keys would mean open to everybody
        raise ValueError("must hold at least one key")
    return keys


def hosts(value: str) -> tuple[str, ...]:
    """Take patterns of host names, between commas."""
    found = tuple(part.strip().lower() for part in value.split(",") if part.strip())
    if not found or not all(map(_HOST_PATTERN.fullmatch, found)):
        raise ValueError(
            "must be names or addresses (of IPv6 in brackets) without a port, separated by commas"
        )
    return found


def text(value: str) -> str:
    """Take any text; whoever uses it checks it."""
    return value


LANGUAGE_TAG: Final = (
    "^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?"
    "(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3})){0,4}$"
)
"""A language, perhaps a script, a region and variants (BCP 47, RFC 5646, section 2.1)."""


def language(value: str) -> str:
    """Take the tag of a language."""
    if re.fullmatch(LANGUAGE_TAG, value) is None:
        raise ValueError("must be a BCP 47 tag, such as de or pt-BR")
    return value


def word(longest: int) -> SettingRule:
    """Make the rule of one word of at most `longest` characters."""

    def read(value: str) -> str:
        return _visible(value if len(value) <= longest else "")

    return SettingRule(read)


def whole(least: int, most: int) -> SettingRule:
    """Make the rule of a whole number within bounds."""

    def read(value: str) -> int:
        if not re.fullmatch(r"[0-9]{1,12}", value):
            raise ValueError("must be a whole number")
        if int(value) < least:
            raise ValueError(f"must be at least {least}")
        if int(value) > most:
            raise ValueError(f"must be at most {most}")
        return int(value)

    return SettingRule(read, f"{least} to {most}")


def one_of(*words: str) -> SettingRule:
    """Make the rule of one of some words, in any case."""

    def read(value: str) -> str:
        if (word := value.lower()) not in words:
            *first, last = map(repr, words)
            raise ValueError(f"must be one of {', '.join(first)} or {last}")
        return word

    return SettingRule(read, ", ".join(words))


_ON: Final = frozenset({"1", "true", "yes", "on"})
_OFF: Final = frozenset({"0", "false", "no", "off"})


def _switch(value: str) -> bool:
    if (word := value.lower()) not in _ON | _OFF:
        raise ValueError("must be true or false")
    return word in _ON


SWITCH: Final = SettingRule(_switch, "true, false")
