"""Which changes a file of tasks can take: decided for all of them before a byte is written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from naming.rename.scratch import digest, open_scratch
from naming.rename.tasks import DELETED, GONE, TAKEN, Change, Fate, Names, Verdict, why_left

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from naming.rename.tasks import Task

_SCHEMA = """
CREATE TABLE changes (
  at INTEGER PRIMARY KEY, id TEXT UNIQUE, owner_id TEXT,
  name_before TEXT, display_before TEXT, name_after TEXT, display_after TEXT, raw_after TEXT,
  made INTEGER DEFAULT 0, why TEXT, key_before BLOB, key_after BLOB, met INTEGER DEFAULT 0
);
CREATE TABLE held (key BLOB PRIMARY KEY, tasks INTEGER) WITHOUT ROWID;
"""
_COLUMNS = "owner_id, name_before, display_before, name_after, display_after, raw_after"
_HOLD = "INSERT INTO held VALUES (?, 1) ON CONFLICT (key) DO UPDATE SET tasks = tasks + 1"
_MOVES = "FROM changes WHERE made AND key_before != key_after"
_SUM = "ON CONFLICT (key) DO UPDATE SET tasks = tasks + excluded.tasks"
_LET_GO = "UPDATE held SET tasks = tasks - 1 WHERE key = ?"


class MatchedTwice(Exception):
    """A file has two tasks of one id, so nobody knows which of them a change is meant for."""


class FileChanges:
    """Changes, at most one a task, matched with a file's tasks and then settled among themselves.

    The file is replaced in one step, so names only have to be unique at the end.
    """

    def __init__(self, changes: Iterable[Change], *, undo: bool) -> None:
        self._undo = undo
        self._scratch = open_scratch(_SCHEMA)
        for change in changes:
            self._add(change)

    def close(self) -> None:
        """Give the space back."""
        self._scratch.close()

    def _add(self, change: Change) -> None:
        raw = None if change.raw_after is None else json.dumps(dict(change.raw_after))
        self._scratch.execute(
            f"INSERT INTO changes (id, {_COLUMNS}, why) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [change.id, change.owner_id, *change.before, *change.after, raw, GONE],
        )

    def match(self, task: Task, *, deleted: bool) -> None:
        """Compare the change for `task`, if there is one, with the file. Raises MatchedTwice."""
        if not deleted:
            self._scratch.execute(_HOLD, [digest(task.owner_id, task.names.name.lower())])
        found = self._find(task.id)
        if found is None:
            return
        made, why, keys = False, None, [b"", b""]
        if deleted:
            why = DELETED
        elif task.names == found.before and found.before != found.after:
            made = True
            keys = [
                digest(task.owner_id, names.name.lower()) for names in (found.before, found.after)
            ]
        elif task.names != found.after:
            why = why_left(found, task.names)
        noted = self._scratch.execute(
            "UPDATE changes SET met = 1, made = ?, why = ?, key_before = ?, key_after = ?"
            " WHERE id = ? AND NOT met",
            [made, why, *keys, task.id],
        )
        if not noted.rowcount:
            raise MatchedTwice

    def settle(self) -> None:
        """Leave out the changes that would give an owner two tasks of one name."""
        self._scratch.execute(
            f"INSERT INTO held SELECT key_before, -count(*) {_MOVES} GROUP BY key_before {_SUM}"
        )
        # Names that were there twice before a plan was applied may be there twice again when it is
        # undone.
        more = "1" if self._undo else "count(*)"
        self._scratch.execute(
            f"INSERT INTO held SELECT key_after, {more} {_MOVES} GROUP BY key_after {_SUM}"
        )
        shared = f"SELECT DISTINCT key_after {_MOVES}"
        self._thin_out(
            self._scratch.execute(
                f"SELECT key FROM ({shared}) JOIN held ON key = key_after WHERE tasks > 1"
            ).fetchall()
        )

    def _thin_out(self, shared: list[tuple[bytes]]) -> None:
        """Leave out changes to names that too many tasks would have, and what follows from that."""
        if shared:
            self._scratch.execute("CREATE INDEX IF NOT EXISTS by_key ON changes (key_after)")
        while shared:
            (key,) = shared.pop()
            # The last of the plan first, until one task holds the name.
            rivals = self._scratch.execute(
                f"SELECT id {_MOVES} AND key_after = ? ORDER BY at DESC", [key]
            ).fetchall()
            for (id_,) in rivals:
                if self._holders(key) <= 1:
                    break
                shared += self._keep(id_, TAKEN, lets_go=not self._undo)
            if self._undo and rivals:
                self._scratch.execute(_LET_GO, [key])

    def _keep(self, id_: str, why: str, *, lets_go: bool) -> list[tuple[bytes]]:
        """Leave a change out; gives the old name's key, which its task goes on to hold."""
        before, after = self._scratch.execute(
            "SELECT key_before, key_after FROM changes WHERE id = ?", [id_]
        ).fetchone()
        self._scratch.execute("UPDATE changes SET made = 0, why = ? WHERE id = ?", [why, id_])
        if before == after:
            return []
        self._scratch.execute(_HOLD, [before])
        if lets_go:
            self._scratch.execute(_LET_GO, [after])
        return [(before,)]

    def leave_out(self, refused: Mapping[str, str]) -> None:
        """Leave out changes that cannot be made, and those to the names of their tasks."""
        for id_, why in refused.items():
            self._thin_out(self._keep(id_, why, lets_go=not self._undo))

    def _holders(self, key: bytes) -> int:
        found: tuple[int] = self._scratch.execute(
            "SELECT tasks FROM held WHERE key = ?", [key]
        ).fetchone()
        return found[0]

    def not_made(self) -> Iterator[Verdict]:
        """Tell of the changes that are not made: because they are already, or why."""
        rows = self._scratch.execute("SELECT id, why FROM changes WHERE NOT made ORDER BY at")
        for id_, why in rows:
            yield Verdict(id_, Fate.ALREADY) if why is None else Verdict(id_, Fate.LEFT, why)

    def any_made(self) -> bool:
        """Tell whether there is anything to write."""
        return (
            self._scratch.execute("SELECT 1 FROM changes WHERE made LIMIT 1").fetchone() is not None
        )

    def made(self) -> Iterator[Verdict]:
        """Tell of the changes that are made."""
        for (id_,) in self._scratch.execute("SELECT id FROM changes WHERE made ORDER BY at"):
            yield Verdict(id_, Fate.MADE)

    def change_of(self, id_: str) -> Change | None:
        """Give the change that is made to a task; None when there is none."""
        return self._find(id_, "AND made")

    def _find(self, id_: str, condition: str = "") -> Change | None:
        row = self._scratch.execute(
            f"SELECT {_COLUMNS} FROM changes WHERE id = ? {condition}", [id_]
        ).fetchone()
        if row is None:
            return None
        raw = None if row[5] is None else json.loads(row[5])
        return Change(id_, row[0], Names(row[1], row[2]), Names(row[3], row[4]), raw)
