"""What the README and the pages that it leads to say, held against the code."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.quality.peers import truncation
from naming.outcome import Reason, Source
from tests.test_cli import Typed, naming, typed

if TYPE_CHECKING:
    import pytest

    from tests.in_process import InProcess

__all__ = ["typed"]

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
DOCS = ROOT / "docs"
SUFFIX = re.compile(r"-[bcdfghjkmnpqrstvwxz23456789]{4}\b")


def test_every_source_and_reason_is_explained() -> None:
    page = (DOCS / "calling.md").read_text("utf-8")
    assert [word for word in [*Source, *Reason] if f"`{word}`" not in page] == []


def test_the_front_door_is_short_and_narrow() -> None:
    prose = [line for line in README.splitlines() if not line.startswith("|")]
    assert len([word for word in README.split() if re.search(r"\w", word)]) < 900
    assert [line for line in prose if len(line) > 120] == []


def test_the_first_table_holds_what_truncation_and_this_make_of_prompts() -> None:
    rows = re.findall(r"^\| (.+) \| `(.+)` \| `(.+)` \| (.+) \|$", README, re.MULTILINE)
    assert len(rows) == 6
    for prompt, cut, name, title in rows:
        assert truncation(prompt)[0] == cut
        answer = json.loads(naming("name", "--json", "--taken", "", prompt).stdout)
        assert (answer["name"], answer["display_name"]) == (name, title)


def test_the_library_example_prints_what_stands_behind_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ((code, printed),) = re.findall(r"```python\n(.*?)  # ([^\n]*)\n```", README, re.DOTALL)
    exec(code, {})  # noqa: S102 # it is ours
    assert capsys.readouterr().out == f"{printed}\n"


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


def test_the_renaming_example_can_be_followed_to_its_end(tmp_path: Path) -> None:
    ((code,),) = [re.findall(r"```sh\n(printf .*?)```", README, re.DOTALL)]
    steps = code.replace(".venv/bin/naming", f"{sys.executable} -m naming").splitlines()
    for step in steps:
        subprocess.run(["sh", "-ec", step], cwd=tmp_path, check=True, capture_output=True)
        if "rename apply" in step:
            assert "add-dark-mode,Add a dark mode" in (tmp_path / "tasks.csv").read_text("utf-8")
    assert "task-web-a1b2,," in (tmp_path / "tasks.csv").read_text("utf-8")


def test_every_command_of_the_table_can_be_asked_for_help(typed: Typed) -> None:
    page = (DOCS / "command-line.md").read_text("utf-8")
    commands = re.findall(r"^\| `naming ([a-z]+)", page, re.MULTILINE)
    assert commands
    for command in commands:
        assert typed(command, "--help")[0] == 0
