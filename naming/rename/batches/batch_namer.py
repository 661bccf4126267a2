"""The chain with a Claude that is asked through Message Batches: all questions first, then the names, task by task."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from naming.believe import believe
from naming.chain import name_task
from naming.claude.batch_client import BatchClient
from naming.claude.client import Client, Endpoint
from naming.claude.instructions import load_instructions
from naming.claude.recent_names import question_key
from naming.outcome import CannotName, Reason
from naming.rename.answers import Answers
from naming.rename.batches.conversation import Conversation
from naming.rename.batches.packing import Pack, new_intent
from naming.rename.batches.questions import Questions, Unanswered
from naming.rename.batches.state_file import About, StateFile, state_path
from naming.rename.claude_namer import Meter
from naming.rename.counting import cost_line
from naming.rename.crew import Crew
from naming.rename.pacing import Pacer
from naming.rename.patient_claude import UNUSABLE, PatientClaude
from naming.rename.planning import LeftOver
from naming.rename.trouble import Stopped

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from naming.names import TaskName
    from naming.outcome import Outcome
    from naming.rename.namers import Work
    from naming.rename.planning import NameTask
    from naming.settings import Settings

CANARY: Final = "Add a dark mode to the settings page"
"""A question of our own, asked in the ordinary way before batches are created: a wrong key, model or field costs one
call then. It is nobody's prompt, so that no prompt is ever asked twice."""

TASKS_A_BREATH: Final = 64
"""Tasks between two looks at whether the run is to stop."""


class BatchNamer:
    """Names tasks with Claude for half the price and within a day; its state is kept beside the plan."""

    ahead = 1

    def __init__(self, settings: Settings, plan: Path, source: str) -> None:
        assert settings.anthropic_api_key is not None  # noqa: S101 # open_namer asks first
        self._instructions = load_instructions()
        self._examples = [example.task_name for example in self._instructions.examples]
        self._endpoint = Endpoint(
            api_key=settings.anthropic_api_key.get_secret_value(),
            model=settings.anthropic_model,
            base_url=settings.anthropic_base_url,
            max_connections=1,
            call_seconds=settings.call_timeout_ms / 1000,
        )
        self.model = settings.anthropic_model
        self.prompt_version = self._instructions.version
        self._state_path = state_path(plan)
        self._about = About(source=source, model=self.model, prompt_version=self.prompt_version)
        self._tokens = (0, 0)

    @asynccontextmanager
    async def open(self, work: Work) -> AsyncIterator[NameTask]:
        """Ask every question and wait for the answers; then names are ready."""
        state, questions = StateFile(self._state_path, self._about, hold=True), Questions()
        client, ordinary = BatchClient(self._endpoint), Client(self._endpoint, self._instructions, Meter())
        try:
            conversation = Conversation(client, state, questions, work.say)
            await self._ask_all(work, state, questions, conversation, ordinary)
            yield self._answering(questions)
        except asyncio.CancelledError:
            _say_under_way(work, state)
            raise
        finally:
            await ordinary.close()
            await client.close()
            questions.close()
            state.close()

    async def _ask_all(
        self, work: Work, state: StateFile, questions: Questions, conversation: Conversation, ordinary: Client
    ) -> None:
        # What an earlier run asked is known only by its results: nothing is sent before these are in.
        await _settle(work, state, conversation)
        while await self._ask_round(work, questions, conversation, ordinary):
            await _settle(work, state, conversation)
        self._tokens = (
            sum(intent.ended.tokens_in for intent in state.intents.values() if intent.ended),
            sum(intent.ended.tokens_out for intent in state.intents.values() if intent.ended),
        )

    async def _ask_round(self, work: Work, questions: Questions, conversation: Conversation, ordinary: Client) -> bool:
        """Ask what is to be asked now, each question once; tells whether there was any."""
        pack: Pack | None = None

        async def collect(text: str, _until: float) -> TaskName:
            nonlocal pack
            key = question_key(self.model, self.prompt_version, text)
            if text and questions.is_due(key):
                if pack is None:
                    await self._try_canary(work, ordinary)
                    pack = Pack(new_intent(), ordinary.frame())
                if not pack.add(key, text):
                    await conversation.send(pack)
                    pack = Pack(new_intent(), ordinary.frame())
                    pack.add(key, text)
                questions.sent(key, pack.intent)
            raise CannotName(Reason.NOT_ASKED)

        with work.bar(work.tasks, 0) as advance:
            for number, task in enumerate(work.pending()):
                await name_task(task.prompt, collect, float("inf"))
                advance()
                if number % TASKS_A_BREATH == 0:
                    await asyncio.sleep(0)
        if pack is not None:
            await conversation.send(pack)
        return pack is not None

    async def _try_canary(self, work: Work, ordinary: Client) -> None:
        """Ask one question in the ordinary way. Raises Stopped when there is no usable answer."""
        answers = Answers()
        pacer, call_seconds = Pacer(1, work.say), self._endpoint.call_seconds
        patient = PatientClaude(ordinary, self._instructions, pacer, answers, call_seconds, Crew().judge_reply)
        try:
            await patient(CANARY)
        except CannotName as declined:
            if declined.reason in UNUSABLE:
                raise Stopped(
                    f"Claude gave no usable reply to a first question ({declined.reason}), so no batch was created;"
                    " check ANTHROPIC_BASE_URL and ANTHROPIC_MODEL"
                ) from declined
        finally:
            await patient.close()
            answers.close()

    def _answering(self, questions: Questions) -> NameTask:
        async def answer(text: str, _until: float) -> TaskName:
            if not text:
                raise CannotName(Reason.NOT_ASKED)
            reply = questions.reply(question_key(self.model, self.prompt_version, text))
            if isinstance(reply, Unanswered):
                raise LeftOver(reply.why)
            return believe(reply, text, self._examples)

        async def name(prompt: str) -> Outcome:
            return await name_task(prompt, answer, float("inf"))

        return name

    def cost_lines(self) -> Sequence[str]:
        """Tell the tokens of all of the plan's batches and what they cost."""
        return [cost_line(self.model, *self._tokens, batches=True)]


async def _settle(work: Work, state: StateFile, conversation: Conversation) -> None:
    if waiting := state.open_intents():
        requests = sum(intent.requests for intent in waiting)
        work.say(
            f"waiting for {len(waiting):,} batches with {requests:,} requests; the same command goes on after a stop"
        )
    with work.bar(sum(intent.requests for intent in state.intents.values() if not intent.dropped), 0) as advance:
        conversation.advance = advance
        await conversation.settle()
    if conversation.cancelled:
        raise Stopped(f"{conversation.cancelled:,} questions were cancelled meanwhile")


def _say_under_way(work: Work, state: StateFile) -> None:
    if under_way := state.open_intents():
        work.say(f"{len(under_way):,} batches stay under way; `naming rename status` shows and `cancel` ends them")
