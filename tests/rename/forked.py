"""Processes of their own that have imported already: each is forked from one that did so once."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import weakref
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

RUN = "from naming.cli import run; run()"

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload([
    "naming.cli", "naming.settings", "naming.rename.plan_command", "naming.rename.apply_command",
    "naming.rename.claude_namer", "naming.rename.postgres_table",
])  # fmt: skip


class Forked:
    """One such process, to be used as `subprocess.Popen` is."""

    def __init__(self, *arguments: str, env: Mapping[str, str], program: str = RUN) -> None:
        self._said = Path(tempfile.mkdtemp(prefix="naming-forked-"))
        weakref.finalize(self, shutil.rmtree, self._said, ignore_errors=True)
        for name in ("out", "err"):  # which it may be killed before it has opened
            (self._said / name).touch()
        hears = signal.getsignal(signal.SIGINT) is not signal.SIG_IGN
        given = (program, arguments, dict(env), str(self._said))
        self._process = _FORKS.Process(target=_run, args=given, kwargs={"hears": hears})
        self._process.start()
        assert self._process.pid is not None
        self.pid = self._process.pid
        self.returncode: int | None = None
        self._ended = threading.Event()
        threading.Thread(target=self._await_end, daemon=True).start()

    def _await_end(self) -> None:
        """Wait in one thread for all others: how it ended can be read only once."""
        self._process.join()
        self.returncode = self._process.exitcode
        self._ended.set()

    def poll(self) -> int | None:
        return self.returncode

    def send_signal(self, ending: signal.Signals) -> None:
        with suppress(ProcessLookupError):  # it has ended meanwhile
            if not self._ended.is_set():
                os.kill(self.pid, ending)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int:
        if not self._ended.wait(timeout):
            raise subprocess.TimeoutExpired("naming", timeout or 0.0)
        assert self.returncode is not None
        return self.returncode

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        self.wait(timeout)
        out, err = ((self._said / name).read_text("utf-8") for name in ("out", "err"))
        return out, err


def _run(
    program: str, arguments: tuple[str, ...], env: dict[str, str], said: str, *, hears: bool
) -> None:
    for descriptor, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(f"{said}/{name}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), descriptor)
    os.environ.clear()
    os.environ.update(env)
    signal.signal(signal.SIGINT, signal.default_int_handler if hears else signal.SIG_IGN)
    sys.argv = ["naming", *arguments]
    sys.modules["__main__"] = ModuleType("__main__")  # which its own processes would import, too
    exec(program, {})  # noqa: S102 # of the tests
