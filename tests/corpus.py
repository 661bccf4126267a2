"""Reading the corpora: `# language`, `> prompt`, then the titles judged with that prompt, one a line."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

CORPORA = Path(__file__).parent / "corpora"


class Case(NamedTuple):
    """A title and the prompt that it answers."""

    language: str
    prompt: str
    title: str


def read_corpus(name: str) -> list[Case]:
    """Read the corpus `name`."""
    language, prompt, cases = "", "", []
    for line in (CORPORA / f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("# "):
            language = line[2:]
        elif line.startswith("> "):
            prompt = line[2:]
        elif line:
            cases.append(Case(language, prompt, line))
    return cases
