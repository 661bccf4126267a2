"""A name from nothing.

An adjective and a noun, when neither Claude nor the prompt has one to give.
"""

from __future__ import annotations

import random
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from naming.names import TaskName
from naming.random_words import LEFT_OUT, MORE_ADJECTIVES, MORE_NOUNS

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_WORD_LENGTH: Final = 13
"""Characters. Two such words and a hyphen are 27.

A suffix of a hyphen and 4 characters still fits inside 32."""

_ADJECTIVE_LISTS: Final = ("adjective", "adjective_near", "noun_adjective", "prefix", "size")
_NOUN_LISTS: Final = ("animal", "animal_breed", "animal_legendary")
"""What coolname itself makes its two-word names of."""


def pick_random(rng: random.Random | None = None) -> TaskName:
    """Pick a pair such as `brave-otter`, "Brave otter".

    From the system's randomness, or from `rng` to repeat it.
    """
    rng = rng or _SYSTEM
    adjective, noun = rng.choice(ADJECTIVES), rng.choice(NOUNS)
    return TaskName(f"{adjective}-{noun}", f"{adjective.capitalize()} {noun}")


def _words(lists: Iterable[str], more: Iterable[str]) -> tuple[str, ...]:
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
    return tuple(
        sorted(
            word
            for word in words | set(more)
            if len(word) <= MAX_WORD_LENGTH and word not in LEFT_OUT
        )
    )


_SYSTEM: Final = random.SystemRandom()
ADJECTIVES: Final = _words(_ADJECTIVE_LISTS, MORE_ADJECTIVES)
NOUNS: Final = _words(_NOUN_LISTS, MORE_NOUNS)
