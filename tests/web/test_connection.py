"""What comes down a socket, byte by byte: bounds, patience, and how connections end."""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.fake_claude import FakeClaude, hangs, names
from tests.running_service import KEY, Service, running_service, wait_for

pytestmark = pytest.mark.system

BODY = b'{"prompt": "fix the login button", "taken": []}'
HEAD = b"POST /v1/names HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
LAST = b"connection: close\r\n"
LENGTH = b"content-length: %d\r\n\r\n" % len(BODY)
CHUNKED = HEAD + LAST + b"transfer-encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n" % (len(BODY), BODY)
"""Up to where trailer fields may follow."""


@pytest.fixture(scope="module")
def hasty() -> Iterator[Service]:
    with running_service(NAMING_RECEIVE_TIMEOUT_MS="600") as running:
        yield running


def read(answer: bytes) -> tuple[int, dict[str, str], Any]:
    """Take the first answer apart: status, header fields and what its JSON says."""
    head, _, body = answer.partition(b"\r\n\r\n")
    line, *fields = head.decode("latin-1").split("\r\n")
    headers = {
        name.lower(): value.strip() for name, _, value in (field.partition(":") for field in fields)
    }
    assert headers["x-request-id"]
    assert headers["server-timing"]
    return (
        int(line.split()[1]),
        headers,
        json.loads(body[: int(headers["content-length"])] or b"null"),
    )


def problem(answer: bytes) -> int:
    """Expect one problem and the end of the connection; the result is its status."""
    status, headers, said = read(answer)
    assert (headers["content-type"], headers["connection"]) == ("application/problem+json", "close")
    assert (said["status"], bool(said["title"]), bool(said["detail"])) == (status, True, True)
    return status


NAMED = "Fix the login button"


@pytest.mark.parametrize(
    "parts",
    [
        [HEAD + LAST + LENGTH + BODY],
        [HEAD + LAST + LENGTH, BODY],
        [HEAD[:30], HEAD[30:] + LAST, LENGTH, BODY[:10], BODY[10:]],
        [b"\r\n\r\n" + HEAD + LAST + LENGTH + BODY],
        [
            HEAD + LAST + b"transfer-encoding: chunked\r\n\r\n",
            b"%x\r\n%s\r\n" % (len(BODY), BODY),
            b"0\r\n\r\n",
        ],
        [
            HEAD
            + LAST
            + b"transfer-encoding: chunked\r\n\r\n%x;a=b\r\n%s\r\n0\r\nx: y\r\n\r\n"
            % (len(BODY), BODY)
        ],
        [HEAD.replace(b" /v1", b" http://localhost/v1") + LAST + LENGTH + BODY],
        [HEAD.replace(b"/v1/names", b"/v1/names?a=b&c") + LAST + LENGTH + BODY],
        [HEAD.replace(b"/v1/names", b"/%76%31/names") + LAST + LENGTH + BODY],
        [HEAD + LAST + b"content-length: %d\r\n\r\n\xef\xbb\xbf%s" % (len(BODY) + 3, BODY)],
        [HEAD.replace(b"host: localhost", b"HOST:localhost") + LAST + LENGTH + BODY],
        [HEAD + b"content-encoding: identity\r\n" + LAST + LENGTH + BODY],
    ],
)
def test_requests_come_in_many_lawful_shapes(service: Service, parts: list[bytes]) -> None:
    status, headers, said = read(service.raw(*parts))
    assert (status, headers["connection"], said["display_name"]) == (200, "close", NAMED)


@pytest.mark.parametrize(
    "offer",
    [
        b"connection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n",
        b"upgrade: websocket\r\nconnection: upgrade, x\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
        b"connection: keep-alive, Upgrade\r\nupgrade: TLS/1.0\r\n",
    ],
)
@pytest.mark.parametrize("pieces", [1, 2])
def test_an_offer_to_upgrade_is_ignored_and_its_body_read(
    service: Service, offer: bytes, pieces: int
) -> None:
    first = HEAD + offer + LENGTH
    second = b"GET /health/live HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"  # the connection stays one of HTTP/1.1
    answer = service.raw(first + BODY + second) if pieces == 1 else service.raw(first, BODY, second)
    status, _, said = read(answer)
    assert (status, said["display_name"]) == (200, NAMED)
    assert answer.count(b"HTTP/1.1 200") == 2


def test_an_offer_to_upgrade_with_a_body_in_chunks_is_ignored_too(service: Service) -> None:
    offer = b"connection: upgrade\r\nupgrade: h2c\r\ntransfer-encoding: chunked\r\n\r\n"
    last = b"GET /health/live HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
    answer = service.raw(HEAD + offer + b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY) + last)
    assert answer.count(b"HTTP/1.1 200") == 2


def test_requests_sent_ahead_are_answered_in_their_order(service: Service) -> None:
    paths = [b"/health/live", b"/nothing", b"/health/ready"] * 5
    asked = b"".join(b"GET %s HTTP/1.1\r\nhost: localhost\r\n\r\n" % path for path in paths)
    answer = service.raw(
        asked + b"GET /metrics HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
    )
    assert re.findall(rb"HTTP/1.1 (\d+)", answer) == [b"200", b"404", b"200"] * 5 + [b"200"]


def test_trailer_fields_are_dropped(service: Service) -> None:
    for trailer in (b"content-encoding: gzip", b"host: elsewhere.example", b"x-request-id: mine"):
        status, headers, said = read(service.raw(CHUNKED + trailer + b"\r\n\r\n"))
        assert (status, said["display_name"]) == (200, NAMED)
        assert headers["x-request-id"] != "mine"
    untyped = CHUNKED.replace(b"content-type", b"x")
    assert problem(service.raw(untyped + b"content-type: application/json\r\n\r\n")) == 415


def test_a_key_in_a_trailer_opens_nothing(locked: Service) -> None:
    trailer = b"authorization: Bearer %s\r\n\r\n" % KEY.encode()
    assert problem(locked.raw(CHUNKED + trailer)) == 401


def test_the_smallest_chunks_are_a_body_like_any_other(service: Service) -> None:
    body = json.dumps({"prompt": "fix the login button" + " " * 20_000, "taken": []}).encode()
    chunks = b"".join(b"1\r\n%c\r\n" % byte for byte in body)
    head = HEAD + LAST + b"transfer-encoding: chunked\r\n\r\n"
    assert read(service.raw(head, chunks, b"0\r\n\r\n"))[0] == 200


def half_closed(service: Service, sent: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", service.port), timeout=15) as client:
        client.sendall(sent)
        client.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: client.recv(65_536), b""))


def test_a_client_that_sends_no_more_gets_the_answers_to_what_it_sent(service: Service) -> None:
    asked = b"GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n"
    assert half_closed(service, asked * 10).count(b"HTTP/1.1 200") == 10
    assert half_closed(service, asked * 2 + HEAD + LENGTH + BODY).count(b"HTTP/1.1 200") == 3
    assert (
        half_closed(service, HEAD + LENGTH + BODY + asked + HEAD + LENGTH + BODY[:-1]).count(
            b"HTTP/1.1 200"
        )
        == 2
    )
    for unfinished in (b"", HEAD, HEAD + LENGTH, HEAD + LENGTH + BODY[:-1]):
        assert half_closed(service, unfinished) == b""


def test_a_client_that_waits_to_be_told_to_continue_is_told(service: Service) -> None:
    assert service.raw(
        HEAD.replace(b"1.1", b"1.0") + b"expect: 100-continue\r\n" + LENGTH, BODY
    ).startswith(b"HTTP/1.1 200")
    answer = service.raw(HEAD + LAST + b"expect: 100-continue\r\n" + LENGTH, BODY)
    assert answer.startswith(b"HTTP/1.1 100 Continue\r\n\r\n")
    assert read(answer.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n"))[0] == 200


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"garbage\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),  # the beginning of TLS
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
        (b"BREW /v1/names HTTP/1.1\r\nhost: localhost\r\n\r\n", 400),
        (b"GET /\xff\xfe HTTP/1.1\r\nhost: localhost\r\n\r\n", 400),
        (b"GET http://[ HTTP/1.1\r\nhost: localhost\r\n\r\n", 400),
        (b"CONNECT example.com:443 HTTP/1.1\r\nhost: example.com\r\n\r\n", 501),
        (b"GET /health/live HTTP/1.1\r\n\r\n", 400),
        (b"GET /health/live HTTP/1.1\r\nhost: a b\r\n\r\n", 400),
        (b"GET /health/live HTTP/1.1\r\nhost: \r\n\r\n", 400),
        (b"GET http://me@localhost/health/live HTTP/1.1\r\nhost: localhost\r\n\r\n", 400),
        (HEAD.replace(b"localhost", b"[::1") + LENGTH + BODY, 400),
        (HEAD.replace(b"localhost", b"localhost:80:80") + LENGTH + BODY, 400),
        (b"GET /health/live HTTP/2.0\r\nhost: localhost\r\n\r\n", 505),
        (b"GET /health/live RTSP/1.0\r\nhost: localhost\r\n\r\n", 400),
        (b"DESCRIBE rtsp://localhost/ RTSP/1.0\r\nhost: localhost\r\n\r\n", 400),
        (b"SOURCE /health/live ICE/1.0\r\nhost: localhost\r\n\r\n", 400),
        (b"GET /health/live\r\nhost: localhost\r\n\r\n", 400),
        (b"GET  /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n", 400),
        (HEAD + b"transfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501),
        (HEAD + b"transfer-encoding: gzip\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n", 501),
        (HEAD.replace(b"1.1", b"1.0") + b"transfer-encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        (HEAD + b"content-length: 5\r\ncontent-length: 6\r\n\r\nhello", 400),
        (HEAD + b"content-length: -1\r\n\r\n", 400),
        (HEAD + b"content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        (HEAD + b"x: y\r\n folded\r\n\r\n", 400),
        (HEAD + b"x : y\r\n\r\n", 400),
        (HEAD + b"Host: localhost\r\n" + LENGTH + BODY, 400),
        (HEAD + b"x: a\x00b\r\n\r\n", 400),
        (HEAD + b"transfer-encoding: chunked\r\n\r\nnot a size\r\n", 400),
        (HEAD + b"transfer-encoding: chunked\r\n\r\n-1\r\n", 400),
        (HEAD + b"x: " + b"y" * 32_768 + b"\r\n\r\n", 431),
        (HEAD + b"x: " + b"y" * (1 << 20), 431),
        (HEAD + b"y" * (1 << 20), 431),
        (b"\r\n" * 20_000, 431),
        (HEAD + b"x: y\r\n" * 99 + b"\r\n", 431),
        (CHUNKED + b"x: y\r\n" * 99 + b"\r\n", 431),
        (CHUNKED + b"x: " + b"y" * 32_768 + b"\r\n\r\n", 431),
        (CHUNKED + b"x: " + b"y" * (1 << 20), 431),
        (CHUNKED + b"y" * (1 << 20), 431),
        (HEAD + b"transfer-encoding: chunked\r\n\r\n5;" + b"y" * (1 << 20), 431),
        (b"GET /" + b"y" * 40_000 + b" HTTP/1.1\r\n\r\n", 431),
        (HEAD + b"content-encoding: gzip\r\n" + LAST + LENGTH + BODY, 415),
        (HEAD + b"content-encoding: gzip\r\nexpect: 100-continue\r\n" + LENGTH, 415),
        (HEAD + b"content-length: 4194305\r\n\r\n{", 413),
        (HEAD + b"content-length: 99999999999999\r\n\r\n{", 413),
        (HEAD + b"content-length: 99999999999999999999999\r\n\r\n{", 400),
    ],
)
def test_what_cannot_be_taken_is_answered_as_a_problem_and_the_connection_ends(
    service: Service, sent: bytes, status: int
) -> None:
    assert problem(service.raw(sent)) == status
    assert (
        problem(
            service.raw(*(sent[at : at + 16_000] for at in range(0, len(sent), 16_000)), pause=0)
        )
        == status
    )


def test_the_largest_head_is_read(service: Service) -> None:
    head = b"GET /health/live HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n"
    assert read(service.raw(head + b"x: " + b"y" * 32_600 + b"\r\n\r\n"))[0] == 200
    assert read(service.raw(head + b"x: " + b"y" * 16_000, b"y" * 16_500 + b"\r\n\r\n"))[0] == 200
    assert read(service.raw(head + b"x: y\r\n" * 98 + b"\r\n"))[0] == 200


@pytest.mark.parametrize(
    "garbage", [b"garbage\r\n\r\n", HEAD + b"transfer-encoding: chunked\r\n\r\n5\r\n{garbage"]
)
def test_garbage_behind_a_request_does_not_cost_that_one_its_answer(
    service: Service, garbage: bytes
) -> None:
    answer = service.raw(HEAD + LENGTH + BODY + garbage)
    status, headers, said = read(answer)
    assert (status, said["display_name"]) == (200, NAMED)
    assert answer.count(b"HTTP/1.1") == 1 or "connection" in headers


def test_a_flood_of_requests_sent_ahead_is_cut(service: Service) -> None:
    flood = b"GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n" * 5000
    answer = service.raw(flood)
    assert 1 <= answer.count(b"HTTP/1.1 200") < 5000


def test_a_chunk_that_breaks_off_is_a_problem_though_the_request_had_begun(
    service: Service,
) -> None:
    assert (
        problem(
            service.raw(HEAD + b"transfer-encoding: chunked\r\n\r\n", b'5\r\n{"pro', b"garbage")
        )
        == 400
    )


def test_what_was_understood_of_a_request_stands_by_its_refusal(service: Service) -> None:
    broken = b"x-request-id: mine\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{garbage"
    status, headers, _ = read(service.raw(HEAD + broken))
    assert (status, headers["x-request-id"]) == (400, "mine")


def test_a_request_that_is_refused_amid_its_body_is_counted_and_logged_once(
    service: Service,
) -> None:
    head = HEAD + b"x-request-id: amid\r\ntransfer-encoding: chunked\r\n\r\n"
    refused = 'naming_requests_total{path="/v1/names",status="400"}'
    counts = []
    for _ in range(2):
        assert problem(service.raw(head, b'5\r\n{"pro', b"garbage")) == 400
        counts.append(counted(service, refused))
    assert counts[1] == counts[0] + 1
    wait_for(lambda: statuses(service, "amid") == [400] * 2)


def statuses(service: Service, request_id: str) -> list[int]:
    """Give the statuses that the log tells for requests of this id."""
    lines = service.log_lines()
    return [line["status"] for line in lines if line.get("request_id") == request_id]


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ([HEAD[:20]], 408),
        ([HEAD + LENGTH], 408),
        ([HEAD + LENGTH + BODY[:-1]], 408),
        ([HEAD + b"transfer-encoding: chunked\r\n\r\n1\r\n{\r\n"], 408),
        ([HEAD + b"expect: 100-continue\r\n" + LENGTH], 408),
    ],
)
def test_a_client_that_stops_sending_is_cut(
    hasty: Service, parts: list[bytes], status: int
) -> None:
    begun = time.monotonic()
    answer = hasty.raw(*parts)
    assert problem(answer.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n")) == status
    assert time.monotonic() - begun < 10


def test_a_client_that_drips_is_cut_too(hasty: Service) -> None:
    for whole in (HEAD + LENGTH, BODY):
        before = b"" if whole is not BODY else HEAD + LENGTH
        with socket.create_connection(("127.0.0.1", hasty.port), timeout=10) as client:
            client.sendall(before)
            begun = time.monotonic()
            try:
                for at in range(len(whole)):
                    client.sendall(whole[at : at + 1])
                    time.sleep(0.05)
            except OSError:  # cut while sending
                continue
            client.settimeout(5)
            assert problem(client.recv(65_536)) == 408
            assert time.monotonic() - begun < 10


@pytest.mark.parametrize("sent", [b"", b"\r\n"])
def test_a_client_that_sends_nothing_is_let_go_without_a_word(hasty: Service, sent: bytes) -> None:
    assert hasty.raw(sent) == b""


def test_line_ends_do_not_keep_a_connection_for_ever(hasty: Service) -> None:
    answer = hasty.raw(b"GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n", b"\r\n", pause=0.1)
    assert answer.count(b"HTTP/1.1") == 1


def test_a_client_that_does_not_read_its_answers_is_cut(hasty: Service) -> None:
    """Each batch is sent once the one before it is answered, until there is no room for answers."""
    asked = b"GET /schema/openapi.json HTTP/1.1\r\nhost: localhost\r\n%s\r\n\r\n"
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(("127.0.0.1", hasty.port))
        for number in range(1000):
            last = f"unread-{number}"
            client.sendall(asked % b"x: y" * 40 + asked % (b"x-request-id: %s" % last.encode()))
            wait_for(lambda last=last: told(hasty) & {last, 499}, seconds=60)
            if 499 in told(hasty):
                break
        with pytest.raises(ConnectionError):  # noqa: PT012 # once the system has heard of the cut
            while True:
                client.sendall(b"\r\n")


def told(service: Service) -> set[object]:
    """Give the ids and the statuses of the requests that the log tells of."""
    lines = service.log_lines()
    return {line.get(word) for line in lines for word in ("request_id", "status")}


def test_a_refused_body_that_goes_on_for_ever_is_not_listened_to_for_ever(service: Service) -> None:
    with socket.create_connection(("127.0.0.1", service.port), timeout=10) as client:
        client.sendall(
            b"POST /nothing HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n"
        )
        begun = time.monotonic()
        with pytest.raises(OSError):  # noqa: PT011, PT012 # reset or broken pipe, at whichever of many
            while time.monotonic() - begun < 15:
                client.sendall(b"10000\r\n" + b"x" * 65_536 + b"\r\n")
        assert time.monotonic() - begun < 10


def test_a_client_that_leaves_is_logged_as_gone_and_its_call_to_claude_is_given_up(
    service_with_claude: Service, upstream: FakeClaude
) -> None:
    service = service_with_claude
    upstream.behave = hangs
    for size in (0, 200_000):
        body = json.dumps(
            {"prompt": f"please fix the login button {size} " + "a" * size, "deadline_ms": 60_000}
        ).encode()
        before = len(upstream.requests)
        head = HEAD + b"x-request-id: leaves-%d\r\n" % size
        with socket.create_connection(("127.0.0.1", service.port)) as client:
            client.sendall(head + b"content-length: %d\r\n\r\n" % len(body) + body)
            wait_for(lambda before=before: len(upstream.requests) == before + 1)
        wait_for(lambda size=size: statuses(service, f"leaves-{size}") == [499])
        wait_for(lambda: counted(service, "naming_requests_in_progress") == 1)
    assert not [line for line in service.log_lines() if line.get("event") == "bug"]


def test_a_call_that_others_wait_for_too_is_not_given_up_when_one_client_leaves(
    service_with_claude: Service, upstream: FakeClaude
) -> None:
    service, joined = service_with_claude, 'naming_reused_calls_total{how="flight"}'
    upstream.behave = names("mend-login", "Mend the login", delay=2.0)
    before = counted(service, joined)
    body = json.dumps(
        {"prompt": "please fix the login button", "deadline_ms": 15_000, "taken": []}
    ).encode()
    request = HEAD + LAST + b"content-length: %d\r\n\r\n" % len(body) + body
    with socket.create_connection(("127.0.0.1", service.port), timeout=20) as stays:
        with socket.create_connection(("127.0.0.1", service.port)) as leaves:
            leaves.sendall(request)
            wait_for(lambda: len(upstream.requests) == 1)
            stays.sendall(request)
            wait_for(lambda: counted(service, joined) == before + 1)
        assert b'"source":"claude"' in b"".join(iter(lambda: stays.recv(65_536), b""))
        assert len(upstream.requests) == 1


def counted(service: Service, series: str) -> float:
    """Read a value from the metrics."""
    page = service.send("GET", "/metrics").body.decode()
    return next(float(line.split()[-1]) for line in page.splitlines() if line.startswith(series))


@pytest.mark.parametrize(
    "path", ["/health/live", "/metrics", "/schema/openapi.json", "/nothing", "/v1/names"]
)
def test_head_is_answered_as_get_without_a_body(service: Service, path: str) -> None:
    get, head = service.send("GET", path), service.send("HEAD", path)
    assert (head.status, head.body) == (get.status, b"")
    assert head.headers["content-type"] == get.headers["content-type"]


def test_what_may_be_done_with_a_path_is_told(service: Service) -> None:
    assert service.send("OPTIONS", "/v1/names").status == 204
    assert "POST" in service.send("OPTIONS", "/v1/names").headers["allow"]
    assert service.send("OPTIONS", "*").status == 404


@pytest.mark.parametrize(
    "path", ["/schema/swagger", "/schema/redoc", "/schema/x.json", "/v1", "//", "/v1/names/x"]
)
def test_every_path_that_is_not_there_is_a_problem(service: Service, path: str) -> None:
    answer = service.send("GET", path)
    assert (answer.status, answer.headers["content-type"]) == (404, "application/problem+json")
