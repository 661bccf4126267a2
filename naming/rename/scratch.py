"""Scratch tables in a temporary SQLite file, for what does not fit in memory."""

from __future__ import annotations

import hashlib
import sqlite3
from typing import ClassVar, Final

CACHE_KIB: Final = 8_192
"""Memory that SQLite may use for one scratch space; the rest is on disk."""


class Scratch:
    """Empty tables in a temporary database, which is deleted when closed."""

    SCHEMA: ClassVar[str]

    def __init__(self) -> None:
        self._scratch = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for setting in (
            "journal_mode=OFF",
            "synchronous=OFF",
            "locking_mode=EXCLUSIVE",
            f"cache_size=-{CACHE_KIB}",
        ):
            self._scratch.execute(f"PRAGMA {setting}")
        self._scratch.executescript(self.SCHEMA)
        self._scratch.execute("BEGIN")  # never committed: nothing of it is to last

    def close(self) -> None:
        """Give the space back."""
        self._scratch.close()


def digest(*parts: str | None) -> bytes:
    """Digest a few texts to 16 bytes; which text ends where, and None, makes a difference."""
    hashed = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = b"" if part is None else part.encode("utf-8", "surrogatepass")
        hashed.update(b"%d:" % (-1 if part is None else len(data)))
        hashed.update(data)
    return hashed.digest()


class DigestSet(Scratch):
    """Texts that were seen, kept on disk as digests."""

    SCHEMA = "CREATE TABLE seen (digest BLOB PRIMARY KEY) WITHOUT ROWID;"

    def add(self, *texts: str) -> bool:
        """Add a text, or a few as one; False when it was there before."""
        added = self._scratch.execute("INSERT OR IGNORE INTO seen VALUES (?)", [digest(*texts)])
        return added.rowcount == 1

    def holds(self, *texts: str) -> bool:
        """Tell whether a text, or a few as one, were added."""
        found = self._scratch.execute("SELECT 1 FROM seen WHERE digest = ?", [digest(*texts)])
        return found.fetchone() is not None
