"""Other processes compute for the one that talks to Claude: the same results, whatever becomes of them."""

from __future__ import annotations

import asyncio
import io
import json
import os
import signal
import sys
from itertools import chain
from types import SimpleNamespace
from typing import Any

import pytest

from naming.names import TaskName
from naming.outcome import CannotName, Outcome, Reason, Source
from naming.rename.crew import Crew, open_crew
from naming.rename.crew_jobs import JOBS, main

JOBS_TO_DO: list[tuple[str, list[str]]] = [
    ("name_unasked", ["fix the login button"]),
    ("name_without_key", ["fix the login button"]),
    ("name_unasked", [""]),
    ("read_question", ["fix the login button"]),
    ("read_question", ["---"]),
    ("judge_reply", ['{"name": "fix-login", "display_name": "Fix login"}', "fix login"]),
    ("judge_reply", ["no JSON", "fix login"]),
    ("conclude", ["fix login", "fix-login", "Fix login"]),
]


def here(job: str, texts: list[str]) -> Any:
    return asyncio.run(JOBS[job](*texts))  # type: ignore[arg-type]


def same(ours: Any, theirs: Any) -> bool:
    """Tell whether two results are one, a random name aside."""
    return bool(ours == theirs) or (ours[-2:] == theirs[-2:] and ours[-2] == Source.RANDOM)


def test_a_process_answers_lines_of_jobs_until_there_are_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = [JOBS_TO_DO[:5], [], JOBS_TO_DO[5:]]
    questions = io.BytesIO(b"".join(json.dumps(line).encode() + b"\n" for line in lines))
    answers = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=questions))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=answers))
    main()
    results = [json.loads(line) for line in answers.getvalue().splitlines()]
    assert [len(line) for line in results] == [5, 0, 3]
    for (job, texts), result in zip(JOBS_TO_DO, chain.from_iterable(results), strict=True):
        assert same(here(job, texts), result), job


@pytest.mark.parametrize("processes", [0, 1, 2])
def test_a_crew_of_any_size_gives_what_this_process_would(processes: int) -> None:
    async def scene(crew: Crew) -> Any:
        return await asyncio.gather(
            crew.name_without_key("fix the login button"),
            crew.name_unasked("fix the login button"),
            crew.read_question("fix the login button"),
            crew.judge_reply('{"name": "fix-login", "display_name": "Fix login"}', "fix login"),
            crew.judge_reply("no JSON", "fix login"),
            crew.conclude("fix login", TaskName("fix-login", "Fix login")),
            return_exceptions=True,
        )

    async def run() -> Any:
        async with open_crew(processes) as crew:
            return await scene(crew)

    keyless, unasked, (text, unanswered), judged, declined, concluded = asyncio.run(run())
    name = TaskName("fix-login-button", "Fix the login button")
    assert keyless == Outcome(name, Source.PROMPT, Reason.NO_API_KEY)
    assert unasked == unanswered == Outcome(name, Source.PROMPT, Reason.NOT_ASKED)
    assert text == "fix the login button"
    assert judged == TaskName("fix-login", "Fix login")
    assert isinstance(declined, CannotName)
    assert declined.reason is Reason.UNREADABLE
    assert concluded == Outcome(judged, Source.CLAUDE)


def test_the_jobs_of_a_process_that_is_killed_are_done_here() -> None:
    async def scene() -> list[Outcome]:
        async with open_crew(1) as crew:
            first = await crew.name_unasked("fix page one")
            os.kill(crew._processes[0].pid, signal.SIGKILL)
            rest = await asyncio.gather(*(crew.name_unasked(f"fix page {n}") for n in range(200)))
        return [first, *rest]

    outcomes = asyncio.run(scene())
    assert [outcome.task_name.name for outcome in outcomes[:3]] == [
        "fix-page-one",
        "fix-page-0",
        "fix-page-1",
    ]
    assert len(outcomes) == 201


def test_a_job_that_fails_fails_for_who_wanted_it_and_the_next_one_is_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def scene() -> tuple[Any, Outcome]:
        async with open_crew(1) as crew:
            failed = await asyncio.gather(
                crew._do("judge_reply", "a text too few"), return_exceptions=True
            )
            return failed[0], await crew.name_unasked("fix page one")

    failed, outcome = asyncio.run(scene())
    assert isinstance(failed, TypeError)
    assert outcome.task_name.name == "fix-page-one"


@pytest.mark.parametrize("job", ["name_unasked", "no such job"])
def test_who_does_not_wait_any_more_disturbs_nobody(job: str) -> None:
    async def scene() -> Outcome:
        async with open_crew(1) as crew:
            gone = asyncio.ensure_future(crew._do(job, "fix page one"))
            await asyncio.sleep(0.01)  # it is on its way
            gone.cancel()
            await asyncio.gather(gone, return_exceptions=True)
            return await crew.name_unasked("fix page two")

    assert asyncio.run(scene()).task_name.name == "fix-page-two"


def test_no_process_outlives_its_crew_and_none_hears_ctrl_c() -> None:
    async def scene() -> list[int]:
        async with open_crew(2) as crew:
            await crew.name_unasked("fix page one")
            pids = [process.pid for process in crew._processes]
            assert all(os.getsid(pid) == pid for pid in pids)
            return pids

    for pid in asyncio.run(scene()):
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
