"""Replacing a file: its owner, group, mode and attributes stay, and what cannot take its place leaves nothing behind."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import stat
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.rename.running import rename
from tests.rename.test_files import CSV, plan_apply, written

if TYPE_CHECKING:
    from collections.abc import Iterator

SOMEBODY, SOMEBODY_ELSE = 12_345, 12_346

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")


@contextmanager
def open_folder(owner: int) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="naming-replacing-"))
    try:
        os.chown(folder, owner, owner)
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def acting_as(user: int) -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder:  # imports what root alone may be able to read
        plan_apply(written(Path(folder) / "tasks.csv", CSV))
    os.setegid(user)
    os.seteuid(user)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


def of(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)


@as_root
def test_root_gives_the_new_file_to_the_owner_of_the_old_one(tmp_path: Path) -> None:
    source = written(tmp_path / "tasks.csv", CSV)
    source.chmod(0o4640)
    os.chown(source, SOMEBODY, SOMEBODY_ELSE)
    source.chmod(0o640)
    plan_apply(source)
    assert "fix-login-button" in source.read_text()
    assert of(source) == (SOMEBODY, SOMEBODY_ELSE, 0o640)


@as_root
def test_an_owner_who_is_not_root_renames_their_own_file() -> None:
    with open_folder(SOMEBODY) as folder, acting_as(SOMEBODY):
        source = written(folder / "tasks.csv", CSV)
        source.chmod(0o604)
        plan_apply(source)
        assert "fix-login-button" in source.read_text()
        assert of(source) == (SOMEBODY, SOMEBODY, 0o604)


@as_root
@pytest.mark.parametrize(("owner", "mode"), [(SOMEBODY, 0o700), (0, 0o1777), (0, 0o755)])
def test_a_file_that_is_somebody_elses_to_replace_stays_and_it_is_said_what_to_do(
    owner: int, mode: int
) -> None:
    with open_folder(owner) as folder, open_folder(SOMEBODY) as own:
        source = written(folder / "tasks.csv", CSV)
        source.chmod(0o666)
        folder.chmod(mode)
        with acting_as(SOMEBODY):
            plan, copy = own / "plan.jsonl", own / "copy.csv"
            assert rename("plan", source, "--plan", plan, "--no-claude").status == 0
            ran = rename("apply", plan)
            shutil.copyfile(source, copy)
            assert rename("apply", plan, "--source", copy).status == 0
        assert ran.refuses(f"{source}: this user may not replace it (")
        assert "run this as its owner, or on a copy of your own (--source)" in ran.err
        assert "goes on" not in ran.err
        assert (source.read_text(), of(source)) == (CSV, (0, 0, 0o666))
        assert [path.name for path in folder.iterdir()] == ["tasks.csv"]


@as_root
def test_an_sqlite_file_that_this_user_may_not_write_is_refused_before_anything_is_named() -> None:
    with open_folder(0) as folder, open_folder(SOMEBODY) as own:
        source = folder / "tasks.db"
        with closing(sqlite3.connect(source)) as db:
            db.execute("CREATE TABLE tasks (id, owner_id, name, display_name, prompt)")
        for file_mode, folder_mode, said in ((0o644, 0o777, source), (0o666, 0o755, folder)):
            source.chmod(file_mode)
            folder.chmod(folder_mode)
            with acting_as(SOMEBODY):
                ran = rename("plan", source, "--plan", own / "plan.jsonl", "--no-claude")
            assert ran.refuses(f"{said} is not for this user to write")


def test_a_link_laid_beside_the_file_is_not_written_through(tmp_path: Path) -> None:
    source, plan, other = (
        written(tmp_path / "tasks.csv", CSV),
        tmp_path / "plan.jsonl",
        tmp_path / "other",
    )
    other.write_text("precious")
    rename("plan", source, "--plan", plan, "--no-claude")
    (tmp_path / ".tasks.csv.renaming").symlink_to(other)
    assert ".tasks.csv.renaming: " in rename("apply", plan).complaint
    assert (other.read_text(), source.read_text()) == ("precious", CSV)


def test_a_new_file_is_on_the_disk_before_it_takes_the_others_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, plan = written(tmp_path / "tasks.csv", CSV), tmp_path / "plan.jsonl"
    rename("plan", source, "--plan", plan, "--no-claude")
    steps: list[tuple[str, bool]] = []
    fsync, moved = os.fsync, Path.rename

    def note_fsync(file: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(file).st_mode)
        steps.append(
            (
                "folder" if is_folder else "file",
                is_folder or b"fix-login" in os.pread(file, 10_000, 0),
            )
        )
        fsync(file)

    def note_rename(path: Path, target: Path) -> Any:
        steps.append(("rename", True))
        return moved(path, target)

    monkeypatch.setattr("naming.rename.files.os.fsync", note_fsync)
    monkeypatch.setattr("naming.rename.files.os.open", reading(os.open))
    monkeypatch.setattr(Path, "rename", note_rename)
    assert rename("apply", plan).status == 0
    assert steps == [("file", True), ("rename", True), ("folder", True)]


def reading(opened: Any) -> Any:
    """Open files for writing so that they can be read as well."""

    def open_(path: Any, flags: int, mode: int = 0o777) -> Any:
        return opened(
            path, (flags & ~os.O_WRONLY) | os.O_RDWR if flags & os.O_WRONLY else flags, mode
        )

    return open_


@contextmanager
def disk_of(most_bytes: int) -> Iterator[None]:
    """Let no file grow larger, as on a full disk."""
    before, handler = (
        resource.getrlimit(resource.RLIMIT_FSIZE),
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN),
    )
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


LINES = 6_000
LARGE = CSV + "".join(
    f"x{n},c,task-{n},Title,fix the login page of customer {n} {'x' * 60},,\n" for n in range(LINES)
)


@pytest.mark.slow  # a full disk at every step
def test_on_a_full_disk_planning_applying_and_undoing_lose_nothing_and_go_on(
    tmp_path: Path,
) -> None:
    source, plan = written(tmp_path / "tasks.csv", LARGE), tmp_path / "plan.jsonl"
    with disk_of(100_000):
        ran = rename("plan", source, "--plan", plan, "--no-claude", "--limit", "2000")
    assert ran.status == 1
    assert ran.err.count("\n") == 1
    assert "File too large; what was written stays; " in ran.err
    assert ran.err.endswith(f" tasks are planned in {plan}; the same command goes on\n")
    assert rename("plan", source, "--plan", plan, "--no-claude", "--limit", "2000").status == 0
    with disk_of(600_000):
        ran = rename("apply", plan)
    assert ran.status == 1
    assert ran.err == (
        f"naming: {source}: File too large; it stays as it was; 0 of 2,000 tasks were renamed;"
        " the same command goes on\n"
    )
    assert source.read_text() == LARGE
    assert rename("apply", plan).status == 0
    changed = source.read_bytes()
    with disk_of(600_000):
        assert (
            "0 of 2,000 tasks were put back; the same command goes on\n" in rename("undo", plan).err
        )
    assert source.read_bytes() == changed
    assert not (tmp_path / ".tasks.csv.renaming").exists()
    assert rename("undo", plan).status == 0
    assert source.read_text() == LARGE


def test_a_file_that_vanishes_meanwhile_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from naming.rename.task_file import TaskFile

    source, plan = written(tmp_path / "tasks.csv", CSV), tmp_path / "plan.jsonl"
    rename("plan", source, "--plan", plan, "--no-claude")
    changed = TaskFile._changed

    def vanish(self: TaskFile, *given: Any) -> str:
        source.unlink(missing_ok=True)
        return changed(self, *given)

    monkeypatch.setattr(TaskFile, "_changed", vanish)
    assert rename("apply", plan).complaint == f"naming: {source}: No such file or directory\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan.jsonl"]


def test_a_disk_that_cannot_be_read_is_one_clear_line(tmp_path: Path) -> None:
    source = tmp_path / "tasks.csv"
    source.symlink_to("/proc/self/mem")  # its first byte is nobody's
    said = rename("plan", source, "--plan", tmp_path / "plan.jsonl", "--no-claude").complaint
    assert said == f"naming: {source}: Input/output error\n"
