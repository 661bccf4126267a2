"""What `import naming` offers, and what it costs."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files

import pytest
from hypothesis import given

import naming
from naming import TaskName, name_prompt
from tests.strategies import hostile_text, prompts


def test_a_prompt_is_named_without_a_server_or_a_key() -> None:
    assert name_prompt("please fix the login button") == TaskName(
        "fix-login-button", "Fix the login button"
    )


def test_a_name_that_is_taken_in_any_case_gets_a_number() -> None:
    taken = iter(["FIX-login-button", "fix-login-button-2"])
    assert name_prompt("fix the login button", taken).name == "fix-login-button-3"


@given(prompts | hostile_text)
def test_any_prompt_gets_a_name(prompt: str) -> None:
    assert isinstance(name_prompt(prompt), TaskName)


def test_a_prompt_that_says_nothing_gets_a_random_pair() -> None:
    assert len({name_prompt("").name for _ in range(20)}) > 1


def test_importing_the_package_imports_none_of_its_modules() -> None:
    code = "import sys, naming; print([name for name in sys.modules if name.startswith('naming.')])"
    run = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=30
    )
    assert run.stdout == "[]\n"


def test_the_package_is_typed_and_offers_nothing_else() -> None:
    assert (files("naming") / "py.typed").is_file()
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = naming.nothing  # type: ignore[attr-defined]
