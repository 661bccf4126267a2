"""Which changes the tasks of a file can take, decided before it is replaced or committed."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import msgspec

from naming.rename.scratch import Scratch, digest
from naming.rename.tasks import LATER, Change, Task, Verdict, Why

_HOLD = """INSERT INTO held VALUES (?, ?)
ON CONFLICT (name) DO UPDATE SET tasks = tasks + excluded.tasks"""

_CHANGE: Final = msgspec.json.Decoder(Change)


class FileChanges(Scratch):
    """Changes, at most one a task, matched with a file's tasks and settled among themselves."""

    SCHEMA = """
    CREATE TABLE changes (at INTEGER PRIMARY KEY, id TEXT UNIQUE, change BLOB, why TEXT, key,
                          met INTEGER DEFAULT 0, fits INTEGER DEFAULT 0);
    CREATE TABLE held (name BLOB PRIMARY KEY, tasks INTEGER) WITHOUT ROWID;
    """

    def __init__(self, changes: Iterable[Change], *, undo: bool) -> None:
        super().__init__()
        self._undo = undo
        rows = ([each.id, msgspec.json.encode(each), Why.GONE] for each in changes)
        self._scratch.executemany("INSERT INTO changes (id, change, why) VALUES (?, ?, ?)", rows)

    def match(self, task: Task, key: object = None) -> bool:
        """Compare a task, of a `key` there, with its change; False for a second one of its id."""
        change, name = self.change_of(task.id, "true"), task.names.name
        is_back = self._undo and change is not None and name.lower() == change.after.name.lower()
        if not task.is_deleted and not is_back:
            self._hold(task.owner_id, name, 1)
        if change is None:
            return True
        why = change.why_not(task.names, is_deleted=task.is_deleted)
        query = "UPDATE changes SET met = 1, fits = ?, why = ?, key = ? WHERE id = ? AND NOT met"
        return self._scratch.execute(query, [why is None, why, key, task.id]).rowcount == 1

    def settle(self, write: Callable[[Any, Change], str | None]) -> bool:
        """Make what fits with `write`, which may tell why not, again while any gives a name up.

        Tells whether any change is made.
        """
        before, left = -1, self._count("fits")
        while left not in {0, before}:
            found = self._scratch.execute("SELECT id, key, change FROM changes WHERE fits")
            for id_, key, encoded in found:
                change = _CHANGE.decode(encoded)
                is_free = change.is_same_name or not self._is_held(change)
                why = write(key, change) if is_free else Why.TAKEN
                if why is None and not change.is_same_name:
                    self._hold(change.owner_id, change.before.name, -1)
                    if not self._undo:
                        self._hold(change.owner_id, change.after.name, 1)
                query = "UPDATE changes SET fits = ?, why = ? WHERE id = ?"
                self._scratch.execute(query, [why in LATER, why, id_])
            before, left = left, self._count("fits")
        return self._count("why IS NULL") > 0

    def _is_held(self, change: Change) -> bool:
        query = "SELECT 1 FROM held WHERE name = ? AND tasks > 0"
        name = digest(change.owner_id, change.after.name.lower())
        return self._scratch.execute(query, [name]).fetchone() is not None

    def _hold(self, owner_id: str | None, name: str, tasks: int) -> None:
        self._scratch.execute(_HOLD, [digest(owner_id, name.lower()), tasks])

    def _count(self, which: str) -> int:
        query = f"SELECT count(*) FROM changes WHERE {which}"
        return int(self._scratch.execute(query).fetchone()[0])

    def verdicts(self) -> Iterator[Verdict]:
        """Tell what becomes of each change."""
        yield from map(Verdict._make, self._scratch.execute("SELECT id, why FROM changes"))

    def change_of(self, id_: str, condition: str = "why IS NULL") -> Change | None:
        """Give the change of a task under a `condition`, that it is made; None for none."""
        query = f"SELECT change FROM changes WHERE id = ? AND {condition}"
        row = self._scratch.execute(query, [id_]).fetchone()
        return row and _CHANGE.decode(row[0])
