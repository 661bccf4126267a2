"""What models say instead of a title, by kind, in every language: read from `data/phrases`.

Every entry there is a small pattern, folded as texts are (`text.folding`), so it is written as
people spell it. One that begins with `^` is looked for at the start of a line only. In languages
that put spaces between words, whole words match. A language may lack a kind.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from naming.text.folding import fold
from naming.text.word_files import read_sections

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SPACED: Final = (
    *("english", "romance", "germanic", "nordic", "slavic", "eastern", "turkish", "arabic"),
    *("southeast_asian", "further"),
)
UNSPACED: Final = ("japanese", "korean", "chinese", "southern_asian")
"""The files of languages with and without spaces between words.

Of two phrases that begin at one place, the first in this order is found."""

_NEVER: Final = "(?!)"


class Phrases:
    """One kind of phrase in every language, compiled when first asked for."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    @cached_property
    def _at_start(self) -> re.Pattern[str]:
        return self._compile(starts=True)

    @cached_property
    def _anywhere(self) -> re.Pattern[str]:
        return self._compile(starts=False)

    def _compile(self, *, starts: bool) -> re.Pattern[str]:
        spaced, unspaced = (
            _join(_entries(self.kind, files, starts=starts)) for files in (SPACED, UNSPACED)
        )
        return re.compile(rf"(?<!\w){spaced}(?!\w)|{unspaced}")

    def find(self, folded: str) -> re.Match[str] | None:
        """Find one of the phrases in a `folded` line, at its start if there is one."""
        return self._at_start.match(folded) or self._anywhere.search(folded)

    def find_all(self, folded: str) -> Iterator[re.Match[str]]:
        """Find the phrases in a `folded` text of many lines, one after the other."""
        return self._anywhere.finditer(folded)

    def fill(self, folded: str) -> bool:
        """Tell whether one of the phrases is the whole `folded` line."""
        return self._anywhere.fullmatch(folded) is not None

    def blank(self, folded: str) -> str:
        """Blank out every one of the phrases in a `folded` line."""
        return self._anywhere.sub(" ", folded)


def _entries(kind: str, files: Sequence[str], *, starts: bool) -> Iterator[str]:
    for file in files:
        for entry in read_sections(f"phrases/{file}.txt").get(kind, ()):
            if entry.startswith("^") == starts:
                yield fold(entry.removeprefix("^"))


def _join(entries: Iterable[str]) -> str:
    return f"(?:{'|'.join(entries) or _NEVER})"


TALK: Final = Phrases("talk")
"""Speaking to the user: no title does, unless the request itself says it."""

INABILITY: Final = Phrases("inability")
"""Saying that something cannot be done: a refusal, or the very bug that is to be fixed."""

CAPABILITY: Final = Phrases("capability")
"""What a model says it cannot do."""

META: Final = Phrases("meta")
"""Speaking about the request itself instead of its subject."""

THINGS: Final = Phrases("things")
"""What one talks of when one talks about a request or about one's own means."""

LACKS: Final = Phrases("lacks")
"""What such talk says about them: that they are missing, unclear, refused."""

TURNS: Final = Phrases("turns")
"""What people exchange in a conversation, and what a title is to be.

All that such talk is about."""

ERRORS: Final = Phrases("errors")
"""What an error is known by."""

SERVICES: Final = Phrases("services")
"""What the errors of services speak of beside."""

WORK: Final = Phrases("work")
"""What one does to software, and parts of it: a line that names one speaks of a task."""

PLACEHOLDER: Final = Phrases("placeholder")
"""Words that stand where a title should stand, as the whole line."""

FAILURE: Final = Phrases("failure")
"""How a request says that something does not work."""

OVERRIDE: Final = Phrases("override")
"""How a text tries to make a model forget its instructions."""

DEMAND: Final = Phrases("demand")
"""How a text asks for literal words as the answer."""

ALL: Final = (
    *(TALK, INABILITY, CAPABILITY, META, THINGS, LACKS, TURNS, ERRORS, SERVICES, WORK),
    *(PLACEHOLDER, FAILURE, OVERRIDE, DEMAND),
)


def compile_phrases() -> None:
    """Compile all of the phrases, a tenth of a second that no request shall wait for."""
    for phrases in ALL:
        phrases.find("")
