"""Showing what plans hold: on a terminal, as data, or as a page to read in a browser.

With `--with-prompts` the prompts are read from the source once more; a plan holds none.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from naming.exit_status import ExitStatus
from naming.rename.plan_file import open_plans
from naming.rename.scratch import open_scratch
from naming.secrets import redact

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from naming.rename.plan_file import Plan, PlanRow
    from naming.rename.source import TaskSource
    from naming.settings import Settings

PROMPT_LENGTH: Final = 500
"""Characters of a prompt that are shown: its beginning says what it is about."""


class Shown(NamedTuple):
    """One row of a plan, and its prompt where that is to be shown."""

    row: PlanRow
    prompt: str | None


class Review:
    """Plans of one source to be looked at, their rows as often as wanted."""

    def __init__(self, plans: Sequence[Plan], prompts: Prompts | None) -> None:
        self.plans = plans
        self.has_prompts = prompts is not None
        self._prompts = prompts

    def rows(self) -> Iterator[Shown]:
        """Give every row."""
        for plan in self.plans:
            for _, row in plan.rows():
                yield Shown(row, None if self._prompts is None else self._prompts.of(row.id))


class Prompts:
    """The beginnings of the prompts of a source, without secrets, on disk."""

    def __init__(self, source: TaskSource) -> None:
        self._scratch = open_scratch(
            "CREATE TABLE prompts (id TEXT PRIMARY KEY, prompt TEXT) WITHOUT ROWID"
        )
        self.close = self._scratch.close
        for task in source.tasks(lambda *_: True, None):
            text = " ".join(redact(task.prompt[: 2 * PROMPT_LENGTH]).split())
            cut = text if len(text) <= PROMPT_LENGTH else text[: PROMPT_LENGTH - 1] + "…"
            self._scratch.execute("INSERT OR REPLACE INTO prompts VALUES (?, ?)", [task.id, cut])

    def of(self, id_: str) -> str:
        """Give the prompt of a task; empty for one that is gone."""
        found = self._scratch.execute("SELECT prompt FROM prompts WHERE id = ?", [id_]).fetchone()
        return found[0] if found else ""


def show(given: argparse.Namespace, _settings: Settings) -> int:
    """Write plans in the format that is asked for; gives the exit status. Raises BadInput."""
    plans = open_plans([Path(path) for path in given.plans])
    for plan in plans:  # half an answer, and then that it is no plan, would help nobody
        for _ in plan.rows():
            pass
    with ExitStack() as opened:
        prompts = None
        if given.with_prompts:
            from naming.rename.apply_command import open_planned  # noqa: PLC0415 # others need no source

            with closing(open_planned(plans, given.source)) as source:
                prompts = opened.enter_context(closing(Prompts(source)))
        for piece in _written(Review(plans, prompts), given):
            sys.stdout.write(piece)
    sys.stdout.flush()
    return ExitStatus.DONE


def _written(review: Review, given: argparse.Namespace) -> Iterator[str]:
    if given.format == "table":
        from naming.rename.show.table import table  # noqa: PLC0415

        return table(review, whole=given.all)
    from naming.rename.show import export  # noqa: PLC0415

    write = {"html": export.page, "csv": export.as_csv, "jsonl": export.as_jsonl}[given.format]
    return write(review)
