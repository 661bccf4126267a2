"""The parts that words play in a line that names something."""

from typing import Final

VERB: Final = "verb"
QUESTION: Final = "question"
LEFT_OUT: Final = "left out"
"""Articles, pronouns, auxiliaries, particles: a slug says as much without them."""

TURNING: Final = "turning"
"""What turns the meaning round: negations, restrictions."""

SMALL: Final = "small"
NAME: Final = "name"
OTHER: Final = "other"

TELLING: Final = (OTHER, NAME)
"""The parts of words that say what something is about."""
