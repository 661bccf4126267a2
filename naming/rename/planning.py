"""Planning: each selected task gets its names, in order, and a line of the plan."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncGenerator, Iterable, Iterator, Mapping, Sequence
from contextlib import aclosing, closing
from itertools import chain, count, islice
from typing import Final

from naming.claude.instructions import fence, load_instructions
from naming.claude.message import BATCH_SHARE, PRICES, PRICES_OF, READ_SHARE, WRITE_SHARE, Tokens
from naming.cleaning.bounds import estimate_tokens
from naming.extraction import name_from_request
from naming.names import LEGACY_PREFIX, TaskName
from naming.outcome import Outcome
from naming.rename.good_names import good_name, is_cut
from naming.rename.namers import Namer, ReadTask, in_order
from naming.rename.plan_file import PlanRow, PlanSettings, PlanWriter
from naming.rename.scratch import DigestSet, digest
from naming.rename.source import TaskSource
from naming.rename.tasks import ANYWHERE, Selection, Task, Verdict, owner_scope
from naming.settings import Settings
from naming.template import BARE, Frame
from naming.uniqueness import framed
from naming.validation.trim import shorten


class Planner:
    """Makes one plan of the selected tasks. `resume` comes first, then `survey` and `carry_on`."""

    def __init__(
        self, source: TaskSource, selection: Selection, asked: PlanSettings, writer: PlanWriter
    ) -> None:
        self._source, self._selection = source, selection
        self.asked, self.writer = asked, writer
        self._taken = TakenNames()
        self.close = self._taken.close
        self.skipped: Counter[str] = Counter()  # how many rows were not picked, by the reason

    def resume(self) -> bool:
        """Find what the plan file holds already; tells whether that is the whole plan."""
        for row in self.writer.resume():
            for scope in (owner_scope(row.owner_id), ANYWHERE):  # which others, no plan tells
                self._taken.note(scope, row.new_name)
        return self.writer.is_whole

    def survey(self) -> int:
        """Read the names in use, begin the plan, and count the tasks to be renamed in all."""
        selection, found = self._selection, 0
        self._room = self._source.room()
        self._template = self.asked.template_within(self._room.name)
        if (where := self.asked.taken_from) is not None:
            for scope, name in self._source.taken(where):
                self._taken.note(scope, name)
        for row in self._source.listed():
            if not selection.owns(row.owner_id):
                continue
            for scope in row.scopes:
                self._taken.note(scope, row.names.name)
            if row.is_deleted:
                self.skipped["deleted"] += 1
            elif selection.matches(row.names):
                found += 1
            elif selection.matches(row.names, re.IGNORECASE):
                self.skipped["matched but for upper and lower case"] += 1
            else:
                self.skipped["not matched"] += 1
        self.writer.begin()
        return found if self.asked.limit is None else min(found, self.asked.limit)

    def pending(self) -> Iterator[Task]:
        """Give the tasks that the plan does not hold yet."""
        return chosen(self._source, self._selection, self.asked, self.writer)

    async def carry_on(self, namer: Namer) -> AsyncGenerator[PlanRow | Verdict]:
        """Name the remaining tasks; each is written and given, or why it is left."""

        async def name(read: tuple[Task, ReadTask]) -> tuple[Task, ReadTask, Outcome | str]:
            return *read, await namer.name(read[1])

        async with aclosing(in_order(namer.read(), name, namer.ahead)) as named:
            async for task, reading, outcome in named:
                if isinstance(outcome, str):
                    yield Verdict(task.id, outcome)
                    continue
                row = self._row(task, outcome, reading.values)
                self.writer.append(row)
                yield row
                # Hundreds of rows can be ready at once; answers must be read meanwhile.
                await asyncio.sleep(0)
        self.writer.finish()

    def _row(self, task: Task, outcome: Outcome, values: Mapping[str, str]) -> PlanRow:
        name, display_name = outcome.task_name
        display_name = shorten(display_name, self._room.display_name)
        if self.asked.display_only:
            name = task.names.name
        else:
            scopes = task.scopes
            # Where not only the owner's names count, other plans' names may be in the way.
            if self.asked.taken_from is not None or len(scopes) > 1:
                scopes = (*scopes, ANYWHERE)
            frame = self._template.frame(outcome.task_name, values)
            name = self._taken.claim(scopes, outcome.task_name, task.names.name, frame).name
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
    source: TaskSource, selection: Selection, asked: PlanSettings, begun: PlanWriter | None = None
) -> Iterator[Task]:
    """Give the tasks that a plan is asked for, but those that it holds where it is `begun`."""
    after, done = (begun.last_id, begun.rows) if begun else (None, 0)
    tasks = source.tasks(selection, after)
    if asked.only:
        tasks = (task for task in tasks if is_cut(task.names.display_name or "", task.prompt))
    return islice(tasks, None if asked.limit is None else max(0, asked.limit - done))


class TakenNames(DigestSet):
    """The names in use, by scope and in any case; none is given up before `apply`."""

    SCHEMA = f"""{DigestSet.SCHEMA}
    CREATE TABLE numbers (name BLOB PRIMARY KEY, last INTEGER) WITHOUT ROWID;
    """

    def note(self, scope: str, name: str) -> None:
        """Take note that a name is in use."""
        lower = name.lower()
        if not lower.startswith(LEGACY_PREFIX):  # no new name begins like this and could meet it
            self.add(scope, lower)

    def _take(self, scopes: Sequence[str], name: str) -> bool:
        """Take a name where it is in use in none of the scopes."""
        if any(self.holds(scope, name) for scope in scopes):
            return False
        for scope in scopes:
            if scope != ANYWHERE:
                self.note(scope, name)
        return True

    def claim(
        self, scopes: Sequence[str], wanted: TaskName, own_name: str, frame: Frame = BARE
    ) -> TaskName:
        """Take `wanted` in its frame, with the lowest free number if in use; `own_name` is free."""
        base = digest(*scopes, framed(wanted, frame).name)
        found = self._scratch.execute("SELECT last FROM numbers WHERE name = ?", [base]).fetchone()
        # All lower numbers are taken for good: without this a million equal prompts would count to
        # a million each.
        numbers = chain([1], count(found[0] + 1 if found else 2))
        tries = ((n, framed(wanted, frame, f"-{n}" if n > 1 else "")) for n in numbers)
        own = own_name.lower()
        number, apart = next(t for t in tries if t[1].name == own or self._take(scopes, t[1].name))
        if number > 1:
            self._scratch.execute("INSERT OR REPLACE INTO numbers VALUES (?, ?)", [base, number])
        return apart


def cost_line(model: str, tokens: Tokens, *, batches: bool = False) -> str:
    """Write what so many tokens cost, at the price of batches where they come in batches."""
    share = BATCH_SHARE if batches else 1.0
    cost = tokens.cost_usd(model, share)
    if cost is None:
        return f"{tokens}; the price of {model} is not known here"
    price_in, price_out = (price * share for price in PRICES[model])
    priced = f"{model}{' in batches' if batches else ''} in {PRICES_OF}"
    return (
        f"{tokens}; about ${cost:,.2f} (an estimate, at ${price_in:.2f} in and ${price_out:.2f} out"
        f" per million tokens, of those in {WRITE_SHARE:g} times that written to the cache"
        f" and {READ_SHARE:g} read from it, the price of {priced})"
    )


TOKENS_OUT: Final = 35  # tokens of a usual reply: the two names and the JSON around them


def estimate(tasks: Iterable[Task], settings: Settings, asked: PlanSettings) -> Iterator[str]:
    """Tell what naming `tasks` would ask and cost: equal prompts once, empty ones not at all."""
    model = settings.anthropic_model
    count, questions, good, sent = 0, 0, 0, 0
    told = round(estimate_tokens(load_instructions(guide=settings.guide).system))
    with closing(DigestSet()) as seen:
        for task in tasks:
            count += 1
            is_good = good_name(task) is not None
            good += is_good
            if is_good and asked.keep_good:
                continue
            request = asked.request(task.prompt)
            if seen.add(str(request.question)) and name_from_request(request) is not None:
                questions += 1
                sent += round(estimate_tokens(fence(request.question)))
    written = min(questions, 1) * told  # by the first question, and read by the others
    tokens = Tokens(sent, TOKENS_OUT * questions, written, told * questions - written)
    yield f"{count:,} tasks, {questions:,} questions to Claude (equal prompts are asked once)"
    yield cost_line(model, tokens, batches=asked.batches)
    share = BATCH_SHARE if asked.batches else 1.0
    uncached = Tokens(tokens.all_input, tokens.output).cost_usd(model, share)
    if uncached is not None:
        yield f"about ${uncached:,.2f} where what Claude is told cannot be cached"
    part = f"{good / max(count, 1):.0%}"
    yield f"{good:,} tasks ({part}) hold good words already; --keep-good names these without asking"
