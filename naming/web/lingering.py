"""Closing a connection whose client may still be sending, so that it gets to read the answer first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

LINGER_SECONDS: Final = 2.0
LINGER_BYTES: Final = 64 << 20
"""How long a client may go on sending once it has its answer, and how much: bytes that nobody reads would make the
kernel reset the connection, and the answer would be lost with it (RFC 9112, section 9.6)."""


class Lingering:
    """A transport as a request's handler sees it. `take_leave` is asked whether the client may still be sending."""

    def __init__(
        self,
        inner: Any,  # noqa: ANN401 # asyncio and uvloop have a class of their own each
        loop: asyncio.AbstractEventLoop,
        take_leave: Callable[[], bool],
    ) -> None:
        self._inner = inner
        self._loop = loop
        self._take_leave = take_leave
        self._leaving: asyncio.TimerHandle | None = None
        self._discarded = 0
        self.write = inner.write

    def is_closing(self) -> bool:
        """Tell whether nothing more should be written."""
        return self._leaving is not None or bool(self._inner.is_closing())

    def close(self) -> None:
        """Close once all is written and the client has gone, and at the latest after a while."""
        if self.is_closing():
            return
        self._leaving = self._loop.call_later(LINGER_SECONDS, self._inner.abort)
        if self._take_leave():
            self._inner.write_eof()
        else:
            self._inner.close()

    def discarded(self, size: int) -> None:
        """Count bytes that nobody reads."""
        self._discarded += size
        if self._discarded > LINGER_BYTES:
            self._inner.abort()

    def lost(self) -> None:
        """Note that the connection has ended."""
        if self._leaving is not None:
            self._leaving.cancel()
