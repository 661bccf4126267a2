"""How much the service takes on at a time: connections, bytes of bodies, large requests."""

from __future__ import annotations

import asyncio
import resource
from collections import OrderedDict
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Protocol

from naming.web.errors import BadRequest

if TYPE_CHECKING:
    from naming.settings import Settings

OTHER_FILES: Final = 64
"""Descriptors for what is neither a caller's connection nor a call to Claude.

The log, Valkey, the workers' metrics."""

MAX_REFUSALS: Final = 32
"""Connections beyond the limit that get an answer at a time; those beyond that are cut."""

LARGE_BYTES: Final = 16_384
"""What is read of a body without counting it: there is always memory for a small one."""


class LimitedConnection(Protocol):
    """A connection, as the limit sees it."""

    def close_idle(self) -> None:
        """Close it: nobody waits for an answer on it."""

    def refuse_busy(self) -> None:
        """Answer that there are too many, and close it."""

    def abort(self) -> None:
        """Close it without an answer."""


class ConnectionLimit:
    """The open connections, and which of them make room for a new one.

    They are closed in this order: those whose last answer is given, those that have never sent a
    whole head, those kept for a next request; of each kind the one that has been so the longest. A
    connection with a whole request in progress is never closed for a newer one. At most half of all
    may have a body on its way; beyond them the one that has sent nothing for the longest is closed.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._open: set[LimitedConnection] = set()
        self._refused: set[LimitedConnection] = set()
        self._closing: OrderedDict[LimitedConnection, None] = OrderedDict()
        self._new: OrderedDict[LimitedConnection, None] = OrderedDict()
        self._idle: OrderedDict[LimitedConnection, None] = OrderedDict()
        self._receiving: OrderedDict[LimitedConnection, None] = OrderedDict()

    def add(self, connection: LimitedConnection) -> None:
        """Take in a new connection, in the place of another if need be."""
        if len(self._open) >= self._most:
            waiting = self._closing or self._new or self._idle
            if not waiting:
                self._refuse(connection)
                return
            self._close_oldest(waiting)
        self._open.add(connection)
        self._new[connection] = None

    def _close_oldest(self, among: OrderedDict[LimitedConnection, None]) -> None:
        oldest = next(iter(among))
        self.remove(oldest)
        oldest.close_idle()

    def _refuse(self, connection: LimitedConnection) -> None:
        if len(self._refused) < MAX_REFUSALS:
            self._refused.add(connection)
            connection.refuse_busy()
        else:
            connection.abort()

    def mark_receiving(self, connection: LimitedConnection) -> None:
        """Note that some of a body has come, and that there is more on its way."""
        self._mark(connection, self._receiving)
        if len(self._receiving) > max(1, self._most // 2):
            self._close_oldest(self._receiving)

    def mark_busy(self, connection: LimitedConnection) -> None:
        """Note that a request has come whole."""
        for waiting in (self._closing, self._new, self._idle, self._receiving):
            waiting.pop(connection, None)

    def mark_idle(self, connection: LimitedConnection) -> None:
        """Note that all that was asked is answered."""
        self._mark(connection, self._idle)

    def mark_closing(self, connection: LimitedConnection) -> None:
        """Note that the last answer has been given."""
        self._mark(connection, self._closing)

    def _mark(
        self, connection: LimitedConnection, among: OrderedDict[LimitedConnection, None]
    ) -> None:
        if connection in self._open:
            self.mark_busy(connection)
            among[connection] = None

    def remove(self, connection: LimitedConnection) -> None:
        """Note that a connection has ended."""
        self.mark_busy(connection)
        self._open.discard(connection)
        self._refused.discard(connection)


def connections_allowed(settings: Settings) -> int:
    """Tell how many connections there may be.

    As many as are set, if the system gives us that many descriptors.
    """
    descriptors = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    left = descriptors - OTHER_FILES - settings.max_concurrent_calls
    return min(settings.max_connections, max(left, descriptors // 4))


def raise_descriptor_limit(settings: Settings) -> None:
    """Ask the system for descriptors enough.

    A shell's usual limit of 1024 may be raised as far as the hard one.
    """
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = settings.max_connections + settings.max_concurrent_calls + OTHER_FILES
    with suppress(OSError, ValueError):  # then there are fewer connections
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(now, min(wanted, most)), most))


class RequestLimit:
    """Counts the requests in progress that have come whole, and the bytes of all bodies.

    The first `LARGE_BYTES` of each body are not counted: there is always memory for a small one.
    """

    def __init__(self, settings: Settings) -> None:
        self._places = settings.max_requests
        # One body of the largest size is never too many.
        self._bytes = max(settings.max_held_bytes, settings.max_body_bytes)

    def take_bytes(self, size: int) -> None:
        """Hold more bytes, or fewer. Raises BadRequest."""
        if size > self._bytes:
            raise BadRequest(
                "as many bytes of large bodies as NAMING_MAX_HELD_BYTES allows are held; try again",
                status=503,
            )
        self._bytes -= size

    def take_places(self, number: int) -> None:
        """Let a request go on, or note its end. Raises BadRequest."""
        if number > self._places:
            raise BadRequest(
                "as many requests as NAMING_MAX_REQUESTS allows are in progress; try again",
                status=503,
            )
        self._places -= number


class HeldRequest:
    """What one request takes of the limit, until it is answered."""

    def __init__(self, limit: RequestLimit) -> None:
        self._limit = limit
        self._size = self._charged = self._places = 0

    def add(self, size: int) -> None:
        """Count bytes that have come. Raises BadRequest."""
        self._size += size
        more = max(0, self._size - LARGE_BYTES) - self._charged
        self._limit.take_bytes(more)
        self._charged += more

    def begin(self) -> None:
        """Note that the request has come whole, and is worked on from now. Raises BadRequest."""
        self._limit.take_places(1)
        self._places = 1

    def release(self) -> None:
        """Give back what was taken."""
        self._limit.take_bytes(-self._charged)
        self._limit.take_places(-self._places)
        self._charged = self._places = 0


class Turns:
    """Lets requests go on one by one, at least one round of the event loop apart.

    Even a short prompt may cost milliseconds; what need not wait for a turn comes between.
    """

    def __init__(self) -> None:
        self._lock = asyncio.Lock()

    async def wait(self) -> None:
        """Wait for a turn, which lasts until the caller next waits for anything."""
        async with self._lock:
            await asyncio.sleep(0)
