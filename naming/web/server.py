"""Running the service: the socket, the workers, what is said at the start, and the way to stop."""

import multiprocessing
import os
import signal
import socket
import sys
import time
from argparse import Namespace
from importlib import import_module
from typing import Final

import uvicorn
from uvicorn.supervisors import Multiprocess, multiprocess

from naming.commands import ExitStatus
from naming.settings import BadSetting, Settings, variable
from naming.standard_streams import open_standard_error
from naming.web.connection import BoundedHttpProtocol
from naming.web.request_head import is_loopback
from naming.wiring import check_claude, sources_line

FINISH_SECONDS: Final = 65  # for requests to end once no new ones are taken: the longest and more
IDLE_SECONDS: Final = 75  # longer than the 60 s for which balancers commonly reuse connections
TRACES: Final = "naming.observability.traces"  # it imports the extra that traces need


def serve(given: Namespace, settings: Settings) -> int:
    """Run the service until it is told to stop; gives the exit status. Raises BadSetting."""
    if settings.traces != "off":
        try:
            import_module(TRACES)
        except ModuleNotFoundError:
            told = "traces need an extra: pip install 'task-naming[otel]'"
            raise BadSetting(f"{variable('traces')}: {told}") from None
    check_claude(settings)
    # Until the server takes over, and once it gives back.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(ExitStatus.DONE))
    if signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:  # not under nohup
        signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    listener = _listen(settings)
    config = uvicorn.Config(
        "",  # it is made where it is served
        workers=given.workers,
        log_config=None,  # the application writes the log
        access_log=False,
        server_header=False,
        date_header=True,
        http=BoundedHttpProtocol,
        ws="none",
        proxy_headers=False,  # nothing depends on where a request came from
        lifespan="on",
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=FINISH_SECONDS,
    )
    if given.workers > 1:
        from naming.observability.metrics import metrics_directory  # noqa: PLC0415 # as below

        _say(settings, listener)
        with metrics_directory():
            multiprocess.Process = _WorkerProcess  # type: ignore[misc] # what is started there
            DrainingWorkers(config, sockets=[listener]).run()
    else:
        from naming.web.app import create_app  # noqa: PLC0415 # with several, only they need it

        config.app = create_app(settings)
        _say(settings, listener)
        DrainingServer(config).run(sockets=[listener])
    return ExitStatus.DONE


def _listen(settings: Settings) -> socket.socket:
    host, port = settings.host, settings.port
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        if not (settings.api_keys or settings.allow_open or is_loopback(host)):
            raise BadSetting(
                f"NAMING_API_KEYS: needed on {host}, where other machines reach the service; "
                "NAMING_ALLOW_OPEN=true serves everybody"
            )
        return socket.create_server(address, family=family, backlog=2048)
    except (OSError, UnicodeError) as error:
        field = "host" if isinstance(error, (socket.gaierror, UnicodeError)) else "port"
        why = getattr(error, "strerror", None) or "no such address"
        told = f"cannot listen on {host} port {port}: {why.split(' (')[0]}"
        raise BadSetting(f"{variable(field)}: {told}") from None


def _say(settings: Settings, listener: socket.socket) -> None:
    host, port = listener.getsockname()[:2]
    place = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    print(f"naming: {sources_line(settings)}", file=sys.stderr)
    page = f"is at {place}/" if settings.playground else f"is off ({variable('playground')}=1)"
    print(f"naming: listening on {place}; the page to try prompts on {page}", file=sys.stderr)


class DrainingServer(uvicorn.Server):
    """A server that listens on for a while after SIGTERM, so that balancers see it is not ready."""

    _until = 0.0

    async def on_tick(self, counter: int) -> bool:
        """Look every tenth of a second whether to stop, as a worker without a supervisor does."""
        supervisor = multiprocessing.parent_process()
        if supervisor is not None and os.getppid() != supervisor.pid and not self.should_exit:
            signal.raise_signal(signal.SIGTERM)
        if not await super().on_tick(counter):
            return False
        app = self.config.loaded_app.shared
        if app.ready:
            app.ready = False
            self._until = time.monotonic() + app.settings.drain_ms / 1000
        is_impatient = self._captured_signals != [signal.SIGTERM]  # of whom a second one comes
        return is_impatient or time.monotonic() >= self._until


class _WorkerProcess(multiprocess.Process):
    """A worker process, with such a server."""

    def target(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve. A terminal's hang-up, which all processes hear, is the supervisor's to answer."""
        from naming.observability import Metrics  # noqa: PLC0415
        from naming.web.app import create_app  # noqa: PLC0415

        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        open_standard_error()
        self.config.app = create_app(counters=Metrics(shared=True))
        self._server = DrainingServer(self.config)
        super().target(sockets)

    def join(self) -> None:
        """Wait for its end; what it was doing then counts no longer."""
        from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415

        super().join()
        mark_process_dead(self.pid)  # type: ignore[no-untyped-call]


class DrainingWorkers(Multiprocess):
    """Worker processes on one socket, each of which drains."""

    def terminate_all(self) -> None:
        """Tell all to stop. With our own copy open, clients would queue where nobody listens."""
        super().terminate_all()
        for listener in self.sockets:
            listener.close()
