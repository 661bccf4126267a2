"""Tasks of one owner that are to have each other's names.

Circles that no order of single renames can bring about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from naming.rename.tasks import Change


def swaps(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """Find the circles: each task in one wants the name that the next one has."""
    by_name = {(change.owner_id, change.before.name.lower()): change for change in changes}
    waiting = dict(by_name)
    while waiting:
        _, change = waiting.popitem()
        path = {change.id: change}
        while (following := _next(change, by_name)) is not None and following.id not in path:
            change = following
            waiting.pop((change.owner_id, change.before.name.lower()), None)
            path[change.id] = change
        if following is not None:
            members = list(path.values())
            yield members[list(path).index(following.id) :]


def _next(change: Change, by_name: dict[tuple[str | None, str], Change]) -> Change | None:
    return by_name.get((change.owner_id, change.after.name.lower()))
