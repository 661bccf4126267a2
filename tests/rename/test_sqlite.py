"""SQLite as a source: what is read, what is changed in one step, and what its rules refuse."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from tests.rename.running import header_of, rename, rows_of

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = """
CREATE TABLE tasks (id TEXT PRIMARY KEY, owner_id TEXT, name TEXT NOT NULL, display_name VARCHAR(127), prompt TEXT,
  deleted_at TEXT);
CREATE UNIQUE INDEX tasks_owner_name ON tasks (owner_id, lower(name)) WHERE deleted_at IS NULL;
"""
TASKS = [
    ("1", "a", "task-1", "Old", "fix login", None),
    ("2", "a", "task-2", None, "add tests", None),
    ("3", "b", "task-3", "", "fix login", None),
    ("4", "b", "kept", "Kept", "x", None),
    ("5", "a", "task-5", "", "fix login", "2024-01-01 10:00:00"),
]


class Tasks:
    """A database of a test."""

    def __init__(self, path: Path, schema: str = SCHEMA, tasks: list[Any] = TASKS) -> None:
        self.path = path
        self.run(schema)
        with closing(sqlite3.connect(path)) as db, db:
            db.executemany("INSERT INTO tasks VALUES (?, ?, ?, ?, ?, ?)", tasks)

    def run(self, statements: str) -> None:
        with closing(sqlite3.connect(self.path)) as db:
            db.executescript(statements)

    def rows(self, query: str = "SELECT * FROM tasks ORDER BY id") -> list[Any]:
        with closing(sqlite3.connect(self.path)) as db:
            return db.execute(query).fetchall()

    @property
    def names(self) -> list[str]:
        return [row[2] for row in self.rows()]

    @property
    def plan(self) -> Path:
        return self.path.with_name("plan.jsonl")

    def planned(self, *options: str) -> list[str]:
        self.plan.unlink(missing_ok=True)
        ran = rename("plan", f"sqlite:///{self.path}", "--plan", self.plan, "--no-claude", *options)
        assert ran.status == 0, ran.err
        return [row["new_name"] for row in rows_of(self.plan)]


@pytest.fixture
def tasks(tmp_path: Path) -> Tasks:
    return Tasks(tmp_path / "tasks.db")


def test_a_plan_is_made_carried_out_and_undone(
    tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("naming.rename.task_table.ROWS_A_PAGE", 2)
    monkeypatch.setattr("naming.rename.task_table.PROMPTS_A_QUERY", 1)
    before, content = tasks.rows(), tasks.path.read_bytes()
    assert tasks.planned() == ["fix-login", "add-tests", "fix-login"]
    assert header_of(tasks.plan)["source"] == f"sqlite:///{tasks.path}"
    would = rename("apply", tasks.plan, "--dry-run")
    assert would.out == "3 would be renamed, 0 were already, 0 left\n"
    assert tasks.path.read_bytes() == content
    assert rename("apply", tasks.plan).out == "3 renamed, 0 had been already, 0 left\n"
    assert tasks.names == ["fix-login", "add-tests", "fix-login", "kept", "task-5"]
    assert rename("apply", tasks.plan).out == "0 renamed, 3 had been already, 0 left\n"
    assert rename("undo", tasks.plan).out == "3 put back, 0 had been already, 0 left\n"
    assert tasks.rows() == before


def test_what_somebody_did_since_is_left_alone_and_said(tasks: Tasks) -> None:
    tasks.planned()
    tasks.run(
        "UPDATE tasks SET name = 'mine' WHERE id = '1'; UPDATE tasks SET deleted_at = '2024' WHERE id = '2';"
        "DELETE FROM tasks WHERE id = '3'"
    )
    would, ran = rename("apply", tasks.plan, "--dry-run"), rename("apply", tasks.plan)
    assert ran.err.splitlines() == [
        "left: task 1: it was renamed since",
        "left: task 2: it was deleted since",
        "left: task 3: there is no such task any more",
    ]
    assert (would.status, ran.status, would.err) == (1, 1, ran.err)


def test_the_end_of_a_plan_is_gone_on_with_by_ids_of_any_type(tmp_path: Path) -> None:
    misses = []
    keys: dict[str, list[object]] = {"INTEGER": [7, 30, 200], "TEXT": ["7", "30", "x"]}
    keys["BLOB"] = [b"\x07", b"\x30\xff", b"z"]
    for number, (type_, ids) in enumerate(keys.items()):
        schema = (
            f"CREATE TABLE tasks (id {type_}, owner_id, name, display_name, prompt, deleted_at)"
        )
        rows = [
            (id_, "a", f"task-{at}", None, f"fix page {at}", None) for at, id_ in enumerate(ids)
        ]
        tasks = Tasks(tmp_path / f"{number}.sqlite", schema, rows)
        before, whole = tasks.rows(), tasks.planned()
        header, first, *_ = tasks.plan.read_text().splitlines()
        tasks.plan.write_text(f"{header}\n{first}\n")
        other = tasks.plan.with_name("other.jsonl")
        other.write_text(
            f"{header}\n{first}\n".replace(f'"id":"{json.loads(first)["id"]}"', '"id":"no"')
        )
        gone = rename("plan", tasks.path, "--plan", other, "--no-claude")
        if type_ != "TEXT" and "the last task of the plan is none of it" not in gone.err:
            misses.append((type_, gone, gone.err))
        again = rename("plan", tasks.path, "--plan", tasks.plan, "--no-claude")
        applied = rename("apply", tasks.plan).out
        undone = rename("undo", tasks.plan).status
        if (
            [row["new_name"] for row in rows_of(tasks.plan)] != whole
            or applied != "3 renamed, 0 had been already, 0 left\n"
            or undone
            or tasks.rows() != before
        ):
            misses.append((type_, again, applied))
        tasks.plan.unlink()
    assert not misses


def test_plans_undone_together_hand_names_on_whatever_their_order(tasks: Tasks) -> None:
    tasks.run("DELETE FROM tasks; INSERT INTO tasks VALUES ('1','a','one','','x',NULL), ('2','a','two','','x',NULL), ('3','a','six','','x',NULL)")  # fmt: skip
    before = tasks.rows()
    tasks.planned("--match", ".")
    new = {"one": "two", "two": "three", "six": "four"}
    header, *lines = tasks.plan.read_text().splitlines()
    edited = [json.loads(line) | {"new_name": new[json.loads(line)["old_name"]]} for line in lines]
    tasks.plan.write_text("\n".join([header, *map(json.dumps, edited)]) + "\n")
    assert rename("apply", tasks.plan, "--dry-run").status == 0
    assert rename("apply", tasks.plan).status == 0
    assert tasks.names == ["two", "three", "four"]
    assert rename("undo", tasks.plan).status == 0
    assert tasks.rows() == before


BEFORE = "CREATE TRIGGER no BEFORE UPDATE ON tasks WHEN NEW.name = 'add-tests' BEGIN SELECT RAISE"
AFTER = "CREATE TRIGGER odd AFTER UPDATE ON tasks WHEN NEW.name = 'add-tests' BEGIN UPDATE tasks"
REFUSING = {
    "a trigger that aborts": (
        f"{BEFORE}(ABORT, 'not this'); END",
        "the database refuses it: not this",
    ),
    "a trigger that rewrites": (
        f"{AFTER} SET name = 'odd' WHERE id = NEW.id; END",
        "the database would write another name",
    ),
    "a trigger that ignores": (f"{BEFORE}(IGNORE); END", "the database would write another name"),
    "another index": (
        """INSERT INTO tasks VALUES ('9', 'c', 'add-tests', 'x', 'x', NULL);
        CREATE UNIQUE INDEX other ON tasks (name) WHERE id IN ('2', '9')""",
        "a unique index of the database allows no second task",
    ),
}


@pytest.mark.parametrize(("rules", "said"), REFUSING.values(), ids=REFUSING)
def test_what_the_database_refuses_costs_that_task_alone(
    tasks: Tasks, rules: str, said: str
) -> None:
    before = tasks.rows()
    tasks.planned()
    tasks.run(rules)
    would, ran = rename("apply", tasks.plan, "--dry-run"), rename("apply", tasks.plan)
    assert ran.err.startswith(f"left: task 2: {said}")
    assert ran.out == "2 renamed, 0 had been already, 1 left\n"
    assert would.err == ran.err
    tasks.run(
        "DROP TRIGGER IF EXISTS no; DROP TRIGGER IF EXISTS odd; DELETE FROM tasks WHERE id = '9'"
    )
    assert rename("undo", tasks.plan).status == 0
    assert tasks.rows() == before


@pytest.mark.parametrize("way", ["REPLACE", "ROLLBACK", "IGNORE", "FAIL", "ABORT"])
def test_no_constraint_deletes_the_task_in_the_way_or_takes_all_back(
    tmp_path: Path, way: str
) -> None:
    title = f"display_name VARCHAR(127) UNIQUE ON CONFLICT {way}"
    schema = SCHEMA.replace("display_name VARCHAR(127)", title)
    rows = [*TASKS[:2], ("3", "b", "own", "Fix login", "x", None)]
    tasks = Tasks(tmp_path / "tasks.db", schema, rows)
    before = tasks.rows()
    tasks.planned()
    for options in (["--dry-run"], []):
        ran = rename("apply", tasks.plan, *options)
        said = "a unique index of the database allows no second task to be called so"
        assert (ran.status, ran.err) == (1, f"left: task 1: {said}\n")
    assert tasks.names == ["task-1", "add-tests", "own"]
    assert rename("undo", tasks.plan).status == 0
    assert tasks.rows() == before


def test_what_triggers_write_beside_keeps_its_own_way_with_conflicts(tasks: Tasks) -> None:
    tasks.run(
        """CREATE TABLE seen (owner_id TEXT UNIQUE); CREATE TRIGGER seeing AFTER UPDATE ON tasks
        BEGIN INSERT OR IGNORE INTO seen VALUES (NEW.owner_id); END"""
    )
    tasks.planned()
    assert rename("apply", tasks.plan).status == 0
    assert tasks.rows("SELECT * FROM seen ORDER BY owner_id") == [("a",), ("b",)]


def test_a_trigger_that_takes_all_back_is_refused_by_its_task(tasks: Tasks) -> None:
    before = tasks.rows()
    tasks.planned()
    tasks.run(f"{BEFORE}(ROLLBACK, 'not this'); END")
    said = "task 2: the database refuses it, and takes all back: not this"
    assert rename("apply", tasks.plan).refuses(said)
    assert tasks.rows() == before
    kept = tasks.path.with_name("kept")
    kept.write_text("2\n")
    assert rename("apply", tasks.plan, "--except", kept).status == 0


def test_what_depends_on_a_task_that_cannot_be_renamed_is_left_too(tmp_path: Path) -> None:
    schema = "CREATE TABLE tasks (id, owner_id, name, display_name, prompt, deleted_at)"
    rows = [(n, "a", name, "", "x", None) for n, name in enumerate(("one", "two", "six"))]
    tasks = Tasks(tmp_path / "tasks.db", schema, rows)
    tasks.planned("--match", ".")
    header, *lines = tasks.plan.read_text().splitlines()
    new = {"one": "two", "two": "six", "six": "ten"}
    edited = [json.loads(line) | {"new_name": new[json.loads(line)["old_name"]]} for line in lines]
    tasks.plan.write_text("\n".join([header, *map(json.dumps, edited)]) + "\n")
    tasks.run("CREATE TRIGGER no BEFORE UPDATE ON tasks WHEN NEW.name = 'ten' BEGIN SELECT RAISE(ABORT, 'no'); END")  # fmt: skip
    ran = rename("apply", tasks.plan)
    assert ran.out == "0 renamed, 0 had been already, 3 left\n"
    assert tasks.names == ["one", "two", "six"]


NARROW = {
    "a check": ("CHECK (length(name) <= 20)", 20),
    "a strict one": ("CHECK (typeof(name) = 'text' AND length(name) BETWEEN 2 AND 12)", 12),
}


@pytest.mark.parametrize(("check", "most"), NARROW.values(), ids=NARROW)
def test_names_are_cut_to_what_their_columns_hold(tmp_path: Path, check: str, most: int) -> None:
    schema = f"CREATE TABLE tasks (id PRIMARY KEY, owner_id, name {check}, display_name, prompt, deleted_at)"
    prompt = "please refactor the authentication middleware of the billing service"
    rows = [(n, "a", f"task-{n}", "", prompt, None) for n in range(2)]
    tasks = Tasks(tmp_path / "tasks.db", schema, rows)
    first, second = tasks.planned()
    assert 3 < len(first) <= most
    assert second.endswith("-2")
    assert len(second) <= most
    assert rename("apply", tasks.plan).status == 0


def test_a_source_that_cannot_be_is_one_clear_line(tmp_path: Path) -> None:
    path, misses = tmp_path / "tasks.db", []
    columns = "id, owner_id, name, display_name, prompt, deleted_at"
    for schema, options, said in (
        (None, [], "unable to open database file"),
        ("", [], "there is no table tasks"),
        (SCHEMA, ["--table", "other"], "there is no table other"),
        (SCHEMA, ["--table", "a.b.c"], "--table: must be NAME or SCHEMA.NAME"),
        ("CREATE TABLE tasks (ID, Title)", [], "display_name, prompt: there are no such columns; there are ID, Title"),
        ("CREATE TABLE tasks (id, owner_id, title)", [], "name, display_name, prompt: there are no such columns; there are id, owner_id, title"),
        (f"CREATE TABLE t ({columns}); CREATE VIEW tasks AS SELECT * FROM t", [], "cannot modify tasks because it is a view; it needs a trigger INSTEAD OF UPDATE"),
        ("CREATE TABLE tasks (id, owner_id, name, display_name AS (upper(name)), prompt)", [], 'cannot UPDATE generated column "display_name"'),
        (f"CREATE TABLE tasks ({columns}, CHECK (name GLOB 'task-*')); INSERT INTO tasks VALUES (1, 1, 'task-1', '', '', NULL)", [], "name: its type or check refuses"),
        (f"CREATE TABLE tasks ({columns}); INSERT INTO tasks VALUES (NULL, 1, 'task-1', '', '', NULL)", [], "id: is empty in a row of the table"),
        (f"CREATE TABLE tasks ({columns}); INSERT INTO tasks VALUES (7, 1, 'a', '', '', NULL), (7, 1, 'b', '', '', NULL)", ["--match", "."], "id: 7 is there twice"),
        (f"CREATE TABLE tasks ({columns}); INSERT INTO tasks VALUES (1, 1, 'task-1', '', '', NULL), (2, 1, 'a', '', '', NULL), ('1', 1, 'b', '', '', NULL)", [], "id: 1 is there twice"),
        (f"CREATE TABLE tasks ({columns}); INSERT INTO tasks VALUES (x'AB', 1, 'task-1', '', '', NULL), ('ab', 1, 'task-2', '', '', NULL)", [], "id: ab is there twice"),
        (f"CREATE TABLE tasks ({columns}); INSERT INTO tasks VALUES (7, 1, 'task-1', '', x'00', NULL)", [], "task 7: prompt: is not text"),
        (f"CREATE TABLE tasks ({columns}); INSERT INTO tasks VALUES (7, 1, 3.5, '', '', NULL)", [], "task 7: name: is not a string"),
        (SCHEMA, ["--taken-from", "nothing.name"], "--taken-from: there is no column name in a table nothing"),
    ):  # fmt: skip
        path.unlink(missing_ok=True)
        if schema is not None:
            with closing(sqlite3.connect(path)) as db:
                db.executescript(schema)
                db.commit()
        plan = tmp_path / "plan.jsonl"
        ran = rename("plan", f"sqlite:///{path}", "--plan", plan, "--no-claude", *options)
        if not ran.refuses(said) or plan.exists():
            misses.append((schema, said, ran.err))
    path.write_text("no database, but text of some length\n" * 100)
    ran = rename("plan", f"sqlite:///{path}", "--plan", tmp_path / "plan.jsonl", "--no-claude")
    assert "file is not a database" in ran.complaint
    assert not misses


def test_a_file_that_another_process_holds_stops_to_be_gone_on_with(
    tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("naming.rename.sqlite_file.BUSY_SECONDS", 0.05)
    tasks.planned()
    with closing(sqlite3.connect(tasks.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        ran = rename("apply", tasks.plan)
    assert (ran.status, ran.out) == (1, "")
    assert "database is locked; 0 of 3 tasks were renamed; the same command goes on" in ran.err
    assert rename("apply", tasks.plan).status == 0


WIDER = {
    "deleted tasks count": "DROP INDEX tasks_owner_name; CREATE UNIQUE INDEX i ON tasks (owner_id, name)",
    "names are unique in the whole table": "CREATE UNIQUE INDEX i ON tasks (lower(name))",
}


@pytest.mark.parametrize("rules", WIDER.values(), ids=WIDER)
def test_what_unique_indexes_of_any_scope_count_is_taken(tasks: Tasks, rules: str) -> None:
    tasks.run("UPDATE tasks SET name = 'fix-login', owner_id = 'b' WHERE id = '5'")
    tasks.run(rules)
    assert tasks.planned()[2] in {"fix-login-2", "fix-login-3"}
    assert rename("apply", tasks.plan).status == 0
    assert tasks.planned("--match", "^task-") == []


def test_names_that_others_use_elsewhere_are_taken(tasks: Tasks) -> None:
    tasks.run(
        """CREATE TABLE "work spaces" (owner_id, "the name"); INSERT INTO "work spaces" VALUES ('a', 'Fix-Login'), ('b', 7);
        CREATE TABLE labels (label); INSERT INTO labels VALUES ('fix-login')"""
    )
    assert tasks.planned("--taken-from", '"work spaces"."the name"')[::2] == ["fix-login-2", "fix-login"]  # fmt: skip
    assert tasks.planned("--taken-from", "labels.label")[::2] == ["fix-login-2"] * 2


def test_a_view_with_a_trigger_brings_prompts_from_elsewhere(tmp_path: Path) -> None:
    schema = """
    CREATE TABLE tasks (id, owner_id, name, display_name, prompt, deleted_at);
    CREATE TABLE messages (task, text);
    INSERT INTO messages VALUES ('1', 'fix login'), ('2', 'add tests');
    CREATE VIEW listing AS SELECT t.id, owner_id, name, display_name, text AS prompt FROM tasks t JOIN messages ON task = t.id;
    CREATE TRIGGER pass INSTEAD OF UPDATE ON listing BEGIN
      UPDATE tasks SET name = NEW.name, display_name = NEW.display_name WHERE id = OLD.id; END;
    """
    tasks = Tasks(tmp_path / "tasks.db", schema, TASKS[:2])
    before = tasks.rows()
    assert tasks.planned("--table", "listing") == ["fix-login", "add-tests"]
    assert rename("apply", tasks.plan).status == 0
    assert tasks.names == ["fix-login", "add-tests"]
    assert rename("undo", tasks.plan).status == 0
    assert tasks.rows() == before


def test_ids_of_several_types_are_gone_on_behind_each_in_its_own(tmp_path: Path) -> None:
    schema = "CREATE TABLE tasks (id, owner_id, name, display_name, prompt, deleted_at)"
    ids: list[object] = [7, 10, "8", "x", b"\x01"]
    rows = [(id_, n, f"task-{n}", "", "fix login", None) for n, id_ in enumerate(ids)]
    tasks = Tasks(tmp_path / "tasks.db", schema, rows)
    tasks.planned()
    whole = tasks.plan.read_text().splitlines(keepends=True)
    assert [row["id"] for row in rows_of(tasks.plan)] == ["7", "10", "8", "x", "01"]
    for kept in range(1, 6):
        tasks.plan.write_text(
            whole[0].replace(":            5}", ":         null}") + "".join(whole[1:kept])
        )
        assert (
            rename("plan", f"sqlite:///{tasks.path}", "--plan", tasks.plan, "--no-claude").status
            == 0
        )
        assert tasks.plan.read_text() == "".join(whole)
    assert rename("apply", tasks.plan).out.startswith("5 renamed")
    tasks.run("INSERT INTO tasks SELECT '7', owner_id, name, '', '', NULL FROM tasks WHERE id = 7")
    assert "id: 7 is there twice" in rename("undo", tasks.plan).complaint
    assert tasks.names.count("fix-login") == 6


def test_the_address_is_read_as_others_write_it(
    tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tasks.path.parent)
    for source in (
        f"sqlite:///{tasks.path}",
        f"sqlite:///{str(tasks.path)[1:]}",
        "sqlite:///tasks.db",
        "tasks.db",
        tasks.path,
    ):
        tasks.plan.unlink(missing_ok=True)
        assert rename("plan", source, "--plan", tasks.plan, "--no-claude").status == 0
        assert header_of(tasks.plan)["source"] == f"sqlite:///{tasks.path}"
    assert "SOURCE: must be a .csv" in rename("plan", "sqlite://", "--plan", tasks.plan).complaint
