"""Plans on the terminal: counts, a sample before and after, and rows worth a look."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from naming.outcome import Source
from naming.rename.terminal import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from naming.rename.plan_file import Plan, PlanRow

SAMPLE: Final = 10
"""Rows shown of each kind: the first ones of the plan."""

_NUMBERED: Final = re.compile(r"-[0-9]+")


def table(plans: Sequence[Plan]) -> Iterator[str]:
    """Give the lines of the overview."""
    counts, kinds = RowCounts(), _kinds()
    for plan in plans:
        for _, row in plan.rows():
            counts.add(row)
            for kind in kinds:
                kind.add(row)
    header = plans[0].header
    yield f"{plain(header.source)}: {counts.total:,} tasks"
    yield f", named with {plain(header.model)}\n" if header.model else ", named without Claude\n"
    for plan in plans:
        if plan.header.rows is None:
            path = plain(str(plan.path))
            yield f"{path} is not finished: the same `naming rename plan` goes on with it\n"
    for line in counts.lines():
        yield f"{line}\n"
    for kind in kinds:
        yield from kind.lines()


class RowCounts:
    """The rows of a plan by source and reason."""

    def __init__(self) -> None:
        self._rows: Counter[tuple[str, str]] = Counter()

    def add(self, row: PlanRow) -> None:
        """Count one row."""
        self._rows[row.source.value, "" if row.reason is None else row.reason.value] += 1

    @property
    def total(self) -> int:
        """Count all rows."""
        return self._rows.total()

    def lines(self) -> Iterator[str]:
        """Write the counts, one line a source and reason, the most frequent first."""
        for (source, reason), count in sorted(
            self._rows.items(), key=lambda pair: (-pair[1], pair[0])
        ):
            yield f"  {count:>9,}  {source}{f' ({reason})' if reason else ''}"


class _Kind:
    """Some rows of one kind, and how many there are."""

    def __init__(self, title: str, picks: Callable[[PlanRow], bool]) -> None:
        self._title = title
        self._picks = picks
        self._rows: list[PlanRow] = []
        self._count = 0

    def add(self, row: PlanRow) -> None:
        if self._picks(row):
            self._count += 1
            if len(self._rows) < SAMPLE:
                self._rows.append(row)

    def lines(self) -> Iterator[str]:
        if not self._count:
            return
        yield f"\n{self._title}: {self._count:,}" + (
            f", the first {SAMPLE}\n" if self._count > SAMPLE else "\n"
        )
        width = max(len(plain(row.old_name)) for row in self._rows)
        for row in self._rows:
            new = f"{plain(row.new_name)}  {plain(row.new_display_name)}"
            yield f"  {plain(row.old_name):<{width}}  ->  {new}\n"


def _kinds() -> list[_Kind]:
    return [
        _Kind("Renamed", lambda _: True),
        _Kind("Worth a look: random names", lambda row: row.source is Source.RANDOM),
        _Kind(
            "Worth a look: Claude was asked and gave no name",
            lambda row: (
                row.source is Source.PROMPT and row.reason not in {None, "no_api_key", "not_asked"}
            ),
        ),
        _Kind("Worth a look: numbered to keep them apart", _is_numbered),
    ]


def _is_numbered(row: PlanRow) -> bool:
    """Tell whether a number was added: one that the display name does not end in."""
    found = _NUMBERED.search(row.new_name, row.new_name.rfind("-")) if "-" in row.new_name else None
    return (
        found is not None
        and not row.new_display_name.rstrip(".").endswith(found[0][1:])
        and row.new_name != row.old_name
    )
