"""The command `naming name`: one task's name on standard output."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from typing import TYPE_CHECKING

from naming.chain import name_task
from naming.exit_status import ExitStatus
from naming.uniqueness import numbered, suffixed
from naming.wiring import open_asker

if TYPE_CHECKING:
    import argparse

    from naming.settings import Settings


def print_name(given: argparse.Namespace, settings: Settings) -> int:
    """Name the task that the given prompt starts; the result is the exit status."""
    # Read before the event loop runs, which would hold a Ctrl-C back.
    prompt = _read_prompt(given.prompt)
    print(asyncio.run(_name(prompt, given, settings)))
    return ExitStatus.DONE


async def _name(prompt: str, given: argparse.Namespace, settings: Settings) -> str:
    patience_ms = settings.deadline_ms if given.deadline_ms is None else given.deadline_ms
    async with open_asker(settings) as ask:  # importing the SDK is not charged to the deadline
        deadline = asyncio.get_running_loop().time() + patience_ms / 1000
        outcome = await name_task(prompt, ask, deadline)
    if given.taken is None:
        task_name = suffixed(outcome.task_name)
    else:
        taken = frozenset(part.strip().lower() for part in given.taken.split(","))
        task_name = numbered(outcome.task_name, taken)
    if not given.json:
        return task_name.name
    answer = {
        "name": task_name.name,
        "display_name": task_name.display_name,
        "source": outcome.source,
        "reason": outcome.reason,
    }
    return json.dumps(answer, ensure_ascii=False)


def _read_prompt(given: str) -> str:
    # Python decodes arguments as the locale says, which may be none that knows the prompt's
    # language.
    prompt = sys.stdin.buffer.read() if given == "-" else os.fsencode(given)
    return prompt.decode(errors="surrogateescape")
