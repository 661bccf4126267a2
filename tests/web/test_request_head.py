"""What a request's head may say, and for which hosts a request is taken."""

from __future__ import annotations

from typing import Any

import pytest

from naming.settings import read_settings
from naming.web.errors import BadRequest
from naming.web.request_head import allowed_hosts, check_head, is_loopback
from tests.running_service import Service
from tests.web.test_connection import problem, read

HOST = (b"host", b"localhost")


def checked(target: bytes, *fields: tuple[bytes, bytes], version: str = "1.1") -> tuple[bytes, Any]:
    left = list(fields)
    line = b"GET %s HTTP/%s\r\n" % (target, version.encode())
    return check_head(b"GET", target, version, left, b"before\r\n" + line), left


@pytest.mark.parametrize(
    "host",
    [
        b"localhost",
        b"localhost:",
        b"LOCALHOST:8000",
        b"names.example.",
        b"xn--bcher-kva.example",
        b"127.0.0.1:80",
        b"[::1]",
        b"[2001:db8::1]:8000",
        b"[fe80::1%25eth0]",
        b"a_b",
        b"%41",
        b"x \t",
    ],
)
def test_a_host_is_a_name_or_an_address_and_perhaps_a_port(host: bytes) -> None:
    assert checked(b"/", (b"host", host)) == (b"/", [(b"host", host)])


@pytest.mark.parametrize(
    "host",
    [b"", b" ", b"a b", b"a:b", b"a/b", b"a@b", b"[::1", b"::1", b"[]", b"\xff", b"%4"],
)
def test_anything_else_is_none(host: bytes) -> None:
    with pytest.raises(BadRequest, match="Host"):
        checked(b"/", (b"host", host))


def test_a_request_of_http_1_0_may_have_no_host_but_not_two() -> None:
    assert checked(b"/", version="1.0") == (b"/", [])
    for hosts, version in (([], "1.1"), ([HOST, HOST], "1.1"), ([HOST, HOST], "1.0")):
        with pytest.raises(BadRequest, match="one Host"):
            checked(b"/", *hosts, version=version)


@pytest.mark.parametrize(
    ("target", "path", "host"),
    [
        (b"/a?b", b"/a?b", b"localhost"),
        (b"*", b"/*", b"localhost"),
        (b"http://names.example", b"/", b"names.example"),
        (b"HTTPS://names.example:80?a", b"/?a", b"names.example:80"),
        (b"http://names.example/a/b?c", b"/a/b?c", b"names.example"),
    ],
)
def test_the_host_of_an_absolute_target_counts_for_more(
    target: bytes, path: bytes, host: bytes
) -> None:
    assert checked(target, (b"x", b"y"), HOST) == (path, [(b"x", b"y"), (b"host", host)])


def test_an_absolute_target_names_a_host_and_nobody() -> None:
    for target in (b"http:///a", b"http://me@names.example/", b"http://a b/"):
        with pytest.raises(BadRequest):
            checked(target, HOST)


def test_chunks_are_not_for_http_1_0() -> None:
    chunked = (b"transfer-encoding", b" Chunked ")
    assert checked(b"/", HOST, chunked)[0] == b"/"
    with pytest.raises(BadRequest, match="Transfer-Encoding"):
        checked(b"/", HOST, chunked, version="1.0")


def allows(host: str, **settings: str) -> bool:
    return allowed_hosts(read_settings(settings)).fullmatch(host) is not None


LOOPBACK = "localhost LocalHost:8000 localhost. 127.0.0.1 127.0.0.1:1 [::1] [::1]:80".split()
FOREIGN = "rebound.example localhost.example 127.0.0.1.example:80 10.0.0.1 localhos é".split()
OPEN_TO_ALL = {"NAMING_HOST": "0.0.0.0", "NAMING_ALLOW_OPEN": "true"}  # noqa: S104


def test_an_open_service_on_loopback_takes_requests_for_loopback_only() -> None:
    for where in ("127.0.0.1", "localhost", "::1"):
        assert [host for host in LOOPBACK if not allows(host, NAMING_HOST=where)] == []
        assert [host for host in FOREIGN if allows(host, NAMING_HOST=where)] == []
    assert not allows("rebound.example", NAMING_ALLOW_OPEN="true")
    assert allows("127.0.0.2", NAMING_HOST="127.0.0.2")


def test_where_keys_are_set_or_other_machines_are_served_any_host_is_taken() -> None:
    assert [host for host in FOREIGN if not allows(host, NAMING_API_KEYS="k")] == []
    assert [host for host in FOREIGN if not allows(host, **OPEN_TO_ALL)] == []


def test_a_list_of_hosts_adds_to_loopback_and_counts_wherever_it_is_set() -> None:
    for more in ({}, {"NAMING_API_KEYS": "k"}, OPEN_TO_ALL):
        listed = {"NAMING_ALLOWED_HOSTS": "names.example,*.svc,[2001:db8::1]", **more}
        for host in ("names.example:80", "a.b.svc", "[2001:db8::1]:80", *LOOPBACK):
            assert allows(host, **listed), host
        for host in ("x.names.example", "svc", "names-example", "rebound.example"):
            assert not allows(host, **listed), host
    assert allows("rebound.example", NAMING_ALLOWED_HOSTS="*")


def test_loopback_is_what_only_this_machine_reaches() -> None:
    own = ("127.0.0.1", "127.9.9.9", "::1", "localhost")
    assert [host for host in own if not is_loopback(host)] == []
    assert [host for host in ("0.0.0.0", "::", "192.0.2.1") if is_loopback(host)] == []  # noqa: S104


@pytest.mark.system
def test_a_foreign_host_is_told_so_whatever_it_asks_for(service: Service) -> None:
    for path in (b"/health/live", b"/v1/names", b"/nothing"):
        asked = b"GET %s HTTP/1.1\r\nhost: %s\r\nconnection: close\r\n\r\n"
        status, headers, said = read(service.raw(asked % (path, b"rebound.example")))
        assert (status, headers["content-type"]) == (421, "application/problem+json")
        assert "NAMING_ALLOWED_HOSTS" in said["detail"]
    absolute = b"http://rebound.example/health/live"
    assert problem(service.raw(asked % (absolute, b"localhost"))) == 421
    # Without Host it comes from no browser.
    assert read(service.raw(b"GET /health/live HTTP/1.0\r\n\r\n"))[0] == 200


@pytest.mark.system
def test_where_keys_are_set_any_host_is_served(locked: Service) -> None:
    asked = b"GET /health/live HTTP/1.1\r\nhost: names.example\r\nconnection: close\r\n\r\n"
    assert read(locked.raw(asked))[0] == 200
