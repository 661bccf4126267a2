"""What replicas may know of each other, as seen from the way to Claude.

How they do is another room's matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from naming.names import TaskName


class Look(StrEnum):
    """What came of a look into the shared place."""

    HIT = "hit"
    MISS = "miss"
    LATE = "late"
    DOWN = "down"
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause that another process has begun: `seconds` in all, of which `left` are left."""

    seconds: float
    left: float


@dataclass(frozen=True, slots=True)
class Known:
    """What others know: the name for a question, and whether calls are paused."""

    name: TaskName | None = None
    pause: Pause | None = None


class Shared(Protocol):
    """What replicas share. Nothing here ever raises or takes longer than a few milliseconds."""

    async def look(self, question: str) -> Known:
        """Look for what others know about `question`."""

    def keep(self, question: str, name: TaskName) -> None:
        """Let others know the name for `question`."""

    def pause(self, seconds: float) -> None:
        """Let others know that calls are paused for `seconds`."""

    async def may_probe(self) -> bool:
        """Ask to be the one that tries whether calls work again."""

    def healed(self) -> None:
        """Let others know that calls work again."""
