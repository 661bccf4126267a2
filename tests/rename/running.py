"""Running `naming rename …` in this process or in one of its own."""

from __future__ import annotations

import io
import json
import os
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from naming.cli import main
from tests.rename.forked import Forked

ROOT = Path(__file__).parents[2]


@dataclass
class Ran:
    status: int
    out: str
    err: str

    def refuses(self, said: str) -> bool:
        """Tell whether it was refused in one line that holds `said`."""
        return (self.status, self.out, self.err.count("\n")) == (2, "", 1) and said in self.err

    @property
    def complaint(self) -> str:
        """The one line of a refusal."""
        assert self.status == 2
        assert self.out == ""
        assert self.err.count("\n") == 1
        return self.err


def rename(*arguments: object) -> Ran:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main(["rename", *map(str, arguments)])
    return Ran(status, out.getvalue(), err.getvalue())


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def start(*arguments: object, **more: str) -> Forked:
    return Forked("rename", *map(str, arguments), env=environment(**more))


def rows_of(plan: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in plan.read_text("utf-8").splitlines()[1:]]


def header_of(plan: Path) -> dict[str, Any]:
    header: dict[str, Any] = json.loads(plan.read_text("utf-8").splitlines()[0])
    return header
