"""One question of our own, asked in the ordinary way before batches are created."""

from __future__ import annotations

from typing import TYPE_CHECKING

from naming.outcome import CannotName
from naming.rename.answers import Answers
from naming.rename.crew import Crew
from naming.rename.errors import Stopped
from naming.rename.pacing import Pacer
from naming.rename.patient_claude import CANARY, UNUSABLE, PatientClaude

if TYPE_CHECKING:
    from collections.abc import Callable

    from naming.claude.client import Client
    from naming.claude.instructions import Instructions


async def try_canary(
    client: Client, instructions: Instructions, call_seconds: float, say: Callable[[str], None]
) -> None:
    """Ask one question, and wait where Claude is limited or down.

    Raises Stopped when there is no usable answer.

    It is nobody's prompt, so no prompt is ever asked twice. A wrong key, model or field costs this
    one call.
    """
    answers = Answers()
    patient = PatientClaude(
        client, instructions, Pacer(1, say), answers, call_seconds, Crew().judge_reply
    )
    try:
        await patient(CANARY)
    except CannotName as declined:
        if declined.reason in UNUSABLE:
            raise Stopped(
                f"Claude gave no usable reply to a first question ({declined.reason}), so no batch was created;"
                " check ANTHROPIC_BASE_URL and ANTHROPIC_MODEL"
            ) from declined
    finally:
        await patient.close()
        answers.close()
