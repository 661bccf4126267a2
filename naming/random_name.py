"""A name from nothing: an adjective and a noun."""

from __future__ import annotations

import random
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from naming.names import TaskName
from naming.text.word_files import read_sections, words_in

MAX_WORD_LENGTH: Final = 13
"""Characters. Two such words, a hyphen and a suffix fit inside 32."""

WORDS_FILE: Final = "random_words.txt"

_ADJECTIVE_LISTS: Final = ("adjective", "adjective_near", "noun_adjective", "prefix", "size")
_NOUN_LISTS: Final = ("animal", "animal_breed", "animal_legendary")
"""What coolname itself makes its two-word names of."""


def pick_random(rng: random.Random | None = None) -> TaskName:
    """Pick a pair such as `brave-otter`, "Brave otter"; from `rng` to repeat it."""
    rng = rng or _SYSTEM
    adjective, noun = rng.choice(adjectives()), rng.choice(nouns())
    return TaskName(f"{adjective}-{noun}", f"{adjective.capitalize()} {noun}")


@cache
def adjectives() -> tuple[str, ...]:
    """Give the first words of random names, in order."""
    return _words(_ADJECTIVE_LISTS, "more adjectives")


@cache
def nouns() -> tuple[str, ...]:
    """Give the second words of random names, in order."""
    return _words(_NOUN_LISTS, "more nouns")


def left_out() -> frozenset[str]:
    """Give the words of coolname that no random name uses."""
    sections = [name for name in read_sections(WORDS_FILE) if name.startswith("left out ")]
    return frozenset[str]().union(*(words_in(WORDS_FILE, section) for section in sections))


def _words(lists: Iterable[str], more: str) -> tuple[str, ...]:
    # Importing coolname builds all of its generators, 25 ms of CPU time; its word lists are read in
    # less than one.
    package = find_spec("coolname")
    assert package is not None, "coolname is installed with this package"  # noqa: S101 - a broken installation, not an input
    folder = next(iter(package.submodule_search_locations or ()))
    lines = (
        line
        for name in lists
        for line in (Path(folder) / "data" / f"{name}.txt").read_text("ascii").splitlines()
    )
    words = {line for line in lines if line.isalpha() and line.islower()}
    usable = (words | words_in(WORDS_FILE, more)) - left_out()
    return tuple(sorted(word for word in usable if len(word) <= MAX_WORD_LENGTH))


_SYSTEM: Final = random.SystemRandom()
