"""E-mail addresses, and network addresses with a user's password inside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from naming.secrets.finding import Finding, holds_one_of
from naming.secrets.values import is_mixed, is_term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from naming.secrets.clues import Glance

# --- e-mail
# ---------------------------------------------------------------------------------------------------------

_LOCAL: Final = re.compile(
    r"(?:\"[^\"\n@]{1,64}\""
    r"|(?<![A-Za-z0-9._+\u00c0-\u0dff-])[A-Za-z0-9\u00c0-\u0dff][A-Za-z0-9\u00c0-\u0dff._%+'&~#!$*-]{0,63}"
    r"|[^\W_A-Za-z0-9][\w.+-]{0,63}(?<=[^\W_\u0000-\u0dff]))\Z"
)
"""In scripts with spaces, and in those without, where the words before an ASCII address would be taken with it."""

_AT: Final = re.compile(
    r"@|%40|&#64;|&#x40;|&commat;|\\u0040|[\[({]a[\])}]| ?[\[({<] ?(?:at|AT|At|@) ?[\])}>] ?"
)
_AT_SPELT: Final = re.compile(
    r"[%&\\\[({<](?:40|#64;|#x40;|commat;|u0040| ?(?:at|AT|At|a|@) ?[\])}>])"
)
"""The same without the sign itself, begun by few characters.

A text without it is soon known to have no address."""

_DOT: Final = r"(?:\.| ?[\[({] ?(?:dot|DOT) ?[\])}] ?)"
_LABEL: Final = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_DOMAIN: Final = re.compile(
    rf"(?:{_LABEL}{_DOT}){{1,6}}(?:xn--[A-Za-z0-9-]{{2,30}}|[A-Za-z]{{2,24}}|[^\W\d_a-zA-Z]{{2,24}})(?![A-Za-z0-9_])"
)
_SPACED: Final = re.compile(
    r"\b(?:e-?mails?|mail|contact|write|reach|send|ping|cc|from|to|invite)\b[^\n@]{0,30}?[ :<(\"']"
    r"(?P<user>[a-z0-9][\w.+-]{1,40}) ?@ ?(?:[a-z0-9-]{2,40}\.){1,3}"
    r"(?:com|org|net|io|dev|edu|gov|co|de|fr|es|it|nl|uk|ru|cn|jp|br|in)(?![\w.-]\w)",
    re.IGNORECASE,
)
"""With spaces around the sign.

Where a word before says that it is one ("mail bob @ example.com")."""

_SPOKEN: Final = re.compile(
    r"(?<![\w.])(?!(?:me|us|it|them|look|live|available|hosted|him|her|you|found|works?|runs?) at)"
    r"[a-z0-9][\w.+-]{1,40} at [a-z0-9-]{2,40}(?: dot [a-z0-9-]{2,20}){1,3}(?!\w)",
    re.IGNORECASE,
)

_MACHINES: Final = frozenset("git hg svn gitea forgejo gitlab".split())
"""Users of addresses like `git@host:org/repo.git`."""

_SHELL_BEFORE: Final = re.compile(r"\b(?:ssh|scp|sftp|rsync|mosh|ssh-copy-id)\b[^\n@]{0,60}\Z")
_PASSWORD_AFTER: Final = re.compile(r":([^\s:/,;\"'`<>]{4,60})(?![/:])")
_PATH_AFTER: Final = re.compile(r":[~/]|:[\w.~-]{1,60}/")
_VERSION: Final = re.compile(r"v?\d{1,4}(?:\.\d|x\.)")
_FILES: Final = frozenset(
    "png jpg jpeg gif webp svg json yaml yml toml css html htm js jsx ts tsx java class txt xml csv log lock".split()
)
"""Ends of file names such as `icon@2x.png` that are no top-level domains."""


def find_emails(text: str, glance: Glance) -> Iterator[Finding]:
    """Find e-mail addresses, also percent-encoded, with `[at]` for the sign, or outside of ASCII."""
    if "@" in text or (holds_one_of("%&\\[({<", text) and _AT_SPELT.search(text)):
        for sign in _AT.finditer(text):
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
        for match in _SPACED.finditer(text):
            yield Finding(match.start("user"), match.end(), "email address", match["user"])
    if " dot " in glance.small:
        for match in _SPOKEN.finditer(text):
            yield Finding(
                match.start(), match.end(), "email address", match.group().partition(" ")[0]
            )


def _is_no_email(text: str, local: re.Match[str], domain: re.Match[str]) -> bool:
    user, place = local.group().lower(), domain.group()
    if user in _MACHINES or _VERSION.match(place) or place.rpartition(".")[2].lower() in _FILES:
        return True
    remote = _PATH_AFTER.match(text, domain.end()) is not None
    return (remote or "." not in user) and _SHELL_BEFORE.search(
        text, max(0, local.start() - 80), local.start()
    ) is not None


# --- addresses with a password
# --------------------------------------------------------------------------------------

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

_BARE_USERINFO: Final = re.compile(
    r"(?<![\w/@:.-])[\w.-]{1,40}:(?P<password>[^\s:@/]{4,100})@(?P<host>\d{1,3}(?:\.\d{1,3}){3}|localhost|[A-Za-z][\w-]*(?:\.[A-Za-z][\w-]*)+|(?:tcp|unix)(?=\())"
)
_WEB: Final = frozenset("http https ftp ftps sftp ssh git git+https git+ssh ws wss svn".split())
_SERVICES: Final = {
    scheme: word
    for word, schemes in (
        ("broker", "amqp amqps mqtt mqtts nats kafka stomp pulsar"),
        (
            "server",
            "smtp smtps imap imaps pop3 pop3s ldap ldaps sip sips xmpp irc ircs smb afp nfs telnet vnc rdp winrm",
        ),
        ("proxy", "socks socks4 socks5 socks5h ss trojan vless"),
        ("stream", "rtsp rtsps rtmp rtmps"),
        (
            "database",
            "jdbc odbc sqlserver mssql oracle sqlite mongodb postgres postgresql pgsql mysql mariadb redis rediss",
        ),
        (
            "database",
            "valkey clickhouse cockroachdb cassandra neo4j bolt couchdb influxdb db2 duckdb snowflake elasticsearch",
        ),
    )
    for scheme in schemes.split()
}
"""What stands at an address of each scheme; any other is called an address."""

_PLACEHOLDER: Final = re.compile(r"[$%]?\{.*|\$\(.*|\$\w+|\*+|\.{2,}|…|%s|x{3,}|X{3,}")
_DATABASE: Final = re.compile(r"/([A-Za-z][A-Za-z_-]{1,20})$")


def find_addresses(text: str, glance: Glance) -> Iterator[Finding]:  # noqa: C901 - four spellings, one after the other
    """Find network addresses that carry a password or a token for a user.

    Connection strings and basic-auth URLs.
    """
    if "://" in text or ":\\/\\/" in text:
        for match in _USERINFO.finditer(text):
            secret = match["password"] or match["only"]
            if match["only"] in _MACHINES or _PLACEHOLDER.fullmatch(secret):
                continue
            yield Finding(
                match.start(), match.end(), _spoken_address(match), match["password"] or ""
            )
    if "@" in text and ":" in text:
        for match in _BARE_USERINFO.finditer(text):
            if is_mixed(match["password"]) and not is_term(match["password"]):
                yield Finding(match.start(), match.end(), match["host"], match["password"])
    if "%40" in text:
        for match in _ENCODED_USERINFO.finditer(text):
            yield Finding(match.start(), match.end(), _spoken_address(match), match["password"])
    if "jdbc:" in glance.small:
        for match in _ORACLE.finditer(text):
            yield Finding(match.start(), match.end(), "oracle database", match["password"])


def _spoken_address(match: re.Match[str]) -> str:
    """Say what an address points at, without the user and without the query, which may hold the password again."""
    scheme = match["scheme"].lower()
    if scheme in _WEB:
        return f"{scheme}://{match['place']}"
    name = re.split(r"[+:.]", scheme)[0]
    service = _SERVICES.get(name, "address")
    database = _DATABASE.search(match["path"] or "") if service == "database" else None
    return " ".join([name, *([database[1]] if database else []), service])
