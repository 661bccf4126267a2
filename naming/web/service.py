"""The service as it is run: the application, with traces around it where they are asked for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from naming.discretion import be_discreet
from naming.observability import Metrics, open_log
from naming.settings import read_settings
from naming.streams import open_talk
from naming.web.app import create_app

if TYPE_CHECKING:
    from naming.settings import Settings
    from naming.web.envelope import Envelope
    from naming.web.traced import Traced


def create_service(settings: Settings, counters: Metrics | None = None) -> Envelope | Traced:
    """Build the service that `settings` describe."""
    log = open_log(settings.log_level)
    be_discreet(log)
    if settings.traces == "off":
        return create_app(settings, log, counters)
    from naming.observability.traces import Traces  # noqa: PLC0415 # an extra, and nothing when off
    from naming.web.traced import Traced  # noqa: PLC0415

    traces = Traces(log)
    return Traced(create_app(settings, log, counters, traces), traces)


def create_service_from_environment() -> Envelope | Traced:
    """Build the service from the environment, in a worker process."""
    from naming.observability.shared_counts import VARIABLE, SharedCounts  # noqa: PLC0415 # only a worker needs it

    open_talk()
    return create_service(
        read_settings(os.environ), Metrics(SharedCounts(Path(os.environ[VARIABLE])))
    )
