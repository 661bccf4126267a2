from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rename.postgres import SCHEMA, connect, embedded_postgres

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg

    Database = psycopg.Connection[tuple[object, ...]]


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with embedded_postgres() as address:
        yield address


@pytest.fixture
def db(postgres: str) -> Iterator[Database]:
    with connect(postgres) as connection:
        connection.execute(SCHEMA)
        yield connection
