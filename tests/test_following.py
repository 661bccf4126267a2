"""The page about names that follow the work: its walk, made of a service."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from naming.claude.instructions import fence, load_instructions
from naming.cleaning.bounds import estimate_tokens
from naming.evaluation.inputs import read_cases
from naming.request import Request
from tests.fake_claude import Request as Received
from tests.fake_claude import names

if TYPE_CHECKING:
    import asyncio

    from tests.fake_claude import FakeClaude
    from tests.running_service import Service

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "following.md").read_text("utf-8")
STEPS = re.findall(r"```json\n(.*?)\n(\{[^\n]*\})\n```", PAGE, re.DOTALL)


async def as_told(request: Received, writer: asyncio.StreamWriter) -> None:
    """Title the dark mode where it is spoken of, and else the login button."""
    said = "dark mode" in request.user_text
    pair = ("add-dark-mode", "Add dark mode") if said else ("fix-login-button", "Fix login button")
    await names(*pair)(request, writer)


@pytest.mark.system
def test_the_walk_of_a_conversation_goes_as_the_page_says(
    service_with_claude: Service, upstream: FakeClaude
) -> None:
    upstream.behave = as_told
    assert len(STEPS) == 6
    for asked, answer in STEPS:
        body: dict[str, Any] = json.loads(asked)
        assert service_with_claude.post(body).json == json.loads(answer)


def test_the_costs_of_a_call_are_those_that_the_page_tells() -> None:
    folder = ROOT / "prompts" / "conversations"
    cases = [case for part in ("tune", "judged") for case in read_cases(str(folder / part))]
    for asked, requests in (
        ("the first message as `prompt`", [Request.of(case.messages[0][1]) for case in cases]),
        ("`messages`", [replace(case, current=None).read() for case in cases]),
        ("`messages` and `current`", [case.read() for case in cases]),
    ):
        cost = sorted(round(estimate_tokens(fence(each.question))) for each in requests)
        assert f"| {asked} | {cost[len(cost) // 2]} | {cost[94]} | {cost[-1]} |" in PAGE
    assert f"the {round(estimate_tokens(load_instructions().system)):,} of the" in PAGE
