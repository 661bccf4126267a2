"""Planning: each selected task gets its names, in order, and a line of the plan."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from naming.names import LEGACY_PREFIX, MAX_NAME_LENGTH
from naming.outcome import Outcome, Reason, Source
from naming.rename.good_names import good_name, is_cut, is_legacy, name_from_old_words
from naming.rename.plan_file import PlanRow
from naming.rename.scratch import digest, open_scratch
from naming.rename.tasks import ANYWHERE, Room, owner_scope
from naming.uniqueness import shortened, with_number
from naming.validation.trim import shorten

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence

    from naming.names import TaskName
    from naming.rename.namers import NameTask
    from naming.rename.plan_file import PlanSettings
    from naming.rename.plan_writer import PlannedSoFar, PlanWriter
    from naming.rename.source import TaskSource
    from naming.rename.tasks import Selection, Task

T = TypeVar("T")

TASKS_A_READ: Final = 256

MOST_CHARACTERS: Final = 8_000_000
"""Of the prompts of the tasks under way together, so that long ones do not fill the memory."""


CUT_TITLES: Final = "cut-titles"
"""Only tasks whose title is empty, or the beginning of their prompt, cut."""

NOTHING: Final = "neither its prompt nor its old names hold a word to name it by"


class LeftOver(Exception):
    """One task is left as it is; the message says why."""


class Left(NamedTuple):
    """A task that the plan leaves out, and why."""

    id: str
    why: str


class Planner:
    """Makes one plan of the selected tasks. `resume` comes first, then `survey` and `carry_on`."""

    def __init__(
        self, source: TaskSource, selection: Selection, asked: PlanSettings, writer: PlanWriter
    ) -> None:
        self._source = source
        self._selection = selection
        self._asked = asked
        self._writer = writer
        self._taken = TakenNames()
        self._room = Room()
        self.skipped: Counter[str] = Counter()
        """How many rows of the source were not picked, by the reason."""

    def close(self) -> None:
        """Give the scratch space back."""
        self._taken.close()

    def survey(self) -> int:
        """Read the names in use, begin the plan, and count the tasks to be renamed in all."""
        selection, found = self._selection, 0
        in_any_case = selection.in_any_case()
        self._room = self._source.room()
        if (where := self._asked.taken_from) is not None:
            for scope, name in self._source.taken(where):
                self._taken.add(scope, name)
        for row in self._source.listed():
            if not selection.owns(row.owner_id):
                continue
            for scope in row.scopes:
                self._taken.add(scope, row.names.name)
            if row.is_deleted:
                self.skipped["deleted"] += 1
            elif selection.matches(row.names):
                found += 1
            elif in_any_case.matches(row.names):
                self.skipped["matched but for upper and lower case"] += 1
            else:
                self.skipped["not matched"] += 1
        self._writer.begin()
        return found if self._asked.limit is None else min(found, self._asked.limit)

    def resume(self) -> PlannedSoFar:
        """Find what the plan file holds already."""
        return self._writer.resume(self._take_note)

    def _take_note(self, row: PlanRow) -> None:
        self._taken.add(owner_scope(row.owner_id), row.new_name)
        self._taken.add(ANYWHERE, row.new_name)  # a plan does not tell what else it has to mind

    def pending(self, found: PlannedSoFar) -> Iterator[Task]:
        """Give the tasks after those that were found, without those whose own words are kept."""
        return (task for task in self._behind(found) if self._kept(task) is None)

    def _kept(self, task: Task) -> TaskName | None:
        return good_name(task) if self._asked.keep_good else None

    def _behind(self, found: PlannedSoFar) -> Iterator[Task]:
        return chosen(self._source, self._selection, self._asked, found)

    async def carry_on(
        self, found: PlannedSoFar, name_task: NameTask, ahead: int
    ) -> AsyncIterator[PlanRow | Left]:
        """Name the remaining tasks, up to `ahead` at a time; each row is written and given."""

        async def name(task: Task) -> Outcome | Left:
            if (kept := self._kept(task)) is not None:
                return Outcome(kept, Source.PROMPT, Reason.NOT_ASKED)
            try:
                named = await name_task(task.prompt)
            except LeftOver as left:
                return Left(task.id, str(left))
            if isinstance(named, Outcome) and not is_legacy(named.task_name.name):
                return named
            reason = named.reason if isinstance(named, Outcome) else named
            old = name_from_old_words(task)
            return Left(task.id, NOTHING) if old is None else Outcome(old, Source.PROMPT, reason)

        syncing = asyncio.ensure_future(asyncio.sleep(0))
        try:
            async for task, outcome in in_order(self._behind(found), name, ahead):
                if isinstance(outcome, Left):
                    yield outcome
                    continue
                row = self._row(task, outcome)
                self._writer.append(row)
                yield row
                if syncing.done() and self._writer.is_sync_due:
                    await syncing  # so that it is heard when that failed
                    syncing = asyncio.ensure_future(asyncio.to_thread(self._writer.sync))
                # Hundreds of rows can be ready at once; answers must be read meanwhile.
                await asyncio.sleep(0)
        finally:
            await asyncio.gather(syncing, return_exceptions=True)
        self._writer.finish()

    def _row(self, task: Task, outcome: Outcome) -> PlanRow:
        name, display_name = outcome.task_name
        if len(display_name) > self._room.display_name:
            display_name = shorten(display_name, self._room.display_name)
        if self._asked.display_only:
            name = task.names.name
        else:
            scopes = task.scopes or (owner_scope(task.owner_id),)
            if self._asked.taken_from is not None:
                scopes = (*dict.fromkeys((*scopes, ANYWHERE)),)
            limit = min(self._room.name, self._asked.max_length or self._room.name)
            wanted = shortened(outcome.task_name, limit)
            name = self._taken.claim(scopes, wanted, task.names.name, limit).name
        return PlanRow(
            id=task.id,
            owner_id=task.owner_id,
            old_name=task.names.name,
            old_display_name=task.names.display_name,
            new_name=name,
            new_display_name=display_name,
            source=outcome.source,
            reason=outcome.reason,
            **({"old_raw": dict(task.raw)} if task.raw else {}),
        )


def chosen(
    source: TaskSource, selection: Selection, asked: PlanSettings, found: PlannedSoFar
) -> Iterator[Task]:
    """Give the tasks that a plan is asked for, behind those that it holds."""
    tasks = source.tasks(selection, found.last_id)
    if asked.only == CUT_TITLES:
        tasks = (task for task in tasks if is_cut(task.names.display_name or "", task.prompt))
    return islice(tasks, None if asked.limit is None else max(0, asked.limit - found.rows))


async def in_order(
    tasks: Iterator[Task], name_task: Callable[[Task], Awaitable[T]], ahead: int
) -> AsyncIterator[tuple[Task, T]]:
    """Run `name_task` on up to `ahead` tasks at a time; gives them in the order they came.

    Tasks are read in a thread meanwhile.
    """
    under_way: deque[tuple[Task, asyncio.Future[T]]] = deque()
    characters = 0

    async def first() -> tuple[Task, T]:
        nonlocal characters
        task, naming = under_way[0]
        outcome = await naming
        under_way.popleft()
        characters -= len(task.prompt)
        return task, outcome

    try:
        async for task in _read_ahead(tasks):
            while under_way and (len(under_way) >= ahead or characters > MOST_CHARACTERS):
                yield await first()
            characters += len(task.prompt)
            under_way.append((task, asyncio.ensure_future(name_task(task))))
        while under_way:
            yield await first()
    finally:
        for _, naming in under_way:
            naming.cancel()
        await asyncio.gather(*(naming for _, naming in under_way), return_exceptions=True)


async def _read_ahead(tasks: Iterator[Task]) -> AsyncIterator[Task]:
    def read() -> list[Task]:
        return list(islice(tasks, TASKS_A_READ))

    reading = asyncio.ensure_future(asyncio.to_thread(read))
    try:
        while some := await reading:
            reading = asyncio.ensure_future(asyncio.to_thread(read))
            for task in some:
                yield task
    finally:
        await asyncio.gather(reading, return_exceptions=True)


_SCHEMA = """
CREATE TABLE taken (name BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE numbers (name BLOB PRIMARY KEY, last INTEGER) WITHOUT ROWID;
"""


class TakenNames:
    """The names in use, by scope and in any case; none is given up before `apply`."""

    def __init__(self) -> None:
        self._scratch = open_scratch(_SCHEMA)

    def close(self) -> None:
        """Give the space back."""
        self._scratch.close()

    def add(self, scope: str, name: str) -> None:
        """Take note that a name is in use."""
        lower = name.lower()
        if not lower.startswith(LEGACY_PREFIX):  # no new name begins like this and could meet it
            self._scratch.execute("INSERT OR IGNORE INTO taken VALUES (?)", [digest(scope, lower)])

    def _take(self, scopes: Sequence[str], name: str) -> bool:
        """Take a name where it is in use in none of the scopes."""
        row = [digest(scopes[0], name)]
        if len(scopes) == 1:
            added = self._scratch.execute("INSERT OR IGNORE INTO taken VALUES (?)", row)
            return added.rowcount == 1
        if any(self._holds(scope, name) for scope in scopes):
            return False
        for scope in scopes:
            if scope != ANYWHERE:
                self.add(scope, name)
        return True

    def _holds(self, scope: str, name: str) -> bool:
        row = [digest(scope, name)]
        found = self._scratch.execute("SELECT 1 FROM taken WHERE name = ?", row)
        return found.fetchone() is not None

    def claim(
        self,
        scopes: Sequence[str],
        wanted: TaskName,
        own_name: str,
        limit: int = MAX_NAME_LENGTH,
    ) -> TaskName:
        """Take `wanted` for a task, with the lowest free number where it is in use.

        `own_name`, which the task has now, is free for it.
        """
        if wanted.name == own_name.lower() or self._take(scopes, wanted.name):
            return wanted
        base = digest(*scopes, wanted.name)
        found = self._scratch.execute("SELECT last FROM numbers WHERE name = ?", [base]).fetchone()
        number = found[0] if found else 1
        while True:
            number += 1
            apart = with_number(wanted, number, limit)
            if apart.name == own_name.lower() or self._take(scopes, apart.name):
                break
        # All lower numbers are taken for good: without this a million equal prompts would count to
        # a million each.
        self._scratch.execute("INSERT OR REPLACE INTO numbers VALUES (?, ?)", [base, number])
        return apart
