"""How the body of a request is read: of the right kind only, within bounds of size and time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from litestar import Request
from litestar.exceptions import InternalServerException

from naming.web.capacity import HeldRequest
from naming.web.errors import BadRequest
from naming.web.middleware import header
from naming.web.schemas import decode
from naming.web.state import app_state, request_state

if TYPE_CHECKING:
    from naming.web.schemas import NameRequest

_TOO_LARGE: Final = "the body is larger than NAMING_MAX_BODY_BYTES allows"


class JsonRequest(Request[Any, Any, Any]):
    """A request whose body is read strictly.

    Types are not coerced, its size is counted as it comes, its time too. The framework would lead
    each part through two generators and parse the whole head to learn a length.
    """

    _read: bytes | None = None

    async def json(self) -> NameRequest:
        """Decode the body. Raises BadRequest."""
        body = await self.body()
        await app_state(self.app.state).turns.wait()
        return decode(body)

    async def body(self) -> bytes:
        """Read the whole body, if it is of the right kind. Raises BadRequest."""
        if self._read is None:  # the framework asks twice
            self._check_kind()
            self._read = await self._receive_in_time()
        return self._read

    def _check_kind(self) -> None:
        media_type = header(self.scope, b"content-type").partition(b";")[0].strip().lower()
        if media_type != b"application/json":
            raise BadRequest("the body must be sent as Content-Type: application/json", status=415)
        if header(self.scope, b"content-encoding").strip().lower() not in {b"identity", b""}:
            raise BadRequest(
                "the body must be sent as it is, without a Content-Encoding", status=415
            )

    async def _receive_in_time(self) -> bytes:
        state, settings = request_state(self.scope), app_state(self.app.state).settings
        if state.whole:  # it came with its head, as most do: there is nothing to wait for
            return await self._receive(settings.max_body_bytes)
        announced = header(self.scope, b"content-length")
        if announced.isdigit() and int(announced) > settings.max_body_bytes:
            raise BadRequest(_TOO_LARGE, status=413)
        try:
            async with asyncio.timeout_at(state.arrived + settings.receive_timeout_ms / 1000):
                return await self._receive(settings.max_body_bytes)
        except TimeoutError:
            raise BadRequest("the body did not arrive in time", status=408) from None

    async def _receive(self, most_bytes: int) -> bytes:
        """Take the parts as they come, while there is memory for them. Raises BadRequest."""
        held = HeldRequest(app_state(self.app.state).room)
        request_state(self.scope).held = held
        parts: list[bytes] = []
        size, more = 0, True
        while more:
            message = await self.receive()
            if message["type"] != "http.request":
                raise InternalServerException("client disconnected prematurely")
            part = message.get("body", b"")
            size += len(part)
            if size > most_bytes:
                raise BadRequest(_TOO_LARGE, status=413)
            held.add(len(part))
            parts.append(part)
            more = message.get("more_body", False)
        request_state(self.scope).whole = True  # under another server nobody else says so
        held.begin()
        return b"".join(parts)
