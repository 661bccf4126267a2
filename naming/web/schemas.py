"""What is asked and what is answered, and how a request's JSON is read."""

from __future__ import annotations

import codecs
import json
import re
from typing import Annotated, Final

import msgspec

from naming.outcome import Reason, Source
from naming.web.errors import BadRequest, what_is_invalid

MAX_TAKEN: Final = 10_000
MAX_DEADLINE_MS: Final = 60_000


class NameRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A task to be named."""

    prompt: Annotated[str, msgspec.Meta(description="The task's prompt; may be empty.")]
    taken: Annotated[
        Annotated[list[str], msgspec.Meta(max_length=MAX_TAKEN)] | None,
        msgspec.Meta(
            description="Names that this owner already uses, in any case. "
            "Given, even empty: the bare name, numbered if taken. "
            "Left out: a random suffix keeps names apart."
        ),
    ] = None
    deadline_ms: Annotated[
        Annotated[int, msgspec.Meta(ge=0, le=MAX_DEADLINE_MS)] | None,
        msgspec.Meta(
            description="Milliseconds that the caller waits, counted from arrival. "
            "0: do not call Claude."
        ),
    ] = None


class NameAnswer(msgspec.Struct, frozen=True):
    """The two names of a task, where they came from, and why not from Claude."""

    name: str
    display_name: str
    source: Source
    reason: Reason | None


_DECODER: Final = msgspec.json.Decoder(NameRequest)


def decode(body: bytes) -> NameRequest:
    """Read a request from its JSON. Raises BadRequest."""
    body = body.removeprefix(
        codecs.BOM_UTF8
    )  # RFC 8259 lets a reader ignore it, and some editors write it
    try:
        return _DECODER.decode(body)
    except msgspec.ValidationError as error:
        if _FLOAT_FOR_INT.fullmatch(str(error)):
            return _decode_once_more(body)
        raise what_is_invalid(str(error)) from None
    except UnicodeDecodeError:
        raise BadRequest("the body must be JSON in UTF-8") from None
    except (msgspec.DecodeError, RecursionError):
        return _decode_once_more(body)


_FLOAT_FOR_INT: Final = re.compile(r"Expected `int.*`, got `float` - at `\$\.deadline_ms`")


def _decode_once_more(body: bytes) -> NameRequest:
    """Read what the fast decoder is too strict for.

    JavaScript callers that have cut a string inside an emoji send half of a surrogate pair, and for
    JSON Schema 300.0 is an integer.
    """
    try:
        return msgspec.convert(json.loads(body.decode("utf-8"), parse_float=_number), NameRequest)
    except msgspec.ValidationError as error:
        raise what_is_invalid(str(error)) from None
    except UnicodeDecodeError:
        raise BadRequest("the body must be JSON in UTF-8") from None
    except (ValueError, RecursionError):
        raise BadRequest("the body must be one JSON object, and this is not JSON") from None


def _number(text: str) -> int | float:
    number = float(text)
    return int(number) if number.is_integer() else number
