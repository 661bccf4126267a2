"""Keeping names apart: by a number behind one that is taken, or by a random suffix."""

import random
import re
from collections.abc import Collection, Iterable, Iterator
from itertools import count
from typing import Final

from naming.names import MAX_NAME_LENGTH, MIN_NAME_LENGTH, TaskName
from naming.slug import LAWFUL_PREFIX, LEGACY, cut_slug
from naming.template import BARE, Frame

SUFFIX_LETTERS: Final = "bcdfghjkmnpqrstvwxz23456789"
"""No vowels, so that no suffix is a word; no l, 1, 0 or o, so that none is misread."""

SUFFIX_LENGTH: Final = 4  # characters: 27 ** 4 is 531,441 suffixes

_NUMBER_AT_THE_END: Final = re.compile(r"(?:-[0-9]+)+$")


def comparable(names: Iterable[str], max_length: int = MAX_NAME_LENGTH) -> set[str]:
    """Give those of `names` that one of ours could equal but for its case, in lower case."""
    return {
        name.lower()
        for name in names
        if len(name) <= max_length and (name.isascii() or "\N{KELVIN SIGN}" in name)
    }


def framed(task_name: TaskName, frame: Frame, ending: str = "") -> TaskName:
    """Put `task_name` with an `ending` of its slug into its frame, shortened where it has to be."""
    around = _fitted(task_name.name, ending, frame)
    assert around is not None  # noqa: S101 # up to 5 characters have room in every template
    name = ending.join(around)
    return task_name if name == task_name.name else task_name.renamed(name, frame.template.law)


def numbered(task_name: TaskName, taken: Collection[str], frame: Frame = BARE) -> TaskName:
    """Give `task_name` as it is, or with the lowest of `-2`, `-3`, … that is not taken.

    `taken` is in lower case. The number is always added to the slug, never counted up in place: a
    number that is part of the name means something.
    """
    first = framed(task_name, frame)
    if first.name not in taken:
        return first
    # Names of as many digits share what stands around them, so that 10,000 taken ones cost little.
    digits = 1
    while (around := _fitted(task_name.name, "-" + "2" * digits, frame)) is not None:
        before, after = around
        for number in range(max(2, 10 ** (digits - 1)), 10**digits):
            if (name := f"{before}-{number}{after}") not in taken:
                return task_name.renamed(name, frame.template.law)
        digits += 1
    drawn = (suffixed(task_name, frame=frame) for _ in count())
    return next(apart for apart in drawn if apart.name not in taken)


def suffixed(
    task_name: TaskName, rng: random.Random | None = None, frame: Frame = BARE
) -> TaskName:
    """Give `task_name` a random suffix of 4 characters behind its slug, inside its frame."""
    suffix = "".join((rng or random).choices(SUFFIX_LETTERS, k=SUFFIX_LENGTH))
    return framed(task_name, frame, f"-{suffix}")


def _fitted(slug: str, ending: str, frame: Frame) -> tuple[str, str] | None:
    """Give what stands around an ending of the slug in a lawful name; None without room."""
    law = frame.template.law
    for before, bare, after in frame.around(slug):
        room = law.max_length - len(before) - len(ending) - len(after)
        has_ticket = frame.without_ticket(bare) != bare
        for candidate in _shortened(bare, room):
            shorter = candidate.strip("-")
            if (
                MIN_NAME_LENGTH <= len(shorter) <= room
                and law.fault(f"{before}{shorter}{ending}{after}") is None
                and (not has_ticket or frame.without_ticket(shorter) != shorter)  # it is never cut
                and LEGACY.fullmatch(f"{shorter}{ending}") is None
            ):
                return f"{before}{shorter}", after
    return None


def _shortened(name: str, room: int) -> Iterator[str]:
    """Shorten `name` in ever rougher ways. Not all of them give a name; the last one does."""
    # A number at the end, such as a version, is kept whole: `python-3` must not be `python-2`.
    if (number := _NUMBER_AT_THE_END.search(name)) is not None:
        bare, end = name[: number.start()], number[0]
        words = bare.split("-")
        while len(words) > 1 and len("-".join(words)) + len(end) > room:
            del words[1]
        yield "-".join(words) + end
        yield bare[: room - len(end)].rstrip("-") + end
    yield cut_slug(name, room)
    yield name[:room]
    yield f"{LAWFUL_PREFIX}-{name}"[:room]
