"""What spares a call: names given a moment ago, and calls for the same question under way."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

if TYPE_CHECKING:
    from naming.names import TaskName

T = TypeVar("T")

MAX_RECENT: Final = 10_000
"""Names kept; about 3 MB."""


class RecentNames:
    """The names given in the last `seconds` of the monotonic clock `now`; none with 0."""

    def __init__(self, seconds: float, now: Callable[[], float], most: int = MAX_RECENT) -> None:
        self._seconds = seconds
        self._now = now
        self._most = most
        self._names: OrderedDict[str, tuple[float, TaskName]] = OrderedDict()

    def __len__(self) -> int:
        """Count the names kept, forgotten ones included until they are looked for."""
        return len(self._names)

    def get(self, key: str) -> TaskName | None:
        """Find the name given for `key`; None when there is none or it is too old."""
        given, name = self._names.get(key, (0.0, None))
        if name is not None and self._now() - given >= self._seconds:
            del self._names[key]
            return None
        return name

    def put(self, key: str, name: TaskName) -> None:
        """Keep `name` for `key`."""
        if self._seconds <= 0:
            return
        self._names[key] = (self._now(), name)
        self._names.move_to_end(key)
        if len(self._names) > self._most:
            self._names.popitem(last=False)


class Flight(Generic[T]):
    """A call under way, and until when the most patient of those who wait for it does."""

    def __init__(
        self, patience: float, call: Callable[[Flight[T]], Coroutine[Any, Any, T]]
    ) -> None:
        self.patience = patience
        self.waiters = 0
        self.task = asyncio.create_task(call(self))


class SingleFlight(Generic[T]):
    """Calls under way by key; each is cancelled when its last waiter has left, and not before."""

    def __init__(self) -> None:
        self._flights: dict[str, Flight[T]] = {}

    def __len__(self) -> int:
        """Count the calls under way."""
        return len(self._flights)

    def is_under_way(self, key: str) -> bool:
        """Tell whether a call for `key` can be joined."""
        return key in self._flights

    async def join(
        self,
        key: str,
        until: float | None,
        call: Callable[[Flight[T]], Coroutine[Any, Any, T]],
    ) -> T:
        """Wait for the call for `key`, starting it with `call` where none is under way.

        Raises what the call raises, and TimeoutError at the time `until`; None waits for ever.
        """
        patience = float("inf") if until is None else until
        flight = self._flights.get(key) or self._start(key, patience, call)
        flight.patience = max(flight.patience, patience)
        flight.waiters += 1
        try:
            async with asyncio.timeout_at(until):
                return await asyncio.shield(flight.task)
        finally:
            flight.waiters -= 1
            if flight.waiters == 0:
                flight.task.cancel()
                self._land(key, flight)

    def _start(
        self, key: str, patience: float, call: Callable[[Flight[T]], Coroutine[Any, Any, T]]
    ) -> Flight[T]:
        flight = self._flights[key] = Flight(patience, call)
        flight.task.add_done_callback(lambda _: self._land(key, flight))
        return flight

    def _land(self, key: str, flight: Flight[T]) -> None:
        if self._flights.get(key) is flight:
            del self._flights[key]
        if flight.task.done() and not flight.task.cancelled():
            # It was raised to every waiter; a vanished one must not make it "never retrieved".
            flight.task.exception()
