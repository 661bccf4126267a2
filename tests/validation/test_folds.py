"""How often one named request folds text or makes one line of it."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from naming import validation
from naming.chain import name_task
from naming.names import TaskName
from naming.text.characters import one_line
from naming.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from naming.request import Request

REPLY = '{"name": "fix-login-button", "display_name": "Fix login button on mobile"}'


@pytest.mark.parametrize(
    "prompt",
    [
        "please fix the login button on mobile, it does nothing",
        "The login button does nothing when I tap it on my phone. Can you find out why?",
    ],
)
def test_a_named_request_folds_its_text_and_its_title_once(
    monkeypatch: pytest.MonkeyPatch, prompt: str
) -> None:
    calls: Counter[str] = Counter()

    def counted(name: str, function: Callable[[str], str]) -> Callable[[str], str]:
        def call(text: str) -> str:
            calls[name] += 1
            return function(text)

        return call

    async def ask(request: Request, _until: float) -> TaskName:
        return validation.believe(REPLY, request)

    asyncio.run(name_task(prompt, ask, 0.0))  # reads the word files
    for name, function in (("fold", fold), ("one_line", one_line)):
        for module in [*sys.modules.values()]:
            if module.__name__.startswith("naming.") and vars(module).get(name) is function:
                monkeypatch.setattr(module, name, counted(name, function))
    named = asyncio.run(name_task(prompt, ask, 0.0))
    assert named.task_name == TaskName("fix-login-button", "Fix login button on mobile")
    assert calls["fold"] <= 4, calls
    assert calls["one_line"] <= 5, calls
