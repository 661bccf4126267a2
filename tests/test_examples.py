"""The clients and the configurations of the documentation, run against the service as they stand there."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.running_service import Service
from tests.test_cli import naming

pytestmark = pytest.mark.system

DOCS = Path(__file__).parents[1] / "docs"
CALLING = dict(
    re.findall(r"```(\w+)\n(.*?)```", (DOCS / "calling.md").read_text("utf-8"), re.DOTALL)
)
TOOLS = (DOCS / "tools.md").read_text("utf-8")
HOOK, WORKTREE = re.findall(r"```sh\n(.*?)```", TOOLS, re.DOTALL)
URL = "http://127.0.0.1:8000"
PROMPT = "please fix the login button"

needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
needs_jq = pytest.mark.skipif(shutil.which("jq") is None, reason="needs jq")


class UniqueViolation(Exception):
    """What a database raises."""


def url_of(service: Service) -> str:
    return f"http://127.0.0.1:{service.port}"


def test_a_client_is_shorter_than_25_lines_and_a_configuration_than_6() -> None:
    assert {"python", "typescript", "go"} <= CALLING.keys()
    assert all(code.count("\n") < 25 for code in CALLING.values())
    configurations = re.findall(r"```\w+\n(?:#![^\n]*\n)?(.*?)```", TOOLS, re.DOTALL)
    assert len(configurations) == 4
    assert all(text.count("\n") <= 5 for text in configurations)


def created_in_python(url: str) -> list[str]:
    """Create two tasks; at the first try another process takes the name."""
    names: list[str] = []
    seen: list[list[str]] = []

    def names_of(_owner: str) -> list[str]:
        seen.append(list(names))
        return seen[-1]

    def insert(_owner: str, name: str, title: str, _prompt: str) -> str:
        if len(seen) == 1:
            names.append(name)
        if name in names:
            raise UniqueViolation
        assert title
        names.append(name)
        return name

    space: dict[str, Any] = {"URL": url, "names_of": names_of, "insert": insert}
    space["UniqueViolation"] = UniqueViolation
    exec(CALLING["python"], space)  # noqa: S102 # it is ours
    space["create_task"]("owner", PROMPT)
    space["create_task"]("owner", PROMPT)
    return names


def created_in_typescript(url: str) -> list[str]:
    """Do the same in the language that TypeScript becomes once its types are left out."""
    code = re.sub(r": (?:string(?:\[\])?|Promise<[^{]*>)(?=[,) ])", "", CALLING["typescript"])
    around = f"""
        const url = {json.dumps(url)}, names = []; let tries = 0;
        async function namesOf() {{ return [...names]; }}
        async function insert(owner, name, title) {{
          if (++tries === 1) names.push(name);
          return !names.includes(name) && title !== "" && names.push(name) > 0;
        }}
        {code}
        await createTask("owner", {json.dumps(PROMPT)}); await createTask("owner", {json.dumps(PROMPT)});
        console.log(JSON.stringify(names));
    """
    run = subprocess.run(
        ["node", "--input-type=module", "-e", around], capture_output=True, text=True, check=True
    )
    return list(json.loads(run.stdout))


@pytest.mark.parametrize(
    "created", [created_in_python, pytest.param(created_in_typescript, marks=needs_node)]
)
def test_a_client_asks_again_where_a_name_was_taken_and_goes_on_where_nobody_answers(
    created: Any, service: Service
) -> None:
    names = ["fix-login-button", "fix-login-button-2", "fix-login-button-3"]
    assert created(url_of(service)) == names
    without = created("http://127.0.0.1:9")
    assert len(set(without)) == 3
    assert all(re.fullmatch("new-[0-9a-f]{8}", name) for name in without)


def shell(code: str, service: Service, folder: Path, *arguments: str, stdin: str = "") -> str:
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    run = subprocess.run(
        ["sh", "-c", code.replace(URL, url_of(service)), "sh", *arguments],
        cwd=folder,
        input=stdin,
        env={"PATH": path, "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


@needs_jq
def test_a_session_gets_a_title_at_its_first_prompt_and_never_over_a_persons(
    service: Service, tmp_path: Path
) -> None:
    transcript = tmp_path / "transcript.jsonl"
    hook = {
        "session_id": "abc123",
        "transcript_path": str(transcript),
        "cwd": str(tmp_path),
        "permission_mode": "default",
        "hook_event_name": "UserPromptSubmit",
        "prompt": PROMPT + '\n"type":"assistant"',
    }

    def said(**more: str) -> Any:
        return shell(HOOK, service, tmp_path, stdin=json.dumps(hook | more))

    title = json.loads(said())["hookSpecificOutput"]
    assert title == {"hookEventName": "UserPromptSubmit", "sessionTitle": "Fix the login button"}
    transcript.write_text(json.dumps({"type": "user", "message": hook["prompt"]}) + "\n")
    assert "sessionTitle" in said()
    assert said(session_title="Mine") == ""
    for kind in ("custom-title", "assistant"):
        transcript.write_text(json.dumps({"type": kind}, separators=(",", ":")) + "\n")
        assert said() == ""


def test_workmux_gets_a_branch_whichever_way_it_hands_over_the_prompt(service: Service) -> None:
    (command,) = re.findall(r'command: "naming (.*)"', TOOLS)
    arguments = command.replace(URL, url_of(service)).split()
    composed = f"\n\nUser Input:\n{PROMPT}"
    assert naming(*arguments, composed).stdout == "fix-login-button\n"
    assert naming(*arguments, stdin=composed.encode()).stdout == "fix-login-button\n"


def test_a_worktree_is_made_beside_the_repository_and_numbered(
    service: Service, tmp_path: Path
) -> None:
    home = tmp_path / "project"
    home.mkdir()
    author = "-c user.name=a -c user.email=a@example.org"
    code = f"git init -q . && git {author} commit -q --allow-empty -m x\n{WORKTREE}\n"
    code += f"wt '{PROMPT}' && cd {home} && wt '{PROMPT}' && pwd"
    assert shell(code, service, home).endswith("/fix-login-button-2\n")
    assert {path.name for path in tmp_path.iterdir()} >= {"fix-login-button", "fix-login-button-2"}
