from __future__ import annotations

from hypothesis import given, settings

from naming.names import TaskName
from naming.sanitize import name_from_prompt
from tests.strategies import hostile_text, prompts


@given(hostile_text | prompts)
@settings(deadline=None)
def test_any_text_gives_a_lawful_name_or_none(text: str) -> None:
    assert isinstance(name_from_prompt(text), TaskName | None)


@given(hostile_text | prompts)
@settings(deadline=None)
def test_a_display_name_is_its_own_name(text: str) -> None:
    name = name_from_prompt(text)
    assert name is None or name_from_prompt(name.display_name) == name
