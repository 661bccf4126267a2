"""What replicas tell each other through Valkey or Redis: names, and that calls are paused."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from naming.names import TaskName


class SharedLookup(StrEnum):
    """What came of looking for a name in what replicas share."""

    HIT = "hit"
    MISS = "miss"
    LATE = "late"
    DOWN = "down"
    UNUSABLE = "unusable"


class SharedState(NamedTuple):
    """What others know: a name, and the seconds that a pause has in all and that it has left."""

    name: TaskName | None = None
    pause: tuple[float, float] | None = None
