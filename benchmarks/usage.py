"""What a benchmark says of itself when asked with `--help`, so that asking runs nothing."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection


def usage(told: str | None) -> argparse.ArgumentParser:
    """Make a parser that tells `told`, the docstring of a benchmark, and takes no arguments yet."""
    return argparse.ArgumentParser(
        description=told, formatter_class=argparse.RawDescriptionHelpFormatter
    )


def one_of(words: Collection[str]) -> Callable[[str], str]:
    """Check an argument that may be left out or repeated; `choices` would refuse its absence."""

    def check(word: str) -> str:
        if word not in words:
            raise argparse.ArgumentTypeError(f"{word!r} is none of: {', '.join(words)}")
        return word

    return check
