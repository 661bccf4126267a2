"""Who names a plan's tasks.

The chain with a Claude that is waited for, or the chain without one.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, NamedTuple, Protocol

from naming.rename.errors import BadInput
from naming.rename.process_pool import open_pool, processes_for, tasks_ahead

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence
    from contextlib import AbstractAsyncContextManager, AbstractContextManager
    from pathlib import Path

    from naming.rename.planning import NameTask
    from naming.rename.tasks import Task
    from naming.settings import Settings


class Work(NamedTuple):
    """What is to be named, and how to speak of it meanwhile."""

    tasks: int
    pending: Callable[[], Iterator[Task]]
    """Gives the tasks to ask about, as often as wanted."""
    say: Callable[[str], None]
    bar: Callable[[int | None, int], AbstractContextManager[Callable[..., object]]]
    """Opens a progress bar: its total, and where it begins."""


class Namer(Protocol):
    """A way to name tasks."""

    @property
    def model(self) -> str | None:
        """The model that is asked, if one is."""

    @property
    def prompt_version(self) -> str | None:
        """The version of what it is told."""

    @property
    def ahead(self) -> int:
        """How many tasks are named at a time; known once it is open."""

    def open(self, work: Work) -> AbstractAsyncContextManager[NameTask]:
        """Get ready to name tasks."""

    def cost_lines(self) -> Sequence[str]:
        """Tell what naming has cost so far."""


class PromptNamer:
    """Names by the prompts' own words alone: free, and with one process a core."""

    model = None
    prompt_version = None

    def __init__(self, *, has_key: bool) -> None:
        self._has_key = has_key
        self.ahead = 1

    @asynccontextmanager
    async def open(self, work: Work) -> AsyncIterator[NameTask]:
        """Get ready to name so many tasks."""
        processes = processes_for(work.tasks)
        self.ahead = tasks_ahead(processes)
        async with open_pool(processes) as pool:
            yield pool.name_unasked if self._has_key else pool.name_without_key

    def cost_lines(self) -> Sequence[str]:
        """Nothing was spent."""
        return ()


def open_namer(
    settings: Settings, *, calls: int, claude: bool, batches_of: tuple[Path, str] | None = None
) -> Namer:
    """Choose a namer.

    `batches_of` is the plan and its source where Claude is to be asked through batches.

    Raises BadInput when Claude is wanted and there is no key.
    """
    if not claude:
        return PromptNamer(has_key=settings.anthropic_api_key is not None)
    if settings.anthropic_api_key is None:
        raise BadInput(
            "ANTHROPIC_API_KEY: not set; give a key,"
            " or --no-claude to name by the prompts' own words"
        )
    if batches_of is not None:
        from naming.rename.batches.batch_namer import BatchNamer  # noqa: PLC0415

        return BatchNamer(settings, *batches_of)
    # The SDK takes most of a second to import.
    from naming.rename.claude_namer import ClaudeNamer  # noqa: PLC0415

    return ClaudeNamer(settings, calls)
