"""How the package is kept: one meaning a name, files of a readable length, words that are read."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "naming"
LONGEST_FILE = 400
SOURCES = {path: path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py"))}
TREES = {path: ast.parse(text) for path, text in SOURCES.items()}


def test_no_two_classes_have_one_name() -> None:
    files = defaultdict(list)
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                files[node.name].append(str(path.relative_to(PACKAGE)))
    assert {name: where for name, where in files.items() if len(where) > 1} == {}


def test_no_file_is_longer_than_a_reader_holds_in_mind() -> None:
    lines = {str(path.relative_to(PACKAGE)): text.count("\n") for path, text in SOURCES.items()}
    assert {name: count for name, count in lines.items() if count > LONGEST_FILE} == {}


def test_every_data_file_is_read_by_some_module() -> None:
    """A module names the file, or the folder of which it reads every file."""
    texts = [
        node.value
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]

    def is_read(file: Path) -> bool:
        name = str(file.relative_to(PACKAGE / "data"))
        folder = f"{name.partition('/')[0]}/" if "/" in name else name
        return any(text in {name, folder, folder[:-1]} or file.name == text for text in texts)

    files = [path for path in (PACKAGE / "data").rglob("*") if path.suffix == ".txt"]
    assert files
    assert [str(file) for file in files if not is_read(file)] == []
