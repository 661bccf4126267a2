"""The chain with a Claude that is asked through Message Batches: questions first, then names."""

from __future__ import annotations

import asyncio
from contextlib import aclosing, asynccontextmanager, closing
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from naming.claude.batch_client import BatchClient
from naming.claude.client import Client
from naming.claude.exchange import Exchange
from naming.claude.instructions import load_instructions
from naming.claude.pacing import Pacer
from naming.claude.patient import CANARY, PatientClaude
from naming.claude.reasons import UNUSABLE
from naming.outcome import CannotName
from naming.rename.batches.batch_format import Pack
from naming.rename.batches.conversation import Conversation
from naming.rename.batches.journal import StateFile, state_path
from naming.rename.cost import cost_line
from naming.rename.errors import Stopped
from naming.rename.namers import TASKS_A_CHUNK, LeftOver, Namer, judged, read_tasks
from naming.rename.process_pool import ProcessPool, processes_for
from naming.rename.questions import Questions
from naming.wiring import endpoint_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Mapping
    from pathlib import Path

    from naming.names import TaskName
    from naming.rename.namers import Work
    from naming.rename.terminal import Terminal
    from naming.settings import Settings


@dataclass(slots=True)
class Asking:
    """Brings the questions of the tasks at hand into batches, and waits for the answers."""

    work: Work
    pool: ProcessPool
    questions: Questions
    conversation: Conversation
    client: Client
    exchange: Exchange

    async def ask_all(self) -> None:
        """Ask until every question is answered or has failed too often. Raises Stopped."""
        frame: Mapping[str, Any] = {}
        while True:
            # What an earlier run asked is known only by its results, so these are read first.
            await self.conversation.settle()
            pack: Pack | None = None
            async with aclosing(self._due()) as due:
                async for key, text in due:
                    if not frame:
                        await try_canary(self.exchange, self.work.talk)
                        frame = self.client.frame(text)
                    pack = pack or Pack(frame)
                    if not pack.add(key, text):
                        await self.conversation.send(pack)
                        pack = Pack(frame)
                        pack.add(key, text)
                    self.questions.sent(key, pack.intent)
            if pack is None:
                return
            await self.conversation.send(pack)

    async def _due(self) -> AsyncGenerator[tuple[str, str]]:
        with self.work.talk.bar(self.work.tasks) as advance:
            read = read_tasks(self.work.pending(), self.pool, self.work.wishes)
            async with aclosing(read) as tasks:
                async for _, (text, *_) in tasks:
                    advance()
                    if text and self.questions.is_due(key := self.exchange.key(text)):
                        yield key, text

    async def answer(self, text: str) -> TaskName:
        """Give the name that was answered. Raises CannotName, LeftOver."""
        key = self.exchange.key(text)
        if (reply := self.questions.reply(key)) is None:
            raise LeftOver(self.questions.why_none(key))
        return await judged(self.pool, reply, text)


@asynccontextmanager
async def open_batches(settings: Settings, work: Work, plan: Path) -> AsyncIterator[Namer]:
    """Ask every question and wait for the answers; then names are ready, for half the price.

    What was asked stands in a journal beside the plan. Raises Stopped.
    """
    instructions, endpoint = (
        load_instructions(guide=settings.guide),
        endpoint_of(settings, 1, batches=True),
    )
    model, client = settings.anthropic_model, Client(endpoint, instructions)
    batches = BatchClient(endpoint)
    with (
        closing(StateFile(state_path(plan), hold=True)) as state,
        closing(Questions()) as questions,
        closing(ProcessPool(processes_for(work.tasks))) as pool,
    ):
        conversation = Conversation(batches, state, questions, work.talk)
        exchange = Exchange(client, instructions, endpoint.call_seconds)
        asking = Asking(work, pool, questions, conversation, client, exchange)
        try:
            await asking.ask_all()
            yield Namer(
                pool,
                asking.answer,
                wishes=work.wishes,
                ahead=max(1, TASKS_A_CHUNK * pool.processes),
                cost_lines=lambda: [cost_line(model, state.tokens(), batches=True)],
            )
        except asyncio.CancelledError:
            if under_way := state.open_intents():
                work.talk.note(
                    f"{len(under_way):,} batches stay under way;"
                    " `naming rename status` shows and `cancel` ends them"
                )
            raise
        finally:
            await client.close()
            await batches.close()


async def try_canary(exchange: Exchange, talk: Terminal) -> None:
    """Ask one question of our own, in the ordinary way, and wait where Claude is limited or down.

    Raises Stopped when there is no usable answer. It is nobody's prompt, so no prompt is ever asked
    twice. A wrong key, model or field costs this one call.
    """
    try:
        await PatientClaude(exchange, Pacer(1, talk.note), partial(judged, ProcessPool(0)))(CANARY)
    except CannotName as declined:
        if declined.reason in UNUSABLE:
            raise Stopped(
                f"Claude gave no usable reply to a first question ({declined.reason}),"
                " so no batch was created; check ANTHROPIC_BASE_URL and ANTHROPIC_MODEL"
            ) from declined
