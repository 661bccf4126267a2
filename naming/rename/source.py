"""Where the tasks are: reading SOURCE as it is typed, and what every source of tasks can do."""

from __future__ import annotations

import dataclasses
import os
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import quote, urlencode

from naming.rename.errors import BadInput, one_line
from naming.rename.tasks import CHANGED, FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from naming.rename.tasks import Change, Listed, Names, Picks, Task, Verdict


class SourceKind(StrEnum):
    """The kinds of sources."""

    CSV = "csv"
    JSONL = "jsonl"
    POSTGRES = "postgres"


_KIND_OF_SUFFIX: Final = {
    ".csv": SourceKind.CSV,
    ".jsonl": SourceKind.JSONL,
    ".ndjson": SourceKind.JSONL,
}
_SCHEMES: Final = ("postgresql://", "postgres://")

_PLAIN_PATH: Final = re.compile(r"[\w./ -]+")

_SHOWN: Final = frozenset(
    "host hostaddr port dbname user sslmode sslrootcert channel_binding target_session_attrs "
    "service options connect_timeout gssencmode".split()
)
"""Parts of a database's address that are no secret and are needed to find it again."""


@dataclass(frozen=True, slots=True)
class Address:
    """One source. A plan's header holds `shown`; `target` may hold a password."""

    kind: SourceKind
    shown: str
    target: str = dataclasses.field(repr=False)


def read_address(source: str) -> Address:
    """Read a SOURCE. Raises BadInput for an unknown kind of source."""
    if "\x00" in source or not is_utf8(source):
        raise BadInput("SOURCE: must be UTF-8 without a zero byte")
    if source.lower().startswith(_SCHEMES):
        return Address(SourceKind.POSTGRES, without_secrets(source), source)
    if "://" in source:
        raise BadInput("SOURCE: must be a .csv file, a .jsonl file or a postgresql:// address")
    kind = _KIND_OF_SUFFIX.get(Path(source).suffix.lower())
    if kind is None:
        # `host=db password=…` is no path, and secret.
        called = source if _PLAIN_PATH.fullmatch(source) else "SOURCE"
        raise BadInput(
            f"{called}: unknown kind of file;"
            " a source ends in .csv or .jsonl, or is a postgresql:// address"
        )
    path = os.path.abspath(source)  # noqa: PTH100 # symbolic links stay as they were given
    return Address(kind, path, path)


def is_utf8(text: str) -> bool:
    """Tell whether UTF-8 can hold a text; badly encoded arguments hold half surrogates."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


def without_secrets(uri: str) -> str:
    """Write a database's address without anything that may be secret. Raises BadInput."""
    from psycopg import ProgrammingError  # noqa: PLC0415 # files need no database driver
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415

    try:
        parts = conninfo_to_dict(uri)
    except ProgrammingError:  # its text may quote a part of the password
        raise BadInput(
            "SOURCE: not a postgresql:// address (special characters in it must be percent-encoded)"
        ) from None
    return _uri({key: str(value) for key, value in parts.items() if key in _SHOWN})


def _uri(parts: Mapping[str, str]) -> str:
    rest = dict(parts)
    user, dbname = rest.pop("user", ""), rest.pop("dbname", "")
    who, server = f"{quote(user, safe='')}@" if user else "", ""
    if all(char.isalnum() or char in ".-" for char in rest.get("host", "/")):
        server, port = rest.pop("host"), rest.pop("port", "")
        server += f":{port}" if port.isdecimal() else ""
    query = f"?{urlencode(sorted(rest.items()), safe='/')}" if rest else ""
    return f"postgresql://{who}{server}/{quote(dbname, safe='')}{query}"


class TaskSource(Protocol):
    """Tasks somewhere. Raises BadInput for what cannot be read, Stopped in the middle."""

    def listed(self) -> Iterator[Listed]:
        """Give the owner and the names of every row, deleted or not."""

    def tasks(self, picks: Picks, after: str | None) -> Iterator[Task]:
        """Give the selected active tasks in the source's own order, those behind `after` only."""

    def carry_out(
        self, changes: Iterable[Change], *, undo: bool, dry_run: bool
    ) -> Iterator[Verdict]:
        """Make the changes, each wholly or not at all, or only tell with `dry_run`."""

    def raw_of(self, task: Task, new: Names) -> Mapping[str, str] | None:
        """Tell how the old names are spelt, where undoing a change to `new` could not tell it."""

    def close(self) -> None:
        """Close it."""


def check_columns(columns: Mapping[str, str]) -> None:
    """Refuse a column of no field, and two fields in one column that is to be changed.

    A prompt is only read, so it may share a column. Raises BadInput.
    """
    if unknown := columns.keys() - set(FIELDS):
        raise BadInput(f"--column: {one_line(min(unknown))} is none of {', '.join(FIELDS)}")
    fields_of: dict[str, list[str]] = {}
    for field in FIELDS:
        fields_of.setdefault(columns.get(field, field), []).append(field)
    for column, fields in fields_of.items():
        clashing = [field for field in fields if field != "prompt"]
        if len(clashing) > 1 and not CHANGED.isdisjoint(clashing):
            raise BadInput(
                f"--column: {' and '.join(clashing)} cannot both be in {one_line(column)}"
            )


def open_source(address: Address, table: str | None, columns: Mapping[str, str]) -> TaskSource:
    """Open the source at `address`, whose fields are kept in `columns`. Raises BadInput."""
    check_columns(columns)
    if address.kind is SourceKind.POSTGRES:
        from naming.rename.postgres_source import PostgresSource  # noqa: PLC0415 # files need no database driver

        return PostgresSource(address, table, columns)
    from naming.rename.csv_file import CsvFormat  # noqa: PLC0415 # databases need no files
    from naming.rename.jsonl_file import JsonLinesFormat  # noqa: PLC0415
    from naming.rename.task_file import TaskFile  # noqa: PLC0415

    format_ = CsvFormat(columns) if address.kind is SourceKind.CSV else JsonLinesFormat(columns)
    return TaskFile(address.target, format_)
