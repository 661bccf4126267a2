"""Where the tasks are: reading SOURCE as it is typed, and writing it without its password."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

from naming.rename.trouble import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping


class Kind(StrEnum):
    """The kinds of sources."""

    CSV = "csv"
    JSONL = "jsonl"
    POSTGRES = "postgres"


_KIND_OF_SUFFIX: Final = {".csv": Kind.CSV, ".jsonl": Kind.JSONL, ".ndjson": Kind.JSONL}
_SCHEMES: Final = ("postgresql://", "postgres://")

_PLAIN_PATH: Final = re.compile(r"[\w./ -]+")

_SHOWN: Final = frozenset(
    "host hostaddr port dbname user sslmode sslrootcert channel_binding target_session_attrs service options "
    "connect_timeout gssencmode".split()
)
"""Parts of a database's address that are no secret and are needed to find it again."""


@dataclass(frozen=True, slots=True)
class Address:
    """One source: `shown` is what a plan's header says of it.

    `target` may hold a password and never shows.
    """

    kind: Kind
    shown: str
    target: str = field(repr=False)


def read_address(source: str) -> Address:
    """Read a SOURCE. Raises BadInput for an unknown kind of source."""
    if "\x00" in source or not is_utf8(source):
        raise BadInput("SOURCE: must be UTF-8 without a zero byte")
    if source.lower().startswith(_SCHEMES):
        return Address(Kind.POSTGRES, without_secrets(source), source)
    if "://" in source:
        raise BadInput("SOURCE: must be a .csv file, a .jsonl file or a postgresql:// address")
    kind = _KIND_OF_SUFFIX.get(Path(source).suffix.lower())
    if kind is None:
        called = (
            source if _PLAIN_PATH.fullmatch(source) else "SOURCE"
        )  # `host=db password=…` is no path, and secret
        raise BadInput(
            f"{called}: unknown kind of file; a source ends in .csv or .jsonl, or is a postgresql:// address"
        )
    path = os.path.abspath(source)  # noqa: PTH100 # symbolic links stay as they were given
    return Address(kind, path, path)


def is_utf8(text: str) -> bool:
    """Tell whether UTF-8 can hold a text.

    What the command line gets in another encoding arrives as half surrogates.
    """
    return not any("\ud800" <= char <= "\udfff" for char in text)


def without_secrets(uri: str) -> str:
    """Write a database's address without its password or anything else that may be secret.

    Raises BadInput.
    """
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
    place = ""
    if all(char.isalnum() or char in ".-" for char in rest.get("host", "/")):
        place = rest.pop("host") + (
            f":{port}" if (port := rest.pop("port", "")).isdecimal() else ""
        )
    query = f"?{urlencode(sorted(rest.items()), safe='/')}" if rest else ""
    return f"postgresql://{quote(user, safe='') + '@' if user else ''}{place}/{quote(dbname, safe='')}{query}"
