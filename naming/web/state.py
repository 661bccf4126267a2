"""What the parts of the service keep about the application and about one request, by type.

The framework and the server hand both on as a dictionary. Each holds one object of ours, under
`KEY`, and only the functions here look for it.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from naming.chain import without_key
from naming.template import Template
from naming.web.capacity import Turns, room_for_requests

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from litestar.types import Scope

    from naming.chain import Ask
    from naming.observability import Metrics
    from naming.settings import Settings
    from naming.web.capacity import HeldRequest
    from naming.web.errors import BadRequest

KEY: Final = "naming"


class AppState:
    """What all requests share. `ask` is the way to Claude while the application runs.

    `template` is how names are put together where a request does not say.
    """

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        self.settings = settings
        self.metrics = metrics
        self.room = room_for_requests(settings)
        self.turns = Turns()
        self.template = Template(settings.template, settings.max_length)
        self.ask: Ask = without_key
        self.ready = False


@dataclass(slots=True)
class RequestState:
    """What is known of one request, from its head to its log line."""

    arrived: float = 0.0  # on the event loop's clock
    facts: dict[str, object] = field(default_factory=dict)  # more of them for its log line
    whole: bool = False  # the last byte of the body has come
    gone: bool = False  # the client has closed the connection: nobody waits for the answer
    superseded: bool = False  # the connection answers in the handler's place, with a refusal
    refusal: BadRequest | None = None  # which it has decided on already
    status: int = 0  # of the answer, once it begins; 499 where the client has gone before
    held: HeldRequest | None = None  # what it takes of the limits, once its body is read

    def seconds(self) -> float:
        """Tell how long ago it arrived."""
        return asyncio.get_running_loop().time() - self.arrived


def app_state(state: MutableMapping[str, Any]) -> AppState:
    """Give the application's own object; `state` is the framework's."""
    found: AppState = state[KEY]  # as an attribute it would be found by way of an exception
    return found


def request_state(scope: Scope) -> RequestState:
    """Give the request's own object, made when it is first asked for."""
    state: dict[str, Any] = scope.setdefault("state", {})
    found: RequestState | None = state.get(KEY)
    if found is None:
        found = state[KEY] = RequestState()
    return found
