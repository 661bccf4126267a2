"""The service with nothing inside: everything that stands around the naming, and a name that is always the same.

NAMING_PORT=0 python -m benchmarks.hollow
"""

from __future__ import annotations

import argparse
import os
import sys
from typing import Final

from benchmarks.usage import usage
from naming.names import TaskName
from naming.outcome import Outcome, Reason, Source
from naming.settings import read_settings
from naming.web import endpoints
from naming.web.server import serve

ALWAYS: Final = Outcome(
    TaskName("fix-login-button", "Fix login button"), Source.PROMPT, Reason.NO_API_KEY
)


async def name_nothing(*_: object) -> Outcome:
    return ALWAYS


if __name__ == "__main__":
    usage(__doc__).parse_args()
    vars(endpoints)["name_task"] = name_nothing
    sys.exit(serve(argparse.Namespace(workers=1), read_settings(os.environ)))
