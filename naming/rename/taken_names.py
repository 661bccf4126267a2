"""Which names each owner uses already, of all owners at once and in little memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from naming.names import LEGACY_PREFIX
from naming.rename.scratch import digest, open_scratch
from naming.uniqueness import with_number

if TYPE_CHECKING:
    from naming.names import TaskName

_SCHEMA = """
CREATE TABLE taken (name BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE numbers (name BLOB PRIMARY KEY, last INTEGER) WITHOUT ROWID;
"""


class TakenNames:
    """The names in use, by owner and in any case.

    Names only ever come to it, as none is given up before `apply`.
    """

    def __init__(self) -> None:
        self._scratch = open_scratch(_SCHEMA)

    def close(self) -> None:
        """Give the space back."""
        self._scratch.close()

    def add(self, owner_id: str | None, name: str) -> bool:
        """Take note that a name is in use; False when that was known."""
        lower = name.lower()
        if lower.startswith(LEGACY_PREFIX):  # no new name begins like this, so none can meet it
            return True
        return (
            self._scratch.execute(
                "INSERT OR IGNORE INTO taken VALUES (?)", [digest(owner_id, lower)]
            ).rowcount
            == 1
        )

    def claim(self, owner_id: str | None, wanted: TaskName, own_name: str) -> TaskName:
        """Take `wanted` for one of the owner's tasks, with the lowest number that sets it apart where one is needed.

        The name that the task has now, `own_name`, is no other task's.
        """
        if wanted.name == own_name.lower() or self.add(owner_id, wanted.name):
            return wanted
        base = digest(owner_id, wanted.name)
        found = self._scratch.execute("SELECT last FROM numbers WHERE name = ?", [base]).fetchone()
        number = found[0] if found else 1
        while True:
            number += 1
            apart = with_number(wanted, number)
            if apart.name == own_name.lower() or self.add(owner_id, apart.name):
                break
        # All lower numbers are taken for good: without this a million equal prompts would count to
        # a million each.
        self._scratch.execute("INSERT OR REPLACE INTO numbers VALUES (?, ?)", [base, number])
        return apart
