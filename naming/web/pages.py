"""What stands at `/`: where NAMING_PLAYGROUND is on a page to try the chain on, else a front page.

The playground shows both names, and what each step would have said.
"""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated, Final

import msgspec
from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import JSONBody
from msgspec.structs import replace

from naming.content_policy import content_policy
from naming.extraction import name_from_request
from naming.outcome import Reason, Source
from naming.random_name import pick_random
from naming.web.middleware import header
from naming.web.name_endpoint import name_as_asked
from naming.web.request_body import JsonRequest
from naming.web.schemas import NameAnswer, NameRequest
from naming.web.state import app_state, request_state

if TYPE_CHECKING:
    from naming.names import TaskName

_POLICY: Final = "img-src data:; frame-ancestors 'none'"
_HEADERS: Final = {"referrer-policy": "no-referrer", "x-content-type-options": "nosniff"}


class PlaygroundStep(msgspec.Struct, frozen=True):
    """What one step of the chain says of a prompt: two names, or why there are none."""

    source: Source
    name: str | None = None
    display_name: str | None = None
    reason: Reason | None = None


class Steps(msgspec.Struct, frozen=True):
    """The chain's answer, how long it took, and what each step has to say."""

    answer: NameAnswer
    milliseconds: Annotated[
        float, msgspec.Meta(description="From the request's arrival to its answer.")
    ]
    steps: list[PlaygroundStep]


@post("/playground", status_code=200, include_in_schema=False)
async def try_steps(data: JSONBody[NameRequest], request: JsonRequest) -> Steps:
    """Name a task as the endpoint does, without a suffix.

    Tells what each step said or would have said.
    """
    named = await name_as_asked(replace(data, taken=data.taken or []), request)
    seconds, outcome = request_state(request.scope).seconds(), named.outcome
    by_claude = outcome.task_name if outcome.source is Source.CLAUDE else None
    at_random = outcome.task_name if outcome.source is Source.RANDOM else pick_random()

    def step(source: Source, name: TaskName | None, reason: Reason | None = None) -> PlaygroundStep:
        if name is None:
            return PlaygroundStep(source, reason=reason)
        return PlaygroundStep(source, *named.put_together(name))

    return Steps(
        named.answer(),
        round(seconds * 1000, 1),
        [
            step(Source.CLAUDE, by_claude, outcome.reason),
            step(Source.PROMPT, name_from_request(named.task)),
            step(Source.RANDOM, at_random),
        ],
    )


@get("/", include_in_schema=False, media_type="text/html")
async def show_playground(request: JsonRequest) -> Response[str]:
    """Show the page. It holds nothing secret, so it is open where keys are set.

    What it asks for is not.
    """
    settings = app_state(request.app.state).settings
    page, policy = _page(bool(settings.api_keys), settings.has_claude)
    headers = {"content-security-policy": policy, "cache-control": "no-cache"}
    return Response(page, media_type="text/html", headers=_HEADERS | headers)


@cache
def _page(locked: bool, asks_claude: bool) -> tuple[str, str]:  # noqa: FBT001 # a cache takes no keywords apart
    """Give the page and the policy that lets nothing run but its own script and style."""
    page = (files("naming.web") / "playground.html").read_text("utf-8")
    hidden = {True: "", False: " hidden"}
    page = page.replace("{{key}}", hidden[locked]).replace("{{claude}}", hidden[asks_claude])
    return page, f"{content_policy(page)}; connect-src 'self'; {_POLICY}"


@get("/", include_in_schema=False, media_type="text/html")
async def show_front_page(request: JsonRequest) -> Response[str]:
    """Say what this is to whoever takes HTML. Raises NotFoundException for others."""
    if b"text/html" not in header(request.scope, b"accept"):
        raise NotFoundException
    page = (files("naming.web") / "front_page.html").read_text("utf-8")
    policy = f"{content_policy(page)}; {_POLICY}"
    page = page.replace("{{origin}}", escape(str(request.base_url).rstrip("/")))
    headers = {"content-security-policy": policy, "vary": "accept"}
    return Response(page, media_type="text/html", headers=_HEADERS | headers)
