"""Running `naming eval …` in this process, on cases and upstreams of the test's own."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from naming.cli import main
from tests.fake_claude import Behaviour, Request, http, message

CASES = [
    {
        "prompt": "fix the login button",
        "name": "fix-login-button",
        "display_name": "Fix login button",
        "tags": ["a"],
    },
    {
        "prompt": "add a dark theme",
        "name": "add-dark-theme",
        "display_name": "Add dark theme",
        "tags": ["a", "b"],
    },
    {
        "prompt": "why is search slow?",
        "name": "why-search-slow",
        "display_name": "Why search is slow",
        "tags": ["b"],
    },
    {"prompt": "", "tags": ["b"]},
]


@dataclass
class Ran:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def complaint(self) -> str:
        """The one line of a refusal."""
        assert self.status == 2
        assert self.out == ""
        assert self.err.count("\n") == 1
        return self.err.removeprefix("naming: ").removesuffix("\n")


def evaluate(*arguments: object) -> Ran:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main(["eval", *map(str, arguments)])
    return Ran(status, out.getvalue(), err.getvalue())


def write(folder: Path, cases: list[dict[str, Any]] | None = None) -> Path:
    file = folder / "cases.jsonl"
    file.write_text(
        "".join(json.dumps(case) + "\n" for case in (CASES if cases is None else cases))
    )
    return file


def answers(names: Mapping[str, tuple[str, str]], **extra: Any) -> Behaviour:
    """Name a task by the first of the words that its prompt holds; anything else is a good name for nothing."""

    async def behave(request: Request, writer: Any) -> None:
        told = request.user_text
        pair = next(
            (pair for word, pair in names.items() if word in told), ("other-work", "Other work")
        )
        reply = json.dumps({"name": pair[0], "display_name": pair[1]})
        writer.write(http(200, json.dumps(message(reply, **extra)).encode()))

    return behave
