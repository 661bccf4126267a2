"""Secrets in a text: found by kind, replaced by a neutral word, known again in an answer.

`redaction` puts it together: `normalization` folds the text, `searching` looks once for all words
that rules begin with, `replacement` puts in the neutral words. `contexts`, `assignments` and
`near_names` find what stands where a secret belongs; `forms` and `tokens` what has a form of its
own. `values` and `entropy` tell a secret from what only looks like one. The rules are rows of the
tables in `naming/data/secrets`, which `rules` reads.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from types import ModuleType

    from naming.secrets.redaction import Redacted

__all__ = ["Budget", "holds_secret", "redact"]

WORK_OF_A_PROMPT: Final = 32_000
"""What may be spent on a prompt, however often it is searched while it is reduced."""


class Budget:
    """The work that is left for a prompt, counted as `naming.secrets.searching` says."""

    __slots__ = ("left",)

    def __init__(self, left: int = WORK_OF_A_PROMPT) -> None:
        self.left = left

    def spend(self, units: int) -> None:
        """Take off `units`, down to nothing."""
        self.left = max(0, self.left - units)


@cache
def _redaction() -> ModuleType:
    from naming.secrets import redaction  # noqa: PLC0415 - its expressions take long to compile

    return redaction


def redact(text: str, budget: Budget | None = None) -> Redacted:
    """Replace every secret of `text` by a neutral word for its kind.

    Where `budget` comes to its end, the rest of `text` counts as secret.
    """
    redacted: Redacted = _redaction().redact(text, budget or Budget())
    return redacted


def holds_secret(text: str) -> bool:
    """Tell whether `text` holds anything that `redact` would replace."""
    held: bool = _redaction().holds_secret(text)
    return held
