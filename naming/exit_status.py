"""What a command's exit status says."""

from __future__ import annotations

from enum import IntEnum


class ExitStatus(IntEnum):
    """How a command ended, as a shell reads it."""

    DONE = 0
    LEFT_OVER = 1
    """Done, but for rows or cases that are listed on standard error."""
    WRONG_USAGE = 2
    """Wrong arguments, settings or input; nothing was changed."""
    INTERRUPTED = 130
    """What a shell reports for a program ended by Ctrl-C (128 + SIGINT)."""
