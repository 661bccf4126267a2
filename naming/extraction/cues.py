"""Cues that tell a request from what stands around it: what asks, explains, forbids, introduces."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final

from naming.text.patterns import WordPattern, entries_of
from naming.text.word_files import words_in

CUES: Final = "extraction/cues.txt"


def cue_words(section: str) -> frozenset[str]:
    """Give the words of a section of the file of cues."""
    return words_in(CUES, section)


class _Anywhere:
    """The phrases of a section, from the start of a word on, in small letters (`in_any_case`)."""

    def __init__(self, section: str) -> None:
        self._section = section

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        r"""The pattern, compiled when first asked for.

        Behind `\b` all phrases would be tried at each word, and at each letter where case is
        ignored. By first letters this takes a fifth of the time.
        """
        rests: dict[str, list[str]] = {}
        for phrase in entries_of(self._section, CUES):
            rests.setdefault(phrase[0], []).append(phrase[1:])
        return re.compile(
            "|".join(rf"{first}(?<!\w{first})(?:{'|'.join(rest)})" for first, rest in rests.items())
        )


TASK_STATED: Final = _Anywhere("task stated")
STATEMENT: Final = _Anywhere("statements")
ASK: Final = _Anywhere("asking")

BACKGROUND: Final = WordPattern(r"{background}\b", CUES)
PERSONAL: Final = WordPattern("(?:(?:hi|hello|hey),? )?{personal}", CUES)
GIVEN: Final = WordPattern("{given}", CUES)
OVERRIDE: Final = WordPattern("{override}", CUES)

OWN_THING: Final = WordPattern(
    r"\b{own things}\b"
    r"|\w/\w|\w\.[a-z]{1,4}\b(?<!\b[ei]\.[ge])|\w\(\)|[a-z][A-Z]|\w_\w|#\d",
    CUES,
    re.NOFLAG,
)
"""What only somebody with a task of their own speaks of.

`our login flow`, `src/parser.rs`, `load_user()`."""

PROPER_NAME: Final = re.compile(r"[A-Z](?<=[a-zß-ÿ,] .)\w")
"""A word with a capital that does not begin the line: the name of something."""

QUESTION: Final = WordPattern(r"{questions}\b", CUES)
"""How an English question begins.

A request that was one only for politeness loses its question mark."""

ENDS_WITH_ITS_VERB: Final = WordPattern("{verb endings}[?!]{0,2}$")
"""A line that ends with the second part of its verb, which is a preposition elsewhere."""

ENDS_AS_A_CLAUSE: Final = WordPattern("{clause endings}[?!]{0,2}$")
"""A line that ends as a question in other words does: `Explain what it is for`."""
