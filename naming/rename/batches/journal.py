"""What a plan has asked through batches: a JSON Lines file beside it, written before each step.

It holds no prompt, no name and no key. Half a last line is a step that was not taken.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import msgspec

from naming.claude.message import NO_TOKENS, Tokens
from naming.rename.atomic_file import open_file, open_held, sync_folder, write_all
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


What: TypeAlias = Literal["intended", "created", "dropped", "cancelled", "ended"]
"""A batch is about to be created, for the first time or once more; its id is known; there is none,
and its questions are free; a person wants it to end early; its results were read whole."""


class Step(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One step of an intent to create a batch, with its facts."""

    event: str
    at: datetime
    intent: str
    requests: int = 0
    batch: str | None = None
    why: str | None = None
    succeeded: int = 0
    errored: int = 0
    expired: int = 0
    canceled: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cache_write: int = 0
    cache_read: int = 0

    def counts(self) -> str:
        """Write how many requests were answered, and what became of the others."""
        others = {"errored": self.errored, "expired": self.expired, "canceled": self.canceled}
        return f"{self.succeeded:,} answered" + "".join(
            f", {count:,} {what}" for what, count in others.items() if count
        )

    def tokens(self) -> Tokens:
        """Give the tokens of its results."""
        return Tokens(self.tokens_in, self.tokens_out, self.cache_write, self.cache_read)


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
    ended: Step | None = None
    ruled_out: set[str] = field(default_factory=set)
    """Batches that could have been its own and are somebody else's."""

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


_read_about: Final = msgspec.json.Decoder(About)
_read_step: Final = msgspec.json.Decoder(Step)


class StateFile:
    """The file, open. Held by this process alone when it is to be written."""

    def __init__(self, path: Path, *, hold: bool = False) -> None:
        self.path = path
        self.intents: dict[str, Intent] = {}
        self._about: About | None = None
        busy = "another process is at work with it; stop that one first"
        self._file = open_held(path, busy) if hold else -1
        try:
            end = self._read()
            if hold:
                os.ftruncate(self._file, end)
                os.lseek(self._file, end, os.SEEK_SET)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        if self._file >= 0:
            os.close(self._file)

    def begin(self, about: About) -> None:
        """Write the first line, or see that it is this one. Raises BadInput, Stopped."""
        if self._about is None:
            if self.intents:
                raise BadInput(
                    f"{self.path}: its first line is missing; move it away to begin anew"
                )
            self._write(about)
            sync_folder(self.path)
        elif self._about != about:
            raise BadInput(
                f"{self.path}: about another source, model or prompt;"
                " give another --plan, or move it away"
            )

    def write(self, event: What, intent: str, **facts: Any) -> Intent:  # noqa: ANN401 # of a Step
        """Write down one step; it is on the disk before the step is taken. Raises Stopped."""
        step = Step(event=event, at=now(), intent=intent, **facts)
        self._write(step)
        self._take(step)
        return self.intents[intent]

    def _write(self, line: About | Step) -> None:
        try:
            write_all(self._file, msgspec.json.encode(line) + b"\n")
            os.fsync(self._file)
        except OSError as error:
            raise Stopped(f"{self.path}: {error.strerror}") from error

    def _read(self) -> int:
        """Read every line; gives where the last whole one ends."""
        end = 0
        with open_file(self.path) as file:
            for number, line in enumerate(file, start=1):
                if not line.endswith(b"\n"):
                    break
                try:
                    if number == 1 and b'"about"' in line:
                        self._about = _read_about.decode(line)
                    else:
                        self._take(_read_step.decode(line))
                except (msgspec.DecodeError, UnicodeDecodeError, KeyError):
                    raise BadInput(
                        f"{self.path}: line {number}: not a line of a state file"
                    ) from None
                end += len(line)
        return end

    def _take(self, step: Step) -> None:
        if step.event == "intended":
            new = Intent(step.intent, step.requests, step.at, step.at)
            intent = self.intents.setdefault(step.intent, new)
            intent.tried, intent.dropped = step.at, False
            return
        intent = self.intents[step.intent]
        match step.event:
            case "created":
                intent.batch = step.batch
            case "dropped":
                intent.dropped = True
            case "cancelled":
                intent.cancelled = True
            case "ended":
                intent.ended = step

    def batches(self) -> frozenset[str]:
        """Collect the batches that are known to be this plan's."""
        return frozenset(one.batch for one in self.intents.values() if one.batch is not None)

    def tokens(self) -> Tokens:
        """Add up the tokens of all batches that were read."""
        ended = (one.ended for one in self.intents.values() if one.ended is not None)
        return sum((step.tokens() for step in ended), NO_TOKENS)

    def open_intents(self) -> list[Intent]:
        """Collect the intents of which something is to come still."""
        return [intent for intent in self.intents.values() if intent.open]
