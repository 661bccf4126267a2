"""Who is let in: decided by a request's head alone, before a byte of its body is read."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Final

from naming.web.problems import MEDIA_TYPE, RETRY_AFTER_SECONDS, TITLES, Problem, encode

if TYPE_CHECKING:
    from litestar.types import Scope, Send

    from naming.settings import Settings

OPEN_PATHS: Final = ("/health/live", "/health/ready")
"""What needs no key, and is answered however much else is in progress."""

_NO_KEY: Final = Problem(
    TITLES[401], 401, "show one of the configured keys as Authorization: Bearer KEY"
)
_BUSY: Final = Problem(
    TITLES[503], 503, "as many requests as NAMING_MAX_REQUESTS allows are in progress; try again"
)


class Admission:
    """Knows the callers' keys, as digests only, and how many requests may be in progress."""

    def __init__(self, settings: Settings) -> None:
        self._digests = [_digest(key.get_secret_value().encode()) for key in settings.api_keys]
        self._open_paths = (
            (*OPEN_PATHS, "/") if settings.playground else OPEN_PATHS
        )  # its page asks for the key
        self._max_requests = settings.max_requests
        self._in_progress = 0

    def begin(self) -> None:
        """Count a request that has begun."""
        self._in_progress += 1

    def end(self) -> None:
        """Count it no longer."""
        self._in_progress -= 1

    def why_not(self, scope: Scope) -> Problem | None:
        """Tell why the request is refused; None lets it in."""
        refusal: Problem | None = scope["state"].get(
            "refusal"
        )  # the connection has seen to it already
        if refusal is not None or scope["path"] in self._open_paths:
            return refusal
        if not self._shows_a_key(scope):
            return _NO_KEY
        return _BUSY if self._in_progress > self._max_requests else None

    def _shows_a_key(self, scope: Scope) -> bool:
        if not self._digests:
            return True
        shown = header(scope, b"authorization")
        if shown[:7].lower() != b"bearer ":
            return False
        digest = _digest(shown[7:].strip())
        # Every key is compared, and in constant time, so that timing tells nothing.
        matches = [hmac.compare_digest(digest, known) for known in self._digests]
        return any(matches)


def _digest(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()


def header(scope: Scope, name: bytes) -> bytes:
    """Give the first header field called `name`; empty when there is none."""
    for key, value in scope["headers"]:
        if key == name:
            return value
    return b""


_MORE: Final = {
    401: [(b"www-authenticate", b"Bearer")],
    503: [(b"retry-after", str(RETRY_AFTER_SECONDS).encode())],
}


async def refuse(problem: Problem, send: Send) -> None:
    """Answer with `problem`."""
    body = encode(problem)
    headers = [
        (b"content-type", MEDIA_TYPE.encode()),
        (b"content-length", str(len(body)).encode()),
        *_MORE.get(problem.status, []),
    ]
    await send({"type": "http.response.start", "status": problem.status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
