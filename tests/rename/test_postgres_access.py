"""Getting into a database and being allowed to write there: asked first, told plainly, passwords kept to ourselves."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.rename.running import header_of, rename
from tests.rename.test_postgres import TRIGGER, fill, planned, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.rename.conftest import Database

__all__ = ["planned"]

PASSWORD = "p@ss/w rd"


@contextmanager
def guarded_role(db: Database) -> Iterator[str]:
    """Have a role that needs its password; gives the host to ask for, in a query."""
    hba = str((db.execute("SHOW hba_file").fetchone() or [""])[0])
    with open(hba, encoding="utf-8") as file:  # noqa: PTH123 # the server's own path
        before = file.read()
    db.execute("DROP ROLE IF EXISTS guarded")
    db.execute(f"CREATE ROLE guarded LOGIN PASSWORD '{PASSWORD}'")
    db.execute("GRANT SELECT, UPDATE (name, display_name) ON tasks TO guarded")
    try:
        _write(db, hba, "local all guarded scram-sha-256\n" + before)
        yield str(
            (
                db.execute(
                    "SELECT split_part(current_setting('unix_socket_directories'), ',', 1)"
                ).fetchone()
                or [""]
            )[0]
        )
    finally:
        _write(db, hba, before)
        db.execute("DROP OWNED BY guarded")
        db.execute("DROP ROLE guarded")


def _write(db: Database, hba: str, text: str) -> None:
    with open(hba, "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write(text)
    db.execute("SELECT pg_reload_conf()")


def test_a_password_comes_from_the_environment_a_file_or_a_service_and_is_never_told(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(db, ("task-1", "", "fix login"))
    with guarded_role(db) as host:
        bare = f"postgresql://guarded@/postgres?host={host}"

        def plan(name: str, source: str = bare) -> str:
            ran = rename("plan", source, "--plan", tmp_path / name, "--no-claude")
            assert PASSWORD not in ran.out + ran.err
            assert not ran.status or ran.complaint
            return ran.err

        assert "no password supplied" in plan("none")
        monkeypatch.setenv("PGPASSWORD", "wrong " + PASSWORD)
        assert 'password authentication failed for user "guarded"' in plan("wrong")
        monkeypatch.setenv("PGPASSWORD", PASSWORD)
        assert plan("environment") == ""
        monkeypatch.delenv("PGPASSWORD")

        passwords = tmp_path / "pgpass"
        passwords.write_text(f"*:*:*:guarded:{PASSWORD}\n")
        passwords.chmod(0o600)
        monkeypatch.setenv("PGPASSFILE", str(passwords))
        assert plan("file") == ""
        monkeypatch.delenv("PGPASSFILE")

        services = tmp_path / "services"
        services.write_text(
            f"[tasks]\nhost={host}\nuser=guarded\ndbname=postgres\npassword={PASSWORD}\n"
        )
        monkeypatch.setenv("PGSERVICEFILE", str(services))
        assert plan("service", "postgresql:///?service=tasks") == ""
        assert header_of(tmp_path / "service")["source"] == "postgresql:///?service=tasks"
        assert (
            rename("apply", tmp_path / "service").out == "1 renamed, 0 had been already, 0 left\n"
        )
        assert all(
            PASSWORD.encode() not in file.read_bytes()
            for file in tmp_path.iterdir()
            if file not in (passwords, services)
        )


def test_a_database_that_only_reads_is_refused_before_anything(
    db: Database, postgres: str, planned: Callable[..., Path]
) -> None:
    fill(db, ("task-1", "", "fix login"))
    plan = planned()
    read_only = postgres + "&options=-c%20default_transaction_read_only%3Don"
    ran = rename("plan", read_only, "--plan", plan.with_name("elsewhere"), "--no-claude")
    assert ran.status == 0, ran.err
    for verb in (["apply"], ["apply", "--dry-run"], ["undo"]):
        assert "in a read-only transaction" in rename(*verb, plan, "--source", read_only).complaint


@pytest.mark.parametrize("odd", ['odd "name"', "Name", "näme; --"])
def test_columns_of_any_name_are_asked_about(
    db: Database, postgres: str, tmp_path: Path, odd: str
) -> None:
    from psycopg import sql

    fill(db, ("task-1", "", "fix login"))
    plan = tmp_path / "plan.jsonl"
    db.execute("DROP ROLE IF EXISTS half")
    db.execute("CREATE ROLE half LOGIN")
    try:
        db.execute(sql.SQL("ALTER TABLE tasks RENAME name TO {}").format(sql.Identifier(odd)))
        db.execute("GRANT SELECT, UPDATE (display_name) ON tasks TO half")
        address = postgres.replace("postgres:@", "half@")
        ran = rename("plan", address, "--plan", plan, "--no-claude", "--column", f"name={odd}")
        assert ran.refuses(
            f": {odd}: permission denied for table tasks; UPDATE of this column is needed"
        )
    finally:
        db.execute("DROP OWNED BY half")
        db.execute("DROP ROLE half")


def test_a_role_that_may_write_what_it_may_not_read_is_refused(
    db: Database, postgres: str, planned: Callable[..., Path]
) -> None:
    fill(db, ("task-1", "", "fix login"))
    plan = planned()
    db.execute("DROP ROLE IF EXISTS half")
    db.execute("CREATE ROLE half LOGIN")
    db.execute(
        "GRANT SELECT (id, owner_id, name, deleted_at), UPDATE (name, display_name) ON tasks TO half"
    )
    try:
        address = postgres.replace("postgres:@", "half@")
        assert (
            "permission denied for table tasks"
            in rename("apply", plan, "--source", address).complaint
        )
    finally:
        db.execute("DROP OWNED BY half")
        db.execute("DROP ROLE half")


PASSWORDS = ["s3c%zz", "s3c@x", "s3c/x", "x/s3c@x", "x@s3c/x", "s3c?x", "s3c?x=y", "x?s3c=y", "s3c:x/y", "s3c#@/x"]  # fmt: skip


def test_an_address_that_cannot_be_read_is_refused_without_its_password(tmp_path: Path) -> None:
    plan, misses = tmp_path / "plan.jsonl", []
    for password in PASSWORDS:
        for rest in ("127.0.0.1:1/tasks", "127.0.0.1:1", "/tasks?host=127.0.0.1&port=1"):
            ran = rename(
                "plan", f"postgresql://me:{password}@{rest}", "--plan", plan, "--no-claude"
            )
            if not ran.refuses("not a postgresql:// address") or "s3c" in ran.err or plan.exists():
                misses.append((password, rest, ran.err))
    assert not misses


def test_addresses_of_all_other_kinds_are_read() -> None:
    from naming.rename.source import read_address

    for source, shown in (
        ("postgres://me:p%40ss@db/x", "postgresql://me@db/x"),
        ("postgresql://db1:5432,db2:5433/x", "postgresql:///x?host=db1,db2&port=5432,5433"),
        ("postgresql://me@[::1]:5432/x", "postgresql://me@/x?host=::1&port=5432"),
        ("postgresql:///?service=tasks&password=a@b/c", "postgresql:///?service=tasks"),
        ("postgresql://me:p:w#x@db/x", "postgresql://me@db/x"),
        ("postgresql://%2Ftmp/x", "postgresql:///x?host=/tmp"),
    ):
        assert read_address(source).shown.replace("%2C", ",").replace("%3A", ":") == shown


@pytest.mark.parametrize("column", ["name", "display_name"])
def test_both_columns_must_be_this_roles_to_update(
    db: Database, postgres: str, planned: Callable[..., Path], column: str
) -> None:
    fill(db, ("task-1", "", "fix login"))
    plan = planned()
    db.execute("DROP ROLE IF EXISTS half")
    db.execute("CREATE ROLE half LOGIN")
    db.execute(
        f"GRANT SELECT, UPDATE ({'display_name' if column == 'name' else 'name'}) ON tasks TO half"
    )
    try:
        address = postgres.replace("postgres:@", "half@")
        said = rename("apply", plan, "--dry-run", "--source", address).complaint
        assert (
            f": {column}: permission denied for table tasks; UPDATE of this column is needed"
            in said
        )
    finally:
        db.execute("DROP OWNED BY half")
        db.execute("DROP ROLE half")


@pytest.mark.parametrize(
    "does", ["NEW.name = NEW.name || '-x';", "NEW.display_name = upper(NEW.display_name);"]
)
@pytest.mark.parametrize("bad", ["true", "NEW.prompt = 'fix login'"])
def test_a_trigger_that_writes_other_names_is_told_and_its_tasks_keep_the_old_ones(
    db: Database, planned: Callable[..., Path], does: str, bad: str
) -> None:
    ids = fill(
        db, ("task-1", "", "add tests"), ("task-2", "", "fix login"), ("task-3", "", "fix page one")
    )
    plan, before = planned(), table(db)
    db.execute(TRIGGER.format(kind="TRIGGER odd BEFORE UPDATE", deferred="", does=does, bad=bad))
    left = ids if bad == "true" else [ids[1]]
    ran = rename("apply", plan)
    assert ran.status == 1
    assert ran.out == f"{3 - len(left)} renamed, 0 had been already, {len(left)} left\n"
    assert [line.split(": ")[1:] for line in ran.err.splitlines()] == [
        [
            f"task {id_}",
            "the database would write another name than the planned one, as a trigger of its own may",
        ]
        for id_ in left
    ]
    db.execute("DROP TRIGGER odd ON tasks")
    assert (
        rename("undo", plan).out
        == f"{3 - len(left)} put back, {len(left)} had been already, 0 left\n"
    )
    assert table(db) == before


@pytest.mark.usefixtures("short_lock_timeouts")
def test_another_transaction_beside_a_trigger_that_rewrites_leaves_both_told(
    db: Database, postgres: str, planned: Callable[..., Path]
) -> None:
    from tests.rename.postgres import connect

    ids = fill(
        db, ("task-1", "", "add tests"), ("task-2", "", "fix login"), ("task-3", "", "fix page one")
    )
    plan = planned()
    db.execute(TRIGGER.format(kind="TRIGGER odd BEFORE UPDATE", deferred="", does="NEW.name = 'odd';", bad="NEW.prompt = 'fix login'"))  # fmt: skip
    with connect(postgres) as other, other.transaction():
        other.execute("SELECT FROM tasks WHERE id = %s FOR UPDATE", [ids[2]])
        ran = rename("apply", plan)
    assert ran.out == "1 renamed, 0 had been already, 2 left\n"
    assert f"left: task {ids[1]}: the database would write another name" in ran.err
    assert f"left: task {ids[2]}: another transaction held it" in ran.err
