"""Whether a pattern can match a text of ASCII alone.

Most titles are, and need not be held against all the others.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_ASCII = 128


def may_match_ascii(pattern: str) -> bool:
    """Tell whether `pattern` may match a text of ASCII alone; when in doubt, it may."""
    if pattern.isascii():
        return True
    # The standard library's own reading of patterns: not documented, and the same in every version
    # that we run on.
    return _may_all(getattr(re, "_parser").parse(pattern))  # noqa: B009 # it is not typed either


def _may_all(nodes: Iterable[tuple[Any, Any]]) -> bool:
    return all(_may(str(kind), what) for kind, what in nodes)


def _may(kind: str, what: Any) -> bool:  # noqa: ANN401 # each kind has its own
    match kind:
        case "LITERAL":
            return bool(what < _ASCII)
        case "IN":
            return any(_may(str(each), code) for each, code in what)
        case "RANGE":
            return bool(what[0] < _ASCII)
        case "BRANCH":
            return any(map(_may_all, what[1]))
        case "SUBPATTERN":
            return _may_all(what[-1])
        case "MAX_REPEAT" | "MIN_REPEAT":
            return what[0] == 0 or _may_all(what[-1])
    return True
