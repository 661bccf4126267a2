"""`POST /v1/names`: names of a task, as its request asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from litestar import post
from litestar.params import JSONBody

from naming.chain import name_task
from naming.outcome import Outcome, Source
from naming.uniqueness import told_apart
from naming.web.request_body import JsonRequest
from naming.web.schemas import NameAnswer, NameRequest
from naming.web.state import app_state, request_state

if TYPE_CHECKING:
    from naming.names import TaskName
    from naming.request import Request
    from naming.template import Template


class Named(NamedTuple):
    """What came of naming the `task` of a request, and the template that names are put into."""

    asked: NameRequest
    task: Request
    template: Template
    outcome: Outcome
    patience_seconds: float

    def put_together(self, name: TaskName) -> TaskName:
        """Put a name into the template, and keep it apart from those that are taken."""
        frame = self.template.frame(name, self.template.values(self.task, self.asked.user or ""))
        return told_apart(name, self.asked.taken, frame)

    def answer(self) -> NameAnswer:
        """Give the outcome as it is answered; a name that the task keeps stays as it is."""
        name, source, reason = self.outcome.task_name, self.outcome.source, self.outcome.reason
        if source is not Source.CURRENT:
            name = self.put_together(name)
        return NameAnswer(name.name, name.display_name, source, reason)


async def name_as_asked(asked: NameRequest, request: JsonRequest) -> Named:
    """Name a task in the time that its caller has for it. Raises BadRequest."""
    app, state = app_state(request.app.state), request_state(request.scope)
    patience_ms = app.settings.deadline_ms if asked.deadline_ms is None else asked.deadline_ms
    await app.turns.wait()
    template = asked.template_or(app.template)
    task = asked.read(template, app.settings.language)
    outcome = await name_task(task, app.ask, state.arrived + patience_ms / 1000)
    state.facts.update(source=outcome.source, reason=outcome.reason)
    return Named(asked, task, template, outcome, patience_ms / 1000)


@post("/v1/names", status_code=200)
async def create_name(data: JSONBody[NameRequest], request: JsonRequest) -> NameAnswer:
    """Name the task that a prompt starts: always an answer, always in time."""
    named, state = await name_as_asked(data, request), request_state(request.scope)
    answer = named.answer()
    metrics = app_state(request.app.state).metrics
    metrics.answered(named.outcome, state.seconds(), named.patience_seconds)
    state.facts["name"] = answer.name
    return answer
