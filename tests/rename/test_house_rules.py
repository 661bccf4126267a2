"""A team's conventions for a plan: from the options or the settings, kept in its header."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.fake_batches import fake_batches
from tests.fake_claude import FakeClaude, fails, fake_claude, says
from tests.rename.running import Ran, header_of, rename, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROMPTS = ["Fix the login button, ABC-123", "Fix the login button, ABC-123", "do this"]
TEMPLATE = "{type}/{ticket}-{slug}"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    rows = [
        {"id": n, "owner_id": "a", "name": f"task-{n}", "display_name": None, "prompt": prompt}
        for n, prompt in enumerate(PROMPTS)
    ]
    path = tmp_path / "tasks.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.fixture
def claude(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeClaude]:
    with fake_claude() as fake:
        monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-test")
        monkeypatch.setenv("ANTHROPIC_BASE_URL", fake.url)
        yield fake


def plan(source: Path, *options: str) -> Ran:
    return rename("plan", source, "--plan", source.with_name("plan.jsonl"), *options)


def names_in(source: Path) -> list[str]:
    return [row["new_name"] for row in rows_of(source.with_name("plan.jsonl"))]


def test_a_plan_keeps_the_convention_and_is_carried_out_and_undone(source: Path) -> None:
    before = source.read_bytes()
    context = "The export is empty"
    given = ["--no-claude", "--template", TEMPLATE, "--language", "de", "--context", context]
    assert plan(source, *given).status == 0
    assert names_in(source) == [
        "fix/abc-123-fix-login-button",
        "fix/abc-123-fix-login-button-2",
        "export-empty",
    ]
    asked = header_of(source.with_name("plan.jsonl"))["settings"]
    assert (asked["template"], asked["language"], asked["context"]) == (TEMPLATE, "de", context)
    assert plan(source, "--no-claude").refuses("other settings")
    assert rename("apply", source.with_name("plan.jsonl")).status == 0
    assert "fix/abc-123-fix-login-button-2" in source.read_text("utf-8")
    assert rename("undo", source.with_name("plan.jsonl")).status == 0
    assert source.read_bytes() == before


def test_equal_names_are_numbered_within_the_convention(source: Path) -> None:
    assert plan(source, "--no-claude", "--template", "web-{slug}").status == 0
    first, second, _ = names_in(source)
    assert (first[:4], second) == ("web-", f"{first}-2")


def test_the_settings_hold_where_no_option_is_given(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NAMING_TEMPLATE", "{ticket}-{slug}")
    monkeypatch.setenv("NAMING_MAX_LENGTH", "16")
    assert plan(source, "--no-claude").status == 0
    assert names_in(source) == ["abc-123-fix", "abc-123-fix-2", "do-this"]
    asked = header_of(source.with_name("plan.jsonl"))["settings"]
    assert (asked["template"], asked["max_length"]) == ("{ticket}-{slug}", 16)


def test_claude_is_told_the_wishes_and_tells_the_kind_of_work(
    source: Path, claude: FakeClaude, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "guide.md").write_text("Say the service.")
    monkeypatch.setenv("NAMING_GUIDE_FILE", str(tmp_path / "guide.md"))
    answer = {"name": "login-button", "display_name": "Login-Button reparieren", "type": "chore"}
    claude.behave = says(json.dumps(answer))
    given = ["--template", TEMPLATE, "--language", "de", "--context", "The login button is broken"]
    ran = plan(source, *given)
    assert ran.status == 0, ran.err
    assert names_in(source) == [
        "chore/abc-123-login-button",
        "chore/abc-123-login-button-2",
        "chore/login-button",
    ]
    shown = claude.requests[-1]
    assert "CONTEXT\nThe login button is broken" in shown.user_text
    assert "tag de" in shown.user_text
    assert "Say the service." in shown.system_text
    told = rename("plan", source, "--estimate", *given).out
    assert "2 questions" in told


def test_the_convention_holds_while_claude_names_nothing(source: Path, claude: FakeClaude) -> None:
    claude.behave = says("I cannot help with that.")
    assert plan(source, "--template", TEMPLATE).status == 0
    assert names_in(source)[0] == "fix/abc-123-fix-login-button"
    claude.behave = fails(401)
    source.with_name("plan.jsonl").unlink()
    assert plan(source, "--template", TEMPLATE).status == 1


def test_a_title_in_another_language_than_the_wished_one_is_none_beside_a_context_either(
    source: Path, claude: FakeClaude
) -> None:
    claude.behave = says('{"name": "fix-login-button", "display_name": "Fix login button"}')
    ran = plan(source, "--language", "de", "--context", "An internal tool")
    assert ran.status == 0, ran.err
    assert names_in(source)[0].startswith("fix-login-button")


def test_batches_ask_for_the_kind_of_work_too(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("naming.rename.batch_conversation.FIRST_SECONDS", 0.01)
    monkeypatch.setattr("naming.rename.batch_conversation.LONGEST_SECONDS", 0.02)
    monkeypatch.setattr("naming.rename.batch_conversation.SECONDS_A_CALL", 0.001)
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-test")
    with fake_batches() as api:
        monkeypatch.setenv("ANTHROPIC_BASE_URL", api.url)
        assert plan(source, "--batches", "--template", TEMPLATE).status == 0
        assert all(name.rpartition("/")[2] for name in names_in(source))
        asked = api.params[0]
    assert "type" in asked["output_config"]["format"]["schema"]["properties"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--template", "x/{slug}"], "--template: between / each part must have 2 to 32"),
        (["--template", "{ticket}"], "--template: must have {slug}"),
        (["--template", "team-b/{slug}", "--max-length", "12"], "must leave 7 of 12 characters"),
        (["--language", "german"], "--language: must be a BCP 47 tag"),
        (["--context", "x" * 2_001], "--context: must have at most 2,000 characters"),
        (["--max-length", "64"], "--max-length: must be a whole number from 8 to 63"),
    ],
)
def test_what_no_plan_can_keep_is_refused(source: Path, options: list[str], said: str) -> None:
    assert plan(source, "--no-claude", *options).refuses(said)
    assert not source.with_name("plan.jsonl").exists()


def test_a_name_that_breaks_the_convention_of_its_plan_is_refused(source: Path) -> None:
    assert plan(source, "--no-claude", "--template", "{ticket}/{slug}").status == 0
    path = source.with_name("plan.jsonl")
    path.write_text(path.read_text("utf-8").replace('"abc-123/', '"a/abc-123/'), "utf-8")
    assert rename("apply", path).refuses("new_name must have at most 2 parts")
