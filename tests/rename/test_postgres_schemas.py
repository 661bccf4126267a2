"""Databases that nobody thought of: odd names, columns that make themselves, views that hide, indexes that clash."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from psycopg import errors

from naming.rename.postgres_batch import Batches
from tests.rename.postgres import connect
from tests.rename.running import rename, rows_of
from tests.rename.test_postgres import fill, many, names, planned, table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from naming.rename.tasks import Change
    from tests.rename.conftest import Database

__all__ = ["planned"]

ODD = """
DROP SCHEMA IF EXISTS "50%%s" CASCADE;
CREATE SCHEMA "50%%s";
CREATE TYPE "50%%s"."key%%(x)s" AS ENUM ('k%%1', 'k%%2');
CREATE TABLE "50%%s"."ta%%ble{0}" (
  "i%%d" "50%%s"."key%%(x)s" PRIMARY KEY, "%%s" text, "na%%me{x}" text, "%%" text, "%%(ids)s" text, "{gone}%%" boolean
);
INSERT INTO "50%%s"."ta%%ble{0}" VALUES ('k%%1', 'a%%', 'task-1%%', NULL, 'fix the 50%% door', false);
""".replace("%%", "%")


def test_per_cent_signs_and_braces_are_parts_of_names_like_others(
    db: Database, postgres: str, tmp_path: Path
) -> None:
    db.execute(ODD.encode())
    columns = {"id": "i%d", "owner_id": "%s", "name": "na%me{x}", "display_name": "%", "prompt": "%(ids)s", "deleted_at": "{gone}%"}  # fmt: skip
    options = [
        word for field, column in columns.items() for word in ("--column", f"{field}={column}")
    ]
    odd, plan = '"50%s"."ta%ble{0}"', tmp_path / "plan.jsonl"
    ran = rename("plan", postgres, "--plan", plan, "--no-claude", "--table", odd, *options)
    assert ran.status == 0, ran.err
    before = db.execute(f"SELECT * FROM {odd}".encode()).fetchall()
    assert rename("apply", plan, "--dry-run").out == "1 would be renamed, 0 were already, 0 left\n"
    assert rename("apply", plan).status == 0
    assert db.execute(f'SELECT "na%me{{x}}" FROM {odd}'.encode()).fetchone() == ("fix-50-door",)
    assert rename("undo", plan).status == 0
    assert db.execute(f"SELECT * FROM {odd}".encode()).fetchall() == before


@pytest.mark.parametrize("rows", [1, 7])
def test_a_row_without_an_id_is_refused_as_in_a_file(
    db: Database, postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    monkeypatch.setattr("naming.rename.task_table.ROWS_A_PAGE", 4)
    db.execute(
        "ALTER TABLE tasks DROP CONSTRAINT tasks_pkey; ALTER TABLE tasks ALTER id DROP NOT NULL"
    )
    many(db, rows)
    db.execute(
        "INSERT INTO tasks (id, owner_id, name) SELECT NULL, owner_id, 'task-null' FROM tasks LIMIT 1"
    )
    said = rename("plan", postgres, "--plan", tmp_path / "plan.jsonl", "--no-claude").complaint
    assert said.endswith("id: is empty in a row of the table\n")


def test_a_column_that_the_database_makes_itself_is_said_before_anything_is_named(
    db: Database, postgres: str, tmp_path: Path
) -> None:
    db.execute("ALTER TABLE tasks DROP COLUMN display_name")
    db.execute("ALTER TABLE tasks ADD display_name text GENERATED ALWAYS AS (upper(name)) STORED")
    db.execute(
        "INSERT INTO tasks (owner_id, name, prompt) VALUES (gen_random_uuid(), 'task-1', 'fix the door')"
    )
    plan = tmp_path / "plan.jsonl"
    said = rename("plan", postgres, "--plan", plan, "--no-claude").complaint
    assert said.endswith(
        'display_name: column "display_name" can only be updated to DEFAULT;'
        " UPDATE of this column is needed\n"
    )


@pytest.mark.parametrize("field", ["id", "old_name"])
def test_a_dry_run_finds_the_row_that_no_database_can_hold_and_looks_at_the_rest(
    db: Database, planned: Callable[..., Path], field: str
) -> None:
    many(db, 9)
    plan = planned()
    header, *lines = plan.read_text().splitlines()
    lines[4] = json.dumps(json.loads(lines[4]) | {field: "no\x00thing"})
    plan.write_text("\n".join([header, *lines]) + "\n")
    for verb, done in (("apply", "would be renamed"), ("undo", "would be put back")):
        ran = rename(verb, plan, "--dry-run")
        assert ran.status == 1
        assert ran.err.count("\n") == 1
        assert ran.err.endswith(": no database can hold such a text\n")
        if verb == "apply":
            assert ran.out == f"8 {done}, 0 were already, 1 left\n"


def test_a_plan_whose_last_id_is_none_is_not_gone_on_with(
    db: Database, postgres: str, planned: Callable[..., Path]
) -> None:
    many(db, 3)
    plan = planned()
    header, *lines = plan.read_text().splitlines()
    plan.write_text(
        "\n".join([header, lines[0], json.dumps(json.loads(lines[1]) | {"id": "none"})]) + "\n"
    )
    ran = rename("plan", postgres, "--plan", plan, "--no-claude")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.endswith(': invalid input syntax for type uuid: "none"\n')


def test_another_unique_index_than_the_owners_is_not_called_the_owners(
    db: Database, planned: Callable[..., Path]
) -> None:
    ids = fill(db, ("task-1", "", "fix login"), ("fix-login", "", "x"), ("task-3", "A", "add tests"), ("kept", "Add tests", "x"))  # fmt: skip
    db.execute("UPDATE tasks SET display_name = id::text WHERE display_name = ''")
    plan = planned()
    db.execute("CREATE UNIQUE INDEX ON tasks (display_name)")
    db.execute("UPDATE tasks SET name = 'fix-login-2' WHERE name = 'fix-login'")
    assert rename("apply", plan).err.splitlines() == [
        f"left: task {ids[0]}: its owner has another task of that name",
        f"left: task {ids[2]}: a unique index of the database allows no second task to be called so",
    ]


def test_a_view_that_would_hide_a_renamed_task_does_not_take_it_away(
    db: Database, postgres: str, tmp_path: Path
) -> None:
    ids = fill(db, ("task-1", "", "fix login"), ("task-2", "shown", "add tests"))
    db.execute(
        "CREATE VIEW legacy AS SELECT * FROM tasks WHERE name LIKE 'task-%' OR name = 'add-tests'"
    )
    before, plan = table(db), tmp_path / "plan.jsonl"
    assert rename("plan", postgres, "--plan", plan, "--no-claude", "--table", "legacy").status == 0
    ran = rename("apply", plan)
    assert ran.out == "1 renamed, 0 had been already, 1 left\n"
    assert (
        ran.err
        == f"left: task {ids[0]}: this view would not show it any more, and so it could not be put back\n"
    )
    assert names(db) == ["task-1", "add-tests"]
    assert rename("undo", plan).status == 0
    assert table(db) == before


@pytest.mark.usefixtures("short_lock_timeouts")
def test_a_lock_on_the_whole_table_is_waited_for_and_no_task_is_left_for_it(
    db: Database, postgres: str, planned: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    many(db, 600)
    plan, waited = planned(), list[object]()
    update = Batches._update
    with connect(postgres) as other:
        other.execute("BEGIN")
        other.execute("LOCK TABLE tasks IN SHARE MODE")  # as CREATE INDEX does

        def give_way_after_two_waits(batches: Batches, batch: Sequence[Change], **more: Any) -> Any:
            try:
                return update(batches, batch, **more)
            except errors.LockNotAvailable:
                waited.append(batch)
                if len(waited) == 3:  # the tasks' own and two of the table as a whole
                    other.execute("ROLLBACK")
                raise

        monkeypatch.setattr(Batches, "_update", give_way_after_two_waits)
        ran = rename("apply", plan)
    assert (ran.out, len(waited)) == ("600 renamed, 0 had been already, 0 left\n", 3)


@pytest.mark.usefixtures("short_lock_timeouts")
def test_a_lock_on_the_whole_table_that_stays_stops_the_run_to_be_resumed(
    db: Database, postgres: str, planned: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("naming.rename.postgres_batch.TRIES_OF_TABLE", 2)
    many(db, 30)
    with connect(postgres) as other, other.transaction():
        other.execute("LOCK TABLE tasks IN SHARE MODE")
        plan = planned()
        ran = rename("apply", plan)
    assert (ran.status, ran.err) == (
        1,
        "naming: another transaction holds the whole table; 0 of 30 tasks were renamed; the same command goes on\n",
    )
    assert rename("apply", plan).out == "30 renamed, 0 had been already, 0 left\n"


@pytest.mark.usefixtures("short_lock_timeouts")
def test_a_connection_lost_while_the_table_is_waited_for_comes_back(
    db: Database, postgres: str, planned: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from naming.rename.postgres_batch import Batches

    update = Batches._update

    def losing(self: Batches, batch: list[object], **more: Any) -> Any:
        if not batch and not losses:
            losses.append(1)
            pid = self._table.db.info.backend_pid
            db.execute("SELECT pg_terminate_backend(%s, 10000)", [pid])
        return update(self, batch, **more)  # type: ignore[arg-type]

    losses: list[int] = []
    monkeypatch.setattr("naming.rename.postgres_table.RECONNECT_SECONDS", (0.0,) * 200)
    monkeypatch.setattr(Batches, "_update", losing)
    many(db, 30)
    plan = planned()
    held = rows_of(plan)[3]["id"]
    with connect(postgres) as other, other.transaction():
        other.execute("UPDATE tasks SET prompt = 'x' WHERE id = %s", [held])
        assert rename("apply", plan).out == "29 renamed, 0 had been already, 1 left\n"
    assert losses
