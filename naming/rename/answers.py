"""What Claude said of each question of a run, on disk, so that equal prompts are asked once."""

from __future__ import annotations

from naming.names import TaskName
from naming.outcome import CannotName, Reason
from naming.rename.scratch import open_scratch

_SCHEMA = "CREATE TABLE answers (key TEXT PRIMARY KEY, name TEXT, display_name TEXT, reason TEXT) WITHOUT ROWID"


class Answers:
    """Answers by the digest of the question; no prompt is kept."""

    def __init__(self) -> None:
        self._scratch = open_scratch(_SCHEMA)

    def close(self) -> None:
        """Give the space back."""
        self._scratch.close()

    def find(self, key: str) -> TaskName | CannotName | None:
        """Find the answer to a question.

        A name, why there is none, or None when it was not asked yet.
        """
        row = self._scratch.execute(
            "SELECT name, display_name, reason FROM answers WHERE key = ?", [key]
        ).fetchone()
        if row is None:
            return None
        return TaskName(row[0], row[1]) if row[2] is None else CannotName(Reason(row[2]))

    def keep(self, key: str, answer: TaskName | CannotName) -> None:
        """Keep the answer to a question."""
        row = (*answer, None) if isinstance(answer, TaskName) else (None, None, answer.reason.value)
        self._scratch.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", [key, *row])
