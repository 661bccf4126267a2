"""A name from nothing: an adjective and a noun."""

import random
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from naming.names import TaskName
from naming.text.word_files import read_sections, words_in

MAX_WORD_LENGTH: Final = 13  # characters. Two such words, a hyphen and a suffix fit inside 32

WORDS_FILE: Final = "random_words.txt"

_SYSTEM: Final = random.SystemRandom()


def pick_random(rng: random.Random = _SYSTEM) -> TaskName:
    """Pick a pair such as `brave-otter`, "Brave otter"; from `rng` to repeat it."""
    adjective, noun = rng.choice(words_for("adjectives")), rng.choice(words_for("nouns"))
    return TaskName(f"{adjective}-{noun}", f"{adjective.capitalize()} {noun}")


@cache
def words_for(kind: str) -> tuple[str, ...]:
    """Give the `adjectives` or the `nouns` of random names, in order."""
    # Importing coolname builds all of its generators, in 25 ms; reading takes less than one.
    package = find_spec("coolname")
    folder = Path(str(package and package.origin)).with_name("data")
    files = [folder / f"{name}.txt" for name in words_in(WORDS_FILE, f"lists of {kind}")]
    lines = [line for file in files for line in file.read_text("ascii").splitlines()]
    words = {line for line in lines if line.isalpha() and line.islower()}
    reasons = [name for name in read_sections(WORDS_FILE) if name.startswith("left out ")]
    left_out = (words_in(WORDS_FILE, reason) for reason in reasons)
    usable = (words | words_in(WORDS_FILE, f"more {kind}")).difference(*left_out)
    return tuple(sorted(word for word in usable if len(word) <= MAX_WORD_LENGTH))
