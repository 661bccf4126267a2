"""E-mail addresses, and connection strings and URLs with a user's password inside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from naming.secrets.rules import Finding, alternatives, read_words, word_set
from naming.secrets.searching import WORK_OF_A_VALUE, holds_one_of
from naming.secrets.values import is_mixed, is_term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from naming.secrets.searching import Text

# --- e-mail

_LOCAL: Final = re.compile(
    r"(?:\"[^\"\n@]{1,64}\""
    r"|(?<![A-Za-z0-9._+\u00c0-\u0dff-])[A-Za-z0-9\u00c0-\u0dff]"
    r"[A-Za-z0-9\u00c0-\u0dff._%+'&~#!$*-]{0,63}"
    r"|[^\W_A-Za-z0-9][\w.+-]{0,63}(?<=[^\W_\u0000-\u0dff]))\Z"
)
"""In scripts with spaces, and in those without, where words before would be taken with it."""

_AT: Final = re.compile(r"@|[\[({]a[\])}]| ?[\[({<] ?(?:at|AT|At|@) ?[\])}>] ?")
_AT_SPELT: Final = re.compile(r"[\[({<] ?(?:at|AT|At|a|@) ?[\])}>]")
"""The same without the sign itself: a text without these characters is soon known to have none."""

_DOT: Final = r"(?:\.| ?[\[({] ?(?:dot|DOT) ?[\])}] ?)"
_LABEL: Final = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_DOMAIN: Final = re.compile(
    rf"(?:{_LABEL}{_DOT}){{1,6}}"
    r"(?:xn--[A-Za-z0-9-]{2,30}|[A-Za-z]{2,24}|[^\W\d_a-zA-Z]{2,24})(?![A-Za-z0-9_])"
)
_SPACED: Final = re.compile(
    rf"\b(?:{alternatives('addresses', 'before an address')})\b[^\n@]{{0,30}}?[ :<(\"']"
    r"(?P<user>[a-z0-9][\w.+-]{1,40}) ?@ ?(?:[a-z0-9-]{2,40}\.){1,3}"
    rf"(?:{alternatives('addresses', 'top level domains')})(?![\w.-]\w)",
    re.IGNORECASE,
)
"""With spaces around the sign, where a word before says that it is one (mail bob @ example.com)."""

_SPOKEN: Final = re.compile(
    rf"(?<![\w.])(?!(?:{alternatives('addresses', 'before at')}) at)"
    r"[a-z0-9][\w.+-]{1,40} at [a-z0-9-]{2,40}(?: dot [a-z0-9-]{2,20}){1,3}(?!\w)",
    re.IGNORECASE,
)
_FORGE_USERS: Final = word_set("addresses", "forge users")
_SHELL_BEFORE: Final = re.compile(r"\b(?:ssh|scp|sftp|rsync|mosh|ssh-copy-id)\b[^\n@]{0,60}\Z")
_PASSWORD_AFTER: Final = re.compile(r":([^\s:/,;\"'`<>]{4,60})(?![/:])")
_PATH_AFTER: Final = re.compile(r":[~/]|:[\w.~-]{1,60}/")
_VERSION: Final = re.compile(r"v?\d{1,4}(?:\.\d|x\.)")
_FILE_ENDINGS: Final = word_set("addresses", "file endings")


def find_emails(searched: Text) -> Iterator[Finding]:
    """Find e-mail addresses, also with `[at]`, or outside of ASCII."""
    text = searched.shown
    if "@" in text or (holds_one_of("[({<", text) and _AT_SPELT.search(text)):
        for sign in searched.each(_AT, WORK_OF_A_VALUE):
            domain = _DOMAIN.match(text, sign.end())
            local = _LOCAL.search(text, max(0, sign.start() - 66), sign.start()) if domain else None
            if domain and local and not _is_no_email(text, local, domain):
                password = _PASSWORD_AFTER.match(text, domain.end())
                end = password.end() if password and is_mixed(password[1]) else domain.end()
                yield Finding(
                    local.start(),
                    end,
                    "email address",
                    " ".join((local.group(), text[domain.end() + 1 : end])).strip(),
                )
    if " @ " in text:
        for match in searched.each(_SPACED, WORK_OF_A_VALUE):
            yield Finding(match.start("user"), match.end(), "email address", match["user"])
    if " dot " in searched.small:
        for match in searched.each(_SPOKEN, WORK_OF_A_VALUE):
            yield Finding(
                match.start(), match.end(), "email address", match.group().partition(" ")[0]
            )


def _is_no_email(text: str, local: re.Match[str], domain: re.Match[str]) -> bool:
    user, place = local.group().lower(), domain.group()
    if (
        user in _FORGE_USERS
        or _VERSION.match(place)
        or place.rpartition(".")[2].lower() in _FILE_ENDINGS
    ):
        return True
    remote = _PATH_AFTER.match(text, domain.end()) is not None
    return (remote or "." not in user) and _SHELL_BEFORE.search(
        text, max(0, local.start() - 80), local.start()
    ) is not None


# --- connection strings and URLs with a password

_USERINFO: Final = re.compile(
    r"(?P<scheme>(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9+.-]{0,30})(?:://|:\\/\\/)"
    r"(?:(?P<user>[^\s/:@\"<>]{0,100}):(?!\d{1,5}(?:[/?#]))(?P<password>[^\s\"<>]{1,300})"
    r"|(?P<only>[^\s/:@\"<>?#]{1,300}))"
    r"@(?P<place>(?P<host>[\w.-]*|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?(?P<path>/[\w./-]*)?)"
    r"(?P<query>\?[^\s\"'`<>)]*)?"
)
_ORACLE: Final = re.compile(
    r"(?P<scheme>jdbc:oracle:\w{2,6}):\w{1,40}/(?P<password>[^\s@]{1,100})@\S{1,200}", re.IGNORECASE
)

_BARE_USERINFO: Final = re.compile(
    r"(?<![\w/@:.-])[\w.-]{1,40}:(?P<password>[^\s:@/]{4,100})@"
    r"(?P<host>\d{1,3}(?:\.\d{1,3}){3}|localhost|[A-Za-z][\w-]*(?:\.[A-Za-z][\w-]*)+|(?:tcp|unix)(?=\())"
)
_SHELLS: Final = word_set("addresses", "shells")
_WEB: Final = word_set("addresses", "web")
_SERVICES: Final = {
    scheme: service
    for service in ("broker", "server", "proxy", "stream", "database")
    for scheme in read_words("addresses", service)
}
"""What stands at an address of each scheme; any other is called an address."""

_PLACEHOLDER: Final = re.compile(r"[$%]?\{.*|\$\(.*|\$\w+|\*+|\.{2,}|…|%s|x{3,}|X{3,}")
_DATABASE: Final = re.compile(r"/([A-Za-z][A-Za-z_-]{1,20})$")


def find_connection_strings(searched: Text) -> Iterator[Finding]:
    """Find connection strings and URLs that carry a password or a token for a user."""
    text = searched.shown
    if "://" in text or ":\\/\\/" in text:
        for match in searched.each(_USERINFO, WORK_OF_A_VALUE):
            secret = match["password"] or match["only"]
            if (
                match["only"] in _FORGE_USERS
                or _is_user_of_shell(match)
                or _PLACEHOLDER.fullmatch(secret)
            ):
                continue
            yield Finding(
                match.start(), match.end(), _shown_address(match), match["password"] or ""
            )
    if "@" in text and ":" in text:
        for match in searched.each(_BARE_USERINFO, WORK_OF_A_VALUE):
            if is_mixed(match["password"]) and not is_term(match["password"]):
                yield Finding(match.start(), match.end(), match["host"], match["password"])
    if "jdbc:" in searched.small:
        for match in searched.each(_ORACLE, WORK_OF_A_VALUE):
            yield Finding(match.start(), match.end(), "oracle database", match["password"])


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
    database = _DATABASE.search(match["path"] or "") if service == "database" else None
    return " ".join([name, *([database[1]] if database else []), service])
