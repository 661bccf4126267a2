"""One call to the Messages API through the official SDK: a reply, or the reason for having none."""

import asyncio
import logging
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final
from urllib.parse import quote

import anthropic
import httpx2
import msgspec
from anthropic import RequestOptions
from anthropic.resources.messages.messages import DEPRECATED_MODELS
from anthropic.types import ModelInfo

from naming.claude.endpoint import ANTHROPIC, OFFICIAL_URL, Endpoint, bound_body, errors_as_reasons
from naming.claude.instructions import KIND_SCHEMA, SCHEMA, Instructions, fence
from naming.claude.message import Reply, read_message
from naming.claude.reasons import OPTIONAL, InvalidRequest
from naming.outcome import CannotName, Reason
from naming.request import Question

MESSAGES_PATH: Final = "/v1/messages"
MAX_TOKENS: Final = 200  # of output. Both names in any script take at most about 80
KEEPALIVE_SECONDS: Final = 60.0  # the transport's own 5 s would cost sparse traffic dearly

# The SDK's own debug logging would write whole prompts; nothing that it says is needed beside our
# one line.
for _library in ("anthropic", "httpx2", "httpcore2", "aiohttp"):
    logging.getLogger(_library).setLevel(logging.CRITICAL + 1)

NONE: Final[frozenset[str]] = frozenset()


class Client:
    """Calls one model at one address. Fields that the other side refuses are left out from then on.

    `heard` is given the headers of every reply, such as those of the rate limit, and `keep` every
    question with the body of the reply.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        instructions: Instructions,
        heard: Callable[[Mapping[str, str]], None] = lambda _: None,
        keep: Callable[[Question, bytes], None] = lambda *_: None,
    ) -> None:
        self._endpoint = endpoint
        self.model = endpoint.model
        self._keep = keep
        self._instructions = instructions
        self.refused_fields = self._suspected = NONE
        """The optional fields that the other side was found to refuse, and those that it may."""

        async def tell_limits(response: httpx2.Response) -> None:
            heard(response.headers)

        limits = httpx2.Limits(
            max_connections=endpoint.max_connections,
            max_keepalive_connections=endpoint.max_connections,
            keepalive_expiry=KEEPALIVE_SECONDS,
        )
        http_client = anthropic.DefaultAioHttpClient(
            limits=limits,
            follow_redirects=False,  # a redirect would carry the key elsewhere
            event_hooks={"response": [bound_body, tell_limits]},
        )
        # This timeout is one a phase; `send` bounds the whole.
        self._sdk = endpoint.connect(http_client, endpoint.call_seconds)
        # Not as the text that the SDK asks for, which it would read anew at each call, for 25 µs.
        self._url: Any = self._sdk.base_url.join(MESSAGES_PATH[1:])
        self._options = RequestOptions(headers={}, timeout=endpoint.call_seconds, max_retries=0)

    async def close(self) -> None:
        """Close the connections."""
        await self._sdk.close()

    async def send(self, question: Question) -> Reply:
        """Ask a question, in the time of a call. Raises CannotName."""
        try:
            async with asyncio.timeout(self._endpoint.call_seconds):
                return await self._send_accepted(question)
        except TimeoutError as error:
            raise CannotName(Reason.DEADLINE) from error

    async def _send_accepted(self, question: Question) -> Reply:
        """Ask without the fields that turn out to be refused.

        A field is left out for good once the other side has answered without it, or has refused it
        by name and not refused the next try too.
        """
        without, named = self.refused_fields | self._suspected, NONE
        while True:
            try:
                reply = await self._send(question, without)
            except InvalidRequest as refusal:
                fresh = refusal.named - without
                clear = refusal.lasting or refusal.reason is not Reason.BAD_REQUEST
                if not fresh and (clear or without == OPTIONAL):  # it was none of them
                    self._suspected = NONE
                    raise
                without, named = (without | fresh, named | fresh) if fresh else (OPTIONAL, NONE)
            except (CannotName, asyncio.CancelledError) as error:
                self.refused_fields |= named
                if isinstance(error, asyncio.CancelledError):  # no time was left for the next try
                    self._suspected = without  # the next call begins where this one ended
                raise
            else:
                self.refused_fields |= without
                return reply

    async def _send(self, question: Question, without: frozenset[str]) -> Reply:
        asked = f"{question.title} {question.text} {question.context}"
        sent = self.frame(question, without)
        sent["messages"] = [{"role": "user", "content": fence(question)}]
        # `messages.create` would build models of what is plain JSON already, and then of the
        # reply, which we read ourselves; options left out and a path would be filled in by deep
        # copies. Together a third of the call.
        content: bytes | None
        path, content, body = self._url, msgspec.json.encode(sent), None
        if self._endpoint.cloud != ANTHROPIC:  # its client puts the model into the path, and signs
            path, content, body = MESSAGES_PATH, None, sent
        with errors_as_reasons(asked):
            response = await self._sdk.post(
                path, content=content, body=body, cast_to=httpx2.Response, options=self._options
            )
        self._keep(question, response.content)
        return read_message(response.content, response.headers, asked)

    async def retirement(self) -> str | None:
        """Tell when the model retires: `2027-10-31`, `October 31st, 2027`, `soon`, or None."""
        # What gateways and clouds know of models is their own matter.
        if self._endpoint.cloud == ANTHROPIC and self._endpoint.address == OFFICIAL_URL:
            path = f"/v1/models/{quote(self.model, safe='')}"
            with suppress(CannotName, ValueError, AttributeError), errors_as_reasons():
                told = await self._sdk.get(path, cast_to=ModelInfo)
                if told.lifecycle in {"deprecated", "retired"}:
                    date = re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(told.retires_at))
                    return date[0] if date else "soon"
        return DEPRECATED_MODELS.get(self.model)

    def frame(self, question: Question, without: frozenset[str] | None = None) -> dict[str, Any]:
        """Give all of a question but its messages, without the fields that are refused."""
        without = self.refused_fields if without is None else without
        system = self._instructions.system
        # The mark has it kept for five minutes from its last use, and read again at a tenth.
        marked = {"type": "text", "text": system, "cache_control": {"type": "ephemeral"}}
        schema = KIND_SCHEMA if question.wants_kind else SCHEMA
        config = {"format": {"type": "json_schema", "schema": schema}, "effort": "low"}
        frame: dict[str, Any] = {
            "model": self.model,
            "max_tokens": MAX_TOKENS,
            "system": system if "cache" in without else [marked],
        }
        if config := {key: value for key, value in config.items() if key not in without}:
            frame["output_config"] = config
        if "thinking" not in without:
            frame["thinking"] = {"type": "disabled"}  # models think by default, at MAX_TOKENS' cost
        # Models such as `….-v1:0` do not take the version of the API that the SDK asks for
        # (platform.claude.com, "Claude on Amazon Bedrock", November 2026).
        if self._endpoint.cloud == "bedrock" and re.search(r"-v[0-9]+(:[0-9]+)?$", self.model):
            frame["anthropic_version"] = "bedrock-2023-05-31"
        return frame
