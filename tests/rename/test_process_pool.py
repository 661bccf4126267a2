"""Other processes compute for the one that talks to Claude: the same results, whatever becomes of them."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from contextlib import suppress
from typing import Any

import psutil
import pytest

from naming.names import TaskName
from naming.outcome import CannotName, Outcome, Reason, Source
from naming.rename import process_pool
from naming.rename.process_pool import ProcessPool, name_unasked, open_pool, run_chunk


def pids(pool: ProcessPool) -> list[int]:
    assert pool._executor is not None
    return list(pool._executor._processes)


@pytest.mark.parametrize("processes", [0, 1, 2])
def test_a_pool_of_any_size_gives_what_this_process_would(processes: int) -> None:
    async def scene() -> Any:
        async with open_pool(processes) as pool:
            return await asyncio.gather(
                pool.name_without_key("fix the login button"),
                pool.name_unasked("fix the login button"),
                pool.read_question("fix the login button"),
                pool.read_question("---"),
                pool.judge_reply('{"name": "fix-login", "display_name": "Fix login"}', "fix login"),
                pool.judge_reply("no JSON", "fix login"),
                pool.conclude("fix login", TaskName("fix-login", "Fix login")),
                return_exceptions=True,
            )

    keyless, unasked, question, nothing, judged, declined, concluded = asyncio.run(scene())
    name = TaskName("fix-login-button", "Fix the login button")
    assert keyless == Outcome(name, Source.PROMPT, Reason.NO_API_KEY)
    assert unasked == Outcome(name, Source.PROMPT, Reason.NOT_ASKED)
    assert question == ("fix the login button", unasked)
    assert (nothing[0], nothing[1].source) == ("", Source.RANDOM)
    assert judged == TaskName("fix-login", "Fix login")
    assert isinstance(declined, CannotName)
    assert declined.reason is Reason.UNREADABLE
    assert concluded == Outcome(judged, Source.CLAUDE)


def test_the_tasks_of_a_process_that_is_killed_are_done_here() -> None:
    async def scene() -> list[Outcome]:
        async with open_pool(1) as pool:
            first = await pool.name_unasked("fix page one")
            os.kill(pids(pool)[0], signal.SIGKILL)
            rest = await asyncio.gather(*(pool.name_unasked(f"fix page {n}") for n in range(200)))
        return [first, *rest]

    names = [outcome.task_name.name for outcome in asyncio.run(scene())]
    assert names == ["fix-page-one", *(f"fix-page-{n}" for n in range(200))]


def test_a_task_that_fails_fails_for_who_wanted_it_and_the_next_one_is_done() -> None:
    async def scene() -> Any:
        async with open_pool(1) as pool:
            return await asyncio.gather(
                pool._run(name_unasked, "a text too", "many"),
                pool.name_unasked("fix page one"),
                return_exceptions=True,
            )

    failed, outcome = asyncio.run(scene())
    assert isinstance(failed, TypeError)
    assert outcome.task_name.name == "fix-page-one"


def test_a_chunk_gives_the_result_of_each_of_its_tasks() -> None:
    outcome, failed = run_chunk([(name_unasked, ("fix page one",)), (name_unasked, ())])
    assert outcome.task_name.name == "fix-page-one"
    assert isinstance(failed, TypeError)
    process_pool._loop().close()
    process_pool._loop.cache_clear()


@pytest.mark.parametrize("given", [("fix page one",), ()])
def test_who_does_not_wait_any_more_disturbs_nobody(given: tuple[str, ...]) -> None:
    async def scene() -> Outcome:
        async with open_pool(1) as pool:
            gone = asyncio.ensure_future(pool._run(name_unasked, *given))
            await asyncio.sleep(0)
            await asyncio.sleep(0)  # it is on its way
            gone.cancel()
            await asyncio.gather(gone, return_exceptions=True)
            return await pool.name_unasked("fix page two")

    assert asyncio.run(scene()).task_name.name == "fix-page-two"


def test_no_process_outlives_its_pool_and_none_hears_ctrl_c() -> None:
    async def scene() -> list[int]:
        async with open_pool(2) as pool:
            await pool.name_unasked("fix page one")
            for pid in pids(pool):
                os.kill(pid, signal.SIGINT)
            outcomes = await asyncio.gather(*(pool.name_unasked("fix page one") for _ in range(9)))
            assert {outcome.task_name.name for outcome in outcomes} == {"fix-page-one"}
            assert all(map(psutil.pid_exists, pids(pool)))
            return pids(pool)

    for pid in asyncio.run(scene()):
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


PARENT = """
import asyncio, os, signal
from naming.rename.process_pool import open_pool

async def scene():
    async with open_pool(1) as pool:
        await pool.name_unasked("fix page one")
        print(*pool._executor._processes, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(scene())
"""


def test_no_process_outlives_the_one_that_was_killed() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PARENT], capture_output=True, text=True, check=False
    )
    assert ran.returncode == -signal.SIGKILL
    with suppress(psutil.NoSuchProcess):
        psutil.Process(int(ran.stdout)).wait(30)
