"""One client's connection: HTTP/1.1 with bounds on how much comes, how slowly, and how it ends."""

import asyncio
from collections.abc import Callable
from enum import IntEnum
from typing import Any, Final

import httptools
from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from naming.web.connection_limit import ConnectionLimit, Phase
from naming.web.errors import BadRequest
from naming.web.request_head import check_head
from naming.web.state import KEY, RequestState, request_state

MAX_HEAD_BYTES: Final = 32_768  # of a request line, header fields and trailer fields together
MAX_FIELDS: Final = 100  # header and trailer fields of one request
MAX_PIPELINED: Final = 64  # requests of one connection that may wait for the answer to another

BYTES_OF_CHUNK: Final = len(b"1\r\nx\r\n")  # and what goes beyond is head (RFC 9112, 7.1.1)
HALF_OPEN_SECONDS: Final = 0.5  # in which who sends no more, listening or gone, is still answered
LINGER_SECONDS: Final = 2.0  # to go on sending once answered: a reset loses answers (RFC 9112, 9.6)

REFUSED: Final = b"GET * HTTP/1.0\r\n\r\n"  # is read in the place of what cannot be
_LARGE_HEAD: Final = (
    f"the request line, header fields and trailer fields are limited to {MAX_HEAD_BYTES} bytes "
    f"and {MAX_FIELDS} fields"
)

# How far the client's latest request has come, or that nothing is read any more; and what is waited
# for no longer than a while.
Arrival = IntEnum("Arrival", ["NOTHING", "HEAD", "BODY", "WHOLE", "UNREAD"])
Deadline = IntEnum("Deadline", ["RECEIVED", "WRITTEN", "ANSWERED", "CLOSED"])


class BoundedHttpProtocol(HttpToolsProtocol):
    """What the server knows of a connection, with the bounds that it lacks.

    What cannot be read is answered by the application, as a problem; an offer to upgrade is
    ignored, as RFC 9110 allows; and a handler whose client has gone is cancelled. For whoever
    answers it is the transport too, one that closes so that the client can read the answer first.
    """

    # Any: asyncio and uvloop have a class of their own each.
    def connection_made(self, transport: Any) -> None:  # noqa: ANN401
        """Begin to wait for the first head."""
        super().connection_made(transport)
        self._raw = transport
        self.transport: Any = self
        self._unsent = b""
        self._task: asyncio.Task[None] | None = None
        self._running: Any = None  # what answers a request, or has answered the latest
        self._arrival = Arrival.NOTHING
        self._received = bytearray()  # since the head began, and some of what was before it
        self._unread = 0  # bytes that are in no whole part of a message yet
        self._deadlines: dict[Deadline, asyncio.TimerHandle] = {}
        self._set(Deadline.RECEIVED, self.app.receive_seconds, self._is_late)
        self._limit: ConnectionLimit = self.app.connection_limit
        phase = self._limit.add(self.close_idle)
        if phase is Phase.REFUSED:
            told = "as many connections as NAMING_MAX_CONNECTIONS allows are in use; try again"
            self._refuse(BadRequest(told, status=503))
        elif phase is None:
            self._arrival = Arrival.UNREAD
            self._raw.abort()

    def _set(self, deadline: Deadline, seconds: float, then: Callable[[], object]) -> None:
        if deadline not in self._deadlines:
            self._deadlines[deadline] = self.loop.call_later(seconds, then)

    def _met(self, *deadlines: Deadline) -> None:
        for deadline in deadlines:
            if (timer := self._deadlines.pop(deadline, None)) is not None:
                timer.cancel()

    def write(self, data: bytes) -> None:
        """Take a part of an answer, all of which is sent at once; an interim answer goes first."""
        self._unsent += data
        if not self._running.response_started:
            self._send()

    def _send(self) -> None:
        if self._unsent:
            self._raw.write(self._unsent)
            self._unsent = b""

    def is_closing(self) -> bool:
        """Tell whether nothing more should be written."""
        return Deadline.CLOSED in self._deadlines or bool(self._raw.is_closing())

    def close(self) -> None:
        """Close once all is written and the client has gone, and at the latest after a while."""
        if self.is_closing():
            return
        self._send()
        self._met(Deadline.RECEIVED)
        self._set(Deadline.CLOSED, LINGER_SECONDS, self._raw.abort)
        self._limit.mark(self.close_idle, Phase.CLOSING)
        self.flow.resume_reading()
        if self._arrival is Arrival.WHOLE:
            self._raw.close()
        else:  # the client may still be sending
            self._raw.write_eof()
        self._arrival = Arrival.UNREAD

    def close_idle(self) -> None:
        """Close a connection on which nobody waits for an answer."""
        if self._arrival < Arrival.WHOLE or self.is_closing():
            self._raw.abort()
        else:
            self.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop all that was done for this client."""
        super().connection_lost(exc)
        self._limit.remove(self.close_idle)
        self._unset_keepalive_if_required()
        self._met(*Deadline)
        if self._task is not None:
            request_state(self._running.scope).gone = True
            self._running.disconnected = True
            self._task.cancel()

    # The class above never keeps a connection open.
    def eof_received(self) -> bool:  # type: ignore[override]
        """Hear that the client sends no more; True keeps the connection for answers soon ready."""
        if self._owes_answer and not self.is_closing():
            self.cycle.keep_alive = False
            self._set(Deadline.ANSWERED, HALF_OPEN_SECONDS, self._raw.abort)
        return Deadline.ANSWERED in self._deadlines

    @property
    def _owes_answer(self) -> bool:
        """Tell whether a whole request waits for its answer; others wait behind such a one only."""
        first = self._running
        return first is not None and not first.response_complete and not first.more_body

    def data_received(self, data: bytes) -> None:
        """Parse what has come, and refuse what breaks a bound."""
        if self._arrival is Arrival.UNREAD:
            return
        self._unset_keepalive_if_required()
        self._received += data
        self._unread += len(data)
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade as error:
            self._ignore_upgrade(data[error.args[0] :])
            return
        except httptools.HttpParserError as error:
            malformed = BadRequest("this is no HTTP request that can be understood")
            refused = error.__context__  # what was raised in a callback
            self._refuse(refused if isinstance(refused, BadRequest) else malformed)
            return
        if self._unread > MAX_HEAD_BYTES:
            self._refuse(BadRequest(_LARGE_HEAD, status=431))
            return
        if self._arrival >= Arrival.BODY:
            self._received.clear()
            self._limit.mark(self.close_idle, self._phase)
        if self._arrival is not Arrival.WHOLE or self._phase is Phase.IDLE:
            self._set(Deadline.RECEIVED, self.app.receive_seconds, self._is_late)

    @property
    def _phase(self) -> Phase:
        if self._owes_answer:
            return Phase.BUSY
        return Phase.RECEIVING if self._arrival is Arrival.BODY else Phase.IDLE

    def _ignore_upgrade(self, rest: bytes) -> None:
        """Read the request again without its offer, as Java's client has it; the body would go."""
        head = [b"%s %s HTTP/1.1" % (self.parser.get_method(), self.url)]
        head += [b"%s: %s" % field for field in self.headers if field[0] != b"upgrade"]
        self._read_anew(b"\r\n".join([*head, b"", b""]) + rest)

    def _read_anew(self, data: bytes) -> None:
        self.parser = httptools.HttpRequestParser(self)
        self.data_received(data)

    def pause_writing(self) -> None:
        """Wait for a client that does not read its answers, but not for ever."""
        super().pause_writing()
        self._set(Deadline.WRITTEN, self.app.receive_seconds, self._raw.abort)

    def resume_writing(self) -> None:
        """Go on: the client has read."""
        super().resume_writing()
        self._met(Deadline.WRITTEN)

    def _is_late(self) -> None:
        if self._arrival in {Arrival.HEAD, Arrival.BODY}:
            self._refuse(BadRequest("the request did not arrive in time", status=408))
        else:  # a connection kept in stock
            self.close()

    # What the parser calls

    def on_message_begin(self) -> None:
        """Begin a request."""
        super().on_message_begin()
        self._arrival = Arrival.HEAD
        self._head_bytes = self._fields = 0

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header field; a trailer field is counted and dropped (RFC 9110, 6.5.1)."""
        self._fields += 1
        self._count(len(name) + len(value))
        if self._arrival is Arrival.HEAD:
            super().on_header(name, value)

    def _count(self, size: int) -> None:
        self._head_bytes += size
        if self._head_bytes > MAX_HEAD_BYTES or self._fields > MAX_FIELDS:
            raise BadRequest(_LARGE_HEAD, status=431)

    def on_headers_complete(self) -> None:
        """Start the request's handler, or put it behind those before it."""
        self._arrival = Arrival.BODY
        self._unread = 0
        self._count(len(self.url))
        method, version = self.parser.get_method(), self.parser.get_http_version()
        self.url = check_head(method, self.url, version, self.headers, self._received)
        if version == "1.0":
            self.expect_100_continue = False  # it would take the interim response for the answer
        if self.parser.should_upgrade():
            return
        if len(self.pipeline) >= MAX_PIPELINED:
            raise BadRequest(f"at most {MAX_PIPELINED} requests may wait on one connection")
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take a part of the body; each of its bytes may have come as a chunk of its own."""
        self._unread = max(0, self._unread - BYTES_OF_CHUNK * len(body))
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Note that the request is whole, and go on listening, to see a client leave."""
        self._met(Deadline.RECEIVED)
        self._arrival = Arrival.WHOLE
        self._unread = 0
        if self.parser.should_upgrade():
            return
        request_state(self.scope).whole = True
        super().on_message_complete()
        if not self.pipeline:
            self.flow.resume_reading()

    def on_response_complete(self) -> None:
        """Go on to the next request, or wait for one."""
        self._send()
        super().on_response_complete()
        if not self.is_closing():
            self._limit.mark(self.close_idle, self._phase)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self._running = cycle
        self._task = self.loop.create_task(cycle.run_asgi(app))
        self._task.add_done_callback(self.tasks.discard)
        self.tasks.add(self._task)

    def _refuse(self, refusal: BadRequest) -> None:
        """Answer with `refusal` once the whole requests before it have their answers, and part."""
        self._met(Deadline.RECEIVED)
        if self.pipeline and self.pipeline[0][0].more_body:
            self.pipeline.popleft()  # what was begun and is not whole
        if self._owes_answer:
            last = self.pipeline[0][0] if self.pipeline else self._running
            last.keep_alive = False
        elif self._running is not None and not self._running.response_complete:
            request_state(self._running.scope).refusal = refusal
            self._running.message_event.set()  # for who reads the body
        else:
            known: Any = self.scope
            self._read_anew(REFUSED)
            scope: Any = self.scope
            scope |= (known or {}) | {"state": {KEY: RequestState(refusal=refusal)}}
        self._arrival = Arrival.UNREAD
