"""One question of our own, asked in the ordinary way before batches are created."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from naming.claude.exchange import Exchange
from naming.claude.pacing import Pacer
from naming.claude.patient import CANARY, PatientClaude
from naming.claude.reasons import UNUSABLE, Stopped
from naming.outcome import CannotName
from naming.rename.namers import judged
from naming.rename.process_pool import ProcessPool

if TYPE_CHECKING:
    from collections.abc import Callable

    from naming.claude.client import Client
    from naming.claude.instructions import Instructions


async def try_canary(
    client: Client, instructions: Instructions, call_seconds: float, say: Callable[[str], None]
) -> None:
    """Ask one question, and wait where Claude is limited or down.

    Raises Stopped when there is no usable answer. It is nobody's prompt, so no prompt is ever asked
    twice. A wrong key, model or field costs this one call.
    """
    exchange = Exchange(client, instructions, call_seconds)
    ask = PatientClaude(exchange, Pacer(1, say), partial(judged, ProcessPool(0)))
    try:
        await ask(CANARY)
    except CannotName as declined:
        if declined.reason in UNUSABLE:
            raise Stopped(
                f"Claude gave no usable reply to a first question ({declined.reason}),"
                " so no batch was created; check ANTHROPIC_BASE_URL and ANTHROPIC_MODEL"
            ) from declined
