"""What a name is: a pair of names for one task, which cannot exist in breach of its laws."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from naming.secrets import holds_secret
from naming.text.characters import fault
from naming.text.word_files import words_in

MIN_NAME_LENGTH: Final = 2
MAX_NAME_LENGTH: Final = 32
"""Characters. A DNS label allows 63 (RFC 1035, 2.3.4); this leaves room for what callers add."""

MAX_DISPLAY_LENGTH: Final = 64  # code points

LEGACY_PREFIX: Final = "task-"  # how every name began before this service, and none of its own


class WorkKind(StrEnum):
    """What kind of work a task is, in the words of conventional commits."""

    FEAT = "feat"
    FIX = "fix"
    DOCS = "docs"
    CHORE = "chore"
    REFACTOR = "refactor"
    TEST = "test"


RESERVED: Final = words_in("reserved_names.txt", "reserved")
_GRAMMAR: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_UUID: Final = re.compile(r"[0-9a-f]{32}")
_NUMBER: Final = re.compile(r"[0-9]+e-?[0-9]+|0x[0-9a-f]+|0o[0-7]+|0b[01]+")
"""What YAML (1.2.2, 10.3.2, and 1.1 for binary) reads as a number."""


class InvalidName(ValueError):
    """A name or display name breaks a law. The message says which and never repeats the text."""


@dataclass(frozen=True, slots=True)
class NameLaw:
    """How long a name may be, and of how many parts between `/`; other laws hold for each part."""

    max_length: int = MAX_NAME_LENGTH
    max_parts: int = 1

    def fault(self, name: str) -> str | None:
        """Say which law `name` breaks; None when it breaks none."""
        if self.max_parts == 1:
            return name_fault(name, self.max_length)
        parts = name.split("/")
        if len(parts) > self.max_parts or len(name) > self.max_length:
            return f"must have at most {self.max_parts} parts and {self.max_length} characters"
        faults = (name_fault(part, self.max_length) for part in parts)
        return next(filter(None, faults), None)


def name_fault(name: str, max_length: int = MAX_NAME_LENGTH) -> str | None:
    """Say which law `name` breaks; None when it breaks none."""
    if not MIN_NAME_LENGTH <= len(name) <= max_length:
        return f"must have {MIN_NAME_LENGTH} to {max_length} characters"
    if not _GRAMMAR.fullmatch(name):
        return "must be lower-case ASCII words of letters and digits, joined by single hyphens"
    if name.replace("-", "").isdigit():
        return "must have a letter"
    if name == "task" or name.startswith(LEGACY_PREFIX):
        return f"must not be 'task' nor start with '{LEGACY_PREFIX}'"
    if name in RESERVED:  # `xn--…` is reserved too; the grammar has refused it
        return "must not be a reserved word"
    if _NUMBER.fullmatch(name):
        return "must not be a number"
    if _UUID.fullmatch(name):
        return "must not be a UUID"
    return None


NAME_LAW: Final = NameLaw()


def display_fault(display_name: str) -> str | None:
    """Say which law `display_name` breaks; None when it breaks none."""
    if len(display_name) > MAX_DISPLAY_LENGTH:
        return f"must have at most {MAX_DISPLAY_LENGTH} characters"
    return fault(display_name) or ("holds a secret" if holds_secret(display_name) else None)


@dataclass(frozen=True, slots=True, init=False)
class TaskName:
    """A task's `name` and `display_name`, and the kind of work if told. Raises InvalidName."""

    name: str
    display_name: str
    kind: WorkKind | None

    def __init__(
        self, name: str, display_name: str, kind: str | None = None, *, law: NameLaw = NAME_LAW
    ) -> None:
        self._become(name, display_name, law, None if kind is None else WorkKind(kind))
        if (broken := display_fault(display_name)) is not None:
            raise InvalidName(f"display_name {broken}")

    def renamed(self, name: str, law: NameLaw = NAME_LAW) -> "TaskName":
        """Give the same display name with another name. Raises InvalidName."""
        # To look for secrets in the display name once more would cost 15 µs an answer.
        other = object.__new__(TaskName)
        other._become(name, self.display_name, law, self.kind)
        return other

    def _become(self, name: str, display_name: str, law: NameLaw, kind: WorkKind | None) -> None:
        if (broken := law.fault(name)) is not None:
            raise InvalidName(f"name {broken}")
        for field, value in (("name", name), ("display_name", display_name), ("kind", kind)):
            object.__setattr__(self, field, value)

    @property
    def parts(self) -> tuple[str, ...]:
        """Both names, and the kind if told: what it is made of again where it was kept."""
        return (*self,) if self.kind is None else (*self, self.kind)

    def __iter__(self) -> Iterator[str]:
        """Unpack as `name, display_name`."""
        yield self.name
        yield self.display_name
