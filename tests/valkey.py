"""A real Valkey or Redis server on loopback, and servers that only pretend to be one."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import pytest
import redis

BINARY = shutil.which("valkey-server") or shutil.which("redis-server")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """One server; it can be stopped, and started again at the same address, having forgotten everything."""

    folder: Path
    options: tuple[str, ...] = ()
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    @property
    def socket_path(self) -> Path:
        return self.folder / "valkey.sock"

    @property
    def client(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=str(self.socket_path))

    def start(self) -> None:
        if BINARY is None:
            if os.environ.get("CI"):
                pytest.fail("neither valkey-server nor redis-server is installed")
            pytest.skip("needs valkey-server or redis-server: apt-get install redis-server")
        base = [
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            str(self.folder),
        ]
        command = [BINARY, *base, "--unixsocket", str(self.socket_path), *self.options]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        until = time.monotonic() + 10
        while True:
            try:
                with self.client as client:
                    client.ping()
            except redis.AuthenticationError:
                return
            except redis.ConnectionError:
                assert time.monotonic() < until
                time.sleep(0.02)
            else:
                return

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)


@contextmanager
def valkey(folder: Path, *options: str) -> Iterator[Server]:
    server = Server(folder, options)
    server.start()
    try:
        yield server
    finally:
        server.stop()


Pretence: TypeAlias = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def replies(raw: bytes, delay: float = 0.0, greeting: bytes = b"+PONG\r\n") -> Pretence:
    """Greet like a server, three times, then answer whatever comes with `raw`."""

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for number in range(1_000_000):
            if not await reader.read(4096):
                return
            await asyncio.sleep(0 if number < 3 else delay)
            writer.write(greeting if number < 3 else raw)
            await writer.drain()

    return behave


def says_at_once(raw: bytes) -> Pretence:
    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(raw)
        await writer.drain()
        await reader.read()

    return behave


async def hangs_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


async def is_silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await reader.read()
    await asyncio.sleep(3600)


async def floods(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    for _ in range(3):
        await reader.read(4096)
        writer.write(b"+PONG\r\n")
    await reader.read(4096)
    writer.write(b"$99999999999\r\n")
    for _ in range(200):
        writer.write(b"x" * 65536)
        await writer.drain()


PRETENCES: dict[str, Pretence] = {
    "hangs up": hangs_up,
    "is silent": is_silent,
    "speaks HTTP": says_at_once(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n"),
    "speaks first": says_at_once(b"+PONG\r\n" * 50),
    "greets as another would": replies(b"+HELLO\r\n", greeting=b"+HELLO\r\n"),
    "greets, then is silent": replies(b""),
    "greets, then is slow": replies(b"$0\r\n\r\n$0\r\n\r\n:-2\r\n", delay=0.05),
    "greets, then errs": replies(b"-ERR no\r\n-WRONGTYPE no\r\n-NOAUTH no\r\n"),
    "greets, then loads": replies(b"-LOADING wait\r\n-LOADING wait\r\n-LOADING wait\r\n"),
    "greets, then sends noise": replies(bytes(range(256)) * 8),
    "greets, then floods": floods,
    "answers with other types": replies(b":1\r\n*1\r\n$1\r\nx\r\n$2\r\nno\r\n"),
    "answers with nils": replies(b"$-1\r\n*-1\r\n$-1\r\n"),
    "answers with bad lengths": replies(b"$-7\r\n$x\r\n:y\r\n"),
    "answers with deep lists": replies(b"*1\r\n" * 5000),
    "answers with an endless list": replies(b"*999999999\r\n" + b":1\r\n" * 1000),
    "answers half": replies(b"$20\r\nhalf"),
    "answers too much": replies(b"$0\r\n\r\n" * 50),
    "answers with another's seal": replies(
        b"$30\r\n" + b"s" * 16 + b'["evil-name","E"]'[:14] + b"\r\n$0\r\n\r\n:5\r\n"
    ),
}
"""Every misbehaviour by name."""


async def pretend(behave: Pretence) -> tuple[asyncio.Server, str]:
    """Serve connections by `behave`; gives the server and its address."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await behave(reader, writer)
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    return server, f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}/0"
