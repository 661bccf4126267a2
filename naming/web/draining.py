"""Stopping without failing anybody.

First readiness says no, then nothing new is taken, then what is begun ends.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import time
from typing import TYPE_CHECKING, Final

import uvicorn
from uvicorn.supervisors import Multiprocess, multiprocess

if TYPE_CHECKING:
    import socket
    from types import FrameType

    from naming.web.envelope import Envelope
    from naming.web.traced import Traced

GLANCE_SECONDS: Final = 0.05
"""How often a draining server looks whether it is time."""


class DrainingServer(uvicorn.Server):
    """A server that goes on listening for a while after SIGTERM, so that balancers can look away first."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Say that we are not ready from now on. Runs in a signal handler."""
        super().handle_exit(sig, frame)
        if self.config.loaded:
            self._app.drain()

    @property
    def _app(self) -> Envelope | Traced:
        app: Envelope | Traced = self.config.loaded_app
        return app

    async def main_loop(self) -> None:
        """Serve until told to stop, and then a little longer."""
        await super().main_loop()
        until = time.monotonic() + self._app.drain_seconds
        # A second signal is impatience. It comes between two steps of the loop, where an event
        # could not be set.
        while self._captured_signals == [signal.SIGTERM] and time.monotonic() < until:  # noqa: ASYNC110
            await asyncio.sleep(GLANCE_SECONDS)


class _WorkerServer(DrainingServer):
    """Such a server in a worker process.

    Nobody could stop it once its supervisor is gone, so it stops by itself.
    """

    async def on_tick(self, counter: int) -> bool:
        """Look every tenth of a second whether to stop."""
        supervisor = multiprocessing.parent_process()
        if supervisor is not None and os.getppid() != supervisor.pid and not self.should_exit:
            signal.raise_signal(signal.SIGTERM)
        return await super().on_tick(counter)


class _Worker(multiprocess.Process):
    """A worker process, with such a server."""

    @property
    def server(self) -> uvicorn.Server:
        """The server; made in the worker itself."""
        if self._server is None:
            self._server = _WorkerServer(self.config)
        return self._server

    def target(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve.

        The hang-up of a terminal, which all its processes hear of, is the supervisor's to answer.
        """
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        super().target(sockets)


class DrainingWorkers(Multiprocess):
    """Worker processes on one socket, each of which drains."""

    def run(self) -> None:
        """Run the workers until told to stop."""
        multiprocess.Process = _Worker  # type: ignore[misc] # what the supervisor starts and restarts
        super().run()

    def terminate_all(self) -> None:
        """Tell all to stop.

        With our own copy of the socket open, clients would queue where nobody listens.
        """
        super().terminate_all()
        for listener in self.sockets:
            listener.close()
