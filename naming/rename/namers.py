"""Who names a plan's tasks.

The chain with a Claude that is waited for, or the chain without one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from naming.rename.errors import BadInput
from naming.rename.own_words import OwnWords

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
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


def open_namer(
    settings: Settings, *, calls: int, claude: bool, batches_of: tuple[Path, str] | None = None
) -> Namer:
    """Choose a namer.

    `batches_of` is the plan and its source where Claude is to be asked through batches.

    Raises BadInput when Claude is wanted and there is no key.
    """
    if not claude:
        return OwnWords(has_key=settings.anthropic_api_key is not None)
    if settings.anthropic_api_key is None:
        raise BadInput(
            "ANTHROPIC_API_KEY: not set; give a key, or --no-claude to name by the prompts' own words"
        )
    if batches_of is not None:
        from naming.rename.batches.batch_namer import BatchNamer  # noqa: PLC0415

        return BatchNamer(settings, *batches_of)
    from naming.rename.claude_namer import ClaudeNamer  # noqa: PLC0415 # the SDK takes most of a second

    return ClaudeNamer(settings, calls)
