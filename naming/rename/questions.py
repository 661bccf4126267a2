"""The questions of a run on disk: which are in flight, answered, or failed and how often."""

from __future__ import annotations

from typing import Final

from naming.outcome import CannotName, Reason
from naming.rename.scratch import Scratch

TRIES: Final = 2
"""How often a question is asked that errors or expires."""

_PUT: Final = """
INSERT INTO questions (key, intent, text, reason) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE
SET intent = excluded.intent, text = excluded.text, reason = excluded.reason
"""
_FAIL: Final = """
INSERT INTO questions (key, failed_in, failures, why) VALUES (?, ?, 1, ?) ON CONFLICT (key)
DO UPDATE SET intent = NULL, failed_in = excluded.failed_in, failures = failures + 1,
              why = ifnull(why || ', then ', '') || excluded.why
WHERE failed_in IS NOT excluded.failed_in
"""


class Questions(Scratch):
    """Questions by their key; no prompt is kept."""

    SCHEMA = """
    CREATE TABLE questions (key BLOB PRIMARY KEY, intent TEXT, text TEXT, reason TEXT,
                            failed_in TEXT, failures INTEGER DEFAULT 0, why TEXT) WITHOUT ROWID;
    """

    def is_due(self, key: str) -> bool:
        """Tell whether a question is to be asked: not answered, in flight or failed too often."""
        intent, text, reason, failures, _ = self._row(key)
        return intent is text is reason is None and failures < TRIES

    def sent(self, key: str, intent: str) -> None:
        """Note that a question is sent with an intent."""
        self._scratch.execute(_PUT, [bytes.fromhex(key), intent, None, None])

    def keep(self, key: str, text: str) -> None:
        """Keep the reply to a question."""
        self._scratch.execute(_PUT, [bytes.fromhex(key), None, text, None])

    def decline(self, key: str, reason: Reason) -> None:
        """Keep the reason why the reply to a question holds no name."""
        self._scratch.execute(_PUT, [bytes.fromhex(key), None, None, reason.value])

    def fail(self, key: str, intent: str, why: str) -> None:
        """Note that a question was not answered; of one intent that counts once."""
        self._scratch.execute(_FAIL, [bytes.fromhex(key), intent, why])

    def free(self, key: str) -> None:
        """Note that a question was not worked on, unless its answer is known."""
        self._scratch.execute(
            "UPDATE questions SET intent = NULL WHERE key = ?", [bytes.fromhex(key)]
        )

    def free_all(self, intent: str) -> None:
        """Note that none of an intent's questions were sent."""
        self._scratch.execute("UPDATE questions SET intent = NULL WHERE intent = ?", [intent])

    def reply(self, key: str) -> str | None:
        """Find what was kept of the reply to a question. Raises CannotName where it holds none."""
        _, text, reason, _, _ = self._row(key)
        if reason is not None:
            raise CannotName(Reason(reason))
        return text

    def why_none(self, key: str) -> str:
        """Tell why a question has no reply."""
        return self._row(key)[-1] or "it was not asked"

    def _row(self, key: str) -> tuple[str | None, str | None, str | None, int, str | None]:
        found = self._scratch.execute(
            "SELECT intent, text, reason, failures, why FROM questions WHERE key = ?",
            [bytes.fromhex(key)],
        ).fetchone()
        return (None, None, None, 0, None) if found is None else found
