"""Plans on the terminal: counts, a sample before and after, and rows worth a look."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from naming.outcome import Source
from naming.rename.terminal import plain
from naming.slug import slug_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from naming.rename.plan_file import PlanRow
    from naming.rename.show import Review, Shown

UNASKED: Final = frozenset({None, "no_api_key", "not_asked"})


def _is_numbered(row: PlanRow) -> bool:
    """Tell whether a number was added: one that the display name does not hold as often."""
    *_, last = words = row.new_name.split("-")
    spelt = slug_words(row.new_display_name).split("-")
    return last.isdigit() and words.count(last) > spelt.count(last) and row.new_name != row.old_name


WORTH_A_LOOK: Final[Mapping[str, Callable[[PlanRow], bool]]] = {
    "random names": lambda row: row.source is Source.RANDOM,
    "Claude was asked and gave no name": lambda row: (
        row.source is Source.PROMPT and row.reason not in UNASKED
    ),
    "numbered to keep them apart": _is_numbered,
    "one word alone": lambda row: "-" not in row.new_name and row.new_name != row.old_name,
}
"""Kinds of rows that a person should see before they are applied."""


SAMPLE: Final = 10
"""Rows shown of each kind: the first ones."""

WIDEST: Final = 48
"""Characters up to which old names are aligned."""


def table(review: Review, *, whole: bool) -> Iterator[str]:
    """Give the lines of the overview: a sample of each kind, and every row where it is `whole`."""
    counts, width = RowCounts(), 0
    found: Counter[str] = Counter()
    samples: dict[str, list[Shown]] = {title: [] for title in ("Renamed", *WORTH_A_LOOK)}
    for shown in review.rows():
        counts.add(shown.row)
        width = max(width, min(len(plain(shown.row.old_name)), WIDEST))
        kinds = (title for title, picks in WORTH_A_LOOK.items() if picks(shown.row))
        for title in ("Renamed", *kinds):
            found[title] += 1
            if found[title] <= SAMPLE:
                samples[title].append(shown)
    header = review.plans[0].header
    yield f"{plain(header.source)}: {counts.total:,} tasks"
    yield f", named with {plain(header.model)}\n" if header.model else ", named without Claude\n"
    for plan in review.plans:
        if plan.header.rows is None:
            path = plain(str(plan.path))
            yield f"{path} is not finished: the same `naming rename plan` goes on with it\n"
    yield from (f"{line}\n" for line in counts.lines())
    for title, some in samples.items():
        if not some:
            continue
        yield "\n" if title == "Renamed" else "\nWorth a look: "
        every = whole and title == "Renamed"
        is_cut = found[title] > SAMPLE and not every
        yield f"{title}: {found[title]:,}{f', the first {SAMPLE}' if is_cut else ''}\n"
        for shown in review.rows() if every else some:
            yield from _lines(shown, width)


def _lines(shown: Shown, width: int) -> Iterator[str]:
    row = shown.row
    new = f"{plain(row.new_name)}  {plain(row.new_display_name)}"
    yield f"  {plain(row.old_name):<{width}}  ->  {new}\n"
    if shown.prompt is not None:
        yield f"  {'':<{width}}      {plain(shown.prompt)}\n"


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
