"""Keeping names apart: a number behind a name that its owner uses already, or a random suffix where nobody knows."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

from naming.names import MAX_NAME_LENGTH, TaskName, name_fault
from naming.slug import LAWFUL_PREFIX, cut_slug

if TYPE_CHECKING:
    from collections.abc import Collection

SUFFIX_LETTERS: Final = "bcdfghjkmnpqrstvwxz23456789"
"""No vowels, so that no suffix is a word; no l, 1, 0 or o, so that none is misread."""

SUFFIX_LENGTH: Final = 4
"""Characters: 27 ** 4 is 531,441 suffixes."""


def numbered(task_name: TaskName, taken: Collection[str]) -> TaskName:
    """Give `task_name` as it is, or with the lowest of `-2`, `-3`, … that makes it none of `taken` (lower-case names).

    The number is always added, never counted up in place: a number that is part of the name means something.
    """
    apart, number = task_name, 1
    while apart.name in taken:
        number += 1
        apart = with_number(task_name, number)
    return apart


def with_number(task_name: TaskName, number: int) -> TaskName:
    """Give `task_name` a number behind it, inside the 32."""
    return TaskName(_with_ending(task_name.name, f"-{number}"), task_name.display_name)


def suffixed(task_name: TaskName, rng: random.Random | None = None) -> TaskName:
    """Give `task_name` a random suffix of 4 characters, inside the 32."""
    choose = (rng or random).choice
    suffix = "".join(choose(SUFFIX_LETTERS) for _ in range(SUFFIX_LENGTH))
    return TaskName(_with_ending(task_name.name, f"-{suffix}"), task_name.display_name)


def _with_ending(name: str, ending: str) -> str:
    room = MAX_NAME_LENGTH - len(ending)
    shorter = (cut_slug(_without_middle(name, room), room), name[:room].rstrip("-"), f"{LAWFUL_PREFIX}-{name}"[:room])
    return next(lawful for cut in shorter if name_fault(lawful := cut.rstrip("-") + ending) is None)


def _without_middle(name: str, room: int) -> str:
    """Make room in a name that ends in a number by leaving out words before it: `python-3` must not be `python-2`."""
    words = name.split("-")
    while len(words) > 2 and words[-1].isdecimal() and len("-".join(words)) > room:  # noqa: PLR2004
        del words[1]
    return "-".join(words)
