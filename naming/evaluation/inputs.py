"""The files of an evaluation: labelled cases, and instructions to try."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from naming.claude.instructions import instructions_of, own_examples
from naming.names import TaskName
from naming.text.characters import is_shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from naming.claude.instructions import Instructions

_LANG: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_TEXTS: Final = frozenset({"prompt", "name", "display_name", "lang"})
_LISTS: Final = frozenset({"must_contain", "must_not_contain", "matters", "tags"})


class InvalidInput(Exception):
    """What was given cannot be worked with. The message names the file, the line and the field.

    Never a prompt.
    """


def printable(text: str) -> str:
    """Make `text` safe to print: a question mark for what is invisible or a terminal obeys."""
    return "".join(char if is_shown(char) else "?" for char in text)


@dataclass(frozen=True, slots=True)
class Case:
    """A prompt with its labels; those left out are not judged.

    `place` says where it stands, as `file:line`.
    """

    place: str
    prompt: str
    name: str | None = None
    display_name: str | None = None
    lang: str | None = None
    must_contain: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()
    must_not_contain: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


def read_cases(where: str, tags: Collection[str] = ()) -> list[Case]:
    """Read the cases of a JSON Lines file, of a folder's `*.jsonl`, or of standard input (`-`).

    With `tags`, only the cases that carry one of them. Raises InvalidInput.
    """
    cases = [case for file, data in _files(where) for case in _cases(file, data)]
    if not cases:
        raise InvalidInput(f"{_shown(where)}: holds no case")
    picked = [case for case in cases if not tags or not set(tags).isdisjoint(case.tags)]
    if not picked:
        raise InvalidInput("--tag: no case carries it")
    return picked


def _files(where: str) -> Iterator[tuple[str, bytes]]:
    if where == "-":
        yield "standard input", sys.stdin.buffer.read()
        return
    path = Path(where)
    try:
        if path.is_dir():
            for file in sorted(path.glob("*.jsonl")):
                yield str(file), file.read_bytes()
        else:
            yield str(path), path.read_bytes()
    except (OSError, ValueError) as error:
        raise InvalidInput(f"{_shown(where)}: {_why_unreadable(error)}") from None


def _cases(file: str, data: bytes) -> Iterator[Case]:
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if line.strip():
            yield _case(f"{_shown(file)}:{number}", line)


def _case(place: str, line: bytes) -> Case:
    try:
        fields = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise InvalidInput(f"{place}: is not text in UTF-8") from None
    except (ValueError, RecursionError):
        raise InvalidInput(f"{place}: is not JSON") from None
    if not isinstance(fields, dict):
        raise InvalidInput(f"{place}: must be a JSON object")
    given = {field: value for field, value in fields.items() if value is not None}
    if "prompt" not in given:
        raise InvalidInput(f"{place}: prompt is required")
    return Case(place, **{field: _value(place, field, value) for field, value in given.items()})


def _value(place: str, field: str, value: object) -> Any:  # noqa: ANN401 # a text or texts
    if field in _TEXTS:
        if not isinstance(value, str) or not (value.strip() or field == "prompt"):
            more = "" if field == "prompt" else " that is not blank"
            raise InvalidInput(f"{place}: {field} must be a string{more}")
        if field == "lang" and not _LANG.fullmatch(value):
            raise InvalidInput(f"{place}: lang must be a language code such as de or zh-TW")
        return value
    if field in _LISTS:
        if not isinstance(value, list) or not all(
            isinstance(text, str) and text.strip() for text in value
        ):
            raise InvalidInput(f"{place}: {field} must be a list of strings that are not blank")
        return tuple(value)
    allowed = "prompt, name, display_name, lang, must_contain, must_not_contain, matters and tags"
    raise InvalidInput(f"{place}: unknown field {_shown(field)}; allowed are {allowed}")


def _shown(text: str) -> str:
    """Make somebody's file or field name safe to print, and short."""
    return printable(text)[:200] or "''"


def _why_unreadable(error: OSError | ValueError) -> str:
    return f"cannot be read: {getattr(error, 'strerror', None) or 'it is no file'}"


def read_instructions(where: str) -> Instructions:
    """Read instructions from a file, or from the `naming.md` of a folder.

    The examples are those of the file beside it, or else our own. Raises InvalidInput.
    """
    path = Path(where)
    try:
        file = path / "naming.md" if path.is_dir() else path
        text = file.read_text("utf-8")
        beside = file.with_name("examples.jsonl")
        examples = beside.read_text("utf-8") if beside.exists() else own_examples()
    except UnicodeDecodeError:
        raise InvalidInput(f"--prompt: {printable(where)}: is not text in UTF-8") from None
    except (OSError, ValueError) as error:
        raise InvalidInput(f"--prompt: {printable(where)}: {_why_unreadable(error)}") from None
    if not text.strip():
        raise InvalidInput(f"--prompt: {printable(where)}: is empty")
    _check_examples(printable(str(beside)), examples)
    return instructions_of(text, examples)


def _check_examples(file: str, examples: str) -> None:
    for number, line in enumerate(examples.splitlines(), 1):
        if not line.strip():
            continue
        place = f"--prompt: {file}:{number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            raise InvalidInput(f"{place}: is not JSON") from None
        for field in ("prompt", "name", "display_name"):
            if not isinstance(row, dict) or not isinstance(row.get(field), str):
                raise InvalidInput(f"{place}: {field} must be a string")
        try:
            TaskName(row["name"], row["display_name"])
        except ValueError as error:
            raise InvalidInput(f"{place}: {error}") from None
