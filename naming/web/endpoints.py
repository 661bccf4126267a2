"""What the service answers: names, pages for people, and what operators need beside them."""

import asyncio
import base64
import hashlib
import json
import re
from collections.abc import Callable
from functools import partial
from html import escape
from importlib.resources import files
from typing import Any, Final

import msgspec
from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp, Receive, Scope, Send
from msgspec.structs import replace

from naming.chain import in_convention, name_task
from naming.extraction import name_from_request
from naming.outcome import Outcome, Source
from naming.random_name import pick_random
from naming.request import Request
from naming.settings import Settings
from naming.web.request_body import NameRequest, read_request
from naming.web.state import HttpRequest, request_state


async def name_as_asked(
    asked: NameRequest, request: HttpRequest
) -> tuple[Request, Outcome, Callable[[Outcome], Outcome]]:
    """Give a task, what came of naming it in time, and how its names are put together."""
    state = request_state(request.scope)
    task, template = asked.read(state.app.template, state.app.settings.language)
    patience_seconds = asked.patience_seconds(state.app.settings) - state.seconds()
    until = asyncio.get_running_loop().time() + patience_seconds
    outcome = await name_task(task, state.app.ask, until)
    state.facts.update(source=outcome.source, reason=outcome.reason)
    put_together = partial(
        in_convention, request=task, template=template, taken=asked.taken, user=asked.user or ""
    )
    return task, outcome, put_together


@post("/v1/names", status_code=200)
async def create_name(request: HttpRequest) -> ASGIApp:
    """Name the task that a prompt starts: always an answer, always in time."""
    asked = await read_request(request)
    _, outcome, put_together = await name_as_asked(asked, request)
    answer = put_together(outcome)
    state = request_state(request.scope)
    state.app.metrics.answered(answer, state.seconds(), asked.patience_seconds(state.app.settings))
    state.facts["name"] = answer.task_name.name
    return as_json(answer.told())


def as_json(answer: dict[str, str | None]) -> ASGIApp:
    """Make a response without what the framework's own asks and can do, which takes longer."""
    body = msgspec.json.encode(answer)
    fields = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]

    async def respond(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": fields})
        await send({"type": "http.response.body", "body": body, "more_body": False})

    return respond


@post("/playground", status_code=200)
async def try_steps(request: HttpRequest) -> dict[str, Any]:
    """Name a task as the endpoint does, without a suffix, and tell what each step would say."""
    asked = await read_request(request)
    asked = replace(asked, taken=asked.taken or [])
    task, outcome, put_together = await name_as_asked(asked, request)
    seconds = request_state(request.scope).seconds()
    steps = {
        Source.CLAUDE: None,
        Source.PROMPT: name_from_request(task),
        Source.RANDOM: pick_random(),
    }
    if outcome.source in steps:
        steps[outcome.source] = outcome.task_name
    told: list[dict[str, str | None]] = [
        {"source": source, "name": None, "display_name": None, "reason": None}
        if name is None
        else put_together(Outcome(name, source)).told()
        for source, name in steps.items()
    ]
    told[0]["reason"] = outcome.reason  # why it is not Claude's
    return {
        "answer": put_together(outcome).told(),
        "milliseconds": round(seconds * 1000, 1),
        "steps": told,
    }


@get("/")
async def show_page(request: HttpRequest) -> Response[str]:
    """Show the playground if it is on, else, to whoever takes HTML, what this is; without a key."""
    state = request_state(request.scope)
    settings = state.app.settings
    if settings.playground:
        key = "" if settings.api_keys else " hidden"
        return page("playground.html", key=key, claude="" if settings.has_claude else " hidden")
    if b"text/html" not in state.fields.get(b"accept", b""):
        raise NotFoundException
    return page("front_page.html", origin=escape(str(request.base_url).rstrip("/")))


def page(name: str, **filled_in: str) -> Response[str]:
    """Make the response that shows a page, and lets nothing run but its own script and style."""
    text = (files("naming.web") / name).read_text("utf-8")
    for blank, said in filled_in.items():
        text = text.replace(f"{{{{{blank}}}}}", said)
    policy = f"{content_policy(text)}; connect-src 'self'; img-src data:; frame-ancestors 'none'"
    headers = {
        "cache-control": "no-cache",
        "content-security-policy": policy,
        "referrer-policy": "no-referrer",
        "vary": "accept",
        "x-content-type-options": "nosniff",
    }
    return Response(text, media_type="text/html", headers=headers)


_INLINE: Final = re.compile(r"<(style|script)>(.*?)</\1>", re.DOTALL)


def content_policy(page: str) -> str:
    """Give the Content-Security-Policy that lets in a page's own style and script, by digest."""
    allowed = ""
    for tag, text in _INLINE.findall(page):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        allowed += f"{tag}-src 'sha256-{digest}'; "
    return f"default-src 'none'; {allowed}base-uri 'none'; form-action 'none'"


@get("/health/live")
async def live() -> dict[str, str]:
    """Answer as long as the event loop turns."""
    return {"status": "live"}


@get("/health/ready")
async def ready(request: HttpRequest) -> Response[dict[str, str]]:
    """Answer 200 while names can be given, 503 before and after."""
    if request_state(request.scope).app.ready:
        return Response({"status": "ready"})
    return Response({"status": "not ready"}, status_code=503)


@get("/metrics", media_type="text/plain; version=0.0.4")
async def metrics(request: HttpRequest) -> bytes:
    """Show what all workers have counted, in Prometheus' text format."""
    return request_state(request.scope).app.metrics.page()


@get("/schema/openapi.json", media_type="application/vnd.oai.openapi+json")
async def show_document(request: HttpRequest) -> bytes:
    """Show what the service takes and gives, as OpenAPI has it."""
    document = json.loads((files("naming.web") / "openapi.json").read_bytes())
    if not request_state(request.scope).app.settings.api_keys:
        del document["security"]
    return json.dumps(document).encode()


def handlers(settings: Settings) -> list[HTTPRouteHandler]:
    """Give all that there are with these `settings`."""
    steps = [try_steps] if settings.playground else []
    return [create_name, live, ready, metrics, show_document, show_page, *steps]
