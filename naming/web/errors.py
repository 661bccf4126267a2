"""Errors as RFC 9457 problems: what was wrong and where, and never a word of what was sent."""

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.plugins.problem_details import ProblemDetailsException

from naming.observability import Log
from naming.private_errors import describe_error
from naming.secrets import holds_secret

HEADERS: Final = {401: {"www-authenticate": "Bearer"}, 503: {"retry-after": "1"}}

# What a field is called that somebody mistyped; whatever else stands there may be a secret.
_FIELD: Final = re.compile(r"(?=.{1,32}\Z)[A-Za-z_-]+[0-9]{0,2}")
_UNKNOWN_FIELD: Final = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)
_WRONG_FIELD: Final = re.compile(r" - at `\$\.(\w+)")


class BadRequest(ProblemDetailsException):
    """The request is refused with a `status`."""

    def __init__(self, detail: str, *, status: int = 400, field: str | None = None) -> None:
        super().__init__(
            detail=detail,
            status_code=status,
            title=HTTPStatus(status).phrase,  # as RFC 9457 has it for problems without a type
            type_="about:blank",
            headers=HEADERS.get(status, {}),
            extra={"field": field} if field else None,
        )


def on_error(log: Log, request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Answer what was refused; what nobody foresaw with a bare 500, and log it once."""
    if isinstance(error, BadRequest):
        return error.to_response(request)
    if not isinstance(error, HTTPException):
        log.error("bug", **describe_error(error))
        error = HTTPException(status_code=500)
    status = error.status_code
    refusal = BadRequest(_DETAIL.get(status, _DETAIL[500]), status=status)
    refusal.headers = error.headers  # what a path takes
    return refusal.to_response(request)


_DETAIL: Final[Mapping[int, str]] = {
    400: "the body must be one JSON object",
    404: "there is nothing at this path",
    405: "this path does not take this method",
    500: "something went wrong here; it is in our log",
}


def what_is_invalid(message: str) -> BadRequest:
    """Turn msgspec's `message` about a body into ours: it names the field and quotes no value."""
    wrong = _WRONG_FIELD.search(message)
    if wrong is not None and wrong[1] in ALLOWED:
        return BadRequest(f"{wrong[1]}: {ALLOWED[wrong[1]]}", field=wrong[1])
    if (unknown := _UNKNOWN_FIELD.search(message)) is not None:
        name = unknown[1] if _FIELD.fullmatch(unknown[1]) and not holds_secret(unknown[1]) else None
        said = f"unknown field `{name}`" if name else "a field with an odd name is unknown"
        return BadRequest(f"{said}; allowed are {_FIELDS}", field=name)
    return BadRequest(_DETAIL[400])


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
