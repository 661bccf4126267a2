"""What other hands do to plans and files: programs that write a header their own way, rows copied, two runs at once."""

from __future__ import annotations

import json
import os
import signal
import time
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from tests.rename.running import rename, rows_of, start
from tests.rename.three_tasks import CSV, HEADER

if TYPE_CHECKING:
    from pathlib import Path


def compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def test_a_plan_that_another_program_wrote_anew_goes_on_only_where_it_is_whole(
    source: Path, plan: Path
) -> None:
    header, *lines = [json.loads(line) for line in plan.read_bytes().splitlines()]
    for dumps, rows in product((json.dumps, compact), (None, 3, 10**15, -1)):
        edited = [header | {"rows": rows}, *lines]
        plan.write_text("".join(dumps(line) + "\n" for line in edited))
        before = plan.read_bytes()
        ran = rename("plan", source, "--plan", plan, "--no-claude")
        if rows == len(lines):
            assert ran.out == f"{plan}: whole already, 3 tasks\n"
        else:
            assert ran.refuses(
                f"{plan}: line 1: another program wrote it anew; give another --plan"
            )
        assert plan.read_bytes() == before


def test_a_whole_plan_stays_as_it_is_whoever_wrote_its_header(source: Path, plan: Path) -> None:
    plan.write_text(
        "".join(compact(json.loads(line)) + "\n" for line in plan.read_text().splitlines())
    )
    before = plan.read_bytes(), plan.stat().st_ino
    assert rename("plan", source, "--plan", plan, "--no-claude").status == 0
    assert (plan.read_bytes(), plan.stat().st_ino) == before


def set_in_header(plan: Path, **settings: object) -> None:
    header, *lines = plan.read_text().splitlines()
    changed = json.loads(header)
    changed["settings"] |= settings
    plan.write_text("\n".join([json.dumps(changed), *lines]) + "\n")


@pytest.mark.parametrize("verb", ["show", "apply", "undo"])
def test_a_setting_that_no_plan_has_is_refused(plan: Path, verb: str) -> None:
    set_in_header(plan, displayonly=True)
    assert (
        "line 1: not the header of a plan: Object contains unknown field `displayonly` - at `$.settings`"
        in rename(verb, plan).complaint
    )


CLASHES = [
    ({"display_name": "name"}, "--column: name and display_name cannot both be in name"),
    (
        {"name": "display_name"},
        "--column: name and display_name cannot both be in display_name",
    ),
    ({"id": "name"}, "--column: id and name cannot both be in name"),
    (
        {"owner_id": "d", "display_name": "d"},
        "--column: owner_id and display_name cannot both be in d",
    ),
    ({"name": "deleted_at"}, "--column: name and deleted_at cannot both be in deleted_at"),
]


def test_a_column_that_is_changed_holds_one_field_only(source: Path, plan: Path) -> None:
    other, misses = plan.with_name("other.jsonl"), []
    for columns, said in CLASHES:
        options = [word for pair in columns.items() for word in ("--column", "=".join(pair))]
        planned = rename("plan", source, "--plan", other, "--no-claude", *options)
        set_in_header(plan, columns=columns)
        applied = rename("apply", plan)
        if not (planned.refuses(said) and applied.refuses(said)) or other.exists():
            misses.append((columns, planned.err, applied.err))
    assert not misses
    set_in_header(plan, columns={"nam": "name"})
    assert "--column: nam is none of id, owner_id, name" in rename("undo", plan).complaint
    assert source.read_text() == CSV


def test_a_field_is_in_one_column_only(source: Path, tmp_path: Path) -> None:
    twice = ["--column", "id=id", "--column", "id=owner_id"]
    assert (
        "--column: id is there twice"
        in rename("plan", source, "--plan", tmp_path / "p", *twice).complaint
    )


def test_tasks_can_be_named_by_their_old_display_names(tmp_path: Path) -> None:
    source, plan = tmp_path / "tasks.csv", tmp_path / "plan.jsonl"
    source.write_text("id,owner_id,name,display_name\n1,a,task-1,fix the old door\n")
    assert (
        rename(
            "plan", source, "--plan", plan, "--no-claude", "--column", "prompt=display_name"
        ).status
        == 0
    )
    assert rename("apply", plan).status == 0
    assert (
        source.read_text() == "id,owner_id,name,display_name\n1,a,fix-old-door,Fix the old door\n"
    )


def test_a_row_that_was_copied_meanwhile_changes_nothing(source: Path, plan: Path) -> None:
    copied = CSV + CSV.splitlines()[2] + "\n"
    source.write_text(copied)
    for verb in ("apply", "undo"):
        assert rename(verb, plan).complaint == f"naming: {source}: line 5: id: is there twice\n"
    assert source.read_text() == copied


def test_a_plan_in_the_place_of_its_source_is_refused(tmp_path: Path) -> None:
    source, link = tmp_path / "tasks.jsonl", tmp_path / "link"
    source.touch()
    link.symlink_to(source)
    for plan in (source, link):
        assert (
            "--plan: names the source itself"
            in rename("plan", source, "--plan", plan, "--no-claude").complaint
        )
    assert source.read_bytes() == b""


def test_a_run_that_finds_the_new_file_in_place_by_now_does_not_empty_it(
    source: Path, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    flock = fcntl.flock

    def late(file: Any, how: int) -> None:
        beside = source.with_name(".tasks.csv.renaming")
        if (
            file.name != "plan" and beside.exists()
        ):  # another run, which had it open before, puts it in its place
            beside.write_text(CSV + "9,b,kept,,\n")
            beside.rename(source)
        flock(file, how)

    with monkeypatch.context() as patched:
        patched.setattr("naming.rename.files.fcntl.flock", late)
        assert "another process is renaming its tasks" in rename("apply", plan).complaint
    assert source.read_text() == CSV + "9,b,kept,,\n"


@pytest.mark.parametrize("verb", ["show", "apply", "plan"])
def test_a_pipe_is_refused_and_not_waited_for(source: Path, tmp_path: Path, verb: str) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    more = ["--plan", tmp_path / "plan.jsonl", "--no-claude"] if verb == "plan" else []
    assert f"{pipe}: not a file; it is read more than once" in rename(verb, pipe, *more).complaint
    assert source.read_text() == CSV


def test_an_id_that_a_terminal_would_obey_is_written_plainly(tmp_path: Path) -> None:
    source, plan = tmp_path / "tasks.jsonl", tmp_path / "plan.jsonl"
    task = {
        "id": "1\x1b[31m\n",
        "owner_id": "a",
        "name": "task-1",
        "display_name": None,
        "prompt": "fix the door",
    }
    source.write_text(json.dumps(task) + "\n")
    assert rename("plan", source, "--plan", plan, "--no-claude").status == 0
    source.write_text(json.dumps(task | {"name": "mine"}) + "\n")
    assert rename("apply", plan).err == "left: task 1\\x1b[31m\\n: it was renamed since\n"


SECRET_PATHS = [
    "host=db password=hunter2",
    "postgresql:/me:hunter2@db/x",
    "me:hunter2@db",
    "hunter2?tasks.txt",
    "a\x1bhunter2",
]


def test_a_source_that_is_no_plain_path_is_not_repeated(tmp_path: Path) -> None:
    rest = "--plan", tmp_path / "plan.jsonl", "--no-claude"
    unknown = "naming: SOURCE: unknown kind of file"
    ran = {given: rename("plan", given, *rest) for given in SECRET_PATHS}
    assert not [given for given in ran if not ran[given].complaint.startswith(unknown)]
    assert not [given for given in ran if "hunter2" in ran[given].err]
    assert "notes/my tasks.txt: unknown" in rename("plan", "notes/my tasks.txt", *rest).complaint


HEADERS = [
    "id;owner_id;name;display_name;prompt;note (a, b, c, d, e, f, g)",
    '"id";"owner_id";"name";"display_name";"prompt";a,b,c,d,e,f,g',
    "id;owner_id; name ;display_name;prompt;\ta\tb\tc\td\te\tf\tg",
]


def test_a_header_is_cut_where_it_gives_the_columns_that_are_wanted(tmp_path: Path) -> None:
    source, plan, misses = tmp_path / "tasks.csv", tmp_path / "plan.jsonl", []
    for header in HEADERS:
        source.write_text(f"{header}\n1;a;task-1;T;fix, login;\n")
        assert rename("plan", source, "--plan", plan, "--no-claude").status == 0
        assert rename("apply", plan).status == 0
        if source.read_text() != f"{header}\n1;a;fix-login;Fix, login;fix, login;\n":
            misses.append((header, source.read_text()))
        plan.unlink()
    assert not misses


DECLARED = {
    "sep=;\n": ";",
    "\ufeffsep=,\r\n": ",",
    '"sep=;"\r': ";",
    "SEP=|\n": "|",
    "sep=^\n": "^",
    "sep=\t\n": "\t",
}


@pytest.mark.parametrize("start", DECLARED)
@pytest.mark.parametrize("kind", ["csv", "tsv"])
def test_a_line_before_the_header_says_what_is_between_fields(
    tmp_path: Path, start: str, kind: str
) -> None:
    source, plan, d = tmp_path / f"tasks.{kind}", tmp_path / "plan.jsonl", DECLARED[start]
    header, row = f"id{d}owner_id{d}name{d}display_name{d}prompt", f"1{d}a{d}task-1{d}T"
    text = f'{start}{header}\n{row}{d}"fix login, please; now"\n'
    source.write_text(text, newline="")
    assert rename("plan", source, "--plan", plan, "--no-claude").status == 0
    assert rename("apply", plan).status == 0
    assert source.read_bytes().startswith(f"{start}{header}\n1{d}a{d}fix-login".encode())
    assert rename("undo", plan).status == 0
    assert source.read_bytes() == text.encode()
    plan.unlink()
    source.write_text(text.replace("prompt", "text"), newline="")
    said = rename("plan", source, "--plan", plan, "--no-claude").complaint
    assert f"{source}: line 2: prompt: there is no such column" in said


EMPTY_STARTS = [
    "",
    "\n",
    "\ufeff",
    "sep=;",
    "\ufeffsep=,\n",
    "\r\nid,owner_id,name,display_name,prompt\r\n",
]


def test_a_csv_file_without_a_first_line_is_said_to_have_none(tmp_path: Path) -> None:
    source, plan, misses = tmp_path / "tasks.csv", tmp_path / "plan.jsonl", []
    for text in EMPTY_STARTS:
        source.write_text(text, newline="")
        said = rename("plan", source, "--plan", plan, "--no-claude").complaint
        if said != f"naming: {source}: line 1: empty; the first line names the columns\n":
            misses.append((text, said))
        plan.unlink(missing_ok=True)
    assert not misses


@pytest.mark.slow  # four runs ended by signals
@pytest.mark.parametrize(
    ("ending", "ctrl_c"),
    [
        (signal.SIGINT, signal.default_int_handler),
        (signal.SIGHUP, signal.default_int_handler),
        (signal.SIGTERM, signal.default_int_handler),
        (signal.SIGTERM, signal.SIG_IGN),  # as in the background of a script
    ],
)
def test_told_to_end_it_says_what_was_done_as_after_ctrl_c(
    tmp_path: Path, ending: signal.Signals, ctrl_c: Any
) -> None:
    source, plan = tmp_path / "tasks.csv", tmp_path / "plan.jsonl"
    source.write_text(HEADER + "1,a,task-1,,fix the door\n")
    before = signal.signal(signal.SIGINT, ctrl_c)
    try:
        from tests.fake_claude import fake_claude, hangs

        with fake_claude() as claude:
            claude.behave = hangs
            process = start(
                "plan", source, "--plan", plan,
                ANTHROPIC_API_KEY="k", ANTHROPIC_BASE_URL=claude.url, NAMING_CALL_TIMEOUT_MS="600000",
            )  # fmt: skip
            while not claude.requests:
                assert process.poll() is None, process.communicate()
                time.sleep(0.01)
            process.send_signal(ending)
            out, err = process.communicate(timeout=600)
    finally:
        signal.signal(signal.SIGINT, before)
    assert (process.returncode, out) == (130, "")
    assert err == f"naming: interrupted; 0 tasks are planned in {plan}; the same command goes on\n"
    assert rows_of(plan) == []


@pytest.mark.parametrize("ctrl_c", [signal.default_int_handler, signal.SIG_IGN])
def test_a_signal_to_end_is_one_to_interrupt_whether_ctrl_c_is_heard_or_not(ctrl_c: Any) -> None:
    from naming.rename.commands import ended_as_by_ctrl_c

    before = signal.signal(signal.SIGINT, ctrl_c)
    try:
        with pytest.raises(KeyboardInterrupt), ended_as_by_ctrl_c():
            signal.raise_signal(signal.SIGTERM)
    finally:
        signal.signal(signal.SIGINT, before)


def test_what_is_ignored_stays_ignored_and_what_was_is_put_back() -> None:
    from naming.rename.commands import ended_as_by_ctrl_c

    terminate, before = (
        signal.getsignal(signal.SIGTERM),
        signal.signal(signal.SIGHUP, signal.SIG_IGN),
    )
    try:
        with ended_as_by_ctrl_c():
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
            assert signal.getsignal(signal.SIGTERM) is not terminate
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        assert signal.getsignal(signal.SIGTERM) is terminate
    finally:
        signal.signal(signal.SIGHUP, before)
