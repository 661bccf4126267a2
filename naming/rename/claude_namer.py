"""Naming with a patient Claude that is asked each question once."""

from __future__ import annotations

import gc
import os
from contextlib import asynccontextmanager, closing
from functools import partial
from typing import TYPE_CHECKING, Final

from naming.claude.client import Client
from naming.claude.exchange import Exchange
from naming.claude.instructions import load_instructions
from naming.claude.pacing import Pacer
from naming.claude.patient import PatientClaude
from naming.claude.single_flight import SingleFlight
from naming.names import TaskName
from naming.outcome import CannotName, Reason
from naming.rename.cost import cost_line
from naming.rename.namers import Namer, ask_or_fall_back, judged
from naming.rename.process_pool import open_pool
from naming.rename.scratch import open_scratch
from naming.wiring import endpoint_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from naming.rename.namers import Work
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


@asynccontextmanager
async def open_claude(settings: Settings, work: Work, calls: int) -> AsyncIterator[Namer]:
    """Get ready to ask, `calls` at a time; connects on demand."""
    instructions, endpoint = load_instructions(), endpoint_of(settings, calls)
    pacer, model = Pacer(calls, work.talk.note), settings.anthropic_model
    client = Client(endpoint, instructions, pacer.heard)
    exchange = Exchange(client, instructions, endpoint.call_seconds)
    processes = processes_for(calls) if work.tasks >= WORTH_PROCESSES else 0
    async with open_pool(processes) as pool:
        patient = PatientClaude(exchange, pacer, partial(judged, pool))
        with closing(Answers(patient, exchange.key)) as ask:
            try:
                gc.freeze()  # what is there stays, and looking through it takes a tenth of a second
                yield Namer(
                    partial(ask_or_fall_back, pool, ask),
                    calls + min(CALLS_AHEAD * calls, MOST_AHEAD),
                    lambda: [cost_line(model, patient.tokens)],
                )
            finally:
                await client.close()


def processes_for(calls: int) -> int:
    """Choose how many processes read prompts and judge replies beside the one that calls."""
    return max(1, min((os.cpu_count() or 1) - 1, calls // CALLS_A_PROCESS, MOST_PROCESSES))


_SCHEMA: Final = (
    "CREATE TABLE answers"
    " (key TEXT PRIMARY KEY, name TEXT, display_name TEXT, reason TEXT) WITHOUT ROWID"
)


class Answers:
    """Asks each question once, with `ask`; `key` digests it. What was said is kept on disk."""

    def __init__(
        self, ask: Callable[[str], Awaitable[TaskName]], key: Callable[[str], str]
    ) -> None:
        self._ask = ask
        self._key = key
        self._scratch = open_scratch(_SCHEMA)
        self._flights: SingleFlight[TaskName] = SingleFlight()
        self.close = self._scratch.close

    async def __call__(self, text: str) -> TaskName:
        """Find or ask for the name of cleaned `text`. Raises CannotName."""
        key = self._key(text)
        row = self._scratch.execute(
            "SELECT name, display_name, reason FROM answers WHERE key = ?", [key]
        ).fetchone()
        if row is None:
            return await self._flights.join(key, None, lambda _: self._ask_and_keep(key, text))
        name, display_name, reason = row
        if reason is not None:
            raise CannotName(Reason(reason))
        return TaskName(name, display_name)

    async def _ask_and_keep(self, key: str, text: str) -> TaskName:
        try:
            name = await self._ask(text)
        except CannotName as declined:
            self._keep(key, None, None, declined.reason.value)
            raise
        self._keep(key, *name, None)
        return name

    def _keep(self, *row: str | None) -> None:
        self._scratch.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", row)
