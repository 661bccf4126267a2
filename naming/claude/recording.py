"""Recorded replies.

Raw bodies by the digest of their question, to be read again without asking again.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Self

from naming.claude.message import read_message
from naming.claude.recent_names import question_key
from naming.cleaning import for_model

if TYPE_CHECKING:
    from typing import TextIO

    from naming.claude.instructions import Instructions
    from naming.claude.interfaces import MessagesClient
    from naming.claude.message import Reply


class InvalidRecording(ValueError):
    """A recording cannot be read or written. The message names the file, the line and the field."""


class NotRecorded(LookupError):
    """The question was not recorded.

    Its text, its model or the instructions have changed since, or it is new.
    """


class Recording:
    """Replies by question, kept in a JSON Lines file.

    Of a question that was asked twice, the last reply counts.

    The file holds digests and replies, and no prompt.
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
        lines = Path(path).read_bytes().split(b"\n")
    except (OSError, ValueError) as error:
        raise InvalidRecording(f"{path}: cannot be read: {_why(error)}") from None
    bodies = {}
    for number, line in enumerate(lines, 1):
        try:
            kept = json.loads(line) if line.strip() else {"question": "", "reply": ""}
            question = _text(kept, "question")
            bodies[question] = _text(kept, "reply").encode("utf-8", "surrogateescape")
        except _WrongField as error:
            raise InvalidRecording(f"{path}:{number}: {error} must be a string") from None
        except (ValueError, RecursionError):
            if number < len(lines):  # the last line may be torn
                raise InvalidRecording(f"{path}:{number}: is not JSON") from None
    return bodies


class _WrongField(Exception):
    """The field of that name is missing or no text."""


def _text(kept: object, field: str) -> str:
    value = kept.get(field) if isinstance(kept, dict) else None
    if not isinstance(value, str):
        raise _WrongField(field)
    return value


def _open(path: str) -> TextIO:
    try:
        held = Path(path).read_bytes() if Path(path).exists() else b""
        file = Path(path).open("a", encoding="utf-8")  # noqa: SIM115 # closed with the recording
    except (OSError, ValueError) as error:
        raise InvalidRecording(f"{path}: cannot be written: {_why(error)}") from None
    if held and not held.endswith(b"\n"):  # a torn line: whoever wrote it was stopped
        file.write("\n")
    return file


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or "it is no file"
