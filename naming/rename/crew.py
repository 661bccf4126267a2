"""A crew of processes for the computing that naming takes, so that whoever talks to Claude does nothing else."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import naming
from naming.names import TaskName
from naming.outcome import CannotName, Reason
from naming.rename.crew_jobs import JOBS, Job, Result, read_outcome

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from naming.outcome import Outcome

JOBS_A_MESSAGE: Final = 64
LONGEST_MESSAGE_BYTES: Final = 1 << 26
_PROGRAM: Final = "from naming.rename.crew_jobs import main; main()"


class Crew:
    """Does jobs in other processes, those that wait at the same moment together.

    In this one where it has none.
    """

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[tuple[Job, asyncio.Future[Result]]] = asyncio.Queue()
        self._processes: list[Process] = []
        self._serving: list[asyncio.Task[None]] = []

    async def name_without_key(self, prompt: str) -> Outcome:
        """Name by the prompt's own words, for want of a key."""
        return read_outcome(await self._do("name_without_key", prompt))

    async def name_unasked(self, prompt: str) -> Outcome:
        """Name by the prompt's own words, by choice."""
        return read_outcome(await self._do("name_unasked", prompt))

    async def read_question(self, prompt: str) -> tuple[str, Outcome]:
        """Find what Claude is to be asked, empty for nothing, and the outcome for want of an answer."""
        text, *outcome = await self._do("read_question", prompt)
        return text, read_outcome(outcome)

    async def judge_reply(self, reply: str, text: str) -> TaskName:
        """Make a name of Claude's reply to cleaned `text`. Raises CannotName."""
        name, display_name, reason = await self._do("judge_reply", reply, text)
        if reason is not None:
            raise CannotName(Reason(reason))
        return TaskName(name, display_name)

    async def conclude(self, prompt: str, name: TaskName) -> Outcome:
        """Take a name of Claude's for a prompt, unless it holds what the prompt keeps secret."""
        return read_outcome(await self._do("conclude", prompt, *name))

    async def start(self, processes: int) -> None:
        """Start processes that end by themselves when this one does."""
        path = [
            str(Path(naming.__file__).parent.parent),
            *os.environ.get("PYTHONPATH", "").split(os.pathsep),
        ]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(part for part in path if part)}
        for _ in range(processes):
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-c", _PROGRAM,
                stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=environment, limit=LONGEST_MESSAGE_BYTES,
                start_new_session=True,  # Ctrl-C is for this process to answer
            )  # fmt: skip
            self._processes.append(process)
            self._serving.append(asyncio.ensure_future(self._serve(process)))

    async def stop(self) -> None:
        """End the processes."""
        for serving in self._serving:
            serving.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)
        for process in self._processes:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def _do(self, job: str, *texts: str) -> Result:
        if not self._processes:
            return await JOBS[job](*texts)
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.put_nowait(((job, texts), future))
        return await future

    async def _serve(self, process: Process) -> None:
        while True:
            batch = [await self._waiting.get()]
            while len(batch) < JOBS_A_MESSAGE and not self._waiting.empty():
                batch.append(self._waiting.get_nowait())
            try:
                results = await self._results(process, [job for job, _ in batch])
            except Exception as error:  # noqa: BLE001 # handed on to those who wait, or they would wait for ever
                for _, future in batch:
                    if not future.done():
                        future.set_exception(error)
                continue
            for (_, future), result in zip(batch, results, strict=True):
                if not future.done():
                    future.set_result(result)

    async def _results(self, process: Process, jobs: Sequence[Job]) -> list[Result]:
        assert process.stdin is not None  # noqa: S101 # both are pipes
        assert process.stdout is not None  # noqa: S101
        try:
            process.stdin.write(json.dumps(jobs).encode() + b"\n")
            await process.stdin.drain()
            results: list[Result] = json.loads(await process.stdout.readline())
        except (OSError, ValueError):  # it has died: what it would have done is done here
            return [await JOBS[name](*texts) for name, texts in jobs]
        return results


@asynccontextmanager
async def open_crew(processes: int) -> AsyncIterator[Crew]:
    """Run a crew of so many processes; with none of them the jobs are done here."""
    crew = Crew()
    try:
        await crew.start(processes)
        yield crew
    finally:
        await crew.stop()
