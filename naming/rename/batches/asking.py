"""Asking all questions of a plan: round by round, until there is none that is due."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from naming.rename.batches.packing import Pack, new_intent
from naming.rename.planning import in_order
from naming.rename.trouble import Stopped

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    from naming.rename.batches.conversation import Conversation
    from naming.rename.batches.questions import Questions
    from naming.rename.batches.state_file import StateFile
    from naming.rename.crew import Crew
    from naming.rename.namers import Work
    from naming.rename.tasks import Task

TASKS_A_BREATH: Final = 64
"""Tasks between two looks at whether the run is to stop."""


class Asking:
    """Brings the questions of the tasks at hand into batches, and waits for the answers."""

    def __init__(  # noqa: PLR0913 # the parts are told apart by name
        self,
        *,
        work: Work,
        crew: Crew,
        ahead: int,
        questions: Questions,
        conversation: Conversation,
        key: Callable[[str], str],
        frame: Callable[[], Awaitable[Mapping[str, Any]]],
    ) -> None:
        self._work = work
        self._crew = crew
        self._ahead = ahead
        self._questions = questions
        self._conversation = conversation
        self._key = key
        self._frame = frame
        """Gives, once it is sure to be taken, what all requests of a round have in common."""

    async def ask_all(self, state: StateFile) -> None:
        """Ask until every question is answered or has failed too often. Raises Stopped."""
        # What an earlier run asked is known only by its results: nothing is sent before these are
        # in.
        await self._settle(state)
        while await self._ask_round():
            await self._settle(state)

    async def _ask_round(self) -> bool:
        """Ask what is to be asked now, each question once; tells whether there was any."""
        pack: Pack | None = None
        frame: Mapping[str, Any] = {}
        async for key, text in self._due():
            if pack is None:
                frame = await self._frame()
                pack = Pack(new_intent(), frame)
            if not pack.add(key, text):
                await self._conversation.send(pack)
                pack = Pack(new_intent(), frame)
                pack.add(key, text)
            self._questions.sent(key, pack.intent)
        if pack is not None:
            await self._conversation.send(pack)
        return pack is not None

    async def _due(self) -> AsyncIterator[tuple[str, str]]:
        """Read the prompts that may have to be asked; gives the questions that are due."""
        number = 0
        with self._work.bar(self._work.tasks, 0) as advance:
            async for _, text in in_order(self._work.pending(), self._read, self._ahead):
                advance()
                number += 1
                if number % TASKS_A_BREATH == 0:
                    await asyncio.sleep(0)
                if text and self._questions.is_due(key := self._key(text)):
                    yield key, text

    async def _read(self, task: Task) -> str:
        """Read what a prompt asks; empty when there is nothing to ask."""
        if not self._questions.may_be_due(task.prompt):
            return ""
        text, _ = await self._crew.read_question(task.prompt)
        self._questions.remember(task.prompt, self._key(text) if text else None)
        return text

    async def _settle(self, state: StateFile) -> None:
        if waiting := state.open_intents():
            requests = sum(intent.requests for intent in waiting)
            self._work.say(
                f"waiting for {len(waiting):,} batches with {requests:,} requests;"
                " it may be stopped meanwhile, and the same command goes on"
            )
        total = sum(intent.requests for intent in state.intents.values() if not intent.dropped)
        with self._work.bar(total, 0) as advance:
            self._conversation.advance = advance
            await self._conversation.settle()
        if self._conversation.cancelled:
            raise Stopped(f"{self._conversation.cancelled:,} questions were cancelled meanwhile")
