"""Naming by the prompts' own words alone: free, and on every core of the machine."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import naming
from naming.rename.word_worker import alone, read_outcomes, write_prompts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from naming.outcome import Outcome
    from naming.rename.namers import Work
    from naming.rename.planning import NameTask

MOST_PROCESSES: Final = 8
WORTH_PROCESSES: Final = 2_000
"""Tasks. Fewer are named sooner than other processes have started."""

PROMPTS_A_MESSAGE: Final = 64
LONGEST_ANSWER_BYTES: Final = 1 << 20
_PROGRAM: Final = "from naming.rename.word_worker import main; main()"


class OwnWords:
    """Names by the prompts' own words. `processes` is by default one a core."""

    model = None
    prompt_version = None

    def __init__(self, *, has_key: bool, processes: int | None = None) -> None:
        self._has_key = has_key
        self._processes = min(os.cpu_count() or 1, MOST_PROCESSES) if processes is None else processes
        self.ahead = 1

    @asynccontextmanager
    async def open(self, work: Work) -> AsyncIterator[NameTask]:
        """Get ready to name so many tasks."""
        if work.tasks < WORTH_PROCESSES or self._processes == 1:
            yield alone(has_key=self._has_key)
            return
        self.ahead = self._processes * PROMPTS_A_MESSAGE * 4
        crew = _Crew(has_key=self._has_key)
        try:
            await crew.start(self._processes)
            yield crew.name
        finally:
            await crew.stop()

    def cost_lines(self) -> Sequence[str]:
        """Nothing was spent."""
        return ()


class _Crew:
    """Hands prompts to other processes, those that come at the same moment together."""

    def __init__(self, *, has_key: bool) -> None:
        self._has_key = has_key
        self._alone = alone(has_key=has_key)
        self._coming: list[tuple[str, asyncio.Future[Outcome]]] = []
        self._waiting: asyncio.Queue[list[tuple[str, asyncio.Future[Outcome]]]] = asyncio.Queue()
        self._processes: list[Process] = []
        self._serving: list[asyncio.Task[None]] = []

    async def start(self, processes: int) -> None:
        """Start processes that end by themselves when this one does."""
        path = [str(Path(naming.__file__).parent.parent), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(part for part in path if part)}
        for _ in range(processes):
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-c", _PROGRAM,
                stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=environment, limit=LONGEST_ANSWER_BYTES,
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

    async def name(self, prompt: str) -> Outcome:
        """Name one task."""
        if not self._coming:
            asyncio.get_running_loop().call_soon(self._send)
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._coming.append((prompt, future))
        if len(self._coming) == PROMPTS_A_MESSAGE:
            self._send()
        return await future

    def _send(self) -> None:
        if self._coming:
            self._waiting.put_nowait(self._coming)
            self._coming = []

    async def _serve(self, process: Process) -> None:
        while True:
            batch = await self._waiting.get()
            try:
                outcomes = await self._outcomes(process, batch)
            except Exception as error:  # noqa: BLE001 # handed on to those who wait, or they would wait for ever
                for _, future in batch:
                    future.set_exception(error)
                continue
            for (_, future), outcome in zip(batch, outcomes, strict=True):
                if not future.done():
                    future.set_result(outcome)

    async def _outcomes(self, process: Process, batch: Sequence[tuple[str, object]]) -> list[Outcome]:
        assert process.stdin is not None  # noqa: S101 # both are pipes
        assert process.stdout is not None  # noqa: S101
        prompts = [prompt for prompt, _ in batch]
        try:
            process.stdin.write(write_prompts(prompts, has_key=self._has_key))
            await process.stdin.drain()
            return read_outcomes(await process.stdout.readline())
        except (OSError, ValueError):  # it has died: what it would have done is done here
            return [await self._alone(prompt) for prompt in prompts]
