"""The command `naming rename show`: plans on a terminal, as data, or as a page for a browser."""

import argparse
import csv
import html
import io
import json
import re
import secrets
import shlex
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, nullcontext
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Final

from naming.commands import ExitStatus
from naming.outcome import Reason, Source
from naming.rename.plan_file import ROW_FIELDS, Plan, PlanRow, open_planned, open_plans
from naming.rename.scratch import Scratch
from naming.rename.source import TaskSource
from naming.rename.terminal import plain
from naming.secrets import redact
from naming.settings import Settings
from naming.slug import slug_words
from naming.text.characters import FORMULA_STARTS

PROMPT_LENGTH: Final = 500  # characters of a prompt shown: its beginning says what it is about
SAMPLE: Final = 10  # rows of each kind in the table: the first ones
WIDEST: Final = 48  # characters up to which old names are aligned
_UNASKED: Final = {None, Reason.NO_API_KEY, Reason.NOT_ASKED}


def _is_numbered(row: PlanRow) -> bool:
    """Tell whether a number was added: one that the display name does not hold as often."""
    *_, last = words = row.new_name.split("-")
    spelt = slug_words(row.new_display_name).split("-")
    return last.isdigit() and words.count(last) > spelt.count(last) and row.new_name != row.old_name


WORTH_A_LOOK: Final[Mapping[str, Callable[[PlanRow], bool]]] = {
    "random names": lambda row: row.source is Source.RANDOM,
    "Claude was asked and gave no name": lambda row: (
        row.source is Source.PROMPT and row.reason not in _UNASKED
    ),
    "numbered to keep them apart": _is_numbered,
    "one word alone": lambda row: "-" not in row.new_name and row.new_name != row.old_name,
}
"""Kinds of rows that a person should see before they are applied."""


class Review(Scratch):
    """Plans of one source, with the beginnings of prompts of `source` if given, without secrets."""

    SCHEMA = "CREATE TABLE prompts (id TEXT PRIMARY KEY, prompt TEXT) WITHOUT ROWID;"

    def __init__(self, plans: Sequence[Plan], source: "TaskSource | None") -> None:
        super().__init__()
        self.plans = plans
        self.has_prompts = source is not None
        for task in source.tasks(lambda task: not task.is_deleted, None) if source else ():
            text = " ".join(redact(task.prompt[: 2 * PROMPT_LENGTH]).text.split())
            cut = text if len(text) <= PROMPT_LENGTH else text[: PROMPT_LENGTH - 1] + "…"
            self._scratch.execute("INSERT OR REPLACE INTO prompts VALUES (?, ?)", [task.id, cut])

    def rows(self) -> Iterator[tuple[PlanRow, str | None]]:
        """Give every row with its prompt, if prompts are shown: an empty one of a lost task."""
        find = "SELECT ifnull(max(prompt), '') FROM prompts WHERE id = ?"
        for plan in self.plans:
            for _, row in plan.rows():
                prompt = self._scratch.execute(find, [row.id]).fetchone()[0]
                yield row, prompt if self.has_prompts else None

    def values(self) -> Iterator[dict[str, str | None]]:
        """Give what is shown of every row, by the names of the fields."""
        for row, prompt in self.rows():
            values = {field: getattr(row, field) for field in ROW_FIELDS}
            yield {**values, "prompt": prompt} if self.has_prompts else values


def show(given: argparse.Namespace, _settings: Settings) -> int:
    """Write plans in the format that is asked for; gives the exit status. Raises BadInput."""
    plans = open_plans([Path(path) for path in given.plans])
    for plan in plans:  # half an answer, and then that it is no plan, would help nobody
        for _ in plan.rows():
            pass
    wanted = closing(open_planned(plans, given.source)) if given.with_prompts else nullcontext()
    writers: Mapping[str, Callable[[Review], Iterator[str]]] = {
        "table": partial(_table, whole=given.all), "csv": _csv, "html": _page,
        # In ASCII, of which no terminal obeys anything.
        "jsonl": lambda review: (f"{json.dumps(values)}\n" for values in review.values()),
    }  # fmt: skip
    with wanted as source, closing(Review(plans, source)) as review:
        sys.stdout.writelines(writers[given.format](review))
    sys.stdout.flush()
    return ExitStatus.DONE


def kind_of(row: PlanRow) -> str:
    """Tell where a row's name comes from, and why not from Claude."""
    return f"{row.source.value}{f' ({row.reason.value})' if row.reason else ''}"


def count_lines(counts: Counter[str]) -> Iterator[str]:
    """Write how many rows there are of each kind, the most frequent first."""
    for kind, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"  {count:>9,}  {kind}"


def _table(review: Review, *, whole: bool) -> Iterator[str]:
    """Give the overview: counts, a sample of each kind, and every row where it is `whole`."""
    counts: Counter[str] = Counter()
    found: Counter[str] = Counter()
    samples: dict[str, list[tuple[PlanRow, str | None]]] = {}
    kinds = {"Renamed": lambda _: True, **WORTH_A_LOOK}
    width = 0
    for row, prompt in review.rows():
        counts[kind_of(row)] += 1
        width = max(width, min(len(plain(row.old_name)), WIDEST))
        for title, picks in kinds.items():
            if picks(row):
                found[title] += 1
                if found[title] <= SAMPLE:
                    samples.setdefault(title, []).append((row, prompt))
    header = review.plans[0].header
    named = f"named with {plain(header.model)}" if header.model else "named without Claude"
    yield f"{plain(header.source)}: {counts.total():,} tasks, {named}\n"
    for plan in review.plans:
        if plan.header.rows is None:
            path = plain(str(plan.path))
            yield f"{path} is not finished: the same `naming rename plan` goes on with it\n"
    yield from (f"{line}\n" for line in count_lines(counts))
    for title in filter(found.get, kinds):
        is_first = title == "Renamed"
        every = whole and is_first
        cut = f", the first {SAMPLE}" if found[title] > SAMPLE and not every else ""
        yield f"\n{'' if is_first else 'Worth a look: '}{title}: {found[title]:,}{cut}\n"
        for row, prompt in review.rows() if every else samples[title]:
            new = f"{plain(row.new_name)}  {plain(row.new_display_name)}"
            yield f"  {plain(row.old_name):<{width}}  ->  {new}\n"
            if prompt is not None:
                yield f"  {'':<{width}}      {plain(prompt)}\n"


def _csv(review: Review) -> Iterator[str]:
    """Give the rows as CSV; a cell that a spreadsheet would run starts with an apostrophe."""
    line, formulas = io.StringIO(), tuple(FORMULA_STARTS)
    writer = csv.writer(line, lineterminator="\n")
    writer.writerow([*ROW_FIELDS, "prompt"] if review.has_prompts else ROW_FIELDS)
    for values in review.values():
        texts = [plain(value or "") for value in values.values()]
        writer.writerow([f"'{t}" if t.lstrip().startswith(formulas) else t for t in texts])
        yield line.getvalue()
        line.seek(line.truncate(0))
    yield line.getvalue()


_IN_SCRIPT: Final = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})
"""What a browser could take for the end of a script, written so that JSON reads it all the same."""


def _page(review: Review) -> Iterator[str]:
    """Give the page in pieces; the browser runs what carries a nonce that no prompt can know."""
    plans = " ".join(plain(shlex.quote(str(plan.path))) for plan in review.plans)
    texts = {
        "nonce": secrets.token_hex(16),
        "source": html.escape(review.plans[0].header.source),
        "plans": html.escape(plans),
        "kinds": _in_script(list(WORTH_A_LOOK)),
    }
    template = (files("naming.rename") / "page.html").read_text("utf-8")
    head, rest = (
        re.sub(r"{{(\w+)}}", lambda found: texts[found[1]], part)
        for part in template.split("/*ROWS*/")
    )
    before = ""
    yield head
    for row, prompt in review.rows():
        cells = [getattr(row, field) or "" for field in ROW_FIELDS]
        kinds = [kind for kind, picks in enumerate(WORTH_A_LOOK.values()) if picks(row)]
        yield before + _in_script([*cells, kinds, prompt or ""])
        before = ",\n"
    yield rest


def _in_script(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_IN_SCRIPT)
