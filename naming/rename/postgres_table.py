"""A PostgreSQL table as a source: its connection, which comes back when lost, rules and rows."""

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import Any, Final, NamedTuple

import psycopg
from psycopg import errors

from naming.rename.postgres_batch import Batches
from naming.rename.reading import Layout, active_pattern
from naming.rename.task_table import TaskTable, UniqueIndex, quoted
from naming.rename.tasks import LATER, Change, Verdict, cut
from naming.rename.terminal import BadInput, Overdue, Stopped, one_line

CONNECT_SECONDS: Final = 10
RECONNECT_SECONDS: Final = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)  # pauses before each try

LIMITS: Final = {
    "application_name": "naming rename",
    "lock_timeout": "1s",
    "statement_timeout": "60s",
    "idle_in_transaction_session_timeout": "60s",
}
"""Settings of each transaction. None is of the session, which may be a pooler's for all."""

_REFUSED: Final = (
    psycopg.ProgrammingError,
    psycopg.DataError,
    psycopg.IntegrityError,
    errors.ObjectNotInPrerequisiteState,
)

BATCH: Final = 500  # tasks a statement. More are hardly faster, and hold their locks longer
BATCH_WITHOUT_INDEX: Final = 5_000  # where the whole table is read for each, to look for names
MOST_KEPT: Final = 10_000  # tasks kept for another try at the end; for more, run the command again

_COLUMNS: Final = """
SELECT attname, format_type(atttypid, atttypmod), typcategory, relkind = 'v',
  array(SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint
    WHERE conrelid = attrelid AND contype = 'c' AND conkey = ARRAY[attnum])
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid JOIN pg_type ON pg_type.oid = atttypid
WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum"""

_INDEXES: Final = """
WITH RECURSIVE beneath (relation) AS (SELECT to_regclass($1)::oid UNION
  SELECT refobjid FROM beneath JOIN pg_rewrite ON ev_class = relation
  JOIN pg_depend ON classid = 'pg_rewrite'::regclass AND objid = pg_rewrite.oid
    AND refclassid = 'pg_class'::regclass
  JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid AND attname = $2)
SELECT relname, array(SELECT pg_get_indexdef(indexrelid, k, true)
    FROM generate_series(1, indnkeyatts) AS k),
  coalesce(pg_get_expr(indpred, indrelid), 'true'), quote_ident(n.attname),
  n.atttypid::regtype::text = 'citext'
FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
JOIN pg_attribute AS n ON n.attrelid = indrelid AND n.attname = $2
WHERE indrelid IN (TABLE beneath) AND (indisunique OR indisexclusion) AND indislive
ORDER BY indexrelid"""


class Column(NamedTuple):
    """What the catalogue tells of a column, and whether it is a view's."""

    type: str
    category: str
    is_of_view: bool
    checks: list[str]


class PostgresTable(TaskTable):
    """The tasks of one table, in the order of their ids; no transaction stays open.

    No setting stays in the connection. Statements take values as $1, $2 and so on.
    """

    db: psycopg.Connection[Any]
    there: dict[str, Column]
    cast = "::text"
    key_of = str

    def connect(self) -> None:
        """Connect with the database. Raises BadInput."""
        target = self.address.target
        usual: dict[str, Any] = {"autocommit": True, "prepare_threshold": None}
        usual |= {"client_encoding": "UTF8", "cursor_factory": psycopg.RawCursor}
        usual |= {} if "connect_timeout" in target else {"connect_timeout": CONNECT_SECONDS}
        try:
            self.db = psycopg.connect(target, **usual)
            self.db.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
            # What the operator asks for, as by `options` in the address, is left at that.
            asked = self.execute("SELECT name FROM pg_settings WHERE source = 'client'")
        except psycopg.Error as error:
            raise self.refusal(error) from None
        self._limits = {name: LIMITS[name] for name in LIMITS.keys() - {row[0] for row in asked}}

    def come_back(self) -> None:
        """Connect again, within half a minute. Raises Stopped."""
        self.db.close()
        for pause in RECONNECT_SECONDS:
            time.sleep(pause)
            try:
                return self.connect()
            except BadInput as error:
                last = error
        raise Stopped(f"the database is lost: {last}")

    @contextmanager
    def transaction(self, *, undone: bool = False, **limits: str) -> Iterator[None]:
        """Be in a transaction with `limits`; `undone` rolls it back, its constraints checked."""
        with self.db.transaction(force_rollback=undone):
            limits = self._limits | limits
            self.execute("".join(f"SET LOCAL {name} = '{limits[name]}';" for name in limits))
            yield
            if undone:
                self.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def execute(self, query: str, values: Sequence[object] | None = None) -> list[Any]:
        """Carry a statement out, in the transaction there is; gives its rows."""
        cursor = self.db.execute(query.encode(), values)
        return cursor.fetchall() if cursor.description else []

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """Carry out what only reads, again if the connection is lost. Raises BadInput, Stopped."""
        while True:
            try:
                with self.transaction():
                    return self.execute(query, values)
            except (errors.QueryCanceled, errors.LockNotAvailable) as error:
                raise Overdue(str(self.refusal(error))) from None
            except _REFUSED as error:
                raise self.refusal(error) from None
            except psycopg.Error as error:
                if not self.db.closed:
                    raise Stopped(str(self.refusal(error))) from None
                self.come_back()

    def refusal(self, error: psycopg.Error) -> BadInput:
        """Repeat what the driver or the server says in one line that holds no password."""
        said = one_line(error.diag.message_primary or str(error))
        password = psycopg.conninfo.conninfo_to_dict(self.address.target).get("password")
        said = said.replace(str(password), "********") if password else said
        return BadInput(f"{self.shown}: {said}")

    def find_columns(self, layout: Layout) -> None:
        """Find the column of each field, and what their types ask for. Raises BadInput."""
        super().find_columns(layout)
        self.id_type, _, self.is_view, _ = self.there[self.columns["id"]]
        self.key, prompt = f"$#::{self.id_type}", self.there[self.columns["prompt"]]
        if prompt.category not in "SA" and prompt.type not in {"json", "jsonb"}:
            raise self.wrong("prompt", f"prompt: is not text, but {prompt.type}")
        if prompt.category == "A":
            self.column["prompt"] = f"to_jsonb({self.column['prompt']})"
        if "deleted_at" in self.columns:
            pattern = active_pattern().replace("\\", "\\\\").replace("'", "''")
            mark = self.column["deleted_at"]
            self.active = f"({mark} IS NULL OR lower({mark}::text) ~ E'{pattern}')"

    def columns_of(self, table: Sequence[str]) -> dict[str, Column]:
        """Give a table's columns; none where there is no such table."""
        return {name: Column(*told) for name, *told in self.rows(_COLUMNS, [quoted(*table)])}

    def holds(self, field: str, text: str) -> bool:
        """Tell whether the type of a column and its checks admit a text."""
        found, column = self.there[self.columns[field]], quoted(self.columns[field])
        checks = " AND ".join(f"({check}) IS NOT FALSE" for check in ("true", *found.checks))
        query = (
            f"SELECT 1 FROM (SELECT $1::text::{found.type} AS {column}) AS t"
            f" WHERE {column}::text = $1::text AND {checks}"
        )
        try:
            return bool(self.rows(query, [text]))
        except BadInput:  # such as a domain's
            return False

    def unique_indexes(self, name: str) -> list[UniqueIndex]:
        """Find the unique indexes on the column of names, and those of exclusion constraints."""
        found = []
        for index, keys, counted, called, is_citext in self.rows(_INDEXES, [self.table, name]):
            is_name = re.compile(rf'(?<![\w"]){re.escape(called)}(?![\w"])')
            if names := [key for key in keys if is_name.search(key)]:
                others = [key for key in keys if key not in names]
                lower = {f"lower({called})", f"lower({called}::text)"}
                is_folded = is_citext or names[0] in lower
                named = f"lower({names[0]}::text)" if is_folded else f"{names[0]}::text"
                one = UniqueIndex(others, counted, index, is_folded, named)
                with suppress(BadInput):  # of columns that a view does not show
                    if self.is_view:
                        self.rows(f"EXPLAIN SELECT {self.scope(0, one)} FROM {self.table} AS t")
                    found.append(one)
        return found

    @cached_property
    def keeps_names_apart(self) -> bool:
        """Tell whether an index holds every active task to its owner's names in any case."""
        rows = f"SELECT 1 FROM {self.table} AS t WHERE {self.active} AND"
        # A view may be of several tables, each with an index of its own.
        own = (i for i in self.indexes if i.is_folded and self.is_owners(i) and not self.is_view)
        with suppress(Overdue):  # a very large table
            return not all(self.rows(f"{rows} {self.scope(0, i)} IS NULL LIMIT 1") for i in own)
        return False

    def carry_out(
        self, changes: Iterable[Change], *, undo: bool, dry_run: bool
    ) -> Iterator[Verdict]:
        """Make the changes in batches, a transaction each, and tell what became of each change."""
        self.check_writable()
        size = BATCH if self.keeps_names_apart else BATCH_WITHOUT_INDEX
        batches = Batches(self, undo=undo, dry_run=dry_run)
        before = MOST_KEPT + 1
        while True:
            later: dict[str, tuple[Change, Verdict]] = {}
            for batch in cut(changes, size):
                by_id = {change.id: change for change in batch}
                for verdict in batches.make(batch):
                    if verdict.why in LATER and len(later) < MOST_KEPT:
                        later[verdict.id] = by_id[verdict.id], verdict
                    else:
                        yield verdict
            if len(later) in {0, before}:
                yield from (verdict for _, verdict in later.values())
                return
            before, changes = len(later), [change for change, _ in later.values()]
