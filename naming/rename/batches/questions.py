"""The questions of a run on disk: which are in flight, answered, or failed and how often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from naming.outcome import CannotName, Reason
from naming.rename.scratch import digest, open_scratch

TRIES: Final = 2
"""How often a question is asked that errors or expires."""

_SCHEMA = """
CREATE TABLE questions (key BLOB PRIMARY KEY, intent TEXT, text TEXT, reason TEXT) WITHOUT ROWID;
CREATE TABLE prompts (digest BLOB PRIMARY KEY, key BLOB) WITHOUT ROWID;
CREATE TABLE failures (key BLOB, intent TEXT, why TEXT, UNIQUE (key, intent));
"""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question without an answer; `why` says what became of it."""

    why: str


class Questions:
    """Questions by their key; no prompt is kept."""

    def __init__(self) -> None:
        self._scratch = open_scratch(_SCHEMA)

    def close(self) -> None:
        """Give the space back."""
        self._scratch.close()

    def may_be_due(self, prompt: str) -> bool:
        """Tell whether a prompt is to be read: it is new here, or its question is due."""
        found = self._scratch.execute(
            "SELECT key FROM prompts WHERE digest = ?", [digest(prompt)]
        ).fetchone()
        return found is None or (found[0] is not None and self.is_due(found[0].hex()))

    def remember(self, prompt: str, key: str | None) -> None:
        """Note the question that a prompt comes to; None when it holds nothing to name."""
        row = [digest(prompt), None if key is None else bytes.fromhex(key)]
        self._scratch.execute("INSERT OR REPLACE INTO prompts VALUES (?, ?)", row)

    def is_due(self, key: str) -> bool:
        """Tell whether a question is to be asked: not answered, in flight or failed too often."""
        row = self._row(key)
        if row is not None and any(value is not None for value in row):
            return False
        return len(self._failures(key)) < TRIES

    def sent(self, key: str, intent: str) -> None:
        """Note that a question is sent with an intent."""
        self._put(key, intent, None, None)

    def keep(self, key: str, text: str) -> None:
        """Keep the reply to a question."""
        self._put(key, None, text, None)

    def decline(self, key: str, reason: Reason) -> None:
        """Keep the reason why the reply to a question holds no name."""
        self._put(key, None, None, reason.value)

    def fail(self, key: str, intent: str, why: str) -> None:
        """Note that a question was not answered; of one intent that counts once."""
        self._scratch.execute(
            "INSERT OR IGNORE INTO failures VALUES (?, ?, ?)", [bytes.fromhex(key), intent, why]
        )
        self.free(key)

    def free(self, key: str) -> None:
        """Note that a question was not worked on, unless its answer is known."""
        self._scratch.execute(
            "UPDATE questions SET intent = NULL WHERE key = ?", [bytes.fromhex(key)]
        )

    def free_all(self, intent: str) -> None:
        """Note that none of an intent's questions were sent."""
        self._scratch.execute("UPDATE questions SET intent = NULL WHERE intent = ?", [intent])

    def reply(self, key: str) -> str | Unanswered:
        """Find the reply to a question. Raises CannotName for one that holds no name."""
        row = self._row(key)
        if row is not None and row[1] is not None:
            return row[1]
        if row is not None and row[2] is not None:
            raise CannotName(Reason(row[2]))
        failures = self._failures(key)
        return Unanswered(", then ".join(failures) if failures else "it was not asked")

    def _row(self, key: str) -> tuple[str | None, str | None, str | None] | None:
        found = self._scratch.execute(
            "SELECT intent, text, reason FROM questions WHERE key = ?", [bytes.fromhex(key)]
        ).fetchone()
        return None if found is None else (found[0], found[1], found[2])

    def _failures(self, key: str) -> list[str]:
        found = self._scratch.execute(
            "SELECT why FROM failures WHERE key = ? ORDER BY rowid", [bytes.fromhex(key)]
        )
        return [row[0] for row in found]

    def _put(self, key: str, intent: str | None, text: str | None, reason: str | None) -> None:
        row = [bytes.fromhex(key), intent, text, reason]
        self._scratch.execute("INSERT OR REPLACE INTO questions VALUES (?, ?, ?, ?)", row)
