"""Keeping names apart.

A number behind a name that its owner uses already, or a random suffix where nobody knows.
"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Final

from naming.names import MAX_NAME_LENGTH, TaskName, name_fault
from naming.slug import LAWFUL_PREFIX, cut_slug

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

SUFFIX_LETTERS: Final = "bcdfghjkmnpqrstvwxz23456789"
"""No vowels, so that no suffix is a word; no l, 1, 0 or o, so that none is misread."""

SUFFIX_LENGTH: Final = 4
"""Characters: 27 ** 4 is 531,441 suffixes."""

_NUMBER_AT_THE_END: Final = re.compile(r"(?:-[0-9]+)+$")


def comparable(names: Iterable[str]) -> set[str]:
    """Give those of `names` that one of ours could equal but for its case, in lower case.

    Ours are of ASCII, into which the Kelvin sign falls when its case does; and no string grows
    shorter in lower case.
    """
    return {
        name.lower()
        for name in names
        if len(name) <= MAX_NAME_LENGTH and (name.isascii() or "\N{KELVIN SIGN}" in name)
    }


def numbered(task_name: TaskName, taken: Collection[str]) -> TaskName:
    """Give `task_name` as it is, or with the lowest of `-2`, `-3`, … that is not taken.

    `taken` is in lower case. The number is always added, never counted up in place: a number that
    is part of the name means something.
    """
    if task_name.name not in taken:
        return task_name
    digits = 1
    # Names of as many digits share what stands before them, so that 10,000 taken ones cost little.
    while True:
        stem = _with_ending(task_name.name, "-" + "2" * digits)[:-digits]
        for number in range(max(2, 10 ** (digits - 1)), 10**digits):
            if f"{stem}{number}" not in taken:
                return task_name.renamed(f"{stem}{number}")
        digits += 1


def with_number(task_name: TaskName, number: int, limit: int = MAX_NAME_LENGTH) -> TaskName:
    """Give `task_name` a number behind it, inside `limit` characters."""
    return task_name.renamed(_with_ending(task_name.name, f"-{number}", limit))


def shortened(task_name: TaskName, limit: int) -> TaskName:
    """Give `task_name` a name of at most `limit` characters."""
    if len(task_name.name) <= limit:
        return task_name
    return task_name.renamed(_with_ending(task_name.name, "", limit))


def suffixed(task_name: TaskName, rng: random.Random | None = None) -> TaskName:
    """Give `task_name` a random suffix of 4 characters, inside the 32."""
    suffix = "".join((rng or random).choices(SUFFIX_LETTERS, k=SUFFIX_LENGTH))
    return task_name.renamed(_with_ending(task_name.name, f"-{suffix}"))


def _with_ending(name: str, ending: str, limit: int = MAX_NAME_LENGTH) -> str:
    if len(name) + len(ending) <= limit:
        return (
            name + ending
        )  # a lawful name stays lawful whatever number or suffix stands behind it
    candidates = (shorter.rstrip("-") + ending for shorter in _shortened(name, limit - len(ending)))
    return next(candidate for candidate in candidates if name_fault(candidate) is None)


def _shortened(name: str, room: int) -> Iterator[str]:
    """Shorten `name` in ever rougher ways. Not all of them give a name; the last one does."""
    number = _NUMBER_AT_THE_END.search(name)
    if (
        number is not None
    ):  # such as a version, which is kept whole: `python-3` must not be `python-2`
        words = name[: number.start()].split("-")
        while len(words) > 1 and len("-".join(words)) + len(number[0]) > room:
            del words[1]
        yield "-".join(words) + number[0]
        yield name[: number.start()][: room - len(number[0])].rstrip("-") + number[0]
    yield cut_slug(name, room)
    yield name[:room]
    yield f"{LAWFUL_PREFIX}-{name}"[:room]
