"""A session of a PostgreSQL database, which comes back when lost and leaves no setting behind."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import psycopg
from psycopg import errors

from naming.rename.source import Address
from naming.rename.terminal import BadInput, Overdue, Stopped, one_line

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


_REFUSED: Final = (
    psycopg.ProgrammingError,
    psycopg.DataError,
    psycopg.IntegrityError,
    errors.ObjectNotInPrerequisiteState,
)


class Session:
    """A connection that comes back when it was lost. Statements take values as $1, $2 and so on."""

    address: Address

    def connect(self) -> None:
        """Connect with the database. Raises BadInput."""
        target = self.address.target
        usual: dict[str, Any] = {"autocommit": True, "prepare_threshold": None}
        usual |= {} if "connect_timeout" in target else {"connect_timeout": CONNECT_SECONDS}
        try:
            self.db = psycopg.connect(
                target, client_encoding="UTF8", cursor_factory=psycopg.RawCursor, **usual
            )
            self.db.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
            # What the operator asks for, as by `options` in the address, is left at that.
            asked = self.db.execute(
                "SELECT name FROM pg_settings WHERE source = 'client'"
            ).fetchall()
        except psycopg.Error as error:
            raise BadInput(f"{self.address.shown}: {self._said(error)}") from None
        self._limits = {name: LIMITS[name] for name in LIMITS.keys() - {row[0] for row in asked}}

    def _said(self, error: psycopg.Error) -> str:
        """Repeat what the driver or the server says in one line that holds no password."""
        said = one_line(error.diag.message_primary or str(error))
        password = psycopg.conninfo.conninfo_to_dict(self.address.target).get("password")
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
                self.connect()
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

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """Carry out a statement that changes nothing, again when the connection was lost.

        Raises BadInput for what the database refuses, Stopped, Overdue.
        """
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
        """Translate what the database refuses."""
        return BadInput(f"{self.address.shown}: {self._said(error)}")
