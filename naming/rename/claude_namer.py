"""The chain with a patient Claude, and what it costs."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from naming.chain import name_task
from naming.claude.client import Client, Endpoint
from naming.claude.instructions import load_instructions
from naming.rename.answers import Answers
from naming.rename.counting import cost_line
from naming.rename.pacing import Pacer
from naming.rename.patient_claude import PatientClaude

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence

    from naming.outcome import Outcome
    from naming.rename.namers import Work
    from naming.rename.planning import NameTask
    from naming.settings import Settings

MOST_AHEAD: Final = 2_000
"""Tasks that are got ready while calls are waited for; one slow call keeps so many answers from being written."""


class ClaudeNamer:
    """Names tasks with Claude, `calls` at a time."""

    def __init__(self, settings: Settings, calls: int) -> None:
        assert settings.anthropic_api_key is not None  # noqa: S101 # open_namer asks first
        self._instructions = load_instructions()
        self._calls = calls
        self._endpoint = Endpoint(
            api_key=settings.anthropic_api_key.get_secret_value(),
            model=settings.anthropic_model,
            base_url=settings.anthropic_base_url,
            max_connections=calls,
            call_seconds=settings.call_timeout_ms / 1000,
        )
        self.model = settings.anthropic_model
        self.prompt_version = self._instructions.version
        self.ahead = calls + min(7 * calls, MOST_AHEAD) if calls > 1 else 2
        self._meter = Meter()

    @asynccontextmanager
    async def open(self, work: Work) -> AsyncIterator[NameTask]:
        """Connect, on demand, and get ready to name."""
        pacer = Pacer(self._calls, work.say)
        self._meter.hear = pacer.heard
        client, answers = Client(self._endpoint, self._instructions, self._meter), Answers()
        ask = PatientClaude(client, self._instructions, pacer, answers, self._endpoint.call_seconds)

        async def name(prompt: str) -> Outcome:
            return await name_task(prompt, ask, float("inf"))

        try:
            yield name
        finally:
            await ask.close()
            await client.close()
            answers.close()

    def cost_lines(self) -> Sequence[str]:
        """Tell the tokens of this run and what they cost."""
        return [cost_line(self.model, self._meter.tokens_in, self._meter.tokens_out)]


class Meter:
    """Counts tokens, and passes on what replies say of limits."""

    def __init__(self) -> None:
        self.tokens_in = 0
        self.tokens_out = 0
        self.hear: Callable[[Mapping[str, str]], None] = lambda _: None

    def heard(self, headers: Mapping[str, str]) -> None:
        """Take note of a reply's headers."""
        self.hear(headers)

    def spent(self, tokens_in: int, tokens_out: int) -> None:
        """Take note of what a reply cost."""
        self.tokens_in += tokens_in
        self.tokens_out += tokens_out
