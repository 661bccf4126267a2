"""What each reason for having no name means: who may try again, who waits, and who stops."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from naming.outcome import CannotName, Reason

WAITED_OUT: Final[Mapping[Reason, str]] = {
    Reason.RATE_LIMITED: "it limits the rate (rate_limited)",
    Reason.OVERLOADED: "it is overloaded (overloaded)",
    Reason.UNREACHABLE: "it cannot be reached (unreachable)",
    Reason.DEADLINE: "it does not answer in time (deadline)",
}
"""What ends by itself: whoever has the time waits, and is told why."""

STANDING: Final[Mapping[Reason, str]] = {
    Reason.SPEND_LIMIT: (
        "Claude's spend limit is reached (spend_limit); raise it or wait for its next period"
    ),
    Reason.AUTHENTICATION: (
        "Claude refuses the key (authentication);"
        " check ANTHROPIC_API_KEY, and that its organization is not on hold"
    ),
    Reason.MODEL_NOT_FOUND: (
        "there is no such model (model_not_found); check ANTHROPIC_MODEL, and ANTHROPIC_BASE_URL"
    ),
    Reason.BAD_REQUEST: (
        "what answers refuses every question (bad_request);"
        " check ANTHROPIC_BASE_URL and ANTHROPIC_MODEL"
    ),
}
"""What only a person mends, and how; a bad request where no prompt fares better."""

OUTAGE: Final = frozenset({*WAITED_OUT, *STANDING}) - {Reason.BAD_REQUEST}
"""The failures of the API, whatever the prompt; others one caller's prompts could bring about."""

RETRIED_SOON: Final = frozenset({Reason.UNREACHABLE, Reason.OVERLOADED})
"""The failures after which a second try within a second may do better."""

UNUSABLE: Final = frozenset({Reason.UNREADABLE, Reason.CUT_SHORT, Reason.BAD_REQUEST})
"""Bad luck with one prompt, or the sign that there is no Claude at that address."""


class OnHold(CannotName):
    """The organization is on hold, so that no key of it is taken."""

    def __init__(self) -> None:
        super().__init__(Reason.AUTHENTICATION)


def why_stopped(declined: CannotName) -> str | None:
    """Say what only a person mends, and how; None for what may end otherwise."""
    if isinstance(declined, OnHold):
        return (
            "Claude's organization is on hold (organization_on_hold);"
            " an admin of it can appeal in the Console"
        )
    return STANDING.get(declined.reason) if declined.reason in OUTAGE else None


class Stopped(Exception):
    """The work cannot go on now; the message says why. What was done stays."""
