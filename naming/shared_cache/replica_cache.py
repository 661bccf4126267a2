"""What replicas keep in common: names by the digest of their question, the pause, and who probes.

What is kept gives no prompt away, and others who reach the server can neither forge it nor make it
last: each value holds its own end, sealed, by the replicas' clocks.
"""

import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from naming.names import TaskName

if TYPE_CHECKING:
    from naming.shared_cache.redis_client import RedisClient

PREFIX: Final = "naming:2:"  # of every key; the number changes with what is kept

SEAL_BYTES: Final = 16
TIME_BYTES: Final = 8
MOST_BYTES: Final = 1024  # more than seal, time, and 32 and 64 characters of four bytes take


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


class StoreUnavailable(Exception):
    """The server gives no answer now; its argument tells what comes of a look, late or down."""


class Seal:
    """Digests and seals with a secret of replicas; `place` keeps the uses of one secret apart."""

    def __init__(self, secret: str, place: str) -> None:
        self._key = hmac.digest(secret.encode(), f"naming shared {place}".encode(), "sha256")

    def digest(self, what: str, text: str = "") -> str:
        """Digest `text`, so that nobody without the secret can even test a guess."""
        return self._code(f"digest {what}", text.encode()).hex()

    def close(self, about: str, body: bytes, ms: int) -> bytes:
        """Seal `body`, which is about `about` and about nothing else, for `ms` milliseconds."""
        timed = (_now_ms() + ms).to_bytes(TIME_BYTES) + body
        return self._code(f"seal {about}", timed) + timed

    def open(self, about: str, sealed: object) -> tuple[bytes, int] | None:
        """Give what was sealed and the milliseconds it lasts; None if it is over or not ours."""
        if not isinstance(sealed, bytes) or len(sealed) < SEAL_BYTES + TIME_BYTES:
            return None
        timed = sealed[SEAL_BYTES:]
        genuine = hmac.compare_digest(sealed[:SEAL_BYTES], self._code(f"seal {about}", timed))
        left_ms = int.from_bytes(timed[:TIME_BYTES]) - _now_ms()
        return (timed[TIME_BYTES:], left_ms) if genuine and left_ms > 0 else None

    def _code(self, purpose: str, body: bytes) -> bytes:
        key = hmac.digest(self._key, purpose.encode(), "sha256")  # each purpose has its own
        return hmac.digest(key, body, "sha256")[:SEAL_BYTES]


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


@dataclass
class ReplicaCache:
    """What the replicas with the same key and the same address for Claude have in common."""

    client: "RedisClient"
    seal: Seal
    looked: Callable[[SharedLookup], None]  # hears what came of each look
    cache_ms: int  # for which a name is kept
    probe_ms: int  # for which only one probes

    def __post_init__(self) -> None:
        """Work out the keys that are the same for every question."""
        self._pause_key = f"{PREFIX}pause:{self.seal.digest('pause')}"
        self._probe_key = f"{PREFIX}probe:{self.seal.digest('probe')}"

    async def look(self, question: str) -> SharedState:
        """Look for what others know about `question`."""
        key = self._name_key(question)
        try:
            # Never more than the longest value of ours, whatever somebody else has put there.
            name, pause = await self.client.ask(
                ("GETRANGE", key, 0, MOST_BYTES - 1), ("GETRANGE", self._pause_key, 0, 99)
            )
        except StoreUnavailable as unavailable:
            self.looked(*unavailable.args)
            return SharedState()
        sealed = self.seal.open(question, name) if self.cache_ms > 0 else None
        found = None if sealed is None else read_name(sealed[0])
        missing = SharedLookup.MISS if name == b"" else SharedLookup.UNUSABLE
        self.looked(SharedLookup.HIT if found else missing)
        if (paused := self.seal.open("pause", pause)) is None:
            return SharedState(found)
        ms, left_ms = int(paused[0]), paused[1]
        return SharedState(found, (ms / 1000, min(left_ms, ms) / 1000))

    def keep(self, question: str, name: TaskName) -> None:
        """Let others know the name for `question`, for as long as names are kept."""
        if self.cache_ms > 0:
            sealed = self.seal.close(question, write_name(name), self.cache_ms)
            self.client.send(("SET", self._name_key(question), sealed, "PX", self.cache_ms))

    def pause(self, seconds: float) -> None:
        """Let others know that calls are paused for `seconds`."""
        ms = max(1, int(seconds * 1000))
        sealed = self.seal.close("pause", str(ms).encode(), ms)
        self.client.send(("SET", self._pause_key, sealed, "PX", ms), ("DEL", self._probe_key))

    async def may_probe(self) -> bool:
        """Ask to be the one that tries; without a server each process decides for itself."""
        sealed = self.seal.close("probe", b"", self.probe_ms)
        try:
            first, held = await self.client.ask(
                ("SET", self._probe_key, sealed, "NX", "PX", self.probe_ms),
                ("GETRANGE", self._probe_key, 0, 99),
            )
        except StoreUnavailable:
            return True
        return first == b"OK" or self.seal.open("probe", held) is None

    def healed(self) -> None:
        """Let others know that calls work again."""
        self.client.send(("DEL", self._pause_key, self._probe_key))

    def _name_key(self, question: str) -> str:
        return f"{PREFIX}name:{self.seal.digest('name', question)}"


def write_name(name: TaskName) -> bytes:
    """Write both names, and the kind of work where it is known."""
    return json.dumps(name.parts, ensure_ascii=False).encode()


def read_name(body: bytes) -> TaskName | None:
    """Read what was written; None for anything but a lawful pair."""
    try:
        return TaskName(*json.loads(body))
    except (ValueError, TypeError, RecursionError, AttributeError):
        return None
