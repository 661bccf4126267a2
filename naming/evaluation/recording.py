"""Recorded replies: raw bodies by the digest of their question, read again without asking again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Self

from naming.claude.exchange import question_key
from naming.claude.message import read_message
from naming.cleaning import for_model
from naming.evaluation.inputs import InvalidInput, json_lines, text_of, why

if TYPE_CHECKING:
    from typing import TextIO

    from naming.claude.instructions import Instructions
    from naming.claude.interfaces import MessagesClient
    from naming.claude.message import Reply


class NotRecorded(LookupError):
    """The question was not recorded.

    Its text, its model or the instructions have changed since, or it is new.
    """


class Recording:
    """Replies by question, kept in a JSON Lines file.

    Of a question that was asked twice, the last reply counts.

    The file holds digests and replies, and no prompt. Raises InvalidInput.
    """

    def __init__(self, replay: str | None = None, record: str | None = None) -> None:
        self._bodies = {} if replay is None else _load(replay)
        self._file = None if record is None else _open(record)
        self.is_closed_to_new = replay is not None and record is None
        """Whether questions that are not in it stay unasked.

        Who only replays wants nothing to pay."""

    def __enter__(self) -> Self:
        """Give the recording itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()

    def find(self, question: str) -> bytes | None:
        """Find the body of the reply to a question; None when it was not recorded."""
        return self._bodies.get(question)

    def keep(self, question: str, body: bytes) -> None:
        """Write a reply down at once, so that what was paid for is kept whatever happens next."""
        if self._file is not None:
            line = {"question": question, "reply": body.decode("utf-8", "surrogateescape")}
            self._file.write(json.dumps(line) + "\n")
            self._file.flush()


class ReplayClient:
    """Answers from a recording; what is not in it is asked of `otherwise`, if there is one."""

    def __init__(
        self,
        model: str,
        instructions: Instructions,
        recording: Recording,
        otherwise: MessagesClient | None,
    ) -> None:
        self.model = model
        self._version = instructions.version
        self._recording = recording
        self._otherwise = otherwise

    async def send(self, text: str) -> Reply:
        """Read the recorded reply to cleaned `text`.

        Raises CannotName as it would have been raised, NotRecorded.
        """
        body = self._recording.find(question_of(self.model, self._version, text))
        if body is not None:
            return read_message(body, {})
        if self._otherwise is None:
            raise NotRecorded
        return await self._otherwise.send(text)


def question_of(model: str, prompt_version: str, text: str) -> str:
    """Digest a question.

    The model, what it is told, and as much of the cleaned `text` as is sent.
    """
    return question_key(model, prompt_version, for_model(text))


def _load(path: str) -> dict[str, bytes]:
    try:
        data = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise InvalidInput(f"{path}: cannot be read: {why(error)}") from None
    whole = data[: data.rfind(b"\n") + 1]  # the last line may be torn
    return {
        text_of(place, row, "question"): text_of(place, row, "reply").encode(
            "utf-8", "surrogateescape"
        )
        for place, row in json_lines(path, whole)
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
