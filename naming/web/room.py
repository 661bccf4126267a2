"""Room for large bodies: how many bytes of them are held at a time, over all requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from naming.web.problems import BadRequest
from naming.web.turns import LARGE_BYTES

if TYPE_CHECKING:
    from naming.settings import Settings


class Room:
    """Counts the bytes of all bodies beyond the first `LARGE_BYTES` of each.

    A small request always has room.
    """

    def __init__(self, settings: Settings) -> None:
        self._left = max(
            settings.max_held_bytes, settings.max_body_bytes
        )  # one body is never too many

    def place(self) -> Place:
        """Make a place for one request's body."""
        return Place(self)

    def take(self, size: int) -> None:
        """Hold more bytes, or fewer. Raises BadRequest."""
        if size > self._left:
            raise BadRequest(
                "as many bytes of large bodies as NAMING_MAX_HELD_BYTES allows are held; try again",
                status=503,
            )
        self._left -= size


class Place:
    """What one request holds of the room, until it is answered."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._came = self._charged = 0

    def hold(self, size: int) -> None:
        """Count bytes that have come. Raises BadRequest."""
        self._came += size
        more = max(0, self._came - LARGE_BYTES) - self._charged
        self._room.take(more)
        self._charged += more

    def leave(self) -> None:
        """Give the room back."""
        self._room.take(-self._charged)
        self._charged = 0
