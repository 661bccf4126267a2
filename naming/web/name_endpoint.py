"""`POST /v1/names`: names of a task, as its request asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from litestar import post
from litestar.params import JSONBody

from naming.chain import in_convention, name_task
from naming.web.request_body import JsonRequest
from naming.web.schemas import NameRequest
from naming.web.state import app_state, request_state

if TYPE_CHECKING:
    from collections.abc import Callable

    from naming.outcome import Outcome
    from naming.request import Request


class Named(NamedTuple):
    """What came of naming the `task` of a request, and how its names are put together."""

    task: Request
    outcome: Outcome
    patience_seconds: float
    put_together: Callable[[Outcome], Outcome]


async def name_as_asked(asked: NameRequest, request: JsonRequest) -> Named:
    """Name a task in the time that its caller has for it. Raises BadRequest."""
    app, state = app_state(request.app.state), request_state(request.scope)
    patience_ms = app.settings.deadline_ms if asked.deadline_ms is None else asked.deadline_ms
    await app.turns.wait()
    template = asked.template_or(app.template)
    task = asked.read(template, app.settings.language)
    outcome = await name_task(task, app.ask, state.arrived + patience_ms / 1000)
    state.facts.update(source=outcome.source, reason=outcome.reason)

    def put_together(outcome: Outcome) -> Outcome:
        return in_convention(outcome, task, template, asked.taken, asked.user or "")

    return Named(task, outcome, patience_ms / 1000, put_together)


@post("/v1/names", status_code=200)
async def create_name(data: JSONBody[NameRequest], request: JsonRequest) -> dict[str, str | None]:
    """Name the task that a prompt starts: always an answer, always in time."""
    named, state = await name_as_asked(data, request), request_state(request.scope)
    answer = named.put_together(named.outcome)
    metrics = app_state(request.app.state).metrics
    metrics.answered(answer, state.seconds(), named.patience_seconds)
    state.facts["name"] = answer.task_name.name
    return answer.told()
