"""A session of a PostgreSQL database, which comes back when lost and leaves no setting behind."""

from __future__ import annotations

import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, Final, cast

import psycopg
from psycopg import errors

from naming.rename.errors import BadInput, Overdue, Stopped, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from naming.rename.source import Address

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


class Session:
    """A connection that comes back when it was lost. Statements take values as $1, $2 and so on."""

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
                cursor_factory=psycopg.RawCursor,
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
    def transaction(self, *, undone: bool = False, **limits: str) -> Iterator[None]:
        """Be in a transaction with its own limits: those of all, and others in `limits`.

        With `undone` it is rolled back at its end, once all constraints were checked.
        """
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

    def rows(
        self,
        query: str,
        values: Sequence[object] = (),
        read: Callable[[tuple[Any, ...]], Any] | None = None,
    ) -> list[Any]:
        """Read rows, large ones each with `read` as it comes, again when the connection was lost.

        Raises BadInput, Stopped, Overdue, and psycopg's DataError and IntegrityError for values
        that a type does not hold.
        """
        while True:
            try:
                with self.transaction():
                    if read is None:
                        return self.execute(query, values)
                    # Left open, it would hold the connection that is to be rolled back.
                    stream = cast("Generator[Any]", self.db.cursor().stream(query.encode(), values))
                    with closing(stream):
                        return [read(row) for row in stream]
            except (psycopg.DataError, psycopg.IntegrityError):
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
