"""Where the tasks are: reading SOURCE as it is typed, and what every source of tasks can do."""

import os
import re
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import quote, urlencode

from naming.rename.file_formats import CsvFormat, JsonFormat
from naming.rename.reading import Layout, is_utf8
from naming.rename.task_file import TaskFile
from naming.rename.terminal import BadInput

if TYPE_CHECKING:
    from naming.rename.postgres_table import PostgresTable
    from naming.rename.sqlite_file import SqliteFile


class SourceKind(StrEnum):
    """The kinds of sources."""

    CSV = "csv"
    JSON = "json"
    POSTGRES = "postgres"
    SQLITE = "sqlite"


_SUFFIXES: Final = {
    SourceKind.CSV: (".csv", ".tsv"),
    SourceKind.JSON: (".json", ".jsonl", ".ndjson"),
    SourceKind.SQLITE: (".db", ".sqlite", ".sqlite3"),
}
KINDS: Final = "a .csv, .tsv, .json or .jsonl file, or a postgresql:// or sqlite:/// address"
SQLITE: Final = "sqlite:///"

_PART: Final = re.compile(r'"((?:[^"]|"")+)"|([^".]+)')

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
    target: str = field(repr=False)


def read_address(source: str) -> Address:
    """Read a SOURCE. Raises BadInput for an unknown kind of source."""
    if "\x00" in source or not is_utf8(source):
        raise BadInput("SOURCE: must be UTF-8 without a zero byte")
    if source.lower().startswith(("postgresql://", "postgres://")):
        return Address(SourceKind.POSTGRES, without_secrets(source), source)
    if source.lower().startswith(SQLITE) and len(source) > len(SQLITE):
        path = os.path.abspath(source[len(SQLITE) :])  # noqa: PTH100
        from_root = "/" + source[len(SQLITE) :]  # as some write it who mean an absolute path
        path = path if Path(path).exists() or not Path(from_root).exists() else from_root
        return Address(SourceKind.SQLITE, SQLITE + path, path)
    if "://" in source:
        raise BadInput(f"SOURCE: must be {KINDS}")
    suffix = Path(source).suffix.lower()
    kind = next((kind for kind, suffixes in _SUFFIXES.items() if suffix in suffixes), None)
    if kind is None:
        # `host=db password=…` is no path, and secret.
        called = source if re.fullmatch(r"[\w./ -]+", source) else "SOURCE"
        raise BadInput(f"{called}: unknown kind of file; a source is {KINDS}")
    path = os.path.abspath(source)  # noqa: PTH100 # symbolic links stay as they were given
    return Address(kind, SQLITE + path if kind is SourceKind.SQLITE else path, path)


_HOST: Final = r"(?:\[[^]@/?]*\]|[^,:@/?]*)(?::[0-9]*)?"
_PLAIN_ADDRESS: Final = re.compile(
    rf"(?i)postgres(?:ql)?://(?:[^@/?]*@)?{_HOST}(?:,{_HOST})*(?:/[^@/?]*)?(?:\?.*)?"
)
"""An address in which no bare `@`, `/` or `?` of a password is taken for the end of it."""


def without_secrets(uri: str) -> str:
    """Write a database's address without anything that may be secret. Raises BadInput."""
    from psycopg import ProgrammingError  # noqa: PLC0415 # files need no database driver
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415

    try:
        parts = conninfo_to_dict(uri) if _PLAIN_ADDRESS.fullmatch(uri) else None
    except ProgrammingError:  # its text may quote a part of the password
        parts = None
    if parts is None:
        hint = "special characters in it must be percent-encoded"
        raise BadInput(f"SOURCE: not a postgresql:// address ({hint})")
    rest = {key: str(value) for key, value in parts.items() if key in _SHOWN}
    user, dbname = rest.pop("user", ""), rest.pop("dbname", "")
    who, server = f"{quote(user, safe='')}@" if user else "", ""
    if all(char.isalnum() or char in ".-" for char in rest.get("host", "/")):
        server, port = rest.pop("host"), rest.pop("port", "")
        server += f":{port}" if port.isdecimal() else ""
    query = f"?{urlencode(sorted(rest.items()), safe='/')}" if rest else ""
    return f"postgresql://{who}{server}/{quote(dbname, safe='')}{query}"


def parts_of(option: str, name: str, shape: str) -> list[str]:
    """Take a name apart: `tasks`, `schema.tasks`, `"odd.schema".tasks`. Raises BadInput."""
    least = len(shape.split("."))
    parts = [bare or quoted.replace('""', '"') for quoted, bare in _PART.findall(name)]
    whole = rf"(?:{_PART.pattern})(?:\.(?:{_PART.pattern}))*"
    if not re.fullmatch(whole, name) or "\x00" in name or not least <= len(parts) <= least + 1:
        raise BadInput(f"{option}: must be {shape} or SCHEMA.{shape}")
    return parts


TaskSource: TypeAlias = "TaskFile | SqliteFile | PostgresTable"
"""Tasks somewhere. Raises BadInput for what cannot be read, Stopped in the middle."""


def open_source(address: Address, layout: Layout) -> "TaskSource":
    """Open the source at `address`. Raises BadInput."""
    if address.kind is SourceKind.POSTGRES:
        # Files need no database driver.
        from naming.rename.postgres_table import PostgresTable  # noqa: PLC0415

        return PostgresTable(address, layout)
    if address.kind is SourceKind.SQLITE:
        from naming.rename.sqlite_file import SqliteFile  # noqa: PLC0415 # it imports this module

        return SqliteFile(address, layout)
    if layout.table is not None:
        raise BadInput("--table: only a database has tables")
    format_ = JsonFormat if address.kind is SourceKind.JSON else CsvFormat
    return TaskFile(address.target, format_(layout))
