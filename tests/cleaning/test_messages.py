"""What a paste says: its lines without what tools put before, and the one that tells most."""

from __future__ import annotations

import time

import pytest
from hypothesis import given

from naming.cleaning import pastes
from naming.cleaning.messages import MAX_LINE, message_of, tell
from naming.cleaning.pastes import drop_pastes
from tests.corpus import misses
from tests.strategies import hostile_text


@given(hostile_text)
def test_a_message_is_no_longer_than_its_line(line: str) -> None:
    assert len(message_of(line)) <= min(len(line), MAX_LINE)


@given(hostile_text)
def test_what_is_told_stands_where_it_is_told_to_stand(text: str) -> None:
    lines = text.split("\n")
    at, message = tell(lines)
    assert message.startswith(message_of(lines[at]) if at >= 0 else "")
    assert (at >= 0) == (message != "")


def test_what_tools_put_before_a_message_goes() -> None:
    cases = [
        ("2031-04-02T08:00:01.120Z ERROR gate is shut", "gate is shut"),
        ("[2031-04-02 08:00:01,120] [main] WARN: gate is shut", "gate is shut"),
        ("Tue Apr 02 08:00:01 pier1 gated[812]: gate is shut", "gate is shut"),
        (
            "04-02 08:00:01.120  811  902 E Gate: com.pier.LockedException: shut",
            "LockedException: shut",
        ),
        ("[ 12.034411] gate is shut", "gate is shut"),
        ("##[error]gate is shut", "gate is shut"),
        ("==812== gate is shut", "gate is shut"),
        ("==812== 4,096 bytes in 2 blocks are lost", "4,096 bytes in 2 blocks are lost"),
        ("gate-1  | gate is shut", "gate is shut"),
        ("│ Error: gate is shut", "gate is shut"),
        ("  ● gate › is shut", "gate › is shut"),
        ("E       AssertionError: gate is shut", "AssertionError: gate is shut"),
        ("src/gate.ts:8:3 - error TS2322: gate is shut", "gate is shut"),
        ("C:\\src\\Gate.cs(8,3): error CS8602: gate is shut", "gate is shut"),
        ("error[E0502]: gate is shut", "gate is shut"),
        ("#11 1.902 npm error gate is shut", "gate is shut"),
        ("npm ERR! gate is shut", "gate is shut"),
        ("/usr/bin/ld: error: gate is shut", "gate is shut"),
        ("FAILED tests/test_gate.py::test_shut - no", "test_shut - no"),
        ("_______ test_shut _______", "test_shut"),
        ("Uncaught (in promise) TypeError: shut", "TypeError: shut"),
        ('Exception in thread "main" java.lang.GateException: shut', "GateException: shut"),
        ("Caused by: com.pier.GateException: shut", "GateException: shut"),
        ("thread 'main' panicked at src/gate.rs:8:3: gate is shut", "gate is shut"),
        ('{"level":"error","msg":"gate is shut","id":4}', "gate is shut"),
        ('level=error msg="gate is shut" id=4', "gate is shut"),
        ("6s   Warning   Shut   pod/gate   gate is shut for good", "gate is shut for good"),
        ("2031/04/02 08:00:01 [error] 81#81: *4 gate is shut", "gate is shut"),
        ("error: failed to open the gate", "failed to open the gate"),
        ("TypeError: Failed to fetch", "TypeError: Failed to fetch"),
        ("No gate '/srv/pier/gates/north.json'", "No gate 'north.json'"),
        ('Cannot open "com.pier.gates.North.lock()"', 'Cannot open "North.lock()"'),
        (
            "No gate at @pier/gates or https://pier.example/a/b",
            "No gate at @pier/gates or https://pier.example/a/b",
        ),
        ("Type 'Gate | null' is not a Gate", "Type 'Gate|null' is not a Gate"),
        ("E0402 08:00:01.120  1 gate.go:8] gate is shut", "gate is shut"),
        ("(node:81) GateWarning: gate is shut", "GateWarning: gate is shut"),
        ("ERROR 1062 (23000): gate is shut", "gate is shut"),
        ("/src/Gate.java:[42,17] gate is shut", "gate is shut"),
        ("(venv) ann@pier:~/gates$ open north", "open north"),
        ("gate is shut", "gate is shut"),
    ]
    assert misses(message_of, cases) == []


def said(text: str) -> str:
    return tell(text.split("\n"))[1]


def test_of_the_lines_of_a_paste_one_tells_most() -> None:
    cases = [
        ("gate.c:3:1: error: no toll\ngate.c:9:1: error: no badge", "no toll"),
        ("KeyError: 'toll'\nGateError: no badge", "GateError: no badge"),
        ("A: GateError here\nGateError: no badge", "GateError: no badge"),
        ("GateError: no badge\nCaused by: KeyError: toll\nLockError: no", "KeyError: toll"),
        ("ERROR gate hangs\nINFO gate failed", "gate hangs"),
        ("error: gate shut\nerror: gate shut on all piers", "gate shut on all piers"),
        ("hint: try what failed\ngate not open", "gate not open"),
        ("if failed then lock(\ngate not open", "gate not open"),
        ("Build failed with an exception\ngate not open", "gate not open"),
        ("error during lock:\n\ngate not open", "gate not open"),
        ("GateError:\nno badge", "GateError: no badge"),
        ("FAIL test/gate.ts > gate > shuts\nAssertionError: no badge", "gate > shuts"),
        ("gate is oiled\ngate can't open", "gate can't open"),
        ("gate is oiled\ngate doesn't open", "gate doesn't open"),
        ("error\nfatal: shut", ""),
        ("all gates open\nall well", ""),
    ]
    assert misses(said, cases) == []


def test_what_stands_between_lines_of_output_goes_with_them() -> None:
    cases = [
        (
            "$ pier sync\nReading berths\nhalf of them\n2 failed, 4 passed\nmake it quicker",
            "make it quicker: pier sync",
        ),
        (
            "$ pier sync\nhalf of them\n\n1 failed, 4 passed\n\nset a timeout for it",
            "set a timeout for it: pier sync",
        ),
        (
            "why is that?\n$ pier sync\npier: berth 4 not found\nDone in 4 s",
            "why is that?\npier: berth 4 not found",
        ),
        (
            "(venv) ann@pier:~/gates$ pier list\nGROUP  GATE  SHUT\nnorth  1  yes\n\nopen them all",
            "open them all: pier list",
        ),
        (
            (
                "  + Exception Group Traceback (most recent call last):\n"
                '  |   File "/srv/gate.py", line 3, in <module>\n  |     main()\n'
                "  |     ~~~~^^\n  | GateError: two gates failed\n\n"
                "one gate must not close the other"
            ),
            "GateError: two gates failed\n\none gate must not close the other",
        ),
        ("A gate.  It is shut.  It was open.\n\nwhy", "A gate.  It is shut.  It was open.\n\nwhy"),
        ("$ pier sync\n\nwhat does it do", "$ pier sync\n\nwhat does it do"),
        ("Warning: it is\n\nlate", "Warning: it is\n\nlate"),
    ]
    assert misses(drop_pastes, cases) == []


@pytest.mark.parametrize(
    "line",
    [
        "2031-04-02 08:00:01 gate up",
        "04-02 08:00:01.120 D Gate: up",
        "Apr  2 08:00:01 pier gated: up",
        "[   12] gate up",
        "[ 12.034411] gate up",
        "[gate] up",
        "INFO gate up",
        "I0402 08:00:01.120 1 gate.go:8] up",
        "10.0.0.7 - - [02/Apr/2031] GET /gate",
        'level=info gate=north msg="up"',
        '{"ts":1,"msg":"up"}',
        "(node:81) gate up",
        "HTTP/2 200",
        "PHP Notice: gate up",
        "kernel: gate up",
        "Step 3/9 : RUN gate",
        "=> [gate 3/9] RUN gate",
        "│ gate up",
        "✓ gate up",
        "==812== gate up",
        "gate-1  | up",
        "src/gate.ts:8:3",
        "~/gates$ ls",
        "ann@pier:~/gates$ ls",
        "sqlite> select up",
        "TASK [gate : up]",
        "--- FAIL: TestGate",
        "3 tests passed",
        "==== gate ====",
        "-----+------",
        "(3 rows)",
        "gate  shut  since",
        "gate\tshut\tsince",
        "commit 3f1c2aa",
        " src/gate.ts | 4 ++--",
        "2 files changed",
        "error: gate shut",
        "E   GateError: shut",
    ],
)
def test_what_tools_write_is_no_prose(line: str) -> None:
    assert line not in drop_pastes(f"please open the north gate for me now\n\n{line}\n{line}")


@pytest.mark.parametrize(
    "line",
    [
        "import gate",
        "from pier.gates import gate",
        "local gate = 3",
        "GATE_KEY=",
        "FROM gates",
        "GROUP BY pier",
    ],
)
def test_a_run_of_code_needs_no_marks_at_its_ends(line: str) -> None:
    text = f"please open the north gate for me now\n\n{line}\n{line}\n{line}"
    assert line not in drop_pastes(text)
    assert line in drop_pastes(text.removesuffix(line))


def test_a_configuration_with_a_wish_beside_it_is_code_and_alone_it_is_a_form() -> None:
    config = "gates:\n  north:\n    opens: 8\n    keys:\n      - red\n  south:\n    opens: 9"
    assert drop_pastes(f"{config}\n\nopen both at seven").strip() == "open both at seven"
    assert drop_pastes(config) == config
    steps = "the gate is stuck\n\nsteps:\n  - open it\n  - shut it\n  - open it"
    assert drop_pastes(steps) == steps
    table = "[gate.north]\n\n[gate.south]\n\n[gate.east]\n\nopen all three at seven"
    assert drop_pastes(table).strip() == "open all three at seven"


def test_a_remark_on_a_line_of_code_is_no_output() -> None:
    remark = "gates/north.hbs:88\nann: third copy of this. Say it once\n\nmind the tests"
    assert drop_pastes(remark) == remark


def test_lines_of_json_that_somebody_says_are_no_log() -> None:
    lines = '{"role": "user", "content": "Add tea"}\n{"role": "user", "content": "Add milk"}'
    assert drop_pastes(lines) == lines


@pytest.mark.parametrize("unit", ["[x] ", "1:2 ", "a.b ", "x\t", "===== x ", "error:\n", "a: "])
def test_a_long_paste_costs_no_more_a_line_than_a_short_one(unit: str) -> None:
    def seconds(count: int) -> float:
        started = time.process_time()
        pastes.drop_pastes("$ a\n" + unit * count + "\n$ b")
        return time.process_time() - started

    assert min(seconds(4_000) for _ in range(2)) < 8 * max(
        0.005, min(seconds(1_000) for _ in range(2))
    )


def test_so_much_of_a_line_is_looked_at_and_no_more() -> None:
    assert len(message_of("a" * (2 * MAX_LINE))) == MAX_LINE
