"""What models say instead of a title, by language: data for `guard`, and how to read it.

Every line is a small pattern, folded as texts are (`subject.fold`), so it is written as people
spell it; an indented line goes on with the one before. A line that begins with `^` is looked for at
the start only. In languages that put spaces between words, whole words match. A language may lack a
kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from naming.text.folding import fold
from naming.validation.phrases import (
    arabic,
    chinese,
    eastern,
    english,
    further,
    germanic,
    japanese,
    korean,
    nordic,
    romance,
    slavic,
    southeast_asian,
    southern_asian,
    turkish,
)
from naming.validation.phrases.in_ascii import may_match_ascii
from naming.validation.phrases.rare import RarePhrases, read_part

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType

SPACED: tuple[ModuleType, ...] = (
    *(
        english,
        romance,
        germanic,
        nordic,
        slavic,
        eastern,
        turkish,
        arabic,
        southeast_asian,
        further,
    ),
)
UNSPACED: tuple[ModuleType, ...] = (chinese, japanese, korean, southern_asian)


class _Patterns(NamedTuple):
    starts: re.Pattern[str]
    anywhere: re.Pattern[str]

    def find(self, folded: str) -> re.Match[str] | None:
        return self.starts.match(folded) or self.anywhere.search(folded)


@dataclass(frozen=True, slots=True)
class Phrases:
    """One kind of phrase in every language, those apart that no line of ASCII alone can hold."""

    common: _Patterns
    foreign: _Patterns

    def find(self, folded: str) -> re.Match[str] | None:
        """Find the first of the phrases in a `folded` line."""
        found = self.common.find(folded)
        if folded.isascii():
            return found
        other = self.foreign.find(folded)
        return (
            other
            if found is None or (other is not None and other.start() < found.start())
            else found
        )

    def fills(self, folded: str) -> bool:
        """Tell whether one of the phrases is the whole `folded` line."""
        return any(patterns.anywhere.fullmatch(folded) for patterns in self._for(folded))

    def blank(self, folded: str) -> str:
        """Blank out every one of the phrases in a `folded` line."""
        for patterns in self._for(folded):
            folded = patterns.anywhere.sub(" ", folded)
        return folded

    def _for(self, folded: str) -> tuple[_Patterns, ...]:
        return (self.common,) if folded.isascii() else (self.common, self.foreign)


def _collect(kind: str) -> Phrases:
    spaced = [line for language in SPACED for line in _lines(getattr(language, kind, ""))]
    unspaced = [line for language in UNSPACED for line in _lines(getattr(language, kind, ""))]
    common = {line for line in (*spaced, *unspaced) if may_match_ascii(line)}
    return Phrases(
        _compile(
            [line for line in spaced if line in common],
            [line for line in unspaced if line in common],
        ),
        _compile(
            [line for line in spaced if line not in common],
            [line for line in unspaced if line not in common],
        ),
    )


def _compile(spaced: list[str], unspaced: list[str]) -> _Patterns:
    starts, anywhere = _join(spaced, r"(?<!\w)(?:", r")(?!\w)")
    more_starts, more_anywhere = _join(unspaced, "(?:", ")")
    return _Patterns(
        re.compile(f"{starts}|{more_starts}"), re.compile(f"{anywhere}|{more_anywhere}")
    )


def _collect_rare(kind: str) -> RarePhrases:
    blocks = [(language, _lines(getattr(language, kind, ""))) for language in (*SPACED, *UNSPACED)]
    return RarePhrases(
        read_part("|".join(lines), at_words=language in SPACED)
        for language, lines in blocks
        if lines
    )


def _lines(block: str) -> list[str]:
    return [
        fold(line).replace(" | ", "|") for line in block.replace("\n    ", "").splitlines() if line
    ]


def _join(lines: Iterable[str], before: str, after: str) -> tuple[str, str]:
    starts = [line[1:] for line in lines if line.startswith("^")]
    anywhere = [line for line in lines if not line.startswith("^")]
    return tuple(
        before + "|".join(part) + after if part else r"(?!)" for part in (starts, anywhere)
    )  # type: ignore[return-value]


TALK = _collect("TALK")
"""Speaking to the user: no title does, unless the request itself says it."""

INABILITY = _collect("INABILITY")
"""Saying that something cannot be done: a refusal, or the very bug that is to be fixed."""

CAPABILITY = _collect("CAPABILITY")
"""What a model says it cannot do."""

META = _collect("META")
"""Speaking about the request itself instead of its subject."""

THINGS = _collect("THINGS")
"""What one talks of when one talks about a request or about one's own means."""

LACKS = _collect("LACKS")
"""What such talk says about them: that they are missing, unclear, refused."""

TURNS = _collect("TURNS")
"""What people exchange in a conversation, and what a title is to be.

All that such talk is about."""

ERRORS = _collect("ERRORS")
"""What an error is known by."""

SERVICES = _collect("SERVICES")
"""What the errors of services speak of beside."""

WORK = _collect("WORK")
"""What one does to software, and parts of it: a line that names one speaks of a task."""

PLACEHOLDER = _collect("PLACEHOLDER")
"""Words that stand where a title should stand, as the whole line."""

FAILURE = _collect("FAILURE")
"""How a request says that something does not work."""

OVERRIDE = _collect_rare("OVERRIDE")
"""How a text tries to make a model forget its instructions."""

DEMAND = _collect_rare("DEMAND")
"""How a text asks for literal words as the answer."""
