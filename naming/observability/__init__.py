"""What an operator sees: log lines, metrics, traces. Never a prompt, a name or a key."""

from naming.observability.log import open_log
from naming.observability.metrics import CallWatch, Metrics

__all__ = ["CallWatch", "Metrics", "open_log"]
