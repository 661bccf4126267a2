"""E-mail addresses, and network addresses with a user's password inside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from naming.redaction.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

# --- e-mail ---------------------------------------------------------------------------------------------------------

_ASCII_LOCAL: Final = r"(?<![A-Za-z0-9._+-])[A-Za-z0-9][A-Za-z0-9._%+'&~#!$*-]{0,63}"
_ANY_LOCAL: Final = r"[^\W_][\w.%+'-]{0,63}"
_AT: Final = r"(?:@|%40| ?[\[({<] ?at ?[\])}>] ?)"
_DOT: Final = r"(?:\.| ?[\[({] ?dot ?[\])}] ?)"
_TOP_LEVEL: Final = r"(?:xn--[a-z0-9-]{2,30}|[A-Za-z]{2,24}|[^\W\d_a-zA-Z]{2,24})"
_LABEL: Final = r"[^\W_](?:[\w-]{0,61}[^\W_])?"

_EMAIL: Final = re.compile(
    rf"(?:\"[^\"\n@]{{1,64}}\"|{_ASCII_LOCAL}|{_ANY_LOCAL}){_AT}(?P<domain>(?:{_LABEL}{_DOT}){{1,6}}{_TOP_LEVEL})(?![A-Za-z0-9_])",
    re.IGNORECASE,
)
_SPOKEN: Final = re.compile(
    r"(?<![\w.])[a-z0-9][\w.+-]{1,40} at [a-z0-9-]{2,40}(?: dot [a-z0-9-]{2,20}){1,3}(?!\w)", re.IGNORECASE
)

_MACHINES: Final = frozenset("git hg svn gitea forgejo gitlab".split())
"""Users of addresses like `git@host:org/repo.git`."""

_SHELL_BEFORE: Final = re.compile(r"\b(?:ssh|scp|sftp|rsync|mosh|ssh-copy-id)\b[^\n@]{0,60}$")
_PATH_AFTER: Final = re.compile(r":[~/]|:[\w.~-]{1,60}/")
_VERSION: Final = re.compile(r"v?\d{1,4}(?:\.\d|x\.)")
_FILES: Final = frozenset(
    "png jpg jpeg gif webp svg json yaml yml toml css html htm js jsx ts tsx java class txt xml csv log lock".split()
)
"""Ends of file names such as `icon@2x.png` that are no top-level domains."""


def find_emails(text: str) -> Iterator[Finding]:
    """Find e-mail addresses, also percent-encoded, with `[at]` for the sign, or outside of ASCII."""
    folded = text.lower()
    if "@" in text or "%40" in text or ("at" in folded and ("[" in text or "(" in text or "{" in text)):
        for match in _EMAIL.finditer(text):
            if not _is_no_email(text, match):
                local = text[match.start() : match.start("domain")].rstrip("@")
                yield Finding(match.start(), match.end(), "email address", local)
    if " dot " in folded:
        for match in _SPOKEN.finditer(text):
            yield Finding(match.start(), match.end(), "email address", match.group().partition(" ")[0])


def _is_no_email(text: str, match: re.Match[str]) -> bool:
    local = text[match.start() : match.start("domain")].rstrip("@").lower()
    domain = match["domain"]
    if local in _MACHINES or _VERSION.match(domain) or domain.rpartition(".")[2].lower() in _FILES:
        return True
    remote = _PATH_AFTER.match(text, match.end()) is not None
    line = text[max(0, match.start() - 80) : match.start()]
    return _SHELL_BEFORE.search(line) is not None and (remote or "." not in local)


# --- addresses with a password --------------------------------------------------------------------------------------

_USERINFO: Final = re.compile(
    r"(?P<scheme>(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9+.-]{0,30})(?:://|:\\/\\/)"
    r"(?:(?P<user>[^\s/:@\"<>]{0,100}):(?!\d{1,5}(?:[/?#]))(?P<password>[^\s\"<>]{1,300})|(?P<only>[^\s/:@\"<>?#]{1,300}))"
    r"@(?P<place>(?P<host>[\w.-]*|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?(?P<path>/[\w./-]*)?)(?P<query>\?[^\s\"'`<>)]*)?"
)
_ENCODED_USERINFO: Final = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]{1,30})%3A%2F%2F(?P<user>[^\s%]{0,60})%3A(?P<password>[^\s]{1,200})%40"
    r"(?P<place>[\w.-]*)(?P<path>)",
    re.IGNORECASE,
)
_ORACLE: Final = re.compile(
    r"(?P<scheme>jdbc:oracle:\w{2,6}):\w{1,40}/(?P<password>[^\s@]{1,100})@\S{1,200}", re.IGNORECASE
)

_WEB: Final = frozenset("http https ftp ftps sftp ssh git git+https git+ssh ws wss svn".split())
_PLACEHOLDER: Final = re.compile(r"[$%]?\{.*|\$\(.*|\$\w+|\*+|\.{2,}|…|%s|x{3,}|X{3,}")
_DATABASE: Final = re.compile(r"/([A-Za-z][A-Za-z_-]{1,20})$")


def find_addresses(text: str) -> Iterator[Finding]:
    """Find network addresses that carry a password or a token for a user: connection strings and basic-auth URLs."""
    if "://" in text or ":\\/\\/" in text:
        for match in _USERINFO.finditer(text):
            secret = match["password"] or match["only"]
            if match["only"] in _MACHINES or _PLACEHOLDER.fullmatch(secret):
                continue
            yield Finding(match.start(), match.end(), _spoken_address(match), match["password"] or "")
    if "%40" in text:
        for match in _ENCODED_USERINFO.finditer(text):
            yield Finding(match.start(), match.end(), _spoken_address(match), match["password"])
    if "jdbc:" in text.lower():
        for match in _ORACLE.finditer(text):
            yield Finding(match.start(), match.end(), "oracle database", match["password"])


def _spoken_address(match: re.Match[str]) -> str:
    """Say what an address points at, without the user and without the query, which may hold the password again."""
    scheme = match["scheme"].lower()
    if scheme in _WEB:
        return f"{scheme}://{match['place']}"
    database = _DATABASE.search(match["path"] or "")
    return " ".join(
        [scheme.partition("+")[0], *(database[1:] if False else ([database[1]] if database else [])), "database"]
    )
