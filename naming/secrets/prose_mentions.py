"""Secrets in prose, near the word for them without being given by `:`, `=` or "is".

`setPassword("…")`, `{"password": {"value": "…"}}`, `password → …`, "use … as the password". Only
words that mix letters and digits count. With nothing but punctuation, code or words of giving
between name and value, any such word does that is no term and no identifier; with other words
between them, it must look made up.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from string import digits
from typing import TYPE_CHECKING, Final

from naming.secrets.entropy import is_mixed_random
from naming.secrets.rules import Finding, Rule, RuleIndex, alternatives, holds_one_of, read_words
from naming.secrets.values import (
    has_digits_for_letters,
    is_contract,
    is_literal,
    is_nothing_secret,
    is_path,
    is_term,
    is_typed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from naming.secrets.rules import Scan

REACH: Final = 60
"""Characters between name and value, markup included."""

_LOOSE_REACH: Final = 40

_NAMES: Final = RuleIndex(
    [
        Rule(
            keywords=read_words("names", "near names"),
            expression=rf"(?:{alternatives('prose', 'names')})(?:s|ım|im|m|lar)?(?![a-z])",
        )
    ]
)

_WORD: Final = re.compile(
    r"[A-Za-z0-9!@#$%^&*~?+_](?<![\w/.$@#\\].)(?<!\w-.)[\w!@#$%^&*~?+.-]{6,80}[\w!@#$%^&*~?+=]",
    re.ASCII,
)
_MIXED: Final = re.compile(r"(?=[^A-Za-z]*[A-Za-z])(?=[^0-9]*[0-9])")
_SHORTEST: Final = 8
_DRAWN: Final = 20
"""Characters of a word that chance alone mixes so."""

_CODE_BEHIND: Final = frozenset("(/")

_NAMES_OF_TOKENS: Final = frozenset(alternatives("prose", "names of tokens").split("|"))

MOST: Final = 3
"""Words looked at on either side of a name."""

_CODE: Final = (
    r"(?:&#?[a-z0-9]{1,6};|[^\w\n]|_|\n(?!\s*\n)"
    rf"|\b(?:{alternatives('prose', 'giving')})\b)*+"
)
_BEHIND: Final = re.compile(_CODE, re.IGNORECASE)
_BEFORE: Final = re.compile(
    r"[\"'`*)\]]*\s*(?:[(\[←|]|(?:is|as|for|being|=|are|was)\b)\s*"
    rf"(?:(?:{alternatives('prose', 'owners')})\s+){{0,3}}[\"'`*]*",
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
_TERMS: Final = re.compile(alternatives("prose", "terms"), re.IGNORECASE)
_WORDY: Final = re.compile(r"(?=[A-Za-z]*[aeiouyAEIOUY])[A-Za-z]{3,}")
_LETTERS: Final = re.compile(r"[A-Za-z]+")
_ISLANDS: Final = re.compile(r"[0-9]+")
_MARK_WITHIN: Final = re.compile(r"!+(?:[,;:)\"'`]| [a-z])")
_STRONG: Final = re.compile(r"(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[^.]*[!@#$%&*][^.]*")


def find_near_names(text: str, scanned: Scan) -> Iterator[Finding]:
    """Find values near a name, on either side of it, in the same clause."""
    if not holds_one_of(digits, text):
        return
    names = [
        name for rule in _NAMES.to_try(scanned) for name in rule.pattern.finditer(scanned.small)
    ]
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
    exclaimed = _is_exclaimed(text, word)
    gap = text[name.end() : word.start] if is_behind else text[word.end + exclaimed : name.start()]
    if len(gap) > REACH or _SENTENCE.search(gap):
        return False
    pattern = _BEHIND if is_behind else _BEFORE
    if gap.strip(" \n") and pattern.fullmatch(gap):
        return True
    is_loose = len(gap) <= _LOOSE_REACH and ";" not in gap and not _HEX.fullmatch(word.value)
    if not is_loose:
        return False
    if name.group() in _NAMES_OF_TOKENS:
        return _looks_made_up(word.value)
    return _looks_made_up(word.value) or has_digits_for_letters(word.value) or exclaimed


def _is_exclaimed(text: str, word: Finding) -> bool:
    """Tell whether an exclamation mark ends `word` and no sentence (`from Alpha123! to …`)."""
    return _MARK_WITHIN.match(text, word.end) is not None and not word.value.islower()


def _looks_made_up(value: str) -> bool:
    if _STRONG.fullmatch(value) or _is_drawn(value):
        return True
    rest = _TERMS.sub("", value)
    return len(_ISLANDS.findall(rest)) > 1 and not all(
        _WORDY.fullmatch(part) for part in _LETTERS.findall(rest)
    )


# --- the word behind a value, and a user and a password with a slash between them

_NAMED_BEHIND: Final = RuleIndex(
    [
        Rule(
            keywords=tuple(alternatives("prose", "words behind").split("|")),
            expression=(
                rf" (?:{alternatives('prose', 'copulas behind')})"
                rf" (?:(?:{alternatives('prose', 'articles behind')}) (?:[\w'’-]{{1,14}} ){{0,3}}"
                rf"|(?:{alternatives('prose', 'owners behind')}) )?"
                rf"(?:{alternatives('prose', 'words behind')})"
                rf"(?=\s*(?:$|[.,;:!?)\n—–-]"
                rf"|(?:{alternatives('prose', 'after the word behind')})\b))"
            ),
        )
    ]
)
_VALUE: Final = re.compile(r"(?<![\w/.@#-])[^\s\"'`()]{5,60}(?=[\"'`*]{0,2}\Z)")
_PAIR: Final = re.compile(r"/ ?(?=[^\s/]{0,40}[0-9!#$])(?P<value>[^\s\"'`<>/:]{5,60})(?![/:\w])")
_SIGNS_IN: Final = re.compile(
    rf"(?<![\w./-])(?:{alternatives('prose', 'signing in')})[:：]?"
    rf"(?: (?:{alternatives('prose', 'with')}))? ?[\"'`]?[\w.@+-]{{2,40}} ?\Z"
)
_KNOWN_USER: Final = re.compile(rf"(?<![\w/.@-])(?:{alternatives('prose', 'known users')}) ?\Z")
_MARKS: Final = f"{digits}!#$"
_REACH_OF_SIGNING_IN: Final = 90


def find_named_behind(text: str, scanned: Scan) -> Iterator[Finding]:
    """Find "use … as the password", and "connecte-toi avec marie / …"."""
    for rule in _NAMED_BEHIND.to_try(scanned):
        for word in rule.pattern.finditer(scanned.small):
            value = _VALUE.search(text, max(0, word.start() - 64), word.start())
            if value is not None and is_literal(value[0]):
                yield Finding(value.start(), value.end(), "secret", value[0])
    if "/" in text and holds_one_of(_MARKS, text):
        for pair in _PAIR.finditer(text):
            at = pair.start()
            password = pair["value"].rstrip(".,;?)")
            if not is_typed(password):
                continue
            before = scanned.small[max(0, at - _REACH_OF_SIGNING_IN) : at]
            if _SIGNS_IN.search(before) or (
                has_digits_for_letters(password) and _KNOWN_USER.search(before)
            ):
                yield Finding(at, pair.start("value") + len(password), "", password)
