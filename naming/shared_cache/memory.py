"""The shared memory of replicas.

Names by the digest of their question, the pause, and who probes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from naming.claude.circuit import STANDING_PAUSE_SECONDS
from naming.claude.shared import Known, Look, Pause
from naming.shared_cache.line import Line, LineDown
from naming.shared_cache.sealing import MOST_BYTES, Seal, read_name, write_name

if TYPE_CHECKING:
    from naming.claude.watch import Watch
    from naming.names import TaskName

PREFIX: Final = "naming:1:"
"""Of every key; the number changes with what is kept."""


class SharedMemory:
    """What the replicas with the same key and the same address for Claude share, in the server at the end of `line`."""

    def __init__(
        self, line: Line, seal: Seal, watch: Watch, *, cache_seconds: float, probe_seconds: float
    ) -> None:
        self._line = line
        self._seal = seal
        self._watch = watch
        self._cache_ms = int(cache_seconds * 1000)
        self._probe_ms = int(probe_seconds * 1000)
        self._pause_key = f"{PREFIX}pause:{seal.digest('pause')}"
        self._probe_key = f"{PREFIX}probe:{seal.digest('probe')}"

    async def look(self, question: str) -> Known:
        """Look for what others know about `question`."""
        key = self._name_key(question)
        try:
            # Never more than the longest value of ours, whatever somebody else has put there.
            name, pause, left_ms = await self._line.ask(
                ("GETRANGE", key, 0, MOST_BYTES - 1),
                ("GETRANGE", self._pause_key, 0, 99),
                ("PTTL", self._pause_key),
            )
        except LineDown as down:
            self._watch.looked(Look.LATE if down.late else Look.DOWN)
            return Known()
        found = self._read_name(question, name)
        result = Look.HIT if found else Look.MISS if name == b"" else Look.UNUSABLE
        self._watch.looked(result)
        return Known(found, self._read_pause(pause, left_ms))

    def keep(self, question: str, name: TaskName) -> None:
        """Let others know the name for `question`, for as long as names are kept."""
        if self._cache_ms > 0:
            sealed = self._seal.close(question, write_name(name))
            self._line.say(("SET", self._name_key(question), sealed, "PX", self._cache_ms))

    def pause(self, seconds: float) -> None:
        """Let others know that calls are paused for `seconds`."""
        ms = max(1, int(seconds * 1000))
        body = self._seal.close("pause", str(ms).encode())
        self._line.say(("SET", self._pause_key, body, "PX", ms), ("DEL", self._probe_key))

    async def may_probe(self) -> bool:
        """Ask to be the one that tries; without a line each process decides for itself."""
        try:
            (first,) = await self._line.ask(
                ("SET", self._probe_key, b"1", "NX", "PX", self._probe_ms)
            )
        except LineDown:
            return True
        return first == b"OK"

    def healed(self) -> None:
        """Let others know that calls work again."""
        self._line.say(("DEL", self._pause_key, self._probe_key))

    def _name_key(self, question: str) -> str:
        return f"{PREFIX}name:{self._seal.digest('name', question)}"

    def _read_name(self, question: str, sealed: object) -> TaskName | None:
        body = self._seal.open(question, sealed) if self._cache_ms > 0 else None
        return None if body is None else read_name(body)

    def _read_pause(self, sealed: object, left_ms: object) -> Pause | None:
        body = self._seal.open("pause", sealed)
        if body is None or not isinstance(left_ms, int) or left_ms <= 0:
            return None
        left = min(left_ms / 1000, STANDING_PAUSE_SECONDS)
        return Pause(max(int(body) / 1000, left), left)
