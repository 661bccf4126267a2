"""How many connections there may be, and which of them make room for a new one."""

import resource
from collections.abc import Callable
from contextlib import suppress
from enum import IntEnum, auto
from typing import Final, TypeAlias

from naming.settings import Settings

OTHER_FILES: Final = 64  # descriptors for the log, Valkey, the workers' metrics
MAX_REFUSALS: Final = 32  # connections too many that get an answer at a time; others are cut

Connection: TypeAlias = Callable[[], object]  # which closes it when nobody waits for an answer


class Phase(IntEnum):
    """What a connection does, as far as making room for others goes."""

    CLOSING = auto()  # its last answer is given
    NEW = auto()  # it has never sent a whole head
    IDLE = auto()  # all that was asked is answered
    RECEIVING = auto()  # some of a body has come, and there is more on its way
    BUSY = auto()  # a request has come whole, and is worked on
    REFUSED = auto()  # it is told that there are too many


class ConnectionLimit:
    """The open connections, by their phases, in whose order they are closed for newer ones.

    Of each it is the one that has been in it the longest. One with a whole request in progress is
    never closed. At most half of all may have a body on its way.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._phases: dict[Connection, Phase] = {}
        self._in: dict[Phase, dict[Connection, None]] = {phase: {} for phase in Phase}

    def add(self, connection: Connection) -> Phase | None:
        """Take in a new connection; gives its phase, or None where too many are refused already."""
        phase, refused = Phase.NEW, self._in[Phase.REFUSED]
        if len(self._phases) - len(refused) >= self._most:
            waiting = self._in[Phase.CLOSING] or self._in[Phase.NEW] or self._in[Phase.IDLE]
            if waiting:
                self._close_oldest(waiting)
            elif len(refused) < MAX_REFUSALS:
                phase = Phase.REFUSED
            else:
                return None
        self._put(connection, phase)
        return phase

    def mark(self, connection: Connection, phase: Phase) -> None:
        """Note what an open connection does from now on."""
        if self._phases.get(connection, Phase.REFUSED) is not Phase.REFUSED:
            self.remove(connection)
            self._put(connection, phase)
            receiving = self._in[Phase.RECEIVING]
            if len(receiving) > max(1, self._most // 2):
                self._close_oldest(receiving)

    def remove(self, connection: Connection) -> None:
        """Note that a connection has ended."""
        if (phase := self._phases.pop(connection, None)) is not None:
            del self._in[phase][connection]

    def _put(self, connection: Connection, phase: Phase) -> None:
        self._phases[connection] = phase
        self._in[phase][connection] = None

    def _close_oldest(self, among: dict[Connection, None]) -> None:
        oldest = next(iter(among))
        self.remove(oldest)
        oldest()


def connections_allowed(settings: Settings) -> int:
    """Ask for descriptors enough, which may not be granted, and tell for how many they last."""
    others = OTHER_FILES + settings.max_concurrent_calls
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = max(now, min(settings.max_connections + others, most))
    with suppress(OSError, ValueError):  # then there are fewer connections
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    descriptors = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return min(settings.max_connections, max(descriptors - others, descriptors // 4))
