"""The chain with a Claude that is asked through Message Batches: questions first, then names."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from naming.claude.batch_client import BatchClient
from naming.claude.client import Client
from naming.claude.exchange import Exchange, question_key
from naming.claude.instructions import load_instructions
from naming.claude.pacing import Pacer
from naming.claude.patient import CANARY, PatientClaude
from naming.claude.reasons import UNUSABLE
from naming.outcome import CannotName
from naming.rename.batches.batch_format import Pack, new_intent
from naming.rename.batches.conversation import Conversation
from naming.rename.batches.journal import About, StateFile, state_path
from naming.rename.batches.questions import Questions
from naming.rename.cost import cost_line
from naming.rename.errors import Stopped
from naming.rename.namers import (
    Namer,
    ask_or_fall_back,
    judged,
    processes_for,
    read_prompt,
    tasks_ahead,
)
from naming.rename.planning import in_order
from naming.rename.process_pool import ProcessPool, open_pool
from naming.wiring import endpoint_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
    from pathlib import Path

    from naming.names import TaskName
    from naming.rename.namers import Work
    from naming.rename.tasks import Task
    from naming.rename.terminal import Terminal
    from naming.settings import Settings


@dataclass(frozen=True, slots=True)
class Asking:
    """Brings the questions of the tasks at hand into batches, and waits for the answers."""

    work: Work
    pool: ProcessPool
    ahead: int
    questions: Questions
    conversation: Conversation
    key: Callable[[str], str]
    frame: Callable[[], Awaitable[Mapping[str, Any]]]
    """Gives, once it is sure to be taken, what all requests of a round have in common."""

    async def ask_all(self) -> None:
        """Ask until every question is answered or has failed too often. Raises Stopped."""
        # What an earlier run asked is known only by its results, so these are read first.
        await self.conversation.settle()
        while await self._ask_round():
            await self.conversation.settle()

    async def _ask_round(self) -> bool:
        """Ask what is to be asked now, each question once; tells whether there was any."""
        pack: Pack | None = None
        frame: Mapping[str, Any] = {}
        async for key, text in self._due():
            if pack is None:
                frame = await self.frame()
                pack = Pack(new_intent(), frame)
            if not pack.add(key, text):
                await self.conversation.send(pack)
                pack = Pack(new_intent(), frame)
                pack.add(key, text)
            self.questions.sent(key, pack.intent)
        if pack is not None:
            await self.conversation.send(pack)
        return pack is not None

    async def _due(self) -> AsyncIterator[tuple[str, str]]:
        """Read the prompts that may have to be asked; gives the questions that are due."""
        with self.work.talk.bar(self.work.tasks) as advance:
            async for _, text in in_order(self.work.pending(), self._read, self.ahead):
                advance()
                if text and self.questions.is_due(key := self.key(text)):
                    yield key, text

    async def _read(self, task: Task) -> str:
        """Read what a prompt asks; empty when there is nothing to ask."""
        if not self.questions.may_be_due(task.prompt):
            return ""
        text, _ = await self.pool.run(read_prompt, task.prompt)
        self.questions.remember(task.prompt, self.key(text) if text else None)
        return text


@asynccontextmanager
async def open_batches(
    settings: Settings, work: Work, plan: Path, source: str
) -> AsyncIterator[Namer]:
    """Ask every question and wait for the answers; then names are ready, for half the price.

    What was asked stands in a journal beside the plan.
    """
    instructions, endpoint = load_instructions(), endpoint_of(settings, 1, batches=True)
    model, talk = settings.anthropic_model, work.talk
    key = partial(question_key, model, instructions.version)
    processes = processes_for(work.tasks)
    ahead = tasks_ahead(processes)
    client, ordinary = BatchClient(endpoint), Client(endpoint, instructions)

    async def frame() -> Mapping[str, Any]:
        await try_canary(Exchange(ordinary, instructions, endpoint.call_seconds), talk)
        return ordinary.frame()

    with (
        closing(StateFile(state_path(plan), hold=True)) as state,
        closing(Questions()) as questions,
    ):
        state.begin(About(source=source, model=model, prompt_version=instructions.version))
        try:
            async with open_pool(processes) as pool:
                conversation = Conversation(client, state, questions, talk)
                await Asking(work, pool, ahead, questions, conversation, key, frame).ask_all()

                async def answer(text: str) -> TaskName:
                    return await judged(pool, questions.reply(key(text)), text)

                yield Namer(
                    partial(ask_or_fall_back, pool, answer),
                    ahead,
                    lambda: [cost_line(model, state.tokens(), batches=True)],
                )
        except asyncio.CancelledError:
            if under_way := state.open_intents():
                talk.note(
                    f"{len(under_way):,} batches stay under way;"
                    " `naming rename status` shows and `cancel` ends them"
                )
            raise
        finally:
            await ordinary.close()
            await client.close()


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
