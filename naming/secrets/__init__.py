"""Secrets in a text: found by kind, replaced by a neutral word, known again in an answer.

`redaction` puts it together: `normalization` folds the text, `searching` looks once for all words
that rules begin with. `assignments` and `forms` find what stands where a secret belongs or has a
form of its own, `tokens` what a machine drew, and `values` tells a secret from what looks like one.
The rules are rows of the tables in `naming/data/secrets`, which `rules` reads.
"""

from naming.secrets.redaction import Redacted, holds_secret, redact
from naming.secrets.searching import Budget

__all__ = ["Budget", "Redacted", "holds_secret", "redact"]
