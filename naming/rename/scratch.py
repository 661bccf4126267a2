"""Scratch tables in a temporary SQLite file, for what does not fit in memory."""

import hashlib
import sqlite3
from typing import ClassVar, Final

from naming.outcome import CannotName, Reason

CACHE_KIB: Final = 8_192  # memory that SQLite may use for one scratch space; the rest is on disk


class Scratch:
    """Empty tables in a temporary database, which is deleted when closed."""

    SCHEMA: ClassVar[str]

    def __init__(self) -> None:
        self._scratch = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._scratch.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;"
            f"PRAGMA cache_size=-{CACHE_KIB}; {self.SCHEMA}"
        )
        self._scratch.execute("BEGIN")  # never committed: nothing of it is to last

    def close(self) -> None:
        """Give the space back."""
        self._scratch.close()


def digest(*parts: str | None) -> bytes:
    """Digest a few texts to 16 bytes; which text ends where, and None, makes a difference."""
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).digest()


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


TRIES: Final = 2  # how often a question is asked that errors or expires

_KEEP: Final = """
INSERT INTO questions (key, text, reason) VALUES (?, ?, ?)
ON CONFLICT (key) DO UPDATE SET text = excluded.text, reason = excluded.reason
"""
_FAIL: Final = """
INSERT INTO questions (key, failed_in, failures, why) VALUES (?, ?, 1, ?) ON CONFLICT (key)
DO UPDATE SET failed_in = excluded.failed_in, failures = failures + 1,
              why = ifnull(why || ', then ', '') || excluded.why
WHERE failed_in IS NOT excluded.failed_in
"""


class Questions(Scratch):
    """A run's questions by key, without prompts: answered, or failed and how often."""

    SCHEMA = """
    CREATE TABLE questions (key TEXT PRIMARY KEY, text TEXT, reason TEXT,
                            failed_in TEXT, failures INTEGER DEFAULT 0, why TEXT) WITHOUT ROWID;
    """

    def is_due(self, key: str) -> bool:
        """Tell whether a question is to be asked: neither answered nor failed too often."""
        text, reason, failures, _ = self._row(key)
        return text is reason is None and failures < TRIES

    def keep(self, key: str, text: str | None, reason: Reason | None = None) -> None:
        """Keep the reply to a question, or the reason why it holds no name."""
        self._scratch.execute(_KEEP, [key, text, reason])

    def fail(self, key: str, intent: str, why: str) -> None:
        """Note that a question was not answered; of one intent that counts once."""
        self._scratch.execute(_FAIL, [key, intent, why])

    def reply(self, key: str) -> str | None:
        """Find what was kept of the reply to a question. Raises CannotName where it holds none."""
        text, reason, _, _ = self._row(key)
        if reason is not None:
            raise CannotName(Reason(reason))
        return text

    def why_none(self, key: str) -> str:
        """Tell why a question has no reply."""
        return self._row(key)[-1] or "it was not asked"

    def _row(self, key: str) -> tuple[str | None, str | None, int, str | None]:
        query = "SELECT text, reason, failures, why FROM questions WHERE key = ?"
        return self._scratch.execute(query, [key]).fetchone() or (None, None, 0, None)
