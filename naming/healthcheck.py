"""Asks the service on this machine whether it lives, for an image's health check."""

import contextlib
import http.client
import os
import sys
from typing import Final

# A service that listens on all addresses is asked on this machine's own.
LOOPBACK_FOR: Final = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 # as said


def is_live(host: str, port: str) -> bool:
    """Ask for `/health/live` where the service listens, by no proxy."""
    try:
        host = LOOPBACK_FOR.get(host, host)
        connection = http.client.HTTPConnection(host, int(port), timeout=2.0)
        with contextlib.closing(connection):
            connection.request("GET", "/health/live")
            return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, ValueError, http.client.HTTPException):
        return False


if __name__ == "__main__":
    given = (os.environ.get(name, "").strip() for name in ("NAMING_HOST", "NAMING_PORT"))
    sys.exit(0 if is_live(next(given), next(given) or "8000") else 1)
