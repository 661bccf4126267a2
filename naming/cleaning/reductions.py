"""The order in which a prompt is reduced, and the mark in a text without which a reduction has nothing to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from naming.cleaning.links import drop_links
from naming.cleaning.pastes import drop_pastes
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


def reduce_once(text: str) -> str:
    """Reduce `text` to what a person asks in it, one layer deep; shorter or equal, never empty when it held a word."""
    reduced = text
    for mark, reduce in REDUCTIONS:
        if mark in reduced:
            reduced = reduce(reduced)
    return text if reduced == text else visible(reduced)
