"""What batches are made of, what their results say, and the journal of those of a plan.

The journal is a JSON Lines file, written before each step, without prompts, names and keys. All
lines about an intent to create a batch are what is known of it. Half a line is a step not taken.
"""

import json
import random
import re
import secrets
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal

import msgspec

from naming.claude.instructions import fence
from naming.claude.message import NO_TOKENS, Tokens, read_parsed
from naming.outcome import CannotName
from naming.rename.files import HeldFile, open_file, sync_folder
from naming.rename.scratch import Questions
from naming.rename.terminal import BadInput
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


class NoResult(Exception):
    """A line holds no result of ours, such as half of one."""


class BatchResult(msgspec.Struct, frozen=True):
    """One line of a batch's results."""

    custom_id: str
    result: dict[str, Any]

    @property
    def error(self) -> str:
        """The kind of its error, and none of its words, which may quote the prompt."""
        try:
            kind = self.result["error"]["error"]["type"]
            return kind if re.fullmatch("[a-z_]{1,40}", kind) else "error"
        except (LookupError, TypeError):
            return "error"


def read_result(line: bytes) -> tuple[str, str, BatchResult]:
    """Read a line with its intent and the key of its question, if it is ours. Raises NoResult."""
    try:
        found = msgspec.json.decode(line, type=BatchResult)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NoResult from error
    ours = re.fullmatch("([0-9a-f]+)_([0-9a-f]{32})", found.custom_id)
    return (ours[1], ours[2], found) if ours else ("", "", found)


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
        whose, key, found = read_result(line)
        if whose != intent:
            raise NoResult
        if key in self.seen:
            return
        self.seen.add(key)
        match kind := found.result.get("type"):
            case "succeeded":
                try:
                    reply = read_parsed(found.result.get("message"), {})
                    self.tokens += reply.tokens
                    questions.keep(key, reply.answer)
                except CannotName as declined:
                    questions.keep(key, None, declined.reason)
            case "canceled":
                pass
            case "expired":
                questions.fail(key, intent, "it expired")
            case _:
                kind = "errored"
                questions.fail(key, intent, f"it failed ({found.error})")
        self.kinds[kind] += 1


class Intent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One intent to create a batch, and what is known of it since its last event."""

    event: Literal["intended", "created", "dropped", "cancelled", "ended"]
    """A batch is about to be created, for the first time or once more; its id is known; there is
    none, and its questions are free; a person wants it to end early; its results were read."""
    at: datetime
    intent: str
    requests: int
    batch: str | None = None
    why: str | None = None
    succeeded: int = 0
    errored: int = 0
    expired: int = 0
    canceled: int = 0
    tokens: Tokens = NO_TOKENS

    @property
    def open(self) -> bool:
        """Tell whether anything is to come of it still."""
        return self.event not in {"dropped", "ended"}

    def counts(self) -> str:
        """Write how many requests were answered, and what became of the others."""
        others = ((kind, getattr(self, kind)) for kind in ("errored", "expired", "canceled"))
        told = (f", {count:,} {kind}" for kind, count in others if count)
        return f"{self.succeeded:,} answered{''.join(told)}"


def state_path(plan: Path) -> Path:
    """Tell where the state of a plan is kept."""
    return plan.with_name(f"{plan.name}.batches")


def read_intents(path: Path) -> tuple[dict[str, Intent], int]:
    """Read what is known of each intent, and where the last whole line ends. Raises BadInput."""
    intents: dict[str, Intent] = {}
    end = 0
    with open_file(path) as file:
        for number, line in enumerate(file, start=1):
            if not line.endswith(b"\n"):
                break
            try:
                _take(intents, msgspec.json.decode(line, type=dict[str, Any]))
            except (msgspec.DecodeError, UnicodeDecodeError, KeyError, TypeError):
                raise BadInput(f"{path}: line {number}: not a line of a state file") from None
            end += len(line)
    return intents, end


def _take(intents: dict[str, Intent], line: dict[str, Any]) -> Intent:
    before = intents.get(line["intent"])
    known = msgspec.to_builtins(before) if before else {}
    intents[line["intent"]] = intent = msgspec.convert(known | line, Intent)
    return intent


class StateFile(HeldFile):
    """The file, held by this process alone. Raises BadInput."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        try:
            self.intents, end = read_intents(path)
        except BadInput:
            self.close()
            raise
        self.cut(end)
        sync_folder(path)

    def write(self, event: str, intent: str, **facts: Any) -> Intent:  # noqa: ANN401 # of an Intent
        """Write down one step; it is on the disk before the step is taken. Raises Stopped."""
        line = {"event": event, "at": datetime.now(UTC), "intent": intent, **facts}
        self.add(msgspec.json.encode(line) + b"\n")
        self.sync()
        return _take(self.intents, line)

    def tokens(self) -> Tokens:
        """Add up the tokens of all batches that were read."""
        return sum((intent.tokens for intent in self.intents.values()), NO_TOKENS)

    def open_intents(self) -> list[Intent]:
        """Collect the intents of which something is to come still."""
        return [intent for intent in self.intents.values() if intent.open]
