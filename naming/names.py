"""What a name is: a pair of names for one task, which cannot exist in breach of its laws."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from naming.secrets import holds_secret
from naming.text.characters import fault

if TYPE_CHECKING:
    from collections.abc import Iterator

MIN_NAME_LENGTH: Final = 2
MAX_NAME_LENGTH: Final = 32
"""Characters. A DNS label allows 63 (RFC 1035, section 2.3.4).

32 leaves a caller room for what it adds."""

MAX_DISPLAY_LENGTH: Final = 64
"""Code points."""

LEGACY_PREFIX: Final = "task-"
"""How every name began before this service.

No new name does, so renaming knows what it has done."""

RESERVED: Final = frozenset(
    "new create edit settings api admin login logout me all "  # routes of a web application
    "none undefined null true false yes no on off "  # words of programs and configuration files
    "con prn aux nul "  # devices of Windows
    "com0 com1 com2 com3 com4 com5 com6 com7 com8 com9 "
    "lpt0 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9 "
    "head".split()  # a ref of git
)
"""Words that a URL, a file system, a configuration file or git does not read as a name."""

_GRAMMAR: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_UUID: Final = re.compile(r"[0-9a-f]{32}")
_NUMBER: Final = re.compile(r"[0-9]+e-?[0-9]+|0x[0-9a-f]+|0o[0-7]+|0b[01]+")
"""What YAML (1.2.2, 10.3.2, and 1.1 for binary) reads as a number."""


class InvalidName(ValueError):
    """A name or display name breaks a law.

    The message says which law and never repeats the text.
    """


def name_fault(name: str) -> str | None:
    """Say which law `name` breaks; None when it breaks none."""
    if not MIN_NAME_LENGTH <= len(name) <= MAX_NAME_LENGTH:
        return f"must have {MIN_NAME_LENGTH} to {MAX_NAME_LENGTH} characters"
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


def display_fault(display_name: str) -> str | None:
    """Say which law `display_name` breaks; None when it breaks none."""
    if len(display_name) > MAX_DISPLAY_LENGTH:
        return f"must have at most {MAX_DISPLAY_LENGTH} characters"
    if (broken := fault(display_name)) is not None:
        return broken
    return "holds a secret" if holds_secret(display_name) else None


@dataclass(frozen=True, slots=True)
class DisplayName:
    """A lawful display name: whoever makes several names with it has it checked once.

    Raises InvalidName.
    """

    text: str

    def __post_init__(self) -> None:
        """Check it, once and for all."""
        if (broken := display_fault(self.text)) is not None:
            raise InvalidName(f"display_name {broken}")


@dataclass(frozen=True, slots=True, init=False)
class TaskName:
    """A task's `name` for machines and its `display_name` for people.

    Raises InvalidName for anything unlawful.
    """

    name: str
    display_name: str

    def __init__(self, name: str, display_name: str | DisplayName) -> None:
        if (broken := name_fault(name)) is not None:
            raise InvalidName(f"name {broken}")
        if not isinstance(display_name, DisplayName):
            display_name = DisplayName(display_name)
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "display_name", display_name.text)

    def renamed(self, name: str) -> TaskName:
        """Give the same display name with another name. Raises InvalidName."""
        # Known to be lawful, and to look for secrets in it once more would cost 15 µs an answer.
        lawful = object.__new__(DisplayName)
        object.__setattr__(lawful, "text", self.display_name)
        return TaskName(name, lawful)

    def __iter__(self) -> Iterator[str]:
        """Unpack as `name, display_name`."""
        yield self.name
        yield self.display_name
