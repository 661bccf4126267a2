"""The line to Valkey or Redis: one connection that nobody waits for.

The only room that knows their client.

Commands of all who ask at the same time travel together, and only the line's own task touches the
connection, so a caller that leaves can never receive another's reply. While the line is down, or
has been too slow lately, whoever asks hears so at once; the line mends itself in the background,
and no request is used to try it.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import deque
from typing import TYPE_CHECKING, Final, TypeAlias

from redis.asyncio import ConnectionPool
from redis.exceptions import RedisError, ResponseError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from redis.asyncio.connection import AbstractConnection

BUDGET_SECONDS: Final = 0.005
"""How long an answer may wait for the line."""

LATE_TO_CLOSE: Final = 5
"""Replies in a row that came after the budget: then the line counts as down."""

TRIES_TO_OPEN: Final = 3
"""Pings in a row that must be answered within the budget before the line counts as up."""

CONNECT_SECONDS: Final = 2.0
REPLY_SECONDS: Final = 0.25
"""How long the line itself waits for the replies to a batch: far longer than any caller does."""

FIRST_PAUSE_SECONDS: Final = 0.5
LONGEST_PAUSE_SECONDS: Final = 10.0
"""The pause before connecting again, doubled at each failure."""

IDLE_SECONDS: Final = 20.0
"""How long the line may be silent: servers and firewalls cut those that are silent for minutes."""

MOST_WAITING: Final = 1000
MOST_AT_ONCE: Final = 100
"""Groups of commands that may wait for the line, and that travel together."""

Command: TypeAlias = "tuple[str | bytes | int, ...]"
_Group: TypeAlias = "tuple[Sequence[Command], asyncio.Future[list[object]] | None]"


class LineDown(Exception):
    """There is no line now; `late` tells that this is because of this very question."""

    def __init__(self, *, late: bool = False) -> None:
        super().__init__()
        self.late = late


class Line:
    """A connection to the server at `url`, kept by a task of its own from `open` to `close`."""

    def __init__(self, url: str, tell: Callable[[bool], None]) -> None:
        self._pool: ConnectionPool = ConnectionPool.from_url(
            url,
            protocol=2,
            driver_info=None,
            socket_timeout=None,  # ours are shorter; theirs may swallow a cancellation with Python 3.11's `wait_for`
        )
        self._tell = tell
        self._up = False
        self._late = 0
        self._waiting: deque[_Group] = deque()
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def is_up(self) -> bool:
        """Tell whether it is worth asking."""
        return self._up

    def open(self) -> None:
        """Begin to keep the line; at first it is down."""
        self._task = asyncio.create_task(self._keep())

    async def close(self) -> None:
        """Hang up; what has not been sent is dropped."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def ask(self, *commands: Command) -> list[object]:
        """Send commands and wait for their replies, within the budget; an error reply is None.

        Raises LineDown.
        """
        if not self._up or self._late >= LATE_TO_CLOSE or len(self._waiting) >= MOST_WAITING:
            raise LineDown
        replies: asyncio.Future[list[object]] = asyncio.get_running_loop().create_future()
        self._waiting.append((commands, replies))
        self._wake.set()
        try:
            async with asyncio.timeout(BUDGET_SECONDS):
                answered = await replies
        except TimeoutError as error:
            self._late += 1
            raise LineDown(late=True) from error
        self._late = 0
        return answered

    def say(self, *commands: Command) -> None:
        """Send commands whose replies nobody needs, if there is a line."""
        if self._up and len(self._waiting) < MOST_WAITING:
            self._waiting.append((commands, None))
            self._wake.set()

    async def _keep(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while True:
            connection = self._pool.make_connection()  # type: ignore[no-untyped-call]
            try:
                async with asyncio.timeout(CONNECT_SECONDS):
                    await connection.connect()
                await self._try(connection)
                pause = FIRST_PAUSE_SECONDS
                self._late = 0
                self._turn(up=True)
                await self._serve(connection)
            except (RedisError, OSError, EOFError, ValueError, RecursionError, MemoryError):
                pass  # whatever is at the other end, we try again later
            finally:
                await _hang_up(connection)
            self._turn(up=False)  # not when we hang up ourselves: that is no trouble
            await asyncio.sleep(pause * random.uniform(0.75, 1.25))  # noqa: S311 # so that replicas do not come as one
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    async def _try(self, connection: AbstractConnection) -> None:
        for _ in range(TRIES_TO_OPEN):
            (pong,) = await _exchange(connection, [("PING",)], BUDGET_SECONDS)
            if pong != b"PONG":
                raise ValueError("this is no server of ours")

    async def _serve(self, connection: AbstractConnection) -> None:
        while self._late < LATE_TO_CLOSE:
            try:
                async with asyncio.timeout(IDLE_SECONDS):
                    await self._wake.wait()
            except TimeoutError:
                await _exchange(connection, [("PING",)], REPLY_SECONDS)
                continue
            groups = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_AT_ONCE))]
            if not self._waiting:
                self._wake.clear()
            replies = await _exchange(
                connection, [each for group, _ in groups for each in group], REPLY_SECONDS
            )
            for group, future in groups:
                mine, replies = replies[: len(group)], replies[len(group) :]
                if future is not None and not future.done():
                    future.set_result(mine)

    def _turn(self, *, up: bool) -> None:
        if up is not self._up:
            self._up = up
            self._tell(up)
        if not up:
            for _, future in self._waiting:
                if future is not None and not future.done():
                    future.set_exception(LineDown(late=True))
            self._waiting.clear()
            self._wake.clear()


async def _exchange(
    connection: AbstractConnection, commands: Sequence[Command], seconds: float
) -> list[object]:
    async with asyncio.timeout(seconds):
        await connection.send_packed_command(connection.pack_commands(commands))
        return [await _reply(connection.read_response(disable_decoding=True)) for _ in commands]


async def _reply(coming: Awaitable[object]) -> object:
    try:
        return await coming
    except ResponseError:  # such as for a key that holds something else
        return None


async def _hang_up(connection: AbstractConnection) -> None:
    with contextlib.suppress(RedisError, OSError):
        async with asyncio.timeout(BUDGET_SECONDS):
            await connection.disconnect(nowait=True)
