"""What a human would call the request: a prompt without what machines put around it."""

from collections.abc import Sequence
from typing import Final

from naming.cleaning.bounds import (
    LIMIT,
    PROMPT_EXTENT,
    Extent,
    head_of,
    join_ends,
    split_ends,
    with_gap,
)
from naming.cleaning.links import drop_links
from naming.cleaning.pastes import drop_pastes
from naming.cleaning.wrappers import UNWRAP, open_json
from naming.secrets import Budget, Redacted, redact
from naming.text.visible import visible

REDUCTIONS: Final = (*UNWRAP, drop_pastes, drop_links)
"""What a prompt goes through, in this order."""

MAX_UNREDUCED: Final = 600  # characters of a text on which all work was spent
_BETWEEN: Final = "\n\x01\n"
"""Stands between texts that are looked through together; no visible text holds it."""

LONGEST_JSON: Final = 1 << 15
"""Characters of JSON that is read before a prompt is cut: a few thousandths of a second."""

MAX_PASSES: Final = 6
"""Rounds: what a reduction uncovers is reduced in turn. Real prompts need one or two."""


def clean(prompt: str) -> str:
    """Reduce `prompt` to the request: visible, without secrets, wrappers, pastes and addresses.

    At most `LIMIT` characters are kept of it. Doing it twice changes nothing more.
    """
    return clean_all([(prompt, PROMPT_EXTENT)])[0][0]


def clean_all(
    texts: Sequence[tuple[str, Extent]], budget: Budget | None = None
) -> tuple[list[str], Redacted]:
    """Clean each text within its extent; give them with what was read of all, redacted.

    It is looked for in all of them together: what one asks for, the next may give away. There are
    no texts where a secret goes from one into the next, so that nobody can tell them apart. What
    looking for secrets costs is taken from `budget`, without one from that of a prompt.
    """
    ends = [_visible_ends(text, extent) for text, extent in texts]
    seen = [with_gap(each) for each in ends]
    budget = budget or Budget()
    redacted = redact(_BETWEEN.join(seen), budget)
    parts = redacted.text.split(_BETWEEN)
    if len(parts) != len(seen):
        return [], redacted
    return [
        _reduced(part if len(each) == 1 else join_ends(part, each[0], extent), budget)
        for part, each, (_, extent) in zip(parts, ends, texts, strict=True)
    ], redacted


def _visible_ends(text: str, extent: Extent) -> list[str]:
    if extent.whole < len(text) <= LONGEST_JSON:  # cut, it would be none
        text = open_json(text)
    ends = [text] if len(text) <= extent.whole else split_ends(text, extent)
    return [visible(end) for end in ends]


def clean_title(title: str) -> str:
    """Clean a display name that is known to hold no secret; it is not looked through again."""
    return _reduced(title, Budget()) if visible(title) == title else clean(title)


def _reduced(text: str, budget: Budget) -> str:
    for _ in range(MAX_PASSES):
        reduced = reduce_once(text)
        if reduced == text:
            return text
        redacted = redact(reduced, budget).text
        if not budget.left:  # it may have taken all for secret, and `text` holds none
            return head_of(text, MAX_UNREDUCED)
        text = head_of(redacted, LIMIT)
    return ""  # only text made to nest for ever comes here


def reduce_once(text: str) -> str:
    """Take one layer off `text`: shorter or equal, never empty when it held a word."""
    reduced = text
    for reduce in REDUCTIONS:
        reduced = reduce(reduced)
    return text if reduced == text else visible(reduced)


def looked_at(prompt: str) -> str:
    """Give the visible ends of `prompt` that `clean` works on, secrets included."""
    return "\n".join(_visible_ends(prompt, PROMPT_EXTENT))
