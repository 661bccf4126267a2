"""What a plan would ask of Claude and cost, before anything is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from naming.claude.instructions import fence, load_instructions
from naming.cleaning import clean
from naming.cleaning.bounds import estimate_tokens
from naming.extraction import name_from_text
from naming.rename.good_names import good_name
from naming.rename.scratch import digest, open_scratch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from naming.rename.tasks import Task

TOKENS_OUT: Final = 35
"""Tokens of a usual reply: the two names and the JSON around them."""


@dataclass(slots=True)
class Estimate:
    """How many tasks there are, how many questions they come to, and the tokens of those."""

    tasks: int = 0
    questions: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    good: int = 0
    """Tasks whose own words are good names already."""


def estimate(tasks: Iterable[Task], *, keep_good: bool = False) -> Estimate:
    """Count what naming `tasks` would ask.

    Equal prompts once, prompts that hold nothing to name not at all.

    With `keep_good` nothing is asked about tasks that hold good words already.
    """
    found = Estimate()
    system_tokens = estimate_tokens(load_instructions().system)
    asked = open_scratch("CREATE TABLE asked (key BLOB PRIMARY KEY) WITHOUT ROWID")
    try:
        for task in tasks:
            found.tasks += 1
            is_good = good_name(task) is not None
            found.good += is_good
            if is_good and keep_good:
                continue
            text = clean(task.prompt)
            if not asked.execute("INSERT OR IGNORE INTO asked VALUES (?)", [digest(text)]).rowcount:
                continue
            if name_from_text(text) is not None:
                found.questions += 1
                found.tokens_in += round(system_tokens + estimate_tokens(fence(text)))
                found.tokens_out += TOKENS_OUT
    finally:
        asked.close()
    return found
