"""The requests of one batch, packed under the limits of the API.

Only what differs between them is held in memory.
"""

from __future__ import annotations

import json
import random
import secrets
from typing import TYPE_CHECKING, Any, Final

from naming.claude.batch_client import Body
from naming.claude.instructions import fence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_REQUESTS: Final = 100_000
MOST_BYTES: Final = 256_000_000
"""What one batch may hold (platform.claude.com, "Batch processing", November 2026).

Of the two readings of 256 MB the smaller one."""

SPREAD: Final = 0.04
"""A full batch stays below a limit by up to this share, at random.

Two batches of one workspace then seldom have the same number of requests, which is all that the
list of batches tells of them before they end."""

SEPARATOR: Final = "_"
_START: Final = b'{"requests":['
_END: Final = b"]}"


def new_intent() -> str:
    """Make the name of one intent to create a batch; every request of it carries it."""
    return secrets.token_hex(8)


class Pack:
    """The requests of one batch."""

    def __init__(self, intent: str, frame: Mapping[str, Any]) -> None:
        self.intent = intent
        self._requests: list[bytes] = []
        self._rest = b"}]," + _dumped(frame)[1:] + b"}"
        self._length = len(_START) + len(_END)
        room = 1 - SPREAD * random.random()  # noqa: S311
        self._most_requests = max(1, int(MOST_REQUESTS * room))
        self._most_bytes = int(MOST_BYTES * room)

    def __len__(self) -> int:
        """Count the requests."""
        return len(self._requests)

    def add(self, key: str, text: str) -> bool:
        """Add the question about cleaned `text`; False when it does not fit any more."""
        custom_id = f"{self.intent}{SEPARATOR}{key}"
        message = {"role": "user", "content": fence(text)}
        request = b'{"custom_id":"%b","params":{"messages":[%b' % (
            custom_id.encode(),
            _dumped(message)[:-1],
        )
        length = len(request) + len(self._rest) + 1
        if self._requests and (
            len(self) >= self._most_requests or self._length + length > self._most_bytes
        ):
            return False
        self._requests.append(request)
        self._length += length
        return True

    def body(self) -> Body:
        """Give the body that creates the batch."""
        return Body(
            self._length - (1 if self._requests else 0), self._chunks
        )  # the last has no comma behind it

    def _chunks(self) -> Iterator[bytes]:
        yield _START
        for at, request in enumerate(self._requests):
            yield (b"," if at else b"") + request + self._rest
        yield _END


def _dumped(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
