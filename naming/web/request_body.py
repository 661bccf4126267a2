"""What is asked, as `openapi.json` describes it to callers, and how a body is read."""

import codecs
import re
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from naming.request import MAX_MESSAGES, Request, Role, read_conversation
from naming.setting_rules import LANGUAGE_TAG
from naming.settings import Settings
from naming.template import BadTemplate, Template
from naming.web.errors import BadRequest, what_is_invalid
from naming.web.state import BYTES, REQUESTS, HttpRequest, request_state

MAX_TAKEN: Final = 10_000
LARGE_BYTES: Final = 16_384  # of a body; up to so many are not counted


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A message of a task's conversation."""

    role: Role
    content: str


class CurrentName(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a task is called now."""

    name: str
    display_name: str


class NameRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A task to be named, by its prompt or by its conversation: one of both is required."""

    prompt: str | None = None
    messages: Annotated[list[Message], Meta(min_length=1, max_length=MAX_MESSAGES)] | None = None
    current: CurrentName | None = None
    taken: Annotated[list[str], Meta(max_length=MAX_TAKEN)] | None = None
    # A float, as for JSON Schema 300.0 is an integer.
    deadline_ms: Annotated[float, Meta(ge=0, le=60_000, multiple_of=1)] | None = None
    template: str | None = None
    # Python's `$` is before a line break at the end, too; that of the document is not.
    language: Annotated[str, Meta(pattern=LANGUAGE_TAG + r"(?!\n)")] | None = None
    context: Annotated[str, Meta(max_length=2_000)] | None = None
    user: Annotated[str, Meta(max_length=200)] | None = None

    def patience_seconds(self, settings: Settings) -> float:
        """Tell how long its caller waits; where it does not say, as long as is usual."""
        return (settings.deadline_ms if self.deadline_ms is None else self.deadline_ms) / 1000

    def read(self, usual: Template, language: str | None) -> tuple[Request, Template]:
        """Clean what is to be named, and give its template, else the `usual` one.

        `language` is the usual one. Raises BadRequest.
        """
        try:
            template = usual if self.template is None else Template(self.template, usual.max_length)
        except BadTemplate as error:
            raise BadRequest(f"template: {error}", field="template") from None
        if self.messages is None:
            request = Request.of(self.prompt or "")
        else:
            request = read_conversation([(each.role, each.content) for each in self.messages])
        if self.context:
            request = request.knowing(self.context)
        language, kind = self.language or language or "", template.has("type")
        if language or kind:
            request = request.wishing(language, kind=kind)
        if self.current is not None:
            request = request.called(self.current.name, self.current.display_name, template.law)
        return request, template


async def read_request(request: HttpRequest) -> NameRequest:
    """Read what is asked. Raises BadRequest."""
    body = await read_body(request)
    app = request_state(request.scope).app
    await app.turn()
    asked = decode(body)
    await app.turn()  # for a large one was long
    return asked


async def read_body(request: HttpRequest) -> bytes:
    """Take a body as it comes, if its head allows and while there is room. Raises BadRequest."""
    state = request_state(request.scope)
    kind = state.fields.get(b"content-type", b"").partition(b";")[0].strip().lower()
    if kind != b"application/json":
        raise BadRequest("the body must be sent as Content-Type: application/json", status=415)
    if state.fields.get(b"content-encoding", b"").strip().lower() not in {b"identity", b""}:
        raise BadRequest("the body must be sent as it is, without a Content-Encoding", status=415)
    announced = state.fields.get(b"content-length", b"")
    if announced.isdigit():
        _check_size(int(announced), state.app.settings)
    body, more = bytearray(), True
    while more:
        message = await request.receive()
        if state.refusal is not None:
            raise state.refusal
        if message["type"] != "http.request":
            raise BadRequest("the body has broken off")
        body += message.get("body", b"")
        _check_size(len(body), state.app.settings)
        state.take(BYTES, max(0, len(body) - LARGE_BYTES) - state.taken.get(BYTES, 0))
        more = message.get("more_body", False)
    state.whole = True  # under another server nobody else says so
    state.take(REQUESTS, 1)
    return bytes(body)


def _check_size(size: int, settings: Settings) -> None:
    if size > settings.max_body_bytes:
        raise BadRequest("the body is larger than NAMING_MAX_BODY_BYTES allows", status=413)


_DECODER: Final = msgspec.json.Decoder(NameRequest)

_HALF_SURROGATE: Final = re.compile(
    rb"""\\u[dD](?:
        [89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F][0-9a-fA-F]{2})
        | (?<!\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD])[c-fC-F][0-9a-fA-F]{2}
    )""",
    re.VERBOSE,
)
MAX_HALVES: Final = 2 * (MAX_MESSAGES + 2 + MAX_TAKEN)  # every string was cut at both ends


def decode(body: bytes) -> NameRequest:
    """Read a request from its JSON. Raises BadRequest."""
    # RFC 8259 lets a reader ignore the mark, and some editors write it.
    body = body.removeprefix(codecs.BOM_UTF8)
    try:
        try:
            request = _DECODER.decode(body)
        except msgspec.ValidationError:
            raise
        except msgspec.DecodeError:
            request = _DECODER.decode(_without_half_surrogates(body))
    except msgspec.ValidationError as error:
        raise what_is_invalid(str(error)) from None
    except UnicodeDecodeError:
        raise BadRequest("the body must be JSON in UTF-8") from None
    except (msgspec.DecodeError, RecursionError):
        raise BadRequest("the body must be one JSON object, and this is not JSON") from None
    if request.prompt is None and request.messages is None:
        told = "prompt is required and must be a string, or messages in its place"
        raise BadRequest(told, field="prompt")
    if request.prompt is not None and request.messages is not None:
        raise BadRequest("messages: only without prompt, in its place", field="messages")
    return request


def _without_half_surrogates(body: bytes) -> bytes:
    """Leave out half surrogates: JavaScript that has cut a string inside an emoji sends one."""
    if b"\0" in body:  # which is nowhere in JSON, so it may stand for an escaped backslash here
        return body
    marked = body.replace(b"\\\\", b"\0")  # each backslash that is left begins an escape
    return _HALF_SURROGATE.sub(b"", marked, MAX_HALVES).replace(b"\0", b"\\\\")
