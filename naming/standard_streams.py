"""The standard streams, safe to use: closed, full, or of another encoding than UTF-8."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

STDIN, STDOUT, STDERR = 0, 1, 2


class BrokenStream(OSError):
    """Standard input cannot be read or standard output not be written, and why."""


def open_standard_streams() -> None:
    """Put streams in place of Python's own that tell plainly what cannot be read or written.

    The next file or socket would get the number of a closed one, and lines for people with it, so
    it is opened, for worker processes too: the wrong way round, so that using it fails. Results are
    UTF-8 in any locale.
    """
    for number, way in ((STDIN, os.O_WRONLY), (STDOUT, os.O_RDONLY), (STDERR, os.O_RDWR)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, way)  # which gets the lowest number that is free
            os.set_inheritable(number, True)  # noqa: FBT003 # takes it by place only
    prompts = io.BufferedReader(_Plain(STDIN, "rb", closefd=False))
    sys.stdin = io.TextIOWrapper(prompts, "utf-8", "replace")
    results = _Plain(STDOUT, "wb", closefd=False)
    sys.stdout = _text(results, "utf-8", by_line=results.isatty())
    open_standard_error()


def open_standard_error() -> None:
    """Put a standard error in place of Python's own that drops what it cannot write."""
    encoding = "utf-8" if sys.stderr is None else sys.stderr.encoding
    sys.stderr = _text(_StandardError(STDERR, "wb", closefd=False), encoding, by_line=True)


def discard_output() -> None:
    """Let nothing more be written to standard output, not at the exit either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), STDOUT)


def _text(raw: io.FileIO, encoding: str, *, by_line: bool) -> TextIO:
    return io.TextIOWrapper(
        io.BufferedWriter(raw), encoding, "backslashreplace", line_buffering=by_line
    )


@contextmanager
def _told_plainly(what: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:  # whoever read our output has gone, and knows it
        raise
    except OSError as error:
        raise BrokenStream(f"{what}: {error.strerror}") from None


class _Plain(io.FileIO):
    """Standard input or output."""

    def readinto(self, into: "WriteableBuffer", /) -> Any:  # noqa: ANN401 # as the class above says
        with _told_plainly("standard input cannot be read"):
            return super().readinto(into)

    def readall(self) -> bytes:
        with _told_plainly("standard input cannot be read"):
            return super().readall()

    def write(self, data: "ReadableBuffer", /) -> Any:  # noqa: ANN401
        with _told_plainly("standard output cannot be written"):
            return super().write(data)


class _StandardError(io.FileIO):
    def write(self, data: "ReadableBuffer", /) -> Any:  # noqa: ANN401
        try:
            return super().write(data)
        except OSError:
            return len(memoryview(data))
