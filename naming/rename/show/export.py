"""Plans for other programs: CSV that is safe in spreadsheets, JSON Lines, an HTML page."""

from __future__ import annotations

import base64
import csv
import hashlib
import html
import io
import json
import shlex
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from naming.rename.plan_file import ROW_FIELDS
from naming.rename.show.table import WORTH_A_LOOK
from naming.rename.terminal import plain
from naming.text.characters import FORMULA_STARTS, is_shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from naming.rename.show import Review, Shown

_DANGEROUS_STARTS: Final = tuple(FORMULA_STARTS)


def as_csv(review: Review) -> Iterator[str]:
    """Give the rows as CSV; a cell that a spreadsheet would run starts with an apostrophe."""
    yield _csv_line(_fields(review))
    for shown in review.rows():
        yield _csv_line([_cell(value) for value in _values(shown).values()])


def _fields(review: Review) -> Sequence[str]:
    return (*ROW_FIELDS, "prompt") if review.has_prompts else ROW_FIELDS


def _values(shown: Shown) -> dict[str, str | None]:
    values = {field: getattr(shown.row, field) for field in ROW_FIELDS}
    return values if shown.prompt is None else {**values, "prompt": shown.prompt}


def _csv_line(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def _cell(value: str | None) -> str:
    text = plain(value or "")
    return f"'{text}" if text.lstrip().startswith(_DANGEROUS_STARTS) else text


def as_jsonl(review: Review) -> Iterator[str]:
    """Give the rows as JSON Lines, with whatever a terminal would obey written as an escape."""
    for shown in review.rows():
        line = json.dumps(_values(shown), ensure_ascii=False)
        yield "".join(char if is_shown(char) else json.dumps(char)[1:-1] for char in line) + "\n"


_SCRIPT_ENDS: Final = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}
"""What a browser could take for the end of a script, written so that JSON reads it all the same."""


def page(review: Review) -> Iterator[str]:
    """Give the page in pieces, row by row, so that a large plan needs no memory."""
    template = (files("naming.rename.show") / "page.html").read_text("utf-8")
    head, data_and_rest = template.split("/*ROWS*/")
    style = _hash(_between(template, "<style>", "</style>"))
    script = _hash(_between(template, '<script id="program">', "</script>"))
    policy = (
        f"default-src 'none'; style-src '{style}'; script-src '{script}';"
        " base-uri 'none'; form-action 'none'"
    )
    plans = " ".join(plain(shlex.quote(str(plan.path))) for plan in review.plans)
    for name, text in {
        "policy": policy,
        "source": html.escape(review.plans[0].header.source),
        "plans": html.escape(plans),
        "kinds": _in_script(list(WORTH_A_LOOK)),
    }.items():
        head = head.replace(f"{{{{{name}}}}}", text)
    yield head
    comma = ""
    for row, prompt in review.rows():
        cells = [getattr(row, field) or "" for field in ROW_FIELDS]
        kinds = [kind for kind, picks in enumerate(WORTH_A_LOOK.values()) if picks(row)]
        yield comma + _in_script([*cells, kinds, prompt or ""])
        comma = ",\n"
    yield data_and_rest


def _in_script(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_SCRIPT_ENDS)


def _between(text: str, start: str, end: str) -> str:
    return text.split(start, 1)[1].split(end, 1)[0]


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
