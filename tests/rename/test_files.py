"""CSV and JSON Lines files as sources: what changes, and every byte that does not."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import string
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rename.running import header_of, rename, rows_of

CSV = """id,owner_id,name,display_name,prompt,deleted_at,note
1,a,task-python-debug-a1b2,Python debug,fix the login button,,x
2,a,task-x,"Old, title","add tests, docs
and more",,"q ""uoted"" "
3,b,task-y,,fix the login button,,
4,b,kept,Kept,fix the login button,,
5,b,task-gone,Gone,fix the login button,2024-01-01,
"""


def written(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def plan_apply(source: Path) -> Path:
    plan = source.parent / "plan.jsonl"
    planned = rename("plan", source, "--plan", plan, "--no-claude")
    assert planned.status == 0, planned.err
    applied = rename("apply", plan)
    assert applied.status == 0, applied.err
    return plan


def test_active_tasks_with_a_legacy_name_are_renamed_and_nothing_else_changes(
    tmp_path: Path,
) -> None:
    source = written(tmp_path / "tasks.csv", CSV)
    plan_apply(source)
    assert source.read_text() == (
        CSV.replace(
            "task-python-debug-a1b2,Python debug,", "fix-login-button,Fix the login button,"
        )
        .replace('task-x,"Old, title",', 'add-tests-docs-and-more,"Add tests, docs and more",')
        .replace("3,b,task-y,,", "3,b,fix-login-button,Fix the login button,")
    )


def test_undo_gives_back_every_byte(tmp_path: Path) -> None:
    source = written(tmp_path / "tasks.csv", CSV)
    plan = plan_apply(source)
    assert rename("undo", plan).status == 0
    assert source.read_text() == CSV


def test_applying_and_undoing_twice_changes_nothing_more(tmp_path: Path) -> None:
    source = written(tmp_path / "tasks.csv", CSV)
    plan = plan_apply(source)
    applied, stamp = source.read_bytes(), source.stat().st_mtime_ns
    again = rename("apply", plan)
    assert (again.status, again.out) == (0, "0 renamed, 3 had been already, 0 left\n")
    assert (source.read_bytes(), source.stat().st_mtime_ns) == (applied, stamp)
    rename("undo", plan)
    assert rename("undo", plan).out == "0 put back, 3 had been already, 0 left\n"


def test_a_name_is_free_again_only_within_its_owner_and_in_any_case(tmp_path: Path) -> None:
    rows = "1,a,task-1,,fix login,\n2,a,FIX-LOGIN,,x,\n3,b,task-3,,fix login,\n4,a,task-4,,fix login,\n"
    source = written(
        tmp_path / "tasks.csv", f"id,owner_id,name,display_name,prompt,deleted_at\n{rows}"
    )
    names = [row["new_name"] for row in rows_of(plan_apply(source))]
    assert names == ["fix-login-2", "fix-login", "fix-login-3"]


def test_a_dry_run_tells_and_writes_nothing(tmp_path: Path) -> None:
    source = written(tmp_path / "tasks.csv", CSV)
    plan = tmp_path / "plan.jsonl"
    rename("plan", source, "--plan", plan, "--no-claude")
    assert rename("apply", plan, "--dry-run").out == "3 would be renamed, 0 were already, 0 left\n"
    assert source.read_text() == CSV


def test_display_only_leaves_the_identifier_alone(tmp_path: Path) -> None:
    source, plan = written(tmp_path / "tasks.csv", CSV), tmp_path / "plan.jsonl"
    rename("plan", source, "--plan", plan, "--no-claude", "--display-only")
    assert all(row["old_name"] == row["new_name"] for row in rows_of(plan))
    assert rename("apply", plan).status == 0
    assert "1,a,task-python-debug-a1b2,Fix the login button," in source.read_text()
    assert rename("undo", plan).status == 0
    assert source.read_text() == CSV


def test_what_somebody_changed_since_is_left_alone_and_said_by_id(tmp_path: Path) -> None:
    source, plan = written(tmp_path / "tasks.csv", CSV), tmp_path / "plan.jsonl"
    rename("plan", source, "--plan", plan, "--no-claude")
    changed = CSV.replace("task-python-debug-a1b2", "my-own").replace("Old, title", "My title").replace("3,b,task-y", "33,b,task-y")  # fmt: skip
    source.write_text(changed)
    ran = rename("apply", plan)
    assert ran.status == 1
    assert ran.err.splitlines() == [
        "left: task 1: it was renamed since",
        "left: task 2: its display name was changed since",
        "left: task 3: there is no such task any more",
    ]
    assert source.read_text() == changed


def test_a_task_deleted_since_is_left_alone(tmp_path: Path) -> None:
    source, plan = written(tmp_path / "tasks.csv", CSV), tmp_path / "plan.jsonl"
    rename("plan", source, "--plan", plan, "--no-claude")
    source.write_text(CSV.replace("fix the login button,,x", "fix the login button,2025,x"))
    ran = rename("apply", plan)
    assert (ran.status, ran.err) == (1, "left: task 1: it was deleted since\n")
    assert "task-python-debug-a1b2" in source.read_text()
    assert "task-x" not in source.read_text()


def test_a_name_taken_since_is_left_and_never_forced(tmp_path: Path) -> None:
    source, plan = written(tmp_path / "tasks.csv", CSV), tmp_path / "plan.jsonl"
    rename("plan", source, "--plan", plan, "--no-claude")
    source.write_text(CSV + "6,a,Fix-Login-Button,Mine,,,\n")
    ran = rename("apply", plan)
    assert (ran.status, ran.err) == (1, "left: task 1: its owner has another task of that name\n")


def edit(plan: Path, **names: str) -> None:
    header, *lines = plan.read_text().splitlines()
    rows = [json.loads(line) for line in lines]
    for row in rows:
        row["new_name"] = names.get("n" + row["id"], row["new_name"])
    plan.write_text("\n".join([header, *map(json.dumps, rows)]) + "\n")


THREE = "id,owner_id,name,display_name,prompt\n1,a,one,,x\n2,a,two,,x\n3,a,three,,x\n"


def test_plans_undone_together_hand_names_on_whatever_their_order(tmp_path: Path) -> None:
    source, plan = written(tmp_path / "tasks.csv", THREE), tmp_path / "plan.jsonl"
    rename("plan", source, "--plan", plan, "--no-claude", "--match", ".")
    edit(plan, n1="two", n2="three", n3="four")
    assert rename("apply", plan).status == 0
    assert [line.split(",")[2] for line in source.read_text().splitlines()[1:]] == [
        "two",
        "three",
        "four",
    ]
    assert rename("undo", plan).status == 0
    assert source.read_text() == THREE


def test_of_two_tasks_planned_to_have_one_name_the_first_gets_it(tmp_path: Path) -> None:
    source, plan = written(tmp_path / "tasks.csv", THREE), tmp_path / "plan.jsonl"
    rename("plan", source, "--plan", plan, "--no-claude", "--match", ".")
    edit(plan, n1="same", n2="same", n3="two")  # and so the third cannot have what the second keeps
    ran = rename("apply", plan)
    assert [line.split(",")[2] for line in source.read_text().splitlines()[1:]] == [
        "same",
        "two",
        "three",
    ]
    assert [line.split(":")[1] for line in ran.err.splitlines()] == [" task 2", " task 3"]


def test_names_that_were_there_twice_come_back_twice(tmp_path: Path) -> None:
    text = "id,owner_id,name,display_name,prompt\n1,a,task-a,,fix\n2,a,task-a,,fix\n"
    source = written(tmp_path / "tasks.csv", text)
    plan = plan_apply(source)
    assert rename("undo", plan).status == 0
    assert source.read_text() == text


def test_undo_leaves_a_name_that_a_new_task_has_by_now(tmp_path: Path) -> None:
    source = written(
        tmp_path / "tasks.csv",
        "id,owner_id,name,display_name,prompt\n1,a,task-a,,fix\n2,a,task-b,,do\n",
    )
    plan = plan_apply(source)
    source.write_text(source.read_text() + "3,a,task-a,,\n")
    ran = rename("undo", plan)
    assert (ran.status, ran.err) == (1, "left: task 1: its owner has another task of that name\n")


def test_mode_and_symbolic_links_stay(tmp_path: Path) -> None:
    source = written(tmp_path / "tasks.csv", CSV)
    source.chmod(0o640)
    link = tmp_path / "link.csv"
    link.symlink_to(source)
    plan_apply(link)
    assert link.is_symlink()
    assert stat.S_IMODE(source.stat().st_mode) == 0o640
    assert "fix-login-button" in source.read_text()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "link.csv",
        "plan.jsonl",
        "tasks.csv",
    ]


def test_what_a_killed_run_left_beside_the_file_does_no_harm(tmp_path: Path) -> None:
    source = written(tmp_path / "tasks.csv", CSV)
    written(tmp_path / ".tasks.csv.renaming", "x" * 10_000)
    plan_apply(source)
    assert "xxx" not in source.read_text()


def test_a_file_that_is_being_rewritten_is_refused(tmp_path: Path) -> None:
    import fcntl

    source, plan = written(tmp_path / "tasks.csv", CSV), tmp_path / "plan.jsonl"
    rename("plan", source, "--plan", plan, "--no-claude")
    with (tmp_path / ".tasks.csv.renaming").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert "another process is renaming its tasks" in rename("apply", plan).complaint
    assert source.read_text() == CSV


def test_a_file_changed_meanwhile_is_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from naming.rename.task_file import TaskFile

    source, plan = written(tmp_path / "tasks.csv", CSV), tmp_path / "plan.jsonl"
    rename("plan", source, "--plan", plan, "--no-claude")
    changed = TaskFile._changed

    def changing(self: TaskFile, *arguments: Any, **more: Any) -> str:
        os.utime(source, ns=(1, 1))
        return changed(self, *arguments, **more)

    monkeypatch.setattr(TaskFile, "_changed", changing)
    assert "changed by somebody else" in rename("apply", plan).complaint
    assert source.read_text() == CSV


def test_a_full_disk_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, plan = written(tmp_path / "tasks.csv", CSV), tmp_path / "plan.jsonl"
    rename("plan", source, "--plan", plan, "--no-claude")

    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("naming.rename.files.os.fsync", full)
    ran = rename("apply", plan)
    assert ran.status == 1
    assert (
        "No space left on device; it stays as it was; 0 of 3 tasks were renamed; the same command goes on"
        in ran.err
    )
    assert source.read_text() == CSV
    assert not (tmp_path / ".tasks.csv.renaming").exists()


def test_a_name_taken_since_in_another_case_is_taken(tmp_path: Path) -> None:
    source, plan = written(tmp_path / "tasks.csv", CSV), tmp_path / "plan.jsonl"
    rename("plan", source, "--plan", plan, "--no-claude")
    source.write_text(CSV.replace("4,b,kept", "4,b,Fix-Login-BUTTON"))
    assert rename("apply", plan).err == "left: task 3: its owner has another task of that name\n"


def test_marks_around_what_needs_them_do_not_stay_around_what_does_not(tmp_path: Path) -> None:
    source = written(
        tmp_path / "tasks.csv",
        'id,owner_id,name,display_name,prompt\n1,a,task-1,"Old, title",fix login\n',
    )
    plan_apply(source)
    assert "1,a,fix-login,Fix login,fix login\n" in source.read_text()


def test_records_are_whole_wherever_a_read_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = written(tmp_path / "whole.csv", CSV)
    plan_apply(whole)
    (tmp_path / "plan.jsonl").unlink()
    for size in range(40, 60):
        monkeypatch.setattr("naming.rename.file_formats.CHUNK", size)
        source = written(tmp_path / "tasks.csv", CSV)
        plan_apply(source)
        assert source.read_bytes() == whole.read_bytes()
        (tmp_path / "plan.jsonl").unlink()


def test_blank_lines_between_records_stay(tmp_path: Path) -> None:
    text = CSV.replace("\n2,a", "\n\n2,a") + "\n"
    source = written(tmp_path / "tasks.csv", text)
    plan = plan_apply(source)
    assert source.read_text().count("\n\n") == 2
    assert rename("undo", plan).status == 0
    assert source.read_text() == text


def test_a_title_that_needs_quotation_marks_leaves_none_behind_when_undone(tmp_path: Path) -> None:
    text = 'id,owner_id,name,display_name,prompt\n1,a,"task-1",Bare,"add tests, docs"\n'
    source = written(tmp_path / "tasks.csv", text)
    plan = plan_apply(source)
    assert 'add-tests-docs,"Add tests, docs"' in source.read_text()
    assert rows_of(plan)[0]["old_raw"] == {"name": '"task-1"'}
    assert rename("undo", plan).status == 0
    assert source.read_text() == text


@pytest.mark.parametrize(
    ("name", "text", "limit", "said"),
    [
        ("tasks.csv", CSV + f'6,a,task-6,"{"x" * 3_000_000}', "file_formats.MAX_RECORD", "line 8: a record of more than 1 million characters"),
        ("tasks.jsonl", "{}\n".replace("{}", '{"a": "' + " " * 3_000_000), "file_formats.MAX_RECORD", "line 1: a record of more than 1 million characters"),
    ],
)  # fmt: skip
def test_what_is_too_long_for_a_record_is_refused_before_it_fills_the_memory(  # noqa: PLR0913, PLR0917
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, limit: str, said: str
) -> None:
    source = written(tmp_path / name, text)
    monkeypatch.setattr(f"naming.rename.{limit}", 1 << 20)
    assert (
        said in rename("plan", source, "--plan", tmp_path / "plan.jsonl", "--no-claude").complaint
    )


def test_columns_can_have_other_names_and_be_separated_otherwise(tmp_path: Path) -> None:
    source = written(
        tmp_path / "tasks.csv", "key;who;slug;display_name;prompt\n1;a;task-1;T;fix, login\n"
    )
    plan = tmp_path / "plan.jsonl"
    columns = ["--column", "id=key", "--column", "owner_id=who", "--column", "name=slug"]
    assert rename("plan", source, "--plan", plan, "--no-claude", *columns).status == 0
    assert header_of(plan)["settings"]["columns"] == {
        "id": "key",
        "name": "slug",
        "owner_id": "who",
    }
    assert rename("apply", plan).status == 0
    assert (
        source.read_text()
        == "key;who;slug;display_name;prompt\n1;a;fix-login;Fix, login;fix, login\n"
    )


# Any shape of CSV ------------------------------------------------------------------------------------------------

VALUES = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12
) | st.sampled_from(
    [
        "",
        '"',
        '""',
        ",",
        "a,b",
        "two\nlines",
        "cr\rlf\r\n",
        "é",
        "=1+1",
        " spaced ",
        ";",
        "\ufeff",
        "\x1b[31m",
    ]
)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])
QUOTING = st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC])


def csv_line(values: list[str], quoting: Any, end: str) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, quoting=quoting, lineterminator="\r\n").writerow(values)
    return buffer.getvalue().removesuffix("\r\n") + end


@st.composite
def csv_files(draw: st.DrawFn) -> bytes:
    fields = draw(
        st.permutations(["id", "owner_id", "name", "display_name", "prompt", "deleted_at", "note"])
    )
    text = csv_line(fields, draw(QUOTING), draw(ENDS))
    number = draw(st.integers(0, 6))
    for id_ in range(number):
        row = {
            "id": str(id_),
            "owner_id": draw(st.sampled_from("ab")),
            "name": draw(st.sampled_from(["task-", "Task-", ""])) + draw(VALUES) + str(id_),
            "display_name": draw(VALUES),
            "prompt": draw(
                VALUES | st.sampled_from(["fix login", "add tests, docs", 'say "hi, you"'])
            ),
            "deleted_at": draw(st.sampled_from(["", "", "2024"])),
            "note": draw(VALUES),
        }
        end = draw(ENDS) if id_ < number - 1 else draw(ENDS | st.just(""))
        text += csv_line([row[field] for field in fields], draw(QUOTING), end)
    return draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + text.encode()


@st.composite
def json_lines_files(draw: st.DrawFn) -> bytes:
    text = b""
    for id_ in range(draw(st.integers(0, 6))):
        row: list[tuple[str, Any]] = [
            ("id", draw(st.sampled_from([id_, str(id_)]))),
            ("owner_id", draw(st.sampled_from(["a", "b", None, 7]))),
            ("name", draw(st.sampled_from(["task-", "Task-", ""])) + draw(VALUES) + str(id_)),
            ("display_name", draw(VALUES | st.none())),
            ("prompt", draw(VALUES | st.none() | st.just("fix login \ud800"))),
            (
                "nested",
                draw(st.sampled_from([{"name": "task-inner"}, [1, {"a": "}"}], 1.50, True])),
            ),
        ]
        if draw(st.booleans()):
            row.append(("deleted_at", draw(st.sampled_from([None, "", "2024"]))))
        members = [
            json.dumps(key) + draw(st.sampled_from([":", ": ", " :\t"])) + odd_json(draw, value)
            for key, value in draw(st.permutations(row))
        ]
        line = (
            "{"
            + draw(st.sampled_from([",", ", ", " ,"])).join(members)
            + draw(st.sampled_from(["}", " } "]))
        )
        text += line.encode() + draw(st.sampled_from([b"\n", b"\r\n"]))
        text += draw(st.sampled_from([b"", b"", b"\n", b"  \n"]))
    return draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + (
        text if draw(st.booleans()) else text.rstrip(b"\r\n")
    )


def odd_json(draw: st.DrawFn, value: Any) -> str:
    if isinstance(value, str) and value and draw(st.booleans()):
        return (
            '"'
            + "".join(f"\\u{ord(char):04x}" if ord(char) < 0x10000 else char for char in value)
            + '"'
        )
    return json.dumps(value, ensure_ascii="\ud800" in str(value) or draw(st.booleans()))


def check_round_trip(name: str, content: bytes, *, display_only: bool) -> None:
    with TemporaryDirectory() as folder:
        source, plan = written(Path(folder) / name, content), Path(folder) / "plan.jsonl"
        planned = rename(
            "plan",
            source,
            "--plan",
            plan,
            "--no-claude",
            *(["--display-only"] if display_only else []),
        )
        left = planned.err.count("left: task ")
        assert planned.status == (1 if left else 0), planned.err
        applied = rename("apply", plan)
        assert applied.status == 0, applied.err
        for row in rows_of(plan):
            assert row["new_name"] == row["old_name"] or not row["new_name"].startswith("task-")
        old_and_new = [
            [row[f"{age}_{field}"] for field in ("name", "display_name") for age in ("old", "new")]
            for row in rows_of(plan)
        ]
        if any(
            old != new or old_title != new_title for old, new, old_title, new_title in old_and_new
        ):
            assert source.read_bytes() != content
        undone = rename("undo", plan)
        assert undone.status == 0, undone.err
        assert source.read_bytes() == content


@settings(max_examples=80)
@given(csv_files(), st.booleans())
def test_apply_then_undo_gives_back_every_byte_of_any_csv(
    content: bytes, display_only: bool
) -> None:
    check_round_trip("tasks.csv", content, display_only=display_only)


@settings(max_examples=80)
@given(json_lines_files(), st.booleans())
def test_apply_then_undo_gives_back_every_byte_of_any_json_lines(
    content: bytes, display_only: bool
) -> None:
    check_round_trip("tasks.jsonl", content, display_only=display_only)


def test_json_lines_keep_everything_but_the_two_names(tmp_path: Path) -> None:
    line = '{"note": "\\u00e9", "id":1, "owner_id":null,"display_name" : null, "name":"task-1","prompt":"fix größe"}\n'
    source = written(tmp_path / "tasks.jsonl", line)
    plan = plan_apply(source)
    assert source.read_text() == line.replace(
        'null, "name":"task-1"', '"Fix größe", "name":"fix-grosse"'
    )
    assert rename("undo", plan).status == 0
    assert source.read_text() == line


def test_very_long_prompts_are_read_to_the_same_name(tmp_path: Path) -> None:
    from naming.cleaning import clean
    from naming.rename.reading import read_prompt

    prompt = (
        "fix the login button. "
        + (string.ascii_lowercase + " ") * 40_000
        + "\n\nplease add tests to the parser"
    )
    assert len(read_prompt(prompt)) < len(prompt)
    assert clean(read_prompt(prompt)) == clean(prompt)
    source = written(tmp_path / "tasks.jsonl", json.dumps({"id": 1, "owner_id": 1, "name": "task-1", "display_name": "", "prompt": prompt}))  # fmt: skip
    assert rows_of(plan_apply(source))[0]["source"] == "prompt"
