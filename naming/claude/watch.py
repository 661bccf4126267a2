"""Who wants to know what happens on the way to Claude, and what there is to know.

Apart from the asking, so that whoever counts need not import what judges replies.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from naming.claude.circuit import State
    from naming.claude.shared import Look
    from naming.outcome import Reason


@dataclass(frozen=True, slots=True)
class Call:
    """What one call upstream came to, for whoever counts.

    `reason` is None when the reply gave a name.
    """

    reason: Reason | None
    seconds: float
    input_tokens: int = 0
    output_tokens: int = 0


class Watch:
    """Is told what happens on the way to Claude; this one takes no notice."""

    def called(self, call: Call) -> None:
        """Take note of a finished call."""

    def reused(self, how: str) -> None:
        """Take note that no call was needed: `cache`, `flight` or `shared`."""

    def looked(self, result: Look) -> None:
        """Take note of what came of a look into what replicas share."""

    def line_is(self, *, up: bool) -> None:
        """Take note that what replicas share can, or can no longer, be reached."""

    def in_flight(self, calls: int) -> None:
        """Take note of how many calls are under way now."""

    def circuit_is(self, state: State) -> None:
        """Take note of what the circuit does with the next call.

        Told at the start and at each change.
        """

    def paused(self, reason: Reason, seconds: float) -> None:
        """Take note that calls are paused for `seconds`, after a failure for `reason`."""
