"""The files of an evaluation: labelled cases, and instructions to try."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from naming.claude.instructions import Example, Instructions, load_instructions
from naming.conversation import Role, read_conversation
from naming.names import TaskName
from naming.request import Request
from naming.text.characters import is_shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_LANG: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


class InvalidInput(Exception):
    """What was given cannot be worked with. The message names the file, the line and the field.

    Never a prompt.
    """


def printable(text: str) -> str:
    """Make `text` safe to print: a question mark for what is invisible or a terminal obeys."""
    return "".join(char if is_shown(char) else "?" for char in text)


@dataclass(frozen=True, slots=True)
class Case:
    """A prompt or a conversation with its labels; those left out are not judged.

    `place` says where it stands, as `file:line`. `prompt` is all that the person wrote. `current`
    is what the task is called, and `turn` whether the work has moved on from that.
    """

    place: str
    prompt: str
    name: str | None = None
    display_name: str | None = None
    lang: str | None = None
    must_contain: tuple[str, ...] = ()
    must_not_contain: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    messages: tuple[tuple[Role, str], ...] = ()
    current: tuple[str, str] | None = None
    turn: bool | None = None

    def read(self) -> Request:
        """Clean what is to be named."""
        request = read_conversation(self.messages) if self.messages else Request.of(self.prompt)
        return request if self.current is None else request.called(*self.current)


_FIELDS: Final = tuple(field.name for field in fields(Case)[1:])
_READ: Final = frozenset({"prompt", "messages", "current", "turn"})
_LISTS: Final = frozenset({"must_contain", "must_not_contain", "matters", "tags"})


def read_cases(where: str, tags: Collection[str] = ()) -> list[Case]:
    """Read the cases of a JSON Lines file, of a folder's `*.jsonl`, or of standard input (`-`).

    With `tags`, only the cases that carry one of them. Raises InvalidInput.
    """
    cases = [
        _case(place, row)
        for file, data in _files(where)
        for place, row in json_lines(_shown(file), data)
    ]
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
        for file in sorted(path.glob("*.jsonl")) if path.is_dir() else [path]:
            yield str(file), file.read_bytes()
    except (OSError, ValueError) as error:
        raise InvalidInput(f"{_shown(where)}: cannot be read: {why(error)}") from None


def json_lines(file: str, data: bytes) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the object on each line of a file, with its place. Raises InvalidInput."""
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        place = f"{file}:{number}"
        try:
            row = json.loads(line.decode("utf-8"))
        except UnicodeDecodeError:
            raise InvalidInput(f"{place}: is not text in UTF-8") from None
        except (ValueError, RecursionError):
            raise InvalidInput(f"{place}: is not JSON") from None
        if not isinstance(row, dict):
            raise InvalidInput(f"{place}: must be a JSON object")
        yield place, row


def text_of(place: str, row: dict[str, Any], field: str) -> str:
    """Give the text in a field of a line. Raises InvalidInput."""
    if not isinstance(value := row.get(field), str):
        raise InvalidInput(f"{place}: {field} must be a string")
    return value


def _case(place: str, row: dict[str, Any]) -> Case:
    given = {field: value for field, value in row.items() if value is not None}
    if ("prompt" in given) == ("messages" in given):
        raise InvalidInput(f"{place}: prompt is required, or messages in its place")
    given |= _talk(place, given)
    text_of(place, given, "prompt")  # may be blank
    for field, value in given.items():
        if field in _READ:
            continue
        if field not in _FIELDS:
            allowed = f"{', '.join(_FIELDS[:-1])} and {_FIELDS[-1]}"
            raise InvalidInput(f"{place}: unknown field {_shown(field)}; allowed are {allowed}")
        is_list = field in _LISTS
        texts = value if is_list else [value]
        if not isinstance(texts, list) or not all(map(_is_text, texts)):
            kind = "a list of strings that are" if is_list else "a string that is"
            raise InvalidInput(f"{place}: {field} must be {kind} not blank")
    if not _LANG.fullmatch(given.get("lang", "en")):
        raise InvalidInput(f"{place}: lang must be a language code such as de or zh-TW")
    lists = {field: tuple(given[field]) for field in _LISTS & given.keys()}
    return Case(place, **(given | lists))


def _talk(place: str, given: dict[str, Any]) -> dict[str, Any]:
    """Read the fields about a conversation. Raises InvalidInput."""
    read: dict[str, Any] = {}
    try:
        if "messages" in given:
            said = [(Role(each["role"]), each["content"]) for each in given["messages"]]
            theirs = (text for role, text in said if role is Role.USER)
            read |= {"messages": tuple(said), "prompt": "\n\n".join(theirs)}
        if "current" in given:
            read["current"] = given["current"]["name"], given["current"]["display_name"]
    except (KeyError, TypeError, ValueError):
        allowed = "messages must be objects of role and content, current of name and display_name"
        raise InvalidInput(f"{place}: {allowed}") from None
    if not isinstance(given.get("turn", True), bool):
        raise InvalidInput(f"{place}: turn must be true or false")
    return read


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value.strip() != ""


def _shown(text: str) -> str:
    """Make somebody's file or field name safe to print, and short."""
    return printable(text)[:200] or "''"


def why(error: Exception) -> str:
    """Say why a file cannot be opened."""
    return getattr(error, "strerror", None) or "it is no file"


def read_instructions(where: str) -> Instructions:
    """Read instructions from a file, or from the `naming.md` of a folder.

    The examples are those of the file beside it, or else our own. Raises InvalidInput.
    """
    path = Path(where)
    try:
        file = path / "naming.md" if path.is_dir() else path
        text = file.read_text("utf-8")
        beside = file.with_name("examples.jsonl")
        lines = beside.read_bytes() if beside.exists() else None
    except UnicodeDecodeError:
        raise InvalidInput(f"--prompt: {printable(where)}: is not text in UTF-8") from None
    except (OSError, ValueError) as error:
        raise InvalidInput(f"--prompt: {printable(where)}: cannot be read: {why(error)}") from None
    if not text.strip():
        raise InvalidInput(f"--prompt: {printable(where)}: is empty")
    if lines is None:
        return Instructions.of(text, load_instructions().examples)
    rows = json_lines(f"--prompt: {printable(str(beside))}", lines)
    return Instructions.of(text, tuple(_example(*each) for each in rows))


def _example(place: str, row: dict[str, Any]) -> Example:
    prompt, name, title = (text_of(place, row, each) for each in ("prompt", "name", "display_name"))
    try:
        return Example(prompt, TaskName(name, title))
    except ValueError as error:
        raise InvalidInput(f"{place}: {error}") from None
