"""A plan through batches is killed again and again, at steps of the conversation and between them.

python -m tests.rename.batch_kills 100 [SEED]    a hundred kills, with what they came to
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.fake_batches import EXPIRED, FakeBatches, errored, fake_batches, named, succeeded
from tests.rename.forked import Forked
from tests.rename.running import environment, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable

WHATS = ("message", "create", "create", "look", "results", "list")
STEPS = [f"{what} {when}" for what in WHATS for when in ("before", "after")]
TASKS = 40
PROMPTS = 34
BATCH_REQUESTS = 12
PROGRAM = f"""
import naming.rename.batch_conversation as conversation
import naming.rename.batch_format as packing
import naming.rename.batch_conversation as waiting
waiting.FIRST_SECONDS, waiting.LONGEST_SECONDS, waiting.SECONDS_A_CALL = 0.01, 0.05, 0.001
conversation.SETTLE_SECONDS, packing.MOST_REQUESTS = 0.4, {BATCH_REQUESTS}
from naming.cli import run; run()
"""


def answer(prompt: str, time_: int) -> dict[str, Any]:
    """Some questions fail the first time, and one expires for ever."""
    number = int(prompt.rsplit(" ", 1)[1])
    if number == 13:
        return EXPIRED
    return errored() if number % 7 == 3 and time_ == 1 else succeeded(named(prompt))


@dataclass
class Killed:
    """One plan, whose process can be killed by the API that it speaks with."""

    folder: Path
    api: FakeBatches
    steps: list[str] = field(default_factory=list)
    at: Callable[[int, str, str], bool] = lambda _step, _what, _when: False
    process: Forked | None = None
    kills: int = 0

    def __post_init__(self) -> None:
        rows = [
            {
                "id": n,
                "owner_id": "a",
                "name": f"task-{n}",
                "display_name": "",
                "prompt": f"fix page {n % PROMPTS}",
            }
            for n in range(TASKS)
        ]
        self.source.write_text("".join(json.dumps(row) + "\n" for row in rows))
        self.api.answer = answer
        self.api.watch = self._watch

    @property
    def source(self) -> Path:
        return self.folder / "tasks.jsonl"

    @property
    def plan(self) -> Path:
        return self.folder / "plan.jsonl"

    def _watch(self, what: str, when: str) -> None:
        self.steps.append(f"{what} {when}")
        if self.process is not None and self.at(len(self.steps), what, when):
            self.kill()

    def kill(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.kills += 1
            self.process.kill()
            self.process.wait()

    def run(
        self, at: Callable[[int, str, str], bool] | None = None, seconds: float | None = None
    ) -> tuple[int, str]:
        """Run the plan's command, perhaps to be killed at a step, or some seconds after its first step."""
        self.steps.clear()
        self.at = at or (lambda _step, _what, _when: False)
        settings = {"ANTHROPIC_API_KEY": "k", "ANTHROPIC_BASE_URL": self.api.url}
        arguments = ["rename", "plan", str(self.source), "--plan", str(self.plan), "--batches"]
        self.process = Forked(*arguments, env=environment(**settings), program=PROGRAM)
        if seconds is not None:
            threading.Thread(
                target=self._kill_after, args=(self.process, seconds), daemon=True
            ).start()
        _, err = self.process.communicate(timeout=600)
        return self.process.wait(), err

    def _kill_after(self, process: Forked, seconds: float) -> None:
        while not self.steps and process.poll() is None:
            time.sleep(0.001)
        time.sleep(seconds)
        if process is self.process:
            self.kill()

    def check(self) -> None:
        """See that every task is there once, and that no question was sent again that had not failed."""
        asked = Counter(self.api.asked())
        again = sum(count == 2 for count in asked.values())
        failing = sum(n % 7 == 3 or n == 13 for n in range(PROMPTS))
        assert set(asked.values()) <= {1, 2}, asked
        assert len(asked) == PROMPTS
        assert again == failing, (again, failing)
        assert [row["id"] for row in rows_of(self.plan)] == [
            str(n) for n in range(TASKS) if n % PROMPTS != 13
        ]
        assert {row["source"] for row in rows_of(self.plan)} == {"claude"}
        assert json.loads(self.plan.read_text().splitlines()[0])["rows"] == TASKS - 1


def at_step(step: str, nth: int) -> Callable[[int, str, str], bool]:
    """Tell when a step comes for the nth time."""
    left = [nth]

    def comes(_number: int, what: str, when: str) -> bool:
        left[0] -= f"{what} {when}" == step
        return left[0] == 0

    return comes


def finish(killed: Killed) -> None:
    status, err = killed.run()
    if status != 0:  # 0 when it was whole already
        assert status == 1, err
        assert "left: task 13: it expired, then it expired" in err, err
    killed.check()


def main() -> None:
    wanted, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    chance, kills, plans = random.Random(seed), 0, 0
    at_steps: Counter[str] = Counter()
    while kills < wanted:
        with tempfile.TemporaryDirectory() as folder, fake_batches() as api:
            killed = Killed(Path(folder), api)
            for _ in range(6):
                before = killed.kills
                if chance.random() < 0.6:
                    status, _ = killed.run(
                        at_step(chance.choice(STEPS), chance.choice((1, 1, 1, 2, 3)))
                    )
                else:
                    status, _ = killed.run(seconds=chance.uniform(0, 0.8))
                if killed.kills > before:
                    at_steps[killed.steps[-1] if killed.steps else "start"] += 1
                if status in {0, 1}:
                    break
            finish(killed)
            kills, plans = kills + killed.kills, plans + 1
            print(
                f"{kills:>4} kills, {plans} plans whole, {len(api.batches)} batches in the last",
                flush=True,
            )
    for name, count in at_steps.most_common():
        print(f"{count:>6} at {name}")


if __name__ == "__main__":
    main()
