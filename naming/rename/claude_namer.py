"""Naming with Claude, which is asked each question once: in calls, or through Message Batches."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import aclosing, closing
from pathlib import Path
from typing import Final

from naming.claude.batch_client import BatchClient
from naming.claude.client import Client
from naming.claude.instructions import CANARY, load_instructions, question_key
from naming.claude.patient import Pacer, PatientClaude
from naming.claude.reasons import UNUSABLE
from naming.claude.reuse import SingleFlight
from naming.names import TaskName
from naming.outcome import CannotName
from naming.rename.batch_conversation import Conversation
from naming.rename.batch_format import Pack, StateFile, state_path
from naming.rename.namers import TASKS_A_CHUNK, Namer, Work, judge
from naming.rename.planning import cost_line
from naming.rename.scratch import DigestSet, Questions
from naming.rename.terminal import Stopped, note, progress
from naming.request import Question
from naming.settings import Settings
from naming.wiring import endpoint_of

CALLS_AHEAD: Final = 32  # tasks under way for each call, as answers wait for the slowest one's
MOST_AHEAD: Final = 5_000  # tasks that wait at most; a kill loses their answers


class ClaudeNamer(Namer):
    """Asks Claude each question, `calls` at a time; connects on demand."""

    def __init__(self, settings: Settings, work: Work, calls: int = 1) -> None:
        super().__init__(work)
        self.ahead = calls + min(CALLS_AHEAD * calls, MOST_AHEAD)
        instructions = load_instructions(guide=settings.guide)
        self._endpoint = endpoint_of(settings, calls)
        self._version = instructions.version
        pacer = Pacer(calls, note)
        self._client = Client(self._endpoint, instructions, pacer.heard)
        self._patient = PatientClaude(self._client, pacer, self._judge)
        self._flights: SingleFlight[TaskName] = SingleFlight()
        self._questions = Questions()

    async def aclose(self) -> None:
        """Close the connections, the processes and the questions."""
        await self._client.close()
        await super().aclose()
        self._questions.close()

    def cost_lines(self) -> list[str]:
        """Tell what the calls have cost so far."""
        return [cost_line(self._endpoint.model, self._patient.tokens)]

    def _key(self, question: Question) -> str:
        return question_key(self._endpoint.model, self._version, question)

    async def _judge(self, reply: str, question: Question) -> TaskName:
        return await self.pool.run(judge, reply, question)

    async def ask(self, question: Question) -> TaskName | str:
        """Give the name for a question, asked for unless it was before. Raises CannotName."""
        key = self._key(question)
        if (kept := self._questions.reply(key)) is not None:
            return TaskName(*json.loads(kept))
        return await self._flights.join(key, None, lambda _: self._call(key, question))

    async def _call(self, key: str, question: Question) -> TaskName:
        try:
            name = await self._patient(question)
        except CannotName as declined:
            self._questions.keep(key, None, declined.reason)
            raise
        self._questions.keep(key, json.dumps(name.parts))
        return name


class BatchNamer(ClaudeNamer):
    """Asks all questions at first, through Message Batches, noted in a journal beside the plan."""

    def __init__(self, settings: Settings, work: Work, plan: Path) -> None:
        self._state = StateFile(state_path(plan))
        super().__init__(settings, work)
        self.ahead = max(1, TASKS_A_CHUNK * self.pool.processes)
        self._batches = BatchClient(self._endpoint)

    async def aclose(self) -> None:
        """Close the journal too."""
        await self._batches.aclose()
        await super().aclose()
        self._state.close()

    def cost_lines(self) -> list[str]:
        """Tell what all batches of the plan have cost."""
        return [cost_line(self._endpoint.model, self._state.tokens(), batches=True)]

    async def ask(self, question: Question) -> TaskName | str:
        """Give the name that was answered in a batch, or tell why not. Raises CannotName."""
        key = self._key(question)
        if (reply := self._questions.reply(key)) is None:
            return self._questions.why_none(key)
        return await self._judge(reply, question)

    async def prepare(self) -> None:
        """Send batches until every question is answered or failed too often. Raises Stopped."""
        try:
            await self._send_all()
        except asyncio.CancelledError:
            if under_way := len(self._state.open_intents()):
                how = "`naming rename status` shows and `cancel` ends them"
                note(f"{under_way:,} batches stay under way; {how}")
            raise

    async def _send_all(self) -> None:
        conversation = Conversation(self._batches, self._state, self._questions)
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
            if pack is None:
                return
            await conversation.send(pack)

    async def _due(self) -> AsyncGenerator[tuple[str, Question]]:
        with progress((), self.work.tasks) as shown, closing(DigestSet()) as sent:
            async with aclosing(self.read()) as tasks:
                async for _, reading in tasks:
                    shown.update()
                    if reading.question is not None:
                        key = self._key(reading.question)
                        if self._questions.is_due(key) and sent.add(key):
                            yield key, reading.question

    async def _try_canary(self) -> None:
        """Ask nobody's prompt in a call, so that a wrong key, model or field costs no more."""
        try:
            await self._patient(CANARY)
        except CannotName as declined:
            if declined.reason in UNUSABLE:
                said = f"Claude gave no usable reply to a first question ({declined.reason})"
                check = "check ANTHROPIC_BASE_URL and ANTHROPIC_MODEL"
                raise Stopped(f"{said}, so no batch was created; {check}") from declined
