"""What a plan has asked through batches: a JSON Lines file beside it, written before each step.

It holds no prompt, no name and no key. Half a last line is a step that was not taken.
"""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from naming.claude.message import NO_TOKENS, Tokens
from naming.rename.atomic_file import sync_folder, write_all
from naming.rename.errors import BadInput, Stopped

if TYPE_CHECKING:
    from pathlib import Path

VERSION: Final = 1
SUFFIX: Final = ".batches"


class About(msgspec.Struct, frozen=True, kw_only=True, tag="about", tag_field="event"):
    """The first line: what the questions are about, and whom they are for."""

    version: int = VERSION
    source: str
    model: str | None
    prompt_version: str | None


class Step(msgspec.Struct, frozen=True, kw_only=True, tag_field="event"):
    """One step of an intent."""

    at: datetime
    intent: str


class Intended(Step, frozen=True, kw_only=True, tag="intended"):
    """A batch is about to be created, for the first time or once more."""

    requests: int


class Created(Step, frozen=True, kw_only=True, tag="created"):
    """The batch of an intent is known."""

    batch: str


class RuledOut(Step, frozen=True, kw_only=True, tag="ruled_out"):
    """A batch that could have been the one of an intent is somebody else's."""

    batch: str


class Dropped(Step, frozen=True, kw_only=True, tag="dropped"):
    """There is no batch of an intent, and its questions are free to be asked."""

    why: str


class Cancelled(Step, frozen=True, kw_only=True, tag="cancelled"):
    """A person wants the batch to end early."""


class Ended(Step, frozen=True, kw_only=True, tag="ended"):
    """The batch has ended and its results were read whole."""

    succeeded: int
    errored: int
    expired: int
    canceled: int
    tokens_in: int
    tokens_out: int
    cache_write: int = 0
    cache_read: int = 0

    def counts(self) -> str:
        """Write how many requests were answered, and what became of the others."""
        others = {"errored": self.errored, "expired": self.expired, "canceled": self.canceled}
        return f"{self.succeeded:,} answered" + "".join(
            f", {count:,} {what}" for what, count in others.items() if count
        )


Event: TypeAlias = About | Intended | Created | RuledOut | Dropped | Cancelled | Ended


@dataclass(slots=True)
class Intent:
    """One intent to create a batch and what came of it so far."""

    id: str
    requests: int
    began: datetime
    tried: datetime
    batch: str | None = None
    dropped: bool = False
    cancelled: bool = False
    ended: Ended | None = None
    ruled_out: set[str] = field(default_factory=set)

    @property
    def in_doubt(self) -> bool:
        """Tell whether nobody knows if its batch exists."""
        return self.batch is None and not self.dropped

    @property
    def open(self) -> bool:
        """Tell whether anything is to come of it still."""
        return not self.dropped and self.ended is None


def now() -> datetime:
    """Tell the time."""
    return datetime.now(UTC)


def state_path(plan: Path) -> Path:
    """Tell where the state of a plan is kept."""
    return plan.with_name(plan.name + SUFFIX)


_decode: Final = msgspec.json.Decoder(Event)


class StateFile:
    """The file, open. Held by this process alone when it is to be written."""

    def __init__(self, path: Path, about: About | None = None, *, hold: bool = False) -> None:
        self.path = path
        self.intents: dict[str, Intent] = {}
        self.about: About | None = None
        self._file = _open(path, create=about is not None)
        try:
            if hold:
                self._hold()
            end = self._read()
            if hold:
                os.ftruncate(self._file, end)
            if about is not None:
                self._begin(about)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._file)

    def _hold(self) -> None:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BadInput(
                f"{self.path}: another process is at work with it; stop that one first"
            ) from None

    def write(self, event: Event) -> None:
        """Write down one step; it is on the disk before the step is taken. Raises Stopped."""
        line = msgspec.json.encode(event) + b"\n"
        try:
            write_all(self._file, line)
            os.fsync(self._file)
        except OSError as error:
            raise Stopped(f"{self.path}: {error.strerror}") from error
        self._apply(event)

    def batches(self) -> frozenset[str]:
        """Collect the batches that are known to be this plan's."""
        return frozenset(one.batch for one in self.intents.values() if one.batch is not None)

    def tokens(self) -> Tokens:
        """Add up the tokens of all batches that were read."""
        ended = [intent.ended for intent in self.intents.values() if intent.ended is not None]
        return sum(
            (Tokens(a.tokens_in, a.tokens_out, a.cache_write, a.cache_read) for a in ended),
            NO_TOKENS,
        )

    def open_intents(self) -> list[Intent]:
        """Collect the intents of which something is to come still."""
        return [intent for intent in self.intents.values() if intent.open]

    def _begin(self, about: About) -> None:
        if self.about is None:
            if self.intents:
                raise BadInput(
                    f"{self.path}: its first line is missing; move it away to begin anew"
                )
            self.write(about)
            sync_folder(self.path)
        elif self.about != about:
            raise BadInput(
                f"{self.path}: about another source, model or prompt;"
                " give another --plan, or move it away"
            )

    def _read(self) -> int:
        """Read every step; gives where the last whole line ends."""
        end = 0
        with os.fdopen(os.dup(self._file), "rb") as file:
            for number, line in enumerate(file, start=1):
                if not line.endswith(b"\n"):
                    break
                try:
                    self._apply(_decode.decode(line))
                except (msgspec.DecodeError, UnicodeDecodeError, KeyError):
                    raise BadInput(
                        f"{self.path}: line {number}: not a line of a state file"
                    ) from None
                end += len(line)
        return end

    def _apply(self, event: Event) -> None:
        match event:
            case About():
                self.about = event
            case Intended() if event.intent in self.intents:
                intent = self.intents[event.intent]
                intent.tried, intent.dropped = event.at, False
            case Intended():
                self.intents[event.intent] = Intent(
                    event.intent, event.requests, event.at, event.at
                )
            case Created():
                self.intents[event.intent].batch = event.batch
            case RuledOut():
                self.intents[event.intent].ruled_out.add(event.batch)
            case Dropped():
                self.intents[event.intent].dropped = True
            case Cancelled():
                self.intents[event.intent].cancelled = True
            case Ended():
                self.intents[event.intent].ended = event


def _open(path: Path, *, create: bool) -> int:
    try:
        return os.open(
            path, os.O_RDWR | os.O_APPEND | os.O_CLOEXEC | (os.O_CREAT if create else 0), 0o600
        )
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}") from None
