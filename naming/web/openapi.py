"""The OpenAPI document, drawn from the types of what is asked and answered."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from naming.web.errors import MEDIA_TYPE, TITLES, Problem
from naming.web.middleware import OPEN_PATHS
from naming.web.schemas import NameAnswer, NameRequest

DOCUMENT_PATH: Final = "/schema/openapi.json"

_TYPES: Final = {"NameRequest": NameRequest, "NameAnswer": NameAnswer, "Problem": Problem}
_HEALTH: Final = {"type": "object", "additionalProperties": {"type": "string"}}
_HEADERS: Final[dict[int, Any]] = {
    405: {"Allow": {"description": "The methods that it takes.", "schema": {"type": "string"}}},
    503: {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}},
}
_KNOWN_AS: Final = {
    "/v1/names": ("createName", ["names"]),
    "/health/live": ("checkLive", ["operating"]),
    "/health/ready": ("checkReady", ["operating"]),
    "/metrics": ("showMetrics", ["operating"]),
}
"""What a generated client calls each operation, and where it keeps it."""

_PROMPT_OR_MESSAGES: Final = {
    "if": {"required": ["prompt"], "properties": {"prompt": {"type": "string"}}},
    "then": {"properties": {"messages": {"type": "null"}}},
    "else": {"required": ["messages"], "properties": {"messages": {"type": "array"}}},
}
"""Exactly one of both, in keywords that generators of clients pass over: two of them give up at a
`oneOf` beside properties."""

_OF_ALL: Final = (405, 408, 421, 431, 500)


def write_document(*, locked: bool) -> bytes:
    """Write the document as JSON; with `locked` all but health needs a key."""
    naming = _operation("Name a task", _json("NameAnswer"), 400, 401, 413, 415, 503)
    naming["description"] = (
        "A well-formed request is always answered with two names, by the deadline: by Claude's, "
        "else the prompt's own words, else a random pair."
    )
    naming["requestBody"] = {"required": True, "content": _json("NameRequest")}
    health = {"application/json": {"schema": _HEALTH}}
    ready = _operation("Tell whether requests should be sent here", health)
    ready["responses"]["503"] = {"description": "Not ready", "content": health}
    counters = {"text/plain; version=0.0.4": {"schema": {"type": "string"}}}
    paths = {
        "/v1/names": {"post": naming},
        "/health/live": {"get": _operation("Tell whether the process runs", health)},
        "/health/ready": {"get": ready},
        "/metrics": {"get": _operation("Show the counters", counters, 401)},
    }
    for path, operations in paths.items():
        for operation in operations.values():
            operation["operationId"], operation["tags"] = _KNOWN_AS[path]
            operation["security"] = [{"key": []}] if locked and path not in OPEN_PATHS else []
    _, schemas = msgspec.json.schema_components(
        _TYPES.values(), ref_template="#/components/schemas/{name}"
    )
    schemas["NameRequest"] |= _PROMPT_OR_MESSAGES
    for field in (
        each for known in schemas.values() for each in known.get("properties", {}).values()
    ):
        # A default of null says no more than that the field may be left out, and what generates
        # TypeScript takes each field that has a default for one that must be there.
        field.pop("default", None)
    schemas["NameRequest"]["properties"]["deadline_ms"]["anyOf"][0]["type"] = "integer"
    key = {"type": "http", "scheme": "bearer", "description": "One of NAMING_API_KEYS."}
    return msgspec.json.encode(
        {
            "openapi": "3.1.0",
            "info": {
                "title": "task-naming",
                "version": "1",
                "description": "Names for coding-agent tasks.",
            },
            "paths": paths,
            "components": {"schemas": schemas, "securitySchemes": {"key": key}},
        }
    )


def _operation(summary: str, answer: dict[str, Any], *problems: int) -> dict[str, Any]:
    """Describe an operation by its answer and the statuses of its problems, beside those of all."""
    responses: dict[str, Any] = {"200": {"description": "The answer", "content": answer}}
    for status in sorted({*problems, *_OF_ALL}):
        responses[str(status)] = {
            "description": TITLES[status],
            "headers": _HEADERS.get(status, {}),
            "content": _json("Problem", MEDIA_TYPE),
        }
    responses["default"] = {
        "description": "Any other problem",
        "content": _json("Problem", MEDIA_TYPE),
    }
    return {"summary": summary, "responses": responses}


def _json(name: str, media_type: str = "application/json") -> dict[str, Any]:
    return {media_type: {"schema": {"$ref": f"#/components/schemas/{name}"}}}
