"""The terminal: lines and a progress bar on standard error, and text made safe to print."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from naming.text.characters import is_shown, needed_joiners

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, TypeVar

    T = TypeVar("T")


class Terminal:
    """Says lines and shows progress, without the two getting in each other's way."""

    def __init__(self) -> None:
        self._bar: Any = None

    def say(self, line: str) -> None:
        """Say one line."""
        if self._bar is not None:
            self._bar.write(line, file=sys.stderr)
        else:
            print(line, file=sys.stderr)

    def progress(self, items: Iterable[T], total: int | None, done: int = 0) -> Iterator[T]:
        """Give the items, showing how many of `total` came by, at what rate, and the time left."""
        with self.bar(total, done) as advance:
            for item in items:
                yield item
                advance()

    def bar(self, total: int | None, done: int = 0) -> _Bar:
        """Open a bar; entering it gives what moves it on."""
        return _Bar(self, total, done)


class _Bar:
    def __init__(self, talk: Terminal, total: int | None, done: int) -> None:
        self._talk = talk
        self._total = total
        self._done = done

    def __enter__(self) -> Any:  # noqa: ANN401 # whatever moves the bar on
        if not sys.stderr.isatty():
            return lambda *_: None
        from tqdm import tqdm  # noqa: PLC0415 # only a terminal needs it

        bar = tqdm(
            total=self._total,
            initial=self._done,
            unit=" tasks",
            file=sys.stderr,
            dynamic_ncols=True,
        )
        self._talk._bar = bar  # noqa: SLF001 # two halves of one thing
        return bar.update

    def __exit__(self, *_: object) -> None:
        if self._talk._bar is not None:  # noqa: SLF001
            self._talk._bar.close()  # noqa: SLF001
            self._talk._bar = None  # noqa: SLF001


def plain(text: str) -> str:
    """Write whatever is invisible, or a command to a terminal, as Python writes it in a string."""
    if text.isascii() and text.isprintable():
        return text
    kept = needed_joiners(text)
    return "".join(
        char if is_shown(char) or at in kept else char.encode("unicode_escape").decode()
        for at, char in enumerate(text)
    )
