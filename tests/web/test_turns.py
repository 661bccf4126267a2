"""Turns: large requests one at a time, with everybody else's work between them."""

from __future__ import annotations

import asyncio
import itertools
import json

from naming.web.turns import LARGE_BYTES, Turns
from tests.running_service import running_service


def test_between_two_turns_the_others_get_theirs() -> None:
    order: list[str] = []

    async def large(turns: Turns, name: str) -> None:
        await turns.take()
        order.append(name)

    async def others() -> None:
        while len([entry for entry in order if entry != "other"]) < 5:
            order.append("other")
            await asyncio.sleep(0)

    async def together() -> None:
        turns = Turns()
        await asyncio.gather(*(large(turns, f"large {number}") for number in range(5)), others())

    asyncio.run(together())
    assert [entry for entry in order if entry != "other"] == [
        f"large {number}" for number in range(5)
    ]
    assert all("other" in pair for pair in itertools.pairwise(order) if pair[0].startswith("large"))


def test_large_requests_are_answered_like_any_other() -> None:
    with running_service() as service:
        for size in (LARGE_BYTES - 100, LARGE_BYTES + 100, 1 << 20):
            body = json.dumps(
                {"prompt": "fix the login button " + "a" * size, "taken": ["fix-login-button"]}
            ).encode()
            assert service.post(body).json["source"] == "prompt"
