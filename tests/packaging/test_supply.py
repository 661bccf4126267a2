"""Where everything that is installed comes from: locks with the hash of every file, and nothing beside them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
STEPS = re.findall(r"^[A-Z]+ .*$", (ROOT / "Dockerfile").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_names_one_version_and_its_hashes_and_no_place_to_load_it_from(lock: Path) -> None:
    text = lock.read_text("utf-8")
    wanted = re.split(r"\n(?=[a-z0-9])", re.sub(r"^ *#.*\n?", "", text, flags=re.MULTILINE).strip())
    assert wanted
    for entry in wanted:
        assert re.match(r"[a-z0-9][a-z0-9.-]*(\[[a-z,-]+\])?==[^ ]+ ", entry)
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry)
    assert not re.search(r"://|--index|--find-links|--extra", text)


def test_the_image_installs_only_what_is_locked_and_runs_as_nobody_in_particular() -> None:
    installs = [json.loads(step.removeprefix("RUN ")) for step in STEPS if '"install"' in step]
    assert len(installs) == 4
    assert all("--require-hashes" in step or "--no-index" in step for step in installs)
    last = STEPS[max(at for at, step in enumerate(STEPS) if step.startswith("FROM")) :]
    assert not [step for step in last if step.startswith(("RUN", "ADD"))]
    assert "USER 10001:10001" in last


def test_the_image_lists_what_is_in_it_once_all_is_in_it() -> None:
    places = [at for at, step in enumerate(STEPS) if "cyclonedx-py" in step]
    assert places == [max(at for at, step in enumerate(STEPS) if step.startswith("RUN"))]
