"""What an operator sees: one log line a request, metrics, and alerts.

Never a prompt, a name or a key.
"""

from naming.observability.log import open_log
from naming.observability.metrics import CallWatch, Metrics

__all__ = ["CallWatch", "Metrics", "open_log"]
