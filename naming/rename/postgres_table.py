"""The table of a PostgreSQL database that holds tasks: its session, columns and privileges."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, LiteralString, cast

import psycopg
from psycopg import sql

from naming.rename.errors import BadInput, Stopped, one_line
from naming.rename.tasks import CHANGED, FIELDS, OPTIONAL_FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from psycopg.abc import AdaptContext

    from naming.rename.source import Address

DEFAULT_TABLE: Final = "tasks"
_PART: Final = re.compile(r'"((?:[^"]|"")+)"|([^".]+)')
_TABLE: Final = re.compile(rf"(?:{_PART.pattern})(?:\.(?:{_PART.pattern}))?")

CONNECT_SECONDS: Final = 10
RECONNECT_SECONDS: Final = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
"""The pauses before each try to get a lost connection back: half a minute in all."""

_SESSION: Final = {
    "application_name": "naming rename",
    "client_encoding": "UTF8",
    "lock_timeout": "1s",
    "statement_timeout": "60s",
    "idle_in_transaction_session_timeout": "60s",
    "default_transaction_isolation": "read committed",
}

LOST: Final = (psycopg.OperationalError, psycopg.InterfaceError)
"""What a lost connection raises, and sometimes an open one; `Session.lost` tells."""


class Quoted(sql.Identifier):
    """An identifier for a query that takes values, in which every per cent sign is doubled."""

    def as_bytes(self, context: AdaptContext | None = None) -> bytes:
        """Write it into a query."""
        return super().as_bytes(context).replace(b"%", b"%%")

    def alone(self, context: AdaptContext) -> str:
        """Write it as a value or for people."""
        return super().as_bytes(context).decode()


@dataclass(frozen=True, slots=True)
class Table:
    """Where tasks are kept, quoted once and for all. `active` is a condition on alias `t`."""

    name: Quoted
    column: Mapping[str, Quoted]
    id_type: sql.SQL
    active: sql.Composable

    def query(self, template: LiteralString) -> sql.Composed:
        """Write a query: `{id}` is a column of alias `t`, `{bare_id}` its name alone."""
        columns = {field: sql.SQL("t.{}").format(column) for field, column in self.column.items()}
        bare = {f"bare_{field}": column for field, column in self.column.items()}
        return sql.SQL(template).format(
            table=self.name, active=self.active, id_type=self.id_type, **columns, **bare
        )


class Session:
    """A connection in autocommit mode that comes back when it was lost."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self.db = self._connect()

    def _connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        target = self._address.target
        patience: dict[str, Any] = (
            {} if "connect_timeout" in target else {"connect_timeout": CONNECT_SECONDS}
        )
        try:
            db = psycopg.connect(target, autocommit=True, prepare_threshold=None, **patience)
            for name, value in _SESSION.items():
                db.execute("SELECT set_config(%s, %s, false)", [name, value])
        except psycopg.Error as error:
            raise BadInput(f"{self._address.shown}: {self._said(error)}") from None
        return db

    def _said(self, error: psycopg.Error) -> str:
        """Repeat what the driver or the server says in one line that holds no password."""
        said = one_line(error.diag.message_primary or str(error))
        password = psycopg.conninfo.conninfo_to_dict(self._address.target).get("password")
        return said.replace(str(password), "********") if password else said

    def close(self) -> None:
        """Close the connection."""
        self.db.close()

    @property
    def lost(self) -> bool:
        """Tell whether there is no connection any more."""
        return self.db.closed

    def come_back(self) -> None:
        """Connect again, within half a minute. Raises Stopped."""
        self.db.close()
        for pause in RECONNECT_SECONDS:
            time.sleep(pause)
            try:
                self.db = self._connect()
            except BadInput as error:
                last = error
            else:
                return
        raise Stopped(f"the database is lost: {last}")

    def rows(
        self, query: sql.Composed | sql.SQL, values: Mapping[str, object]
    ) -> list[tuple[Any, ...]]:
        """Read rows, reconnecting when the connection is lost.

        Raises BadInput, Stopped, and psycopg.DataError for values that are not of their type.
        """
        while True:
            try:
                return self.db.execute(query, values).fetchall()
            except psycopg.DataError:
                raise
            except psycopg.ProgrammingError as error:
                raise self.refusal(error) from None
            except psycopg.Error as error:
                if not self.lost:
                    raise Stopped(str(self.refusal(error))) from None
                self.come_back()

    def refusal(self, error: psycopg.Error) -> BadInput:
        """Translate what the database refuses."""
        return BadInput(f"{self._address.shown}: {self._said(error)}")


def find_table(
    connection: Session, shown: str, table: str | None, columns: Mapping[str, str]
) -> Table:
    """Find the table and its columns in the catalogue. Raises BadInput when one is missing."""
    parts = _parts(table or DEFAULT_TABLE)
    name = Quoted(*parts)
    found = dict(
        connection.rows(
            sql.SQL(
                "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
                " WHERE attrelid = to_regclass(%(table)s) AND attnum > 0 AND NOT attisdropped"
            ),
            {"table": name.alone(connection.db)},
        )
    )
    if not found:
        raise BadInput(
            f"{shown}: there is no table {'.'.join(parts)}, or it is not for this role to see"
        )
    column: dict[str, Quoted] = {}
    for field in FIELDS:
        wanted = columns.get(field, field)
        if wanted in found:
            column[field] = Quoted(wanted)
        elif field not in OPTIONAL_FIELDS - columns.keys():
            called = field if field == wanted else f"{field} ({wanted})"
            raise BadInput(f"{shown}: table {'.'.join(parts)}: {called}: there is no such column")
    id_type = found[columns.get("id", "id")].replace(
        "%", "%%"
    )  # as the catalogue spells it, quoted
    active = _active(column, found.get(columns.get("deleted_at", "deleted_at")))
    return Table(name, column, sql.SQL(cast("LiteralString", id_type)), active)


def _active(column: Mapping[str, Quoted], type_: str | None) -> sql.Composable:
    if "deleted_at" not in column:
        return sql.SQL("true")
    condition = sql.SQL("t.{} IS NOT TRUE") if type_ == "boolean" else sql.SQL("t.{} IS NULL")
    return condition.format(column["deleted_at"])


def _parts(table: str) -> list[str]:
    """Take a table's name apart: `tasks`, `schema.tasks`, `"odd.schema".tasks`. Raises BadInput."""
    if not _TABLE.fullmatch(table) or "\x00" in table:
        raise BadInput("--table: must be NAME or SCHEMA.NAME")
    return [bare or quoted.replace('""', '"') for quoted, bare in _PART.findall(table)]


_READS_ONLY: Final = sql.SQL(
    "SELECT pg_is_in_recovery(), current_setting('transaction_read_only')::boolean"
)

_COLUMNS: Final = sql.SQL(
    "SELECT attname, has_column_privilege(attrelid, attnum, 'UPDATE'),"
    " pg_column_is_updatable(attrelid, attnum, true),"
    " attgenerated <> '' OR attidentity = 'a'"
    " FROM pg_attribute WHERE attrelid = %(table)s::regclass"
    """ AND '"' || replace(attname, '"', '""') || '"' = ANY(%(columns)s) ORDER BY attname"""
)


def check_rights(connection: Session, table: Table, shown: str) -> None:
    """Find out whether this session may write both names. Raises BadInput, Stopped."""
    ((is_replica, reads_only),) = connection.rows(_READS_ONLY, {})
    if is_replica:
        raise BadInput(
            f"{shown}: this is a read-only replica; give the address of the server that it follows"
        )
    if reads_only:
        raise BadInput(f"{shown}: this database is read-only (default_transaction_read_only is on)")
    name = table.name.alone(connection.db)
    columns = [table.column[field].alone(connection.db) for field in CHANGED]
    found = connection.rows(_COLUMNS, {"table": name, "columns": columns})
    for column, is_permitted, is_updatable, is_generated in found:
        where = f"{shown}: table {name}: {column}"
        if not is_updatable:
            raise BadInput(f"{where}: the database cannot update this column of a view")
        if is_generated:
            raise BadInput(f"{where}: the database makes the values of this column itself")
        if not is_permitted:
            raise BadInput(f"{where}: permission denied; this role needs UPDATE on this column")
