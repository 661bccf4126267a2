"""Naming one task and no more: what `naming name` does."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from naming.chain import name_task
from naming.uniqueness import numbered, suffixed
from naming.wiring import open_asker

if TYPE_CHECKING:
    from collections.abc import Collection

    from naming.settings import Settings


def name_once(
    settings: Settings,
    prompt: str,
    taken: Collection[str] | None,
    deadline_ms: int | None,
    *,
    as_json: bool,
) -> str:
    """Name the task that `prompt` starts.

    Gives the name, or with `as_json` what the endpoint answers.
    """
    return asyncio.run(_name_once(settings, prompt, taken, deadline_ms, as_json=as_json))


async def _name_once(
    settings: Settings,
    prompt: str,
    taken: Collection[str] | None,
    deadline_ms: int | None,
    *,
    as_json: bool,
) -> str:
    patience_ms = settings.deadline_ms if deadline_ms is None else deadline_ms
    async with open_asker(settings) as asker:  # importing the SDK is not charged to the deadline
        outcome = await name_task(
            prompt, asker, asyncio.get_running_loop().time() + patience_ms / 1000
        )
    task_name = suffixed(outcome.task_name) if taken is None else numbered(outcome.task_name, taken)
    if not as_json:
        return task_name.name
    answer = {
        "name": task_name.name,
        "display_name": task_name.display_name,
        "source": outcome.source,
        "reason": outcome.reason,
    }
    return json.dumps(answer, ensure_ascii=False)
