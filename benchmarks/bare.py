"""The floor: the same request and answer through the bare framework, with nothing of ours around or inside.

python -m benchmarks.bare
"""

from __future__ import annotations

import socket
import sys
from typing import Annotated

import msgspec
import uvicorn
from litestar import Litestar, post
from litestar.params import JSONBody

from benchmarks.usage import usage


class Asked(msgspec.Struct, forbid_unknown_fields=True):
    prompt: str
    taken: Annotated[list[str], msgspec.Meta(max_length=10_000)] | None = None
    deadline_ms: int | None = None


class Answered(msgspec.Struct):
    name: str
    display_name: str
    source: str
    reason: str | None


@post("/v1/names", status_code=200)
async def answer(data: JSONBody[Asked]) -> Answered:
    return Answered(
        "fix-login-button", "Fix login button", "prompt", "no_api_key" if data.prompt else None
    )


def main() -> None:
    usage(__doc__).parse_args()
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        Litestar([answer]), log_config=None, access_log=False, server_header=False
    )
    print(f"listening on http://127.0.0.1:{listener.getsockname()[1]}", file=sys.stderr, flush=True)
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
