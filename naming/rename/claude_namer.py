"""Naming with Claude, which is asked each question once: in calls, or through Message Batches."""

import asyncio
import gc
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager, closing
from pathlib import Path
from typing import Final

from naming.claude.batch_client import BatchClient
from naming.claude.client import Client
from naming.claude.instructions import CANARY, load_instructions, question_key
from naming.claude.patient import Pacer, PatientClaude
from naming.claude.reasons import UNUSABLE
from naming.claude.reuse import SingleFlight
from naming.names import TaskName, WorkKind
from naming.outcome import CannotName
from naming.rename.batch_conversation import Conversation
from naming.rename.batch_format import Pack
from naming.rename.batch_journal import StateFile, state_path
from naming.rename.namers import (
    TASKS_A_CHUNK,
    LeftOver,
    Namer,
    ProcessPool,
    Work,
    judge,
    processes_for,
    read_tasks,
)
from naming.rename.planning import cost_line
from naming.rename.scratch import Questions
from naming.rename.terminal import Stopped, note, progress
from naming.request import Question
from naming.settings import Settings
from naming.wiring import endpoint_of

CALLS_AHEAD: Final = 32
"""Tasks under way for each call: so many answers can wait for the slowest one's, to be in order."""

MOST_AHEAD: Final = 5_000
"""Tasks that wait at most; a kill loses their answers."""


class Asking:
    """Asks the questions of the tasks at hand, `calls` at a time; connects on demand."""

    def __init__(
        self, settings: Settings, work: Work, calls: int = 1, *, batches: bool = False
    ) -> None:
        instructions = load_instructions(guide=settings.guide)
        self.endpoint = endpoint_of(settings, calls, batches=batches)
        pacer = Pacer(calls, note)
        self._work = work
        self._client = Client(self.endpoint, instructions, pacer.heard)
        self._version = instructions.version
        self._flights: SingleFlight[TaskName] = SingleFlight()
        self.pool = ProcessPool(processes_for(work.tasks))
        self.patient = PatientClaude(self._client, pacer, self.judge)
        self.questions = Questions()

    def _key(self, question: Question) -> str:
        return question_key(self.endpoint.model, self._version, question)

    async def aclose(self) -> None:
        """Close the connections, the processes and the questions."""
        await self._client.close()
        self.pool.close()
        self.questions.close()

    async def judge(self, reply: str, question: Question) -> TaskName:
        """Make a name of a reply to a question. Raises CannotName."""
        return await self.pool.run(judge, reply, question)

    async def call(self, question: Question) -> TaskName:
        """Give the name for a question, asked for unless it was before. Raises CannotName."""
        key = self._key(question)
        if (kept := self.questions.reply(key)) is not None:
            name, display_name, *kind = json.loads(kept)
            return TaskName(name, display_name, kind=WorkKind(*kind) if kind else None)
        return await self._flights.join(key, None, lambda _: self._call_and_keep(key, question))

    async def _call_and_keep(self, key: str, question: Question) -> TaskName:
        try:
            name = await self.patient(question)
        except CannotName as declined:
            self.questions.decline(key, declined.reason)
            raise
        kind = [] if name.kind is None else [name.kind]
        self.questions.keep(key, json.dumps([*name, *kind]))
        return name

    async def send_all(self, conversation: Conversation) -> None:
        """Send batches until every question is answered or failed too often. Raises Stopped."""
        frame = None
        while True:
            # What an earlier run asked is known only by its results, so these are read first.
            await conversation.settle()
            pack: Pack | None = None
            async with aclosing(self._due()) as due:
                async for key, question in due:
                    if frame is None:
                        await self._try_canary()
                        frame = self._client.frame(question)
                    pack = pack or Pack(frame)
                    if not pack.add(key, question):
                        await conversation.send(pack)
                        pack = Pack(frame)
                        pack.add(key, question)
                    self.questions.sent(key, pack.intent)
            if pack is None:
                return
            await conversation.send(pack)

    async def _due(self) -> AsyncGenerator[tuple[str, Question]]:
        work = self._work
        with progress((), work.tasks) as shown:
            async with aclosing(read_tasks(work.pending(), self.pool, work.asked)) as tasks:
                async for _, reading in tasks:
                    shown.update()
                    question = reading.question
                    if question and self.questions.is_due(key := self._key(question)):
                        yield key, question

    async def _try_canary(self) -> None:
        """Ask nobody's prompt in a call, so that a wrong key, model or field costs no more.

        Waits where Claude is limited or down. Raises Stopped when there is no usable answer.
        """
        try:
            await self.patient(CANARY)
        except CannotName as declined:
            if declined.reason in UNUSABLE:
                raise Stopped(
                    f"Claude gave no usable reply to a first question ({declined.reason}),"
                    " so no batch was created; check ANTHROPIC_BASE_URL and ANTHROPIC_MODEL"
                ) from declined

    async def answer(self, question: Question) -> TaskName:
        """Give the name that was answered in a batch. Raises CannotName, LeftOver."""
        key = self._key(question)
        if (reply := self.questions.reply(key)) is None:
            raise LeftOver(self.questions.why_none(key))
        return await self.judge(reply, question)


@asynccontextmanager
async def open_claude(settings: Settings, work: Work, calls: int) -> AsyncIterator[Namer]:
    """Get ready to ask, `calls` at a time."""
    async with aclosing(Asking(settings, work, calls)) as asking:
        gc.freeze()  # what is there stays, and looking through it takes a tenth of a second
        yield Namer(
            asking.pool,
            asking.call,
            ahead=calls + min(CALLS_AHEAD * calls, MOST_AHEAD),
            cost_lines=lambda: [cost_line(settings.anthropic_model, asking.patient.tokens)],
        )


@asynccontextmanager
async def open_batches(settings: Settings, work: Work, plan: Path) -> AsyncIterator[Namer]:
    """Ask every question, noted in a journal beside the plan, and wait. Raises Stopped."""
    with closing(StateFile(state_path(plan), hold=True)) as state:
        async with (
            aclosing(Asking(settings, work, batches=True)) as asking,
            aclosing(BatchClient(asking.endpoint)) as client,
        ):
            try:
                await asking.send_all(Conversation(client, state, asking.questions))
            except asyncio.CancelledError:
                if under_way := len(state.open_intents()):
                    how = "`naming rename status` shows and `cancel` ends them"
                    note(f"{under_way:,} batches stay under way; {how}")
                raise
            model = settings.anthropic_model
            yield Namer(
                asking.pool,
                asking.answer,
                ahead=max(1, TASKS_A_CHUNK * asking.pool.processes),
                cost_lines=lambda: [cost_line(model, state.tokens(), batches=True)],
            )
