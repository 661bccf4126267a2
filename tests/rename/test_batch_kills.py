"""A plan through batches is killed at steps of the conversation; `batch_kills` does it a hundred times at random."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from tests.fake_batches import fake_batches
from tests.rename.batch_kills import Killed, at_step, finish

if TYPE_CHECKING:
    from pathlib import Path

STEPS = [
    ("create before", 1),
    ("create after", 2),
    ("results before", 2),
    ("look after", 3),
    ("create after", 1),
]


@pytest.mark.slow  # a loop of kills
def test_killed_at_every_step_no_question_is_sent_twice_and_none_is_lost(tmp_path: Path) -> None:
    with fake_batches() as api:
        killed = Killed(tmp_path, api)
        for step, nth in STEPS:
            killed.run(at_step(step, nth))
        assert killed.kills == len(STEPS)
        finish(killed)


@pytest.mark.slow  # a loop of kills
def test_ctrl_c_says_what_stays_under_way_and_how_to_go_on(tmp_path: Path) -> None:
    with fake_batches() as api:
        api.batch_seconds = 3600
        killed = Killed(tmp_path, api)
        asked = at_step("look after", 1)

        def interrupt(step: int, what: str, when: str) -> bool:
            if asked(step, what, when) and killed.process is not None:
                killed.process.send_signal(signal.SIGINT)
            return False

        status, err = killed.run(interrupt)
        assert status == 130
        lines = err.splitlines()
        assert lines[-2].endswith(
            " batches stay under way; `naming rename status` shows and `cancel` ends them"
        )
        assert lines[-1].startswith("naming: interrupted; 0 tasks are planned in ")
        assert lines[-1].endswith("; the same command goes on")
        for made in api.batches:
            made.ends_at = 0
        api.batch_seconds = 0.05
        finish(killed)
