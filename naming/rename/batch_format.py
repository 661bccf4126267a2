"""What a batch is made of, and what its results say."""

import json
import random
import re
import secrets
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from naming.claude.instructions import fence
from naming.claude.message import NO_TOKENS, Tokens, read_parsed
from naming.outcome import CannotName
from naming.rename.scratch import Questions
from naming.request import Question

MOST_REQUESTS: Final = 100_000
MOST_BYTES: Final = 256_000_000
"""The limits of one batch (platform.claude.com, "Batch processing", November 2026)."""

SPREAD: Final = 0.04
"""A full batch stays below a limit by up to this share, at random: batches of one workspace
then seldom have the same number of requests, which is all that the list tells of them."""

_START: Final = b'{"requests":['
_END: Final = b"]}"


class Pack:
    """The requests of a batch, each with its `intent`; the long `frame` is added as it is sent."""

    def __init__(self, frame: Mapping[str, Any]) -> None:
        self.intent = secrets.token_hex(8)
        self._requests: list[bytes] = []
        self._rest = b"}]," + _dumped(frame)[1:] + b"}"
        self.length = len(_START) + len(_END) - 1  # no comma stands before the first request
        room = 1 - SPREAD * random.random()  # noqa: S311
        self._most_requests = max(1, int(MOST_REQUESTS * room))
        self._most_bytes = int(MOST_BYTES * room)

    def __len__(self) -> int:
        """Count the requests."""
        return len(self._requests)

    def add(self, key: str, question: Question) -> bool:
        """Add a question; False when it does not fit any more."""
        message = {"role": "user", "content": fence(question)}
        start = f'{{"custom_id":"{self.intent}_{key}","params":{{"messages":['
        request = start.encode() + _dumped(message)[:-1]
        length = self.length + len(request) + len(self._rest) + 1
        if self and (len(self) >= self._most_requests or length > self._most_bytes):
            return False
        self._requests.append(request)
        self.length = length
        return True

    def chunks(self) -> Iterator[bytes]:
        """Give the body that creates the batch, of at least one request and `length` bytes."""
        yield _START
        for at, request in enumerate(self._requests):
            yield (b"," if at else b"") + request + self._rest
        yield _END


def _dumped(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


_CUSTOM_ID: Final = re.compile(r"([0-9a-f]+)_([0-9a-f]{32})")
_ERROR_TYPE: Final = re.compile(r"[a-z_]{1,40}")


class NoResult(Exception):
    """A line holds no result of ours, such as half of one."""


class BatchResult(msgspec.Struct, frozen=True):
    """One line of a batch's results."""

    custom_id: str
    result: dict[str, Any]

    @classmethod
    def read(cls, line: bytes) -> "BatchResult":
        """Read a line. Raises NoResult."""
        try:
            return msgspec.json.decode(line, type=cls)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise NoResult from error

    @property
    def question(self) -> tuple[str, str]:
        """Its intent and the key of its question, both empty where it is no question of ours."""
        ours = _CUSTOM_ID.fullmatch(self.custom_id)
        return (ours[1], ours[2]) if ours else ("", "")

    @property
    def error(self) -> str:
        """The kind of its error, and none of its words, which may quote the prompt."""
        try:
            kind = self.result["error"]["error"]["type"]
            return kind if _ERROR_TYPE.fullmatch(kind) else "error"
        except (LookupError, TypeError):
            return "error"


@dataclass(slots=True)
class Tally:
    """The results of one batch that were read so far: how many of each kind, and their tokens."""

    kinds: Counter[str] = field(default_factory=Counter)
    tokens: Tokens = NO_TOKENS
    seen: set[str] = field(default_factory=set)

    def take(self, line: bytes, intent: str, questions: Questions) -> None:
        """Take one result of the batch of an intent. Raises NoResult."""
        if not line.strip():
            return
        found = BatchResult.read(line)
        whose, key = found.question
        if whose != intent:
            raise NoResult
        if key in self.seen:
            return
        self.seen.add(key)
        kind = found.result.get("type")
        match kind:
            case "succeeded":
                try:
                    reply = read_parsed(found.result.get("message"), {})
                    self.tokens += reply.tokens
                    questions.keep(key, reply.answer)
                except CannotName as declined:
                    questions.keep(key, None, declined.reason)
            case "canceled":
                questions.free(key=key)
            case "expired":
                questions.fail(key, intent, "it expired")
            case _:
                kind = "errored"
                questions.fail(key, intent, f"it failed ({found.error})")
        self.kinds[kind] += 1
