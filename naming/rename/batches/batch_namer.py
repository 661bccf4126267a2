"""The chain with a Claude that is asked through Message Batches: questions first, then names."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from naming.claude.batch_client import BatchClient
from naming.claude.client import Client
from naming.claude.instructions import load_instructions
from naming.claude.recent_names import question_key
from naming.rename.batches.batch_format import Pack, new_intent
from naming.rename.batches.canary import try_canary
from naming.rename.batches.conversation import Conversation
from naming.rename.batches.journal import About, StateFile, state_path
from naming.rename.batches.questions import Questions, Unanswered
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
from naming.rename.planning import LeftOver, in_order
from naming.rename.process_pool import open_pool
from naming.wiring import endpoint_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
    from pathlib import Path

    from naming.names import TaskName
    from naming.rename.namers import Work
    from naming.rename.process_pool import ProcessPool
    from naming.rename.tasks import Task
    from naming.settings import Settings

TASKS_A_BREATH: Final = 64
"""Tasks between two looks at whether the run is to stop."""


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

    async def ask_all(self, state: StateFile) -> None:
        """Ask until every question is answered or has failed too often. Raises Stopped."""
        # What an earlier run asked is known only by its results, so these are read first.
        await self._settle(state)
        while await self._ask_round():
            await self._settle(state)

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
        number = 0
        with self.work.talk.bar(self.work.tasks, 0) as advance:
            async for _, text in in_order(self.work.pending(), self._read, self.ahead):
                advance()
                number += 1
                if number % TASKS_A_BREATH == 0:
                    await asyncio.sleep(0)
                if text and self.questions.is_due(key := self.key(text)):
                    yield key, text

    async def _read(self, task: Task) -> str:
        """Read what a prompt asks; empty when there is nothing to ask."""
        if not self.questions.may_be_due(task.prompt):
            return ""
        text, _ = await self.pool.run(read_prompt, task.prompt)
        self.questions.remember(task.prompt, self.key(text) if text else None)
        return text

    async def _settle(self, state: StateFile) -> None:
        if waiting := state.open_intents():
            requests = sum(intent.requests for intent in waiting)
            self.work.talk.note(
                f"waiting for {len(waiting):,} batches with {requests:,} requests;"
                " it may be stopped meanwhile, and the same command goes on"
            )
        total = sum(intent.requests for intent in state.intents.values() if not intent.dropped)
        with self.work.talk.bar(total, 0) as advance:
            self.conversation.advance = advance
            await self.conversation.settle()
        if self.conversation.cancelled:
            raise Stopped(f"{self.conversation.cancelled:,} questions were cancelled meanwhile")


@asynccontextmanager
async def open_batches(
    settings: Settings, work: Work, plan: Path, source: str
) -> AsyncIterator[Namer]:
    """Ask every question and wait for the answers; then names are ready, for half the price.

    What was asked stands in a journal beside the plan.
    """
    instructions, endpoint = load_instructions(), endpoint_of(settings, 1)
    model = settings.anthropic_model
    key = partial(question_key, model, instructions.version)
    about = About(source=source, model=model, prompt_version=instructions.version)
    state, questions = StateFile(state_path(plan), about, hold=True), Questions()
    client, ordinary = BatchClient(endpoint), Client(endpoint, instructions)
    processes = processes_for(work.tasks)
    ahead = tasks_ahead(processes)

    async def frame() -> Mapping[str, Any]:
        await try_canary(ordinary, instructions, endpoint.call_seconds, work.talk.note)
        return ordinary.frame()

    try:
        async with open_pool(processes) as pool:
            asking = Asking(
                work=work,
                pool=pool,
                ahead=ahead,
                questions=questions,
                conversation=Conversation(client, state, questions, work.talk.note),
                key=key,
                frame=frame,
            )
            await asking.ask_all(state)

            async def answer(text: str) -> TaskName:
                reply = questions.reply(key(text))
                if isinstance(reply, Unanswered):
                    raise LeftOver(reply.why)
                return await judged(pool, reply, text)

            yield Namer(
                partial(ask_or_fall_back, pool, answer),
                ahead,
                lambda: [cost_line(model, state.tokens(), batches=True)],
            )
    except asyncio.CancelledError:
        _say_under_way(work, state)
        raise
    finally:
        await ordinary.close()
        await client.close()
        questions.close()
        state.close()


def _say_under_way(work: Work, state: StateFile) -> None:
    if under_way := state.open_intents():
        work.talk.note(
            f"{len(under_way):,} batches stay under way;"
            " `naming rename status` shows and `cancel` ends them"
        )
