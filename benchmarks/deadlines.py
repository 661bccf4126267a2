"""How late are answers when Claude does not answer? Twenty calls at once, several deadlines, several misbehaviours."""

from __future__ import annotations

import concurrent.futures
import statistics
import time
from functools import partial

from benchmarks.usage import one_of, usage
from tests.fake_claude import BEHAVIOURS, fake_claude
from tests.running_service import Service, running_service

CALLS = 20
ROUNDS = 5


def lateness_ms(service: Service, deadline_ms: int, number: int) -> float:
    start = time.perf_counter()
    service.name(
        f"please fix the login button {number} on the settings page", deadline_ms=deadline_ms
    )
    return (time.perf_counter() - start) * 1000 - deadline_ms


def main() -> None:
    parser = usage(__doc__)
    parser.add_argument(
        "misbehaviours",
        nargs="*",
        type=one_of(BEHAVIOURS),
        default=["hangs", "drips", "never ends", "gzip bomb"],
        help="of Claude; by default %(default)s",
    )
    given = parser.parse_args()
    print(
        f"Milliseconds after the deadline, {CALLS} calls at once, {ROUNDS} rounds; the worst must stay under 50."
    )
    print(f"{'upstream':20s} {'deadline':>8s} {'median':>8s} {'worst':>8s}")
    for misbehaviour in given.misbehaviours:
        for deadline_ms in (50, 300, 1000):
            with fake_claude() as upstream:
                upstream.behave = BEHAVIOURS[misbehaviour][0]
                late: list[float] = []
                key = {"ANTHROPIC_API_KEY": "sk-test", "ANTHROPIC_BASE_URL": upstream.url}
                with running_service(NAMING_LOG_LEVEL="warning", **key) as service:
                    service.name("warm up", deadline_ms=50)
                    with concurrent.futures.ThreadPoolExecutor(CALLS) as pool:
                        for turn in range(ROUNDS):
                            numbers = range(turn * CALLS, (turn + 1) * CALLS)
                            late += pool.map(partial(lateness_ms, service, deadline_ms), numbers)
            print(
                f"{misbehaviour:20s} {deadline_ms:8d} {statistics.median(late):8.1f} {max(late):8.1f}"
            )


if __name__ == "__main__":
    main()
