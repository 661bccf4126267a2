"""The client for Valkey or Redis: one connection that nobody waits for.

The only module that knows redis-py. Commands of all who ask at the same time travel together, and
only the client's own task touches the connection, so a caller that leaves can never receive
another's reply. While the server is away, or has been too slow lately, whoever asks hears so at
once; the task connects again in the background, and no request is used to try it.
"""

# redis-py's own pool and pipelines were measured: a look costs them 70 to 86 µs of processor time
# where this costs 21 to 40. Of 200 looks at once 69 to 89 in 100 miss the 5 ms there, none here; of
# 64 it is 14 to 48 there and 59 here, as five late replies in a row close this for a while. Whether
# the server is worth asking, and commands whose replies nobody waits for, would still be ours.

import asyncio
import contextlib
import random
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from redis.asyncio.connection import AbstractConnection, ConnectionPool
from redis.exceptions import RedisError, ResponseError

from naming.shared_cache.replica_cache import SharedLookup, StoreUnavailable

BUDGET_SECONDS: Final = 0.005  # how long an answer may wait for the server
LATE_TO_CLOSE: Final = 5  # replies in a row beyond it: then the server counts as away
TRIES_TO_OPEN: Final = 3  # pings in a row within it, before the server is asked anything

CONNECT_SECONDS: Final = 2.0
REPLY_SECONDS: Final = 0.25  # how long the task waits for replies: far longer than any caller
IDLE_SECONDS: Final = 20.0  # of silence; servers and firewalls cut connections silent for minutes

FIRST_PAUSE_SECONDS: Final = 0.5
LONGEST_PAUSE_SECONDS: Final = 10.0  # the pause before connecting again, doubled at each failure

MOST_WAITING: Final = 1000
MOST_AT_ONCE: Final = 100  # groups of commands that may wait to be sent, and that travel together

Command: TypeAlias = tuple[str | bytes | int, ...]
_Group: TypeAlias = tuple[Sequence[Command], asyncio.Future[list[object]]]

_PING: Final = [("PING",)]


class RedisClient:
    """A connection kept by a task of its own until `close`; until it stands nothing is asked."""

    def __init__(self, url: str, on_change: Callable[[bool], None]) -> None:
        self._pool: ConnectionPool = ConnectionPool.from_url(
            url,
            protocol=2,
            driver_info=None,
            # Ours are shorter; theirs may swallow a cancellation with Python 3.11's `wait_for`.
            socket_timeout=None,
        )
        self._on_change = on_change
        self.is_available = False
        self._late = 0
        self._waiting: asyncio.Queue[_Group] = asyncio.Queue(MOST_WAITING)
        self._task = asyncio.create_task(self._keep_connected())

    async def close(self) -> None:
        """Disconnect; what has not been sent is dropped."""
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task

    async def ask(self, *commands: Command) -> list[object]:
        """Send commands and wait for replies, None for an error. Raises StoreUnavailable."""
        replies = self.send(*commands) if self._late < LATE_TO_CLOSE else None
        if replies is None:
            raise StoreUnavailable(SharedLookup.DOWN)
        try:
            async with asyncio.timeout(BUDGET_SECONDS):
                answered = await replies
        except TimeoutError as error:
            self._late += 1
            raise StoreUnavailable(SharedLookup.LATE) from error
        self._late = 0
        return answered

    def send(self, *commands: Command) -> asyncio.Future[list[object]] | None:
        """Send commands if the server is there; the replies may be waited for, or not."""
        replies: asyncio.Future[list[object]] = asyncio.get_running_loop().create_future()
        if not self.is_available or self._waiting.full():
            return None
        self._waiting.put_nowait((commands, replies))
        return replies

    async def _keep_connected(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while True:
            connection = self._pool.make_connection()  # type: ignore[no-untyped-call]
            try:
                async with asyncio.timeout(CONNECT_SECONDS):
                    await connection.connect()
                for _ in range(TRIES_TO_OPEN):
                    if await _exchange(connection, _PING, BUDGET_SECONDS) != [b"PONG"]:
                        raise ValueError("this is no server of ours")  # noqa: TRY301 # as below
                pause = FIRST_PAUSE_SECONDS
                self._late = 0
                self.is_available = True
                self._on_change(self.is_available)
                await self._serve(connection)
            except (RedisError, OSError, EOFError, ValueError, RecursionError, MemoryError):
                pass  # whatever is at the other end, we try again later
            finally:
                with contextlib.suppress(RedisError, OSError):
                    async with asyncio.timeout(BUDGET_SECONDS):
                        await connection.disconnect()
            if self.is_available:  # we do not come here by disconnecting: that is no trouble
                self.is_available = False
                self._on_change(self.is_available)
                self._waiting = asyncio.Queue(MOST_WAITING)  # what is old is not sent later
            # Varied, so that replicas do not come as one.
            await asyncio.sleep(pause * random.uniform(0.75, 1.25))  # noqa: S311 # no secret
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    async def _serve(self, connection: AbstractConnection) -> None:
        while self._late < LATE_TO_CLOSE:
            try:
                async with asyncio.timeout(IDLE_SECONDS):
                    groups = [await self._waiting.get()]
            except TimeoutError:
                await _exchange(connection, _PING, REPLY_SECONDS)
                continue
            while len(groups) < MOST_AT_ONCE and not self._waiting.empty():
                groups.append(self._waiting.get_nowait())
            commands = [each for group, _ in groups for each in group]
            replies = iter(await _exchange(connection, commands, REPLY_SECONDS))
            for group, future in groups:
                mine = [next(replies) for _ in group]
                if not future.done():
                    future.set_result(mine)


async def _exchange(
    connection: AbstractConnection, commands: Sequence[Command], seconds: float
) -> list[object]:
    async with asyncio.timeout(seconds):
        await connection.send_packed_command(connection.pack_commands(commands))
        replies: list[object] = [None] * len(commands)
        for at in range(len(commands)):
            with contextlib.suppress(ResponseError):  # such as for a key that holds something else
                replies[at] = await connection.read_response(disable_decoding=True)
        return replies
