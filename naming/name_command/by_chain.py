"""Naming in this process: by Claude where there is a key, else by the prompt's own words."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from naming.chain import name_task
from naming.extraction import name_from_request
from naming.outcome import Outcome, Source
from naming.random_name import pick_random
from naming.request import Request
from naming.template import Template
from naming.uniqueness import told_apart
from naming.wiring import open_asker

if TYPE_CHECKING:
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
        self._template = template_of(settings)
        self._language = settings.language or ""
        self.at_once = settings.max_concurrent_calls if settings.has_claude else 1

    def name_all(self, prompts: list[str]) -> list[Answer]:
        """Name each of `prompts`."""
        kind, language = self._template.has("type"), self._language
        requests = [Request.of(each).wishing(language, kind=kind) for each in prompts]
        outcomes = self._runner.run(self._outcomes(requests))
        told = zip(outcomes, requests, strict=True)
        return [tell(*each, self._taken, self._template) for each in told]

    async def _outcomes(self, requests: list[Request]) -> list[Outcome]:
        until = asyncio.get_running_loop().time() + self._seconds
        return await asyncio.gather(*(name_task(each, self._ask, until) for each in requests))


def name_by_own_words(prompt: str) -> tuple[Outcome, Request]:
    """Name a task without asking anybody; gives the cleaned prompt too."""
    request = Request.of(prompt)
    name = name_from_request(request)
    if name is None:
        return Outcome(pick_random(), Source.RANDOM), request
    return Outcome(name, Source.PROMPT), request


def template_of(settings: Settings) -> Template:
    """Give the convention that `settings` hold."""
    return Template(settings.template, settings.max_length)


def tell(outcome: Outcome, request: Request, taken: set[str] | None, template: Template) -> Answer:
    """Give the answer of an outcome, numbered among those `taken`, to which it is added.

    Where nobody knows what is taken (None), a random suffix keeps names apart.
    """
    frame = template.frame(outcome.task_name, template.values(request))
    task_name = told_apart(outcome.task_name, taken, frame)
    if taken is not None:
        taken.add(task_name.name)
    return {
        "name": task_name.name,
        "display_name": task_name.display_name,
        "source": outcome.source,
        "reason": outcome.reason,
    }
