"""What a database holds names to, and what it holds in common with other clients: read first, kept, left as it was."""

from __future__ import annotations

import json
import os
import signal
from typing import TYPE_CHECKING, Any

import pytest

from tests.rename.pooler import PGBOUNCER, pooler
from tests.rename.postgres import connect
from tests.rename.running import Ran, rename, rows_of, start
from tests.rename.test_postgres import ANNA, BERT, fill, many, names, planned, table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.rename.conftest import Database

__all__ = ["planned"]

TAKEN = "its owner has another task of that name"


def lines_of(ran: Ran) -> list[str]:
    return sorted(ran.err.splitlines())


def new_names(plan: Path) -> list[str]:
    return [row["new_name"] for row in rows_of(plan)]


UNPROTECTED = {
    "no index": "DROP INDEX tasks_owner_name",
    "a case-sensitive index": "DROP INDEX tasks_owner_name; CREATE UNIQUE INDEX ON tasks (owner_id, name)",
    "an index that is not unique": "DROP INDEX tasks_owner_name; CREATE INDEX ON tasks (owner_id, lower(name))",
    "owners that are null": "ALTER TABLE tasks ALTER owner_id DROP NOT NULL; UPDATE tasks SET owner_id = NULL",
    "marks that the index does not count": "ALTER TABLE tasks ALTER deleted_at TYPE text;"
    "UPDATE tasks SET deleted_at = 'false'",
}


@pytest.mark.parametrize("rules", UNPROTECTED.values(), ids=UNPROTECTED)
def test_no_owner_gets_two_tasks_of_one_name_where_no_index_sees_to_it(
    db: Database, planned: Callable[..., Path], rules: str
) -> None:
    ids = fill(db, ("task-1", "", "fix login"), ("task-2", "", "add tests"), ("task-3", "", "x"))
    db.execute(rules)
    plan = planned()
    db.execute("UPDATE tasks SET name = 'Fix-Login' WHERE name = 'task-3'")
    would = rename("apply", plan, "--dry-run")
    ran = rename("apply", plan)
    assert [line for line in ran.err.splitlines() if ids[0] in line] == [
        f"left: task {ids[0]}: {TAKEN}"
    ]
    assert (would.status, ran.status, lines_of(would)) == (1, 1, lines_of(ran))
    assert names(db)[:2] == ["task-1", "add-tests"]
    db.execute("UPDATE tasks SET name = 'TASK-2' WHERE id = %s", [ids[2]])
    would = rename("undo", plan, "--dry-run")
    ran = rename("undo", plan)
    assert f"left: task {ids[1]}: {TAKEN}\n" in ran.err
    assert (ran.status, lines_of(would)) == (1, lines_of(ran))
    assert names(db)[1] == "add-tests"


def test_of_two_tasks_planned_to_have_one_name_the_first_gets_it_without_an_index_too(
    db: Database, planned: Callable[..., Path]
) -> None:
    ids = fill(db, *((f"task-{n}", "", "fix login") for n in range(600)))
    db.execute("DROP INDEX tasks_owner_name")
    plan = planned()
    header, *lines = plan.read_text().splitlines()
    rows = [json.loads(line) | {"new_name": "one-name"} for line in lines]
    plan.write_text("\n".join([header, *map(json.dumps, rows)]) + "\n")
    ran = rename("apply", plan)
    assert ran.out == "1 renamed, 0 had been already, 599 left\n"
    assert ran.err.splitlines()[-1] == f"left: task {ids[-1]}: {TAKEN}"


@pytest.mark.parametrize("size", [1, 2, 500])
def test_names_that_were_there_twice_come_back_twice_and_never_a_third_time(
    db: Database, planned: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr("naming.rename.postgres_table.BATCH_WITHOUT_INDEX", size)
    db.execute("DROP INDEX tasks_owner_name")
    ids = fill(db, *(("task-a", "", f"fix page {n}") for n in range(3)))
    before = table(db)
    plan = planned()
    assert rename("apply", plan).status == 0
    assert rename("undo", plan).out == "3 put back, 0 had been already, 0 left\n"
    assert table(db) == before
    rename("apply", plan)
    fill(db, ("task-a", "", "mine"))
    ran = rename("undo", plan)
    assert ran.err == "".join(f"left: task {id_}: {TAKEN}\n" for id_ in ids)


WIDER = {
    "deleted tasks count": (
        "DROP INDEX tasks_owner_name; CREATE UNIQUE INDEX ON tasks (owner_id, lower(name));"
        "UPDATE tasks SET deleted_at = now() WHERE name = 'fix-login'"
    ),
    "names are unique in the whole table": "CREATE UNIQUE INDEX ON tasks (name);"
    f"UPDATE tasks SET owner_id = '{BERT}' WHERE name = 'fix-login'",
    "names are unique in an organization": "ALTER TABLE tasks ADD org int DEFAULT 7;"
    "CREATE UNIQUE INDEX ON tasks (org, lower(name)) WHERE deleted_at IS NULL;"
    f"UPDATE tasks SET owner_id = '{BERT}' WHERE name = 'fix-login'",
    "a constraint": f"ALTER TABLE tasks ADD UNIQUE (name); UPDATE tasks SET owner_id = '{BERT}' WHERE name = 'fix-login'",
}


@pytest.mark.parametrize("rules", WIDER.values(), ids=WIDER)
def test_what_unique_indexes_of_any_scope_count_is_taken(
    db: Database, planned: Callable[..., Path], rules: str
) -> None:
    fill(db, ("task-1", "", "fix login"), ("fix-login", "", "x"))
    fill(db, ("task-3", "", "fix login"), owner=BERT)
    db.execute(rules)
    plan = planned()
    assert "fix-login-2" in new_names(plan)
    assert rename("apply", plan, "--dry-run").status == 0
    assert rename("apply", plan).status == 0
    plan.unlink()
    assert rows_of(planned("--match", "^task-")) == []


def test_a_plan_that_is_gone_on_with_minds_what_it_planned_before(
    db: Database, postgres: str, planned: Callable[..., Path]
) -> None:
    fill(db, ("task-1", "", "fix login"))
    fill(db, ("task-2", "", "fix login"), owner=BERT)
    db.execute("CREATE UNIQUE INDEX ON tasks (name)")
    plan = planned()
    header, first, _ = plan.read_text().splitlines()
    plan.write_text(f"{header}\n{first}\n")
    assert rename("plan", postgres, "--plan", plan, "--no-claude").status == 0
    assert new_names(plan) == ["fix-login", "fix-login-2"]


UNIQUE_TITLES = {
    "an index": "CREATE UNIQUE INDEX ON tasks (display_name)",
    "an index of each owner's": "CREATE UNIQUE INDEX ON tasks (owner_id, lower(display_name)) WHERE deleted_at IS NULL",
    "a constraint of both names": "ALTER TABLE tasks ADD UNIQUE (owner_id, display_name, deleted_at)"
    "; UPDATE tasks SET deleted_at = 'infinity'",
    "a constraint looked at in the end": "ALTER TABLE tasks ADD UNIQUE (display_name) DEFERRABLE INITIALLY DEFERRED",
    "an exclusion": "ALTER TABLE tasks ADD EXCLUDE (left(display_name, 7) WITH =)",
}


@pytest.mark.parametrize("batch", [1, 500])
@pytest.mark.parametrize("rules", UNIQUE_TITLES.values(), ids=UNIQUE_TITLES)
def test_a_dry_run_promises_no_title_twice_where_the_table_allows_it_once(
    db: Database,
    planned: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    rules: str,
    batch: int,
) -> None:
    monkeypatch.setattr("naming.rename.postgres_table.BATCH", batch)
    monkeypatch.setattr("naming.rename.postgres_table.BATCH_WITHOUT_INDEX", batch)
    equal = [(f"task-{n}", f"Old {n}", "fix login") for n in range(4)]
    fill(db, *equal[:3], ("task-5", "", "add tests"))
    fill(db, equal[3], owner=BERT)
    db.execute(rules)
    plan = planned()
    would, ran = rename("apply", plan, "--dry-run"), rename("apply", plan)
    assert would.status == 1
    assert (
        would.err.count("a unique index of the database allows no second task to be called so") > 1
    )
    assert lines_of(would) == lines_of(ran)
    assert would.out.split()[0] == ran.out.split()[0]
    assert rename("undo", plan, "--dry-run").status == rename("undo", plan).status == 0


def test_a_view_keeps_to_the_indexes_of_the_table_beneath(
    db: Database, planned: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("naming.rename.postgres_table.BATCH_WITHOUT_INDEX", 1)
    fill(db, ("task-1", "a", "fix login"), ("task-2", "b", "add tests"))
    fill(db, ("task-3", "c", "fix login"), owner=BERT)
    db.execute(
        "CREATE UNIQUE INDEX ON tasks (lower(name)); CREATE UNIQUE INDEX ON tasks (display_name)"
    )
    db.execute(
        "ALTER TABLE tasks ADD hidden bool; CREATE UNIQUE INDEX ON tasks (name) WHERE hidden"
    )
    db.execute(
        "CREATE VIEW inner_listing AS SELECT id, owner_id, name, display_name, prompt FROM tasks"
    )
    db.execute("CREATE VIEW listing AS SELECT * FROM inner_listing")
    plan = planned("--table", "listing")
    assert sorted(new_names(plan)) == ["add-tests", "fix-login", "fix-login-2"]
    would, ran = rename("apply", plan, "--dry-run"), rename("apply", plan)
    assert would.out.split()[0] == ran.out.split()[0] == "2"
    assert lines_of(would) == lines_of(ran)
    assert "a unique index of the database allows no second task to be called so" in ran.err
    assert rename("undo", plan, "--dry-run").status == rename("undo", plan).status == 0


def test_a_dry_run_agrees_with_apply_about_indexes_of_other_scopes(
    db: Database, planned: Callable[..., Path]
) -> None:
    ids = fill(db, ("task-1", "", "fix login"), ("task-2", "", "add tests"))
    db.execute("CREATE UNIQUE INDEX ON tasks (name)")
    plan = planned()
    fill(db, ("fix-login", "", "x"), owner=BERT)
    ran = rename("apply", plan, "--dry-run")
    assert ran.err == (
        f"left: task {ids[0]}: a unique index of the database allows no second task to be called so\n"
    )
    assert rename("apply", plan).err == ran.err


NARROW = {
    "a short type": "ALTER TABLE tasks ALTER name TYPE varchar(20), ALTER display_name TYPE varchar(24)",
    "a check": "ALTER TABLE tasks ADD CHECK (length(name) <= 20), ADD CHECK (length(display_name) < 25)",
    "a domain": "CREATE DOMAIN short AS text CHECK (length(VALUE) <= 20); ALTER TABLE tasks ALTER name TYPE short,"
    "ALTER display_name TYPE varchar(24)",
    "a domain of a short type": "CREATE DOMAIN short AS varchar(20); ALTER TABLE tasks ALTER name TYPE short,"
    "ALTER display_name TYPE varchar(24)",
}


@pytest.mark.parametrize("rules", NARROW.values(), ids=NARROW)
def test_names_are_cut_to_what_their_columns_hold(
    db: Database, planned: Callable[..., Path], rules: str
) -> None:
    prompt = "please refactor the authentication middleware of the billing service"
    fill(db, ("task-1", "", prompt), ("task-2", "", prompt))
    db.execute("DROP DOMAIN IF EXISTS short CASCADE")
    db.execute(rules)
    try:
        before = table(db)
        plan = planned()
        first, second = new_names(plan)
        assert 8 <= len(first) <= 20
        assert second.endswith("-2")
        assert len(second) <= 20
        assert all(4 < len(row["new_display_name"]) <= 24 for row in rows_of(plan))
        assert rename("apply", plan, "--dry-run").status == 0
        assert rename("apply", plan).status == 0
        assert rename("undo", plan).status == 0
        assert table(db) == before
    finally:
        db.execute("DROP TABLE tasks; DROP DOMAIN IF EXISTS short")


NOT_HELD = {
    "CREATE TYPE kind AS ENUM ('task-1'); ALTER TABLE tasks DROP COLUMN name; ALTER TABLE tasks ADD name kind DEFAULT 'task-1'": "name: ",
    "CREATE DOMAIN kind AS text CHECK (VALUE LIKE 'task-%%'); ALTER TABLE tasks ALTER name TYPE kind": "name: ",
    "ALTER TABLE tasks ADD CHECK (display_name = '')": "display_name: ",
    "ALTER TABLE tasks ALTER name TYPE varchar(6)": "name: ",
    "ALTER TABLE tasks DROP COLUMN prompt; ALTER TABLE tasks ADD prompt bigint": "prompt: is not text, but bigint",
    "ALTER TABLE tasks DROP COLUMN prompt; ALTER TABLE tasks ADD prompt bytea": "prompt: is not text, but bytea",
}


def test_a_column_that_can_hold_no_name_is_refused_before_anything_is_named(
    db: Database, postgres: str, tmp_path: Path
) -> None:
    from tests.rename.postgres import SCHEMA

    plan, misses = tmp_path / "plan.jsonl", []
    for rules, said in NOT_HELD.items():
        db.execute(SCHEMA)
        db.execute("DROP TYPE IF EXISTS kind CASCADE; DROP DOMAIN IF EXISTS kind CASCADE")
        fill(db, ("task-1", "", "fix login"))
        db.execute(rules.replace("%%", "%"))
        ran = rename("plan", postgres, "--plan", plan, "--no-claude")
        if not ran.refuses(said) or plan.exists():
            misses.append((rules, ran.err))
    db.execute("DROP TABLE tasks CASCADE; DROP TYPE IF EXISTS kind; DROP DOMAIN IF EXISTS kind")
    assert not misses


def test_a_dry_run_finds_the_names_that_a_check_refuses(
    db: Database, planned: Callable[..., Path]
) -> None:
    ids = fill(db, ("task-1", "", "fix login"), ("task-2", "", "add tests"))
    plan = planned()
    db.execute("ALTER TABLE tasks ADD CHECK (name <> 'add-tests')")
    ran = rename("apply", plan, "--dry-run")
    assert ran.err.startswith(f"left: task {ids[1]}: ")
    assert ran.out == "1 would be renamed, 0 were already, 1 left\n"


# Settings ---------------------------------------------------------------------------------------------------------

SETTINGS = ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout", "application_name",
            "default_transaction_isolation", "transaction_isolation", "client_encoding", "search_path")  # fmt: skip


def settings_of(address: str) -> list[object]:
    """Ask a session for its settings, and for those that it would keep."""
    with connect(address) as client:
        client.prepare_threshold = None
        return [
            client.execute(
                "SELECT setting, source FROM pg_settings WHERE name = %s", [name]
            ).fetchone()
            for name in SETTINGS
        ]


@pytest.mark.slow  # a pooler of its own
@pytest.mark.skipif(PGBOUNCER is None, reason="there is no pgbouncer")
def test_no_setting_stays_in_a_connection_that_a_pooler_hands_on(
    db: Database, postgres: str, tmp_path: Path
) -> None:
    many(db, 1_200)
    before, plan = table(db), tmp_path / "plan.jsonl"
    with pooler(postgres, tmp_path) as pooled:
        settings = settings_of(pooled)
        for command in (
            ["plan", pooled, "--no-claude", "--plan"],
            ["apply", "--dry-run"],
            ["apply"],
            ["undo"],
        ):
            ran = rename(*command, plan)
            assert ran.status == 0, ran.err
            assert settings_of(pooled) == settings
        assert table(db) == before
        for ending in (signal.SIGKILL, signal.SIGINT):
            with connect(postgres) as other, other.transaction():
                other.execute("SELECT FROM tasks FOR UPDATE")  # and so it waits
                process = start("apply", plan)
                while not db.execute(
                    "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                ).fetchall():
                    assert process.poll() is None
                os.kill(process.pid, ending)
                process.communicate()
            assert settings_of(pooled) == settings


def test_what_the_operator_sets_in_the_address_is_left_at_that(
    db: Database, postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from naming.rename.postgres_table import PostgresTable
    from naming.rename.reading import Layout
    from naming.rename.source import read_address

    asked = "-c statement_timeout=7s -c lock_timeout=3s -c application_name=mine"
    for address, own in ((postgres + "&options=" + asked.replace(" ", "%20").replace("=", "%3D"), ""), (postgres, asked)):  # fmt: skip
        monkeypatch.setenv("PGOPTIONS", own)
        session = PostgresTable(read_address(address), Layout({}))
        with session.transaction():
            found = [
                session.db.execute(f"SHOW {name}".encode()).fetchone() for name in SETTINGS[:4]
            ]
        after = [session.db.execute(f"SHOW {name}".encode()).fetchone() for name in SETTINGS[:4]]
        session.close()
        assert [value for (value,) in found] == ["3s", "7s", "1min", "mine"]  # type: ignore[misc]
        assert [value for (value,) in after] == ["3s", "7s", "0", "mine"]  # type: ignore[misc]


# What is written, and what is read ---------------------------------------------------------------------------------

NOTE_UPDATES = """
CREATE TABLE IF NOT EXISTS written (task uuid);
CREATE OR REPLACE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN INSERT INTO written VALUES (NEW.id); RETURN NEW; END $$;
TRUNCATE written;
CREATE TRIGGER note BEFORE UPDATE {of} ON tasks FOR EACH ROW EXECUTE FUNCTION note()
"""


def written(db: Database) -> list[str]:
    return [str(row[0]) for row in db.execute("SELECT task FROM written").fetchall()]


def test_only_what_changes_is_set(db: Database, planned: Callable[..., Path]) -> None:
    ids = fill(db, ("task-1", "", "fix login"), ("task-2", "Add tests", "add tests"))
    plan = planned("--display-only")
    db.execute(NOTE_UPDATES.format(of="OF name"))
    assert rename("apply", plan).out == "1 renamed, 1 had been already, 0 left\n"
    assert written(db) == []
    db.execute("DROP TRIGGER note ON tasks")
    rename("undo", plan)
    db.execute(NOTE_UPDATES.format(of=""))
    assert rename("apply", plan).out == "1 renamed, 1 had been already, 0 left\n"
    assert written(db) == [ids[0]]


def test_display_names_alone_need_no_right_to_write_names_and_no_names(
    db: Database, postgres: str, tmp_path: Path
) -> None:
    fill(db, ("task-1", "", "fix login"), ("other", "Mine", "add tests"))
    db.execute("DROP ROLE IF EXISTS renamer")
    db.execute("CREATE ROLE renamer LOGIN")
    db.execute("GRANT SELECT, UPDATE (display_name) ON tasks TO renamer")
    address, plan = postgres.replace("postgres:@", "renamer@"), tmp_path / "plan.jsonl"
    try:
        for options, count in (([], 1), (["--match", "."], 0)):
            if count == 0:
                db.execute("ALTER TABLE tasks DROP COLUMN name CASCADE")
            before = table(db)
            ran = rename(
                "plan", address, "--plan", plan, "--no-claude", "--display-only", *options[:0]
            )
            assert ran.status == 0, ran.err
            assert [row["new_display_name"] for row in rows_of(plan)] == ["Fix login", "Add tests"][
                : 2 - count
            ]
            assert rename("apply", plan, "--dry-run").status == 0
            assert rename("apply", plan).status == 0
            assert rename("undo", plan).status == 0
            assert table(db) == before
            plan.unlink()
    finally:
        db.execute("DROP OWNED BY renamer")
        db.execute("DROP ROLE renamer")


INSTEAD = """
CREATE VIEW listing AS SELECT t.id, t.owner_id, t.name, t.display_name, p.text AS prompt, t.deleted_at
  FROM tasks t JOIN prompts p ON p.task = t.id;
CREATE OR REPLACE FUNCTION pass_on() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  UPDATE tasks SET name = NEW.name, display_name = NEW.display_name WHERE id = OLD.id AND {condition}; RETURN NEW; END $$;
CREATE TRIGGER pass_on INSTEAD OF UPDATE ON listing FOR EACH ROW EXECUTE FUNCTION pass_on();
"""


@pytest.mark.parametrize("condition", ["true", "NEW.name <> 'add-tests'"])
def test_a_view_with_a_trigger_brings_prompts_from_elsewhere(
    db: Database, postgres: str, tmp_path: Path, condition: str
) -> None:
    ids = fill(db, ("task-1", "", None), ("task-2", "", None))
    db.execute("DROP TABLE IF EXISTS prompts CASCADE; CREATE TABLE prompts (task uuid, text text)")
    for id_, text in zip(ids, ("fix login", "add tests"), strict=True):
        db.execute("INSERT INTO prompts VALUES (%s, %s)", [id_, text])
    db.execute(INSTEAD.format(condition=condition))
    before, plan = table(db), tmp_path / "plan.jsonl"
    ran = rename("plan", postgres, "--plan", plan, "--no-claude", "--table", "listing")
    assert (ran.status, new_names(plan)) == (0, ["fix-login", "add-tests"]), ran.err
    ran = rename("apply", plan)
    if condition == "true":
        assert ran.out == "2 renamed, 0 had been already, 0 left\n"
    else:
        assert ran.err.startswith(f"left: task {ids[1]}: the database would write another name")
        assert names(db) == ["fix-login", "task-2"]
    assert rename("undo", plan).status == 0
    assert table(db) == before


DEAR = """
CREATE OR REPLACE FUNCTION dear(name text) RETURNS text LANGUAGE plpgsql STABLE AS $$ BEGIN
  IF name NOT LIKE 'task-%%' THEN RAISE EXCEPTION 'nobody asked for it'; END IF;
  PERFORM pg_sleep({seconds}); RETURN 'fix page ' || name; END $$;
CREATE VIEW dears AS SELECT id, owner_id, name, display_name, dear(name) AS prompt, deleted_at FROM tasks;
"""


LISTING = """
CREATE VIEW dear_titles AS SELECT id, owner_id, name, display_name, 'fix login' AS prompt, CASE WHEN
  name = 'kept' THEN now() WHEN dear(name) = '' THEN now() END AS deleted_at FROM tasks;
"""


def test_dear_prompts_are_computed_of_picked_rows_alone_and_fewer_at_a_time(
    db: Database, postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from naming.rename import postgres_table

    monkeypatch.setitem(postgres_table.LIMITS, "statement_timeout", "250ms")
    fill(db, *((f"task-{chr(97 + n)}x", "", None) for n in range(8)), ("kept", "", None))
    db.execute(DEAR.format(seconds="0.04"))
    plan = tmp_path / "plan.jsonl"
    ran = rename("plan", postgres, "--plan", plan, "--no-claude", "--table", "dears")
    assert (ran.status, len(rows_of(plan))) == (0, 8), ran.err
    plan.unlink()
    monkeypatch.setattr("naming.rename.task_table.ROWS_A_PAGE", 16)
    db.execute(LISTING)  # whose titles are dear
    ran = rename(
        "plan", postgres, "--plan", plan, "--no-claude", "--table", "dear_titles", "--display-only"
    )
    assert (ran.status, len(rows_of(plan))) == (0, 8), ran.err
    plan.unlink()
    db.execute("DROP VIEW dears, dear_titles")
    db.execute(DEAR.format(seconds="0.5"))
    ran = rename("plan", postgres, "--plan", plan, "--no-claude", "--table", "dears")
    assert ran.status == 1
    assert "statement timeout" in ran.err
    monkeypatch.setattr("naming.rename.task_table.ROWS_A_PAGE", 1)
    db.execute(LISTING)
    plan.unlink()
    ran = rename("plan", postgres, "--plan", plan, "--no-claude", "--table", "dear_titles")
    assert "statement timeout" in ran.err


def test_what_the_database_cannot_read_is_one_clear_line(
    db: Database, postgres: str, tmp_path: Path
) -> None:
    fill(db, ("task-1", "", "fix login"))
    plan = tmp_path / "plan.jsonl"
    db.execute("CREATE VIEW odd AS SELECT to_json(id) AS id, owner_id, name, display_name, prompt FROM tasks")  # fmt: skip
    ran = rename("plan", postgres, "--plan", plan, "--no-claude", "--table", "odd")
    assert ran.refuses("could not identify an ordering operator for type json")
    db.execute("CREATE OR REPLACE FUNCTION full() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE 'no space' USING ERRCODE = '53100'; END $$")  # fmt: skip
    db.execute("CREATE VIEW full_disk AS SELECT id, owner_id, name, display_name, full() AS prompt FROM tasks")  # fmt: skip
    ran = rename("plan", postgres, "--plan", plan, "--no-claude", "--table", "full_disk")
    assert (ran.status, "no space" in ran.err, "the same command goes on" in ran.err) == (1, True, True)  # fmt: skip


def test_names_that_others_use_elsewhere_are_taken(
    db: Database, postgres: str, tmp_path: Path
) -> None:
    fill(db, ("task-1", "", "fix login"))
    fill(db, ("task-2", "", "fix login"), owner=BERT)
    plan, misses = tmp_path / "plan.jsonl", []
    db.execute('DROP TABLE IF EXISTS "Work Spaces", labels CASCADE')
    db.execute('CREATE TABLE "Work Spaces" (owner_id uuid, "The Name" text)')
    db.execute('INSERT INTO "Work Spaces" VALUES (%s, %s), (%s, NULL)', [ANNA, "Fix-Login", ANNA])
    db.execute("CREATE TABLE labels (label text); INSERT INTO labels VALUES ('fix-login')")
    for where, wanted in (
        ('"Work Spaces"."The Name"', ["fix-login-2", "fix-login"]),
        ("public.labels.label", ["fix-login-2", "fix-login-2"]),
    ):
        ran = rename("plan", postgres, "--plan", plan, "--no-claude", "--taken-from", where)
        if ran.status or new_names(plan) != wanted:
            misses.append((where, ran.err))
        plan.unlink()
    for where in ("labels", "labels.nothing", "nothing.label", "a.b.c.d", "labels."):
        ran = rename("plan", postgres, "--plan", plan, "--no-claude", "--taken-from", where)
        if not ran.refuses("--taken-from: ") or plan.exists():
            misses.append((where, ran.err))
    assert not misses


def test_a_very_large_table_is_looked_at_as_if_no_index_kept_it(
    db: Database, planned: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from naming.rename.postgres_table import PostgresTable
    from naming.rename.terminal import Overdue

    rows, looked_for = PostgresTable.rows, []

    def slow(self: PostgresTable, query: Any, *values: Any) -> Any:
        if "END IS NULL LIMIT 1" in query:
            looked_for.append(query)
            raise Overdue("too slow")
        return rows(self, query, *values)

    fill(db, ("task-1", "", "fix login"), ("fix-login", "", "x"))
    monkeypatch.setattr(PostgresTable, "rows", slow)
    plan = planned()
    assert new_names(plan) == ["fix-login-2"]
    assert rename("apply", plan).status == 0
    assert looked_for


def test_json_that_nobody_can_read_names_nothing(
    db: Database, planned: Callable[..., Path]
) -> None:
    fill(db, ("task-1", "Fix login", "[" * 3_000 + "]" * 3_000))
    db.execute("ALTER TABLE tasks ALTER prompt TYPE json USING prompt::json")
    assert new_names(planned()) == ["fix-login"]


@pytest.mark.parametrize("type_", ["json", "jsonb", "text[]"])
def test_prompts_of_other_types_that_hold_text_are_read(
    db: Database, postgres: str, tmp_path: Path, type_: str
) -> None:
    fill(db, ("task-1", "", None), ("task-2", "", None))
    db.execute(f"ALTER TABLE tasks DROP COLUMN prompt; ALTER TABLE tasks ADD prompt {type_}")
    value = "{fix login}" if type_ == "text[]" else '[{"role": "user", "parts": ["fix login"]}]'
    db.execute("UPDATE tasks SET prompt = %s WHERE name = 'task-1'", [value])
    plan = tmp_path / "plan.jsonl"
    rename("plan", postgres, "--plan", plan, "--no-claude")
    assert new_names(plan)[0] == "fix-login"


def test_what_an_exclusion_constraint_counts_is_taken(
    db: Database, planned: Callable[..., Path]
) -> None:
    fill(db, ("task-1", "", "fix login"))
    fill(db, ("task-2", "", "fix login"), ("task-3", "", "add tests"), owner=BERT)
    db.execute("ALTER TABLE tasks ADD EXCLUDE (name WITH =)")
    plan = planned()
    assert sorted(new_names(plan)) == ["add-tests", "fix-login", "fix-login-2"]
    fill(db, ("add-tests", "", "x"))
    ran = rename("apply", plan)
    assert ran.out == "2 renamed, 0 had been already, 1 left\n"
    assert "a unique index of the database allows no second task" in ran.err


def test_another_owners_task_of_the_name_is_no_hindrance_where_no_index_keeps_names_apart(
    db: Database, planned: Callable[..., Path]
) -> None:
    fill(db, ("task-1", "", "fix login"))
    fill(db, ("fix-login", "", "x"), owner=BERT)
    db.execute("DROP INDEX tasks_owner_name")
    assert rename("apply", planned()).out == "1 renamed, 0 had been already, 0 left\n"
