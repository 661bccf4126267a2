"""How much the service takes on at a time: connections, bytes of bodies, large requests."""

from __future__ import annotations

import asyncio
import resource
from collections import OrderedDict
from contextlib import suppress
from enum import IntEnum, auto
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


class Phase(IntEnum):
    """What a connection does, as far as making room for others goes."""

    CLOSING = auto()  # its last answer is given
    NEW = auto()  # it has never sent a whole head
    IDLE = auto()  # all that was asked is answered
    RECEIVING = auto()  # some of a body has come, and there is more on its way
    BUSY = auto()  # a request has come whole, and is worked on
    REFUSED = auto()  # it is told that there are too many


class LimitedConnection(Protocol):
    """A connection, as the limit sees it."""

    def close_idle(self) -> None:
        """Close it: nobody waits for an answer on it."""


class ConnectionLimit:
    """The open connections, and which of them make room for a new one.

    They are closed in the order of their phases, of each the one that has been in it the longest. A
    connection with a whole request in progress is never closed for a newer one. At most half of all
    may have a body on its way; beyond them the one that has sent nothing for the longest is closed.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._phases: dict[LimitedConnection, Phase] = {}
        self._in: dict[Phase, OrderedDict[LimitedConnection, None]] = {
            phase: OrderedDict() for phase in Phase
        }

    def add(self, connection: LimitedConnection) -> Phase | None:
        """Take in a new connection, in the place of another if need be.

        Gives its phase: NEW or REFUSED; None where too many are being refused already.
        """
        phase = Phase.NEW
        if len(self._phases) - len(self._in[Phase.REFUSED]) >= self._most:
            waiting = self._in[Phase.CLOSING] or self._in[Phase.NEW] or self._in[Phase.IDLE]
            if waiting:
                self._close_oldest(waiting)
            elif len(self._in[Phase.REFUSED]) < MAX_REFUSALS:
                phase = Phase.REFUSED
            else:
                return None
        self._put(connection, phase)
        return phase

    def mark(self, connection: LimitedConnection, phase: Phase) -> None:
        """Note what an open connection does from now on."""
        if self._phases.get(connection, Phase.REFUSED) is not Phase.REFUSED:
            self.remove(connection)
            self._put(connection, phase)
            receiving = self._in[Phase.RECEIVING]
            if len(receiving) > max(1, self._most // 2):
                self._close_oldest(receiving)

    def remove(self, connection: LimitedConnection) -> None:
        """Note that a connection has ended."""
        if (phase := self._phases.pop(connection, None)) is not None:
            del self._in[phase][connection]

    def _put(self, connection: LimitedConnection, phase: Phase) -> None:
        self._phases[connection] = phase
        self._in[phase][connection] = None

    def _close_oldest(self, among: OrderedDict[LimitedConnection, None]) -> None:
        oldest = next(iter(among))
        self.remove(oldest)
        oldest.close_idle()


def connections_allowed(settings: Settings) -> int:
    """Tell how many connections there may be, as far as the system gives descriptors."""
    descriptors = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    left = descriptors - OTHER_FILES - settings.max_concurrent_calls
    return min(settings.max_connections, max(left, descriptors // 4))


def raise_descriptor_limit(settings: Settings) -> None:
    """Ask for descriptors enough; a shell's usual 1024 may be raised as far as the hard limit."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = settings.max_connections + settings.max_concurrent_calls + OTHER_FILES
    with suppress(OSError, ValueError):  # then there are fewer connections
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(now, min(wanted, most)), most))


def room_for_requests(settings: Settings) -> dict[str, int]:
    """Tell how much all requests may take together, by the setting that says so.

    Those count that are in progress and have come whole, and the bytes of all bodies.
    """
    # One body of the largest size is never too many.
    most_bytes = max(settings.max_held_bytes, settings.max_body_bytes)
    return {REQUESTS: settings.max_requests, BYTES: most_bytes}


class HeldRequest:
    """What one request takes of the `room` for all, until it is answered."""

    def __init__(self, room: dict[str, int]) -> None:
        self._room = room
        self._size = 0
        self._taken = {REQUESTS: 0, BYTES: 0}

    def add(self, size: int) -> None:
        """Count bytes that have come. Raises BadRequest."""
        self._size += size
        self._take(BYTES, max(0, self._size - LARGE_BYTES) - self._taken[BYTES])

    def begin(self) -> None:
        """Note that the request has come whole, and is worked on from now. Raises BadRequest."""
        self._take(REQUESTS, 1)

    def _take(self, what: str, number: int) -> None:
        if number > self._room[what]:
            told = f"as many {_MEANING[what]} as {what} allows are in progress; try again"
            raise BadRequest(told, status=503)
        self._room[what] -= number
        self._taken[what] += number

    def release(self) -> None:
        """Give back what was taken."""
        for what, number in self._taken.items():
            self._room[what] += number
            self._taken[what] = 0


REQUESTS: Final = "NAMING_MAX_REQUESTS"
BYTES: Final = "NAMING_MAX_HELD_BYTES"
_MEANING: Final = {REQUESTS: "requests", BYTES: "bytes of large bodies"}


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
