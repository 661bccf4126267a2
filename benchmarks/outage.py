"""Steady load through an outage of Claude and back: what do callers see, and what does Claude?"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field

from benchmarks.steady import send
from benchmarks.usage import one_of, usage
from tests.fake_claude import BEHAVIOURS, FakeClaude, fake_claude, names
from tests.running_service import Service, running_service

DEADLINE_MS = 1000
COOLDOWN_SECONDS = 10.0
PHASES = ("before", "outage", "after")


@dataclass
class Result:
    """What came of a run; `asked` and `answers` are counted by phase: before, outage, after."""

    failed: int = 0
    late: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    answers: dict[str, Counter[str]] = field(
        default_factory=lambda: {key: Counter() for key in PHASES}
    )
    back_after_seconds: float | None = None
    most_at_once_after: int = 0


async def load(
    service: Service, claude: FakeClaude, rate: int, outage_seconds: float, misbehaviour: str
) -> Result:
    result, tasks, started = Result(), set[asyncio.Task[None]](), time.monotonic()
    outage_at, healed_at = 2.0, 2.0 + outage_seconds
    until = healed_at + 2 * COOLDOWN_SECONDS + 2.0

    async def one(number: int, phase: str) -> None:
        sent = time.monotonic()
        try:
            prompt = f"please fix the login button {number}"
            answer = await send(service.port, prompt, DEADLINE_MS)
        except (OSError, ValueError):
            result.failed += 1
            return
        result.late += time.monotonic() - sent > DEADLINE_MS / 1000 + 0.5
        result.answers[phase][answer["reason"] or "named by Claude"] += 1
        if phase == "after" and answer["source"] == "claude" and result.back_after_seconds is None:
            result.back_after_seconds = time.monotonic() - started - healed_at

    for number in range(int(until * rate)):
        now = time.monotonic() - started
        await asyncio.sleep(max(0.0, number / rate - now))
        phase = "before" if now < outage_at else "outage" if now < healed_at else "after"
        if phase == "outage" and not claude.behave_is_bad:
            claude.behave, claude.behave_is_bad = BEHAVIOURS[misbehaviour][0], True
        if phase == "after" and claude.behave_is_bad:
            result.asked["outage"] = len(claude.requests) - result.asked["before"]
            claude.behave, claude.behave_is_bad, claude.most_busy = (
                names(delay=0.05),
                False,
                claude.busy,
            )
        if phase == "before":
            result.asked["before"] = len(claude.requests)
        if (
            result.back_after_seconds is not None
            and now > healed_at + result.back_after_seconds + 2
        ):
            break
        tasks.add(task := asyncio.create_task(one(number, phase)))
        task.add_done_callback(tasks.discard)
    await asyncio.gather(*tasks)
    result.most_at_once_after = claude.most_busy
    return result


def run(rate: int, outage_seconds: float, misbehaviour: str = "overloaded") -> Result:
    """Send `rate` requests a second through an outage of `outage_seconds`."""
    with fake_claude() as claude:
        claude.behave = names(delay=0.05)
        key = {"ANTHROPIC_API_KEY": "sk-test", "ANTHROPIC_BASE_URL": claude.url}
        with running_service(NAMING_LOG_LEVEL="error", NAMING_CACHE_SECONDS="0", **key) as service:
            service.name("warm up")
            return asyncio.run(load(service, claude, rate, outage_seconds, misbehaviour))


def main() -> None:
    parser = usage(__doc__)
    parser.add_argument(
        "misbehaviours",
        nargs="*",
        type=one_of(BEHAVIOURS),
        default=["overloaded", "resets", "hangs"],
        help="of Claude; by default %(default)s",
    )
    given = parser.parse_args()
    for misbehaviour in given.misbehaviours:
        result = run(200, 10.0, misbehaviour)
        print(
            f"{misbehaviour}: {result.failed} failed, {result.late} late, calls upstream in the outage: {result.asked['outage']}"
        )
        print(
            f"  Claude's names again after {result.back_after_seconds:.1f} s; at most {result.most_at_once_after} calls at once then"
        )
        for phase in PHASES:
            print(f"  {phase:7s} {dict(result.answers[phase])}")


if __name__ == "__main__":
    main()
