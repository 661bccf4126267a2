"""The command `naming settings`: what is in force, and where each value comes from."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from naming.exit_status import ExitStatus
from naming.settings import FIELDS, SECRETS, variable

if TYPE_CHECKING:
    import argparse

    from naming.settings import Settings


def print_settings(_given: argparse.Namespace, settings: Settings) -> int:
    """Print a line for each setting, no secret; the result is the exit status."""
    rows = [("variable", "value", "from")]
    for field in FIELDS:
        name, value = variable(field), getattr(settings, field)
        if value in (None, ()):
            shown = "none"
        elif field in SECRETS:
            shown = "hidden"
        elif isinstance(value, tuple):
            shown = ",".join(value)
        else:
            shown = str(value).lower() if isinstance(value, bool) else str(value)
        rows.append((name, shown, _origin(name)))
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for name, value, origin in rows:
        print(f"{name:{widths[0]}}  {value:{widths[1]}}  {origin}")
    return ExitStatus.DONE


def _origin(name: str) -> str:
    if os.environ.get(name, "").strip():
        return "environment"
    if os.environ.get(f"{name}_FILE", "").strip():
        return f"the file that {name}_FILE names"
    return "default"
