"""E-mail addresses, and connection strings and URLs with a user's password inside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from naming.secrets.rules import Finding, Shapes
from naming.secrets.searching import WORK_OF_A_VALUE
from naming.secrets.values import is_mixed
from naming.text.word_files import words_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from naming.secrets.searching import Text

_SHAPES: Final = Shapes("network addresses")

_SPACED: Final = frozenset(f" {opening}" for opening in "[({<")


def find_emails(searched: Text) -> Iterator[Finding]:
    """Find e-mail addresses, also with `[at]`, or outside of ASCII."""
    text = searched.shown
    if "@" not in text and not _SHAPES.at_spelt.search(text):
        return
    for sign in searched.each(_SHAPES.at, WORK_OF_A_VALUE):
        domain = _SHAPES.domain.match(text, sign.end())
        if domain is None or searched.is_hidden(*sign.span()):
            continue
        user_end = sign.start() - (text[sign.start() - 1 : sign.start() + 1] in _SPACED)
        local = _SHAPES.local.search(text, max(0, user_end - 66), user_end)
        if local and not _is_user_of_command(text, local, domain.end()):
            password = _SHAPES.password_after.match(text, domain.end())
            end = password.end() if password and is_mixed(password[1]) else domain.end()
            value = f"{local[0]} {text[domain.end() + 1 : end]}".rstrip()
            yield Finding(local.start(), end, "email address", value)


def _is_user_of_command(text: str, local: re.Match[str], end: int) -> bool:
    """Tell whether an address names who logs in to a host, as in `ssh bob@host`."""
    is_path = _SHAPES.path_after.match(text, end) is not None
    return (is_path or "." not in local[0]) and _SHAPES.shell_before.search(
        text, max(0, local.start() - 80), local.start()
    ) is not None


# --- connection strings and URLs with a password

_WORDS: Final = "secrets/addresses.txt"
_SHELLS: Final = words_in(_WORDS, "shells")
_WEB: Final = words_in(_WORDS, "web")
_SERVICES: Final = {
    scheme: service
    for service in ("broker", "server", "proxy", "stream", "database")
    for scheme in words_in(_WORDS, service)
}
"""What stands at an address of each scheme; any other is called an address."""


def find_connection_strings(searched: Text) -> Iterator[Finding]:
    """Find connection strings and URLs that carry a password or a token for a user."""
    text = searched.shown
    if "://" not in text and ":\\/\\/" not in text:
        return
    for sign in searched.each(_SHAPES.scheme_end, WORK_OF_A_VALUE):
        scheme = searched.before(_SHAPES.scheme, sign.start(), 32)
        match = scheme and _SHAPES.userinfo.match(text, sign.start() - scheme.end())
        if (
            match
            and not _SHAPES.placeholder.fullmatch(match["password"] or match["only"])
            and (
                match["password"]
                or is_mixed(match["only"])
                or match["scheme"].lower() not in _SHELLS
            )
        ):
            password = match["password"] or ""
            yield Finding(match.start(), match.end(), _shown_address(match), password)


def _shown_address(match: re.Match[str]) -> str:
    """Say what an address points at, without the user and the query, which may hold secrets."""
    scheme = match["scheme"].lower()
    if scheme in _WEB:
        return f"{scheme}://{match['place']}"
    name = re.split(r"[+:.]", scheme)[0]
    service = _SERVICES.get(name, "address")
    database = _SHAPES.database.search(match["path"] or "") if service == "database" else None
    return " ".join([name, *([database[1]] if database else []), service])
