"""Sealing.

What is kept in a shared place gives no prompt away and cannot be forged by others who reach that
place.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Final

from naming.names import TaskName

SEAL_BYTES: Final = 16
MOST_BYTES: Final = 1024
"""More than any sealed name takes.

32 and 64 characters in JSON, four bytes each at most, and the seal."""


class Seal:
    """Digests and seals with a secret that the replicas share.

    `place` keeps the uses of one secret apart.
    """

    def __init__(self, secret: str, place: str) -> None:
        self._key = hashlib.blake2b(secret.encode(), person=b"naming shared").digest()
        self._place = place.encode()

    def digest(self, what: str, text: str = "") -> str:
        """Digest `text`, so that nobody without the secret can even test a guess."""
        return self._mac(what.encode(), text.encode()).hex()

    def close(self, about: str, body: bytes) -> bytes:
        """Seal `body`, which is about `about` and about nothing else."""
        return self._mac(b"seal", about.encode(), body) + body

    def open(self, about: str, sealed: object) -> bytes | None:
        """Give what was sealed.

        None for anything that was not sealed with this secret about `about`.
        """
        if not isinstance(sealed, bytes) or len(sealed) < SEAL_BYTES:
            return None
        seal, body = sealed[:SEAL_BYTES], sealed[SEAL_BYTES:]
        return body if hmac.compare_digest(seal, self._mac(b"seal", about.encode(), body)) else None

    def _mac(self, *parts: bytes) -> bytes:
        digest = hashlib.blake2b(key=self._key, digest_size=SEAL_BYTES)
        for part in (self._place, *parts):
            digest.update(len(part).to_bytes(8))
            digest.update(part)
        return digest.digest()


def write_name(name: TaskName) -> bytes:
    """Write both names."""
    return json.dumps(list(name), ensure_ascii=False).encode()


def read_name(body: bytes) -> TaskName | None:
    """Read both names; None for anything but a lawful pair."""
    try:
        name, display_name = json.loads(body)
        return TaskName(name, display_name)
    except (ValueError, TypeError, RecursionError, AttributeError):
        return None
