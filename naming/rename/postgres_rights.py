"""Whether tasks can be renamed here at all.

Asked before the first of them is touched, and by a dry run too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from psycopg import sql

from naming.rename.tasks import CHANGED
from naming.rename.trouble import BadInput

if TYPE_CHECKING:
    from naming.rename.postgres_table import Connection, Table

_READS_ONLY: Final = sql.SQL(
    "SELECT pg_is_in_recovery(), current_setting('transaction_read_only')::boolean"
)

_COLUMNS: Final = sql.SQL(
    "SELECT attname, has_column_privilege(attrelid, attnum, 'UPDATE'), pg_column_is_updatable(attrelid, attnum, true),"
    " attgenerated <> '' OR attidentity = 'a'"
    " FROM pg_attribute WHERE attrelid = %(table)s::regclass"
    """ AND '"' || replace(attname, '"', '""') || '"' = ANY(%(columns)s) ORDER BY attname"""
)


def check_rights(connection: Connection, table: Table, shown: str) -> None:
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
