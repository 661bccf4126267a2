"""Errors as RFC 9457 problems: what was wrong and where, and never a word of what was sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
from litestar import Request, Response

from naming.private_errors import describe_error
from naming.secrets import holds_secret

if TYPE_CHECKING:
    from collections.abc import Mapping

    from litestar.exceptions import HTTPException

    from naming.observability.log import Log

MEDIA_TYPE: Final = "application/problem+json"

TITLES: Final[Mapping[int, str]] = {
    400: "Bad request",
    401: "Authentication needed",
    404: "Not found",
    405: "Method not allowed",
    408: "Request too slow",
    413: "Body too large",
    415: "Unsupported media type",
    421: "Misdirected request",
    431: "Head too large",
    500: "Internal error",
    501: "Not implemented",
    503: "Busy",
    505: "HTTP version not supported",
}

HEADERS: Final[Mapping[int, Mapping[str, str]]] = {
    401: {"www-authenticate": "Bearer"},
    503: {"retry-after": "1"},
}
"""What a status says in a header field."""

_FIELD: Final = re.compile(r"(?=.{1,32}\Z)[A-Za-z_-]+[0-9]{0,2}")
"""What a field is called that somebody mistyped.

Whatever else stands there may be a secret in the wrong place."""

_UNKNOWN_FIELD: Final = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)
_WRONG_FIELD: Final = re.compile(r" - at `\$\.(\w+)")


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """A problem document (RFC 9457): what was wrong, and never a word of what was sent."""

    title: Annotated[
        str, msgspec.Meta(description="What the status says.", examples=["Bad request"])
    ]
    status: Annotated[int, msgspec.Meta(description="The status again.", examples=[400])]
    detail: Annotated[
        str | None,
        msgspec.Meta(description="What is wrong, in a sentence.", examples=["prompt is required"]),
    ] = None
    field: Annotated[
        str | None,
        msgspec.Meta(description="The field of the request at fault.", examples=["prompt"]),
    ] = None
    type: Annotated[
        str, msgspec.Meta(description="Always this; the status tells.", examples=["about:blank"])
    ] = "about:blank"


class BadRequest(Exception):
    """The request is not well-formed."""

    def __init__(self, detail: str, *, status: int = 400, field: str | None = None) -> None:
        super().__init__(detail)
        self.problem = Problem(TITLES[status], status, detail, field)


def encode(problem: Problem) -> bytes:
    """Write `problem` as JSON."""
    return msgspec.json.encode(msgspec.to_builtins(problem) | {"type": problem.type})


def answer(problem: Problem, headers: Mapping[str, str] | None = None) -> Response[bytes]:
    """Make the response that carries `problem`."""
    return Response(
        encode(problem),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers={**HEADERS.get(problem.status, {}), **(headers or {})},
    )


def on_bad_request(_request: Request[Any, Any, Any], error: BadRequest) -> Response[bytes]:
    """Answer a request that we found not to be well-formed."""
    return answer(error.problem)


def on_http_error(_request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """Answer what the framework refused."""
    status = error.status_code if error.status_code in TITLES else 400
    headers = {key: value for key, value in (error.headers or {}).items() if key.lower() == "allow"}
    return answer(Problem(TITLES[status], status, _DETAIL.get(status)), headers)


_DETAIL: Final[Mapping[int, str]] = {
    400: "the body must be one JSON object",
    404: "there is nothing at this path",
    405: "this path does not take this method",
}


def what_is_invalid(message: str) -> BadRequest:
    """Turn msgspec's `message` about a body into ours.

    It names the field and quotes no value.
    """
    wrong = _WRONG_FIELD.search(message)
    if wrong is not None and wrong[1] in ALLOWED:
        return BadRequest(f"{wrong[1]}: {ALLOWED[wrong[1]]}", field=wrong[1])
    if (unknown := _UNKNOWN_FIELD.search(message)) is not None:
        name = unknown[1] if _FIELD.fullmatch(unknown[1]) and not holds_secret(unknown[1]) else None
        said = f"unknown field `{name}`" if name else "a field with an odd name is unknown"
        return BadRequest(f"{said}; allowed are {_FIELDS}", field=name)
    return BadRequest("the body must be one JSON object")


ALLOWED: Final[Mapping[str, str]] = {
    "prompt": "must be a string",
    "messages": "must be a list of 1 to 200 objects of role (user or assistant) and content,"
    " a string",
    "current": "must be an object of name and display_name, both strings",
    "taken": "must be a list of at most 10,000 strings",
    "deadline_ms": "must be a whole number from 0 to 60000",
    "template": "must be a string",
    "language": "must be a BCP 47 tag, such as de or pt-BR",
    "context": "must be a string of at most 2,000 characters",
    "user": "must be a string of at most 200 characters",
}
_FIELDS: Final = f"{', '.join([*ALLOWED][:-1])} and {[*ALLOWED][-1]}"


def on_bug(log: Log, _request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """Answer what nobody foresaw with a bare 500, and log it once."""
    log.error("bug", **describe_error(error))
    return answer(Problem(TITLES[500], 500, "something went wrong here; it is in our log"))
