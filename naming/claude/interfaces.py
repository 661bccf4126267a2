"""The parts on the way to Claude as those see them who bring one of their own, or count calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from naming.claude.circuit import State
    from naming.claude.message import Reply
    from naming.outcome import Reason
    from naming.request import Question
    from naming.shared_cache import SharedLookup


class MessagesClient(Protocol):
    """Makes one call to a model."""

    @property
    def model(self) -> str:
        """The model that is asked."""

    async def send(self, question: Question) -> Reply:
        """Make one call about a question. Raises CannotName."""


@dataclass(frozen=True, slots=True)
class Call:
    """What one call upstream came to; `reason` is None when the reply gave a name."""

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
        """Take note of what the circuit does with the next call, at first and at each change."""

    def retires(self, model: str, when: str) -> None:
        """Take note, at the start, that `model` is due to retire: on a date, or soon."""

    def paused(self, reason: Reason, seconds: float) -> None:
        """Take note that calls are paused for `seconds`, after a failure for `reason`."""
