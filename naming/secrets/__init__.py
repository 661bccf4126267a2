"""Secrets in a text: found by kind, replaced by a neutral word, looked for once more in an answer.

`redaction` puts it together: `normalization` folds the text, `searching` looks once for all words
that rules begin with, `replacement` puts in the neutral words. `contexts`, `assignments` and
`prose_mentions` find what stands where a secret belongs; `tokens`, `vendor_tokens`, `private_keys`,
`network_addresses` and `numeric_codes` what has a form of its own. `values` and `entropy` tell a
secret from what only looks like one. The rules are in `naming/data/secrets`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

    from naming.secrets.searching import Budget

__all__ = ["holds_secret", "leaks", "new_budget", "redact", "secrets_in"]


@cache
def _redaction() -> ModuleType:
    from naming.secrets import redaction  # noqa: PLC0415 - its expressions take long to compile

    return redaction


def new_budget() -> Budget:
    """Give what may be spent on one prompt, for `redact` to spend."""
    budget: Budget = _redaction().Budget()
    return budget


def redact(text: str, budget: Budget | None = None) -> str:
    """Replace every secret of `text` by a neutral word for its kind.

    Where `budget` comes to its end, the rest of `text` counts as secret.
    """
    redacted: str = _redaction().redact(text, budget)
    return redacted


def holds_secret(text: str) -> bool:
    """Tell whether `text` holds anything that `redact` would replace."""
    held: bool = _redaction().holds_secret(text)
    return held


def secrets_in(text: str) -> frozenset[str]:
    """Collect the secrets of `text`, without vendors' prefixes and the names they are given to."""
    found: frozenset[str] = _redaction().secrets_in(text)
    return found


def leaks(answer: str, prompt: str) -> bool:
    """Tell whether `answer` repeats a piece of a secret of `prompt`, however it is spelt.

    Seven characters in a row are a piece, and the whole of a shorter secret of at least four. What
    the prompt also says outside of its secrets is free to be repeated.
    """
    leaked: bool = _redaction().leaks(answer, prompt)
    return leaked
