"""Naming in this process: by Claude where there is a key, else by the prompt's own words."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING

from naming.chain import name_task
from naming.extraction import name_from_request
from naming.outcome import Outcome, Source
from naming.random_name import pick_random
from naming.request import Request
from naming.uniqueness import numbered, suffixed
from naming.wiring import open_asker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from naming.chain import Ask
    from naming.name_command.service_client import Answer
    from naming.settings import Settings


@contextmanager
def open_chain_namer(
    settings: Settings, seconds: float, taken: set[str] | None
) -> Iterator[ChainNamer]:
    """Open the chain that `settings` describe; `seconds` is the deadline of each name."""
    with asyncio.Runner() as runner:
        opened = open_asker(settings)
        ask = runner.run(opened.__aenter__())  # importing the SDK is not charged to a deadline
        try:
            at_once = settings.max_concurrent_calls if settings.has_claude else 1
            yield ChainNamer(runner, ask, seconds, taken, at_once)
        finally:
            runner.run(opened.__aexit__(None, None, None))


class ChainNamer:
    """Names prompts, `at_once` of them together: as many as Claude is asked at a time."""

    def __init__(
        self,
        runner: asyncio.Runner,
        ask: Ask,
        seconds: float,
        taken: set[str] | None,
        at_once: int,
    ) -> None:
        self._runner = runner
        self._ask = ask
        self._seconds = seconds
        self._taken = taken
        self.at_once = at_once

    def name_all(self, prompts: list[str]) -> list[Answer]:
        """Name each of `prompts`."""
        return [tell(outcome, self._taken) for outcome in self._runner.run(self._outcomes(prompts))]

    async def _outcomes(self, prompts: list[str]) -> list[Outcome]:
        until = asyncio.get_running_loop().time() + self._seconds
        return await asyncio.gather(*(name_task(prompt, self._ask, until) for prompt in prompts))


def name_by_own_words(prompt: str) -> Outcome:
    """Name a prompt without asking anybody."""
    name = name_from_request(Request.of(prompt))
    if name is None:
        return Outcome(pick_random(), Source.RANDOM)
    return Outcome(name, Source.PROMPT)


def tell(outcome: Outcome, taken: set[str] | None) -> Answer:
    """Give the answer of an outcome, numbered among those `taken`, to which it is added.

    Where nobody knows what is taken (None), a random suffix keeps names apart.
    """
    if taken is None:
        task_name = suffixed(outcome.task_name)
    else:
        task_name = numbered(outcome.task_name, taken)
        taken.add(task_name.name)
    return {
        "name": task_name.name,
        "display_name": task_name.display_name,
        "source": outcome.source,
        "reason": outcome.reason,
    }
