"""What came of naming one task: the name, where it came from, and why not from Claude."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # who asks a service waits for no words
    from naming.names import TaskName


class Source(StrEnum):
    """Which step of the chain gave the name; `current` that the task keeps the one it has."""

    CLAUDE = "claude"
    PROMPT = "prompt"
    RANDOM = "random"
    CURRENT = "current"


class Reason(StrEnum):
    """Why the name is not Claude's. These words are the API's and the metrics' labels."""

    NO_API_KEY = "no_api_key"
    NOT_ASKED = "not_asked"
    DEADLINE = "deadline"
    RATE_LIMITED = "rate_limited"
    OVERLOADED = "overloaded"
    SPEND_LIMIT = "spend_limit"
    UNREACHABLE = "unreachable"
    AUTHENTICATION = "authentication"
    MODEL_NOT_FOUND = "model_not_found"
    BAD_REQUEST = "bad_request"
    REFUSED = "refused"
    CUT_SHORT = "cut_short"
    UNREADABLE = "unreadable"
    NOT_A_NAME = "not_a_name"
    CIRCUIT_OPEN = "circuit_open"
    BUSY = "busy"


class CannotName(Exception):
    """Claude gave no name; `reason` says why, and `lasting` that no other prompt would fare better.

    `retry_after_seconds` is the pause that the other side asks for.
    """

    def __init__(
        self, reason: Reason, *, retry_after_seconds: float | None = None, lasting: bool = False
    ) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.retry_after_seconds = retry_after_seconds
        self.lasting = lasting


@dataclass(frozen=True, slots=True)
class Outcome:
    """A name with its story; `reason` is None when Claude's or the current one was used."""

    task_name: "TaskName"
    source: Source
    reason: Reason | None = None

    def told(self) -> dict[str, str | None]:
        """Give the answer as programs read it: both names, their source, and why not Claude's."""
        fields = ("name", "display_name", "source", "reason")
        return dict(zip(fields, (*self.task_name, self.source, self.reason), strict=True))
