"""Pages of `docs/` run as they stand: statements on a database, commands in a shell, answers compared."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.rename.running import ROOT, environment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BLOCK = re.compile(r"```(console|sql)\n(.*?)```", re.DOTALL)


def run_page(
    name: str, folder: Path, execute: Callable[[str], object], **variables: str
) -> list[tuple[str, str, str]]:
    """Run the page's blocks in turn; gives the commands that answered otherwise, with both answers."""
    program = folder / "naming"
    program.write_text(
        f'#!/bin/sh\nexec {sys.executable} -c "from naming.cli import run; run()" "$@"\n'
    )
    program.chmod(0o755)
    known = environment(PATH=f"{folder}:/usr/bin:/bin", **variables)
    misses = []
    for kind, text in BLOCK.findall((ROOT / "docs" / name).read_text("utf-8")):
        if kind == "sql":
            execute(text)
            continue
        for step in text.split("$ ")[1:]:
            command, _, said = step.partition("\n")
            ran = subprocess.run(
                ["/bin/sh", "-c", f"{{ {command}\n}} 2>&1"],
                cwd=folder, env=known, capture_output=True, text=True, check=False,
            )  # fmt: skip
            if ran.stdout != said:
                misses.append((command, said, ran.stdout))
    return misses
