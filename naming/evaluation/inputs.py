"""The files of an evaluation: labelled cases, and instructions to try."""

import json
import re
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Final, TypeAlias

import msgspec
from msgspec import Meta

from naming.claude.instructions import Example, Instructions, load_instructions
from naming.names import TaskName
from naming.request import Request, Role, read_conversation
from naming.text.characters import is_shown
from naming.text.word_files import read_sections


class InvalidInput(Exception):
    """What was given cannot be worked with; tells file, line and field, and never a prompt."""


def printable(text: str) -> str:
    """Make `text` safe to print: a question mark for what is invisible or a terminal obeys."""
    return "".join(char if is_shown(char) else "?" for char in text)


WORD_FILE: Final = "evaluation.txt"

Text: TypeAlias = Annotated[str, Meta(pattern=r"\S")]
Texts: TypeAlias = tuple[Text, ...]
Language: TypeAlias = Annotated[str, Meta(pattern=r"^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")]


@dataclass(frozen=True, slots=True)
class Case:
    """A prompt or a conversation with its labels; those left out are not judged.

    `place` says where it stands, as `file:line`. `prompt` is all that the person wrote. `current`
    is what the task is called, and `turn` whether the work has moved on from that.
    """

    place: str
    prompt: str
    name: Text | None = None
    display_name: Text | None = None
    lang: Language | None = None
    must_contain: Texts = ()
    must_not_contain: Texts = ()
    matters: Texts = ()
    tags: Texts = ()
    messages: tuple[tuple[Role, str], ...] = ()
    current: tuple[str, str] | None = None
    turn: bool | None = None

    def read(self) -> Request:
        """Clean what is to be named."""
        request = read_conversation(self.messages) if self.messages else Request.of(self.prompt)
        return request if self.current is None else request.called(*self.current)


_MUST_BE: Final = dict(line.split(": ") for line in read_sections(WORD_FILE)["case fields"])


def read_cases(where: str, tags: Collection[str] = ()) -> list[Case]:
    """Read the cases of a JSON Lines file, of a folder's `*.jsonl`, or of standard input (`-`).

    With `tags`, only the cases that carry one of them. Raises InvalidInput.
    """
    cases = [_case(*each) for file, data in _files(where) for each in json_lines(file, data)]
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
    for file in sorted(path.glob("*.jsonl")) if path.is_dir() else [path]:
        yield str(file), read_file(file)


def read_file(path: Path, option: str = "") -> bytes:
    """Read a file that an `option` such as `--prompt: ` names. Raises InvalidInput."""
    with opened(f"{option}{_shown(str(path))}: cannot be read"):
        return path.read_bytes()


@contextmanager
def opened(if_not: str) -> Iterator[None]:
    """Say `if_not`, and why, where a file cannot be opened. Raises InvalidInput."""
    try:
        yield
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is no file"
        raise InvalidInput(f"{if_not}: {why}") from None


def json_lines(file: str, data: bytes) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the object on each line of a file, with its place. Raises InvalidInput."""
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        place = f"{_shown(file)}:{number}"
        try:
            row = json.loads(line.decode("utf-8"))
        except UnicodeDecodeError:
            raise InvalidInput(f"{place}: is not text in UTF-8") from None
        except (ValueError, RecursionError):
            raise InvalidInput(f"{place}: is not JSON") from None
        if not isinstance(row, dict):
            raise InvalidInput(f"{place}: must be a JSON object")
        yield place, row


def texts_of(place: str, row: dict[str, Any], *fields: str) -> list[str]:
    """Give the texts in some fields of a line. Raises InvalidInput."""
    for field in fields:
        if not isinstance(row.get(field), str):
            raise InvalidInput(f"{place}: {field} must be a string")
    return [row[field] for field in fields]


def _case(place: str, row: dict[str, Any]) -> Case:
    given = {field: value for field, value in row.items() if value is not None}
    if ("prompt" in given) == ("messages" in given):
        raise InvalidInput(f"{place}: prompt is required, or messages in its place")
    if unknown := [field for field in given if field not in _MUST_BE]:
        *fields, last = _MUST_BE
        allowed = f"{', '.join(fields)} and {last}"
        raise InvalidInput(f"{place}: unknown field {_shown(unknown[0])}; allowed are {allowed}")
    if isinstance(given.get("messages"), list):
        given["messages"] = [_in_order(each, "role", "content") for each in given["messages"]]
    if "current" in given:
        given["current"] = _in_order(given["current"], "name", "display_name")
    try:
        case = msgspec.convert({"prompt": "", **given, "place": place}, Case)
    except msgspec.ValidationError as error:
        field = re.findall(r"\$\.(\w+)", str(error))[0]
        raise InvalidInput(f"{place}: {field} must be {_MUST_BE[field]}") from None
    theirs = (text for role, text in case.messages if role is Role.USER)
    return replace(case, prompt=case.prompt or "\n\n".join(theirs))


def _in_order(found: object, *names: str) -> list[object]:
    """Give the fields of an object one after the other; nothing for what is none."""
    return [found.get(name) for name in names] if isinstance(found, dict) else []


def _shown(text: str) -> str:
    """Make somebody's file or field name safe to print, and short."""
    return printable(text)[:200] or "''"


def read_instructions(where: str, guide: str) -> Instructions:
    """Read instructions from a file, or from the `naming.md` of a folder, with a team's `guide`.

    The examples are those of the file beside it, or else our own. Raises InvalidInput.
    """
    path, option = Path(where), "--prompt: "
    file = path / "naming.md" if path.is_dir() else path
    try:
        text = read_file(file, option).decode("utf-8")
    except UnicodeDecodeError:
        raise InvalidInput(f"{option}{_shown(where)}: is not text in UTF-8") from None
    if not text.strip():
        raise InvalidInput(f"{option}{_shown(where)}: is empty")
    examples = load_instructions().examples
    if (beside := file.with_name("examples.jsonl")).exists():
        rows = json_lines(f"{option}{beside}", read_file(beside))
        examples = tuple(_example(*each) for each in rows)
    return Instructions(text, examples, guide)


def _example(place: str, row: dict[str, Any]) -> Example:
    prompt, name, title = texts_of(place, row, "prompt", "name", "display_name")
    try:
        return Example(prompt, TaskName(name, title))
    except ValueError as error:
        raise InvalidInput(f"{place}: {error}") from None
