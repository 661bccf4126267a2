"""Naming with a patient Claude that is asked each question once."""

from __future__ import annotations

import gc
import json
from contextlib import asynccontextmanager, closing
from functools import partial
from typing import TYPE_CHECKING, Final

from naming.claude.client import Client
from naming.claude.exchange import Exchange
from naming.claude.instructions import load_instructions
from naming.claude.pacing import Pacer
from naming.claude.patient import PatientClaude
from naming.claude.reuse import SingleFlight
from naming.names import TaskName, WorkKind
from naming.outcome import CannotName
from naming.rename.cost import cost_line
from naming.rename.namers import Namer, judged
from naming.rename.process_pool import ProcessPool, processes_for
from naming.rename.questions import Questions
from naming.wiring import endpoint_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from naming.rename.namers import Work
    from naming.settings import Settings

CALLS_AHEAD: Final = 32
"""Tasks under way for each call at a time.

So many answers can wait for the slowest call to be written in order."""

MOST_AHEAD: Final = 5_000
"""Tasks that wait at most; a kill loses their answers."""


@asynccontextmanager
async def open_claude(settings: Settings, work: Work, calls: int) -> AsyncIterator[Namer]:
    """Get ready to ask, `calls` at a time; connects on demand."""
    instructions, endpoint = load_instructions(guide=settings.guide), endpoint_of(settings, calls)
    pacer, model = Pacer(calls, work.talk.note), settings.anthropic_model
    client = Client(endpoint, instructions, pacer.heard)
    exchange = Exchange(client, instructions, endpoint.call_seconds)
    flights: SingleFlight[TaskName] = SingleFlight()
    with (
        closing(ProcessPool(processes_for(work.tasks))) as pool,
        closing(Questions()) as questions,
    ):
        patient = PatientClaude(exchange, pacer, partial(judged, pool))

        async def ask(text: str) -> TaskName:
            key = exchange.key(text)
            if (kept := questions.reply(key)) is not None:
                name, display_name, *kind = json.loads(kept)
                return TaskName(name, display_name, kind=WorkKind(*kind) if kind else None)
            return await flights.join(key, None, lambda _: ask_and_keep(key, text))

        async def ask_and_keep(key: str, text: str) -> TaskName:
            try:
                name = await patient(text)
            except CannotName as declined:
                questions.decline(key, declined.reason)
                raise
            kind = [] if name.kind is None else [name.kind]
            questions.keep(key, json.dumps([*name, *kind]))
            return name

        try:
            gc.freeze()  # what is there stays, and looking through it takes a tenth of a second
            yield Namer(
                pool,
                ask,
                wishes=work.wishes,
                ahead=calls + min(CALLS_AHEAD * calls, MOST_AHEAD),
                cost_lines=lambda: [cost_line(model, patient.tokens)],
            )
        finally:
            await client.close()
