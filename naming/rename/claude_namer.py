"""The chain with a patient Claude, and what it costs."""

from __future__ import annotations

import gc
import os
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from naming.claude.client import Client, Endpoint
from naming.claude.instructions import load_instructions
from naming.outcome import CannotName
from naming.rename.answers import Answers
from naming.rename.cost import cost_line
from naming.rename.crew import open_crew
from naming.rename.pacing import Pacer
from naming.rename.patient_claude import PatientClaude

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence

    from naming.names import TaskName
    from naming.outcome import Outcome
    from naming.rename.crew import Crew
    from naming.rename.namers import Work
    from naming.rename.planning import NameTask
    from naming.settings import Settings

CALLS_AHEAD: Final = 32
"""Tasks under way for each call at a time.

So many answers can wait for the slowest call to be written in order."""

MOST_AHEAD: Final = 5_000
"""Tasks that wait at most; a kill loses their answers."""

WORTH_PROCESSES: Final = 200
"""Tasks. Fewer are read and judged sooner than another process has started."""

CALLS_A_PROCESS: Final = 128
MOST_PROCESSES: Final = 4
"""Reading a prompt and judging its reply take about twice the computing that a call takes here."""


class ClaudeNamer:
    """Names tasks with Claude, `calls` at a time."""

    def __init__(self, settings: Settings, calls: int) -> None:
        assert settings.anthropic_api_key is not None  # noqa: S101 # open_namer asks first
        self._instructions = load_instructions()
        self._calls = calls
        self._endpoint = Endpoint(
            api_key=settings.anthropic_api_key.get_secret_value(),
            model=settings.anthropic_model,
            base_url=settings.anthropic_base_url,
            max_connections=calls,
            call_seconds=settings.call_timeout_ms / 1000,
        )
        self.model = settings.anthropic_model
        self.prompt_version = self._instructions.version
        self.ahead = calls + min(CALLS_AHEAD * calls, MOST_AHEAD)
        self._meter = Meter()

    @asynccontextmanager
    async def open(self, work: Work) -> AsyncIterator[NameTask]:
        """Connect, on demand, and get ready to name."""
        pacer = Pacer(self._calls, work.say)
        self._meter.hear = pacer.heard
        client, answers = Client(self._endpoint, self._instructions, self._meter), Answers()
        processes = processes_for(self._calls) if work.tasks >= WORTH_PROCESSES else 0
        async with open_crew(processes) as crew:
            ask = PatientClaude(
                client,
                self._instructions,
                pacer,
                answers,
                self._endpoint.call_seconds,
                crew.judge_reply,
            )
            try:
                gc.freeze()  # what is there by now stays, and looking through it takes a tenth of a second
                yield partial(name, crew, ask)
            finally:
                await ask.close()
                await client.close()
                answers.close()

    def cost_lines(self) -> Sequence[str]:
        """Tell the tokens of this run and what they cost."""
        return [cost_line(self.model, self._meter.tokens_in, self._meter.tokens_out)]


def processes_for(calls: int) -> int:
    """Choose how many processes read prompts and judge replies beside the one that calls."""
    return max(1, min((os.cpu_count() or 1) - 1, calls // CALLS_A_PROCESS, MOST_PROCESSES))


async def name(crew: Crew, ask: Callable[[str], Awaitable[TaskName]], prompt: str) -> Outcome:
    """Name one task: as the chain does, with the computing elsewhere."""
    text, unanswered = await crew.read_question(prompt)
    if not text:
        return unanswered
    try:
        return await crew.conclude(prompt, await ask(text))
    except CannotName as declined:
        return replace(unanswered, reason=declined.reason)


class Meter:
    """Counts tokens, and passes on what replies say of limits."""

    def __init__(self) -> None:
        self.tokens_in = 0
        self.tokens_out = 0
        self.hear: Callable[[Mapping[str, str]], None] = lambda _: None

    def heard(self, headers: Mapping[str, str]) -> None:
        """Take note of a reply's headers."""
        self.hear(headers)

    def spent(self, tokens_in: int, tokens_out: int) -> None:
        """Take note of what a reply cost."""
        self.tokens_in += tokens_in
        self.tokens_out += tokens_out
