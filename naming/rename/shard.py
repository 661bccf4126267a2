"""Which tasks a run is about: a pattern for their names and a share of their owners."""

from __future__ import annotations

import hashlib
import re
import warnings
from dataclasses import dataclass
from typing import Final

from naming.rename.trouble import BadInput, one_line

DEFAULT_MATCH: Final = "^task-"
_SHARD: Final = re.compile(r"([0-9]{1,6})/([0-9]{1,6})")


@dataclass(frozen=True, slots=True)
class Selection:
    """Picks tasks by their name and owner; the owner's part is the same on every machine."""

    pattern: re.Pattern[str]
    index: int = 0
    shards: int = 1

    def __call__(self, owner_id: str | None, name: str) -> bool:
        """Tell whether the task is one to rename."""
        return self.pattern.search(name) is not None and self.owns(owner_id)

    def owns(self, owner_id: str | None) -> bool:
        """Tell whether the owner's tasks belong to this shard."""
        return self.shards == 1 or shard_of(owner_id, self.shards) == self.index


def shard_of(owner_id: str | None, shards: int) -> int:
    """Tell which of `shards` parts an owner belongs to."""
    digest = hashlib.blake2b(
        (owner_id or "").encode("utf-8", "surrogatepass"), digest_size=8
    ).digest()
    return int.from_bytes(digest) % shards


def read_selection(match: str, shard: str | None) -> Selection:
    """Read `--match` and `--shard`. Raises BadInput."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what may mean something else in a later Python
            pattern = re.compile(match)
    except (re.error, OverflowError, RecursionError) as error:
        raise BadInput(f"--match: not a regular expression: {one_line(str(error))}") from None
    if shard is None:
        return Selection(pattern)
    found = _SHARD.fullmatch(shard)
    if found is None or not int(found[1]) < int(found[2]):
        raise BadInput("--shard: must be I/N with I from 0 to N-1")
    return Selection(pattern, int(found[1]), int(found[2]))
