"""What is asked and what is answered, and how a request's JSON is read."""

from __future__ import annotations

import codecs
import re
from typing import Annotated, Final

import msgspec

from naming.conversation import MAX_MESSAGES, Role, read_conversation
from naming.names import MAX_DISPLAY_LENGTH, MIN_NAME_LENGTH
from naming.outcome import Reason, Source
from naming.request import Request
from naming.setting_rules import LANGUAGE_TAG
from naming.template import MOST_LENGTH, BadTemplate, Template
from naming.web.errors import BadRequest, what_is_invalid

MAX_TAKEN: Final = 10_000
MAX_DEADLINE_MS: Final = 60_000
MAX_CONTEXT: Final = 2_000
MAX_USER: Final = 200


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A message of a task's conversation."""

    role: Annotated[Role, msgspec.Meta(description="Who wrote it.", examples=["user"])]
    content: Annotated[
        str, msgspec.Meta(description="What was written.", examples=["Now add a dark mode."])
    ]


class CurrentName(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a task is called now."""

    name: Annotated[str, msgspec.Meta(description="Its slug.", examples=["fix-login-button"])]
    display_name: Annotated[
        str, msgspec.Meta(description="Its title.", examples=["Fix the login button"])
    ]


class NameRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A task to be named, by its prompt or by its conversation: one of both is required."""

    prompt: Annotated[
        str | None,
        msgspec.Meta(
            description="The task's prompt; may be empty.",
            examples=["Hi! Could you please fix the login button?"],
        ),
    ] = None
    messages: Annotated[
        Annotated[list[Message], msgspec.Meta(min_length=1, max_length=MAX_MESSAGES)] | None,
        msgspec.Meta(
            description="The task's conversation so far, in place of its prompt. "
            "The first request counts most, then what the user wrote last, answers little.",
            examples=[
                [
                    {"role": "user", "content": "Please fix the login button"},
                    {"role": "assistant", "content": "Fixed."},
                    {"role": "user", "content": "Now add a dark mode to the settings"},
                ]
            ],
        ),
    ] = None
    current: Annotated[
        CurrentName | None,
        msgspec.Meta(
            description="What the task is called now: it stays where it still fits, and where "
            "Claude cannot be asked. Then the answer's source is `current`.",
            examples=[{"name": "fix-login-button", "display_name": "Fix the login button"}],
        ),
    ] = None
    taken: Annotated[
        Annotated[list[str], msgspec.Meta(max_length=MAX_TAKEN)] | None,
        msgspec.Meta(
            description="Names that this owner already uses, in any case. "
            "Given, even empty: the bare name, numbered if taken. "
            "Left out: a random suffix keeps names apart.",
            examples=[["fix-login-button"]],
        ),
    ] = None
    deadline_ms: Annotated[  # a float, as for JSON Schema 300.0 is an integer
        Annotated[float, msgspec.Meta(ge=0, le=MAX_DEADLINE_MS, multiple_of=1)] | None,
        msgspec.Meta(
            description="Milliseconds that the caller waits, counted from arrival. "
            "0: do not call Claude.",
            examples=[1500],
        ),
    ] = None
    template: Annotated[
        str | None,
        msgspec.Meta(
            description="How the name is put together: {slug}, {ticket}, {type}, {user} and "
            "literal text. Left out: as the service's setting says.",
            examples=["{type}/{ticket}-{slug}"],
            extra_json_schema={"format": "name-template"},
        ),
    ] = None
    language: Annotated[
        Annotated[str, msgspec.Meta(pattern=LANGUAGE_TAG)] | None,
        msgspec.Meta(
            description="The language of display_name as a BCP 47 tag. Left out: as the service's "
            "setting says, else that of the request. The prompt's own words stay in its language.",
            examples=["pt-BR"],
        ),
    ] = None
    context: Annotated[
        Annotated[str, msgspec.Meta(max_length=MAX_CONTEXT)] | None,
        msgspec.Meta(
            description="What the caller knows beside the prompt: an issue's title, the "
            "repository, the branch. Named after where the prompt is little more than 'do this'.",
            examples=["Issue: The login button does nothing on phones\nBranch: fix/abc-123"],
        ),
    ] = None
    user: Annotated[
        Annotated[str, msgspec.Meta(max_length=MAX_USER)] | None,
        msgspec.Meta(description="Whose task it is, for {user}.", examples=["jane"]),
    ] = None

    def template_or(self, usual: Template) -> Template:
        """Give its template, else the `usual` one. Raises BadRequest."""
        if self.template is None:
            return usual
        try:
            return Template(self.template, usual.max_length)
        except BadTemplate as error:
            raise BadRequest(f"template: {error}", field="template") from None

    def read(self, template: Template, language: str | None) -> Request:
        """Clean what is to be named, with the `template` and the usual `language` for it."""
        if self.messages is None:
            request = Request.of(self.prompt or "")
        else:
            request = read_conversation([(each.role, each.content) for each in self.messages])
        if self.context:
            request = request.knowing(self.context)
        request = request.wishing(self.language or language or "", kind=template.has("type"))
        if self.current is None:
            return request
        return request.called(self.current.name, self.current.display_name, template.law)


class NameAnswer(msgspec.Struct, frozen=True):
    """The two names of a task, where they came from, and why not from Claude."""

    name: Annotated[
        str,
        msgspec.Meta(
            min_length=MIN_NAME_LENGTH,
            max_length=MOST_LENGTH,
            pattern="^[a-z0-9]+([-/][a-z0-9]+)*$",
            description="For machines: a slug, in English where Claude gave it, put into the "
            "template; at most 32 characters where no other limit is set.",
            examples=["fix-login-button-2"],
        ),
    ]
    display_name: Annotated[
        str,
        msgspec.Meta(
            min_length=1,
            max_length=MAX_DISPLAY_LENGTH,
            description="For people: one clean line in the language of the prompt.",
            examples=["Fix the login button"],
        ),
    ]
    source: Annotated[
        Source, msgspec.Meta(description="Where the names came from.", examples=["prompt"])
    ]
    reason: Annotated[
        Reason | None,
        msgspec.Meta(
            description="Why not from Claude; null where they are, or are kept.",
            examples=["no_api_key"],
        ),
    ]


_DECODER: Final = msgspec.json.Decoder(NameRequest)


_HALF_SURROGATE: Final = re.compile(
    rb"""\\u[dD](?:
        [89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F][0-9a-fA-F]{2})
        | (?<!\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD])[c-fC-F][0-9a-fA-F]{2}
    )""",
    re.VERBOSE,
)
MAX_HALVES: Final = 2 * (MAX_MESSAGES + 2 + MAX_TAKEN)
"""Half surrogates of one request: every string may have been cut at both ends."""


def decode(body: bytes) -> NameRequest:
    """Read a request from its JSON. Raises BadRequest."""
    # RFC 8259 lets a reader ignore the mark, and some editors write it.
    body = body.removeprefix(codecs.BOM_UTF8)
    try:
        request = _decode_tolerantly(body)
    except msgspec.ValidationError as error:
        raise what_is_invalid(str(error)) from None
    except UnicodeDecodeError:
        raise BadRequest("the body must be JSON in UTF-8") from None
    except (msgspec.DecodeError, RecursionError):
        raise BadRequest("the body must be one JSON object, and this is not JSON") from None
    if request.prompt is None and request.messages is None:
        raise BadRequest(
            "prompt is required and must be a string, or messages in its place", field="prompt"
        )
    if request.prompt is not None and request.messages is not None:
        raise BadRequest("messages: only without prompt, in its place", field="messages")
    return request


def _decode_tolerantly(body: bytes) -> NameRequest:
    try:
        return _DECODER.decode(body)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        return _DECODER.decode(_without_half_surrogates(body))


def _without_half_surrogates(body: bytes) -> bytes:
    """Leave out the escapes of half a surrogate pair.

    JavaScript callers that have cut a string inside an emoji send one.
    """
    if b"\0" in body:  # which is nowhere in JSON, so it may stand for an escaped backslash here
        return body
    marked = body.replace(b"\\\\", b"\0")  # each backslash that is left begins an escape
    return _HALF_SURROGATE.sub(b"", marked, MAX_HALVES).replace(b"\0", b"\\\\")
