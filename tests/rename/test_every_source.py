"""One reading of values for all sources: marks of deletion, prompts, ids and columns, in PostgreSQL, SQLite and files."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naming.cleaning import clean
from naming.rename.reading import Unreadable, is_deleted, read_prompt
from tests.rename.running import Ran, rename, rows_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.rename.conftest import Database

COLUMNS = ("id", "owner_id", "name", "display_name", "prompt", "deleted_at")
KINDS = ("csv", "tsv", "jsonl", "json", "sqlite", "postgres")
Rows = list[tuple[Any, ...]]


def delimited(rows: Rows, delimiter: str) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
    writer.writerows([COLUMNS, *([["", *row][1:] for row in rows])])
    return buffer.getvalue()


def objects(rows: Rows) -> list[dict[str, Any]]:
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


class Source:
    """Tasks of a test in one kind of source, all of their values as texts or null."""

    def __init__(self, kind: str, folder: Path, db: Database, postgres: str) -> None:
        self.kind, self._db = kind, db
        self.path = folder / f"source.{kind}"
        self.address = postgres if kind == "postgres" else str(self.path)
        self.plan = folder / "plan.jsonl"

    def fill(self, rows: Rows) -> None:
        if self.kind in {"csv", "tsv"}:
            self.path.write_text(delimited(rows, {"csv": ",", "tsv": "\t"}[self.kind]))
        elif self.kind == "jsonl":
            self.path.write_text("".join(json.dumps(row) + "\n" for row in objects(rows)))
        elif self.kind == "json":
            self.path.write_text(json.dumps(objects(rows), indent=1, ensure_ascii=False) + "\n")
        elif self.kind == "sqlite":
            self.path.unlink(missing_ok=True)
            with closing(sqlite3.connect(self.path)) as db, db:
                db.execute(f"CREATE TABLE tasks ({', '.join(COLUMNS)})")
                db.executemany("INSERT INTO tasks VALUES (?, ?, ?, ?, ?, ?)", rows)
        else:
            self._db.execute("DROP TABLE IF EXISTS tasks CASCADE")
            self._db.execute(
                f"CREATE TABLE tasks ({', '.join(f'{name} text' for name in COLUMNS)})"
            )
            for row in rows:
                self._db.execute("INSERT INTO tasks VALUES (%s, %s, %s, %s, %s, %s)", row)

    def run(self, statement: str) -> None:
        """Carry a statement out, where the source is a database."""
        if self.kind == "postgres":
            self._db.execute(statement)
        elif self.kind == "sqlite":
            with closing(sqlite3.connect(self.path)) as db:
                db.execute(statement)

    def state(self) -> Any:
        if self.kind == "postgres":
            return self._db.execute("SELECT * FROM tasks ORDER BY id").fetchall()
        if self.kind == "sqlite":
            with closing(sqlite3.connect(self.path)) as db:
                return db.execute("SELECT * FROM tasks ORDER BY id").fetchall()
        return self.path.read_bytes()

    def planned(self, *options: object) -> Ran:
        self.plan.unlink(missing_ok=True)
        return rename("plan", self.address, "--plan", self.plan, "--no-claude", *options)

    def names(self) -> dict[str, str]:
        return {row["id"]: row["new_name"] for row in rows_of(self.plan)}


@pytest.fixture(params=KINDS)
def source(request: pytest.FixtureRequest, tmp_path: Path, db: Database, postgres: str) -> Source:
    return Source(request.param, tmp_path, db, postgres)


ACTIVE = ["", " ", "0", "0.0", "false", "F", "no", "N", "off", "NULL", "null", r"\N", "None", "NaN", "-", "(null)", "<NULL>",
          "infinity", "Infinity", "n/a", "0001-01-01T00:00:00Z", "0000-00-00 00:00:00", "0001-01-01 00:00:00+00"]  # fmt: skip
DELETED = ["1", "true", "T", "yes", "y", "on", "2024-01-31", "2024-01-31 10:00:00.123+00", "2024-01-31T10:00:00Z", "1700000000",
           "1.7e12", "31.01.2024", "1/31/24", "Wed, 31 Jan 2024 10:00:00 GMT", "Jan 31, 2024", "20240131T100000Z"]  # fmt: skip
NEITHER = [
    "maybe",
    "active",
    "-1",
    "-infinity",
    "deleted by Bob",
    "fix the login page",
    "{}",
    "y/n",
]


def task(id_: str, mark: str | None = None, prompt: str | None = "fix login") -> tuple[Any, ...]:
    return (id_, f"owner {id_}", f"task-{id_}", "Old", prompt, mark)


def test_marks_of_deletion_mean_the_same_in_every_source(source: Source) -> None:
    marks = [*ACTIVE, *DELETED]
    source.fill([task(f"{n:03}", mark) for n, mark in enumerate(marks)])
    before = source.state()
    ran = source.planned()
    assert ran.status == 0, ran.err
    assert sorted(source.names()) == [f"{n:03}" for n in range(len(ACTIVE))]
    assert f"{len(DELETED):>11}  skipped: deleted" in ran.out
    count = f"{len(ACTIVE)} renamed, 0 had been already, 0 left\n"
    assert rename("apply", source.plan).out == count
    assert rename("undo", source.plan).status == 0
    assert source.state() == before


def test_a_mark_that_says_neither_is_refused_by_its_task_and_never_shown(source: Source) -> None:
    misses = []
    for mark in NEITHER:
        source.fill([task("1"), task("77", mark)])
        ran = source.planned()
        where = {"csv": "line 3", "tsv": "line 3", "jsonl": "line 2", "json": "line "}
        said = f"{where.get(source.kind, 'task 77')}"
        is_told = said in ran.err and ": deleted_at: is neither empty nor a date" in ran.err
        if not (ran.refuses("") and is_told) or (len(mark) > 5 and mark in ran.err):
            misses.append((mark, ran.err))
    assert not misses


MESSAGES = [{"role": "system", "content": "You are helpful"}, {"role": "user", "content": "fix login"},
            {"role": "assistant", "content": "Sure, I delete it"}]  # fmt: skip
TALKS: list[Any] = [
    MESSAGES,
    {"messages": MESSAGES, "title": "Old"},
    {"history": {"messages": {"x1": MESSAGES[1], "x2": MESSAGES[2]}, "currentId": "x2"}},
    {"role": "user", "parts": [{"text": "fix login"}]},
    [
        {
            "role": "user",
            "parts": [{"type": "text", "text": "fix login"}, {"type": "image", "url": "x"}],
        }
    ],
    {"content": [{"type": "text", "text": "fix login"}]},
    [{"type": "reasoning", "text": "I think"}, {"type": "text", "text": "fix login"}],
    [{"type": "human", "content": "fix login"}, {"type": "ai", "content": "done"}],
    [{"from": "human", "value": "fix login"}, {"from": "gpt", "value": "done"}],
    {"text": "fix login"},
    ["fix login"],
]


def test_the_text_of_messages_is_the_prompt_in_every_source(source: Source) -> None:
    source.fill([task(f"{n:03}", prompt=json.dumps(talk)) for n, talk in enumerate(TALKS)])
    assert source.planned().status == 0
    names = source.names()
    assert [TALKS[int(id_)] for id_, name in names.items() if name != "fix-login"] == []
    assert len(names) == len(TALKS)


def test_a_prompt_that_is_empty_in_other_words_names_nothing(source: Source) -> None:
    words = ["NULL", r"\N", "nan", "None", "(null)", "", None]
    rows = [task(f"{n:03}", prompt=word) for n, word in enumerate(words)]
    source.fill([(*row[:2], "task-python-debug-a1b2", *row[3:]) for row in rows])
    source.planned()
    assert [name for name in source.names().values() if "null" in name or "nan" in name] == []


def test_what_was_skipped_is_always_said(source: Source) -> None:
    rows = [task("1"), task("2", "1"), task("3"), task("4"), task("5")]
    rows[2] = (*rows[2][:2], "Task-three", *rows[2][3:])
    rows[3] = (*rows[3][:2], "other", *rows[3][3:])
    rows[4] = (*rows[4][:2], "mine", *rows[4][3:])
    source.fill(rows)
    lines = [line for line in source.planned().out.splitlines() if "skipped: " in line]
    assert [line.split("skipped: ")[-1] for line in lines] == [
        "deleted",
        "matched but for upper and lower case",
        "not matched",
    ]
    source.fill(rows[1:])
    ran = source.planned()
    assert ran.status == 0
    assert ran.out.count("skipped: ") == 3


def test_missing_columns_are_named_all_together_with_those_that_there_are(source: Source) -> None:
    source.fill([task("1")])
    ran = source.planned("--column", "name=slug", "--column", "prompt=text")
    assert "name (slug), prompt (text): there are no such columns; there are id, owner_id, name, " in ran.complaint  # fmt: skip


def test_display_names_alone_are_renamed_where_there_are_no_names(source: Source) -> None:
    source.fill([task("1"), task("2", "1"), task("3", prompt="add tests")])
    source.run("ALTER TABLE tasks DROP COLUMN display_name")
    source.run("ALTER TABLE tasks RENAME name TO title")
    if source.kind not in {"sqlite", "postgres"}:
        text = source.path.read_text().replace("display_name", "old")
        header, rest = text.split("\n", 1) if source.kind in {"csv", "tsv"} else (text, "")
        end = "\n" if rest else ""
        source.path.write_text(re.sub(r"\bname\b", "title", header) + end + rest)
    columns = ["--column", "display_name=title", "--display-only"]
    before = source.state()
    ran = source.planned(*columns)
    assert ran.status == 0, ran.err
    assert [(row["old_display_name"], row["new_display_name"]) for row in rows_of(source.plan)] == [
        ("task-1", "Fix login"),
        ("task-3", "Add tests"),
    ]
    assert rename("apply", source.plan).out == "2 renamed, 0 had been already, 0 left\n"
    assert source.state() != before
    assert rename("undo", source.plan).status == 0
    assert source.state() == before
    assert "--match: there are no names here" in source.planned(*columns, "--match", ".").complaint


def test_two_tasks_of_one_name_come_back_and_a_third_is_told(source: Source) -> None:
    rows = [(n, "a", "task-a", "Old", f"fix page {n}", None) for n in "123"]
    source.fill(rows)
    before = source.state()
    source.planned()
    assert rename("apply", source.plan).status == 0
    assert rename("undo", source.plan).out == "3 put back, 0 had been already, 0 left\n"
    assert source.state() == before


def test_a_name_that_two_tasks_had_comes_back_beside_the_one_that_kept_it(source: Source) -> None:
    prompts = {"1": "fix login", "2": "add tests"}
    source.fill([(id_, "a", "fix-login", "Old", prompts[id_], None) for id_ in prompts])
    before = source.state()
    source.planned("--match", ".")
    assert source.names() == {"1": "fix-login", "2": "add-tests"}
    for _ in range(2):
        assert rename("apply", source.plan).status == 0
        assert rename("undo", source.plan).out == "2 put back, 0 had been already, 0 left\n"
        assert source.state() == before


def test_undo_makes_no_second_task_of_a_name_where_the_first_is_not_in_the_plan(
    source: Source,
) -> None:
    rows = [("1", "a", "task-a", "Old", "fix page 1", None), ("2", "a", "Task-A", "", "page", None)]
    source.fill(rows)
    source.planned()
    assert rename("apply", source.plan).out == "1 renamed, 0 had been already, 0 left\n"
    applied = source.state()
    ran = rename("undo", source.plan)
    assert ran.err == "left: task 1: its owner has another task of that name\n"
    assert (ran.status, source.state()) == (1, applied)


ODD = ("", " ", "\u202e", "a\u0301", "\U0001f984", '"', "'", ",;\t", "\r\n", "\\N", "=1+1", "\x1b[31m", "%s{0}", "ſ", "İ",
       "&<b>", "\ufeff", "\u2028", "NULL", "null", "task-", "$1", "\x7f")  # fmt: skip
ODD_NAMES = ("task-Python-debug-a1b2", "TASK-WEB-C3D4", "task-task-x-9f8e", "task-", "task-zz", "Task-ZZ", "task-ünïcode-a1b2")  # fmt: skip
ODD_PROMPTS = (None, "", "NULL", "fix login", "Fix login", "task-web-a1b2", "🦄", "add dark mode, please", '[{"role": "user", "content": "add tests"}]',
               "password: hunter2hunter2 must be rotated", "x" * 40_000, "{}", "écris la documentation", "ログインを直す")  # fmt: skip
ODD_MARKS = (None, None, "0", "2024-01-31", "infinity", "true", "-")


def odd_rows() -> Rows:
    rows: Rows = []
    for n in range(210):
        odd = ODD[n % len(ODD)]
        owner = (None, "a", "b", f"o{odd}")[n % 4]
        title = (None, "", "Old", f"Old {odd}", "New chat")[n % 5]
        prompt = ODD_PROMPTS[n % 14]
        # What nothing names stays, and a second task of its name could not come back.
        name = (*ODD_NAMES, f"task-{odd}", "mine")[n % 9] if len(prompt or "") > 4 else f"task-{n}"
        rows.append((f"{n:03}{odd}", owner, name, title, prompt, ODD_MARKS[n % 7]))
    return rows


def test_two_hundred_odd_rows_are_named_alike_in_every_source_and_come_back(
    tmp_path: Path, db: Database, postgres: str
) -> None:
    rows, plans = odd_rows(), []
    owner_of = {row[0]: row[1] or None for row in rows}
    for kind in KINDS:
        source = Source(kind, tmp_path, db, postgres)
        source.fill(rows)
        before = source.state()
        assert source.planned("--match", "(?i)^task-").status == 1  # "New chat" beside no words
        for how in ("table", "csv", "jsonl", "html"):
            shown = rename("show", source.plan, "--format", how, "--with-prompts")
            assert (shown.status, "hunter2" in shown.out, "\x1b" in shown.out) == (0, False, False)
        planned = rows_of(source.plan)
        plans.append({row["id"]: (row["new_name"], row["new_display_name"]) for row in planned})
        new = [(owner_of[row["id"]], row["new_name"]) for row in planned]
        assert len(set(new)) == len(new) > 90, kind
        said = rename("apply", source.plan, "--dry-run").out
        assert said == f"{len(new)} would be renamed, 0 were already, 0 left\n", kind
        assert source.state() == before
        assert rename("apply", source.plan).status == 0, kind
        assert rename("apply", source.plan).out.startswith("0 renamed"), kind
        assert rename("undo", source.plan).status == 0, kind
        assert source.state() == before, kind
    assert all(plan == plans[0] for plan in plans)


@pytest.mark.parametrize("length", ["8", "12", "32"])
def test_no_name_is_longer_than_told(source: Source, length: str) -> None:
    prompt = "please refactor the authentication middleware of the billing service"
    source.fill([(str(n), "a", f"task-{n}", "", prompt, None) for n in range(3)])
    assert source.planned("--max-length", length).status == 0
    names = list(source.names().values())
    assert len(set(names)) == 3
    assert max(map(len, names)) <= int(length)
    assert rename("apply", source.plan).status == 0


def test_a_length_that_cannot_be_is_refused(tmp_path: Path) -> None:
    for length in ("7", "64", "x", "-1"):
        ran = rename("plan", tmp_path / "x.csv", "--plan", tmp_path / "p", "--max-length", length)
        assert ran.refuses("--max-length: must be a whole number from 8 to 63")


def test_only_databases_have_other_tables(source: Source) -> None:
    if source.kind in {"csv", "tsv", "jsonl", "json"}:
        source.fill([task("1")])
        ran = source.planned("--taken-from", "workspaces.name")
        assert ran.refuses("--taken-from: only a database has tables")
        assert source.planned("--table", "tasks").refuses("--table: only a database has tables")


@pytest.mark.parametrize("room", [0, 9_000])
def test_the_endpoint_and_a_table_read_the_same_json_alike(room: int) -> None:
    """Also where it is too long to be read whole, and would be cut."""
    for talk in TALKS:
        padded = [{"role": "tool", "content": "x" * room}, talk] if room else talk
        assert clean(json.dumps(padded)) == clean(read_prompt(padded)) == "fix login", talk
    others = ["[1, 2", '{"x": "name"}', "[1]", "[" * 5_000, "[]", "7", '"x"']
    assert [text for text in others if read_prompt(text) != text] == []
    long = [{"role": "assistant", "content": "x" * 90_000}, {"role": "user", "content": "add tea"}]
    assert read_prompt(json.dumps(long)) == "add tea"


# Laws ---------------------------------------------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["role", "content", "text", "parts", "type", "messages", "x"])
            | st.text(max_size=3),
            inner,
            max_size=3,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_json_is_a_prompt_that_is_read_as_the_endpoint_does(value: Any) -> None:
    if isinstance(value, list | dict) and value != [None]:  # which is written for none
        assert clean(read_prompt(value)) == clean(json.dumps(value, ensure_ascii=False))
    elif not isinstance(value, str | list | None):
        with pytest.raises(Unreadable, match=r"^prompt: is not text$"):
            read_prompt(value)


@given(st.text(max_size=12) | st.integers() | st.floats() | st.booleans() | JSON)
def test_any_mark_is_read_or_refused_and_case_and_space_make_no_difference(value: Any) -> None:
    def read(mark: Any) -> bool | None:
        try:
            return is_deleted(mark)
        except Unreadable:
            return None

    found = read(value)
    if isinstance(value, str) and value.isascii():
        assert read(f" {value.upper()} ") == found


def test_marks_are_read_by_the_database_as_by_this_program(db: Database) -> None:
    """The two patterns stand in statements, too."""
    from naming.rename.reading import active_pattern

    for mark in (*ACTIVE, *DELETED, *NEITHER):
        found = db.execute("SELECT lower(%s::text) ~ %s", [mark, active_pattern()]).fetchone()
        assert found == (mark in ACTIVE,), mark


def check_array(tmp_path: Path, text: str) -> Ran:
    source, plan = tmp_path / "tasks.json", tmp_path / "plan.jsonl"
    source.write_text(text)
    plan.unlink(missing_ok=True)
    return rename("plan", source, "--plan", plan, "--no-claude")


ONE = '{"id": "1", "owner_id": "a", "name": "task-{1", "display_name": "}\\"]", "prompt": "fix, login", "x": [{"y": "]"}]}'


def test_every_byte_of_an_array_comes_back_wherever_a_read_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"\ufeff \n[\n  {ONE},\r\n\t{ONE.replace('1', '2')} ,{ONE.replace('1', '3')}\n]\n \n"
    for size in (7, 8, 13, 50, 1 << 20):
        monkeypatch.setattr("naming.rename.file_formats.CHUNK", size)
        ran = check_array(tmp_path, text)
        assert (ran.status, len(rows_of(tmp_path / "plan.jsonl"))) == (0, 3), ran.err
        source = tmp_path / "tasks.json"
        assert rename("apply", tmp_path / "plan.jsonl").status == 0
        assert len(json.loads(source.read_text("utf-8-sig"))) == 3
        assert source.read_text() != text
        assert rename("undo", tmp_path / "plan.jsonl").status == 0
        assert source.read_bytes() == text.encode()


def test_an_array_that_is_none_is_one_clear_line(tmp_path: Path) -> None:
    misses = []
    for text, said in (
        ("[", "line 1: an array that is never closed"),
        (f"[{ONE}", "an array that is never closed"),
        (f"[{ONE},", "an array that is never closed"),
        (f"[{ONE[:-9]}", "line 1: not a JSON object"),
        (f"[{ONE}\n{ONE}]", "line 2: not a JSON object, nor an array of them"),
        (f"[{ONE}{ONE}]", "line 1: not a JSON object, nor an array of them"),
        (f"[{ONE}] {ONE}", "line 1: not a JSON object, nor an array of them"),
        (f"[{ONE},]", "not a JSON object, nor an array of them"),
        (f"[\n\n{ONE}, 7]", "line 3: not a JSON object"),
        (f"[{ONE}] x", "not a JSON object"),
        ('[{"a" 1}]', "line 1: not a JSON object"),
        (f"[{ONE},\n{ONE}]", "line 2: id: is there twice"),
    ):
        ran = check_array(tmp_path, text)
        if not ran.refuses(said):
            misses.append((text[-20:], ran.err))
    assert not misses
    assert check_array(tmp_path, " [ ] \n").status == 0


def test_objects_may_go_over_several_lines_without_an_array(tmp_path: Path) -> None:
    text = json.dumps(json.loads(ONE), indent=2)
    other = text.replace('"id": "1"', '"id": "2"')
    assert check_array(tmp_path, f"{text}\n{other}\n").status == 0
    assert len(rows_of(tmp_path / "plan.jsonl")) == 2


def test_an_object_that_never_ends_is_refused_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("naming.rename.file_formats.MAX_RECORD", 1 << 20)
    ran = check_array(tmp_path, "[\n" + ONE[:-1] + " " * 3_000_000)
    assert ran.refuses("line 2: a record of more than 1 million characters")


def test_a_malformed_object_is_told_without_reading_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("naming.rename.file_formats.CHUNK", 1 << 10)
    monkeypatch.setattr("naming.rename.file_formats.MAX_RECORD", 1 << 11)
    lines = "".join(f"{ONE.replace('1', str(n))}\n" for n in range(100, 200))
    assert check_array(tmp_path, f'{{"a" 1}}\n{lines}').refuses("line 1: not a JSON object")
