"""Secrets that stand near a password's or token's name without being given to it by `:`, `=` or "is".

`setPassword("…")`, `{"password": {"value": "…"}}`, `password → …`, "use … as the password". Only words that mix letters
and digits count. With nothing but punctuation, code or words of giving between name and value, any such word does that
is no term and no identifier; with other words between them, it must look made up.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from string import digits
from typing import TYPE_CHECKING, Final

from naming.secrets.clues import ByClue
from naming.secrets.finding import Finding, holds_one_of
from naming.secrets.randomness import is_mixed_random
from naming.secrets.secret_words import NEARBY_WORDS
from naming.secrets.values import (
    has_digits_for_letters,
    is_contract,
    is_nothing_secret,
    is_path,
    is_term,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from naming.secrets.clues import Glance

REACH: Final = 60
"""Characters between name and value, markup included."""

_LOOSE_REACH: Final = 40

_NAME: Final = re.compile(
    r"(?:password|passwd|passwort|passcode|passphrase|pass(?=[_=\s\"'(:]*[\"'(])|pwd|(?<![a-z])pw|p/w|psk|"
    r"pre-?shared[ _-]key|"
    r"wi-?fi[ _-]key|secret|token|api[ _-]?key|credential|parola|parol|contrase[ñn]a|senha|şifre|kata sandi|"
    r"chiave segreta|mật khẩu|пароль|密码|密碼|口令|パスワード|合言葉|비밀번호|비번|κωδικό|گذرواژه|رمز|"
    r"पासवर्ड|পাসওয়ার্ড|பாஸ்வேர்ட்|పాస్\u200c?వర్డ్|รหัสผ่าน)(?:s|ım|im|m|lar)?(?![a-z])"
)
_NAMES: Final = ByClue([("", NEARBY_WORDS, _NAME)])
"""Matched against small letters."""

_WORD: Final = re.compile(
    r"[A-Za-z0-9!@#$%^&*~?+_](?<![\w/.$@#\\].)(?<!\w-.)[\w!@#$%^&*~?+.-]{6,80}[\w!@#$%^&*~?+=]",
    re.ASCII,
)
_MIXED: Final = re.compile(r"(?=[^A-Za-z]*[A-Za-z])(?=[^0-9]*[0-9])")
_SHORTEST: Final = 8
_DRAWN: Final = 20
"""Characters of a word that chance alone mixes so."""

_CODE_BEHIND: Final = frozenset("(/")

_OF_MACHINES: Final = frozenset("token tokens api key api_key api-key apikey".split()) | {
    "api key",
    "api keys",
}
"""Names whose values no person thinks up."""

MOST: Final = 3
"""Words looked at on either side of a name."""

_GIVING: Final = (
    r"values?|val|default|text|string|str|entry|item|key|name|set|data|plain|is|are|was|be|it|its|to|the|a|an|my|"
    r"our|has|have|been|"
    r"changed|updated|reset|rotated|as|equals?|becomes?|use|using|used|with|from|now|currently|still|should|"
    r"must|will|for|user|admin|root|login|password|type|const|let|var|n|r|t"
)
_CODE: Final = rf"(?:&#?[a-z0-9]{{1,6}};|[^\w\n]|_|\n(?!\s*\n)|\b(?:{_GIVING})\b)*+"
_BEHIND: Final = re.compile(_CODE, re.IGNORECASE)
_BEFORE: Final = re.compile(
    r"[\"'`*)\]]*\s*(?:[(\[←|]|(?:is|as|for|being|=|are|was)\b)\s*(?:(?:the|my|our|your|a|new|admin|root|db|wi-?fi|"
    r"database|login|user|his|her|its|their|temporary|default|current|old|test|master)\s+){0,3}[\"'`*]*",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"[.!?]\s|\n\s*\n|。")

_PART: Final = re.compile(r"v?\d+|\d{0,2}[A-Za-z]+\d{0,4}|\d{1,4}[A-Za-z]{1,2}")
_JOINTS: Final = re.compile(r"[_.+-]")
_HEX: Final = re.compile(r"(?:0x)?[0-9a-fA-F-]+")
_KNOWN: Final = (
    re.compile(r"\d{4}-\d\d-\d\d.*"),  # dates
    re.compile(r"(?:password|passwd|token|secret)_?\d{0,2}"),
    re.compile(r"[\w.-]+\.[a-z][a-z0-9]{0,4}"),  # files and hosts
    re.compile(r"[a-z]+\d?(?:[A-Z][a-z]*\d{0,2})+|(?:[A-Z]+[a-z]+\d{0,2}){2,}"),  # useAuth2Token
    re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"),
)
_TERMS: Final = re.compile(
    r"log4j|k8s|i18n|l10n|a11y|e2e|s3|(?:cl100|o200|p50|r50)k|b2b|b2c|p2p|x509|ec2|n8n|h2|w3c|o365|2fa|x64|x86|"
    r"utf8|u2f",
    re.IGNORECASE,
)
_WORDY: Final = re.compile(r"(?=[A-Za-z]*[aeiouyAEIOUY])[A-Za-z]{3,}")
_LETTERS: Final = re.compile(r"[A-Za-z]+")
_ISLANDS: Final = re.compile(r"[0-9]+")
_MARK_WITHIN: Final = re.compile(r"!+(?:[,;:)\"'`]| [a-z])")
_STRONG: Final = re.compile(r"(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[^.]*[!@#$%&*][^.]*")


def find_nearby(text: str, glance: Glance) -> Iterator[Finding]:
    """Find values near a name, on either side of it, in the same clause."""
    if not holds_one_of(digits, text):
        return
    names = [name for pattern in _NAMES.to_try(glance) for name in pattern.finditer(glance.small)]
    if not names:
        return
    words = [Finding(at, at + len(value), "secret", value) for at, value in _plausible(text)]
    starts = [word.start for word in words]
    found: set[int] = set()
    for name in names:
        behind = bisect_left(starts, name.end())
        for at in range(
            max(0, bisect_left(starts, name.start()) - MOST), min(len(words), behind + MOST)
        ):
            word = words[at]
            if at not in found and _is_near(text, name, word):
                found.add(at)
                yield word


def _plausible(text: str) -> Iterator[tuple[int, str]]:
    for word in _WORD.finditer(text):
        value = word.group().rstrip(".?!,;:&")
        after = text[word.start() + len(value) : word.start() + len(value) + 1]
        if (
            len(value) >= _SHORTEST
            and _MIXED.match(value)
            and after not in _CODE_BEHIND
            and not _is_plain(value)
        ):
            yield word.start(), value


def _is_drawn(value: str) -> bool:
    return len(value) >= _DRAWN and value.isalnum() and is_mixed_random(value)


def _is_plain(value: str) -> bool:
    if _is_drawn(value):
        return False
    if (
        is_contract(value)
        or is_term(value)
        or is_nothing_secret(value)
        or is_path(value)
        or any(known.fullmatch(value) for known in _KNOWN)
    ):
        return True
    parts = _JOINTS.split(_TERMS.sub("", value))
    return len(parts) > 1 and all(not part or _PART.fullmatch(part) for part in parts)


def _is_near(text: str, name: re.Match[str], word: Finding) -> bool:
    if (
        text[max(0, name.start() - 1) : name.start()] == "-"
        and word.start <= name.end() + 1
        and word.end > name.start()
    ):
        return False  # one name of hyphenated parts: `default-token-x7k2p`
    is_behind = word.start >= name.end()
    called_out = _is_called_out(text, word)
    gap = text[name.end() : word.start] if is_behind else text[word.end + called_out : name.start()]
    if len(gap) > REACH or _SENTENCE.search(gap):
        return False
    pattern = _BEHIND if is_behind else _BEFORE
    if gap.strip(" \n") and pattern.fullmatch(gap):
        return True
    is_loose = len(gap) <= _LOOSE_REACH and ";" not in gap and not _HEX.fullmatch(word.value)
    if not is_loose:
        return False
    if name.group() in _OF_MACHINES:
        return _looks_made_up(word.value)
    return _looks_made_up(word.value) or has_digits_for_letters(word.value) or called_out


def _is_called_out(text: str, word: Finding) -> bool:
    """Tell whether an exclamation mark stands behind `word` where no sentence ends (`from Alpha123! to …`)."""
    return _MARK_WITHIN.match(text, word.end) is not None and not word.value.islower()


def _looks_made_up(value: str) -> bool:
    if _STRONG.fullmatch(value) or _is_drawn(value):
        return True
    rest = _TERMS.sub("", value)
    return len(_ISLANDS.findall(rest)) > 1 and not all(
        _WORDY.fullmatch(part) for part in _LETTERS.findall(rest)
    )
