"""Which changes a file of tasks can take: decided for all of them before a byte is written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from naming.rename.scratch import Scratch, digest
from naming.rename.tasks import Change, Fate, Names, Verdict, Why

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from naming.rename.tasks import Task

_BY_KEY = "CREATE INDEX by_key ON changes (key_after, at) WHERE moves"
_ONTO_OTHERS = """SELECT at, key_before FROM changes AS c WHERE moves AND (
  key_after IN (SELECT key FROM stays) OR (:one AND EXISTS (
    SELECT 1 FROM changes AS o WHERE o.moves AND o.key_after = c.key_after AND o.at < c.at)))"""


class FileChanges(Scratch):
    """Changes, at most one a task, matched with a file's tasks and then settled among themselves.

    The file is replaced in one step, so names only have to be unique at the end.
    """

    SCHEMA = """
    CREATE TABLE changes (
      at INTEGER PRIMARY KEY, id TEXT UNIQUE, change TEXT, why TEXT, met INTEGER DEFAULT 0,
      made INTEGER DEFAULT 0, moves INTEGER DEFAULT 0, key_before BLOB, key_after BLOB
    );
    CREATE TABLE stays (key BLOB PRIMARY KEY) WITHOUT ROWID;
    """

    def __init__(self, changes: Iterable[Change], *, undo: bool) -> None:
        super().__init__()
        self._undo = undo
        rows = (
            [change.id, json.dumps([change.owner_id, change.before, change.after, raw]), Why.GONE]
            for change in changes
            for raw in [change.raw_after and dict(change.raw_after)]
        )
        self._scratch.executemany("INSERT INTO changes (id, change, why) VALUES (?, ?, ?)", rows)

    def match(self, task: Task) -> bool:
        """Compare the change for `task`, if there is one, with the file.

        False where there was a task of that id before: nobody knows which of them was meant.
        """
        change, key = self._find(task.id), digest(task.owner_id, task.names.name.lower())
        why = "" if change is None else change.why_not(task.names, is_deleted=task.is_deleted)
        made, new_key = why is None, key
        if change is not None and made:
            new_key = digest(task.owner_id, change.after.name.lower())
        if not task.is_deleted and new_key == key:
            self._stay(key)
        return (
            change is None
            or self._scratch.execute(
                "UPDATE changes SET met = 1, made = ?, why = ?, moves = ?, key_before = ?,"
                " key_after = ? WHERE id = ? AND NOT met",
                [made, why, new_key != key, key, new_key, task.id],
            ).rowcount
            == 1
        )

    def _stay(self, key: bytes) -> None:
        self._scratch.execute("INSERT OR IGNORE INTO stays VALUES (?)", [key])

    def settle(self) -> None:
        """Leave out the changes that would give an owner two tasks of one name.

        Of several to one name the first gets it. Names that were there twice before a plan was
        applied may be there twice again when it is undone.
        """
        self._scratch.execute(_BY_KEY)
        self._leave(self._scratch.execute(_ONTO_OTHERS, {"one": not self._undo}).fetchall())

    def leave_out(self, refused: Mapping[str, str]) -> None:
        """Leave out changes that cannot be made, and those to the names of their tasks."""
        for id_, why in refused.items():
            query = "SELECT at, key_before FROM changes WHERE id = ?"
            self._leave(self._scratch.execute(query, [id_]).fetchall())
            self._scratch.execute("UPDATE changes SET why = ? WHERE id = ?", [why, id_])

    def _leave(self, left: list[tuple[int, bytes]]) -> None:
        while left:
            at, key = left.pop()
            self._scratch.execute(
                "UPDATE changes SET made = 0, moves = 0, why = ? WHERE at = ?", [Why.TAKEN, at]
            )
            self._stay(key)
            left += self._scratch.execute(
                "SELECT at, key_before FROM changes WHERE moves AND key_after = ?", [key]
            )

    def count_made(self) -> int:
        """Count the changes that are made."""
        count: tuple[int] = self._scratch.execute("SELECT sum(made) FROM changes").fetchone()
        return count[0] or 0

    def verdicts(self) -> Iterator[Verdict]:
        """Tell what becomes of each change."""
        for id_, made, why in self._scratch.execute("SELECT id, made, why FROM changes"):
            fate = Fate.MADE if made else Fate.LEFT if why else Fate.ALREADY
            yield Verdict(id_, fate, why or "")

    def change_of(self, id_: str) -> Change | None:
        """Give the change that is made to a task; None when there is none."""
        return self._find(id_, "AND made")

    def _find(self, id_: str, condition: str = "") -> Change | None:
        query = f"SELECT change FROM changes WHERE id = ? {condition}"
        row = self._scratch.execute(query, [id_]).fetchone()
        if row is None:
            return None
        owner_id, before, after, raw = json.loads(row[0])
        return Change(id_, owner_id, Names(*before), Names(*after), raw)
