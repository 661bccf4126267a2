"""Benchmarks run for minutes and write pages: nobody should start one who only asks what it does."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
PROGRAMS = sorted(
    path for path in BENCHMARKS.glob("*.py") if '__name__ == "__main__"' in path.read_text("utf-8")
)


def status(program: Path, argument: str, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setattr(sys, "argv", [str(program), argument])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(program), run_name="__main__")
    return ended.value.code


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_a_benchmark_tells_what_it_does_and_refuses_what_it_does_not_know(
    program: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status(program, "--help", monkeypatch) == 0
    told = capsys.readouterr().out
    assert program.read_text("utf-8").split('"""')[1].split()[0] in told.split()
    assert status(program, "--nonsense", monkeypatch) == 2
    assert capsys.readouterr().err.startswith("usage: ")


def test_there_are_benchmarks_to_ask() -> None:
    assert len(PROGRAMS) >= 14
