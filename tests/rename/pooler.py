"""pgbouncer in transaction mode before a real PostgreSQL, as many applications have it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from psycopg.conninfo import conninfo_to_dict

if TYPE_CHECKING:
    from collections.abc import Iterator

PGBOUNCER = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")

CONFIGURATION = """
[databases]
* = host={host} port={port} user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {own_port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 1
"""


@contextmanager
def pooler(address: str, folder: Path) -> Iterator[str]:
    """Run one, with a single connection that all its clients take turns with; gives its address."""
    assert PGBOUNCER is not None
    with socket.create_server(("127.0.0.1", 0)) as free:
        own_port = free.getsockname()[1]
    of = conninfo_to_dict(address)
    configuration = folder / "pgbouncer.ini"
    configuration.write_text(
        CONFIGURATION.format(host=of["host"], port=of.get("port", 5432), own_port=own_port)
    )
    command = [PGBOUNCER, str(configuration)]
    if os.geteuid() == 0:  # as which it refuses to run
        command[1:1] = ["--user", Path(str(of["host"])).owner()]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", own_port)) == 0:
                    break
            time.sleep(0.05)
        yield f"postgresql://postgres@127.0.0.1:{own_port}/postgres"
    finally:
        process.terminate()
        process.wait()
