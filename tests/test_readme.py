"""What the README says, held against the code."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from naming.outcome import Reason, Source
from naming.settings import settings_table
from tests.test_cli import Typed, naming, typed

if TYPE_CHECKING:
    from tests.in_process import InProcess

__all__ = ["typed"]

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
SUFFIX = re.compile(r"-[bcdfghjkmnpqrstvwxz23456789]{4}\b")


def test_the_settings_table_is_the_one_that_the_code_writes() -> None:
    assert settings_table() in README


def test_every_source_and_reason_is_explained() -> None:
    for word in [*Source, *Reason]:
        assert f"`{word}`" in README


def test_the_curl_examples_answer_what_stands_below_them(in_process: InProcess) -> None:
    examples = re.findall(r"^     -d '(\{.*\})'\n# (\{.*\})$", README, re.MULTILINE)
    assert len(examples) == 2
    for body, answer in examples:
        given = in_process.post(body.encode()).json
        assert {**given, "name": SUFFIX.sub("", given["name"])} == {
            **json.loads(answer),
            "name": SUFFIX.sub("", json.loads(answer)["name"]),
        }


def test_the_command_line_example_prints_what_stands_behind_it() -> None:
    ((arguments, name),) = re.findall(
        r"^\.venv/bin/naming (name .*\S) +# ([a-z-]+)$", README, re.MULTILINE
    )
    assert naming(*shlex.split(arguments)).stdout == f"{name}\n"


def test_every_command_of_the_table_can_be_asked_for_help(typed: Typed) -> None:
    for command in re.findall(r"^\| `naming ([a-z]+)", README, re.MULTILINE):
        assert typed(command, "--help")[0] == 0
