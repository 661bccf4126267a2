"""Planning through Message Batches: each question once, whatever the other side does, and nothing lost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.fake_batches import FakeBatches, fake_batches
from tests.rename.running import Ran, header_of, rename, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Any


def source_of(tmp_path: Path, *prompts: str) -> Path:
    source = tmp_path / "tasks.jsonl"
    rows = [
        {"id": n, "owner_id": "a", "name": f"task-{n}", "display_name": None, "prompt": prompt}
        for n, prompt in enumerate(prompts)
    ]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return source


def pages(count: int) -> list[str]:
    return [f"fix the header of page {n}" for n in range(count)]


@pytest.fixture
def api() -> Iterator[FakeBatches]:
    with fake_batches() as fake:
        yield fake


@pytest.fixture
def plan(api: FakeBatches, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-test")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", api.url)
    monkeypatch.setattr("naming.rename.batches.waiting.FIRST_SECONDS", 0.01)
    monkeypatch.setattr("naming.rename.batches.waiting.LONGEST_SECONDS", 0.02)
    monkeypatch.setattr("naming.rename.batches.waiting.SECONDS_A_CALL", 0.001)
    monkeypatch.setattr("naming.rename.batches.conversation.SETTLE_SECONDS", 0.1)

    def run(source: Path, *options: str) -> Ran:
        return rename("plan", source, "--plan", tmp_path / "plan.jsonl", "--batches", *options)

    return run


def state_of(tmp_path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (tmp_path / "plan.jsonl.batches").read_text().splitlines()]


def small_batches(monkeypatch: pytest.MonkeyPatch, requests: int) -> None:
    monkeypatch.setattr("naming.rename.batches.packing.MOST_REQUESTS", requests)


def test_a_plan_is_named_through_a_batch_for_half_the_price(
    plan: Callable[..., Ran], api: FakeBatches, tmp_path: Path
) -> None:
    ran = plan(source_of(tmp_path, "fix the login button", "add dark mode", "fix the login button", "---"))
    assert ran.status == 0, ran.err
    assert [(row["new_name"], row["source"], row["reason"]) for row in rows_of(tmp_path / "plan.jsonl")][:3] == [
        ("fix-the-login-button", "claude", None),
        ("add-dark-mode", "claude", None),
        ("fix-the-login-button-2", "claude", None),
    ]
    assert rows_of(tmp_path / "plan.jsonl")[3]["reason"] == "not_asked"
    assert len(api.asked()) == len(set(api.asked())) == 2
    assert len(api.messages) == 1
    assert "tokens: 2,000 in, 60 out; about $0.00 (an estimate, at $0.05 in and $0.25 out" in ran.out
    assert header_of(tmp_path / "plan.jsonl")["settings"]["batches"] is True
