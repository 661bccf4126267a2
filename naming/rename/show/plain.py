"""Text that is safe to print: nothing in it that a terminal obeys, hides or turns around."""

from __future__ import annotations

from naming.text.characters import is_shown, needed_joiners


def plain(text: str) -> str:
    """Write whatever is invisible, or a command to a terminal, as Python writes it in a string."""
    if text.isascii() and text.isprintable():
        return text
    kept = needed_joiners(text)
    return "".join(
        char if is_shown(char) or at in kept else char.encode("unicode_escape").decode()
        for at, char in enumerate(text)
    )
