"""Naming by the prompts' own words alone: free, and on every core of the machine."""

from __future__ import annotations

import os
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from naming.rename.crew import JOBS_A_MESSAGE, open_crew

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from naming.rename.namers import Work
    from naming.rename.planning import NameTask

MOST_PROCESSES: Final = 8
WORTH_PROCESSES: Final = 2_000
"""Tasks. Fewer are named sooner than other processes have started."""


class OwnWords:
    """Names by the prompts' own words, with one process a core."""

    model = None
    prompt_version = None

    def __init__(self, *, has_key: bool) -> None:
        self._has_key = has_key
        self.ahead = 1

    @asynccontextmanager
    async def open(self, work: Work) -> AsyncIterator[NameTask]:
        """Get ready to name so many tasks."""
        cores = min(os.cpu_count() or 1, MOST_PROCESSES)
        processes = cores if cores > 1 and work.tasks >= WORTH_PROCESSES else 0
        self.ahead = processes * JOBS_A_MESSAGE * 4 or 1
        async with open_crew(processes) as crew:
            yield crew.name_unasked if self._has_key else crew.name_without_key

    def cost_lines(self) -> Sequence[str]:
        """Nothing was spent."""
        return ()
