"""What is known of the application, and of one request."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from litestar import Request

from naming.chain import Ask, without_key
from naming.observability import Metrics
from naming.settings import Settings
from naming.template import Template
from naming.web.errors import BadRequest

HttpRequest: TypeAlias = Request[Any, Any, Any]

KEY: Final = "naming"  # of a request's state in its scope
REQUESTS: Final = "NAMING_MAX_REQUESTS"  # that have come whole, and are worked on
BYTES: Final = "NAMING_MAX_HELD_BYTES"  # of large bodies
TURN_SECONDS: Final = 0.003  # of naming; short prompts share them, for what caches hold serves all


class AppState:
    """What all requests share."""

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        self.settings = settings
        self.metrics = metrics
        # One body of the largest size is never too many.
        most_bytes = max(settings.max_held_bytes, settings.max_body_bytes)
        self.room = {REQUESTS: settings.max_requests, BYTES: most_bytes}  # to be taken
        self.template = Template(settings.template, settings.max_length)  # if none is asked for
        self.ask: Ask = without_key  # until it has started
        self.ready = False
        self._turn_ends = 0.0  # by `time.perf_counter`
        self._next_is_due = False

    async def turn(self) -> None:
        """Let what need not wait for turns come first: even a short prompt costs milliseconds."""
        while time.perf_counter() >= self._turn_ends:
            if not self._next_is_due:
                self._next_is_due = True
                asyncio.get_running_loop().call_soon(self._begin_turn)
            await asyncio.sleep(0)

    def _begin_turn(self) -> None:
        self._next_is_due = False
        self._turn_ends = time.perf_counter() + TURN_SECONDS


@dataclass(slots=True)
class RequestState:
    """What is known of one request, from its head to its log line."""

    app: AppState = field(init=False)  # once it is on its way into the application, as is:
    fields: dict[bytes, bytes] = field(init=False)  # of its header, the first of each name
    facts: dict[str, Any] = field(init=False)  # of its log line
    arrived: float = field(init=False)  # by `time.perf_counter`: a loop may count milliseconds
    whole: bool = False  # the last byte of the body has come
    gone: bool = False  # the client has closed the connection: nobody waits for the answer
    refusal: BadRequest | None = None  # which the connection has decided on
    taken: dict[str, int] = field(default_factory=dict)  # of the room for all, until its end

    def seconds(self) -> float:
        """Tell how long ago it arrived."""
        return time.perf_counter() - self.arrived

    def take(self, what: str, number: int) -> None:
        """Take some of the room for all. Raises BadRequest where there is not as much."""
        if number > self.app.room[what]:
            raise BadRequest(f"as much as {what} allows is in progress; try again", status=503)
        self.app.room[what] -= number
        self.taken[what] = self.taken.get(what, 0) + number


def request_state(scope: Any) -> RequestState:  # noqa: ANN401 # framework and server type it each
    """Give the request's own object, made when it is first asked for."""
    states: dict[str, RequestState] = scope.setdefault("state", {})
    if KEY not in states:
        states[KEY] = RequestState()
    return states[KEY]
