"""Credentials in programs.

Texts in quotes beside the name of what they are, in calls that sign in, and in statements.

Programs have many calls and few texts that a password could be: these are looked for, and then what
stands before them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from naming.secrets.credentials import is_literal, is_text_of_call
from naming.secrets.finding import Finding, holds_one_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from naming.secrets.clues import Glance

_QUOTES: Final = "\"'`"
_LITERAL: Final = re.compile(r"[\"'`](?P<value>[^\s\"'`]{4,300})(?=[\"'`])")
_TEXT: Final = r"(?:\w{1,16}\s?[=:]\s?)?[\"'`][^\"'`\n]{0,100}[\"'`],\s{0,8}"
_ANY: Final = rf"(?:{_TEXT}|[\w.]{{1,40}},\s{{0,8}})"
_OPENS: Final = r"(?:\w{1,16}\s?[=:]\s?)?(?:new \w{1,12}\(|\w{1,12}\.from\(|[bru]{1,2})?\Z"
"""What names a text, or turns it into bytes or a string of its own (`new String("…")`, `Buffer.from('…')`, `b"…"`)."""

_BEHIND_A_NAME: Final = re.compile(
    r"(?<!get)(?<!find)(?:password|passwd|passphrase|passcode|pwd|secret|token|api[_-]?key|access[_-]?key|"
    r"secret[_-]?key|credential|"
    r"(?:auth|secure|signing|encryption|private|master|session|cookie|logged_in|nonce)[_-]?(?:key|salt)|"
    r"pass(?=[\"'`]))\w{0,12}(?:[\"'`]?\)?(?:\s?(?:\(|,|=>?|:)|\.(?:send_?keys|type|fill|set\w{0,14}|val|value|put|write|input|enter|add)\()\s{0,3})"
    + _OPENS
)
"""`setPassword("…")`, `getenv("DB_PASSWORD", "…")`, `password = new String("…")`."""

_SIGNING_IN: Final = re.compile(
    rf"(?:auth|credentials?|log_?in|sign_?in)\w{{0,20}}\(\s{{0,8}}{_ANY}?{_TEXT}{_OPENS}"
)
"""`HTTPBasicAuth("bob", "…")`, `login('bob', '…')`."""

_CONNECTING: Final = re.compile(
    r"(?:connect|connection|create_?user|add_?user|provider|client|ftp|smtp|imap|bind|ssh|dial)\w{0,20}\(\s{0,8}"
    rf"{_ANY}?{_TEXT}{_ANY}?{_OPENS}"
)
"""`getConnection(url, "bob", "…")`, but not `connect("host", "db1")`."""

_SIGNING: Final = re.compile(
    r"(?:hmac|jwt|jws|aes|cipher|bcrypt|pbkdf2|scrypt|argon2|fernet|encrypt|decrypt|hashpw|secretkey)"
    rf"\w{{0,16}}(?:\.\w{{1,16}}){{0,2}}\(\s{{0,8}}{_ANY}?{_OPENS}"
)
"""`jwt.sign(payload, "…")`, `hmac.new(b"…", body)`, `createHmac('sha256', '…')`."""

_INSERTING: Final = re.compile(
    r"insert\s+into\s+[^\s(]{1,60}\s?\([^()]{0,200}?(?:passw|pwd|secret|token|"
    r"api_?key)[^()]{0,200}\)\s{0,8}values\s{0,8}\("
    r"(?:[^,()\n]{1,100},\s{0,8}){0,8}\Z"
)
"""`INSERT INTO users (name, password) VALUES ('bob', '…')`."""

_PLACES: Final[tuple[tuple[tuple[str, ...], re.Pattern[str], Callable[[str], bool]], ...]] = (
    (("pass", "pwd", "secret", "token", "key", "credential"), _BEHIND_A_NAME, is_literal),
    (("auth", "credential", "log", "sign"), _SIGNING_IN, is_literal),
    (
        tuple("hmac jwt jws aes cipher crypt pbkdf argon fernet hashpw secretkey".split()),
        _SIGNING,
        is_literal,
    ),
    (
        tuple("connect user provider client ftp smtp imap bind ssh dial".split()),
        _CONNECTING,
        is_text_of_call,
    ),
    (("insert",), _INSERTING, is_text_of_call),
)
"""The words of which a text must hold one, what stands before a literal, and what that must be like."""

_ROLE: Final = re.compile(
    r"(?:create|alter)\s+(?:role|user|"
    r"login)\b[^;\n]{0,100}?\bpassword(?P<sep>\s{0,3}=?\s{0,3}[\"'])(?P<value>[^\"'\n]{1,200})"
)
"""CREATE ROLE bob LOGIN PASSWORD '…': whatever stands there."""

_PLAUSIBLE: Final = re.compile(r"[0-9](?<!%[0-9])|[A-Za-z0-9][!#$^&*]")
_AROUND: Final = 240
"""Characters before a text that say what it is."""


def find_literals(text: str, glance: Glance) -> Iterator[Finding]:
    """Find texts in quotes that a program signs in, signs or stores with."""
    if not holds_one_of(_QUOTES, text):
        return
    small = glance.small
    rules = [rule for rule in _PLACES if any(word in small for word in rule[0])]
    for literal in _LITERAL.finditer(text) if rules else ():
        value = literal["value"]
        if not _PLAUSIBLE.search(value) or not is_literal(value):
            continue
        before = small[max(0, literal.start() - _AROUND) : literal.start()]
        if any(
            pattern.search(before) is not None and is_secret(value)
            for _, pattern, is_secret in rules
        ):
            yield Finding(literal.start(), literal.end() + 1, "", value)
    if "role" in small or "user" in small or "login" in small:
        for role in _ROLE.finditer(small):
            start, end = role.span("value")
            yield Finding(role.start("sep"), end + 1, "", text[start:end])
