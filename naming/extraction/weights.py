"""What was learned of names that people gave: a weight for each sign, summed up."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from naming.text.word_files import read_sections

FILE: Final = "extraction/weights.txt"
"""Written by `python -m benchmarks.learn_names`; its head says how to read it."""


@cache
def weights_of(section: str) -> Mapping[str, int]:
    """Give the learned weights of a section, in whole hundredths: what speaks for a choice."""
    pairs = (entry.rsplit(" ", 1) for entry in read_sections(FILE).get(section, ()))
    return {sign: int(weight) for sign, weight in pairs}


def total(signs: Iterable[str], weights: Mapping[str, int]) -> int:
    """Sum up what `signs` weigh; what was never learned weighs nothing."""
    return sum(filter(None, map(weights.get, signs)))


@cache
def about(count: int, *steps: int) -> str:
    """Say about how many, as a sign does: the first of `steps` that `count` does not exceed."""
    at = bisect_left(steps, count)
    return str(steps[at]) if at < len(steps) else "more"
