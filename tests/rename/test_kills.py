"""Planning and applying are killed at random moments, while others rename, delete and create tasks."""

from __future__ import annotations

import random
import signal
import threading
import time
from itertools import count
from typing import TYPE_CHECKING, Any, Self

import pytest

from tests.fake_claude import fake_claude, hangs, names
from tests.rename.postgres import connect
from tests.rename.running import rename, rows_of, start

if TYPE_CHECKING:
    from asyncio import StreamWriter
    from pathlib import Path

    from tests.fake_claude import Request
    from tests.rename.conftest import Database

TASKS = 6_000
KILLS = 4
ANSWERED = 5
PATIENCE_SECONDS = 300.0


def fill(db: Database) -> None:
    db.execute(
        "INSERT INTO tasks (owner_id, name, display_name, prompt) SELECT md5((i %% 20)::text)::uuid, 'task-go-' || i,"
        " 'Task ' || i, 'fix the login button of page ' || i %% 50 FROM generate_series(1, %s) AS i",
        [TASKS],
    )


def state(db: Database) -> dict[str, tuple[Any, ...]]:
    rows = db.execute(
        "SELECT id::text, owner_id::text, name, display_name, prompt, deleted_at FROM tasks"
    ).fetchall()
    return {str(row[0]): tuple(row[1:]) for row in rows}


def chance_of(seed: int) -> random.Random:
    return random.Random(seed)  # so that a failure can be seen again


class Writers:
    """Somebody else at work: renames, deletes and creates tasks, and remembers which."""

    def __init__(self, address: str, seed: int) -> None:
        self.touched: set[str] = set()
        self._address = address
        self._random = chance_of(seed)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _work(self) -> None:
        with connect(self._address) as db:
            ids = [str(row[0]) for row in db.execute("SELECT id FROM tasks").fetchall()]
            number = 0
            while not self._stop.is_set():
                number += 1
                id_ = self._random.choice(ids)
                self.touched.add(id_)
                if number % 3:
                    db.execute("UPDATE tasks SET name = %s WHERE id = %s", [f"mine-{number}", id_])
                else:
                    db.execute("UPDATE tasks SET deleted_at = now() WHERE id = %s", [id_])
                db.execute(
                    "INSERT INTO tasks (owner_id, name) SELECT owner_id, 'fix-login-button-page-' || %s FROM tasks"
                    " WHERE id = %s ON CONFLICT DO NOTHING",
                    [self._random.randrange(100), id_],
                )
                time.sleep(0.01)


def killed(*arguments: object, chance: random.Random) -> int:
    process = start(*arguments)
    try:
        process.wait(chance.uniform(0.02, 0.5))
    except Exception:  # noqa: BLE001 # it still runs, as it should
        process.send_signal(signal.SIGKILL)
    return process.wait()


@pytest.mark.slow  # a loop of kills
def test_a_plan_killed_again_and_again_is_the_plan_of_one_go(
    db: Database, postgres: str, tmp_path: Path
) -> None:
    fill(db)
    whole, often, chance = tmp_path / "whole.jsonl", tmp_path / "often.jsonl", chance_of(1)
    assert rename("plan", postgres, "--plan", whole, "--no-claude").status == 0
    for _ in range(KILLS):
        killed("plan", postgres, "--plan", often, "--no-claude", chance=chance)
    assert rename("plan", postgres, "--plan", often, "--no-claude").status == 0
    assert often.read_bytes() == whole.read_bytes()


@pytest.mark.slow  # a loop of kills
def test_apply_and_undo_killed_beside_writers_leave_every_task_old_or_new(
    db: Database, postgres: str, tmp_path: Path
) -> None:
    fill(db)
    plan, chance = tmp_path / "plan.jsonl", chance_of(2)
    assert rename("plan", postgres, "--plan", plan, "--no-claude").status == 0
    rows = {row["id"]: row for row in rows_of(plan)}
    assert len(rows) == TASKS
    before = state(db)
    with Writers(postgres, 3) as writers:
        for verb in ("apply", "undo", "apply"):
            for _ in range(KILLS - 2):
                killed(verb, plan, chance=chance)
                check_whole(rows, state(db), writers)
        ran = rename("apply", plan)
    after = state(db)
    check_whole(rows, after, writers)
    left = {line.split(":")[1].removeprefix(" task ") for line in ran.err.splitlines()}
    still_old = {id_ for id_, row in rows.items() if after[id_][1] == row["old_name"]}
    assert still_old <= left | writers.touched
    ran = rename("undo", plan)
    assert ran.out.endswith(" left\n")
    undone = state(db)
    for id_ in rows.keys() - writers.touched:
        assert undone[id_] == before[id_]
    assert db.execute(
        "SELECT count(*) FROM (SELECT 1 FROM tasks WHERE deleted_at IS NULL GROUP BY owner_id, lower(name)"
        " HAVING count(*) > 1) AS twice"
    ).fetchone() == (0,)


def check_whole(rows: dict[str, Any], now: dict[str, tuple[Any, ...]], writers: Writers) -> None:
    """Every task that nobody else touched is called wholly as before or wholly as planned."""
    touched = set(writers.touched)
    for id_, row in rows.items():
        names = now[id_][1:3]
        old, new = (
            (row["old_name"], row["old_display_name"]),
            (row["new_name"], row["new_display_name"]),
        )
        assert names in {old, new} or id_ in touched


@pytest.mark.slow  # a loop of kills
def test_a_file_killed_while_it_is_rewritten_is_old_or_new(tmp_path: Path) -> None:
    source, plan, chance = tmp_path / "tasks.csv", tmp_path / "plan.jsonl", chance_of(4)
    lines = [
        f"{n},{n % 9},task-{n},Task {n},fix the login button of page {n % 50}\r\n"
        for n in range(TASKS)
    ]
    source.write_text("id,owner_id,name,display_name,prompt\r\n" + "".join(lines), newline="")
    old = source.read_bytes()
    for _ in range(2):
        killed("plan", source, "--plan", plan, "--no-claude", chance=chance)
    assert rename("plan", source, "--plan", plan, "--no-claude").status == 0
    assert rename("apply", plan).status == 0
    new = source.read_bytes()
    for verb in ("undo", "apply", "undo"):
        for _ in range(2):
            killed(verb, plan, chance=chance)
            assert source.read_bytes() in {old, new}
    assert rename("undo", plan).status == 0
    assert source.read_bytes() == old


def test_ctrl_c_ends_a_run_with_one_line_and_its_status(
    db: Database, postgres: str, tmp_path: Path
) -> None:
    fill(db)
    plan, good, answered = tmp_path / "plan.jsonl", names(), count(1)

    async def behave(request: Request, writer: StreamWriter) -> None:
        await (good if next(answered) <= ANSWERED else hangs)(
            request, writer
        )  # so that it is not done before

    with fake_claude() as claude:
        claude.behave = behave
        process = start(
            "plan", postgres, "--plan", plan, "--concurrency", "1",
            ANTHROPIC_API_KEY="k", ANTHROPIC_BASE_URL=claude.url, NAMING_CALL_TIMEOUT_MS="600000",
        )  # fmt: skip
        while (
            len(claude.requests) <= ANSWERED or plan.read_bytes().count(b"\n") < 2
        ):  # a header and a task
            assert process.poll() is None, process.communicate()
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 130, err
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith("naming: interrupted; ")
    assert err.endswith(f" tasks are planned in {plan}; the same command goes on\n")
    assert 0 < len(rows_of(plan)) < TASKS
