"""Who names a plan's tasks: the chain with a Claude that is waited for, or the chain without one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from naming.rename.own_words import OwnWords
from naming.rename.trouble import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractAsyncContextManager

    from naming.rename.planning import NameTask
    from naming.settings import Settings


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

    def open(self, tasks: int, say: Callable[[str], None]) -> AbstractAsyncContextManager[NameTask]:
        """Get ready to name so many tasks."""

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
