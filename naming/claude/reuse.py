"""What spares a call: names given a moment ago, and calls for the same question under way."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from naming.names import TaskName

T = TypeVar("T")

MAX_RECENT: Final = 10_000  # names kept; about 3 MB


@dataclass
class RecentNames:
    """The names given in the last `seconds` of the monotonic clock `now`; none with 0."""

    seconds: float
    now: Callable[[], float]
    most: int = MAX_RECENT
    names: OrderedDict[str, tuple[float, TaskName]] = field(default_factory=OrderedDict)

    def get(self, key: str) -> TaskName | None:
        """Find the name given for `key`; None when there is none or it is too old."""
        given, name = self.names.get(key, (0.0, None))
        if name is not None and self.now() - given >= self.seconds:
            del self.names[key]
            return None
        return name

    def put(self, key: str, name: TaskName) -> None:
        """Keep `name` for `key`."""
        if self.seconds <= 0:
            return
        self.names[key] = (self.now(), name)
        self.names.move_to_end(key)
        if len(self.names) > self.most:
            self.names.popitem(last=False)


class Flight(Generic[T]):
    """A call under way, and until when the most patient of those who wait for it does."""

    task: asyncio.Task[T]
    patience = float("-inf")
    waiters = 0


@dataclass
class SingleFlight(Generic[T]):
    """Calls under way by key; each is cancelled when its last waiter has left, and not before."""

    under_way: dict[str, Flight[T]] = field(default_factory=dict)

    async def join(
        self, key: str, until: float | None, call: Callable[[Flight[T]], Coroutine[Any, Any, T]]
    ) -> T:
        """Wait for the call for `key`, starting it with `call` where none is under way.

        Raises what the call raises, and TimeoutError at the time `until`; None waits for ever.
        """
        if (flight := self.under_way.get(key)) is None:
            flight = self.under_way[key] = Flight()
            flight.task = asyncio.create_task(call(flight))
            flight.task.add_done_callback(lambda _: self._land(key, flight))
        flight.patience = max(flight.patience, float("inf") if until is None else until)
        flight.waiters += 1
        try:
            async with asyncio.timeout_at(until):
                return await asyncio.shield(flight.task)
        finally:
            flight.waiters -= 1
            if flight.waiters == 0:
                flight.task.cancel()
                self._land(key, flight)

    def _land(self, key: str, flight: Flight[T]) -> None:
        if self.under_way.get(key) is flight:
            del self.under_way[key]
        if flight.task.done() and not flight.task.cancelled():
            # It was raised to every waiter; a vanished one must not make it "never retrieved".
            flight.task.exception()
