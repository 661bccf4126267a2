"""The parts on the way to Claude as their users see them, apart from how they do it.

Whoever counts calls, or keeps names for other replicas, imports only this.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from naming.claude.circuit import State
    from naming.claude.message import Reply
    from naming.names import TaskName
    from naming.outcome import Reason


class MessagesClient(Protocol):
    """Makes one call to a model."""

    @property
    def model(self) -> str:
        """The model that is asked."""

    async def send(self, text: str) -> Reply:
        """Make one call about cleaned `text`. Raises CannotName."""


class SharedLookup(StrEnum):
    """What came of looking for a name in what replicas share."""

    HIT = "hit"
    MISS = "miss"
    LATE = "late"
    DOWN = "down"
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True)
class SharedPause:
    """A pause that another process has begun: `seconds` in all, of which `left` are left."""

    seconds: float
    left: float


@dataclass(frozen=True, slots=True)
class SharedState:
    """What others know: the name for a question, and whether calls are paused."""

    name: TaskName | None = None
    pause: SharedPause | None = None


class SharedCache(Protocol):
    """What replicas share. Nothing here ever raises or takes longer than a few milliseconds."""

    async def look(self, question: str) -> SharedState:
        """Look for what others know about `question`."""

    def keep(self, question: str, name: TaskName) -> None:
        """Let others know the name for `question`."""

    def pause(self, seconds: float) -> None:
        """Let others know that calls are paused for `seconds`."""

    async def may_probe(self) -> bool:
        """Ask to be the one that tries whether calls work again."""

    def healed(self) -> None:
        """Let others know that calls work again."""


@dataclass(frozen=True, slots=True)
class Call:
    """What one call upstream came to, for whoever counts.

    `reason` is None when the reply gave a name.
    """

    reason: Reason | None
    seconds: float
    reply: Reply | None = None
    """What came back; None where nothing did that could be read."""
    model: str = ""


class CallObserver:
    """Is told what happens on the way to Claude; this one takes no notice."""

    def called(self, call: Call) -> None:
        """Take note of a finished call."""

    def reused(self, how: str) -> None:
        """Take note that no call was needed: `cache`, `flight` or `shared`."""

    def looked(self, result: SharedLookup) -> None:
        """Take note of what came of a look into what replicas share."""

    def line_is(self, *, up: bool) -> None:
        """Take note that what replicas share can, or can no longer, be reached."""

    def in_flight(self, calls: int) -> None:
        """Take note of how many calls are under way now."""

    def circuit_is(self, state: State) -> None:
        """Take note of what the circuit does with the next call.

        Told at the start and at each change.
        """

    def retires(self, model: str, when: str) -> None:
        """Take note, at the start, that `model` is due to retire: on a date, or soon."""

    def paused(self, reason: Reason, seconds: float) -> None:
        """Take note that calls are paused for `seconds`, after a failure for `reason`."""
