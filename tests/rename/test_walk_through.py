"""The walk-through in `docs/renaming.md` is run as it stands."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.rename.running import ROOT, environment

if TYPE_CHECKING:
    from pathlib import Path

PAGE = ROOT / "docs" / "renaming.md"


def test_every_command_of_the_walk_through_says_what_the_page_says(tmp_path: Path) -> None:
    blocks = re.findall(r"```console\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    steps = [step.partition("\n") for block in blocks for step in block.split("$ ")[1:]]
    assert len(steps) > 8
    command, _, content = steps[0]
    assert command == "cat tasks.csv"
    (tmp_path / "tasks.csv").write_text(content)
    (tmp_path / "naming").write_text(
        f'#!/bin/sh\nexec {sys.executable} -c "from naming.cli import run; run()" "$@"\n'
    )
    (tmp_path / "naming").chmod(0o755)
    with_naming = environment(PATH=f"{tmp_path}:/usr/bin:/bin")
    for command, _, said in steps:
        ran = subprocess.run(
            ["/bin/sh", "-c", f"{{ {command}\n}} 2>&1"],
            cwd=tmp_path, env=with_naming, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert ran.stdout == said, command


def test_every_option_of_plan_is_on_the_page() -> None:
    help_text = subprocess.run(
        [sys.executable, "-c", "from naming.cli import run; run()", "rename", "plan", "--help"],
        env=environment(), capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    page = PAGE.read_text("utf-8")
    assert not [
        option
        for option in re.findall(r"--[a-z-]+", help_text)
        if option != "--help" and option not in page
    ]
