"""Who names a plan's tasks: the chain with a Claude that is waited for, or the chain without one."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Protocol

from naming.chain import name_task, without_key
from naming.outcome import CannotName, Reason
from naming.rename.trouble import BadInput

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from contextlib import AbstractAsyncContextManager

    from naming.names import TaskName
    from naming.outcome import Outcome
    from naming.rename.planning import NameTask
    from naming.settings import Settings


class Namer(Protocol):
    """A way to name tasks; `ahead` is how many are named at a time."""

    model: str | None
    prompt_version: str | None
    ahead: int

    def open(self, say: Callable[[str], None]) -> AbstractAsyncContextManager[NameTask]:
        """Get ready to name."""

    def cost_lines(self) -> Sequence[str]:
        """Tell what naming has cost so far."""


def open_namer(settings: Settings, *, calls: int, claude: bool) -> Namer:
    """Choose a namer. Raises BadInput when Claude is wanted and there is no key."""
    if not claude:
        return OwnWords(has_key=settings.anthropic_api_key is not None)
    if settings.anthropic_api_key is None:
        raise BadInput("ANTHROPIC_API_KEY: not set; give a key, or --no-claude to name by the prompts' own words")
    from naming.rename.claude_namer import ClaudeNamer  # noqa: PLC0415 # the SDK takes most of a second

    return ClaudeNamer(settings, calls)


class OwnWords:
    """Names by the prompts' own words alone: free, and as fast as the machine."""

    model = None
    prompt_version = None
    ahead = 1

    def __init__(self, *, has_key: bool) -> None:
        self._ask = _not_asked if has_key else without_key

    @asynccontextmanager
    async def open(self, _say: Callable[[str], None]) -> AsyncIterator[NameTask]:
        """Get ready to name."""
        ask = self._ask

        async def name(prompt: str) -> Outcome:
            return await name_task(prompt, ask, 0.0)

        yield name

    def cost_lines(self) -> Sequence[str]:
        """Nothing was spent."""
        return ()


async def _not_asked(_text: str, _until: float) -> TaskName:
    raise CannotName(Reason.NOT_ASKED)
