"""The plan file: resumed from any stop, private, refused where it is another's."""

from __future__ import annotations

import importlib
import json
import os
import signal
import sqlite3
import stat
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naming.rename.tasks import shard_of
from tests.rename.running import header_of, rename, rows_of

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from pathlib import Path

WORDS = "login button parser cache index report search header footer dialog".split()
CSV = "id,owner_id,name,display_name,prompt\n" + "".join(
    f"{n},{'ab'[n % 2]},task-{n},T,fix the {WORDS[n % 4]} {WORDS[n % 10]}\n" for n in range(12)
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "tasks.csv"
    path.write_text(CSV)
    return path


def plan(source: Path, *options: str) -> Path:
    path = source.with_name("plan.jsonl")
    ran = rename("plan", source, "--plan", path, "--no-claude", *options)
    assert ran.status == 0, ran.err
    return path


def test_a_plan_is_a_header_and_one_line_a_task(source: Path) -> None:
    path = plan(source)
    header = header_of(path)
    assert {key: header[key] for key in ("version", "source", "model", "prompt_version", "rows")} == {
        "version": 1, "source": str(source), "model": None, "prompt_version": None, "rows": 12,
    }  # fmt: skip
    assert header["settings"] == {
        "match": "^task-", "display_only": False, "claude": False, "limit": None, "shard": None, "table": None, "columns": {},
    }  # fmt: skip
    assert list(rows_of(path)[0]) == [
        "id", "owner_id", "old_name", "old_display_name", "new_name", "new_display_name", "source", "reason",
    ]  # fmt: skip
    assert "fix the login" not in path.read_text()  # names, and never a prompt


def test_only_its_owner_may_read_a_plan(source: Path) -> None:
    assert stat.S_IMODE(plan(source).stat().st_mode) == 0o600


def test_a_plan_cut_at_any_byte_is_gone_on_with_to_the_same_plan(source: Path) -> None:
    path = plan(source)
    whole = path.read_bytes()
    count_of_rows = range(whole.index(b"\n") - 12, whole.index(b"\n") + 2)
    for cut in (*range(0, len(whole), 11), *count_of_rows):
        path.write_bytes(whole[:cut])
        plan(source)
        assert path.read_bytes() == whole


def test_a_whole_plan_stays_as_it_is_whatever_the_source_became(source: Path) -> None:
    path = plan(source)
    whole = path.read_bytes()
    source.write_text(CSV + "99,a,task-99,T,add tests\n")
    plan(source)
    assert path.read_bytes() == whole


def test_what_a_power_failure_left_at_the_end_is_done_again(source: Path) -> None:
    path = plan(source)
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:5]) + b"\x00" * len(whole) + b"\n")
    plan(source)
    assert path.read_bytes() == whole


def test_going_on_says_how_far_it_was(source: Path) -> None:
    path = plan(source)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:5]))
    ran = rename("plan", source, "--plan", path, "--no-claude")
    assert ran.err == "naming: going on behind 4 tasks that are planned already\n"
    assert ran.out.endswith(f"next: naming rename show {path}, then naming rename apply {path}\n")
    assert ran.out.splitlines()[0] == f"{path}: 12 tasks planned, 8 of them now"


def test_no_more_than_the_limit_is_planned_also_in_two_goes(source: Path) -> None:
    path = plan(source, "--limit", "5")
    whole = path.read_bytes()
    assert len(rows_of(path)) == 5
    path.write_bytes(b"".join(whole.splitlines(keepends=True)[:3]))
    plan(source, "--limit", "5")
    assert path.read_bytes() == whole


OTHER_SETTINGS = [
    (["--match", "x"], "match"),
    (["--display-only"], "display_only"),
    (["--limit", "3"], "limit"),
    (["--shard", "0/2"], "shard"),
    (["--column", "prompt=name"], "columns"),
]


def test_a_plan_with_other_settings_is_refused(source: Path) -> None:
    path = plan(source)
    before, misses = path.read_bytes(), []
    for options, field in OTHER_SETTINGS:
        ran = rename("plan", source, "--plan", path, "--no-claude", *options)
        if not ran.refuses(f"other settings ({field})") or path.read_bytes() != before:
            misses.append((options, ran.err))
    assert not misses


def test_a_plan_of_another_source_is_refused(source: Path) -> None:
    path = plan(source)
    other = source.with_name("other.csv")
    other.write_text(CSV)
    assert (
        "a plan of another source" in rename("plan", other, "--plan", path, "--no-claude").complaint
    )


NO_PLANS = [b"my notes", b"my notes\n", b'{"a": 1}\n', b'{"version":1,"source":"elsewhere']


def test_a_file_that_is_no_plan_is_never_overwritten(source: Path) -> None:
    path, misses = source.with_name("plan.jsonl"), []
    for content in NO_PLANS:
        path.write_bytes(content)
        ran = rename("plan", source, "--plan", path, "--no-claude")
        if not ran.refuses(str(path)) or path.read_bytes() != content:
            misses.append((content, ran.err))
    assert not misses


def test_one_process_writes_a_plan_at_a_time(source: Path) -> None:
    import fcntl

    path = plan(source)
    with path.open() as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert (
            "another process is writing"
            in rename("plan", source, "--plan", path, "--no-claude").complaint
        )


def test_a_plan_goes_on_only_while_its_last_task_is_there(source: Path) -> None:
    path = plan(source)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:5]))
    source.write_text(CSV.replace("\n3,b", "\n333,b"))
    ran = rename("plan", source, "--plan", path, "--no-claude")
    assert "the last task of the plan is not in it any more" in ran.err
    assert ran.status == 2


def test_a_plan_that_is_broken_in_the_middle_is_not_gone_on_with(source: Path) -> None:
    path = plan(source)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:4], b"{}\n", *lines[5:8]]))
    before = path.read_bytes()
    assert f"{path}: line 5: " in rename("plan", source, "--plan", path, "--no-claude").complaint
    assert path.read_bytes() == before


@pytest.mark.parametrize("call", ["write", "fsync", "pwrite"])
def test_a_full_disk_leaves_what_was_written(
    source: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    path = plan(source)
    whole = path.read_bytes()
    path.write_bytes(b"".join(whole.splitlines(keepends=True)[:5]))
    original = getattr(os, call)

    def full(*arguments: Any) -> Any:
        if path.stat().st_size > 1_200:
            raise OSError(28, "No space left on device")
        return original(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(f"naming.rename.files.os.{call}", full)
        ran = rename("plan", source, "--plan", path, "--no-claude")
    assert ran.status == 1
    assert "No space left on device; what was written stays;" in ran.err
    assert "the same command goes on" in ran.err
    plan(source)
    assert path.read_bytes() == whole


UNLAWFUL = [
    (
        '"new_name":"fix-login-button"',
        '"new_name":"Fix Login"',
        "line 2: new_name must be lower-case",
    ),
    (
        '"new_name":"fix-login-button"',
        '"new_name":"task-x"',
        "line 2: new_name must not be 'task'",
    ),
    (
        '"new_name":"fix-login-button"',
        '"new_name":7',
        "line 2: not a row of a plan: Expected `str`, got `int` - at `$.new_name`",
    ),
    (
        '"new_name":"fix-login-button",',
        "",
        "line 2: not a row of a plan: Object missing required field `new_name`",
    ),
    (
        '"source":"prompt"',
        '"source":"me"',
        "line 2: not a row of a plan: Invalid enum value 'me' - at `$.source`",
    ),
    ('{"id":"1"', '{"id":"0"', "line 3: id: the task is planned twice"),
    ('{"id":"1"', '{id:"1"', "line 3: not a row of a plan: JSON is malformed"),
    ('"version":1', '"version":2', "line 1: version: this program reads plans of version 1"),
    (
        '{"version"',
        '{"Version"',
        "line 1: not the header of a plan: Object contains unknown field `Version`",
    ),
]


def test_a_plan_edited_into_something_unlawful_is_one_clear_line(source: Path) -> None:
    path = plan(source)
    text = path.read_text().replace('"new_name":"fix-the-login', '"new_name":"fix-login')
    text = text.replace(json.dumps(rows_of(path)[0]["new_name"]), '"fix-login-button"')
    misses = []
    for old, new, said in UNLAWFUL:
        assert old in text
        path.write_text(text.replace(old, new, 1))
        if not rename("apply", path).refuses(said):
            misses.append((old, new))
    assert not misses
    assert source.read_text() == CSV


def test_an_unlawful_display_name_is_refused_too(source: Path) -> None:
    path = plan(source, "--display-only")
    text = path.read_text()
    row = rows_of(path)[0]
    path.write_text(
        text.replace(
            f'"new_display_name":"{row["new_display_name"]}"', '"new_display_name":"=1+1"', 1
        )
    )
    assert "line 2: new_display_name starts with" in rename("apply", path).complaint
    path.write_text(text.replace('"new_name":"task-0"', '"new_name":"other"', 1))
    assert "line 2: new_name must be the old name" in rename("apply", path).complaint


def test_an_unfinished_plan_is_applied_as_far_as_it_goes(source: Path) -> None:
    path = plan(source)
    header, *lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(
        header.replace(b"          12", b"        null") + b"".join(lines[:4]) + lines[4][:20]
    )
    ran = rename("apply", path)
    assert (ran.status, ran.err) == (0, f"naming: {path} is not finished; what it holds is done\n")
    assert ran.out == "4 renamed, 0 had been already, 0 left\n"
    assert "is not finished" in rename("show", path).out
    rename("plan", source, "--plan", path, "--no-claude")
    assert rename("apply", path).out == "8 renamed, 4 had been already, 0 left\n"
    assert rename("undo", path).status == 0
    assert source.read_text() == CSV


def test_plans_of_several_sources_do_not_go_together(source: Path) -> None:
    one = plan(source)
    other = source.with_name("other.csv")
    other.write_text(CSV)
    two = source.with_name("two.jsonl")
    rename("plan", other, "--plan", two, "--no-claude")
    assert "a plan of another source than" in rename("apply", one, two).complaint
    assert "planned twice" in rename("apply", one, one).complaint


def test_the_source_can_have_moved(source: Path) -> None:
    path = plan(source)
    moved = source.rename(source.with_name("moved.csv"))
    assert "No such file" in rename("apply", path).complaint
    assert rename("apply", path, "--source", moved).status == 0
    assert "another kind of source" in rename("apply", path, "--source", "tasks.jsonl").complaint


MALFORMED_CSV = [
    (b"", "line 1: empty; the first line names the columns"),
    (CSV.replace("id,", "ID,", 1).encode(), "line 1: id: there is no such column"),
    (CSV.replace("prompt", "text").encode(), "line 1: prompt: there is no such column"),
    (
        CSV.partition("\n")[2].encode(),
        "display_name, prompt: there are no such columns; perhaps a header is missing\n",
    ),
    (CSV.replace("prompt", "name").encode(), "line 1: name: there are two such columns"),
    (CSV.encode() + b"13,a,task-13\n", "line 14: 3 fields where the header has 5"),
    (CSV.encode() + b'13,a,task-13,"T"x,p\n', "line 14: text behind a closing quotation mark"),
    (CSV.encode() + b'13,a,task-13,T,"p\n\n', "line 14: a quotation mark that is never closed"),
    (CSV.encode() + b'13,a,task-13,T,"p\n\xff"\n', "line 15: not UTF-8"),
    (CSV.encode("utf-16"), "line 1: not UTF-8"),
    (CSV.encode() + b"3,a,task-13,T,p\n", "line 14: id: is there twice"),
    (CSV.encode() + b",a,task-13,T,p\n", "line 14: id: is empty"),
]


def test_a_malformed_csv_is_one_clear_line_and_nothing_is_written(source: Path) -> None:
    path, misses = source.with_name("plan.jsonl"), []
    for content, said in MALFORMED_CSV:
        source.write_bytes(content)
        ran = rename("plan", source, "--plan", path, "--no-claude")
        if not ran.refuses(said) or (path.exists() and rows_of(path)):
            misses.append((content[-40:], ran.err))
        path.unlink(missing_ok=True)
    assert not misses


GOOD = '{"id": 1, "owner_id": 2, "name": "task-1", "display_name": null, "prompt": "fix login"}\n'


MALFORMED_JSON = [
    ("nonsense\n", "line 2: not a JSON object"),
    ("[]\n", "line 2: not a JSON object"),
    (GOOD.strip().replace('"id": 1', '"id": 2') + " x\n", "line 2: not a JSON object"),
    ('{"id": 1\n', "line 2: not a JSON object"),
    ('{"id": 1,\n', "line 2: not a JSON object"),
    ('{"a":' + "[" * 100_000 + "\n", "line 2: not a JSON object"),
    (
        "{}\n",
        "line 2: id, owner_id, name, display_name, prompt: there are no such columns; perhaps it is no task",
    ),
    (
        GOOD.replace('"prompt"', '"text"'),
        "line 2: prompt: there is no such column; there are id, owner_id, name, ",
    ),
    (GOOD.replace('"task-1"', "7"), "line 2: name: is not a string"),
    (GOOD.replace("null", "7"), "line 2: display_name: is neither a string nor null"),
    (GOOD.replace("null", '"\\ud800"'), "line 2: display_name: holds half a surrogate pair"),
    (
        GOOD.replace('"id": 1', '"id": true'),
        "line 2: id: is neither a string nor a whole number",
    ),
    (GOOD.replace('"id": 1', '"id": null'), "line 2: id: is empty"),
    (GOOD, "line 2: id: is there twice"),
]


def test_a_malformed_json_line_is_one_clear_line(tmp_path: Path) -> None:
    source, path, misses = tmp_path / "tasks.jsonl", tmp_path / "plan.jsonl", []
    for line, said in MALFORMED_JSON:
        source.write_text(GOOD + line)
        ran = rename("plan", source, "--plan", path, "--no-claude")
        if not ran.refuses(said):
            misses.append((line[:80], ran.err))
        path.unlink(missing_ok=True)
    assert not misses


WRONG_OPTIONS = [
    (["tasks.txt"], "unknown kind of file"),
    (["mysql://h/db"], "SOURCE: must be"),
    (["missing.csv"], "No such file"),
    (["{source}", "--match", "("], "--match: not a regular expression"),
    (["{source}", "--shard", "2/2"], "--shard: must be I/N"),
    (["{source}", "--shard", "x"], "--shard: must be I/N"),
    (["{source}", "--limit", "0"], "--limit: must be a whole number from 1"),
    (["{source}", "--concurrency", "many"], "--concurrency: must be a whole number from 1"),
    (["{source}", "--column", "nmae=x"], "--column: must be FIELD=NAME"),
    (["{source}", "--column", "name="], "--column: must be FIELD=NAME"),
    (["{source}", "--table", "x"], "--table: only a database has tables"),
]


def test_wrong_options_are_one_clear_line(source: Path) -> None:
    path, misses = source.with_name("plan.jsonl"), []
    for arguments, said in WRONG_OPTIONS:
        words = [word.replace("{source}", str(source)) for word in arguments]
        ran = rename("plan", *words, "--plan", path, "--no-claude")
        if not ran.refuses(said) or path.exists():
            misses.append((arguments, ran.err))
    assert not misses


def test_the_plan_must_be_named_and_be_a_file(source: Path, tmp_path: Path) -> None:
    assert "--plan: must name" in rename("plan", source, "--no-claude").complaint
    assert "Is a directory" in rename("plan", source, "--plan", tmp_path, "--no-claude").complaint
    assert (
        "not a file; a pipe or a device"
        in rename("plan", source, "--plan", os.devnull, "--no-claude").complaint
    )
    assert "not a file" in rename("apply", os.devnull).complaint
    (tmp_path / "empty").touch()
    assert "an empty file" in rename("apply", tmp_path / "empty").complaint
    assert "No such file" in rename("apply", tmp_path / "missing").complaint


def test_without_a_key_claude_must_be_declined_by_name(source: Path) -> None:
    path = source.with_name("plan.jsonl")
    assert "ANTHROPIC_API_KEY: not set" in rename("plan", source, "--plan", path).complaint
    assert not path.exists()


def test_ctrl_c_says_what_was_done_and_how_to_go_on(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = plan(source)
    whole = path.read_bytes()
    path.unlink()

    def interrupted(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    def stopped_at_once(work: Coroutine[Any, Any, None]) -> None:
        work.close()
        interrupted()

    with monkeypatch.context() as patch:
        patch.setattr("naming.rename.plan_command.asyncio.run", stopped_at_once)
        ran = rename("plan", source, "--plan", path, "--no-claude")
    assert ran.status == 130
    assert (
        ran.err == f"naming: interrupted; 0 tasks are planned in {path}; the same command goes on\n"
    )
    plan(source)
    assert path.read_bytes() == whole
    with monkeypatch.context() as patch:
        patch.setattr("naming.rename.files._take_after", interrupted)
        ran = rename("apply", path)
    assert (ran.status, source.read_text()) == (130, CSV)
    assert ran.err == "naming: interrupted; 0 of 12 tasks were renamed; the same command goes on\n"


STAGES_OF_PLAN = ["planning.Planner.resume", "planning.Planner.survey", "plan_file.PlanWriter.append", "plan_file.PlanWriter.finish"]  # fmt: skip
STAGES_OF_APPLY = ["apply_command.check", "apply_command.open_planned", "task_file.FileChanges.match", "task_file.TaskFile._changed", "files._take_after"]  # fmt: skip


def interrupt_at(monkeypatch: pytest.MonkeyPatch, stage: str, calls: int = 3) -> None:
    """Have Ctrl-C pressed as a function is called for the so-manieth time, or the first where there is only one."""
    called = 0
    original: Any = importlib.import_module("naming.rename." + stage.split(".", maxsplit=1)[0])
    for part in stage.split(".")[1:]:
        original = getattr(original, part)

    def interrupted(*arguments: Any, **named: Any) -> Any:
        nonlocal called
        called += 1
        if called == calls or not stage.endswith(("append", "meet", "_changed")):
            signal.raise_signal(signal.SIGINT)
        return original(*arguments, **named)

    monkeypatch.setattr(f"naming.rename.{stage}", interrupted)


@pytest.mark.parametrize("stage", STAGES_OF_PLAN)
def test_ctrl_c_at_any_stage_of_planning_says_what_stays_and_the_same_command_goes_on(
    source: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    path = plan(source)
    whole = path.read_bytes()
    path.unlink()
    with monkeypatch.context() as patch:
        interrupt_at(patch, stage)
        ran = rename("plan", source, "--plan", path, "--no-claude")
    written = max(0, len(path.read_bytes().splitlines()) - 1)
    assert (ran.status, ran.out) == (130, "")
    assert (
        ran.err
        == f"naming: interrupted; {written} tasks are planned in {path}; the same command goes on\n"
    )
    assert plan(source).read_bytes() == whole


@pytest.mark.parametrize("verb", ["apply", "undo"])
@pytest.mark.parametrize("stage", STAGES_OF_APPLY)
def test_ctrl_c_at_any_stage_of_changing_a_file_leaves_it_as_it_was_and_says_so(
    source: Path, monkeypatch: pytest.MonkeyPatch, stage: str, verb: str
) -> None:
    path = plan(source)
    if verb == "undo":
        rename("apply", path)
    before = source.read_bytes()
    with monkeypatch.context() as patch:
        interrupt_at(patch, stage)
        ran = rename(verb, path)
    done = "renamed" if verb == "apply" else "put back"
    planned = 0 if stage == "apply_command.check" else 12
    assert (ran.status, ran.out) == (130, "")
    assert (
        ran.err
        == f"naming: interrupted; 0 of {planned} tasks were {done}; the same command goes on\n"
    )
    assert source.read_bytes() == before
    assert not (source.parent / f".{source.name}.renaming").exists()
    assert rename(verb, path).out.startswith(f"12 {done}")


def test_a_full_scratch_disk_is_one_clear_line(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = plan(source)

    def full(*_: Any) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    for where in ("planning.TakenNames.note", "task_file.FileChanges.match"):
        monkeypatch.setattr(f"naming.rename.{where}", full)
    ran = rename("apply", path)
    assert (ran.status, ran.err.count("\n")) == (1, 1)
    assert (
        "database or disk is full (TMPDIR says where it is); 0 of 12 tasks were renamed" in ran.err
    )
    path.unlink()
    ran = rename("plan", source, "--plan", path, "--no-claude")
    assert (ran.status, ran.err.count("\n")) == (1, 1)


@given(st.none() | st.text(), st.integers(2, 20))
def test_an_owner_belongs_to_one_shard_everywhere(owner_id: str | None, shards: int) -> None:
    assert 0 <= shard_of(owner_id, shards) < shards


def test_the_shard_of_an_owner_never_changes() -> None:
    assert [
        shard_of(owner, 4) for owner in ("a", "b", "00000000-0000-0000-0000-000000000001", None)
    ] == [3, 1, 0, 0]


def test_a_part_of_the_owners_is_the_part_that_was_asked_for() -> None:
    from naming.rename.tasks import Selection

    assert [
        [o for o in "abc" if Selection("", shard=f"{part}/4").owns(o)] for part in range(4)
    ] == [[o for o in "abc" if shard_of(o, 4) == part] for part in range(4)]


def test_naming_on_every_core_gives_the_same_plan(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = plan(source)
    whole = path.read_bytes()
    path.unlink()
    monkeypatch.setattr("naming.rename.namers.WORTH_PROCESSES", 1)
    monkeypatch.setattr("naming.rename.namers.TASKS_A_CHUNK", 3)
    monkeypatch.setattr("naming.rename.namers.os.cpu_count", lambda: 2)
    plan(source)
    assert path.read_bytes() == whole


def test_a_naming_process_that_dies_costs_nothing(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = plan(source)
    whole = path.read_bytes()
    path.unlink()
    monkeypatch.setattr("naming.rename.namers.WORTH_PROCESSES", 1)
    monkeypatch.setattr("naming.rename.namers._end_with_parent", os.abort)
    monkeypatch.setattr("naming.rename.namers.os.cpu_count", lambda: 2)
    plan(source)
    assert path.read_bytes() == whole


def test_a_million_equal_prompts_do_not_count_to_a_million_each() -> None:
    from naming.names import TaskName
    from naming.rename.planning import TakenNames

    taken = TakenNames()
    wanted = TaskName("fix-login", "Fix login")
    names = [taken.claim("a", wanted, "task-1").name for _ in range(3_000)]
    assert names[:3] == ["fix-login", "fix-login-2", "fix-login-3"]
    assert len(set(names)) == 3_000
    assert taken.claim("a", wanted, "Fix-Login-2").name == "fix-login-3001"
    taken.close()


def test_a_disk_that_takes_a_few_bytes_at_a_time_gets_them_all(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = plan(source)
    whole, write = path.read_bytes(), os.write
    path.unlink()
    monkeypatch.setattr("naming.rename.files.os.write", lambda file, data: write(file, data[:7]))
    assert plan(source).read_bytes() == whole


@pytest.mark.parametrize(("seconds", "often"), [(1e9, False), (-1.0, True)])
def test_rows_are_on_the_disk_before_the_header_says_how_many_and_meanwhile_now_and_then(
    source: Path,
    monkeypatch: pytest.MonkeyPatch,
    seconds: float,
    often: bool,  # noqa: RUF100
) -> None:
    steps: list[str] = []

    def noting(call: str) -> Any:
        original = getattr(os, call)

        def note(*arguments: Any) -> Any:
            steps.append(call)
            return original(*arguments)

        return note

    monkeypatch.setattr("naming.rename.plan_file.SYNC_SECONDS", seconds)
    for call in ("write", "pwrite", "fsync"):
        monkeypatch.setattr(f"naming.rename.files.os.{call}", noting(call))
    plan(source)
    assert steps[:2] == ["write", "fsync"]
    assert steps[-3:] == ["fsync", "pwrite", "fsync"]
    assert ("fsync" in steps[2:-3]) == often


def test_tasks_are_chosen_by_their_titles(source: Path) -> None:
    prompt = "Please fix the login page of the mobile application before Friday"
    titles = ["", "Please fix the login pa…", "Login page", "Please fix the login page of the mob"]
    rows = [f"{n},a,task-{n},{title},{prompt}\n" for n, title in enumerate(titles)]
    source.write_text("id,owner_id,name,display_name,prompt\n" + "".join(rows))

    def ids(*options: str) -> list[str]:
        source.with_name("plan.jsonl").unlink(missing_ok=True)
        return [row["id"] for row in rows_of(plan(source, *options))]

    assert ids("--only", "cut-titles") == ["0", "1", "3"]
    assert ids("--only", "cut-titles", "--limit", "2") == ["0", "1"]
    assert ids("--match-display", "^$") == ["0"]
    assert ids("--match-display", "(?i)^login") == ["2"]
    assert ids("--match-display", "^Please", "--match", "3", "--display-only") == ["3"]
    ran = rename("plan", source, "--plan", source.with_name("plan.jsonl"), "--no-claude")
    assert "other settings (match, display_only, match_display)" in ran.err
    ran = rename("plan", source, "--estimate", "--only", "cut-titles")
    assert ran.out.startswith("3 tasks, ")
    ran = rename("plan", source, "--plan", "x", "--match-display", "(")
    assert ran.refuses("--match-display: not a regular expression")


def test_excepted_tasks_stay_as_they_are_and_a_mistyped_id_is_refused(source: Path) -> None:
    path, list_ = plan(source), source.with_name("except.txt")
    list_.write_bytes("\ufeff3\r\n\r\n7\n".encode())
    assert (
        rename("apply", path, "--except", list_).out == "10 renamed, 0 had been already, 0 left\n"
    )
    lines = source.read_text().splitlines()
    assert [line.split(",")[2] for line in (lines[4], lines[8])] == ["task-3", "task-7"]
    for content, said in ((b"3\nno such\n", "no such is no id of a task"), (b"\xff", "not UTF-8")):
        list_.write_bytes(content)
        assert said in rename("apply", path, "--except", list_).complaint
    assert rename("undo", path).out == "10 put back, 2 had been already, 0 left\n"
