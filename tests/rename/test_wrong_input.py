"""What an operator gets wrong, or edits, is one clear line and leaves nothing behind."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.rename.running import rename, rows_of
from tests.rename.three_tasks import CSV

if TYPE_CHECKING:
    from pathlib import Path


def edit(plan: Path, number: int, **fields: object) -> None:
    lines = plan.read_text().splitlines()
    lines[number] = json.dumps(json.loads(lines[number]) | fields)
    plan.write_text("\n".join(lines) + "\n")


IMPOSSIBLE_OPTIONS = [
    (
        ["--match", "a{99999999999999999999}"],
        "--match: not a regular expression: the repetition number is too large",
    ),
    (["--match", "(" * 5000 + ")" * 5000], "--match: not a regular expression: "),
    (["--match", "\udce9"], "--match: must be UTF-8"),
    (["--column", "name=\udce9"], "--column: must be UTF-8"),
    (["--column", "name=a\x00"], "--column: must be UTF-8 without a zero byte"),
]


def test_an_option_that_cannot_be_is_one_clear_line(source: Path) -> None:
    path, misses = source.with_name("plan.jsonl"), []
    for options, said in IMPOSSIBLE_OPTIONS:
        ran = rename("plan", source, "--plan", path, "--no-claude", *options)
        if not ran.refuses(said) or path.exists():
            misses.append((options, ran.err))
    assert not misses


def test_a_path_that_cannot_be_is_one_clear_line(source: Path, plan: Path) -> None:
    assert "SOURCE: must be UTF-8" in rename("plan", "a\udce9.csv", "--plan", plan).complaint
    assert "--plan: must be UTF-8" in rename("plan", source, "--plan", "a\x00").complaint
    folder = source.with_name("folder.csv")
    folder.mkdir()
    assert (
        f"{folder}: Is a directory"
        in rename("plan", folder, "--no-claude", "--plan", plan).complaint
    )
    plan.write_text(plan.read_text().replace("tasks.csv", "tasks\\u0000.csv"))
    assert (
        f"{plan}: line 1: source: must be UTF-8 without a zero byte"
        in rename("apply", plan).complaint
    )


def test_a_pattern_of_an_older_python_is_no_reason_to_talk(source: Path) -> None:
    ran = rename(
        "plan",
        source,
        "--plan",
        source.with_name("plan.jsonl"),
        "--no-claude",
        "--match",
        "[[t]ask",
    )
    assert (ran.status, ran.err) == (0, "")


def test_a_source_that_cannot_be_read_leaves_no_plan_behind(source: Path) -> None:
    path = source.with_name("plan.jsonl")
    source.write_text(CSV + "3,a,task\n")
    assert (
        "line 5: 3 fields where the header has 5"
        in rename("plan", source, "--plan", path, "--no-claude").complaint
    )
    assert not path.exists()
    path.touch()
    assert rename("plan", source, "--plan", path, "--no-claude").status == 2
    assert path.read_bytes() == b""
    source.write_text(CSV)
    assert rename("plan", source, "--plan", path, "--no-claude", "--display-only").status == 0


def test_what_stands_in_quotation_marks_separates_no_columns(tmp_path: Path) -> None:
    source = tmp_path / "tasks.csv"
    text = '"id";"owner_id";"name";"display_name";"prompt";"a, b, c,\nd, e, f, g"\n1;a;task-1;T;fix login;\n'
    source.write_text(text)
    plan = tmp_path / "plan.jsonl"
    assert rename("plan", source, "--plan", plan, "--no-claude").status == 0
    assert rename("apply", plan).status == 0
    assert source.read_text() == text.replace("task-1;T", "fix-login;Fix login")


def test_an_id_that_is_neither_text_nor_a_whole_number_is_refused(tmp_path: Path) -> None:
    source, plan, misses = tmp_path / "tasks.jsonl", tmp_path / "plan.jsonl", []
    row = {"owner_id": None, "name": "task-1", "display_name": None, "prompt": ""}
    values: list[object] = [1.5, True, [], {}]
    for value in values:
        source.write_text(json.dumps({"id": value, **row}))
        ran = rename("plan", source, "--plan", plan, "--no-claude")
        if not ran.refuses("line 1: id: is neither a string nor a whole number"):
            misses.append((value, ran.err))
        plan.unlink(missing_ok=True)
    assert not misses


@pytest.mark.parametrize("verb", ["show", "apply", "undo"])
def test_a_field_that_no_plan_has_is_refused(plan: Path, verb: str) -> None:
    edit(plan, 2, new_nam="x")
    assert (
        "line 3: not a row of a plan: Object contains unknown field `new_nam`"
        in rename(verb, plan).complaint
    )


@pytest.mark.parametrize("form", ["table", "csv", "jsonl", "html"])
def test_of_a_broken_plan_nothing_is_shown(plan: Path, form: str) -> None:
    edit(plan, 3, source="me")
    said = rename("show", plan, "--format", form).complaint
    assert "line 4: not a row of a plan: " in said
    assert "`$.source`" in said


def test_a_whole_plan_that_was_cut_is_refused_and_one_under_way_is_not(
    source: Path, plan: Path
) -> None:
    whole = plan.read_bytes()
    plan.write_bytes(whole[:-20])
    assert "line 4: not a row of a plan" in rename("apply", plan).complaint
    assert source.read_text() == CSV
    header, rest = whole.split(b"\n", 1)
    plan.write_bytes(
        header.replace(b'"rows":           3', b'"rows":        null') + b"\n" + rest[:-20]
    )
    assert rename("apply", plan).out.startswith("2 renamed")


def test_a_spelling_that_does_not_spell_the_old_name_is_not_written(
    source: Path, plan: Path
) -> None:
    misses = []
    for raw in ("task-1,evil\n9,9,9", '"task-1', "other", "", "task-1,", "\ud800"):
        field = "name" if raw.isascii() else "display_name"
        edit(plan, 2, old_raw={field: raw.encode("utf-8", "replace").decode()})
        assert rename("apply", plan).out == "3 renamed, 0 had been already, 0 left\n"
        assert rename("undo", plan).status == 0
        if source.read_text() != CSV:
            misses.append(raw)
            source.write_text(CSV)
    assert not misses


SPELLINGS_IN_JSON = [
    "5",
    '"other"',
    '"task-1"}\n{',
    '"task-1",\n"x":1',
    "[" * 100_000,
    "",
    '\n"task-1"',
]


def test_json_that_does_not_spell_the_old_name_is_not_written(tmp_path: Path) -> None:
    source, plan, misses = tmp_path / "tasks.jsonl", tmp_path / "plan.jsonl", []
    task = {"id": 1, "owner_id": "a", "name": "task-1", "display_name": None}
    text = json.dumps(task | {"prompt": "fix login"}) + "\n"
    source.write_text(text)
    assert rename("plan", source, "--plan", plan, "--no-claude").status == 0
    for raw in SPELLINGS_IN_JSON:
        edit(plan, 1, old_raw={"name": raw})
        assert rename("apply", plan).out == "1 renamed, 0 had been already, 0 left\n"
        assert rename("undo", plan).status == 0
        if source.read_text() != text:
            misses.append(raw[:40])
            source.write_text(text)
    assert not misses


def test_a_plan_in_another_order_is_carried_out_all_the_same(source: Path, plan: Path) -> None:
    header, *lines = plan.read_text().splitlines()
    plan.write_text("\n".join([header, *reversed(lines)]) + "\n")
    assert len(rows_of(plan)) == 3
    assert rename("apply", plan).out == "3 renamed, 0 had been already, 0 left\n"
    assert rename("undo", plan).status == 0
    assert source.read_text() == CSV


def test_a_file_name_is_shown_so_that_no_terminal_obeys_it(source: Path) -> None:
    odd = source.with_name("a\x1b[31m\x9b2J\u202e\rb.jsonl")
    missing, source = source.with_name("a\x1b[31m.csv"), source.rename(f"{source}\x1b[31m.csv")
    said = [
        rename("plan", missing, "--plan", odd, "--no-claude"),
        rename("show", odd),
        rename("plan", source, "--plan", odd, "--no-claude"),
        rename("plan", source, "--plan", odd, "--no-claude"),
    ]
    said += [rename("show", odd), rename("status", odd)]
    odd.write_text("no plan\n")
    said += [rename("show", odd), rename("apply", odd)]
    for ran in said:
        shown = ran.out + ran.err
        assert "\\x1b[31m" in shown
        assert not set(shown) & set("\x1b\x9b\u202e\r")
