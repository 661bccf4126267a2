"""How the body of a request is read.

Of the right kind only, within its bounds of size and of time.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from litestar import Request
from litestar.exceptions import InternalServerException

from naming.web.admission import header
from naming.web.bodies import decode
from naming.web.problems import BadRequest
from naming.web.turns import LARGE_BYTES

if TYPE_CHECKING:
    from naming.web.bodies import NameRequest

_TOO_LARGE: Final = "the body is larger than NAMING_MAX_BODY_BYTES allows"


class Json(Request[Any, Any, Any]):
    """A request whose body is read strictly.

    Types are not coerced, its size is counted as it comes, its time too.

    The framework would lead each part through two generators and parse the whole head to learn a
    length.
    """

    _read: bytes | None = None

    async def json(self) -> NameRequest:
        """Decode the body. Raises BadRequest."""
        body = await self.body()
        if len(body) > LARGE_BYTES:
            turns = self.scope["state"]["turns"] = self.app.state["turns"]
            await turns.take()
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
        state, settings = self.scope["state"], self.app.state["settings"]
        if "whole" in state:  # it came with its head, as most do: there is nothing to wait for
            return await self._receive(settings.max_body_bytes)
        announced = header(self.scope, b"content-length")
        if announced.isdigit() and int(announced) > settings.max_body_bytes:
            raise BadRequest(_TOO_LARGE, status=413)
        try:
            async with asyncio.timeout_at(state["arrived"] + settings.receive_timeout_ms / 1000):
                return await self._receive(settings.max_body_bytes)
        except TimeoutError:
            raise BadRequest("the body did not arrive in time", status=408) from None

    async def _receive(self, most_bytes: int) -> bytes:
        """Take the parts as they come, while there is room to hold them. Raises BadRequest."""
        place = self.scope["state"]["place"] = self.app.state["room"].place()
        parts: list[bytes] = []
        size, more = 0, True
        while more:
            message = await self.receive()
            if message["type"] != "http.request":
                raise InternalServerException("client disconnected prematurely")
            part = message["body"]
            size += len(part)
            if size > most_bytes:
                raise BadRequest(_TOO_LARGE, status=413)
            place.hold(len(part))
            parts.append(part)
            more = message.get("more_body", False)
        return b"".join(parts)
