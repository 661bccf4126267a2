"""Naming in this process: by Claude where there is a key, else by the prompt's own words."""

import asyncio
from collections.abc import Generator, Iterator
from contextlib import nullcontext
from itertools import islice

from naming.chain import Ask, in_convention, name_task
from naming.outcome import Outcome
from naming.request import Request
from naming.settings import Settings
from naming.template import Template
from naming.wiring import open_asker


def name_by_chain(
    prompts: Iterator[str], settings: Settings, taken: set[str] | None, ask: Ask | None = None
) -> Generator[dict[str, str | None], None, None]:
    """Name each of `prompts` in time, as many together as Claude is asked at a time.

    Names are kept apart from those that are `taken` by then. `ask` takes the place of Claude.
    """
    template = Template(settings.template, settings.max_length)
    kind, language = template.has("type"), settings.language or ""
    at_once = settings.max_concurrent_calls if settings.has_claude and ask is None else 1
    opened = open_asker(settings) if ask is None else nullcontext(ask)
    with asyncio.Runner() as runner:
        ask = runner.run(opened.__aenter__())  # importing the SDK is not charged to a deadline
        try:
            while some := list(islice(prompts, at_once)):
                requests = [Request.of(each).wishing(language, kind=kind) for each in some]
                outcomes = runner.run(_outcomes(requests, ask, settings.deadline_ms / 1000))
                for outcome, request in zip(outcomes, requests, strict=True):
                    yield in_convention(outcome, request, template, taken).told()
        finally:
            runner.run(opened.__aexit__(None, None, None))


async def _outcomes(requests: list[Request], ask: Ask, seconds: float) -> list[Outcome]:
    until = asyncio.get_running_loop().time() + seconds
    return await asyncio.gather(*(name_task(each, ask, until) for each in requests))
