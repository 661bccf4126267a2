"""A page to try the chain on, at `/` where NAMING_PLAYGROUND is on.

Both names, and what each step would have said.
"""

from __future__ import annotations

import asyncio
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
from litestar import Request, Response, get, post
from litestar.params import JSONBody

from naming.chain import name_task
from naming.content_policy import content_policy
from naming.extraction import name_from_request
from naming.outcome import Reason, Source
from naming.random_name import pick_random
from naming.uniqueness import told_apart
from naming.web.schemas import NameAnswer, NameRequest
from naming.web.state import app_state, request_state

if TYPE_CHECKING:
    from naming.names import TaskName

PAGE_PATH: Final = "/"
STEPS_PATH: Final = "/playground"


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


@post(STEPS_PATH, status_code=200, include_in_schema=False)
async def try_steps(data: JSONBody[NameRequest], request: Request[Any, Any, Any]) -> Steps:
    """Name a task as the endpoint does, without a suffix.

    Tells what each step said or would have said.
    """
    app, state = app_state(request.app.state), request_state(request.scope)
    patience_ms = app.settings.deadline_ms if data.deadline_ms is None else data.deadline_ms
    template = data.template_or(app.template)
    task = data.read(template, app.settings.language)
    outcome = await name_task(task, app.ask, state.arrived + patience_ms / 1000)
    seconds = asyncio.get_running_loop().time() - state.arrived
    state.facts.update(source=outcome.source, reason=outcome.reason)
    values = template.values(task, data.user or "")

    def put_together(name: TaskName) -> TaskName:
        return told_apart(name, data.taken or (), template.frame(name, values))

    kept = outcome.source is Source.CURRENT
    answer = outcome.task_name if kept else put_together(outcome.task_name)
    from_claude = outcome.task_name if outcome.source is Source.CLAUDE else None
    own_words = name_from_request(task)
    at_random = outcome.task_name if outcome.source is Source.RANDOM else pick_random()
    return Steps(
        NameAnswer(answer.name, answer.display_name, outcome.source, outcome.reason),
        round(seconds * 1000, 1),
        [
            _step(Source.CLAUDE, from_claude and put_together(from_claude), outcome.reason),
            _step(Source.PROMPT, own_words and put_together(own_words)),
            _step(Source.RANDOM, put_together(at_random)),
        ],
    )


def _step(source: Source, name: TaskName | None, reason: Reason | None = None) -> PlaygroundStep:
    return (
        PlaygroundStep(source, reason=reason)
        if name is None
        else PlaygroundStep(source, name.name, name.display_name)
    )


@get(PAGE_PATH, include_in_schema=False, media_type="text/html")
async def show_page(request: Request[Any, Any, Any]) -> Response[str]:
    """Show the page. It holds nothing secret, so it is open where keys are set.

    What it asks for is not.
    """
    settings = app_state(request.app.state).settings
    page, policy = _page(bool(settings.api_keys), settings.has_claude)
    headers = {
        "content-security-policy": policy,
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "cache-control": "no-cache",
    }
    return Response(page, media_type="text/html", headers=headers)


@cache
def _page(locked: bool, asks_claude: bool) -> tuple[str, str]:  # noqa: FBT001 # a cache takes no keywords apart
    """Give the page and the policy that lets nothing run but its own script and style."""
    page = (files("naming.web") / "playground.html").read_text("utf-8")
    hidden = {True: "", False: " hidden"}
    page = page.replace("{{key}}", hidden[locked]).replace("{{claude}}", hidden[asks_claude])
    return (
        page,
        f"{content_policy(page)}; connect-src 'self'; img-src data:; frame-ancestors 'none'",
    )
