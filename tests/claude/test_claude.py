"""The room that knows the SDK, against a loopback server: what is asked, what is read, and every way it can fail."""

from __future__ import annotations

import asyncio
import gc
import gzip
import itertools
import json
import os
import socket
import subprocess
import sys
import time
import warnings
import zlib
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from naming.chain import name_task
from naming.claude.ask import AskClaude
from naming.claude.circuit import State
from naming.claude.client import MAX_TOKENS, Client
from naming.claude.endpoint import MAX_BODY_BYTES, OFFICIAL_URL, Endpoint
from naming.claude.instructions import load_instructions
from naming.claude.message import CallObserver, Reply, Tokens, read_message
from naming.claude.reasons import OnHold, seconds_until, why_stopped
from naming.cleaning.bounds import estimate_tokens
from naming.outcome import CannotName, Outcome, Reason, Source
from naming.request import Question
from naming.settings import read_settings
from naming.wiring import open_asker
from tests.fake_claude import (
    BEHAVIOURS,
    GOOD,
    PASSING,
    UNMENDABLE,
    Behaviour,
    FakeClaude,
    Request,
    fails,
    fake_claude,
    gives,
    hangs,
    http,
    message,
    names,
    never_ends,
    resets,
    says,
    sends,
)

if TYPE_CHECKING:
    import logging
    from collections.abc import AsyncIterator, Awaitable, Callable


T = TypeVar("T")

PROMPT = "please fix the login button on the settings page"
KEY = "sk-test-4711"
INSTRUCTIONS = load_instructions()


def settings_for(claude: FakeClaude, **more: str) -> dict[str, str]:
    return {
        "ANTHROPIC_API_KEY": KEY,
        "ANTHROPIC_BASE_URL": claude.url,
        "NAMING_CACHE_SECONDS": "0",
    } | more


def ask(claude: FakeClaude, seconds: float = 1.0, **more: str) -> str | None:
    """Ask once and give the reason, None when Claude's name was used."""

    async def once() -> str | None:
        async with open_asker(read_settings(settings_for(claude, **more))) as asker:
            outcome = await name_task(PROMPT, asker, asyncio.get_running_loop().time() + seconds)
            assert (outcome.source is Source.CLAUDE) == (outcome.reason is None)
            return outcome.reason

    return asyncio.run(once())


@asynccontextmanager
async def client_of(claude: FakeClaude, **more: Any) -> AsyncIterator[Client]:
    client = Client(
        Endpoint(**{"api_key": KEY, "model": "claude-test", "base_url": claude.url} | more),
        INSTRUCTIONS,
    )
    try:
        yield client
    finally:
        await client.close()


def with_client(claude: FakeClaude, scene: Callable[[Client], Awaitable[T]], **more: Any) -> T:
    async def played() -> T:
        async with client_of(claude, **more) as client:
            result = await scene(client)
        await asyncio.sleep(
            0.01
        )  # a stream left in the middle is closed in the next turns of the loop
        assert asyncio.all_tasks() == {asyncio.current_task()}
        return result

    return asyncio.run(played())


async def sent(client: Client) -> Reply | Reason:
    try:
        reply = await client.send(Question(PROMPT))
    except CannotName as declined:
        return declined.reason
    return reply.reason or reply


@pytest.mark.parametrize("misbehaviour", BEHAVIOURS)
def test_every_misbehaviour_has_its_reason_in_time(claude: FakeClaude, misbehaviour: str) -> None:
    claude.behave, reason = BEHAVIOURS[misbehaviour]
    ask(claude)  # imports, connects
    before = time.monotonic()
    assert ask(claude, 0.8) == reason
    assert time.monotonic() - before < 2.5


def calls_of(claude: FakeClaude, prompts: int, seconds: float = 5.0) -> list[str | None]:
    """Ask about so many prompts, one after another, and give the reasons."""

    async def scene() -> list[str | None]:
        async with open_asker(read_settings(settings_for(claude))) as asker:
            now = asyncio.get_running_loop().time
            return [
                (await name_task(f"{PROMPT} {number}", asker, now() + seconds)).reason
                for number in range(prompts)
            ]

    return asyncio.run(scene())


@pytest.mark.parametrize("kind", UNMENDABLE)
def test_what_no_prompt_will_mend_is_asked_once_and_then_paused(
    claude: FakeClaude, kind: str
) -> None:
    claude.behave, reason = UNMENDABLE[kind]
    assert calls_of(claude, 6) == [reason] + ["circuit_open"] * 5
    assert len(claude.requests) == 1


@pytest.mark.parametrize("kind", PASSING)
def test_an_error_in_a_200_pauses_as_one_with_its_status_does(
    claude: FakeClaude, kind: str
) -> None:
    claude.behave, reason = PASSING[kind]
    seconds = 0.8  # too short for a retry
    assert calls_of(claude, 8, seconds) == [reason] * 5 + ["circuit_open"] * 3


def test_a_refusal_of_every_prompt_is_found_out_by_one_of_our_own(claude: FakeClaude) -> None:
    claude.behave = fails(400, "invalid_request_error", "it is Monday")
    assert calls_of(claude, 6) == ["bad_request"] * 3 + ["circuit_open"] * 3
    assert "dark mode" in claude.requests[-1].user_text
    assert len(claude.requests) == 2 * 4  # each with the optional fields and without


def test_refusals_of_single_prompts_pause_nobody(claude: FakeClaude) -> None:
    refusing = fails(400, "invalid_request_error", "it is Monday")

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        await (names() if "dark mode" in request.user_text else refusing)(request, writer)

    claude.behave = behave
    assert calls_of(claude, 7) == ["bad_request"] * 7
    asked = sum("dark mode" in request.user_text for request in claude.requests)
    assert asked == 2  # after the third and the sixth


@pytest.mark.parametrize(
    "body",
    [
        {"message": {"content": []}},
        {"choices": [{"type": "text", "message": {"content": "rate limit"}}]},
        {"name": "fix-timeout", "display_name": "Fix timeout"},
        {"detail": "nothing that we know"},
        {"code": 200, "msg": "ok"},
    ],
)
def test_an_object_that_is_neither_a_reply_nor_tells_an_error_is_unreadable(
    claude: FakeClaude, body: Any
) -> None:
    claude.behave = gives(body)
    assert calls_of(claude, 7) == ["unreadable"] * 7


def test_an_error_in_a_200_is_known_in_whatever_shape_a_gateway_tells_it() -> None:
    told: list[tuple[Reason, dict[str, Any]]] = [
        (
            Reason.RATE_LIMITED,
            {"fault": {"faultstring": "x", "detail": {"errorcode": "RateLimit"}}},
        ),
        (Reason.SPEND_LIMIT, {"err": {"code": "insufficient_quota"}}),
        (Reason.RATE_LIMITED, {"__type": "ThrottlingException"}),
        (Reason.SPEND_LIMIT, {"response": {"error": {"code": 402}}}),
        (Reason.OVERLOADED, {"err_code": 503, "err_msg": "busy"}),
        (Reason.RATE_LIMITED, {"errCode": "429"}),
        (Reason.OVERLOADED, {"status": "error"}),
        (Reason.OVERLOADED, {"success": False}),
        (Reason.AUTHENTICATION, {"ok": False, "reason": "invalid api key"}),
        (Reason.AUTHENTICATION, {"status": 401, "title": "Unauthorized"}),
        (Reason.AUTHENTICATION, {"error": {"message": "This organization has been disabled."}}),
        (Reason.SPEND_LIMIT, {"base_resp": {"status_code": 1008, "status_msg": "low balance"}}),
        (Reason.OVERLOADED, {"type": "message", "content": [], "error": {"type": "api_error"}}),
        (Reason.OVERLOADED, {"errorType": "Runtime.ExitError", "errorMessage": "exited"}),
        (Reason.AUTHENTICATION, {"error": "litellm.AuthenticationError: AnthropicException - x"}),
        (
            Reason.AUTHENTICATION,
            {"detail": "An error occurred (AccessDeniedException) when calling InvokeModel: no"},
        ),
        (Reason.RATE_LIMITED, {"error": {"message": '{"status": "RESOURCE_EXHAUSTED"}'}}),
        (Reason.SPEND_LIMIT, {"error": {"code": "insufficient_user_quota", "message": "x"}}),
        (Reason.AUTHENTICATION, {"error": {"message": "无效的令牌 (request id: 1)"}}),
        (Reason.SPEND_LIMIT, {"error": {"message": "用户额度不足, 剩余额度: 0"}}),
    ]
    misses = []
    for reason, body in told:
        try:
            found = read_message(json.dumps(body).encode(), {}).reason
        except CannotName as declined:
            found = declined.reason
        if found is not reason:
            misses.append((body, found))
    assert misses == []


def test_of_a_stream_only_so_many_lines_are_looked_at() -> None:
    said, error = b'data: "error\n', b'data: {"error": {"code": 429}}'
    with pytest.raises(CannotName, match=Reason.RATE_LIMITED):
        read_message(said * 19 + error, {})
    assert read_message(said * 20 + error, {}).reason is Reason.UNREADABLE


def test_an_organization_on_hold_is_told_as_such_through_a_gateway_too() -> None:
    body = {"error": {"message": "no", "details": {"error_code": "organization_on_hold"}}}
    with pytest.raises(OnHold) as declined:
        read_message(json.dumps(body).encode(), {})
    assert declined.value.reason is Reason.AUTHENTICATION
    assert "on hold" in str(why_stopped(declined.value))


def test_a_name_is_read_in_whatever_shape_a_gateway_gives_its_content() -> None:
    name = json.dumps(GOOD)
    called = {"type": "tool_use", "input": GOOD}
    contents: list[Any] = [
        name,
        {"type": "text", "text": name},
        [{"text": name}],
        [name[:9], name[9:]],
        [{"type": "output_text", "text": name}],
        [called],
        [called, called | {"input": {}}],
        [called | {"input": name}],
        [{"type": "text", "text": ""}, called],
        [{"type": "text", "text": "I will name it."}, called],
    ]
    replies = [read_message(json.dumps({"content": each}).encode(), {}) for each in contents]
    assert [reply.answer.removeprefix("I will name it.") for reply in replies] == [name] * 10


def test_a_field_refused_in_a_200_is_left_out_too(claude: FakeClaude) -> None:
    said = {"type": "error", "error": {"type": "invalid_request_error", "message": "no effort"}}

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        await (gives(said) if "effort" in fields_in(request) else names())(request, writer)

    async def scene(client: Client) -> frozenset[str]:
        assert isinstance(await sent(client), Reply)
        return client.refused_fields

    claude.behave = behave
    assert with_client(claude, scene) == {"effort"}


@pytest.mark.parametrize("quoted", ["Invalid model name", "Unsupported parameter: 'max_tokens'"])
def test_what_an_error_quotes_of_a_prompt_pauses_nobody(claude: FakeClaude, quoted: str) -> None:
    async def scene(client: Client) -> CannotName:
        claude.behave = fails(400, "invalid_request_error", f"cannot parse: fix {quoted}")
        with pytest.raises(CannotName) as declined:
            await client.send(Question(f"fix {quoted}"))
        return declined.value

    declined = with_client(claude, scene)
    assert declined.reason is Reason.BAD_REQUEST
    assert not declined.lasting


@pytest.mark.parametrize(
    "end",
    ["", "/", "/v1", "/v1/", "/v1/messages", "//v1/messages/", "/V1", "/v1/chat/completions"],
)
def test_an_address_may_hold_the_path_of_the_api(claude: FakeClaude, end: str) -> None:
    assert ask(claude, ANTHROPIC_BASE_URL=f"{claude.url}/gateway{end}") is None
    assert [request.path for request in claude.requests] == ["/gateway/v1/messages"]


def test_the_stand_in_of_these_tests_leaves_no_connection_open() -> None:
    with warnings.catch_warnings(record=True) as told, socket.socket() as client:
        warnings.simplefilter("always")
        with fake_claude() as claude:
            claude.behave = never_ends
            client.connect(("127.0.0.1", int(claude.url.rpartition(":")[2])))
            client.sendall(b"POST / HTTP/1.1\r\n\r\n")
            assert client.recv(1)
            time.sleep(0.1)  # until more has been sent than is read
        gc.collect()
    assert [str(each.message) for each in told if each.category is ResourceWarning] == []


# What is asked


def test_a_request_says_what_it_should_and_nothing_more(claude: FakeClaude) -> None:
    reply = with_client(claude, lambda client: client.send(Question("fix the login")))
    assert reply == Reply(json.dumps(GOOD), Tokens(500, 20))
    (request,) = claude.requests
    assert set(request.body) == {
        "model",
        "max_tokens",
        "system",
        "messages",
        "output_config",
        "thinking",
    }
    assert request.body["model"] == "claude-test"
    assert request.body["max_tokens"] == MAX_TOKENS <= 300
    assert request.body["thinking"] == {"type": "disabled"}
    assert request.body["output_config"]["effort"] == "low"
    assert request.body["output_config"]["format"]["type"] == "json_schema"
    assert request.body["output_config"]["format"]["schema"]["additionalProperties"] is False
    assert request.body["system"] == [
        {
            "type": "text",
            "text": INSTRUCTIONS.system,
            "cache_control": {"type": "ephemeral"},
        }
    ]
    assert [turn["role"] for turn in request.body["messages"]] == ["user"]  # no prefill
    assert "\nfix the login\n</task_prompt_" in request.user_text


def test_the_key_travels_in_its_header_and_nowhere_else(claude: FakeClaude) -> None:
    with_client(claude, lambda client: client.send(Question(PROMPT)))
    (request,) = claude.requests
    assert KEY not in json.dumps(request.body)
    assert [name for name, value in request.headers.items() if KEY in value] in (
        ["authorization"],
        ["x-api-key"],
    )
    assert request.headers["accept-encoding"] == "identity"


def test_the_key_hides_itself() -> None:
    assert KEY not in repr(Endpoint(api_key=KEY, model="m"))


def test_a_key_with_a_line_end_behind_it_works(claude: FakeClaude) -> None:
    assert ask(claude, ANTHROPIC_API_KEY=f"{KEY}\n") is None
    assert claude.requests[0].headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("url", ["", None])
def test_an_empty_address_is_the_official_one(
    monkeypatch: pytest.MonkeyPatch, url: str | None
) -> None:
    monkeypatch.setenv("ANTHROPIC_BASE_URL", "")  # as compose files write it

    async def address() -> str:
        client = Client(Endpoint(api_key=KEY, model="m", base_url=url), INSTRUCTIONS)
        try:
            return str(client._sdk.base_url)
        finally:
            await client.close()

    assert asyncio.run(address()).rstrip("/") == OFFICIAL_URL == "https://api.anthropic.com"


def test_other_credentials_in_the_environment_are_not_used(
    claude: FakeClaude, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-other")
    monkeypatch.setenv("ANTHROPIC_AUTH_TOKEN", "token-other")
    with_client(claude, lambda client: client.send(Question(PROMPT)))
    assert "other" not in json.dumps(claude.requests[0].headers)


def test_calls_one_after_another_share_a_connection(claude: FakeClaude) -> None:
    ports: set[int] = set()

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        ports.add(writer.get_extra_info("peername")[1])
        await names()(request, writer)

    async def scene(client: Client) -> None:
        for _ in range(5):
            await client.send(Question(PROMPT))

    claude.behave = behave
    with_client(claude, scene)
    assert len(claude.requests) == 5
    assert len(ports) == 1


# What the other side does not take

FIELDS = ("format", "effort", "thinking", "cache")
SAID = {
    "format": "output_config.format: structured outputs are not supported by this model",
    "effort": "This model does not support the effort parameter.",
    "thinking": "thinking: Extra inputs are not permitted",
    "cache": "system.0.cache_control: Extra inputs are not permitted",
}


def fields_in(request: Request) -> set[str]:
    found = {*request.body.get("output_config", {}), *({"thinking"} & set(request.body))}
    return found | ({"cache"} if "cache_control" in json.dumps(request.body["system"]) else set())


def refuses(*fields: str, status: int = 400, said: str | None = None) -> Behaviour:
    """Refuse a request with any of `fields`, naming the first one found, as APIs do; or saying `said`."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        found = [field for field in FIELDS if field in fields and field in fields_in(request)]
        answer = (
            fails(status, "invalid_request_error", said or SAID[found[0]]) if found else names()
        )
        await answer(request, writer)

    return behave


SUBSETS = [set(fields) for count in range(1, 5) for fields in itertools.combinations(FIELDS, count)]


@pytest.mark.parametrize("status", [400, 422])
@pytest.mark.parametrize("refused", SUBSETS, ids=lambda fields: "+".join(sorted(fields)))
def test_a_field_that_is_refused_by_name_is_left_out_now_and_from_then_on(
    claude: FakeClaude, refused: set[str], status: int
) -> None:
    claude.behave = refuses(*refused, status=status)

    async def scene(client: Client) -> None:
        assert isinstance(await sent(client), Reply)
        assert client.refused_fields == refused
        assert len(claude.requests) == 1 + len(refused)
        assert isinstance(await sent(client), Reply)
        assert len(claude.requests) == 2 + len(refused)

    with_client(claude, scene)
    assert fields_in(claude.requests[-1]) == set(FIELDS) - refused
    assert ("output_config" in claude.requests[-1].body) == (not refused >= {"format", "effort"})


@pytest.mark.parametrize("refused", SUBSETS, ids=lambda fields: "+".join(sorted(fields)))
def test_a_refusal_that_names_nothing_costs_one_more_call_without_any_of_them(
    claude: FakeClaude, refused: set[str]
) -> None:
    claude.behave = refuses(*refused, said="unknown field")

    async def scene(client: Client) -> None:
        assert isinstance(await sent(client), Reply)
        assert client.refused_fields == set(FIELDS)
        assert isinstance(await sent(client), Reply)

    with_client(claude, scene)
    assert [fields_in(request) for request in claude.requests] == [set(FIELDS), set(), set()]


def test_a_refusal_of_the_field_around_two_leaves_out_both(claude: FakeClaude) -> None:
    claude.behave = refuses(
        "format", "effort", said="output_config: Extra inputs are not permitted"
    )
    with_client(claude, sent)
    assert [fields_in(request) for request in claude.requests] == [
        set(FIELDS),
        {"thinking", "cache"},
    ]


@pytest.mark.parametrize(
    "said",
    [
        {"detail": [{"loc": ["body", "system", "str"], "msg": "Input should be a valid string"}]},
        {"error": {"message": "'system' must be a string"}},
        {"error": {"message": "messages with cache_control are not supported"}},
        {"message": "This model does not support prompt caching"},
        {"error": {"code": 400, "message": "Unknown name \"cacheControl\" at 'system[0]'"}},
    ],
)
def test_a_gateway_that_does_not_know_the_mark_of_the_cache_gets_a_plain_text_from_then_on(
    claude: FakeClaude, said: Any
) -> None:
    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        await (gives(said, 400) if "cache" in fields_in(request) else names())(request, writer)

    async def scene(client: Client) -> None:
        assert isinstance(await sent(client), Reply)
        assert client.refused_fields == {"cache"}
        assert isinstance(await sent(client), Reply)

    claude.behave = behave
    with_client(claude, scene)
    assert len(claude.requests) == 3
    assert claude.requests[-1].body["system"] == INSTRUCTIONS.system


def test_what_is_marked_for_the_cache_is_the_same_in_every_call_and_comes_first(
    claude: FakeClaude,
) -> None:
    async def scene(client: Client) -> None:
        await client.send(Question("fix the login"))
        await client.send(Question("paint the door"))

    with_client(claude, scene)
    one, other = (request.body for request in claude.requests)
    assert one.pop("messages") != other.pop("messages")
    assert one == other
    assert estimate_tokens(INSTRUCTIONS.system) >= 512  # what the model caches from


def test_a_bad_request_for_another_cause_is_not_remembered(claude: FakeClaude) -> None:
    async def scene(client: Client) -> None:
        claude.behave = fails(400, "invalid_request_error", "messages: too odd")
        assert await sent(client) is Reason.BAD_REQUEST
        assert client.refused_fields == set()
        claude.behave = fails(
            400, "invalid_request_error", "Invalid request format"
        )  # the word, and not the cause
        assert await sent(client) is Reason.BAD_REQUEST
        assert client.refused_fields == set()
        claude.behave = names()
        assert isinstance(await sent(client), Reply)

    with_client(claude, scene)
    assert len(claude.requests) == 2 + 3 + 1
    assert fields_in(claude.requests[-1]) == set(FIELDS)


def test_when_every_field_is_left_out_already_a_bad_request_costs_one_call(
    claude: FakeClaude,
) -> None:
    async def scene(client: Client) -> None:
        claude.behave = refuses(*FIELDS)
        await sent(client)
        claude.requests.clear()
        claude.behave = fails(400, "invalid_request_error", "thinking about it, no")
        assert await sent(client) is Reason.BAD_REQUEST

    with_client(claude, scene)
    assert len(claude.requests) == 1


def then(*behaviours: Behaviour) -> Behaviour:
    """Behave differently from call to call; the last one stays."""
    left = list(behaviours)

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        await (left.pop(0) if len(left) > 1 else left[0])(request, writer)

    return behave


@pytest.mark.parametrize(
    "afterwards",
    [fails(529, "overloaded_error"), fails(429, "rate_limit_error"), fails(401), resets],
)
def test_an_outage_after_a_vague_refusal_teaches_nothing_and_after_a_clear_one_the_field(
    claude: FakeClaude, afterwards: Behaviour
) -> None:
    async def scene(client: Client) -> None:
        claude.behave = then(fails(400, "invalid_request_error", "no"), afterwards)
        assert isinstance(await sent(client), Reason)
        assert client.refused_fields == set()
        claude.behave = then(fails(400, "invalid_request_error", SAID["thinking"]), afterwards)
        assert isinstance(await sent(client), Reason)
        assert client.refused_fields == {"thinking"}

    with_client(claude, scene)


@pytest.mark.parametrize(
    "reply",
    [
        says("{}", stop_reason="refusal"),
        says("{", stop_reason="max_tokens"),
        sends(http(200, b"[]")),
    ],
)
def test_a_poor_reply_without_the_fields_shows_that_they_were_the_cause(
    claude: FakeClaude, reply: Behaviour
) -> None:
    async def scene(client: Client) -> frozenset[str]:
        claude.behave = then(fails(400, "invalid_request_error", "no"), reply)
        assert isinstance(await sent(client), Reason)
        return client.refused_fields

    assert with_client(claude, scene) == set(FIELDS)


def test_what_a_refusal_named_is_remembered_when_the_deadline_ends_the_second_try(
    claude: FakeClaude,
) -> None:
    async def scene(client: Client) -> frozenset[str]:
        claude.behave = then(fails(400, "invalid_request_error", SAID["format"]), hangs)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(client.send(Question(PROMPT)), 0.3)
        return client.refused_fields

    assert with_client(claude, scene) == {"format"}


def test_a_hang_without_a_refusal_teaches_nothing(claude: FakeClaude) -> None:
    async def scene(client: Client) -> frozenset[str]:
        claude.behave = hangs
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(client.send(Question(PROMPT)), 0.1)
        return client.refused_fields

    assert with_client(claude, scene) == set()


# What comes back


async def pads(_request: Request, writer: asyncio.StreamWriter) -> None:
    """Answer with a blank now and then, each well within what the SDK waits for."""
    writer.write(http(200, b" " * 9999)[:-9999])
    with suppress(ConnectionError):
        for _ in range(9999):
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("slow", [hangs, pads])
def test_a_call_takes_no_longer_than_a_call_may(claude: FakeClaude, slow: Behaviour) -> None:
    claude.behave = slow
    assert with_client(claude, sent, call_seconds=1.0) is Reason.DEADLINE


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("0", 0), ("3", 3), ("2.5", 2.5), (" 7 ", 7), ("3600", 3600), ("-1", None), ("soon", None), ("", None), ("nan", None), ("٣", None), ("1" * 10, None), ("Wed, 99 Oct 2099 07:28:00 GMT", None), ("x" * 41, None), ("Wed, 21 Oct 99999999999 07:28:00 GMT", None)],
)  # fmt: skip
def test_retry_after_is_read_as_a_plain_number_of_seconds(
    value: str, seconds: float | None
) -> None:
    assert seconds_until(value) == seconds
    assert seconds_until("") is None


@pytest.mark.parametrize(
    "form", ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %d %H:%M:%S %Y"]
)
def test_retry_after_may_be_a_date_in_any_of_the_three_forms(form: str) -> None:
    def told(seconds: float) -> float | None:
        return seconds_until(time.strftime(form, time.gmtime(time.time() + seconds)))

    assert told(100) == pytest.approx(100, abs=5)
    assert told(-100) == 0


@pytest.mark.parametrize("status", [429, 503, 529])
def test_retry_after_goes_with_the_reason(claude: FakeClaude, status: int) -> None:
    async def scene(client: Client) -> float | None:
        with pytest.raises(CannotName) as declined:
            await client.send(Question(PROMPT))
        return declined.value.retry_after_seconds

    claude.behave = fails(status, "some_error", "no", "retry-after: 17")
    assert with_client(claude, scene) == 17


@pytest.mark.parametrize(
    ("status", "said", "reason"),
    [
        (400, "Your credit balance is too low", Reason.SPEND_LIMIT),
        (400, "This organization has been disabled.", Reason.AUTHENTICATION),
        (403, "billing is not set up", Reason.AUTHENTICATION),
        (429, "spending limit", Reason.SPEND_LIMIT),
        (404, "billing", Reason.MODEL_NOT_FOUND),
        (500, "billing", Reason.OVERLOADED),
        (401, "billing", Reason.AUTHENTICATION),
        (405, "no", Reason.BAD_REQUEST),
        (418, "no", Reason.BAD_REQUEST),
        (499, "no", Reason.BAD_REQUEST),
        (501, "no", Reason.OVERLOADED),
        (599, "no", Reason.OVERLOADED),
        (304, "no", Reason.UNREACHABLE),
    ],
)
def test_every_error_status_has_a_reason(
    claude: FakeClaude, status: int, said: str, reason: Reason
) -> None:
    claude.behave = fails(status, "some_error", said)
    assert with_client(claude, sent) is reason


@pytest.mark.parametrize("status", [302, 307, 500, 429])
def test_a_redirect_is_not_followed_and_nothing_is_sent_twice(
    claude: FakeClaude, status: int
) -> None:
    claude.behave = then(
        sends(http(status, b"{}", f"location: {claude.url}/elsewhere", "retry-after: 0")), names()
    )
    assert isinstance(with_client(claude, sent), Reason)
    assert len(claude.requests) == 1


def test_nobody_there_is_unreachable() -> None:
    assert with_client(FakeClaude(url="http://127.0.0.1:9"), sent) is Reason.UNREACHABLE
    assert (
        with_client(FakeClaude(url="http://127.0.0.1:9"), sent, api_key="k\n") is Reason.UNREACHABLE
    )


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "text", "content", "usage", "stop_reason", "input_tokens", "x"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip
ALMOST_REPLIES = st.fixed_dictionaries(
    {},
    optional={
        "content": ANY_JSON
        | st.lists(
            st.fixed_dictionaries({"type": st.just("text") | ANY_JSON, "text": ANY_JSON}),
            max_size=3,
        ),
        "stop_reason": ANY_JSON | st.sampled_from(["end_turn", "refusal", "max_tokens"]),
        "usage": ANY_JSON
        | st.dictionaries(
            st.sampled_from(["input_tokens", "output_tokens"]), st.integers() | ANY_JSON
        ),
    },
)


@given((ALMOST_REPLIES | ANY_JSON).map(lambda value: json.dumps(value).encode()) | st.binary())
@example(
    b'{"content": [{"type": "text", "text": "x"}], "usage": {"input_tokens": 1' + b"0" * 400 + b"}}"
)
@example(b"[" * 100_000)
@example(b'{"content": ' + b"9" * 5000 + b"}")
@example(b'{"content": [{"type": "text", "text": "\\ud800"}]}')
def test_no_bytes_of_any_kind_are_more_than_a_reply_or_a_reason(body: bytes) -> None:
    try:
        reply = read_message(body, {})
    except CannotName:  # the error that a gateway tells
        return
    assert isinstance(reply.text, str)
    assert all(0 <= tokens <= 1_000_000_000 for tokens in (reply.tokens.input, reply.tokens.output))
    assert reply.reason in {None, Reason.UNREADABLE, Reason.REFUSED, Reason.CUT_SHORT}
    assert reply.reason is not None or reply.text


def test_the_text_of_every_text_block_is_read_and_of_no_other() -> None:
    blocks = [
        {"type": "thinking", "thinking": "no", "text": "no"},
        {"type": "text", "text": "one"},
        {"type": "text"},
        {"type": "image", "text": "no"},
        7,
        {"type": "text", "text": "two"},
    ]
    assert read_message(json.dumps(message(None, content=blocks)).encode(), {}) == Reply(
        "onetwo", Tokens(500, 20)
    )


@pytest.mark.parametrize(
    "usage",
    [
        None,
        [],
        {},
        {"input_tokens": "5"},
        {"input_tokens": -1},
        {"input_tokens": 1.5},
        {"input_tokens": 10**10},
    ],
)
def test_an_odd_count_of_tokens_is_none(usage: Any) -> None:
    assert read_message(json.dumps(message("x", usage=usage)).encode(), {}) == Reply("x")


def test_tokens_of_the_cache_are_counted_added_up_and_priced() -> None:
    usage = {
        "input_tokens": 100,
        "output_tokens": 40,
        "cache_creation_input_tokens": 1000,
        "cache_read_input_tokens": None,
    }
    first = read_message(json.dumps(message("x", usage=usage)).encode(), {}).tokens
    usage |= {"cache_creation_input_tokens": 0, "cache_read_input_tokens": 1000}
    second = read_message(json.dumps(message("x", usage=usage)).encode(), {}).tokens
    assert (first, second) == (Tokens(100, 40, 1000), Tokens(100, 40, 0, 1000))
    both = first + second
    assert both == Tokens(200, 80, 1000, 1000)
    assert both.all_input == 2200
    assert str(both) == (
        "tokens: 2,200 in (1,000 written to the cache, 1,000 read from it), 80 out"
    )
    # 200 and 1.25 times 1,000 and 0.1 times 1,000 at $0.10, 80 at $0.50, for a million
    assert both.cost_usd("claude-haiku-5-5") == pytest.approx((155 + 40) / 1e6)
    assert both.cost_usd("claude-haiku-5-5", 0.5) == pytest.approx((155 + 40) / 2e6)
    assert both.cost_usd("another") is None


@pytest.mark.parametrize(
    ("details", "category"),
    [
        ({"type": "refusal", "category": "cyber"}, "cyber"),
        ({"type": "refusal", "category": None}, "other"),
        ({"type": "refusal", "category": "x" * 1000}, "other"),
        ({"category": ["cyber"]}, "other"),
        (None, "other"),
    ],
)
def test_a_refusal_has_its_tokens_and_one_of_the_known_categories(
    details: Any, category: str
) -> None:
    body = json.dumps(message("no", stop_reason="refusal", stop_details=details)).encode()
    assert read_message(body, {}) == Reply("", Tokens(500, 20), Reason.REFUSED, category)


# How large a reply may be


def padded(size: int) -> bytes:
    return json.dumps(message(json.dumps(GOOD))).encode().ljust(size)


def deflated(raw: bytes, wbits: int) -> bytes:
    compress = zlib.compressobj(wbits=wbits)
    return compress.compress(raw) + compress.flush()


@pytest.mark.parametrize(
    ("coding", "encode"),
    [
        ("identity", bytes),
        ("gzip", gzip.compress),
        ("X-GZIP", gzip.compress),
        ("deflate", lambda raw: deflated(raw, zlib.MAX_WBITS)),
    ],
)
def test_a_reply_is_read_up_to_a_megabyte_as_it_is_and_unpacked(
    claude: FakeClaude, coding: str, encode: Callable[[bytes], bytes]
) -> None:
    async def scene(client: Client) -> None:
        claude.behave = sends(
            http(200, encode(padded(MAX_BODY_BYTES)), f"content-encoding: {coding}")
        )
        assert isinstance(await sent(client), Reply)
        claude.behave = sends(
            http(200, encode(padded(MAX_BODY_BYTES + 1)), f"content-encoding: {coding}")
        )
        assert await sent(client) is Reason.UNREADABLE

    with_client(claude, scene)


def endless(first: bytes, piece: bytes) -> Behaviour:
    async def behave(_request: Request, writer: asyncio.StreamWriter) -> None:
        head = "HTTP/1.1 200 X\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\ntransfer-encoding: chunked\r\n\r\n"
        writer.write(head.encode() + chunk(first))
        while True:
            writer.write(chunk(piece))
            await writer.drain()

    return behave


def chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


EMPTY_BLOCK = b"\x00\x00\x00\xff\xff"  # a stored block of no bytes


@pytest.mark.parametrize(
    ("first", "piece"),
    [(gzip.compress(b"")[:10], EMPTY_BLOCK * 5_000), (gzip.compress(b"{}"), b"x" * 25_000)],
    ids=["blocks of nothing", "behind the end"],
)
def test_an_endless_reply_that_unpacks_to_nothing_ends_too(
    claude: FakeClaude, first: bytes, piece: bytes
) -> None:
    claude.behave = endless(first, piece)
    assert with_client(claude, sent) is Reason.UNREADABLE


def test_a_second_model_is_asked_where_the_first_is_not_there(claude: FakeClaude) -> None:
    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        found = request.body["model"] == "claude-second"
        await (names() if found else fails(404, "not_found_error"))(request, writer)

    claude.behave = behave
    assert ask(claude, 3.0, NAMING_FALLBACK_MODEL="claude-second") is None
    assert [request.body["model"] for request in claude.requests] == [
        "claude-haiku-5-5",
        "claude-second",
    ]


@pytest.mark.parametrize(
    ("model", "told", "when"),
    [
        ("m", {"lifecycle": "active", "retires_at": None}, None),
        ("m", {"lifecycle": "deprecated", "retires_at": "2027-10-31T00:00:00Z"}, "2027-10-31"),
        ("m", {"lifecycle": "deprecated", "retires_at": None}, "soon"),
        ("m", {"lifecycle": "retired"}, "soon"),
        ("m", {}, None),
        ("claude-sonnet-4-5", {}, "November 30th, 2026"),  # by the SDK's own table
    ],
)
def test_the_retirement_of_a_model_is_what_the_api_says_or_else_the_sdk(
    claude: FakeClaude, monkeypatch: pytest.MonkeyPatch, model: str, told: Any, when: str | None
) -> None:
    for module in ("endpoint", "client"):
        monkeypatch.setattr(f"naming.claude.{module}.OFFICIAL_URL", claude.url)
    claude.model = told
    found = with_client(claude, lambda client: client.retirement(), model=model, base_url=None)
    assert found == when


def test_only_the_official_api_is_asked_about_a_model(
    claude: FakeClaude, monkeypatch: pytest.MonkeyPatch
) -> None:
    claude.model = {"lifecycle": "deprecated"}
    assert with_client(claude, lambda client: client.retirement()) is None
    monkeypatch.setenv("ANTHROPIC_FOUNDRY_API_KEY", "k")
    monkeypatch.setenv("ANTHROPIC_FOUNDRY_BASE_URL", claude.url)
    cloud = {"cloud": "foundry", "base_url": None}
    assert with_client(claude, lambda client: client.retirement(), **cloud) is None


@pytest.mark.parametrize("misbehaviour", ["wrong key", "html", "resets", "broken inside", "null"])
def test_what_cannot_be_told_of_a_model_is_no_error(
    claude: FakeClaude, monkeypatch: pytest.MonkeyPatch, misbehaviour: str
) -> None:
    for module in ("endpoint", "client"):
        monkeypatch.setattr(f"naming.claude.{module}.OFFICIAL_URL", claude.url)
    monkeypatch.setattr(claude, "model_path", "/none")
    claude.behave = BEHAVIOURS[misbehaviour][0]
    assert with_client(claude, lambda client: client.retirement(), base_url=None) is None


def test_the_start_of_the_service_says_when_the_model_retires(claude: FakeClaude) -> None:
    class Notes(CallObserver):
        def retires(self, model: str, when: str) -> None:
            told.append((model, when))

    async def scene() -> None:
        settings = read_settings(settings_for(claude, ANTHROPIC_MODEL="claude-sonnet-4-5"))
        async with open_asker(settings, Notes()):
            await asyncio.sleep(0)

    told: list[tuple[str, str]] = []
    asyncio.run(scene())
    assert told == [("claude-sonnet-4-5", "November 30th, 2026")]


# What is left behind


def test_nothing_is_left_after_a_deadline(claude: FakeClaude) -> None:
    async def scene() -> None:
        async with open_asker(read_settings(settings_for(claude))) as asker:
            until = (
                asyncio.get_running_loop().time() + 1.2
            )  # for ten questions to be on their way on a busy machine
            outcomes = await asyncio.gather(
                *(name_task(f"{PROMPT} {number}", asker, until) for number in range(10))
            )
            assert {outcome.reason for outcome in outcomes} == {Reason.DEADLINE}
            for _ in range(100):
                if claude.busy == 0:
                    break
                await asyncio.sleep(0.02)
            assert claude.busy == 0  # the other side has seen every connection close
            assert asyncio.all_tasks() == {asyncio.current_task()}
        gc.collect()

    claude.behave = hangs
    asyncio.run(scene())
    assert claude.most_busy == 10


def test_after_an_outage_one_call_probes_and_names_are_claudes_again(claude: FakeClaude) -> None:
    class Clock:
        ahead = 0.0

        def __call__(self) -> float:
            return time.monotonic() + self.ahead

    async def scene() -> None:
        clock = Clock()
        async with client_of(claude) as client:
            asker = AskClaude(client, INSTRUCTIONS, max_calls=64, cache_seconds=0, now=clock)

            async def many(count: int, prompt: str) -> list[Outcome]:
                until = asyncio.get_running_loop().time() + 0.7  # too short for a retry
                return await asyncio.gather(
                    *(name_task(f"{prompt} {number}", asker, until) for number in range(count))
                )

            claude.behave = fails(529, "overloaded_error")
            await many(6, "fix the cellar door")
            states = [asker._first.circuit.state]
            claude.requests.clear()
            assert {outcome.reason for outcome in await many(20, "fix the attic door")} == {
                Reason.CIRCUIT_OPEN
            }
            assert claude.requests == []

            clock.ahead += 10.5
            claude.behave = names(delay=0.1)
            reasons = [outcome.reason for outcome in await many(20, "fix the front door")]
            assert sorted(map(str, reasons)) == sorted([*["circuit_open"] * 19, str(reasons[0])])
            assert len(claude.requests) == 1
            states.append(asker._first.circuit.state)
            assert states == [State.OPEN, State.CLOSED]
            await many(5, "fix the back door")
            assert len(claude.requests) == 6

    asyncio.run(scene())


# What is logged


def test_the_sdk_logs_nothing_even_when_it_is_told_to(claude: FakeClaude) -> None:
    claude.behave = fails(500, "api_error", "no")
    script = (
        "import asyncio, os, logging\n"
        "logging.basicConfig(level=logging.DEBUG)\n"
        "from naming.chain import name_task\n"
        "from naming.settings import read_settings\n"
        "from naming.wiring import open_asker\n"
        "async def main():\n"
        "    async with open_asker(read_settings(os.environ)) as asker:\n"
        "        print((await name_task('fix hunter2zebra', asker, asyncio.get_running_loop().time() + 5)).reason)\n"
        "asyncio.run(main())\n"
    )
    environ = {**os.environ, **settings_for(claude), "ANTHROPIC_LOG": "debug"}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)  # ours
    assert done.stdout == "overloaded\n"
    said = [
        line for line in done.stderr.splitlines() if "asyncio" not in line
    ]  # the loop names its selector
    assert said == []
    assert len(claude.requests) == 2


def test_neither_key_nor_prompt_is_logged_at_any_level(
    claude: FakeClaude, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    for behave in (names(), fails(400, "invalid_request_error", PROMPT), resets):
        claude.behave = behave
        ask(claude, 0.5)
    records: list[logging.LogRecord] = caplog.records
    said = " ".join(record.getMessage() for record in records)
    assert KEY not in said
    assert "login button" not in said


# Everything at once

KINDS = [
    "names", "hangs", "drips", "resets", "resets inside the body", "never ends", "gzip bomb", "html", "truncated reply", "no content", "prose",
    "refusal", "cut short", "spend limit 400", "bad request", "wrong key", "rate limited for an hour", "broken inside",
]  # fmt: skip
SLACK_SECONDS = 3.0
"""What a noisy machine may add. A hang or a drip, left alone, would take minutes."""


@pytest.mark.slow  # hundreds of calls in real time
def test_every_pair_of_misbehaviours_at_every_deadline_gives_a_lawful_answer_in_time(
    claude: FakeClaude,
) -> None:
    """Each pair has an asker of its own, told apart at the server by its prompt: the first call meets one, later calls the other."""
    alone = [(kind, kind) for kind in BEHAVIOURS]
    pairs = alone + [(first, second) for first in KINDS for second in KINDS if first != second]
    met: dict[int, int] = {}
    askers: list[AskClaude] = []

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        number = int(request.user_text.partition("door ")[2].partition("\n")[0])
        met[number] = met.get(number, 0) + 1
        await BEHAVIOURS[pairs[number][met[number] > 1]][0](request, writer)

    async def twice(client: Client, number: int, seconds: float) -> None:
        asker = AskClaude(client, INSTRUCTIONS, max_calls=4, cache_seconds=0)
        for _ in range(2):
            started = asyncio.get_running_loop().time()
            outcome = await name_task(f"paint the door {number}", asker, started + seconds)
            late = asyncio.get_running_loop().time() - started - seconds
            assert isinstance(outcome, Outcome)
            assert (outcome.source is Source.CLAUDE) == (outcome.reason is None)
            assert late < SLACK_SECONDS, (pairs[number], seconds, late)
        askers.append(asker)

    async def scene() -> None:
        async with client_of(claude) as client:
            for seconds, at_once in ((0.001, 400), (0.05, 24), (1.0, 60)):
                met.clear()
                for start in range(0, len(pairs), at_once):
                    numbers = range(start, min(start + at_once, len(pairs)))
                    await asyncio.gather(*(twice(client, number, seconds) for number in numbers))
            await asyncio.sleep(0.1)
            assert asyncio.all_tasks() == {asyncio.current_task()}
        assert sum(asker.calls_in_flight for asker in askers) == 0

    claude.behave = behave
    asyncio.run(scene())
    assert claude.wait_until_idle(5)


def test_a_bad_request_that_quotes_a_prompt_about_billing_is_no_spend_limit(
    claude: FakeClaude,
) -> None:
    claude.behave = fails(
        400, "invalid_request_error", "cannot parse: 'refactor the billing module'"
    )
    assert ask(claude) == "bad_request"
    claude.behave = fails(429, "billing_error", "no")
    assert ask(claude) == "spend_limit"


def test_a_vague_refusal_is_learned_also_by_callers_who_have_no_time_for_the_second_try(
    claude: FakeClaude,
) -> None:
    async def reasons() -> list[str | None]:
        claude.behave = then(fails(400), hangs, names())
        async with open_asker(read_settings(settings_for(claude))) as asker:
            now = asyncio.get_running_loop().time
            return [
                (await name_task(f"{PROMPT} {turn}", asker, now() + seconds)).reason
                for turn, seconds in enumerate((2.0, 20.0, 20.0))
            ]

    assert asyncio.run(reasons()) == ["deadline", None, None]
    assert [len(fields_in(request)) for request in claude.requests] == [4, 0, 0, 0]
