"""Codes that people type off: one-time codes, PINs, codes of doors.

Few texts have "code" or "pin" before digits, so that is looked for first, and the kind of code
before it.
"""

from __future__ import annotations

import re
from string import digits
from typing import TYPE_CHECKING, Final

from naming.secrets.clues import ByClue
from naming.secrets.finding import Finding, holds_one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from naming.secrets.clues import Glance

_KINDS: Final = re.compile(
    r"(?:backup|recovery|2fa|mfa|otp|totp|one[- ]time|scratch|verification|verify|security|sms|log[- ]?in|"
    r"sign[- ]?in|access|"
    r"auth|authentication|authori[sz]ation|confirmation|unlock|door|gate|garage|alarm|entry|activation|pairing|invite|"
    r"pass|pin|puk|safe|locker|admin|master)[ -]?\Z"
)
_OF_DOORS: Final = re.compile(
    r"(?:door|gate|garage|alarm|entry|safe|locker|unlock|pin|puk|pass)[ -]?\Z"
)

_END: Final = r"(?![\w-]|\.\d)"
_GROUPS: Final = (
    rf"(?:\d{{3}}[ -]\d{{3}}(?:[ -]\d{{3}})?|\d{{4}}[ -]\d{{4}}(?:[ -]\d{{4}})*|\d{{6,8}}){_END}"
)
_SAID: Final = re.compile(  # my verification code is 771 209
    r"(?:code|pin|number)(?: for [\w -]{2,30}?)?(?P<sep>(?: is(?: now)?| was| ?[:=])\s{0,2}[\"'`]?)"
    rf"(?P<value>{_GROUPS}|\d{{4,8}}{_END})"
)
_BESIDE: Final = re.compile(
    rf"code(?P<sep>\s[\"'`(]?)(?P<value>{_GROUPS})"
)  # backup code 4821 9937
_OPENS_DOORS: Final = re.compile(
    rf"code(?P<sep>\s[\"'`(]?)(?P<value>\d{{4,8}}{_END})"
)  # gate code 4471#
_PIN: Final = re.compile(  # PIN 8841 unlocks it, but neither "pin 13 of the board" nor "pin 1024 rows"
    r"(?:pin|puk\d?)(?<![a-z]...)(?:[- ]?(?:code|number))?(?: is| to the [a-z]{3,12} is|:)?(?P<sep> [\"'`]?)"
    r"(?P<value>(?!20\d\d\b)\d{8}(?!\d)|(?!20\d\d\b)\d{4,8}(?=[\"'`]?\s*(?:$|[,;:!?)\n]|\.(?!\d)"
    r"|(?:to|for|is|was|unlocks?|opens?|and|does|doesn|not|works?|on|at|in|that)\b)))"
)
_ABROAD: Final = re.compile(
    r"(?:验证码|驗證碼|校验码|动态码|確認コード|認証コード|인증 ?번호|인증 ?코드|"
    r"код (?:подтверждения|доступа|из смс)|пин-?код|"
    r"code (?:de |d')(?:v[eé]rification|s[eé]curit[eé]|acc[eè]s|secours)|"
    r"c[oó]digo de (?:verificaci[oó]n|verifica[cç][aã]o|seguridad|seguran[cç]a|acceso|acesso)|"
    r"codice di (?:verifica|sicurezza|accesso)|(?:best[aä]tigungs|sicherheits|zugangs|verifizierungs)code|"
    r"(?:verificatie|toegangs)code|kod (?:weryfikacyjny|dost[eę]pu)|do[gğ]rulama kodu|verifieringskod|"
    r"bekr[aæ]ftelseskode|"
    rf"暗証番号|暗証コード|رمز التحقق|קוד אימות)(?P<sep>[^\d\n]{{0,8}})(?P<value>{_GROUPS}|\d{{4,8}}{_END})"
)
_ANY: Final = re.compile("")

_RULES: Final = ByClue(
    (
        ("", ("code", "pin"), (_SAID, _KINDS)),
        ("", ("code",), (_BESIDE, _KINDS)),
        ("", ("code",), (_OPENS_DOORS, _OF_DOORS)),
        ("", ("pin", "puk"), (_PIN, _ANY)),
        (
            "",
            tuple(
                "验证码 驗證碼 校验码 动态码 コード 番号 인증 код code digo codice kod رمز קוד".split()
            ),
            (_ABROAD, _ANY),
        ),
    )
)

_AROUND: Final = 20


def find_codes(text: str, glance: Glance) -> Iterator[Finding]:
    """Find codes of digits behind the word for their kind."""
    if not holds_one_of(digits, text):
        return
    for pattern, kind in _RULES.to_try(glance):
        for code in pattern.finditer(glance.small):
            if kind.search(glance.small, max(0, code.start() - _AROUND), code.start()):
                start, end = code.span("value")
                yield Finding(code.start("sep"), end, "", text[start:end])
