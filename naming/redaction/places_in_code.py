"""The places of credentials in programs: literals beside the name of what they are, and pairs of user and password."""

from __future__ import annotations

from typing import Final

from naming.redaction.credentials import is_anything, is_literal, is_text_of_call
from naming.redaction.place import place

_NAME: Final = r"(?:password|passwd|passphrase|passcode|pwd|secret|token|api[_-]?key|access[_-]?key|secret[_-]?key|credential|pass(?=[\"'`]))"
_TEXT: Final = r"[\"'`][^\"'`\n]{0,100}[\"'`]"
_OPENS: Final = r"(?:new \w{1,12}\(|\w{1,12}\.from\(|[bru]{1,2})?"
"""Before a literal: what turns it into bytes or a string of its own (`new String("…")`, `Buffer.from('…')`, `b"…"`)."""

_MORE: Final = rf"(?:(?:\w{{1,16}}\s?[=:]\s?)?{_TEXT},\s{{0,8}})"
_PAIR: Final = rf"\w{{0,20}}\(\s{{0,8}}(?:[\w.]{{1,40}},\s{{0,8}})?{_MORE}"
_SECOND: Final = r"(?:\w{1,16}\s?[=:]\s?)?(?P<sep>[\"'`])(?P<value>[^\s\"'`]{4,100})(?=[\"'`])"

_LITERAL: Final = r"(?P<sep>[\"'`])(?P<value>[^\s\"'`]{4,300})(?=[\"'`])"

PLACES_IN_CODE: Final = (
    place(  # setPassword("…"), os.getenv("DB_PASSWORD", "…"), ("password", "…"), password = new String("…")
        "(,",
        "pass|pwd|secret|token|key|credential",
        rf"(?<!get)(?<!find){_NAME}\w{{0,12}}(?:[\"'`]?\)?(?:\s?(?:\(|,|=>?|:)|\.\w{{2,20}}\()\s{{0,3}}(?:\w{{2,10}}\s?=\s?)?){_OPENS}{_LITERAL}",
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
            "connect|user|provider|client|ftp|smtp|imap|bind|ssh|dial",
            rf"(?:connect|connection|create_?user|add_?user|provider|client|ftp|smtp|imap|bind|ssh|dial){_PAIR}{texts * _MORE}{_SECOND}",
            is_text_of_call,
        )
        for texts in (0, 1)
    ),
    *(  # jwt.sign(payload, "…"), hmac.new(b"…", body), createHmac('sha256', '…'), bcrypt.hashpw(b"…", salt)
        place(
            "\"'`",
            "hmac|jwt|jws|aes|cipher|bcrypt|pbkdf|scrypt|argon|fernet|crypt(|hashpw|secretkey",
            r"(?:hmac|jwt|jws|aes|cipher|bcrypt|pbkdf2|scrypt|argon2|fernet|(?:en|de)crypt|hashpw|secretkey)"
            rf"\w{{0,16}}(?:\.\w{{1,16}}){{0,2}}\(\s{{0,8}}{skipped}(?:\w{{1,16}}\s?[=:]\s?)?{_OPENS}{_LITERAL}",
            is_literal,
        )
        for skipped in ("", rf"(?:{_TEXT}|[\w.]{{1,40}}),\s{{0,8}}")
    ),
    *(  # INSERT INTO users (name, password) VALUES ('bob', '…')
        place(
            "'",
            "insert",
            r"insert\s+into\s+[^\s(]{1,60}\s?\([^()]{0,200}?(?:passw|pwd|secret|token|api_?key)[^()]{0,200}\)\s{0,8}values\s{0,8}\("
            rf"(?:[^,()\n]{{1,100}},\s{{0,8}}){{{skipped}}}(?P<sep>')(?P<value>[^\s'\n]{{4,200}})(?=')",
            is_text_of_call,
        )
        for skipped in range(5)
    ),
    place(  # CREATE ROLE bob LOGIN PASSWORD '…', ALTER USER bob WITH PASSWORD = '…'
        "\"'",
        "create|alter",
        r"(?:create|alter)\s+(?:role|user|login)\b[^;\n]{0,100}?\bpassword(?P<sep>\s{0,3}=?\s{0,3}[\"'])(?P<value>[^\"'\n]{1,200})",
        is_anything,
    ),
)
