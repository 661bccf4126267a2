"""The chain with a Claude that is asked through Message Batches.

All questions first, then the names, task by task.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from naming.claude.batch_client import BatchClient
from naming.claude.client import Client, Endpoint
from naming.claude.instructions import load_instructions
from naming.claude.recent_names import question_key
from naming.rename.batches.asking import Asking
from naming.rename.batches.canary import try_canary
from naming.rename.batches.conversation import Conversation
from naming.rename.batches.questions import Questions, Unanswered
from naming.rename.batches.state_file import About, StateFile, state_path
from naming.rename.claude_namer import Meter, name
from naming.rename.counting import cost_line
from naming.rename.crew import JOBS_A_MESSAGE, open_crew
from naming.rename.own_words import MOST_PROCESSES, WORTH_PROCESSES
from naming.rename.planning import LeftOver

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence
    from pathlib import Path

    from naming.names import TaskName
    from naming.rename.crew import Crew
    from naming.rename.namers import Work
    from naming.rename.planning import NameTask
    from naming.settings import Settings


class BatchNamer:
    """Names tasks with Claude for half the price and within a day.

    Its state is kept beside the plan.
    """

    def __init__(self, settings: Settings, plan: Path, source: str) -> None:
        assert settings.anthropic_api_key is not None  # noqa: S101 # open_namer asks first
        self._instructions = load_instructions()
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
        self.ahead = 1

    @asynccontextmanager
    async def open(self, work: Work) -> AsyncIterator[NameTask]:
        """Ask every question and wait for the answers; then names are ready."""
        state, questions = StateFile(self._state_path, self._about, hold=True), Questions()
        client, ordinary = (
            BatchClient(self._endpoint),
            Client(self._endpoint, self._instructions, Meter()),
        )
        processes = min(os.cpu_count() or 1, MOST_PROCESSES) if work.tasks >= WORTH_PROCESSES else 0
        self.ahead = processes * JOBS_A_MESSAGE * 4 or 1

        async def frame() -> Mapping[str, Any]:
            await try_canary(ordinary, self._instructions, self._endpoint.call_seconds, work.say)
            return ordinary.frame()

        try:
            async with open_crew(processes) as crew:
                asking = Asking(
                    work=work,
                    crew=crew,
                    ahead=self.ahead,
                    questions=questions,
                    conversation=Conversation(client, state, questions, work.say),
                    key=self._key,
                    frame=frame,
                )
                await asking.ask_all(state)
                self._tokens = state.tokens()
                yield self._answering(crew, questions)
        except asyncio.CancelledError:
            _say_under_way(work, state)
            raise
        finally:
            await ordinary.close()
            await client.close()
            questions.close()
            state.close()

    def _key(self, text: str) -> str:
        return question_key(self.model, self.prompt_version, text)

    def _answering(self, crew: Crew, questions: Questions) -> NameTask:
        async def answer(text: str) -> TaskName:
            reply = questions.reply(self._key(text))
            if isinstance(reply, Unanswered):
                raise LeftOver(reply.why)
            return await crew.judge_reply(reply, text)

        return partial(name, crew, answer)

    def cost_lines(self) -> Sequence[str]:
        """Tell the tokens of all of the plan's batches and what they cost."""
        return [cost_line(self.model, *self._tokens, batches=True)]


def _say_under_way(work: Work, state: StateFile) -> None:
    if under_way := state.open_intents():
        work.say(
            f"{len(under_way):,} batches stay under way; `naming rename status` shows and `cancel` ends them"
        )
