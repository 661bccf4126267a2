"""The places of credentials in programs: literals beside the name of what they are, and pairs of user and password."""

from __future__ import annotations

from typing import Final

from naming.redaction.credentials import is_anything, is_literal, is_text_of_call
from naming.redaction.place import place

_NAME: Final = r"(?:password|passwd|passphrase|passcode|pwd|secret|token|api[_-]?key|access[_-]?key|secret[_-]?key|credential)"
_TEXT: Final = r"[\"'`][^\"'`\n]{0,100}[\"'`]"
_OPENS: Final = r"(?:new \w{1,12}\(|\w{1,12}\.from\(|[bru]{1,2})?"
"""Before a literal: what turns it into bytes or a string of its own (`new String("…")`, `Buffer.from('…')`, `b"…"`)."""

_MORE: Final = rf"(?:(?:\w{{1,16}}\s?[=:]\s?)?{_TEXT},\s{{0,8}})"
_PAIR: Final = rf"\w{{0,20}}\(\s{{0,8}}(?:[\w.]{{1,40}},\s{{0,8}})?{_MORE}"
_SECOND: Final = r"(?:\w{1,16}\s?[=:]\s?)?(?P<sep>[\"'`])(?P<value>[^\s\"'`]{4,100})(?=[\"'`])"

PLACES_IN_CODE: Final = (
    place(  # setPassword("…"), os.getenv("DB_PASSWORD", "…"), ("password", "…"), password = new String("…")
        "(,",
        "pass|pwd|secret|token|key|credential",
        rf"(?<!get)(?<!find){_NAME}\w{{0,12}}(?:[\"'`]?\)?\s?(?:\(|,|=>?|:)\s{{0,3}}(?:\w{{2,10}}\s?=\s?)?){_OPENS}"
        r"(?P<sep>[\"'`])(?P<value>[^\s\"'`]{4,300})(?=[\"'`])",
        is_literal,
    ),
    place(  # HTTPBasicAuth("bob", "…"), login('bob', '…')
        "\"'`",
        "auth|cred|log|sign",
        rf"(?:auth|credentials?|log_?in|sign_?in){_PAIR}{_SECOND}",
        is_literal,
    ),
    *(  # DriverManager.getConnection(url, "bob", "…"), connect("host", "bob", "…"), but not connect("host", "db1")
        place(
            "\"'`",
            "connect|user|provider|client",
            rf"(?:connect|connection|create_?user|add_?user|provider|client){_PAIR}{texts * _MORE}{_SECOND}",
            is_text_of_call,
        )
        for texts in (0, 1)
    ),
    place(  # CREATE ROLE bob LOGIN PASSWORD '…', ALTER USER bob WITH PASSWORD = '…'
        "\"'",
        "create|alter",
        r"(?:create|alter)\s+(?:role|user|login)\b[^;\n]{0,100}?\bpassword(?P<sep>\s{0,3}=?\s{0,3}[\"'])(?P<value>[^\"'\n]{1,200})",
        is_anything,
    ),
)
