"""At a terminal: a bar shows how far the work is, lines stay whole beside it, and results go to standard output."""

from __future__ import annotations

import os
import pty
import re
import termios
import threading
from contextlib import (
    AbstractContextManager,
    contextmanager,
    nullcontext,
    redirect_stderr,
    redirect_stdout,
)
from io import StringIO
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest

from naming.cli import main
from naming.rename.terminal import Stopped, tell_result
from tests.rename.forked import RUN, Forked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEADER = "id,owner_id,name,display_name,prompt\n"


@contextmanager
def terminal() -> Iterator[list[bytes]]:
    """Have standard error be a terminal; gives what is written on it, whole once this is left."""
    master, slave = pty.openpty()
    termios.tcsetwinsize(slave, (24, 100))
    shown: list[bytes] = []

    def read() -> None:
        while True:
            try:
                shown.append(os.read(master, 65_536))
            except OSError:  # the last writer has gone
                return

    reading = threading.Thread(target=read)
    with os.fdopen(slave, "w", buffering=1) as screen:
        reading.start()
        with redirect_stderr(screen):
            yield shown
    reading.join()
    os.close(master)


def at_terminal(*arguments: object) -> tuple[int, str, str]:
    out = StringIO()
    with terminal() as shown, redirect_stdout(out):
        status = main(["rename", *map(str, arguments)])
    return status, out.getvalue(), b"".join(shown).decode()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "tasks.csv"
    path.write_text(
        HEADER + "".join(f"{n},a,task-{n},,fix page {n}\n" for n in range(40)) + "x,a,kept,,p\n"
    )
    return path


def test_a_bar_shows_how_many_of_how_many_and_leaves_the_results_alone(
    source: Path, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.jsonl"
    status, out, shown = at_terminal("plan", source, "--plan", plan, "--no-claude")
    assert (status, out.splitlines()[0]) == (0, f"{plan}: 40 tasks planned")
    assert re.search(r"0%\|.*\| 0/40 \[", shown)
    assert re.search(r"100%\|.*\| 40/40 \[[0-9:]+<[0-9:]+, .* tasks/s\]", shown)
    assert shown.endswith("\n")


def test_a_bar_goes_on_where_the_plan_was(source: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.jsonl"
    at_terminal("plan", source, "--plan", plan, "--no-claude")
    plan.write_bytes(
        b"".join(plan.read_bytes().splitlines(keepends=True)[:31]).replace(
            b'"rows":          40', b'"rows":        null'
        )
    )
    _, out, shown = at_terminal("plan", source, "--plan", plan, "--no-claude")
    assert out.startswith(f"{plan}: 40 tasks planned, 10 of them now\n")
    assert "| 30/40 [" in shown
    assert "| 40/40 [" in shown


@pytest.mark.parametrize("verb", ["apply", "undo"])
def test_a_line_beside_the_bar_is_a_line_of_its_own(
    source: Path, tmp_path: Path, verb: str
) -> None:
    plan = tmp_path / "plan.jsonl"
    at_terminal("plan", source, "--plan", plan, "--no-claude")
    if verb == "undo":
        at_terminal("apply", plan)
    source.write_text(re.sub(r"(?m)^7,a,[^,]*", "7,a,mine", source.read_text()))
    status, out, shown = at_terminal(verb, plan)
    assert (status, out) == (
        1,
        f"39 {'renamed' if verb == 'apply' else 'put back'}, 0 had been already, 1 left\n",
    )
    assert "left: task 7: it was renamed since" in re.split(r"[\r\n]+", shown)
    assert "| 40/40 [" in shown


def test_an_estimate_shows_how_many_it_has_counted(source: Path) -> None:
    status, out, shown = at_terminal("plan", source, "--estimate")
    assert status == 0
    assert out.startswith("40 tasks, ")
    assert "40 tasks [" in shown


def test_what_ends_early_is_said_below_the_bar(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("naming.rename.files.os.pwrite", full)
    status, out, shown = at_terminal(
        "plan", source, "--plan", tmp_path / "plan.jsonl", "--no-claude"
    )
    assert (status, out) == (1, "")
    last = shown.rstrip().splitlines()[-1]
    assert last.startswith(
        f"naming: {tmp_path / 'plan.jsonl'}: No space left on device; what was written stays; 40 tasks"
    )


def test_the_bar_of_a_limited_plan_ends_at_its_limit(source: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.jsonl"
    *_, shown = at_terminal("plan", source, "--plan", plan, "--no-claude", "--limit", "13")
    assert re.search(r"100%\|.*\| 13/13 \[", shown)
    plan.unlink()
    *_, shown = at_terminal("plan", source, "--plan", plan, "--no-claude", "--only", "cut-titles")
    assert re.search(r"40 tasks \[", shown)


@pytest.mark.parametrize(
    ("error", "ends"),
    [(OSError(28, "No space left on device"), pytest.raises(Stopped)), (BrokenPipeError(), nullcontext())],
)  # fmt: skip
def test_a_result_is_said_where_it_cannot_be_printed(
    error: OSError,
    ends: AbstractContextManager[object],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    discarded: list[None] = []
    monkeypatch.setattr("naming.rename.terminal.discard_output", lambda: discarded.append(None))
    screen = StringIO()
    monkeypatch.setattr(screen, "flush", Mock(side_effect=error))
    with redirect_stdout(screen), ends:
        tell_result("3 renamed", "0 left")
    assert capsys.readouterr().err == "3 renamed\n0 left\n"
    assert discarded == [None]


NO_OUTPUT = {
    "a full disk": ("os.dup2(os.open('/dev/full', os.O_WRONLY), 1)", "No space left on device"),
    "a closed stream": ("os.close(1)", "Bad file descriptor"),
    "a reader that has gone": ("read, write = os.pipe(); os.close(read); os.dup2(write, 1)", ""),
}


@pytest.mark.parametrize(("output", "why"), NO_OUTPUT.values(), ids=NO_OUTPUT)
def test_a_result_that_cannot_be_written_is_said_and_is_no_wrong_usage(
    source: Path, tmp_path: Path, output: str, why: str
) -> None:
    def ran(*arguments: object) -> tuple[int, str]:
        program = f"import os; {output}; {RUN}"
        given = ["rename", *map(str, arguments)]
        process = Forked(*given, env=dict(os.environ), program=program)
        _, said = process.communicate(60)
        assert not why or f"\nnaming: standard output cannot be written: {why}" in said
        return process.wait(), said

    plan, before, failed = tmp_path / "plan.jsonl", source.read_bytes(), 1 if why else 0
    planning = ("plan", source, "--plan", plan, "--no-claude")
    for done, arguments in {
        f"{plan}: 40 tasks planned\n": planning,
        f"{plan}: whole already, 40 tasks\n": planning,
        "40 renamed, 0 had been already, 0 left\n": ("apply", plan),
        "0 renamed, 40 had been already, 0 left\n": ("apply", plan),
        "40 put back, 0 had been already, 0 left\n": ("undo", plan),
    }.items():
        status, said = ran(*arguments)
        assert (status, said.startswith(done)) == (failed, True), said
    assert source.read_bytes() == before
    source.write_text(re.sub(r"(?m)^7,a,[^,]*", "7,a,mine", source.read_text()))
    assert ran("apply", plan)[0] == 1  # whoever reads it or not, a task was left
