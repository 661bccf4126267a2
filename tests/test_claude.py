"""The room that knows the SDK, against a loopback server: what is asked, what is read, and every way it can fail."""

from __future__ import annotations

import asyncio
import time

import pytest

from naming.chain import name_task
from naming.outcome import Source
from naming.settings import read_settings
from naming.wiring import open_asker
from tests.fake_claude import BEHAVIOURS, FakeClaude

PROMPT = "please fix the login button on the settings page"


def settings_for(claude: FakeClaude, **more: str) -> dict[str, str]:
    return {"ANTHROPIC_API_KEY": "sk-test", "ANTHROPIC_BASE_URL": claude.url, "NAMING_CACHE_SECONDS": "0"} | more


def ask(claude: FakeClaude, seconds: float = 1.0, **more: str) -> str | None:
    """Ask once and give the reason, None when Claude's name was used."""

    async def once() -> str | None:
        async with open_asker(read_settings(settings_for(claude, **more))) as asker:
            outcome = await name_task(PROMPT, asker, asyncio.get_running_loop().time() + seconds)
            assert (outcome.source is Source.CLAUDE) == (outcome.reason is None)
            return outcome.reason

    return asyncio.run(once())


@pytest.mark.parametrize("misbehaviour", BEHAVIOURS)
def test_every_misbehaviour_has_its_reason_in_time(claude: FakeClaude, misbehaviour: str) -> None:
    claude.behave, reason = BEHAVIOURS[misbehaviour]
    ask(claude)  # imports, connects
    before = time.monotonic()
    assert ask(claude, 0.5) == reason
    assert time.monotonic() - before < 1.5
