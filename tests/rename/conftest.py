from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rename.postgres import SCHEMA, connect, embedded_postgres
from tests.rename.running import rename
from tests.rename.three_tasks import CSV

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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


@pytest.fixture
def short_lock_timeouts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up a lock after moments, for tests in which it is held to the end anyway."""
    from naming.rename import postgres_batch, postgres_table

    monkeypatch.setitem(postgres_table.LIMITS, "lock_timeout", "100ms")
    monkeypatch.setattr(postgres_batch, "SHORT_LOCK_TIMEOUT", "40ms")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "tasks.csv"
    path.write_text(CSV)
    return path


@pytest.fixture
def plan(source: Path) -> Path:
    path = source.with_name("plan.jsonl")
    assert rename("plan", source, "--plan", path, "--no-claude").status == 0
    return path
