"""The chain: Claude, then the prompt's own words, then a random name. There is always an answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from naming.cleaning import clean_and_tell, looked_at
from naming.extraction import name_from_text
from naming.names import TaskName
from naming.outcome import CannotName, Outcome, Reason, Source
from naming.random_name import pick_random
from naming.secrets import leaks

Ask: TypeAlias = Callable[[str, float], Awaitable[TaskName]]
"""Asks Claude for the name of a cleaned prompt until a time on the running loop's clock.

Raises CannotName."""


async def name_task(prompt: str, ask_claude: Ask, until: float) -> Outcome:
    """Name the task that `prompt` starts, by the time `until` on the running loop's clock.

    The prompt's own name is made first, every time: it is ready whenever Claude is not.
    """
    text, held_secret = clean_and_tell(prompt)
    own_words = name_from_text(text)
    try:
        name = await ask_claude(text if own_words is not None else "", until)
        if not (held_secret and _repeats_secret(name, prompt)):
            return Outcome(name, Source.CLAUDE)
        reason = Reason.NOT_A_NAME
    except CannotName as declined:
        reason = declined.reason

    if own_words is not None:
        return Outcome(own_words, Source.PROMPT, reason)
    return Outcome(pick_random(), Source.RANDOM, reason)


def _repeats_secret(name: TaskName, prompt: str) -> bool:
    """Tell whether a secret of the prompt is in the names.

    Claude was not shown it, but guesses and echoes happen.
    """
    seen = looked_at(prompt)
    return leaks(name.name, seen) or leaks(name.display_name, seen)


async def without_key(_text: str, _until: float) -> TaskName:
    """Decline to ask, for want of an API key."""
    raise CannotName(Reason.NO_API_KEY)
