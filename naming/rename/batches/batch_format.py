"""What a batch is made of, and what its results say."""

from __future__ import annotations

import json
import random
import re
import secrets
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from naming.claude.batch_client import Body
from naming.claude.instructions import fence
from naming.claude.message import NO_TOKENS, Tokens, read_parsed
from naming.outcome import CannotName

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from naming.rename.batches.questions import Questions

MOST_REQUESTS: Final = 100_000
MOST_BYTES: Final = 256_000_000
"""The limits of one batch (platform.claude.com, "Batch processing", November 2026)."""

SPREAD: Final = 0.04
"""A full batch stays below a limit by up to this share, at random: batches of one workspace
then seldom have the same number of requests, which is all that the list tells of them."""

SEPARATOR: Final = "_"
_START: Final = b'{"requests":['
_END: Final = b"]}"


def new_intent() -> str:
    """Make the name of one intent to create a batch; every request of it carries it."""
    return secrets.token_hex(8)


class Pack:
    """The requests of one batch."""

    def __init__(self, intent: str, frame: Mapping[str, Any]) -> None:
        self.intent = intent
        self._requests: list[bytes] = []
        self._rest = b"}]," + _dumped(frame)[1:] + b"}"
        self._length = len(_START) + len(_END)
        room = 1 - SPREAD * random.random()  # noqa: S311
        self._most_requests = max(1, int(MOST_REQUESTS * room))
        self._most_bytes = int(MOST_BYTES * room)

    def __len__(self) -> int:
        """Count the requests."""
        return len(self._requests)

    def add(self, key: str, text: str) -> bool:
        """Add the question about cleaned `text`; False when it does not fit any more."""
        custom_id = f"{self.intent}{SEPARATOR}{key}"
        message = {"role": "user", "content": fence(text)}
        request = b'{"custom_id":"%b","params":{"messages":[%b' % (
            custom_id.encode(),
            _dumped(message)[:-1],
        )
        length = len(request) + len(self._rest) + 1
        if self._requests and (
            len(self) >= self._most_requests or self._length + length > self._most_bytes
        ):
            return False
        self._requests.append(request)
        self._length += length
        return True

    def body(self) -> Body:
        """Give the body that creates the batch."""
        commas = 1 if self._requests else 0  # the last request has none behind it
        return Body(self._length - commas, self._chunks)

    def _chunks(self) -> Iterator[bytes]:
        yield _START
        for at, request in enumerate(self._requests):
            yield (b"," if at else b"") + request + self._rest
        yield _END


def _dumped(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


_CUSTOM_ID: Final = re.compile(rf"([0-9a-f]+){SEPARATOR}([0-9a-f]{{32}})")
_ERROR_TYPE: Final = re.compile(r"[a-z_]{1,40}")


class NoResult(Exception):
    """A line that holds no result, such as half of one."""


@dataclass(slots=True)
class Tally:
    """The results of one batch that were read so far: how many of each kind, and their tokens."""

    kinds: Counter[str] = field(default_factory=Counter)
    tokens: Tokens = NO_TOKENS
    seen: set[bytes] = field(default_factory=set)


def intent_of(line: bytes) -> str | None:
    """Tell which intent a result belongs to; None for no intent of ours. Raises NoResult."""
    return _read(line)[0]


def take(line: bytes, intent: str, questions: Questions, tally: Tally) -> None:
    """Take one result of the batch of an intent. Raises NoResult."""
    owner, key, result = _read(line)
    if owner != intent:
        raise NoResult
    if (digest := bytes.fromhex(key)) in tally.seen:
        return
    tally.seen.add(digest)
    kind = result.get("type")
    match kind:
        case "succeeded":
            try:
                reply = read_parsed(result.get("message"), {})
                tally.tokens += reply.tokens
                questions.keep(key, reply.answer)
            except CannotName as declined:
                questions.decline(key, declined.reason)
        case "canceled":
            questions.free(key)
        case "expired":
            questions.fail(key, intent, "it expired")
        case _:
            kind = "errored"
            questions.fail(key, intent, f"it failed ({_error_type(result)})")
    tally.kinds[kind] += 1


def _read(line: bytes) -> tuple[str | None, str, dict[str, Any]]:
    """Read a result: its intent and question, if it is one of ours, and what came of it."""
    try:
        found = json.loads(line)
        custom_id, result = found["custom_id"], found["result"]
        ours = _CUSTOM_ID.fullmatch(custom_id)
        if not isinstance(result, dict):
            raise NoResult
    except (ValueError, RecursionError, LookupError, TypeError) as error:
        raise NoResult from error
    return (ours[1], ours[2], result) if ours else (None, "", result)


def _error_type(result: dict[str, Any]) -> str:
    """Give the kind of an error and none of its words, which may quote the prompt."""
    try:
        kind = result["error"]["error"]["type"]
        return kind if _ERROR_TYPE.fullmatch(kind) else "error"
    except (LookupError, TypeError):
        return "error"
