"""The order in which a prompt is reduced, and the mark in a text without which a reduction has nothing to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from naming.cleaning.links import drop_links
from naming.cleaning.pastes import drop_pastes, is_no_paste
from naming.cleaning.visible import visible
from naming.cleaning.wrappers import (
    drop_attachments,
    drop_comments,
    drop_front_matter,
    drop_wrappers,
    keep_from_request_heading,
    open_json,
)

if TYPE_CHECKING:
    from collections.abc import Callable

REDUCTIONS: Final[tuple[tuple[str, Callable[[str], str]], ...]] = (
    ("{", open_json),
    ("<!--", drop_comments),
    ("<", drop_wrappers),
    ("---", drop_front_matter),
    ("#", keep_from_request_heading),
    ("", drop_attachments),
    ("", drop_pastes),
    ("", drop_links),
)


_PLAIN_WORDS: Final = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")


def is_only_words(line: str) -> bool:
    """Tell whether `line` is words of ASCII and nothing else, in which no reduction finds anything to take out."""
    return _PLAIN_WORDS.fullmatch(line) is not None and is_no_paste(line)


def reduce_once(text: str) -> str:
    """Reduce `text` to what a person asks in it, one layer deep.

    Shorter or equal, never empty when it held a word.
    """
    reduced = text
    for mark, reduce in REDUCTIONS:
        if mark in reduced:
            reduced = reduce(reduced)
    return text if reduced == text else visible(reduced)
