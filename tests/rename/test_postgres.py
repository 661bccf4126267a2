"""PostgreSQL as a source: what is read, what is changed, and what is left alone."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psycopg
import pytest

from tests.rename.postgres import connect
from tests.rename.running import header_of, rename, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.rename.conftest import Database

ANNA, BERT = (str(UUID(int=number)) for number in (1, 2))


def fill(db: Database, *tasks: tuple[str, str, str | None], owner: str = ANNA) -> list[str]:
    """Insert tasks of (name, display name, prompt) with ids in order; gives the ids."""
    first = db.execute("SELECT count(*) FROM tasks").fetchone()
    ids = [
        str(UUID(int=int(str(first[0] if first else 0)) + number + 1))
        for number in range(len(tasks))
    ]
    for id_, (name, display_name, prompt) in zip(ids, tasks, strict=True):
        db.execute(
            "INSERT INTO tasks (id, owner_id, name, display_name, prompt) VALUES (%s, %s, %s, %s, %s)",
            [id_, owner, name, display_name, prompt],
        )
    return ids


def many(db: Database, count: int) -> None:
    db.execute(
        "INSERT INTO tasks (owner_id, name, display_name, prompt) SELECT md5((i %% 7)::text)::uuid, 'task-python-' || i,"
        " 'Task ' || i, 'fix the login button of page ' || i %% 100 FROM generate_series(1, %s) AS i",
        [count],
    )


def table(db: Database) -> list[tuple[object, ...]]:
    return db.execute("SELECT * FROM tasks ORDER BY id").fetchall()


def names(db: Database) -> list[str]:
    return [str(row[0]) for row in db.execute("SELECT name FROM tasks ORDER BY id").fetchall()]


@pytest.fixture
def planned(db: Database, postgres: str, tmp_path: Path) -> Callable[..., Path]:
    def plan(*options: str) -> Path:
        ran = rename("plan", postgres, "--plan", tmp_path / "plan.jsonl", "--no-claude", *options)
        assert ran.status == 0, ran.err
        return tmp_path / "plan.jsonl"

    return plan


def test_a_plan_is_made_carried_out_and_undone(
    db: Database, planned: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("naming.rename.task_table.ROWS_A_PAGE", 500)
    many(db, 1_600)
    fill(db, ("kept", "Kept", "fix login"))
    before = table(db)
    plan = planned()
    assert table(db) == before
    assert rename("apply", plan).out == "1,600 renamed, 0 had been already, 0 left\n"
    assert not [name for name in names(db) if name.startswith("task-")]
    assert rename("apply", plan).out == "0 renamed, 1,600 had been already, 0 left\n"
    assert rename("undo", plan).out == "1,600 put back, 0 had been already, 0 left\n"
    assert table(db) == before


def test_deleted_tasks_and_other_names_are_left_out(
    db: Database, planned: Callable[..., Path]
) -> None:
    fill(db, ("task-1", "", "fix login"), ("task-2", "", "fix login"), ("mine", "", "fix login"))
    db.execute("UPDATE tasks SET deleted_at = now() WHERE name = 'task-2'")
    assert [row["old_name"] for row in rows_of(planned())] == ["task-1"]


def test_new_names_are_unique_within_their_owner_against_active_tasks_in_any_case(
    db: Database, planned: Callable[..., Path]
) -> None:
    fill(db, ("task-1", "", "fix login"), ("Fix-Login", "", ""), ("task-3", "", "fix login"))
    fill(db, ("task-1", "", "fix login"), owner=BERT)
    assert [row["new_name"] for row in rows_of(planned())] == [
        "fix-login-2",
        "fix-login-3",
        "fix-login",
    ]


def test_a_task_without_a_prompt_keeps_the_words_it_has(
    db: Database, planned: Callable[..., Path]
) -> None:
    fill(db, ("task-1", "Python debug", None), ("task-web-a1b2", "", ""))
    assert [row["new_name"] for row in rows_of(planned())] == ["python-debug", "web"]


def test_the_new_names_fit_a_row_that_keeps_its_own(
    db: Database, planned: Callable[..., Path]
) -> None:
    fill(db, ("fix-login", "Old", "fix login"))
    plan = planned("--match", ".")
    assert rows_of(plan)[0]["new_name"] == "fix-login"
    assert rename("apply", plan).status == 0


def test_what_somebody_did_since_is_left_alone_and_said(
    db: Database, planned: Callable[..., Path]
) -> None:
    ids = fill(db, *((f"task-{n}", f"T{n}", f"fix page {word}") for n, word in enumerate(("red", "blue", "green", "old", "new"))))  # fmt: skip
    plan = planned()
    db.execute("UPDATE tasks SET name = 'mine' WHERE id = %s", [ids[0]])
    db.execute("UPDATE tasks SET display_name = 'Mine' WHERE id = %s", [ids[1]])
    db.execute("UPDATE tasks SET deleted_at = now() WHERE id = %s", [ids[2]])
    db.execute("DELETE FROM tasks WHERE id = %s", [ids[3]])
    before = {row[0]: row for row in table(db)}
    would = rename("apply", plan, "--dry-run")
    ran = rename("apply", plan)
    assert would.err == ran.err
    assert (would.out, ran.out) == (
        "1 would be renamed, 0 were already, 4 left\n",
        "1 renamed, 0 had been already, 4 left\n",
    )
    assert ran.status == 1
    assert ran.err.splitlines() == [
        f"left: task {ids[0]}: it was renamed since",
        f"left: task {ids[1]}: its display name was changed since",
        f"left: task {ids[2]}: it was deleted since",
        f"left: task {ids[3]}: there is no such task any more",
    ]
    after = {row[0]: row for row in table(db)}
    assert [id_ for id_ in before if before[id_] != after[id_]] == [UUID(ids[4])]


def test_undo_leaves_what_somebody_renamed_after_apply(
    db: Database, planned: Callable[..., Path]
) -> None:
    ids = fill(db, ("task-1", "", "fix login"), ("task-2", "", "add tests"))
    plan = planned()
    rename("apply", plan)
    db.execute("UPDATE tasks SET name = 'mine' WHERE id = %s", [ids[0]])
    ran = rename("undo", plan)
    assert (ran.status, ran.err) == (1, f"left: task {ids[0]}: it was renamed since\n")
    assert names(db) == ["mine", "task-2"]


def test_a_name_taken_since_is_left_and_never_forced(
    db: Database, planned: Callable[..., Path]
) -> None:
    many(db, 1_200)
    plan = planned()
    rows = rows_of(plan)
    for row in (rows[3], rows[700]):
        db.execute(
            "INSERT INTO tasks (owner_id, name) VALUES (%s, upper(%s))",
            [row["owner_id"], row["new_name"]],
        )
    ran = rename("apply", plan)
    assert ran.out == "1,198 renamed, 0 had been already, 2 left\n"
    assert sorted(ran.err.splitlines()) == sorted(
        f"left: task {row['id']}: its owner has another task of that name"
        for row in (rows[3], rows[700])
    )
    assert rename("apply", plan, "--dry-run").err == ran.err


def edit(plan: Path, **fields: dict[str, Any]) -> None:
    """Edit rows by the old name that they have."""
    header, *lines = plan.read_text().splitlines()
    rows = [json.loads(line) for line in lines]
    for row in rows:
        row.update(fields.get(row["old_name"], {}))
    plan.write_text("\n".join([header, *map(json.dumps, rows)]) + "\n")


def test_plans_undone_together_hand_names_on_whatever_their_order(
    db: Database, planned: Callable[..., Path]
) -> None:
    fill(db, ("one", "", "x"), ("two", "", "x"), ("three", "", "x"))
    before = table(db)
    plan, new = planned("--match", "."), {"one": "two", "two": "three", "three": "four"}
    edit(plan, **{name: {"new_name": new[name]} for name in new})
    assert rename("apply", plan).out == "3 renamed, 0 had been already, 0 left\n"
    assert names(db) == ["two", "three", "four"]
    assert rename("undo", plan).out == "3 put back, 0 had been already, 0 left\n"
    assert table(db) == before


def test_tasks_that_want_each_others_names_are_left(
    db: Database, planned: Callable[..., Path]
) -> None:
    ids = fill(db, ("one", "", "x"), ("two", "", "x"), ("six", "", "x"))
    plan = planned("--match", ".")
    edit(plan, one={"new_name": "two"}, two={"new_name": "one"}, six={"new_name": "two"})
    ran = rename("apply", plan)
    assert ran.out == "0 renamed, 0 had been already, 3 left\n"
    assert ran.err == "".join(
        f"left: task {id_}: its owner has another task of that name\n" for id_ in ids
    )
    assert names(db) == ["one", "two", "six"]


@pytest.mark.usefixtures("short_lock_timeouts")
def test_a_task_that_another_transaction_holds_is_left_after_a_few_seconds(
    db: Database, postgres: str, planned: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    many(db, 1_500)
    plan, slept = planned(), list[float]()
    monkeypatch.setattr(time, "sleep", slept.append)
    held = rows_of(plan)[700]["id"]
    with connect(postgres) as other, other.transaction():
        other.execute("UPDATE tasks SET prompt = 'x' WHERE id = %s", [held])
        ran = rename("apply", plan)
    assert (ran.status, ran.err) == (1, f"left: task {held}: another transaction held it\n")
    assert ran.out == "1,499 renamed, 0 had been already, 1 left\n"
    assert not slept  # a lock is no sign of a database that suffers
    assert rename("apply", plan).out == "1 renamed, 1,499 had been already, 0 left\n"


@pytest.mark.usefixtures("short_lock_timeouts")
def test_a_name_that_another_transaction_is_taking_is_left(
    db: Database, postgres: str, planned: Callable[..., Path]
) -> None:
    many(db, 300)
    plan = planned()
    row = rows_of(plan)[123]
    with connect(postgres) as other, other.transaction():
        other.execute(
            "INSERT INTO tasks (owner_id, name) VALUES (%s, %s)", [row["owner_id"], row["new_name"]]
        )
        ran = rename("apply", plan)
    assert (ran.status, ran.err) == (1, f"left: task {row['id']}: another transaction held it\n")
    assert (
        rename("apply", plan).err
        == f"left: task {row['id']}: its owner has another task of that name\n"
    )


def test_a_row_that_the_database_refuses_is_found_and_the_rest_is_done(
    db: Database, planned: Callable[..., Path]
) -> None:
    ids = fill(db, *((f"task-{n}", "", f"fix page {chr(97 + n)}x") for n in range(20)))
    plan = planned()
    bad = rows_of(plan)[7]["new_name"]
    db.execute(f"ALTER TABLE tasks ADD CONSTRAINT odd CHECK (name <> '{bad}')")
    ran = rename("apply", plan)
    assert ran.out == "19 renamed, 0 had been already, 1 left\n"
    assert ran.err.startswith(f"left: task {ids[7]}: the database refuses it: ")
    assert ran.err.count("\n") == 1


def test_an_id_that_is_none_is_left(db: Database, planned: Callable[..., Path]) -> None:
    fill(db, ("task-1", "", "fix login"), ("task-2", "", "add tests"))
    plan = planned()
    edit(plan, **{"task-1": {"id": "no-uuid"}})
    ran = rename("apply", plan)
    assert ran.out == "1 renamed, 0 had been already, 1 left\n"
    edit(plan, **{"task-1": {"id": "no\x00uuid"}})
    assert rename("apply", plan).out == "0 renamed, 1 had been already, 1 left\n"


@pytest.mark.parametrize("index", ["an index", "none"])
def test_an_id_that_is_written_otherwise_is_the_same_one(
    db: Database, planned: Callable[..., Path], index: str
) -> None:
    if index == "none":
        db.execute("DROP INDEX tasks_owner_name")
    (id_,) = fill(db, ("task-1", "", "fix login"))
    plan = planned()
    edit(plan, **{"task-1": {"id": f"{{{str(id_).upper()}}}"}})
    for out in ("1 renamed, 0 had been already", "0 renamed, 1 had been already"):
        assert rename("apply", plan).out == f"{out}, 0 left\n"


ODD = '''
DROP SCHEMA IF EXISTS "Odd.Schema" CASCADE;
CREATE SCHEMA "Odd.Schema";
CREATE TABLE "Odd.Schema"."My ""Tasks""" (
  "Key" bigint PRIMARY KEY, "Who; DROP TABLE x" text, slug varchar(40), "display name" text, "text" text, gone boolean
);
INSERT INTO "Odd.Schema"."My ""Tasks""" VALUES
  (2, 'a', 'task-b', NULL, 'fix login', false), (10, 'a', 'task-a', 'A', 'fix login', NULL), (3, 'a', 'task-c', 'C', 'x', true);
'''


def test_tables_and_columns_are_names_and_never_statements(
    db: Database, postgres: str, tmp_path: Path
) -> None:
    db.execute(ODD)
    plan = tmp_path / "plan.jsonl"
    columns = ["id=Key", "owner_id=Who; DROP TABLE x", "name=slug", "display_name=display name", "prompt=text", "deleted_at=gone"]  # fmt: skip
    ran = rename(
        "plan", postgres, "--plan", plan, "--no-claude", "--table", '"Odd.Schema"."My ""Tasks"""',
        *(word for column in columns for word in ("--column", column)),
    )  # fmt: skip
    assert ran.status == 0, ran.err
    assert [(row["id"], row["new_name"]) for row in rows_of(plan)] == [
        ("2", "fix-login"),
        ("10", "fix-login-2"),
    ]
    assert rename("apply", plan).status == 0
    assert rename("apply", plan, "--dry-run").status == 0
    assert rename("undo", plan).status == 0
    rows = db.execute(
        'SELECT "Key", slug, "display name" FROM "Odd.Schema"."My ""Tasks""" ORDER BY 1'
    ).fetchall()
    assert rows == [(2, "task-b", None), (3, "task-c", "C"), (10, "task-a", "A")]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--table", "missing"], "there is no table missing"),
        (["--table", "tasks; DROP TABLE tasks"], "there is no table tasks; DROP TABLE tasks"),
        (["--table", "a.b.c"], "--table: must be NAME or SCHEMA.NAME"),
        (["--table", "tasks."], "--table: must be NAME or SCHEMA.NAME"),
        (["--table", '"a"b'], "--table: must be NAME or SCHEMA.NAME"),
        (["--column", "prompt=missing"], "table tasks: prompt (missing): there is no such column"),
        (["--column", "deleted_at=missing"], "deleted_at (missing): there is no such column"),
    ],
)
def test_a_missing_table_or_column_is_one_clear_line(
    db: Database, postgres: str, tmp_path: Path, options: list[str], said: str
) -> None:
    ran = rename("plan", postgres, "--plan", tmp_path / "plan.jsonl", "--no-claude", *options)
    assert said in ran.complaint
    assert not (tmp_path / "plan.jsonl").exists()
    assert db.execute("SELECT to_regclass('tasks')").fetchone() is not None


def test_no_password_is_kept_or_shown(db: Database, postgres: str, tmp_path: Path) -> None:
    fill(db, ("task-1", "", "fix login"))
    plan = tmp_path / "plan.jsonl"
    address = postgres.replace("postgres:@", "postgres:hunter2@") + "&sslpassword=hunter3"
    assert rename("plan", address, "--plan", plan, "--no-claude").status == 0
    assert "hunter" not in plan.read_text()
    assert header_of(plan)["source"] == postgres.replace("postgres:@", "postgres@")
    shown = [
        rename("show", plan, "--format", form).out for form in ("table", "csv", "jsonl", "html")
    ]
    assert "hunter" not in "".join(shown)
    assert rename("apply", plan, "--source", address).status == 0
    wrong = [
        "postgresql://me:hunter2@127.0.0.1:1/x",
        "postgresql://me:hunter2@127.0.0.1:hunter2/x",
        "postgresql://me:hunter2#@h:5",
    ]
    for address in wrong:
        said = rename("plan", address, "--plan", tmp_path / "other.jsonl", "--no-claude").complaint
        assert "hunter" not in said


def test_a_role_that_may_read_the_table_and_update_two_columns_is_enough(
    db: Database, postgres: str, tmp_path: Path
) -> None:
    many(db, 600)
    db.execute("DROP ROLE IF EXISTS renamer")
    db.execute("CREATE ROLE renamer LOGIN")
    db.execute("GRANT SELECT, UPDATE (name, display_name) ON tasks TO renamer")
    address, plan = postgres.replace("postgres:@", "renamer@"), tmp_path / "plan.jsonl"
    try:
        assert rename("plan", address, "--plan", plan, "--no-claude").status == 0
        held = rows_of(plan)[5]["id"]
        with connect(postgres) as other, other.transaction():
            other.execute("UPDATE tasks SET prompt = 'x' WHERE id = %s", [held])
            assert rename("apply", plan).out == "599 renamed, 0 had been already, 1 left\n"
        db.execute("REVOKE UPDATE (name, display_name) ON tasks FROM renamer")
        for options in ([], ["--dry-run"]):
            assert "name: permission denied" in rename("apply", plan, *options).complaint
    finally:
        db.execute("DROP OWNED BY renamer")
        db.execute("DROP ROLE renamer")


def test_shards_are_disjoint_and_whole_and_go_together(
    db: Database, postgres: str, tmp_path: Path
) -> None:
    many(db, 500)
    before = table(db)
    plans = [tmp_path / f"plan-{index}.jsonl" for index in range(3)]
    for index, plan in enumerate(plans):
        assert (
            rename("plan", postgres, "--plan", plan, "--no-claude", "--shard", f"{index}/3").status
            == 0
        )
    owners = [{row["owner_id"] for row in rows_of(plan)} for plan in plans]
    assert sum(map(len, owners)) == len(set().union(*owners)) == 7
    assert rename("show", *plans).out.splitlines()[0].endswith(": 500 tasks, named without Claude")
    assert rename("apply", *plans).out == "500 renamed, 0 had been already, 0 left\n"
    assert rename("undo", *plans).out == "500 put back, 0 had been already, 0 left\n"
    assert table(db) == before


def lose_connections(monkeypatch: pytest.MonkeyPatch, postgres: str, at: tuple[int, ...]) -> None:
    """Have the server hang up as so-manieth statements are sent."""
    from naming.rename import postgres_table
    from naming.rename.postgres_batch import Batches
    from naming.rename.postgres_table import PostgresTable

    calls = 0

    def losing(statement: Any) -> Any:
        def lose(self: Any, *arguments: Any, **more: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls in at:
                own = self.db if isinstance(self, PostgresTable) else self._table.db
                with connect(postgres) as other:
                    other.execute("SELECT pg_terminate_backend(%s, 5000)", [own.info.backend_pid])
            return statement(self, *arguments, **more)

        return lose

    monkeypatch.setattr(postgres_table, "RECONNECT_SECONDS", (0.0, 0.0))
    monkeypatch.setattr(Batches, "_update", losing(Batches._update))
    monkeypatch.setattr(PostgresTable, "rows", losing(PostgresTable.rows))


def test_a_lost_connection_comes_back_and_nothing_is_done_twice(
    db: Database, postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(db, 1_600)
    before, plan = table(db), tmp_path / "plan.jsonl"
    for verb, at in (
        (["plan", postgres, "--no-claude", "--plan"], (2, 3, 4)),
        (["apply"], (1, 4, 6)),
        (["undo"], (5,)),
    ):
        with monkeypatch.context() as patch:
            lose_connections(patch, postgres, at)
            ran = rename(*verb, plan)
        assert (ran.status, ran.err) == (0, "")
        if verb == ["apply"]:
            assert ran.out == "1,600 renamed, 0 had been already, 0 left\n"
            assert not [name for name in names(db) if name.startswith("task-")]
    assert table(db) == before


def test_a_database_that_stays_away_stops_with_how_to_go_on(
    db: Database, postgres: str, planned: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from naming.rename import postgres_table
    from naming.rename.postgres_batch import Batches

    many(db, 1_000)
    plan = planned()
    update, calls = Batches._update, [0]

    def losing(self: Batches, batch: Any, **more: Any) -> Any:
        calls[0] += 1
        if calls[0] == 2:
            self._table.db.close()
            monkeypatch.setattr(psycopg, "connect", refused)
        return update(self, batch, **more)

    def refused(*_: Any, **__: Any) -> None:
        raise psycopg.OperationalError("connection refused")

    monkeypatch.setattr(postgres_table, "RECONNECT_SECONDS", (0.0, 0.0))
    monkeypatch.setattr(Batches, "_update", losing)
    ran = rename("apply", plan)
    assert ran.status == 1
    assert ran.out == ""
    assert "the database is lost" in ran.err
    assert "500 of 1,000 tasks were renamed; the same command goes on" in ran.err


def test_a_deadlock_is_tried_again(
    db: Database, planned: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from naming.rename.postgres_batch import Batches

    many(db, 10)
    plan, update, deadlocks = planned(), Batches._update, [psycopg.errors.DeadlockDetected()]

    def unlucky(self: Batches, batch: Any, **more: Any) -> Any:
        if batch and deadlocks:
            raise deadlocks.pop()
        return update(self, batch, **more)

    def whole(*_: Any) -> Any:
        raise AssertionError("it was split")

    monkeypatch.setattr(Batches, "_update", unlucky)
    with monkeypatch.context() as patch:
        patch.setattr("naming.rename.postgres_batch.cut", whole)
        assert rename("apply", plan).out == "10 renamed, 0 had been already, 0 left\n"
    deadlocks.extend([psycopg.errors.DeadlockDetected()] * 1_000)
    assert rename("undo", plan).out == "0 put back, 0 had been already, 10 left\n"


def test_prompts_of_any_size_are_fetched_a_few_at_a_time(
    db: Database, planned: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from naming.rename import task_table as module

    monkeypatch.setattr(module, "ROWS_A_PAGE", 7)
    monkeypatch.setattr(module, "PROMPTS_A_QUERY", 3)
    ids = fill(db, *((f"task-{n}", "", "fix login " * n) for n in range(1, 21)))
    assert [row["id"] for row in rows_of(planned())] == ids


def test_a_table_that_changes_while_it_is_planned_does_no_harm(
    db: Database, planned: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from naming.rename.postgres_table import PostgresTable

    ids = fill(db, *((f"task-{n}", "", "fix login") for n in range(3)))
    fetch = PostgresTable._fetch

    def meanwhile(self: PostgresTable, wanted: list[str]) -> Any:
        db.execute("UPDATE tasks SET name = 'mine' WHERE id = %s", [ids[1]])
        return fetch(self, wanted)

    monkeypatch.setattr(PostgresTable, "_fetch", meanwhile)
    assert [row["id"] for row in rows_of(planned())] == [ids[0], ids[2]]


TRIGGER = """
CREATE OR REPLACE FUNCTION odd() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {bad} THEN {does} END IF; RETURN NEW; END $$;
CREATE {kind} ON tasks {deferred} FOR EACH ROW EXECUTE FUNCTION odd()
"""


@pytest.mark.parametrize(
    ("kind", "deferred", "does", "said"),
    [
        ("TRIGGER odd BEFORE UPDATE", "", "RAISE EXCEPTION 'not\nthis';", "the database refuses it: not this"),
        ("TRIGGER odd BEFORE UPDATE", "", "RAISE EXCEPTION 'no' USING ERRCODE = '42501';", "the database refuses it: no"),
        ("CONSTRAINT TRIGGER odd AFTER UPDATE", "DEFERRABLE INITIALLY DEFERRED", "RAISE EXCEPTION 'no';", "the database refuses it: no"),
        ("TRIGGER odd BEFORE UPDATE", "", "RETURN NULL;", "the database left it as it was"),
    ],
)  # fmt: skip
def test_a_trigger_that_minds_one_task_costs_that_task_alone(  # noqa: PLR0913, PLR0917 # what a trigger is made of
    db: Database, planned: Callable[..., Path], kind: str, deferred: str, does: str, said: str
) -> None:
    ids = fill(db, *((f"task-{n}", "", f"fix page {chr(97 + n)}x") for n in range(9)))
    plan = planned()
    db.execute(TRIGGER.format(kind=kind, deferred=deferred, does=does, bad=f"NEW.id = '{ids[5]}'"))
    would = rename("apply", plan, "--dry-run")
    ran = rename("apply", plan)
    assert would.err == ran.err
    assert (ran.status, ran.out) == (1, "8 renamed, 0 had been already, 1 left\n")
    assert ran.err.startswith(f"left: task {ids[5]}: {said}")
    assert ran.err.count("\n") == 1
    assert rename("undo", plan).out == "8 put back, 1 had been already, 0 left\n"


def test_a_view_is_renamed_through_where_the_database_can(
    db: Database, postgres: str, tmp_path: Path
) -> None:
    fill(db, *((f"task-{n}", "", "fix login") for n in range(3)))
    plan = tmp_path / "plan.jsonl"
    db.execute("CREATE VIEW listing AS SELECT * FROM tasks")
    assert rename("plan", postgres, "--plan", plan, "--no-claude", "--table", "listing").status == 0
    assert rename("apply", plan).out.startswith("3 renamed")


def test_a_view_that_cannot_be_written_is_refused_before_anything_is_named(
    db: Database, postgres: str, tmp_path: Path
) -> None:
    plan, misses = tmp_path / "plan.jsonl", []
    for kind, said in (
        ("VIEW", 'table listing: name: cannot update view "listing"'),
        ("MATERIALIZED VIEW", 'name: cannot change materialized view "listing"'),
    ):
        db.execute(f"CREATE {kind} listing AS SELECT DISTINCT * FROM tasks")
        ran = rename("plan", postgres, "--plan", plan, "--no-claude", "--table", "listing")
        if not ran.refuses(said) or plan.exists():
            misses.append((kind, ran.err))
        db.execute(f"DROP {kind} listing")
    assert not misses


def test_a_column_that_is_not_for_this_role_leaves_no_plan_behind(
    db: Database, postgres: str, tmp_path: Path
) -> None:
    fill(db, ("task-1", "", "fix login"))
    db.execute("DROP ROLE IF EXISTS reader")
    db.execute("CREATE ROLE reader LOGIN")
    db.execute("GRANT SELECT (id, owner_id, name, display_name, deleted_at) ON tasks TO reader")
    plan = tmp_path / "plan.jsonl"
    try:
        address = postgres.replace("postgres:@", "reader@")
        assert (
            "permission denied" in rename("plan", address, "--plan", plan, "--no-claude").complaint
        )
        assert not plan.exists()
    finally:
        db.execute("DROP OWNED BY reader")
        db.execute("DROP ROLE reader")


@pytest.mark.parametrize("rows_a_page", [1, 2, 3, 4])
def test_an_id_that_is_there_twice_is_no_id(
    db: Database, postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows_a_page: int
) -> None:
    monkeypatch.setattr("naming.rename.task_table.ROWS_A_PAGE", rows_a_page)
    db.execute(
        "CREATE TABLE odd AS SELECT 7 AS id, owner_id, name, display_name, prompt FROM tasks"
    )
    db.execute("INSERT INTO odd VALUES (6, NULL, 'task-6'), (7, NULL, 'a'), (7, NULL, 'task-b')")
    try:
        plan = tmp_path / "plan.jsonl"
        said = rename("plan", postgres, "--plan", plan, "--no-claude", "--table", "odd").complaint
        assert "id: 7 is there twice" in said
        assert not plan.exists()
    finally:
        db.execute("DROP TABLE odd")


def test_a_dry_run_minds_the_names_of_the_same_owner_only(
    db: Database, planned: Callable[..., Path]
) -> None:
    ids = fill(db, ("task-1", "", "fix login"), ("task-2", "", "add tests"))
    plan = planned()
    fill(db, ("Fix-Login", "", ""), owner=BERT)
    db.execute(
        "INSERT INTO tasks (owner_id, name, deleted_at) VALUES (%s, 'fix-login', now())", [ANNA]
    )
    assert rename("apply", plan, "--dry-run").out == "2 would be renamed, 0 were already, 0 left\n"
    fill(db, ("ADD-TESTS", "", ""))
    ran = rename("apply", plan, "--dry-run")
    assert ran.err == f"left: task {ids[1]}: its owner has another task of that name\n"


def test_a_task_that_keeps_its_name_is_not_in_its_own_way(
    db: Database, planned: Callable[..., Path]
) -> None:
    fill(db, ("task-1", "", "fix login"))
    assert (
        rename("apply", planned("--display-only"), "--dry-run").out
        == "1 would be renamed, 0 were already, 0 left\n"
    )


@pytest.mark.parametrize("code", ["53100", "58030", "XX000"])
def test_what_every_task_would_meet_stops_at_once(
    db: Database, planned: Callable[..., Path], code: str
) -> None:
    many(db, 600)
    plan = planned()
    last = rows_of(plan)[-1]["id"]
    db.execute(TRIGGER.format(kind="TRIGGER odd BEFORE UPDATE", deferred="", does=f"RAISE EXCEPTION 'no more' USING ERRCODE = '{code}';", bad=f"NEW.id = '{last}'"))  # fmt: skip
    ran = rename("apply", plan)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.endswith(": no more; 500 of 600 tasks were renamed; the same command goes on\n")


def test_a_table_that_goes_away_meanwhile_stops_and_says_what_was_done(
    db: Database, planned: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from naming.rename.postgres_batch import Batches

    many(db, 600)
    plan, update, calls = planned(), Batches._update, list[int]()

    def dropping(self: Batches, batch: Any, **more: Any) -> Any:
        calls.append(len(batch))
        if len(calls) == 2:
            db.execute("DROP TABLE tasks")
        return update(self, batch, **more)

    monkeypatch.setattr(Batches, "_update", dropping)
    ran = rename("apply", plan)
    assert (ran.status, ran.out) == (1, "")
    assert (
        'relation "tasks" does not exist; 500 of 600 tasks were renamed; the same command goes on'
        in ran.err
    )


def test_rows_without_a_name_are_no_tasks(db: Database, postgres: str, tmp_path: Path) -> None:
    db.execute(
        "CREATE TABLE odd AS SELECT 7 AS id, owner_id, NULL::text AS name, display_name, prompt FROM tasks"
    )
    db.execute("INSERT INTO odd VALUES (7, NULL, NULL), (8, NULL, NULL)")
    try:
        plan = tmp_path / "plan.jsonl"
        ran = rename(
            "plan", postgres, "--plan", plan, "--no-claude", "--table", "odd", "--match", ""
        )
        assert (ran.status, ran.out) == (0, f"{plan}: 0 tasks planned\n")
    finally:
        db.execute("DROP TABLE odd")


def test_a_title_changed_after_apply_is_a_persons_own(
    db: Database, planned: Callable[..., Path]
) -> None:
    ids = fill(db, ("task-1", "", "fix login"))
    plan = planned()
    rename("apply", plan)
    db.execute("UPDATE tasks SET display_name = 'Mine'")
    for verb in ("apply", "undo"):
        assert (
            rename(verb, plan).err == f"left: task {ids[0]}: its display name was changed since\n"
        )


def test_a_task_that_is_let_go_meanwhile_is_renamed_at_the_second_try(
    db: Database, postgres: str, planned: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from naming.rename.postgres_batch import Batches

    ids = fill(db, ("task-1", "", "fix login"), ("task-2", "", "add tests"))
    plan, make, tries = planned(), Batches.make, []
    with connect(postgres) as other:
        other.execute("BEGIN")
        other.execute("SELECT FROM tasks WHERE id = %s FOR UPDATE", [ids[0]])

        def letting_go(batches: Batches, batch: Any, **how: Any) -> Any:
            if not how:
                tries.append(len(batch))
            if len(tries) > 1:
                other.execute("ROLLBACK")
            return make(batches, batch, **how)

        monkeypatch.setattr(Batches, "make", letting_go)
        assert rename("apply", plan).out == "2 renamed, 0 had been already, 0 left\n"
    assert tries == [2, 1]


def test_no_more_tasks_than_told_are_kept_in_mind_for_the_end(
    db: Database, planned: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("naming.rename.postgres_table.MOST_KEPT", 1)
    old = [f"name-{letter}" for letter in "abcdef"]
    fill(db, *((name, "", "x") for name in old))
    plan, new = planned("--match", "."), [*old[1:], "name-g"]
    edit(plan, **{name: {"new_name": after} for name, after in zip(old, new, strict=True)})
    assert rename("apply", plan).status == 1
    assert any(rename("apply", plan).status == 0 for _ in old)
    assert names(db) == new


@pytest.mark.parametrize("index", ["", "DROP INDEX tasks_owner_name"])
def test_however_many_tasks_were_renamed_since_a_batch_costs_no_more_than_one_statement_more(
    db: Database, planned: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, index: str
) -> None:
    from naming.rename.postgres_table import PostgresTable

    monkeypatch.setattr("naming.rename.postgres_table.BATCH", 100)
    monkeypatch.setattr("naming.rename.postgres_table.BATCH_WITHOUT_INDEX", 100)
    many(db, 300)
    db.execute(index or "SELECT")
    plan, execute, statements = planned(), PostgresTable.execute, list[str]()

    def counting(self: PostgresTable, query: str, *values: Any) -> Any:
        statements.append(query)
        return execute(self, query, *values)

    monkeypatch.setattr(PostgresTable, "execute", counting)
    rename("apply", plan, "--dry-run")
    undisturbed = len(statements)
    db.execute("UPDATE tasks SET name = 'mine-' || id WHERE name <> 'task-python-7'")
    for verb, out in (
        ("apply", "1 renamed, 0"),
        ("apply", "0 renamed, 1"),
        ("undo", "1 put back, 0"),
    ):
        statements.clear()
        ran = rename(verb, plan)
        assert ran.out == f"{out} had been already, 299 left\n"
        asked = [query for query in statements if query.startswith("SELECT c.id")]
        assert len(asked) == 3
        assert len(statements) <= undisturbed + 3 * 2  # the question, and its transaction's limits
