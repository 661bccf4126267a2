"""Stub."""

from __future__ import annotations

from naming.names import TaskName


def pick_random() -> TaskName:
    """Stub."""
    return TaskName("brave-otter", "Brave otter")
