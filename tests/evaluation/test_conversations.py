"""Our own conversations: where the work has moved on a new name, else the one that the task has."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from naming.chain import name_task
from naming.claude.instructions import fence, load_instructions
from naming.claude.message import Reply
from naming.evaluation.inputs import Case, read_cases
from naming.evaluation.scoring import score
from naming.names import TaskName
from naming.request import Question, Request
from tests.evaluation.running import evaluate, write

FOLDER = Path(__file__).parents[2] / "prompts" / "conversations"
PARTS = {part: read_cases(str(FOLDER / part)) for part in ("tune", "judged")}
OURS = [case for cases in PARTS.values() for case in cases]
INSTRUCTIONS = load_instructions()
WAYS = cycle(["{}", '"{}"', "{}.", "{} properly", "{} again"])
"""How the title that a task has comes back from a model that was asked to give it again."""


class ScriptedClaude:
    """Follows its instructions to the letter, and knows of the conversation what it was sent."""

    model = "script"

    def __init__(self, case: Case) -> None:
        self._case = case

    async def send(self, question: Question) -> Reply:
        case, shown = self._case, fence(question).rpartition("\n</task_prompt")[0].casefold()
        assert case.current is not None
        knows = all(word.casefold() in shown for word in case.must_contain)
        if case.turn and knows:
            names = {"name": case.name, "display_name": case.display_name}
        else:
            title = next(WAYS).format(case.current[1])
            names = {"name": case.current[0], "display_name": title}
        return Reply(json.dumps(names))


def named(case: Case) -> TaskName:
    claude = ScriptedClaude(case)

    async def ask(request: Request, _until: float) -> TaskName:
        return INSTRUCTIONS.judge((await claude.send(request.question)).answer, request)

    return asyncio.run(name_task(case.read(), ask, float("inf"))).task_name


@pytest.mark.parametrize("part", PARTS)
def test_names_change_where_the_work_has_moved_on_and_nowhere_else(part: str) -> None:
    scores = {case.place: score(case, *named(case)) for case in PARTS[part]}
    needless = [place for place, each in scores.items() if each.get("kept") == 0]
    missed = [place for place, each in scores.items() if each.get("changed") == 0]
    without = sum("kept" in each for each in scores.values())
    assert len(needless) <= 0.02 * without, needless
    assert len(missed) <= 0.1 * (len(scores) - without), missed
    assert [place for place, each in scores.items() if not each["lawful"] * each["no_leak"]] == []


def test_our_conversations_are_enough_of_every_kind() -> None:
    kinds = Counter(case.turn for case in OURS)
    assert min(kinds[True], kinds[False]) >= 45
    assert len({case.lang for case in OURS}) >= 16
    assert max(len(case.messages) for case in OURS) >= 25
    assert len({case.messages for case in OURS}) == len(OURS)
    for case in OURS:
        name, title = case.current or ("", "")
        reference = (case.name or "", case.display_name or "") if case.turn else (name, title)
        assert score(case, *reference)["contains"] == 1, case.place


def test_an_evaluation_counts_needless_changes_and_missed_turns(tmp_path: Path) -> None:
    said = [{"role": "user", "content": "fix the door"}, {"role": "user", "content": "thanks"}]
    current = {"name": "fix-door", "display_name": "Fix door"}
    rows: list[dict[str, Any]] = [
        {"messages": said, "current": current, "turn": False},
        {"messages": said, "current": current, "turn": True},
        {"messages": said, "current": current, "turn": True},
        {"prompt": "fix the door", "current": current, "turn": False},
        {"messages": said, "name": "fix-door"},
    ]
    ran = evaluate(write(tmp_path, rows))
    assert ran.status == 0
    assert "needless changes: 0 of 2" in ran.out
    assert "missed turns: 2 of 2" in ran.out
    assert "sources: current 4, prompt 1" in ran.out
