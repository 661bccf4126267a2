"""Values given to a password, key or token by name: `password=…`, `"apiKey": "…"`, `my password is …`, `--token …`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from naming.redaction.finding import Finding
from naming.redaction.secret_words import KEY_WORDS, PASSWORD_WORDS
from naming.redaction.values import (
    is_machine_made,
    is_mixed,
    is_nothing_secret,
    is_plain_word,
    is_term,
    is_variable,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_STEMS: Final = (
    "pass pwd psw pw secret token key auth cred sess sid sig cookie bearer jwt srf salt nonce otp pin cvv cvc dsn "
    "webhook contrase clave senha mdp parol kennw wacht senord adgangs kodeord salasana jelsz has hesl lozinka ifre "
    "sandi парол лозинка κωδικ סיסמ كلمة رمز पासवर्ड गुप्त รหัสผ่าน 密 口令 令牌 パスワード 暗証 トークン キー 비밀 암호 패스 키 "
    "토큰 chave clé schlüssel ключ токен kh".split()
)
"""One of these is in every word that a value is given to; looking for them costs next to nothing."""

_NAMES: Final = re.compile(
    rf"(?P<password>{'|'.join(PASSWORD_WORDS)})(?P<end>(?![^\W_])|(?<=[^\x00-\u2e7f]))|(?P<key>{'|'.join(KEY_WORDS)})"
)
_SHORT: Final = frozenset(
    "pass pw psw key auth sig sid pin otp salt dsn cvv cvc clave mdp jwt cookie cookies nonce".split()
)
"""Names that are parts of longer words (`compass`, `monkey`): they start at a word's start or a hump."""

_SUFFIX: Final = r"(?:[_-]?(?:\d{1,3}|prod|production|dev|test|staging|live|old|new|value|val|string|str|text|plain|raw|b64|base64|main|default|root|admin))?"
_CLOSE: Final = r"(?P<close>(?:\\?[\"'`]|%22|&quot;|[\]*>_~)}])*)"
_QUALIFIED: Final = (
    r"(?:[ ]\([^()\n]{1,40}\)|(?: (?:for|of|to|on|at|in|от|для|de|do|para|für)(?: [\w@.'/-]{1,30}){1,4}?))?"
)
_SEPARATOR: Final = (
    r"(?P<sep>[ \t]*(?::=|=>|->|==?|:|：|＝|%3[ad])[ \t]*(?:\r?\n){0,2}[ \t]*(?:[-*>][ \t]+)?|[ ](?:is set to|is now|was set to|set to|is|was|are|to|as|será|es|é|est|ist|lautet|jest|je|это|—|-|=)[: ][ ]{0,2}"
    r"|[ ]?(?:是|为|為|は|는|은|이|가|:|هي)[ ]?|[ \t]+|(?=[\"'`]))"
)
_AFTER: Final = re.compile(rf"{_SUFFIX}(?![^\W_]){_CLOSE}{_QUALIFIED}{_SEPARATOR}|(?P<only>(?=[!-~]))", re.IGNORECASE)
_QUOTED: Final = re.compile(
    r"(?:b|f|r|u|@)?(?P<q>\\?\"|\\?'|`{1,3}|%22|&quot;|“|”|«|‘|„|「|'''|\"\"\"|\*\*)\s?(?P<inner>[^\n]{1,300}?)\s?(?:(?P=q)|[”»’“」])"
)
_FENCED: Final = re.compile(r"```[a-z]*\n(?P<inner>[^\n]{1,300})(?:\n```)?")
_BARE: Final = re.compile(r"(?:(?![&;,|][\w.-]{1,40}[\"']?[=:]|\\[nrt](?![\w!-~])|<[/a-z])\S){1,300}", re.IGNORECASE)
_TRAILING: Final = re.compile(r"[.,;:!?)\]}>'\"`*’”»。，、；！？]+$")
_COPULAS: Final = re.compile(
    r"\s*(?:is set to|is now|was set to|set to|is|was|are|to|as|será|es|é|est|ist|lautet|jest|je|это|—|-|是|为|為|は|는|은|이|가|هي)\s*"
)
_AFFIX: Final = re.compile(r"(?:です|입니다|だ|。|で|을|를).*", re.DOTALL)
_NAME_BEFORE: Final = re.compile(r"[\w.$-]{1,60}$")
_NOT_A_SECRET_KEY: Final = re.compile(
    r"(?:public|cache|primary|foreign|sort|partition|object|lookup|hash|map|dict|unique|composite|idempotency|hot|arrow|"
    r"shortcut|row|column|index|query|message|translation|i18n|locale|react|list|item|config|registry|storage|redis|"
    r"block|cipher|ssh|gpg|pgp|host|field|json|group|routing|dedup(?:e|lication)?|next|page|pagination|max|min|num|cancellation|csrf|design|commit|deploy)[_ .-]?$"
)
_LINE_START: Final = re.compile(
    r"(?:^|[\n,;(|{/])[ \t]*(?:[-*>#]+[ \t]*)?[\"'`*]*(?:export |set |const |let |var |my |our |the |a |user |admin |root |db |login |default |temp |temporary |new |current )*[\w.-]*$"
)
_OWNED: Final = re.compile(
    r"(?:\b(?:my|our|his|her|their|whose|admin|root|meine?|mi|mon|ma|minha|il mio|мой|我的)\s+(?:[\w-]+\s+){0,3})[\w.-]*$"
)
_CLAUSE_END: Final = re.compile(r"[ \t]*(?:$|[\r\n,;)\]}|.!?。]|\\n|and\b|und\b|y\b|et\b)")
_FLAG: Final = re.compile(r"(?:^|\s)--?[\w-]*$")

_MIN_ADJACENT: Final = 6
_MIN_KEY: Final = 8
_MIN_DIGITS: Final = 4


class _Assignment(NamedTuple):
    text: str
    name_start: int
    name: str
    is_password: bool
    sep: str
    value_start: int
    value: str
    value_end: int
    quoted: bool


def find_assignments(text: str) -> Iterator[Finding]:
    """Find values that are given to a password, key or token by name."""
    folded = text.replace("İ", "I").lower()
    if not any(stem in folded for stem in _STEMS):
        return
    done = 0
    for name in _NAMES.finditer(folded):
        if name.start() < done or not _is_name(text, name):
            continue
        given = _given(text, name)
        if given is None:
            continue
        start, assignment = given
        if _is_secret(assignment):
            done = assignment.value_end
            yield Finding(start, done, "", assignment.value)


def _is_name(text: str, name: re.Match[str]) -> bool:
    before = text[name.start() - 1 : name.start()]
    if not before.isalpha() or not before.isascii():
        return True
    hump = text[name.start()].isupper() and before.islower()
    return hump or name.group() not in _SHORT


def _given(text: str, name: re.Match[str]) -> tuple[int, _Assignment] | None:
    after = _AFTER.match(text, name.end())
    if after is None or after["sep"] is None:
        return None
    at = after.end()
    quoted = _FENCED.match(text, at) or _QUOTED.match(text, at)
    if quoted is not None:
        value, end = quoted["inner"], quoted.end()
    else:
        bare = _BARE.match(text, at)
        if bare is None:
            return None
        value = bare.group()
        if not text[name.start()].isascii():
            value = _AFFIX.sub("", value)
        value = value[: len(value) - len(tail[0])] if (tail := _TRAILING.search(value)) else value
        end = at + len(value)
    before = _NAME_BEFORE.search(text, max(0, name.start() - 60), name.start())
    name_start = before.start() if before else name.start()
    is_password = name["password"] is not None
    return after.start("sep"), _Assignment(
        text, name_start, text[name_start : name.end()], is_password, after["sep"], at, value, end, quoted is not None
    )


def _is_secret(given: _Assignment) -> bool:
    if not given.value or is_nothing_secret(given.value):
        return False
    if given.is_password:
        return _is_password(given)
    return _is_key(given)


def _is_password(given: _Assignment) -> bool:
    value, sep = given.value, given.sep
    rest = given.text[given.value_end : given.value_end + 12]
    before = given.text[max(0, given.name_start - 40) : given.name_start] + given.name
    short_name = given.name.lower() in {"pass", "pw"}
    if given.quoted:
        words = value.split()
        if len(words) > 1:
            return (
                "=" in sep
                or _COPULAS.fullmatch(sep) is not None
                or "phrase" in given.name.lower()
                or any(is_mixed(word) and not is_term(word) for word in words)
            )
        return bool(sep.strip()) or is_mixed(value)
    if not sep.strip():
        if _FLAG.search(before):
            return not value.startswith("-")
        return (
            not short_name
            and len(value) >= _MIN_ADJACENT
            and "\n" not in sep
            and is_mixed(value)
            and not is_term(value)
            and not value.startswith(("/", "(", "-", "@", "#"))
            and ("." not in value or not value.isascii())
        )
    if "=" in sep or "%3d" in sep.lower():
        if sep.strip() == sep:
            return not (is_variable(value) and "pass" in value.lower())
        return (is_mixed(value) and not is_variable(value)) or (
            _LINE_START.search(before) is not None and is_plain_word(value) and _CLAUSE_END.match(rest) is not None
        )
    if value.isdigit():
        return len(value) >= _MIN_DIGITS and not (given.name.lower() == "pass")
    if is_mixed(value):
        return not is_term(value)
    if not is_plain_word(value) and not (value.count("-") > 1 and not is_variable(value)):
        return False
    if _CLAUSE_END.match(rest) is None:
        return False
    if _COPULAS.fullmatch(sep):
        return _OWNED.search(before) is not None
    return _LINE_START.search(before) is not None or given.name.lower() in {"pwd", "passwd", "pw", "psw"}


def _is_key(given: _Assignment) -> bool:
    value, sep, name = given.value, given.sep, given.name
    small = name.lower()
    before = given.text[max(0, given.name_start - 20) : given.name_start].lower() + small
    bare_key = small in {"key", "salt", "nonce", "signature", "webhook"}
    stem = _NOT_A_SECRET_KEY.search(re.sub(r"(?:keys?|tokens?|id)$", "", before)) is not None
    if value.isdigit():
        return (
            any(word in small for word in ("pin", "otp", "cvv", "cvc"))
            and len(value) >= 3
            and bool(sep.strip())
            and sep.strip() != "-"
        )
    if " " in value:
        return False
    if not sep.strip() and not given.quoted and not _FLAG.search(before):
        return not stem and is_machine_made(value)
    if _FLAG.search(before) and not sep.strip():
        return is_mixed(value) or is_machine_made(value)
    if stem or bare_key:
        return is_machine_made(value) and not stem
    tight = sep.strip() == sep and "=" in sep
    if tight and (name.isupper() or given.text[given.name_start - 1 : given.name_start] in {"?", "&"}):
        return not is_variable(value)
    return (
        len(value) >= _MIN_KEY and is_mixed(value) and not is_term(value) and not is_variable(value)
    ) or is_machine_made(value)
