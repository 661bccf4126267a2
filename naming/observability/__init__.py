"""What an operator sees: log lines, metrics, traces. Never a prompt, a name or a key."""

from naming.observability.log import Log
from naming.observability.metrics import CallWatch, Metrics

__all__ = ["CallWatch", "Log", "Metrics"]
