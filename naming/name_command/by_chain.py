"""Naming in this process: by Claude where there is a key, else by the prompt's own words."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from naming.chain import in_convention, name_task
from naming.extraction import name_from_request
from naming.outcome import Outcome, Source
from naming.random_name import pick_random
from naming.request import Request
from naming.template import Template
from naming.wiring import open_asker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import ExitStack

    from naming.name_command.by_service import Answer
    from naming.settings import Settings


class ChainNamer:
    """Names prompts, `at_once` of them together: as many as Claude is asked at a time.

    `seconds` is the deadline of each; what is opened is closed by `stack`.
    """

    def __init__(
        self, stack: ExitStack, settings: Settings, seconds: float, taken: set[str] | None
    ) -> None:
        self._runner = stack.enter_context(asyncio.Runner())
        opened = open_asker(settings)
        # Importing the SDK is not charged to a deadline.
        self._ask = self._runner.run(opened.__aenter__())
        stack.callback(lambda: self._runner.run(opened.__aexit__(None, None, None)))
        self._seconds = seconds
        self._taken = taken
        self._settings = settings
        self._template = _template_of(settings)
        self.at_once = settings.max_concurrent_calls if settings.has_claude else 1

    def name_all(self, prompts: list[str]) -> Iterator[Answer]:
        """Name each of `prompts`, kept apart from those that are taken when it is asked for."""
        kind, language = self._template.has("type"), self._settings.language or ""
        requests = [Request.of(each).wishing(language, kind=kind) for each in prompts]
        outcomes = self._runner.run(self._outcomes(requests))
        for outcome, request in zip(outcomes, requests, strict=True):
            yield in_convention(outcome, request, self._template, self._taken).told()

    async def _outcomes(self, requests: list[Request]) -> list[Outcome]:
        until = asyncio.get_running_loop().time() + self._seconds
        return await asyncio.gather(*(name_task(each, self._ask, until) for each in requests))


def answer_by_own_words(prompt: str, settings: Settings, taken: set[str] | None) -> Answer:
    """Name a task without asking anybody."""
    request = Request.of(prompt)
    if (name := name_from_request(request)) is None:
        outcome = Outcome(pick_random(), Source.RANDOM)
    else:
        outcome = Outcome(name, Source.PROMPT)
    return in_convention(outcome, request, _template_of(settings), taken).told()


def _template_of(settings: Settings) -> Template:
    """Give the convention that `settings` hold."""
    return Template(settings.template, settings.max_length)
