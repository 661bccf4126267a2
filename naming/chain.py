"""The chain: Claude, then the prompt's own words, then a random name; there is always an answer."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Final, TypeAlias

from naming.extraction import name_from_request
from naming.names import TaskName
from naming.outcome import CannotName, Outcome, Reason, Source
from naming.random_name import pick_random
from naming.request import Question, Request
from naming.template import Template
from naming.uniqueness import comparable, numbered, suffixed

Ask: TypeAlias = Callable[[Request, float], Awaitable[TaskName]]
"""Asks Claude for a name until a time on the loop's clock. Raises CannotName."""

NOTHING: Final = Request("", Question(""))


async def name_task(asked: Request | str, ask_claude: Ask, until: float) -> Outcome:
    """Name the task of a request or prompt by the time `until` on the running loop's clock.

    The prompt's own name is made first, every time: it is ready whenever Claude is not. A task that
    has a name keeps it, unless Claude gives one that says something else.
    """
    request = Request.of(asked) if isinstance(asked, str) else asked
    own_words = name_from_request(request)
    try:
        name = await ask_claude(request if own_words is not None else NOTHING, until)
        is_new = not request.is_still_called(name)
        if is_new and not request.is_repeated_in(*name):  # it was not shown, but guesses happen
            return Outcome(name, Source.CLAUDE)
        reason = Reason.NOT_A_NAME
    except CannotName as declined:
        reason = declined.reason

    if request.current is not None:
        return Outcome(request.current, Source.CURRENT)
    if own_words is not None:
        return Outcome(own_words, Source.PROMPT, reason)
    return Outcome(pick_random(), Source.RANDOM, reason)


async def without_key(_request: Request, _until: float) -> TaskName:
    """Decline to ask, for want of an API key."""
    raise CannotName(Reason.NO_API_KEY)


def in_convention(
    outcome: Outcome,
    request: Request,
    template: Template,
    taken: Iterable[str] | None,
    user: str = "",
) -> Outcome:
    """Put a new name into `template`, numbered among those `taken`; one that is kept stays.

    Where nobody knows what is taken (None), a random suffix keeps names apart.
    """
    if outcome.source is Source.CURRENT:
        return outcome
    frame = template.frame(outcome.task_name, template.values(request, user))
    if taken is None:
        name = suffixed(outcome.task_name, frame=frame)
    else:
        name = numbered(outcome.task_name, comparable(taken, template.max_length), frame)
    return Outcome(name, outcome.source, outcome.reason)


def name_prompt(prompt: str, taken: Iterable[str] = ()) -> TaskName:
    """Name the task of `prompt` by its own words, numbered among those `taken`, in any case."""
    name = name_from_request(Request.of(prompt)) or pick_random()
    return numbered(name, comparable(taken))
