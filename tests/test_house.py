"""How the package is kept: no word that nobody reads."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "naming"
TREES = [ast.parse(path.read_text("utf-8")) for path in PACKAGE.rglob("*.py")]


def test_every_data_file_is_read_by_some_module() -> None:
    """A module names the file, or the folder of which it reads every file."""
    texts = [
        node.value
        for tree in TREES
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
