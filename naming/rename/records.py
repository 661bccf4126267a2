"""A file of tasks as records: the bytes of each as they stand, and what they say of a task."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

    from naming.rename.tasks import Names, Task


class Record(NamedTuple):
    """Some bytes of a file, up to and with a line end.

    `task` is None for what is none, such as a header.
    """

    line: int
    raw: bytes
    task: Task | None = None
    deleted: bool = False
    spans: tuple[tuple[int, int], tuple[int, int]] = ((0, 0), (0, 0))
    """Where `name` and `display_name` stand, in the format's own count."""


class Malformed(Exception):
    """A line cannot be read; the message begins with its number and never quotes it."""


class Format(Protocol):
    """A format of task files, which keeps every byte that it does not have to change."""

    def records(self, file: BinaryIO) -> Iterator[Record]:
        """Read the file's records; together their bytes are the file. Raises Malformed."""

    def rewrite(self, record: Record, names: Names, raw: Mapping[str, str] | None) -> bytes:
        """Write a record with other names, spelt as `raw` says where it does."""

    def raw_of(self, task: Task, new: Names) -> Mapping[str, str] | None:
        """Tell how the old names are spelt, where undoing a change to `new` could not tell it otherwise."""


UTF8_BOM = b"\xef\xbb\xbf"


def decode(raw: bytes, line: int) -> str:
    """Read a record's text. Raises Malformed when it is not UTF-8."""
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        line += raw.count(b"\n", 0, error.start)
        raise Malformed(f"line {line}: not UTF-8") from None
