"""Running the service: the socket, the workers, and what is said at the start."""

from __future__ import annotations

import ipaddress
import signal
import socket
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

import uvicorn

from naming.exit_status import ExitStatus
from naming.settings import BadSetting, Settings, variable
from naming.web.connection import Connection
from naming.web.crowd import raise_descriptor_limit
from naming.web.draining import DrainingServer, DrainingWorkers
from naming.wiring import sources_line

if TYPE_CHECKING:
    from naming.web.envelope import Envelope
    from naming.web.traced import Traced

FINISH_SECONDS: Final = 65
"""How long requests in progress may take to finish once no new ones are taken.

The longest deadline and a little."""

IDLE_SECONDS: Final = 75
"""How long a connection without a request is kept.

Longer than the 60 s for which balancers commonly reuse theirs."""

BACKLOG: Final = 2048

TRACES_NEED: Final = ("opentelemetry.sdk", "opentelemetry.exporter.otlp.proto.http")


def serve(settings: Settings, workers: int) -> int:
    """Run the service until it is told to stop; the result is the exit status.

    Raises BadSetting.
    """
    _check_extras(settings)
    signal.signal(
        signal.SIGTERM, lambda *_: sys.exit(ExitStatus.DONE)
    )  # until the server takes over, and once it gives back
    if signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:  # not under nohup
        signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    raise_descriptor_limit(settings)
    listener = _listen(settings)
    config = uvicorn.Config(
        "naming.web.service:create_service_from_environment" if workers > 1 else _app(settings),
        factory=workers > 1,
        workers=workers,
        log_config=None,  # the application writes the log
        access_log=False,
        server_header=False,
        date_header=True,
        http=Connection,
        ws="none",
        proxy_headers=False,  # nothing depends on where a request came from
        lifespan="on",
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=FINISH_SECONDS,
    )
    _say(settings, listener)
    if workers > 1:
        _run_workers(config, listener)
    else:
        DrainingServer(config).run(sockets=[listener])
    return ExitStatus.DONE


def _check_extras(settings: Settings) -> None:
    if settings.traces != "off" and not all(map(_is_installed, TRACES_NEED)):
        raise BadSetting(
            f"{variable('traces')}: traces need an extra: pip install 'task-naming[otel]'"
        )


def _is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # not even the package that it is in
        return False


def _run_workers(config: uvicorn.Config, listener: socket.socket) -> None:
    from naming.observability.shared_counts import NowhereToCount, directory_for_workers  # noqa: PLC0415

    try:
        with directory_for_workers():
            DrainingWorkers(config, sockets=[listener]).run()
    except NowhereToCount as error:
        raise BadSetting(
            f"TMPDIR: several workers count in files, and none can be made in /dev/shm or there: {error.strerror}"
        ) from error


def _app(settings: Settings) -> Envelope | Traced:
    from naming.web.service import create_service  # noqa: PLC0415 # with workers, only they need it

    return create_service(settings)


def _listen(settings: Settings) -> socket.socket:
    host, port = settings.host, settings.port
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        _check_is_locked(settings, str(address[0]))
        return socket.create_server(address, family=family, backlog=BACKLOG)
    except (OSError, UnicodeError) as error:
        field = "host" if isinstance(error, (socket.gaierror, UnicodeError)) else "port"
        why = getattr(error, "strerror", None) or "no such address"
        raise BadSetting(
            f"{variable(field)}: cannot listen on {host} port {port}: {why.split(':')[0]}"
        ) from None


def _check_is_locked(settings: Settings, address: str) -> None:
    """Refuse to serve everybody who can reach this machine, unless that was asked for.

    Raises BadSetting.
    """
    if (
        settings.api_keys
        or settings.allow_open
        or ipaddress.ip_address(address.partition("%")[0]).is_loopback
    ):
        return
    raise BadSetting(
        f"NAMING_API_KEYS: needed on {settings.host}, where other machines reach the service; "
        "NAMING_ALLOW_OPEN=true serves everybody"
    )


def _say(settings: Settings, listener: socket.socket) -> None:
    host, port = listener.getsockname()[:2]
    place = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    print(f"naming: {sources_line(settings)}", file=sys.stderr)
    print(f"naming: listening on {place}", file=sys.stderr, flush=True)
