"""Scratch space on disk.

What would not fit in memory at a million tasks, in an SQLite file that vanishes by itself.
"""

from __future__ import annotations

import hashlib
import sqlite3
from typing import Final

CACHE_KIB: Final = 8_192
"""Memory that SQLite may use for one scratch space; the rest is on disk."""


def open_scratch(schema: str) -> sqlite3.Connection:
    """Open an empty temporary database with the tables of `schema`.

    It is deleted when closed, or with the process.
    """
    scratch = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    for setting in (
        "journal_mode=OFF",
        "synchronous=OFF",
        "locking_mode=EXCLUSIVE",
        f"cache_size=-{CACHE_KIB}",
    ):
        scratch.execute(f"PRAGMA {setting}")
    scratch.executescript(schema)
    scratch.execute("BEGIN")  # never committed: nothing of it is to last
    return scratch


def digest(*parts: str | None) -> bytes:
    """Digest a few texts to 16 bytes; which text ends where, and None, makes a difference."""
    hashed = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = b"" if part is None else part.encode("utf-8", "surrogatepass")
        hashed.update(b"%d:" % (-1 if part is None else len(data)))
        hashed.update(data)
    return hashed.digest()


def full(error: sqlite3.OperationalError) -> str:
    """Say that the scratch space could not grow."""
    return f"the scratch space on disk cannot be used: {error} (TMPDIR says where it is)"
