"""What is compared.

One way or two of asking for names, each with its model and its instructions.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from naming.chain import without_key
from naming.claude.instructions import load_instructions
from naming.claude.tape import Replay, question_of
from naming.evaluation.asking import Ask as AskClaude
from naming.evaluation.asking import Meter
from naming.evaluation.prompt_files import read_instructions
from naming.evaluation.trouble import BadInput

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from naming.chain import Ask
    from naming.claude.instructions import Instructions
    from naming.claude.tape import Tape
    from naming.settings import Settings


@dataclass(frozen=True, slots=True)
class Side:
    """One way of asking; `instructions` is None where Claude is not asked at all."""

    label: str
    model: str | None = None
    instructions: Instructions | None = None

    @property
    def described(self) -> str:
        """Say in a few words how names are asked for."""
        if self.instructions is None:
            return "without Claude: the prompt's own words, else a random pair"
        return f"{self.model}, instructions {self.instructions.version}"


def read_sides(
    settings: Settings, prompts: Sequence[str], models: Sequence[str], *, replays: bool
) -> list[Side]:
    """Make the one or two sides that the command line describes. Raises BadInput."""
    for option, given in (("--prompt", prompts), ("--model", models)):
        if len(given) > 2:  # noqa: PLR2004
            raise BadInput(f"{option}: can be given twice at most")
        if given and settings.anthropic_api_key is None and not replays:
            raise BadInput(f"{option}: needs ANTHROPIC_API_KEY, or --replay")
    if len(prompts) == len(models) == 2:  # noqa: PLR2004
        raise BadInput(
            "--model: give two models or two prompts, not both; else nobody knows which of them won"
        )
    if settings.anthropic_api_key is None and not replays:
        return [Side("")]
    told = [(path, read_instructions(path)) for path in prompts] or [("", load_instructions())]
    asked = list(models) or [settings.anthropic_model]
    return [
        Side(model if len(asked) > 1 else path, model, instructions)
        for path, instructions in told
        for model in asked
    ]


@asynccontextmanager
async def open_side(side: Side, settings: Settings, tape: Tape, calls: int) -> AsyncIterator[Ask]:
    """Open the way to Claude of one side."""
    if side.model is None or side.instructions is None:
        yield without_key
        return
    model, instructions, meter, client = side.model, side.instructions, Meter(), None
    if settings.anthropic_api_key is not None and not tape.is_closed_to_new:
        from naming.claude.client import Client, Endpoint  # noqa: PLC0415 # it imports the SDK: most of a second

        endpoint = Endpoint(
            api_key=settings.anthropic_api_key.get_secret_value(),
            model=model,
            base_url=settings.anthropic_base_url,
            max_connections=calls,
            call_seconds=settings.call_timeout_ms / 1000,
        )
        client = Client(
            endpoint,
            instructions,
            meter,
            lambda text, body: tape.keep(question_of(model, instructions.version, text), body),
        )
    try:
        sender = Replay(
            model, instructions, tape, meter, client
        )  # an empty tape passes every question on
        yield AskClaude(
            sender, instructions, min(settings.deadline_ms, settings.call_timeout_ms) / 1000
        )
    finally:
        if client is not None:
            await client.close()
