"""Asks the service on this machine whether it lives: exit status 0 if so. What the image's health check runs."""

from __future__ import annotations

import os
import sys
import urllib.error
import urllib.request
from typing import Final

TIMEOUT_SECONDS: Final = 2.0


def is_live(port: str) -> bool:
    """Ask for `/health/live` on this machine's `port`."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live", timeout=TIMEOUT_SECONDS) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(0 if is_live(os.environ.get("NAMING_PORT") or "8000") else 1)
