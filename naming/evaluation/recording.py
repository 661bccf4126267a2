"""Recorded replies: raw bodies by the digest of their question, read again without asking again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from naming.claude.exchange import question_key
from naming.claude.message import read_message
from naming.cleaning import for_model
from naming.evaluation.inputs import InvalidInput, json_lines, read_file, text_of, why

if TYPE_CHECKING:
    from typing import TextIO

    from naming.claude.interfaces import MessagesClient
    from naming.claude.message import Reply
    from naming.request import Question


class NotRecorded(LookupError):
    """The question is new, or its text, its model or the instructions have changed since."""


class Recording:
    """Replies by question, kept in a JSON Lines file.

    Of a question that was asked twice, the last reply counts. The file holds digests and replies,
    and no prompt. Raises InvalidInput.
    """

    def __init__(self, replay: str | None = None, record: str | None = None) -> None:
        self.bodies = {} if replay is None else _load(replay)
        self._file = None if record is None else _open(record)
        self.is_closed_to_new = replay is not None and record is None
        """Whether questions that are not in it stay unasked.

        Who only replays wants nothing to pay."""

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()

    def keep(self, question: str, body: bytes) -> None:
        """Write a reply down at once, so that what was paid for is kept whatever happens next."""
        if self._file is not None:
            line = {"question": question, "reply": body.decode("utf-8", "surrogateescape")}
            self._file.write(json.dumps(line) + "\n")
            self._file.flush()


class ReplayClient:
    """Answers from a recording; what is not in it is asked of `otherwise`, if there is one."""

    otherwise: MessagesClient | None = None

    def __init__(self, model: str, prompt_version: str, recording: Recording) -> None:
        self.model = model
        self._version = prompt_version
        self._recording = recording

    async def send(self, question: Question) -> Reply:
        """Read the recorded reply to a question.

        Raises CannotName as it would have been raised, NotRecorded.
        """
        body = self._recording.bodies.get(self._question(question))
        if body is not None:
            return read_message(body, {})
        if self.otherwise is None:
            raise NotRecorded
        return await self.otherwise.send(question)

    def keep(self, question: Question, body: bytes) -> None:
        """Record the reply to a question."""
        self._recording.keep(self._question(question), body)

    def _question(self, question: Question) -> str:
        """Digest the model, what it is told, and as much of the text as is sent."""
        return question_key(
            self.model, self._version, question._replace(text=for_model(question.text))
        )


def _load(path: str) -> dict[str, bytes]:
    data = read_file(Path(path), path)
    whole = data[: data.rfind(b"\n") + 1]  # the last line may be torn
    return {
        text_of(*at, "question"): text_of(*at, "reply").encode("utf-8", "surrogateescape")
        for at in json_lines(path, whole)
    }


def _open(path: str) -> TextIO:
    try:
        held = Path(path).read_bytes() if Path(path).exists() else b""
        file = Path(path).open("a", encoding="utf-8")  # noqa: SIM115 # closed with the recording
    except (OSError, ValueError) as error:
        raise InvalidInput(f"{path}: cannot be written: {why(error)}") from None
    if held and not held.endswith(b"\n"):  # a torn line: whoever wrote it was stopped
        file.write("\n")
    return file
