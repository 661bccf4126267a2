"""The table of a PostgreSQL database that holds tasks: its session, its columns and its rules."""

from __future__ import annotations

import re
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, LiteralString, cast

import psycopg
from psycopg import errors, sql

from naming.rename.errors import BadInput, Overdue, Stopped, one_line
from naming.rename.reading import Unreadable, active_pattern, find_columns
from naming.rename.source import DEFAULT_TABLE, parts_of
from naming.rename.tasks import LEAST_LENGTH, halves

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping, Sequence

    from psycopg.abc import AdaptContext

    from naming.rename.source import Address, Layout

CONNECT_SECONDS: Final = 10
RECONNECT_SECONDS: Final = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
"""The pauses before each try to get a lost connection back: half a minute in all."""

LIMITS: Final = {
    "application_name": "naming rename",
    "lock_timeout": "1s",
    "statement_timeout": "60s",
    "idle_in_transaction_session_timeout": "60s",
}
"""Settings of each transaction. None is of the session, which may be a pooler's for all."""

LOST: Final = (psycopg.OperationalError, psycopg.InterfaceError)
"""What a lost connection raises, and sometimes an open one; `Session.db.closed` tells."""


class Quoted(sql.Identifier):
    """An identifier for a query that takes values, in which every per cent sign is doubled."""

    def as_bytes(self, context: AdaptContext | None = None) -> bytes:
        """Write it into a query."""
        return super().as_bytes(context).replace(b"%", b"%%")

    def alone(self, context: AdaptContext) -> str:
        """Write it as a value or for people."""
        return super().as_bytes(context).decode()

    @property
    def last(self) -> str:
        """Its last part as it is, without quotes."""
        return self._obj[-1]


def spelt(text: str) -> sql.SQL:
    """Take a part of a query as the catalogue spells it."""
    return sql.SQL(text.replace("%", "%%"))


class Session:
    """A connection that comes back when it was lost, and keeps no setting past a transaction."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self.db = self._connect()

    def _connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        target = self._address.target
        patience: dict[str, Any] = (
            {} if "connect_timeout" in target else {"connect_timeout": CONNECT_SECONDS}
        )
        try:
            db = psycopg.connect(
                target,
                autocommit=True,
                prepare_threshold=None,
                client_encoding="UTF8",
                **patience,
            )
            db.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
            # What the operator asks for, as by `options` in the address, is left at that.
            asked = db.execute("SELECT name FROM pg_settings WHERE source = 'client'").fetchall()
        except psycopg.Error as error:
            raise BadInput(f"{self._address.shown}: {self._said(error)}") from None
        self._limits = {name: LIMITS[name] for name in LIMITS.keys() - {row[0] for row in asked}}
        return db

    def _said(self, error: psycopg.Error) -> str:
        """Repeat what the driver or the server says in one line that holds no password."""
        said = one_line(error.diag.message_primary or str(error))
        password = psycopg.conninfo.conninfo_to_dict(self._address.target).get("password")
        return said.replace(str(password), "********") if password else said

    def close(self) -> None:
        """Close the connection."""
        self.db.close()

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

    @contextmanager
    def transaction(self, **limits: str) -> Iterator[None]:
        """Be in a transaction with its own limits: those of all, and others in `limits`."""
        with self.db.transaction():
            wanted = self._limits | limits
            if wanted:
                self.db.execute(
                    sql.SQL("; ").join(
                        sql.SQL("SET LOCAL {} = {}").format(sql.Identifier(name), value)
                        for name, value in wanted.items()
                    )
                )
            yield

    def rows(
        self,
        query: sql.Composed | sql.SQL,
        values: Mapping[str, object],
        read: Callable[[tuple[Any, ...]], Any] | None = None,
    ) -> list[Any]:
        """Read rows, large ones each with `read` as it comes, again when the connection was lost.

        Raises BadInput, Stopped, Overdue, and psycopg.DataError for values not of their type.
        """
        while True:
            try:
                with self.transaction():
                    if read is None:
                        return self.db.execute(query, values).fetchall()
                    # Left open, it would hold the connection that is to be rolled back.
                    stream = cast("Generator[Any]", self.db.cursor().stream(query, values))
                    with closing(stream):
                        return [read(row) for row in stream]
            except psycopg.DataError:
                raise
            except errors.QueryCanceled as error:
                raise Overdue(str(self.refusal(error))) from None
            except psycopg.ProgrammingError as error:
                raise self.refusal(error) from None
            except psycopg.Error as error:
                if not self.db.closed:
                    raise Stopped(str(self.refusal(error))) from None
                self.come_back()

    def refusal(self, error: psycopg.Error) -> BadInput:
        """Translate what the database refuses."""
        return BadInput(f"{self._address.shown}: {self._said(error)}")


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """Within what a name is taken: rows that agree in `keys` and are `counted`.

    All are written for a query of the table alone, with the alias `t`.
    """

    keys: Sequence[sql.Composable]
    counted: sql.Composable
    name: sql.Composable
    """The name as it is compared there."""
    new_name: sql.Composable
    """A new one, `c.name_after`, as it is compared with these."""
    is_owners: bool = False
    """Whether it is that of an owner's names."""
    is_index: bool = True
    """Whether a unique index sees to it."""


@dataclass(frozen=True, slots=True)
class Table:
    """Where tasks are kept, quoted once and for all. `active` is a condition on alias `t`."""

    name: Quoted
    column: Mapping[str, Quoted]
    type_of: Mapping[str, sql.SQL]
    kind: str
    """As `relkind` tells it: `r`, `p`, `v`, `m`, `f`."""
    active: sql.Composable

    def query(self, template: LiteralString, **parts: sql.Composable) -> sql.Composed:
        """Write a query: `{id}` is a column of alias `t`, `{bare_id}` its name alone."""
        columns: dict[str, sql.Composable] = {
            field: sql.SQL("t.{}").format(column) for field, column in self.column.items()
        }
        columns.setdefault("name", sql.SQL("''"))
        columns.setdefault("deleted_at", sql.SQL("NULL"))
        bare = {f"bare_{field}": column for field, column in self.column.items()}
        return sql.SQL(template).format(
            table=self.name,
            active=self.active,
            id_type=self.type_of["id"],
            **columns,
            **bare,
            **parts,
        )


_TABLE: Final = sql.SQL(
    "SELECT attname, format_type(atttypid, atttypmod), typcategory, relkind"
    " FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
    " JOIN pg_type ON pg_type.oid = atttypid"
    " WHERE attrelid = to_regclass(%(table)s) AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
)


def find_table(session: Session, shown: str, layout: Layout) -> Table:
    """Find the table and its columns in the catalogue. Raises BadInput when one is missing."""
    parts = parts_of("--table", layout.table or DEFAULT_TABLE, "NAME")
    name, called = Quoted(*parts), ".".join(parts)
    found = session.rows(_TABLE, {"table": name.alone(session.db)})
    if not found:
        raise BadInput(f"{shown}: there is no table {called}, or it is not for this role to see")
    try:
        where = find_columns(layout.columns, [row[0] for row in found], layout.optional)
    except Unreadable as error:
        raise BadInput(f"{shown}: table {called}: {error}") from None
    types = {row[0]: row[1] for row in found}
    prompt, categories = where["prompt"], {row[0]: row[2] for row in found}
    if categories[prompt] not in {"S", "A"} and types[prompt] not in {"json", "jsonb"}:
        raise BadInput(f"{shown}: table {called}: prompt: is not text, but {types[prompt]}")
    active: sql.Composable = sql.SQL("true")
    if "deleted_at" in where:
        active = sql.SQL("(t.{0} IS NULL OR lower(t.{0}::text) ~ {1})").format(
            Quoted(where["deleted_at"]), spelt(sql.Literal(active_pattern()).as_string(session.db))
        )
    return Table(
        name,
        {field: Quoted(column) for field, column in where.items()},
        {field: spelt(types[column]) for field, column in where.items()},
        found[0][3],
        active,
    )


_INDEXES: Final = sql.SQL("""
SELECT array(SELECT pg_get_indexdef(indexrelid, k, true) FROM generate_series(1, indnkeyatts) AS k),
  pg_get_expr(indpred, indrelid), quote_ident(n.attname), quote_ident(o.attname),
  n.atttypid::regtype::text
FROM pg_index AS i
JOIN pg_attribute AS n ON n.attrelid = indrelid AND n.attname = %(name)s
JOIN pg_attribute AS o ON o.attrelid = indrelid AND o.attname = %(owner_id)s
WHERE indrelid = %(table)s::regclass AND indisunique AND indislive ORDER BY indexrelid
""")


def find_scopes(session: Session, table: Table) -> list[Scope]:
    """Find within what names have to be unique: each owner's active tasks, and what indexes say.

    The first is the owner's. An index that holds all of an owner's active tasks to their names in
    any case stands in its place: then the database sees to it, and can look names up.
    """
    owners = Scope(
        keys=[table.query("coalesce('=' || {owner_id}::text, '')")],
        counted=table.active,
        name=table.query("lower({name}::text)"),
        new_name=sql.SQL("lower(c.name_after)"),
        is_owners=True,
        is_index=False,
    )
    if "name" not in table.column:
        return [owners]
    scopes = []
    values = {field: table.column[field].last for field in ("name", "owner_id")}
    values["table"] = table.name.alone(session.db)
    for keys, condition, name, owner_id, type_ in session.rows(_INDEXES, values):
        is_name = re.compile(rf'(?<![\w"]){re.escape(name)}(?![\w"])')
        names = [key for key in keys if is_name.search(key)]
        if not names:
            continue
        others = [key for key in keys if key not in names]
        is_folded = type_ == "citext" or names[0] in {f"lower({name})", f"lower({name}::text)"}
        scope = Scope(
            keys=[spelt(key) for key in others],
            counted=spelt(f"({condition or 'true'})"),
            name=spelt(names[0]),
            new_name=spelt(is_name.sub(f"(c.name_after::{type_})", names[0])),
            is_owners=others == [owner_id],
        )
        if is_folded and scope.is_owners and not owners.is_index and _keeps(session, table, scope):
            owners = scope
        scopes.append(scope)
    return [owners, *(scope for scope in scopes if scope is not owners)]


def _keeps(session: Session, table: Table, scope: Scope) -> bool:
    """Tell whether an index holds every active task to its owner's names."""
    beside = table.query(
        "SELECT 1 FROM {table} AS t WHERE {active}"
        " AND ({owner_id} IS NULL OR {counted} IS NOT TRUE) LIMIT 1",
        counted=scope.counted,
    )
    try:
        return not session.rows(beside, {})
    except Overdue:  # a very large table
        return False


_STATE: Final = sql.SQL(
    "SELECT pg_is_in_recovery(), current_setting('transaction_read_only')::boolean"
)

_WRITABLE: Final = sql.SQL(
    "SELECT attname, has_column_privilege(attrelid, attnum, 'UPDATE'),"
    " pg_column_is_updatable(attrelid, attnum, true) OR EXISTS"
    " (SELECT FROM pg_trigger WHERE tgrelid = attrelid AND tgtype & 80 = 80),"  # INSTEAD OF UPDATE
    " attgenerated <> '' OR attidentity = 'a', format_type(atttypid, atttypmod),"
    " array(SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint"
    "  WHERE conrelid = attrelid AND contype = 'c' AND conkey = ARRAY[attnum])"
    " FROM pg_attribute WHERE attrelid = %(table)s::regclass AND attname = %(column)s"
)


def check_session(session: Session, shown: str) -> None:
    """Find out whether this session may write anything at all. Raises BadInput, Stopped."""
    ((is_replica, reads_only),) = session.rows(_STATE, {})
    if is_replica:
        raise BadInput(
            f"{shown}: this is a read-only replica; give the address of the server that it follows"
        )
    if reads_only:
        raise BadInput(f"{shown}: this database is read-only (default_transaction_read_only is on)")


class Holder:
    """What a column that is to be changed can hold. Raises BadInput where it cannot be changed."""

    def __init__(self, session: Session, table: Table, shown: str, field: str) -> None:
        self._session = session
        name = table.name.alone(session.db)
        column = table.column[field].last
        ((_, is_permitted, is_updatable, is_generated, type_, checks),) = session.rows(
            _WRITABLE, {"table": name, "column": column}
        )
        self._where = where = f"{shown}: table {name}: {column}"
        if table.kind == "m":
            raise BadInput(f"{shown}: table {name}: a materialized view cannot be written")
        if not is_updatable:
            raise BadInput(f"{where}: the database cannot update this column of a view")
        if is_generated:
            raise BadInput(f"{where}: the database makes the values of this column itself")
        if not is_permitted:
            raise BadInput(f"{where}: permission denied; this role needs UPDATE on this column")
        self._query = sql.SQL(
            "SELECT v FROM unnest(%(values)s::text[]) AS w (v),"
            " LATERAL (SELECT v::{} AS {}) AS t WHERE {}::text = v AND {}"
        ).format(
            spelt(type_),
            table.column[field],
            table.column[field],
            sql.SQL(" AND ").join(
                [spelt(f"({check}) IS NOT FALSE") for check in ("true", *checks)]
            ),
        )

    def held(self, texts: Sequence[str]) -> set[str]:
        """Give those of some texts that the column's type and its checks admit."""
        try:
            with self._session.transaction():
                return {row[0] for row in self._session.db.execute(self._query, {"values": texts})}
        except (psycopg.DataError, psycopg.IntegrityError, UnicodeEncodeError):  # such as a domain
            return set().union(*map(self.held, halves(texts))) if len(texts) > 1 else set()

    def room(self, most: int) -> int:
        """Tell how long a text it can hold, at most so long. Raises BadInput."""
        texts = ["a" * length for length in range(1, most + 1)]
        room = max(map(len, self.held(texts)), default=0)
        if room < LEAST_LENGTH:
            raise BadInput(f"{self._where}: its type or check refuses {texts[7]!r}")
        return room
