"""What stands at `/`: where NAMING_PLAYGROUND is on a page to try the chain on, else a front page.

The playground shows both names, and what each step would have said.
"""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files
from typing import Any, Final

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import JSONBody
from msgspec.structs import replace

from naming.content_policy import content_policy
from naming.extraction import name_from_request
from naming.outcome import Outcome, Source
from naming.random_name import pick_random
from naming.web.middleware import header
from naming.web.name_endpoint import name_as_asked
from naming.web.request_body import JsonRequest
from naming.web.schemas import NameRequest
from naming.web.state import app_state, request_state

_POLICY: Final = "img-src data:; frame-ancestors 'none'"
_HEADERS: Final = {"referrer-policy": "no-referrer", "x-content-type-options": "nosniff"}


@post("/playground", status_code=200, include_in_schema=False)
async def try_steps(data: JSONBody[NameRequest], request: JsonRequest) -> dict[str, Any]:
    """Name a task as the endpoint does, without a suffix, and tell what each step would say."""
    named = await name_as_asked(replace(data, taken=data.taken or []), request)
    seconds, outcome = request_state(request.scope).seconds(), named.outcome
    steps = {
        Source.CLAUDE: None,
        Source.PROMPT: name_from_request(named.task),
        Source.RANDOM: pick_random(),
    }
    if outcome.source in steps:
        steps[outcome.source] = outcome.task_name
    return {
        "answer": named.put_together(outcome).told(),
        "milliseconds": round(seconds * 1000, 1),
        "steps": [
            {
                "source": source,
                "name": None,
                "display_name": None,
                "reason": outcome.reason if source is Source.CLAUDE else None,
            }
            if name is None
            else named.put_together(Outcome(name, source)).told()
            for source, name in steps.items()
        ],
    }


@get("/", include_in_schema=False, media_type="text/html")
async def show_playground(request: JsonRequest) -> Response[str]:
    """Show the page. It holds nothing secret, so it is open where keys are set."""
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
