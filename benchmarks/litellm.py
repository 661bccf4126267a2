"""LiteLLM's proxy in front of the same upstream, in an environment of its own that is kept between runs.

It is no dependency of ours: the first run installs it with pip, which takes a few minutes.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.client import Load
from benchmarks.running import Running, running

if TYPE_CHECKING:
    from collections.abc import Iterator

HOME: Final = Path(tempfile.gettempdir()) / "litellm-venv"
KEY: Final = "sk-bench"


def install() -> Path:
    """Give the proxy's command, installing it first where it is not."""
    command = HOME / "bin" / "litellm"
    if not command.exists():
        print("installing LiteLLM's proxy; this takes a few minutes", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", str(HOME)], check=True)
        subprocess.run([str(HOME / "bin" / "pip"), "install", "-q", "litellm[proxy]"], check=True)
    return command


def version() -> str:
    """Tell the installed version."""
    ask = "from importlib.metadata import version; print(version('litellm'))"
    return subprocess.run(
        [str(HOME / "bin" / "python"), "-c", ask], capture_output=True, text=True, check=True
    ).stdout.strip()


def load(port: int, count: int, in_flight: int) -> Load:
    """Make the load that asks it for names as a user of it would."""
    template = (
        json.dumps(
            {
                "model": "namer",
                "max_tokens": 200,
                "messages": [{"role": "user", "content": "PROMPT"}],
            }
        )
        .replace("%", "%%")
        .replace('"PROMPT"', "%s")
    )
    return Load(
        port, count, in_flight, "/v1/chat/completions", template, {"authorization": f"Bearer {KEY}"}
    )


@contextmanager
def proxy(upstream: str) -> Iterator[Running]:
    """Run the proxy, one worker, its telemetry and its price list from afar off."""
    command = install()
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        config = Path(folder) / "config.json"
        model = {"model": "anthropic/claude-haiku-5-5", "api_base": upstream, "api_key": "sk-test"}
        config.write_text(
            json.dumps({"model_list": [{"model_name": "namer", "litellm_params": model}]}), "utf-8"
        )
        arguments = [
            "--config",
            str(config),
            "--port",
            str(port),
            "--host",
            "127.0.0.1",
            "--telemetry",
            "False",
        ]
        environment = {"LITELLM_MASTER_KEY": KEY, "LITELLM_LOCAL_MODEL_COST_MAP": "True"}
        with running(
            [str(command), *arguments], environment, r"Uvicorn running on .*:\d+", 120
        ) as it:
            yield it
