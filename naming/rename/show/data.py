"""A plan as data for other programs: CSV that no spreadsheet runs as formulas, and JSON Lines."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Final

from naming.rename.plan_file import ROW_FIELDS
from naming.rename.show.plain import plain
from naming.text.characters import FORMULA_STARTS, is_shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from naming.rename.plan_file import Plan

_DANGEROUS_STARTS: Final = tuple(FORMULA_STARTS)


def as_csv(plans: Sequence[Plan]) -> Iterator[str]:
    """Give the rows as CSV with a header line.

    A cell that a spreadsheet would run starts with an apostrophe.
    """
    yield _csv_line(ROW_FIELDS)
    for plan in plans:
        for _, row in plan.rows():
            yield _csv_line([_cell(getattr(row, field)) for field in ROW_FIELDS])


def _csv_line(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def _cell(value: str | None) -> str:
    text = plain(value or "")
    return f"'{text}" if text.lstrip().startswith(_DANGEROUS_STARTS) else text


def as_jsonl(plans: Sequence[Plan]) -> Iterator[str]:
    """Give the rows as JSON Lines, with whatever a terminal would obey written as an escape."""
    for plan in plans:
        for _, row in plan.rows():
            line = json.dumps(
                {field: getattr(row, field) for field in ROW_FIELDS}, ensure_ascii=False
            )
            yield (
                "".join(char if is_shown(char) else json.dumps(char)[1:-1] for char in line) + "\n"
            )
