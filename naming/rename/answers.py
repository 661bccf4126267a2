"""What Claude said of each question of a run, on disk, so that equal prompts are asked once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from naming.claude.single_flight import SingleFlight
from naming.names import TaskName
from naming.outcome import CannotName, Reason
from naming.rename.scratch import open_scratch

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_SCHEMA = (
    "CREATE TABLE answers"
    " (key TEXT PRIMARY KEY, name TEXT, display_name TEXT, reason TEXT) WITHOUT ROWID"
)


class Answers:
    """Asks each question once, with `ask`; `key` digests it, and no prompt is kept."""

    def __init__(
        self, ask: Callable[[str], Awaitable[TaskName]], key: Callable[[str], str]
    ) -> None:
        self._ask = ask
        self._key = key
        self._scratch = open_scratch(_SCHEMA)
        self._flights: SingleFlight[TaskName] = SingleFlight()

    async def __call__(self, text: str) -> TaskName:
        """Find or ask for the name of cleaned `text`. Raises CannotName."""
        key = self._key(text)
        row = self._scratch.execute(
            "SELECT name, display_name, reason FROM answers WHERE key = ?", [key]
        ).fetchone()
        if row is None:
            return await self._flights.join(key, None, lambda _: self._ask_and_keep(key, text))
        name, display_name, reason = row
        if reason is not None:
            raise CannotName(Reason(reason))
        return TaskName(name, display_name)

    def close(self) -> None:
        """Give the space back."""
        self._scratch.close()

    async def _ask_and_keep(self, key: str, text: str) -> TaskName:
        try:
            name = await self._ask(text)
        except CannotName as declined:
            self._keep(key, None, None, declined.reason.value)
            raise
        self._keep(key, *name, None)
        return name

    def _keep(self, *row: str | None) -> None:
        self._scratch.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", row)
