"""The places of codes that people type off: one-time codes, PINs, recovery codes, seeds in groups of four."""

from __future__ import annotations

from string import digits
from typing import Final

from naming.redaction.credentials import is_anything, is_app_password, is_grouped_key, is_hard_to_guess
from naming.redaction.place import place

_KINDS: Final = (
    r"(?:backup|recovery|2fa|mfa|otp|totp|one[- ]time|scratch|verification|verify|security|sms|log[- ]?in|sign[- ]?in|access|"
    r"auth|authentication|authori[sz]ation|confirmation|unlock|door|gate|garage|alarm|entry|activation|pairing|invite|"
    r"pass|pin|puk|safe|locker|admin|master)"
)
_KINDS_ABROAD: Final = (
    r"(?:验证码|驗證碼|校验码|动态码|確認コード|認証コード|인증 ?번호|인증 ?코드|код (?:подтверждения|доступа|из смс)|пин-?код|"
    r"code (?:de |d')(?:v[eé]rification|s[eé]curit[eé]|acc[eè]s|secours)|"
    r"c[oó]digo de (?:verificaci[oó]n|verifica[cç][aã]o|seguridad|seguran[cç]a|acceso|acesso)|"
    r"codice di (?:verifica|sicurezza|accesso)|(?:best[aä]tigungs|sicherheits|zugangs|verifizierungs)code|"
    r"(?:verificatie|toegangs)code|kod (?:weryfikacyjny|dost[eę]pu)|do[gğ]rulama kodu|verifieringskod|bekr[aæ]ftelseskode|"
    r"暗証番号|暗証コード|رمز التحقق|קוד אימות)"
)
_GROUPS: Final = r"(?:\d{3}[ -]\d{3}(?:[ -]\d{3})?|\d{4}[ -]\d{4}(?:[ -]\d{4})*|\d{6,8})(?![\w-]|\.\d)"
_CODE: Final = r"(?:\d{3}[ -]\d{3}(?:[ -]\d{3})?|\d{4}[ -]\d{4}(?:[ -]\d{4})*|\d{4,8})(?![\w-]|\.\d)"

_NO_SEED: Final = r"(?!(?:the|and|for|with|from|not|are|was|were|your|our|its|has|had|but|into|when|how|which|please|should)\b)"
"""Words that no seed phrase has and hardly a sentence lacks."""

_SEED: Final = rf"(?:{_NO_SEED}[a-z]{{3,8}}(?: |, ?|\s{{0,3}}\n\s{{0,3}}(?:\d{{1,2}}[.)] )?)){{11,23}}{_NO_SEED}[a-z]{{3,8}}(?![\w-])"

CODES: Final = (
    place(
        "",
        "seed|recovery|mnemonic|wallet|metamask|ledger|bip39|12 words|24 words",
        rf"(?<![\w-])(?P<sep>)(?P<value>{_SEED})",
        str.islower,
        "seed phrase",
    ),
    place(  # the array that Solana keeps its keys in
        "[",
        "keypair|secret|private|wallet|signer",
        r"(?P<sep>)\[(?P<value>(?:\d{1,3},\s?){31,63}\d{1,3})\]",
        is_anything,
        "key",
    ),
    place(  # abcd-efgh-ijkl-mnop
        "",
        "app",
        r"app(?:lication|[- ]specific)? (?:password|pw|pass|passwort)(?P<sep>(?: is|:| =)? [\"'`]?)"
        r"(?P<value>(?:[a-z0-9]{4}[ -]){3,5}[a-z0-9]{4}|[a-z]{16})(?![\w-])",
        is_app_password,
    ),
    place(
        "",
        "answer|secret word",
        r"(?:(?:security|secret|recovery) answer|secret word)(?P<sep>(?: is|:| =) [\"'`]?)(?P<value>[^\s\"'`,;]{5,60})",
        is_hard_to_guess,
    ),
    place(  # recovery codes: 8f3k2-9dkq1, kd83j-4ks92
        digits,
        "code",
        r"(?:backup|recovery|2fa|mfa|scratch|verification|security|sms|one-time|login) codes?"
        r"(?P<sep>(?: is| are|:| =)\s{1,2})(?P<value>(?:(?=[a-z-]{0,9}[0-9])[a-z0-9-]{4,14}[ ,;\n]{1,2}){0,15}"
        r"(?=[a-z-]{0,9}[0-9])[a-z0-9-]{5,14})(?![\w-])",
        is_anything,
    ),
    place(  # my verification code is 771 209
        digits,
        "code|pin",
        rf"{_KINDS}[ -]?(?:code|pin|number)(?: for [\w -]{{2,30}}?)?"
        rf"(?P<sep>(?: is(?: now)?| was| ?[:=])\s{{0,2}}[\"'`]?)(?P<value>{_CODE})",
        is_anything,
    ),
    place(  # backup code 4821 9937
        digits, "code", rf"{_KINDS}[ -]?code(?P<sep>\s[\"'`(]?)(?P<value>{_GROUPS})", is_anything
    ),
    place(  # gate code 4471#
        digits,
        "code",
        r"(?:door|gate|garage|alarm|entry|safe|locker|unlock|pin|puk|pass)[ -]?code(?P<sep>\s[\"'`(]?)(?P<value>\d{4,8}(?![\w-]|\.\d))",
        is_anything,
    ),
    place(  # PIN 8841 unlocks it, but neither "pin 13 of the board" nor "pin 1024 rows"
        digits,
        "pin|puk",
        r"(?<![a-z])(?:pin|puk)(?:[- ]?(?:code|number))?(?: is| to the [a-z]{3,12} is|:)?(?P<sep> [\"'`]?)(?P<value>(?!20\d\d\b)\d{4,8})"
        r"(?=[\"'`]?\s*(?:$|[,;:!?)\n]|\.(?!\d)|(?:to|for|is|was|unlocks?|opens?|and|does|doesn|not|works?|on|at|in|that)\b))",
        is_anything,
    ),
    place(
        digits,
        "验证码|驗證碼|校验码|动态码|コード|番号|인증|код|code |código|codigo|codice|code|kod|رمز|קוד",
        rf"{_KINDS_ABROAD}(?P<sep>[^\d\n]{{0,8}})(?P<value>{_CODE})",
        is_anything,
    ),
    place(  # 2FA secret is JBSW Y3DP EHPK 3PXP
        "",
        "secret|seed|key|2fa|mfa|otp|authenticator",
        r"(?:secret|seed|key|2fa|mfa|otp|authenticator)[^\n]{0,30}?(?P<sep>(?: is|[:=])?\s{1,3}[\"'`(]?)"
        r"(?P<value>(?:[a-z0-9]{4}[ -]){3,15}[a-z0-9]{4})(?![\w-])",
        is_grouped_key,
    ),
    place(  # serial: BOP4-N3Y9-ZCA0-S6E8
        "-",
        "serial|licen|product|activation|registration|cd-key|cd key|voucher",
        r"(?:serial|licen[sc]e|product|activation|registration|cd[- ]key|voucher)[^\n]{0,30}?(?P<sep>[\s:=\"'`(]{1,4})"
        r"(?P<value>(?:[a-z0-9]{4,6}-){3,7}[a-z0-9]{4,6})(?![\w-])",
        is_grouped_key,
    ),
)
