"""Recent names: a bounded cache that forgets after a while and holds no prompt."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from naming.names import TaskName

MAX_RECENT: Final = 10_000
"""Names kept; about 3 MB."""


class RecentNames:
    """The names given in the last `seconds`, newest kept when there are too many.

    With 0 seconds nothing is kept.
    """

    def __init__(self, seconds: float, now: Callable[[], float], most: int = MAX_RECENT) -> None:
        self._seconds = seconds
        self._now = now
        self._most = most
        self._names: OrderedDict[str, tuple[float, TaskName]] = OrderedDict()

    def __len__(self) -> int:
        """Count the names kept, forgotten ones included until they are looked for."""
        return len(self._names)

    def get(self, key: str) -> TaskName | None:
        """Find the name given for `key`; None when there is none or it is too old."""
        kept = self._names.get(key)
        if kept is None:
            return None
        if self._now() - kept[0] >= self._seconds:
            del self._names[key]
            return None
        return kept[1]

    def put(self, key: str, name: TaskName) -> None:
        """Keep `name` for `key`."""
        if self._seconds <= 0:
            return
        self._names[key] = (self._now(), name)
        self._names.move_to_end(key)
        while len(self._names) > self._most:
            self._names.popitem(last=False)
