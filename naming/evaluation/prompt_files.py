"""Instructions to try.

A file like `prompts/naming.md`, with the examples beside it or else our own.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from naming.claude.instructions import instructions_of, own_examples
from naming.evaluation.trouble import BadInput, plain
from naming.names import TaskName

if TYPE_CHECKING:
    from naming.claude.instructions import Instructions


def read_instructions(where: str) -> Instructions:
    """Read instructions from a file, or from the `naming.md` of a folder. Raises BadInput."""
    path = Path(where)
    try:
        file = path / "naming.md" if path.is_dir() else path
        text = file.read_text("utf-8")
        beside = file.with_name("examples.jsonl")
        examples = beside.read_text("utf-8") if beside.exists() else own_examples()
    except UnicodeDecodeError:
        raise BadInput(f"--prompt: {plain(where)}: is not text in UTF-8") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is no file"
        raise BadInput(f"--prompt: {plain(where)}: cannot be read: {why}") from None
    if not text.strip():
        raise BadInput(f"--prompt: {plain(where)}: is empty")
    _check(plain(str(beside)), examples)
    return instructions_of(text, examples)


def _check(file: str, examples: str) -> None:
    for number, line in enumerate(examples.splitlines(), 1):
        if not line.strip():
            continue
        place = f"--prompt: {file}:{number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            raise BadInput(f"{place}: is not JSON") from None
        for field in ("prompt", "name", "display_name"):
            if not isinstance(row, dict) or not isinstance(row.get(field), str):
                raise BadInput(f"{place}: {field} must be a string")
        try:
            TaskName(row["name"], row["display_name"])
        except ValueError as error:
            raise BadInput(f"{place}: {error}") from None
