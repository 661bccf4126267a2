"""The OpenAPI document: what the framework draws from the types, and what it leaves out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from litestar import Router
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import (
    Components,
    OpenAPIHeader,
    OpenAPIMediaType,
    OpenAPIResponse,
    OpenAPIType,
    Reference,
    Schema,
    SecurityScheme,
)

from naming.names import MAX_DISPLAY_LENGTH, MAX_NAME_LENGTH, MIN_NAME_LENGTH
from naming.web.errors import MEDIA_TYPE, TITLES, not_found
from naming.web.middleware import OPEN_PATHS
from naming.web.schemas import MAX_DEADLINE_MS, MAX_TAKEN

if TYPE_CHECKING:
    from litestar import Litestar, Response

_SCHEME: Final = "key"
_OF_ALL: Final = (405, 408, 421, 431, 500)
_MORE: Final = {
    405: {
        "Allow": OpenAPIHeader(
            description="The methods that it takes.", schema=Schema(type=OpenAPIType.STRING)
        )
    },
    503: {
        "Retry-After": OpenAPIHeader(
            description="Seconds to wait.", schema=Schema(type=OpenAPIType.INTEGER)
        )
    },
}
_PROBLEM: Final = {MEDIA_TYPE: OpenAPIMediaType(schema=Reference("#/components/schemas/Problem"))}


def document_config() -> OpenAPIConfig:
    """Say where the document is and what it is called."""
    return OpenAPIConfig(
        title="task-naming",
        version="1",
        description="Names for coding-agent tasks.",
        openapi_router=Router(
            "/schema", route_handlers=[], include_in_schema=False, after_request=_plain_not_found
        ),
        render_plugins=[JsonRenderPlugin()],  # explorers would load their scripts from elsewhere
        create_examples=False,
        components=Components(
            security_schemes={
                _SCHEME: SecurityScheme(
                    type="http", scheme="bearer", description="One of NAMING_API_KEYS."
                )
            }
        ),
    )


def complete_document(app: Litestar, *, locked: bool) -> None:
    """Add bounds, problems and, where keys are set (`locked`), the need for one."""
    document = app.openapi_schema
    schemas: Any = document.components.schemas
    schemas["NameRequest"].additional_properties = False
    _bound(schemas["NameRequest"].properties)
    schemas["NameAnswer"].properties |= {
        "name": Schema(
            type=OpenAPIType.STRING,
            min_length=MIN_NAME_LENGTH,
            max_length=MAX_NAME_LENGTH,
            pattern="^[a-z0-9]+(-[a-z0-9]+)*$",
        ),
        "display_name": Schema(
            type=OpenAPIType.STRING, min_length=1, max_length=MAX_DISPLAY_LENGTH
        ),
    }
    for path, item in (document.paths or {}).items():
        for operation in filter(None, (item.get, item.post)):
            is_open = path in OPEN_PATHS
            more = () if is_open else (401,) if operation is item.get else (401, 503)
            _add_problems(operation.responses, _OF_ALL + more)
            operation.security = [{_SCHEME: []}] if locked and not is_open else []
    ready: Any = document.paths["/health/ready"].get.responses  # type: ignore[index,union-attr] # it is there
    ready["503"] = OpenAPIResponse("Not ready", content=ready["200"].content)


def _bound(fields: Any) -> None:  # noqa: ANN401 # schemas or references, as the framework likes
    fields["taken"].one_of[0].max_items = MAX_TAKEN
    fields["deadline_ms"].one_of[0].type = OpenAPIType.INTEGER
    fields["deadline_ms"].one_of[0].minimum = 0
    fields["deadline_ms"].one_of[0].maximum = MAX_DEADLINE_MS


def _add_problems(responses: Any, statuses: tuple[int, ...]) -> None:  # noqa: ANN401
    for status in statuses:
        more: Any = _MORE.get(status)
        responses[str(status)] = OpenAPIResponse(TITLES[status], headers=more, content=_PROBLEM)
    responses["default"] = OpenAPIResponse("Any other problem", content=_PROBLEM)


def _plain_not_found(response: Response[Any]) -> Response[Any]:
    """Put our problem in place of the page that the framework has for a missing path."""
    return not_found() if response.status_code == 404 else response  # noqa: PLR2004
