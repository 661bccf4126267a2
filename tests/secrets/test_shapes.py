"""Secrets of many shapes, a family at a time, and texts that hold none: how many are found, how many changed.

`secret_shapes.txt` has a family in each section, in the templates of `test_kinds`. Half of it was written to judge by
alone, before anybody saw what is found of it.
"""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest

import naming
from tests.corpus import CORPORA
from tests.secrets.redacting import redact
from tests.secrets.test_kinds import SEEDS, is_hidden

FLOORS = {"forms of keys": 0.9}  # four have no piece that is long enough to be missed
FLOOR = 0.97
MOST_CHANGED = 0.003
PIECES = 4_000
ADDRESS = re.compile(r"@| at \w|%40|\[at\]")


def families() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in (CORPORA / "secret_shapes.txt").read_text("utf-8").splitlines():
        if heading := re.fullmatch(r"\[([a-z ]+)\]", line):
            found[heading[1]] = []
        elif line:
            found[list(found)[-1]].append(line.replace("\\n", "\n"))
    return found


@pytest.mark.parametrize("family", families())
def test_of_each_family_nearly_all_are_found(family: str) -> None:
    found = [
        is_hidden(template, seed)
        for template in families()[family]
        for seed in range(1 if "<<=" in template else SEEDS)
    ]
    assert sum(found) / len(found) >= FLOORS.get(family, FLOOR)


def pieces() -> list[str]:
    """Cut what is installed here, and our own sources and manuals, into pieces as long as prompts."""
    root = Path(naming.__file__).parents[1]
    folders = [Path(pytest.__file__).parents[1], root / "naming", root / "docs"]
    files = [
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in {".py", ".pyi", ".md", ".rst", ".txt", ".js", ".json", ".toml", ".css"}
        and "data/secrets" not in path.as_posix()
    ]
    random = Random(7)
    chosen = []
    for path in random.sample(sorted(files), min(PIECES, len(files))):
        text = path.read_text("utf-8", errors="replace")
        start = text.rfind("\n", 0, random.randrange(len(text) + 1)) + 1
        chosen.append(text[start : start + random.choice((200, 400, 800, 1_500))].strip())
    return [piece for piece in chosen if not ADDRESS.search(piece)]


@pytest.mark.slow
def test_hardly_any_text_of_developers_is_changed() -> None:
    texts = pieces()
    changed = [text for text in texts if redact(text) != text]
    assert len(changed) <= MOST_CHANGED * len(texts), changed[:3]
