"""Other processes compute for the one that talks to Claude: the same results, whatever becomes of them."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from concurrent.futures import Future
from contextlib import closing, suppress
from typing import Any

import psutil
import pytest

from naming.extraction import name_from_prompt
from naming.names import TaskName
from naming.outcome import CannotName, Outcome, Reason, Source
from naming.rename import namers
from naming.rename.namers import Namer, ProcessPool, Work, judge, read_chunk
from naming.rename.plan_file import PlanSettings
from naming.rename.tasks import Names, Task
from naming.request import Question
from tests.rename.forked import Forked
from tests.rename.running import environment


def pids(pool: ProcessPool) -> list[int]:
    assert pool._executor is not None
    return list(pool._executor._processes)


ASKED = PlanSettings(
    match="", display_only=False, claude=True, limit=None, shard=None, table=None, columns={}
)


def asks(prompt: str) -> Task:
    return Task("1", None, Names("task-1", None), prompt)


@pytest.mark.parametrize("processes", [0, 1, 2])
def test_a_pool_of_any_size_gives_what_this_process_would(processes: int) -> None:
    name, secret = TaskName("fix-login", "Fix login"), "sk-ant-api03-" + "a1B2" * 20

    tasks = [asks("fix the login button"), asks("---"), asks(f"fix login, {secret}")]

    async def scene() -> Any:
        with closing(ProcessPool(processes)) as pool:
            return await asyncio.gather(
                pool.run(read_chunk, tasks, ASKED),
                pool.run(
                    judge,
                    '{"name": "fix-login", "display_name": "Fix login"}',
                    Question("fix login"),
                ),
                pool.run(judge, "no JSON", Question("fix login")),
                return_exceptions=True,
            )

    (question, nothing, secretive), made, declined = asyncio.run(scene())
    own = TaskName("fix-login-button", "Fix the login button")
    assert question == (Question("fix the login button"), own, [], {}, False)
    assert nothing == (None, None, [], {}, False)
    assert secretive.redacted[0].is_repeated_in(secret)
    assert secret not in str(secretive.question)
    assert made == name
    assert isinstance(declined, CannotName)
    assert declined.reason is Reason.UNREADABLE


def test_a_name_that_holds_what_its_prompt_keeps_secret_is_not_taken() -> None:
    class Repeats(Namer):
        async def ask(self, question: Question) -> TaskName:
            assert "hunter2" not in question.text
            return TaskName("rotate-hunter2hunter2", "Rotate hunter2hunter2")

    prompt = "Rotate the password of the mail server, the password is hunter2hunter2"
    (reading,) = read_chunk([asks(prompt)], ASKED)
    outcome = asyncio.run(Repeats(Work(1, lambda: iter(()), ASKED)).name(reading))
    assert isinstance(outcome, Outcome)
    assert (outcome.source, outcome.reason) == (Source.PROMPT, Reason.NOT_A_NAME)
    assert "hunter2" not in outcome.task_name.display_name


def test_the_tasks_of_a_process_that_is_killed_are_done_here() -> None:
    async def scene() -> list[Any]:
        with closing(ProcessPool(1)) as pool:
            first = await pool.run(name_from_prompt, "fix page one")
            os.kill(pids(pool)[0], signal.SIGKILL)
            rest = await asyncio.gather(
                *(pool.run(name_from_prompt, f"fix page {n}") for n in range(200))
            )
        return [first, *rest]

    names = [outcome.name for outcome in asyncio.run(scene())]
    assert names == ["fix-page-one", *(f"fix-page-{n}" for n in range(200))]


def test_a_task_that_the_pool_has_lost_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene() -> Any:
        with closing(ProcessPool(1)) as pool:
            await pool.run(int, "1")
            monkeypatch.setattr(namers, "LONGEST_SECONDS", 0)
            monkeypatch.setattr(pool._executor, "submit", lambda *_: Future[Any]())
            return await pool.run(int, "2")

    assert asyncio.run(scene()) == 2


def test_a_task_that_fails_fails_for_who_wanted_it_and_the_next_one_is_done() -> None:
    async def scene() -> Any:
        with closing(ProcessPool(1)) as pool:
            return await asyncio.gather(
                pool.run(int, "no number"),
                pool.run(name_from_prompt, "fix page one"),
                return_exceptions=True,
            )

    failed, outcome = asyncio.run(scene())
    assert isinstance(failed, ValueError)
    assert outcome.name == "fix-page-one"


@pytest.mark.parametrize("given", ["1", "no number"])
def test_who_does_not_wait_any_more_disturbs_nobody(given: str) -> None:
    async def scene() -> Any:
        with closing(ProcessPool(1)) as pool:
            gone = asyncio.ensure_future(pool.run(int, given))
            await asyncio.sleep(0)
            await asyncio.sleep(0)  # it is on its way
            gone.cancel()
            await asyncio.gather(gone, return_exceptions=True)
            return await pool.run(int, "2")

    assert asyncio.run(scene()) == 2


def test_no_process_outlives_its_pool_and_none_hears_ctrl_c() -> None:
    async def scene() -> list[int]:
        with closing(ProcessPool(2)) as pool:
            await pool.run(int, "7")
            for pid in pids(pool):
                os.kill(pid, signal.SIGINT)
            assert await asyncio.gather(*(pool.run(int, "7") for _ in range(9))) == [7] * 9
            assert all(map(psutil.pid_exists, pids(pool)))
            return pids(pool)

    for pid in asyncio.run(scene()):
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_a_second_ctrl_c_does_not_keep_the_processes_from_ending() -> None:
    async def scene(closed: ProcessPool) -> list[int]:
        await closed.run(int, "7")
        working = asyncio.ensure_future(closed.run(time.sleep, 0.5))
        await asyncio.sleep(0.1)
        working.cancel()
        return pids(closed)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    again = threading.Timer(0.1, signal.pthread_kill, (threading.get_ident(), signal.SIGINT))
    try:
        pool = ProcessPool(1)
        running = asyncio.run(scene(pool))
        again.start()
        with pytest.raises(KeyboardInterrupt):
            pool.close()
        again.join()
    finally:
        signal.signal(signal.SIGINT, before)
    assert not any(map(psutil.pid_exists, running))


PARENT = """
import asyncio, os, signal
from concurrent.futures import Future
from contextlib import closing
from naming.extraction import name_from_prompt
from naming.request import Question
from naming.rename.namers import ProcessPool

async def scene():
    with closing(ProcessPool(1)) as pool:
        await pool.run(name_from_prompt, "fix page one")
        print(*pool._executor._processes, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(scene())
"""


def test_no_process_outlives_the_one_that_was_killed() -> None:
    parent = Forked(env=environment(), program=PARENT)
    out, _ = parent.communicate()
    assert parent.returncode == -signal.SIGKILL
    with suppress(psutil.NoSuchProcess):
        psutil.Process(int(out)).wait(30)
