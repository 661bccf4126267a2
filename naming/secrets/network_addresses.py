"""E-mail addresses, and connection strings and URLs with a user's password inside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from naming.secrets.rules import Finding, Shapes
from naming.secrets.searching import WORK_OF_A_VALUE, holds_one_of
from naming.secrets.values import is_mixed
from naming.text.word_files import words_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from naming.secrets.searching import Text

_SHAPES: Final = Shapes("network addresses")

# --- e-mail


_WORDS: Final = "secrets/addresses.txt"
_FORGE_USERS: Final = words_in(_WORDS, "forge users")
_FILE_ENDINGS: Final = words_in(_WORDS, "file endings")


_SPACED: Final = frozenset(f" {opening}" for opening in "[({<")


def find_emails(searched: Text) -> Iterator[Finding]:
    """Find e-mail addresses, also with `[at]`, or outside of ASCII."""
    text = searched.shown
    if "@" in text or (holds_one_of("[({<", text) and _SHAPES.at_spelt.search(text)):
        for sign in searched.each(_SHAPES.at, WORK_OF_A_VALUE):
            if searched.is_hidden(*sign.span()):
                continue
            domain = _SHAPES.domain.match(text, sign.end())
            user_end = sign.start() - (text[sign.start() - 1 : sign.start() + 1] in _SPACED)
            local = _SHAPES.local.search(text, max(0, user_end - 66), user_end) if domain else None
            if domain and local and not _is_no_email(text, local, domain):
                password = _SHAPES.password_after.match(text, domain.end())
                end = password.end() if password and is_mixed(password[1]) else domain.end()
                yield Finding(
                    local.start(),
                    end,
                    "email address",
                    " ".join((local.group(), text[domain.end() + 1 : end])).strip(),
                )


def _is_no_email(text: str, local: re.Match[str], domain: re.Match[str]) -> bool:
    user, place = local.group().lower(), domain.group()
    if (
        user in _FORGE_USERS
        or _SHAPES.version.match(place)
        or place.rpartition(".")[2].lower() in _FILE_ENDINGS
    ):
        return True
    remote = _SHAPES.path_after.match(text, domain.end()) is not None
    return (remote or "." not in user) and _SHAPES.shell_before.search(
        text, max(0, local.start() - 80), local.start()
    ) is not None


# --- connection strings and URLs with a password


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
    if "://" in text or ":\\/\\/" in text:
        for sign in searched.each(_SHAPES.scheme_end, WORK_OF_A_VALUE):
            scheme = searched.before(_SHAPES.scheme, sign.start(), 32)
            match = scheme and _SHAPES.userinfo.match(text, sign.start() - scheme.end())
            if not match:
                continue
            secret = match["password"] or match["only"]
            if (
                match["only"] in _FORGE_USERS
                or _is_user_of_shell(match)
                or _SHAPES.placeholder.fullmatch(secret)
            ):
                continue
            yield Finding(
                match.start(), match.end(), _shown_address(match), match["password"] or ""
            )


def _is_user_of_shell(match: re.Match[str]) -> bool:
    """Tell whether an address names who logs in, and no secret."""
    only = match["only"]
    return only is not None and match["scheme"].lower() in _SHELLS and not is_mixed(only)


def _shown_address(match: re.Match[str]) -> str:
    """Say what an address points at, without the user and the query, which may hold secrets."""
    scheme = match["scheme"].lower()
    if scheme in _WEB:
        return f"{scheme}://{match['place']}"
    name = re.split(r"[+:.]", scheme)[0]
    service = _SERVICES.get(name, "address")
    database = _SHAPES.database.search(match["path"] or "") if service == "database" else None
    return " ".join([name, *([database[1]] if database else []), service])
