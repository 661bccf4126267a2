"""Tokens, keys and passwords that show by their characters alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from naming.secrets.entropy import encodes_text, is_mixed_random, is_single_case_random
from naming.secrets.rules import Finding
from naming.secrets.searching import WORK_OF_A_TRIAL, holds_one_of
from naming.secrets.values import (
    encodes_secret,
    has_digits_for_letters,
    has_three_kinds,
    is_camel_case,
)
from naming.secrets.vendor_tokens import end_of_issued, find_vendor_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from naming.secrets.searching import Text

_RUN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.~+/=$%:-]{14,}+")
"""Where a token can be. Prose has few such runs, so nothing else is looked at."""

_PLAIN: Final = re.compile(r"[a-z/._'\"`(),:;<>*=-]+|[A-Za-z][a-z'-]*[.,;:!?)]*")
"""Paths, hyphenated words and addresses in small letters: no token has neither a capital nor a
digit."""

MIN_RUN: Final = 15
_WORK_OF_A_RUN: Final = 150
_WORK_WITHOUT_DIGITS: Final = 40
_DIGIT: Final = re.compile("[0-9]")
"""No drawn word of twenty characters or more is without one."""

_WORD: Final = re.compile(r"[A-Za-z0-9_-]{20,}+")
_PREFIXED: Final = re.compile(
    r"[A-Za-z][A-Za-z0-9]{0,15}[_-](?:[A-Za-z0-9]{1,16}[_-]){0,3}([A-Za-z0-9]{20,})(?:[_-][A-Za-z0-9]+)*"
)
_BASE64_KEY: Final = re.compile(
    r"(?<![A-Za-z0-9+/=_.-])(?<!base64,)(?:[A-Za-z0-9+/]{40}|[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{86}=="
    r"|(?:[A-Za-z0-9+/]{4}){8,60}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=))(?![A-Za-z0-9+/=_-]|\.\w)"
)
"""Secret keys of 30 (AWS), 32 (WireGuard, Fernet, HMAC) and 64 bytes (Azure), with slashes and plus
signs; of any other length where signs of equality fill it up."""

_BASE64_REST: Final = re.compile(r"[+/][A-Za-z0-9+/_-]{8,}={0,2}")
_PARTS: Final = re.compile(r"(?:\.[A-Za-z0-9_-]{16,200}){1,8}(?![\w.-])")
_DIGEST_BEFORE: Final = re.compile(
    r"(?:sha-?\d{1,3}|md5|hash|digest|integrity|checksum|fingerprint|etag|public key|signature)"
    r"\W{0,3}(?:is |of )?\W{0,2}\Z",
    re.IGNORECASE,
)
_HASH_BEFORE: Final = re.compile(
    r"(?:sha-?\d{0,3}|md5|crc\d*|blake\w*|hash|digest|commit|rev|ref|build|etag|integrity|checksum|chunk|uuid|"
    r"h1)[-_:=]",
    re.IGNORECASE,
)
_NO_SECRET: Final = re.compile(
    r"AAAA[BCE][23]NzaC[0-9A-Za-z_-]*"  # the public half of an SSH key
    r"|I[0-9a-f]{40}"  # what Gerrit calls a change
    r"|[a-z]{2,12}_01[0-9A-Za-z]{22}"  # and Anthropic a thing
    r"|Qm[1-9A-HJ-NP-Za-km-z]{44}"  # what IPFS calls a file
    r"|(?:css|sc|jsx|jss|emotion|svelte|styled)-[A-Za-z0-9-]+"  # classes
    r"|(?:toolu|call|resp|batch|chatcmpl|price|prod|pi|cus|sub|ch|in|evt|acct|req|seti|pm|si|txn|po|msg|run|thread|"
    r"asst|file|user|org|team)"
    r"[_-][A-Za-z0-9]{14,32}"  # names of things, which their vendors print everywhere
)
_PUBLIC_PLACE: Final = re.compile(
    r"notion\.(?:so|site)/|figma\.com/|/(?:commit|blob|tree|workflows|runs)/"
)
"""Before names that look drawn and are addresses of pages."""

_BEGIN: Final = "-----BEGIN "
_PUBLIC_BLOCK: Final = re.compile(
    r"-----BEGIN (?![A-Z0-9 ]{0,30}PRIVATE)[A-Z0-9 ]{3,40}-----\s{1,4}"
    r"(?:[\w+/=:., ]{1,200}+\s{0,4}+)*+"
)
"""Certificates, requests for them, signatures, public keys; their ends may be cut off."""

_ALPHABET: Final = re.compile("abcdefgh|ABCDEFGH")
_JOINED: Final = re.compile(
    r"(?:(?:v?\d{1,8}|\d{0,4}[A-Za-z]{1,20}\d{0,2})[_-]){2,}(?:v?\d{1,8}|\d{0,4}[A-Za-z]{1,20}\d{0,2})"
)
"""Words, numbers and versions joined: `ABC-123-add-password-reset-v2`."""

_JOINT: Final = re.compile("[_-]")
_LONGEST_PLAIN: Final = 14
"""Characters of a part that counts as a word whatever it looks like."""

_FILE_ENDING: Final = re.compile(r"\.(?:[a-z][a-z0-9]{1,5}|[A-Z][A-Z0-9]{1,5})(?![A-Za-z0-9_-])")
_HEX_NUMBER: Final = re.compile(r"(?:0x)?[0-9A-Fa-f]+")
_UUID: Final = re.compile(r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}")

MIN_PREFIXED: Final = 24
MIN_BARE: Final = 20
MIN_JOINED: Final = 32
"""With underscores or hyphens within; shorter ones are classes and names of files."""

MAX_BARE: Final = 300


def find_tokens(searched: Text) -> Iterator[Finding]:
    """Find keys and tokens that show by themselves."""
    text = searched.shown
    public = [block.span() for block in _PUBLIC_BLOCK.finditer(text)] if _BEGIN in text else ()
    for start, end in _runs(searched):
        clear = start
        for finding in find_vendor_tokens(text, start, end):
            clear = finding.end
            yield finding
        has_digits = _DIGIT.search(text, clear, end) is not None
        if clear == start and (
            (last := end_of_issued(searched, start, end) if has_digits else 0)
            or encodes_secret(text[start:end])
        ):
            clear = last or end
            yield Finding(start, clear, "token", text[start:clear])
        if not has_digits or any(at < start < last for at, last in public):
            continue
        if end - clear >= MIN_BARE and not _HASH_BEFORE.search(text, start, end):
            yield from _random_words(text, start, clear, end)
            yield from _base64_keys(text, clear - (text[clear - 1 : clear] in {"+", "/"}), end)


def _runs(searched: Text) -> Iterator[tuple[int, int]]:
    """Find the runs of characters that tokens have.

    Splitting first is three times as fast as the pattern alone.
    """
    text, at = searched.shown, 0
    for word in [word for word in text[: searched.end].split() if len(word) >= MIN_RUN]:
        if not _PLAIN.fullmatch(word):
            at = text.index(word, at)
            units = _WORK_OF_A_RUN if _DIGIT.search(word) else _WORK_WITHOUT_DIGITS
            if not searched.spend(units * (1 + len(word) // 64), at):
                return
            for run in _RUN.finditer(text, at, at + len(word)):
                yield run.span()
            at += len(word)


def _random_words(text: str, start: int, clear: int, end: int) -> Iterator[Finding]:
    """Find what no vendor of the list has marked."""
    for match in _WORD.finditer(text, clear, end):
        word = match.group().strip("_-")
        is_address = _PUBLIC_PLACE.search(text, start, match.start()) is not None
        if (
            is_address
            or _UUID.search(word)
            or _is_plain(word)
            or _FILE_ENDING.match(text, match.end())
        ):
            continue
        if _is_prefixed_token(word) or (
            _stands_alone(text, *match.span()) and _is_bare_token(word)
        ):
            at = text.index(word, match.start())
            last = _end_of_base64(text, at + len(word))
            yield Finding(at, last, "token", text[at:last])


def _end_of_base64(text: str, end: int) -> int:
    """Find where a word ends that goes on with what only base64 has, or in parts with points."""
    rest = _BASE64_REST.match(text, end)
    if rest is not None and is_mixed_random(rest.group()):
        return rest.end()
    parts = _PARTS.match(text, end)
    return parts.end() if parts else end


def _base64_keys(text: str, start: int, end: int) -> Iterator[Finding]:
    for match in _BASE64_KEY.finditer(text, start, end):
        value = match.group()
        if (
            not is_mixed_random(value)
            or encodes_text(value)
            or _DIGEST_BEFORE.search(text[max(0, match.start() - 40) : match.start()])
        ):
            continue
        yield Finding(match.start(), match.end(), "key", value)


def _is_plain(word: str) -> bool:
    """Tell whether `word` is public, an alphabet, or joined words of which none is drawn."""
    if (
        _NO_SECRET.fullmatch(word) is not None
        or _ALPHABET.search(word) is not None
        or is_camel_case(word.replace("_", ""))
    ):
        return True
    return _JOINED.fullmatch(word) is not None and all(
        len(part) <= _LONGEST_PLAIN or not is_mixed_random(part) for part in _JOINT.split(word)
    )


def _is_prefixed_token(word: str) -> bool:
    if len(word) < MIN_PREFIXED or not ("_" in word or "-" in word):
        return False
    if is_mixed_random(word):
        return True
    body = _PREFIXED.fullmatch(word)
    return body is not None and len(body[1]) >= MIN_PREFIXED and is_single_case_random(body[1])


def _is_bare_token(word: str) -> bool:
    if not MIN_BARE <= len(word) <= MAX_BARE or _HEX_NUMBER.fullmatch(word):
        return False
    if len(word) < MIN_JOINED and (not word.isalnum()):
        return False
    return is_mixed_random(word) and not encodes_text(word)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a word is no part of a path, an address or longer base64."""
    return text[start - 1 : start] not in {"/", "+"} and text[end : end + 1] not in {"/", "+", "="}


# --- passwords: digits that stand for letters, and signs where words have none

_SIGNS: Final = "!^$#*%&@"
_SIGN: Final = re.compile(r"[!^$#*%&@](?<=[A-Za-z0-9].)")
_REST_OF_PASSWORD: Final = re.compile(r"[A-Za-z0-9!^$#*%&@_?+-]{0,40}")
_BEFORE: Final = re.compile(r"(?<![\w/.$@#\\%&?+-])[A-Za-z0-9][\w-]{0,40}\Z", re.ASCII)
_NO_WORD_BEHIND: Final = frozenset("/.(:={[<")
_SIGNS_WITHIN: Final = re.compile(r"[A-Za-z0-9][!^]+[A-Za-z0-9]")
"""Signs that neither code nor prose has within a word; the others count where digits stand for
letters."""

_SPELLING: Final = re.compile(r"p[a@4](?:ss|55|\$\$)w[o0]rd", re.IGNORECASE)
_MIN_PASSWORD: Final = 7
"""Characters."""


def find_passwords(searched: Text) -> Iterator[Finding]:
    """Find words that nobody writes but as a password (`Geh3im!`, `Tr0ub4dor&3`, `Bobs!Pass9`)."""
    text = searched.shown
    if not holds_one_of(_SIGNS, text):
        return
    done = 0
    for sign in searched.each(_SIGN, WORK_OF_A_TRIAL):
        if (
            sign.start() < done
            or (before := _BEFORE.search(text, max(done, sign.start() - 42), sign.start())) is None
        ):
            continue
        rest = _REST_OF_PASSWORD.match(text, sign.start())
        done = rest.end() if rest else sign.end()
        value = text[before.start() : done].rstrip("?&-")
        if (
            len(value) >= _MIN_PASSWORD
            and text[done : done + 1] not in _NO_WORD_BEHIND
            and _is_password(value)
        ):
            yield Finding(before.start(), before.start() + len(value), "password", value)


def _is_password(value: str) -> bool:
    if _SPELLING.match(value):
        return not value.rstrip("!").isalpha()
    if has_digits_for_letters(value):
        return True
    return _SIGNS_WITHIN.search(value) is not None and has_three_kinds(value)
