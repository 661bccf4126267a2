"""One exchange with Claude: a call within its time, and the name in the reply."""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING, Protocol

from naming.outcome import CannotName, Reason
from naming.validation import believe
from naming.validation.examples import Examples

if TYPE_CHECKING:
    from naming.claude.instructions import Instructions
    from naming.claude.message import Reply
    from naming.names import TaskName
    from naming.request import Question, Request


class MessagesClient(Protocol):
    """Makes one call to a model."""

    @property
    def model(self) -> str:
        """The model that is asked."""

    async def send(self, question: Question) -> Reply:
        """Make one call about a question. Raises CannotName."""


def question_key(model: str, prompt_version: str, question: Question) -> str:
    """Digest what makes two questions equal; the cleaned prompt itself cannot be read from it."""
    digest = hashlib.blake2b(digest_size=16)
    further = [repr(question[1:])] if any(question[1:]) else []
    for part in (model, prompt_version, question.text, *further):
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8))
        digest.update(data)
    return digest.hexdigest()


class Exchange:
    """Sends a question and reads the name out of its reply; when to do so is others' matter."""

    def __init__(
        self, client: MessagesClient, instructions: Instructions, call_seconds: float
    ) -> None:
        self._client = client
        self.model = client.model
        self._version = instructions.version
        self._examples = Examples(example.task_name for example in instructions.examples)
        self.call_seconds = call_seconds

    def key(self, question: Question) -> str:
        """Digest a question; equal ones have equal keys."""
        return question_key(self.model, self._version, question)

    async def send(self, question: Question) -> Reply:
        """Make one call. Raises CannotName, for the deadline too."""
        try:
            async with asyncio.timeout(self.call_seconds):
                return await self._client.send(question)
        except TimeoutError as error:
            raise CannotName(Reason.DEADLINE) from error

    def judge(self, reply: Reply, request: Request) -> TaskName:
        """Make a name of a reply. Raises CannotName for one that is no name for `request`."""
        return believe(reply.answer, request, self._examples)
