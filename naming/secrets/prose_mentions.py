"""Secrets in prose, near the word for them without being given by `:`, `=` or "is".

`setPassword("…")`, `{"password": {"value": "…"}}`, `password → …`, "use … as the password". Only
words that mix letters and digits count. With nothing but punctuation, code or words of giving
between name and value, any such word does that is no term and no identifier; with other words
between them, it must look made up.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, Final

from naming.secrets.entropy import is_mixed_random
from naming.secrets.rules import Finding, Shapes, alternatives
from naming.secrets.searching import WORK_OF_A_VALUE
from naming.secrets.values import (
    has_digits_for_letters,
    is_contract,
    is_name_in_code,
    is_nothing_secret,
    is_path,
    is_term,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from naming.secrets.searching import Text

_SHAPES: Final = Shapes("prose mentions")

REACH: Final = 60
"""Characters between name and value, markup included."""

_LONGEST: Final = 82
_WINDOW: Final = REACH + _LONGEST
"""The same, with the longest word."""

_LOOSE_REACH: Final = 40

WORDS: Final = alternatives("prose", "words of names")
"""What these names begin with."""

_SHORTEST: Final = 8
_DRAWN: Final = 20
"""Characters of a word that chance alone mixes so."""

_CODE_BEHIND: Final = frozenset("(/")

_NAMES_OF_TOKENS: Final = frozenset(alternatives("prose", "names of tokens"))

MOST: Final = 3
"""Words looked at on either side of a name."""

_WORK_OF_A_PAIR: Final = 30
"""Of a name and a word."""


def note_name(text: Text, at: int) -> Iterable[Finding]:
    """Note the name that begins at `at`, if there is one."""
    if (name := _SHAPES.name.match(text.small, at)) is not None:
        text.near.append(name.span())
    return ()


def find_near_names(text: Text) -> Iterator[Finding]:
    """Find values near a name, on either side of it, in the same clause."""
    if not text.near or not text.digits:
        return
    words = [_Candidate(at, value) for at, value in _plausible(text)]
    starts = [word.start for word in words]
    found: set[int] = set()
    for start, end in text.near if words else ():
        behind = bisect_left(starts, end)
        for at in range(max(0, bisect_left(starts, start) - MOST), min(len(words), behind + MOST)):
            if at in found or words[at].start - end > REACH or start - words[at].end > REACH:
                continue
            if not text.spend(_WORK_OF_A_PAIR, start):
                return
            if _is_near(text, (start, end), words[at]):
                found.add(at)
                yield Finding(words[at].start, words[at].end, "secret", words[at].value)


def _plausible(text: Text) -> Iterator[tuple[int, str]]:
    """Find the words near names that may be values."""
    shown, done = text.shown, 0
    for name_start, name_end in sorted(text.near):
        last = min(name_end + _WINDOW, text.end)
        for digits_start, digits_end in text.digits_in(max(done, name_start - _WINDOW), last):
            if digits_start < done or text.is_hidden(digits_start, digits_end):
                continue
            before = text.before(_SHAPES.of_words, digits_start, _LONGEST)
            behind = _SHAPES.of_words.match(shown, digits_end)
            start = digits_start - (before.end() if before else 0)
            done = behind.end() if behind else digits_end
            if done - start < _SHORTEST:
                continue
            for word in _SHAPES.word.finditer(shown, start, done):
                value = word.group().rstrip(".?!,;:&")
                end = word.start() + len(value)
                if (
                    len(value) < _SHORTEST
                    or not _SHAPES.mixed.match(value)
                    or shown[end : end + 1] in _CODE_BEHIND
                    or text.is_hidden(word.start(), end)
                ):
                    continue
                if not text.spend(WORK_OF_A_VALUE, word.start()):
                    return
                if not _is_plain(value):
                    yield word.start(), value


def _is_drawn(value: str) -> bool:
    return len(value) >= _DRAWN and value.isalnum() and is_mixed_random(value)


def _is_plain(value: str) -> bool:
    if _is_drawn(value):
        return False
    if (
        is_contract(value)
        or is_name_in_code(value, humps=2)
        or is_term(value)
        or is_nothing_secret(value)
        or is_path(value)
        or _SHAPES.known.fullmatch(value)
    ):
        return True
    parts = _SHAPES.joints.split(_SHAPES.terms.sub("", value))
    return len(parts) > 1 and all(not part or _SHAPES.part.fullmatch(part) for part in parts)


class _Candidate:
    """A word that may be a value."""

    def __init__(self, start: int, value: str) -> None:
        self.start = start
        self.end = start + len(value)
        self.value = value

    @cached_property
    def looks_made_up(self) -> bool:
        """Nobody would write it but as a secret."""
        value = self.value
        if _SHAPES.strong.fullmatch(value) or _is_drawn(value):
            return True
        rest = _SHAPES.terms.sub("", value)
        return len(_SHAPES.islands.findall(rest)) > 1 and not all(
            _SHAPES.wordy.fullmatch(part) for part in _SHAPES.letters.findall(rest)
        )

    @cached_property
    def looks_thought_up(self) -> bool:
        """A person may have thought it up."""
        return self.looks_made_up or has_digits_for_letters(self.value)


def _is_near(text: Text, name: tuple[int, int], word: _Candidate) -> bool:
    start, end = name
    shown = text.shown
    is_behind = word.start >= end
    gap_start, gap_end = (end, word.start) if is_behind else (word.end, start)
    if shown[max(0, start - 1) : start] == "-" and word.start <= end + 1 and word.end > start:
        return False  # one name of hyphenated parts: `default-token-x7k2p`
    exclaimed = _is_exclaimed(shown, word)
    gap = shown[gap_start + (exclaimed and not is_behind) : gap_end]
    if _SHAPES.sentence.search(gap):
        return False
    pattern = _SHAPES.code if is_behind else _SHAPES.before
    if gap.strip(" \n") and pattern.fullmatch(gap):
        return True
    if len(gap) > _LOOSE_REACH or ";" in gap or _SHAPES.hex.fullmatch(word.value):
        return False
    if text.small[start:end] in _NAMES_OF_TOKENS:
        return word.looks_made_up
    return exclaimed or word.looks_thought_up


def _is_exclaimed(text: str, word: _Candidate) -> bool:
    """Tell whether an exclamation mark ends `word` and no sentence (`from Alpha123! to …`)."""
    return _SHAPES.mark_within.match(text, word.end) is not None and not word.value.islower()
