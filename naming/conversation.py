"""A task's conversation as a request: its first turns, its last ones, and little of the answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final

from naming.cleaning import CUT, Extent, clean_all
from naming.request import Question, Request
from naming.secrets import Budget

MAX_MESSAGES: Final = 200

FIRST: Final = Extent(900, 400)
LATEST: Final = Extent(400, 200)
ANSWER: Final = Extent(0, 200)
"""Characters that are read of the first request, of each later turn and of the last answer.

Together with the turns for which there is space, they are about what is read of one prompt."""

SPACE: Final = 900  # characters for the first turns of the person, and as many for the latest


class Role(StrEnum):
    """Who wrote a message."""

    USER = "user"
    ASSISTANT = "assistant"


def read_conversation(messages: Sequence[tuple[Role, str]]) -> Request:
    """Make a request of a conversation: of one message alone, the same as of a prompt."""
    if len(messages) == 1:
        return Request.of(messages[0][1])
    theirs = [at for at, (role, _) in enumerate(messages) if role is Role.USER]
    theirs = theirs or list(range(len(messages)))
    answers = [at for at in range(len(messages)) if at not in theirs]
    first, latest = _fill(theirs, messages), _fill(theirs[::-1], messages)
    picked = dict.fromkeys(first + latest, LATEST)
    picked[theirs[0]] = FIRST
    picked |= dict.fromkeys(answers[-1:], ANSWER)
    order = sorted(picked)
    budget = Budget()
    cleaned, redacted = clean_all([(messages[at][1], picked[at]) for at in order], budget)
    if not cleaned:
        return Request.of("\n\n".join(messages[at][1] for at in theirs), budget)
    said = dict(zip(order, cleaned, strict=True))
    return Request(
        "\n\n".join(filter(None, (said[at] for at in order if at in theirs))),
        question=Question("\n\n".join(_lines(said, messages)), is_conversation=True),
        prompts=["\n".join(picked[at].of(messages[at][1]) for at in order)],
        redacted=[redacted],
    )


def _fill(turns: Iterable[int], messages: Sequence[tuple[Role, str]]) -> list[int]:
    """Take turns while there is space for them."""
    picked, space = [], SPACE
    for at in turns:
        if space <= 0:
            break
        picked.append(at)
        space -= min(len(messages[at][1]), LATEST.whole)
    return picked


def _lines(said: dict[int, str], messages: Sequence[tuple[Role, str]]) -> Iterable[str]:
    before = -1
    for at, text in said.items():
        if any(messages[between][0] is Role.USER for between in range(before + 1, at)):
            yield CUT
        if text:
            yield f"{messages[at][0].capitalize()}: {text}"
        before = at
