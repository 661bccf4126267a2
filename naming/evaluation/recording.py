"""Recorded replies: raw bodies by the digest of their question, read again without asking again."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from naming.claude.instructions import Instructions, question_key
from naming.claude.message import MessagesClient, Reply, read_message
from naming.cleaning.bounds import for_model
from naming.evaluation.inputs import json_lines, opened, read_file, texts_of
from naming.request import Question


class NotRecorded(LookupError):
    """The question is new, or its text, its model or the instructions have changed since."""


class Recording:
    """Replies by question, kept in a JSON Lines file: digests and replies, and no prompt.

    Of a question that was asked twice, the last reply counts. Raises InvalidInput.
    """

    def __init__(self, replay: str | None, record: str | None) -> None:
        self.bodies = {} if replay is None else _load(replay)
        self.file = _open(os.devnull if record is None else record)
        self.is_closed_to_new = replay is not None and record is None
        """Whether what is not in it stays unasked: who only replays wants nothing to pay."""


@dataclass
class ReplayClient:
    """Answers from a recording; what is not in it is asked of `otherwise`, if there is one."""

    model: str
    instructions: Instructions
    recording: Recording
    otherwise: MessagesClient | None = None

    async def send(self, question: Question) -> Reply:
        """Read the recorded reply. Raises CannotName as it would have been raised, NotRecorded."""
        if (body := self.recording.bodies.get(self._key(question))) is not None:
            return read_message(body, {})
        if self.otherwise is None:
            raise NotRecorded
        return await self.otherwise.send(question)

    def keep(self, question: Question, body: bytes) -> None:
        """Write a reply down at once, so that what was paid for is kept whatever happens next."""
        reply = body.decode("utf-8", "surrogateescape")
        line = json.dumps({"question": self._key(question), "reply": reply})
        print(line, file=self.recording.file, flush=True)

    def _key(self, question: Question) -> str:
        """Digest the model, what it is told, and as much of the text as is sent."""
        sent = question._replace(text=for_model(question.text))
        return question_key(self.model, self.instructions.version, sent)


def _load(path: str) -> dict[str, bytes]:
    data = read_file(Path(path))
    whole = data[: data.rfind(b"\n") + 1]  # the last line may be torn
    replies = (texts_of(*each, "question", "reply") for each in json_lines(path, whole))
    return {question: reply.encode("utf-8", "surrogateescape") for question, reply in replies}


def _open(path: str) -> TextIO:
    with opened(f"{path}: cannot be written"):
        file = Path(path).open("a", encoding="utf-8")  # noqa: SIM115 # closed with the recording
        held = Path(path).read_bytes()
    if held and not held.endswith(b"\n"):  # a torn line: whoever wrote it was stopped
        file.write("\n")
    return file
