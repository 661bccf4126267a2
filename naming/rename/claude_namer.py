"""The chain with a patient Claude, and what it costs."""

from __future__ import annotations

import gc
import os
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from naming.claude.client import Client
from naming.claude.exchange import Exchange
from naming.claude.instructions import load_instructions
from naming.claude.message import TokenCounter
from naming.claude.pacing import Pacer
from naming.claude.patient import PatientClaude
from naming.outcome import CannotName
from naming.rename.answers import Answers
from naming.rename.cost import cost_line
from naming.rename.process_pool import open_pool
from naming.wiring import endpoint_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

    from naming.names import TaskName
    from naming.outcome import Outcome
    from naming.rename.namers import Work
    from naming.rename.planning import NameTask
    from naming.rename.process_pool import ProcessPool
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
        self._instructions = load_instructions()
        self._calls = calls
        self._endpoint = endpoint_of(settings, calls)
        self.model = settings.anthropic_model
        self.prompt_version = self._instructions.version
        self.ahead = calls + min(CALLS_AHEAD * calls, MOST_AHEAD)
        self._counter = TokenCounter()

    @asynccontextmanager
    async def open(self, work: Work) -> AsyncIterator[NameTask]:
        """Connect, on demand, and get ready to name."""
        pacer = Pacer(self._calls, work.say)
        self._counter.on_headers = pacer.heard
        client = Client(self._endpoint, self._instructions, self._counter)
        exchange = Exchange(client, self._instructions, self._endpoint.call_seconds)
        processes = processes_for(self._calls) if work.tasks >= WORTH_PROCESSES else 0
        async with open_pool(processes) as pool:
            ask = Answers(PatientClaude(exchange, pacer, pool.judge_reply), exchange.key)
            try:
                gc.freeze()  # what is there stays, and looking through it takes a tenth of a second
                yield partial(name, pool, ask)
            finally:
                await client.close()
                ask.close()

    def cost_lines(self) -> Sequence[str]:
        """Tell the tokens of this run and what they cost."""
        return [cost_line(self.model, self._counter.tokens)]


def processes_for(calls: int) -> int:
    """Choose how many processes read prompts and judge replies beside the one that calls."""
    return max(1, min((os.cpu_count() or 1) - 1, calls // CALLS_A_PROCESS, MOST_PROCESSES))


async def name(
    pool: ProcessPool, ask: Callable[[str], Awaitable[TaskName]], prompt: str
) -> Outcome:
    """Name one task: as the chain does, with the computing elsewhere."""
    text, unanswered = await pool.read_question(prompt)
    if not text:
        return unanswered
    try:
        return await pool.conclude(prompt, await ask(text))
    except CannotName as declined:
        return replace(unanswered, reason=declined.reason)
