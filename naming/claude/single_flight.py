"""Single flight.

Equal questions asked at the same time share one call, and no waiter can harm the others.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

T = TypeVar("T")


@dataclass(slots=True)
class Flight(Generic[T]):
    """A call under way.

    Who waits for it, and until when the most patient of them does (on the loop's clock).
    """

    patience: float
    waiters: int = 0
    task: asyncio.Task[T] | None = field(default=None, repr=False)


class SingleFlight(Generic[T]):
    """Calls under way by key. A call is cancelled when its last waiter has left, and not before."""

    def __init__(self) -> None:
        self._flights: dict[str, Flight[T]] = {}

    def __len__(self) -> int:
        """Count the calls under way."""
        return len(self._flights)

    def is_under_way(self, key: str) -> bool:
        """Tell whether a call for `key` can be joined."""
        return key in self._flights

    async def join(
        self, key: str, until: float | None, call: Callable[[Flight[T]], Awaitable[T]]
    ) -> T:
        """Wait for the call for `key`, starting it with `call` where none is under way.

        Waits until the time `until` and then raises TimeoutError; with None, as long as it takes.
        Raises whatever the call raises.
        """
        patience = float("inf") if until is None else until
        flight = self._flights.get(key) or self._start(key, patience, call)
        flight.patience = max(flight.patience, patience)
        flight.waiters += 1
        assert flight.task is not None  # noqa: S101 # _start sets it
        try:
            async with asyncio.timeout_at(until):
                return await asyncio.shield(flight.task)
        finally:
            flight.waiters -= 1
            if flight.waiters == 0:
                self._land(key, flight)

    def _start(
        self, key: str, patience: float, call: Callable[[Flight[T]], Awaitable[T]]
    ) -> Flight[T]:
        flight: Flight[T] = Flight(patience)

        async def fly() -> T:
            return await call(flight)

        flight.task = asyncio.create_task(fly())
        flight.task.add_done_callback(lambda task: self._land(key, flight) if task.done() else None)
        self._flights[key] = flight
        return flight

    def _land(self, key: str, flight: Flight[T]) -> None:
        if self._flights.get(key) is flight:
            del self._flights[key]
        task = flight.task
        assert task is not None  # noqa: S101 # _start sets it
        if not task.done():
            task.cancel()
        elif not task.cancelled():
            # It was raised to every waiter; a vanished one must not make it "never retrieved".
            task.exception()
