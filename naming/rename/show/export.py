"""Plans for other programs: CSV that is safe in spreadsheets, JSON Lines, an HTML page."""

from __future__ import annotations

import base64
import csv
import hashlib
import html
import io
import json
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from naming.rename.plan_file import ROW_FIELDS
from naming.rename.terminal import plain
from naming.text.characters import FORMULA_STARTS, is_shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from naming.rename.plan_file import Plan, PlanRow

_DANGEROUS_STARTS: Final = tuple(FORMULA_STARTS)


def as_csv(plans: Sequence[Plan]) -> Iterator[str]:
    """Give the rows as CSV; a cell that a spreadsheet would run starts with an apostrophe."""
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


_SCRIPT_ENDS: Final = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}
"""What a browser could take for the end of a script, written so that JSON reads it all the same."""


def page(plans: Sequence[Plan]) -> Iterator[str]:
    """Give the page in pieces, row by row, so that a large plan needs no memory."""
    template = (files("naming.rename.show") / "page.html").read_text("utf-8")
    head, data_and_rest = template.split("/*ROWS*/")
    style = _hash(_between(template, "<style>", "</style>"))
    script = _hash(_between(template, '<script id="program">', "</script>"))
    policy = (
        f"default-src 'none'; style-src '{style}'; script-src '{script}';"
        " base-uri 'none'; form-action 'none'"
    )
    yield head.replace("{{policy}}", policy).replace(
        "{{source}}", html.escape(plans[0].header.source)
    )
    comma = ""
    for plan in plans:
        for _, row in plan.rows():
            yield comma + _cells(row)
            comma = ",\n"
    yield data_and_rest


def _cells(row: PlanRow) -> str:
    cells = [getattr(row, field) or "" for field in ROW_FIELDS]
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":")).translate(_SCRIPT_ENDS)


def _between(text: str, start: str, end: str) -> str:
    return text.split(start, 1)[1].split(end, 1)[0]


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
