"""Which old words are kept: judged on labelled tasks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naming.names import TaskName
from naming.rename.good_names import good_name, is_cut, is_legacy, name_from_old_words
from naming.rename.tasks import Names, Task
from tests.rename.running import Ran, rename, rows_of
from tests.strategies import hostile_text, prompts

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = [
    json.loads(line)
    for line in Path(__file__).with_name("good_names.jsonl").read_text("utf-8").splitlines()
]


def kept(case: dict[str, Any]) -> TaskName | None:
    return good_name(
        Task("1", "a", Names(case["old_name"], case["old_display_name"]), case["prompt"])
    )


def test_no_labelled_task_keeps_words_that_a_person_would_change() -> None:
    assert len(CASES) >= 90
    assert [case for case in CASES if not case["keep"] and kept(case) is not None] == []


def test_most_good_words_are_kept() -> None:
    good = [case for case in CASES if case["keep"]]
    assert len(good) >= 40
    assert sum(kept(case) is not None for case in good) / len(good) >= 0.85


KEPT = [
    (
        "task-a1b2",
        "Fix login button",
        "Fix the login button, please",
        "fix-login-button",
        "Fix login button",
    ),
    (
        "task-fix-login-button-a1b2",
        "",
        "Fix the login button",
        "fix-login-button",
        "Fix login button",
    ),
    (
        "task-fix-login-button-a1b2",
        None,
        "Fix the login button",
        "fix-login-button",
        "Fix login button",
    ),
    (
        "task-a1b2",
        "",
        "Drop legacy audit tables",
        "drop-legacy-audit-tables",
        "Drop legacy audit tables",
    ),
    (
        "Task-Drop-Old-Tables-1a2",
        "",
        "Please drop the old tables",
        "drop-old-tables",
        "Drop old tables",
    ),
]


def test_a_kept_name_is_made_of_the_display_name_else_the_slug_else_the_prompt() -> None:
    misses = []
    for old_name, old_display_name, prompt, name, display_name in KEPT:
        found = good_name(Task("1", "a", Names(old_name, old_display_name), prompt))
        if found != TaskName(name, display_name):
            misses.append((old_name, prompt, found))
    assert not misses


NOT_KEPT = [
    (
        "Rotate hunter2hunter2 soon",
        "The password is hunter2hunter2, rotate hunter2hunter2 soon",
    ),
    (
        "Rotate the signing keys and",
        "Rotate the signing keys and the certificates of all mail servers in both regions",
    ),
    ("Rotate keys " + "of servers " * 9, "Rotate keys " + "of servers " * 9),
    ("Rotate keys", "Read https://example.com/a"),
    ("", "Rotate keys, see https://example.com/a"),
    ("", "why rotate signing keys"),
    ("", "rotate the signing keys of all the old mail servers today"),
    ("", "servers"),
]


def test_words_that_are_cut_secret_another_subject_a_question_or_too_many_are_not_kept() -> None:
    tasks = [Task("1", "a", Names("task-a1b2", display), prompt) for display, prompt in NOT_KEPT]
    assert not [(task, kept) for task in tasks if (kept := good_name(task)) is not None]


OLD_NAMES = [
    ("task-python-debug-a1b2", "Python debug", ("python-debug", "Python debug")),
    ("task-python-debug-a1b2", "", ("python-debug", "Python debug")),
    ("Task-Python-Debug-XKQZ", None, ("python-debug", "Python debug")),
    ("task-python-debug-a1b2", "task-python-debug-a1b2", ("python-debug", "Python debug")),
    ("task-python-debug-a1b2", "Task Python debug A1b2", ("python-debug", "Python debug")),
    ("task-a1b2", "the-task-web-c3d4", ("web", "Web")),
    ("task-web-a1b2", "Untitled task 3", ("web", "Web")),
    ("task-web-a1b2", "ーー", ("web", "Web")),
    ("task-a1b2", "Task web C3D4", ("web", "Web")),
    ("task-a1b2", "task_web_c3d4", ("web", "Web")),
    ("task-task-settings-a1b2", "T", ("the-settings", "Settings")),
    ("task-a1b2", "Task list", ("the-task-list", "Task list")),
    ("task-a1b2", "ログイン修正", ("login-shusei", "ログイン修正")),
    ("task-a1b2", "Key sk-ant-api03-" + "a1B2" * 20, ("key", "Key")),
    ("task-a1b2", None, None),
    ("task-4f2c9d-1", "42", None),
    ("task-1234", "New chat", None),
    ("task-a1b2", "\u200b🎉", None),
    ("ws-python-a1b2", "", None),
]


def test_where_a_prompt_holds_nothing_the_old_title_serves_or_else_the_old_words() -> None:
    misses = []
    for name, title, wanted in OLD_NAMES:
        found = name_from_old_words(Task("1", "a", Names(name, title), ""))
        if (None if found is None else tuple(found)) != wanted:
            misses.append((name, title, found))
    assert not misses


def test_the_legacy_shape_is_never_good_and_never_comes_back(tmp_path: Path) -> None:
    old, misses = "task-python-debug-a1b2", list[object]()
    for prompt in (old, f"the-{old}", f" {old.title()}\n", "---"):
        for title in (old, f"the-{old}", old.title(), None, ""):
            task = Task("1", "a", Names(old, title), prompt)
            if good_name(task) is not None:
                misses.append((prompt, title))
            source = tmp_path / "tasks.jsonl"
            row = {"id": "1", "owner_id": "a", "name": old, "display_name": title, "prompt": prompt}
            source.write_text(json.dumps(row))
            plan = tmp_path / "plan.jsonl"
            plan.unlink(missing_ok=True)
            assert rename("plan", source, "--plan", plan, "--no-claude", "--keep-good").status == 0
            (found,) = rows_of(plan)
            if (found["new_name"], found["new_display_name"]) != ("python-debug", "Python debug"):
                misses.append((prompt, title, found))
    assert not misses


LONG = "Please fix the login page for mobile users who report that nothing happens\nAsk Anna first."
CUT = [
    ("", LONG, True),
    ("  ", "", True),
    (LONG[:63] + "…", LONG, True),
    (LONG[:40], LONG, True),
    ("Please  fix the login...", LONG, True),
    (LONG.replace("\n", " ")[:80], LONG, True),
    (LONG.splitlines()[0], LONG, False),
    (LONG.splitlines()[0] + "…", LONG, True),
    ("Add tests", "Add tests. Then run them.", False),
    (LONG, LONG, False),
    ("Fix login page", LONG, False),
    ("Bitte die", "Bitte die Anmeldung reparieren", True),
]


def test_a_title_is_cut_that_ends_before_its_prompts_line_or_sentence_does() -> None:
    assert [(title, prompt) for title, prompt, cut in CUT if is_cut(title, prompt) is not cut] == []


@given(hostile_text | st.sampled_from([title for _, title, _ in OLD_NAMES]), hostile_text)
def test_what_serves_for_want_of_a_prompt_is_lawful_and_no_legacy_name(
    title: str | None, words: str
) -> None:
    found = name_from_old_words(Task("1", "a", Names(f"task-{words}", title), ""))
    assert found is None or not is_legacy(found.name)


@given(st.one_of(prompts, hostile_text), st.text(max_size=80), st.text(max_size=40))
def test_whatever_is_kept_is_lawful(prompt: str, old_display_name: str, words: str) -> None:
    assert isinstance(
        good_name(Task("1", "a", Names(f"task-{words}", old_display_name), prompt)), TaskName | None
    )


def source_of(tmp_path: Path) -> Path:
    rows = [
        {
            "id": "1",
            "owner_id": "a",
            "name": "task-go-1",
            "display_name": "Retry webhooks",
            "prompt": "Retry webhooks!",
        },
        {
            "id": "2",
            "owner_id": "a",
            "name": "task-go-2",
            "display_name": "",
            "prompt": "why is the page so slow?",
        },
        {
            "id": "3",
            "owner_id": "a",
            "name": "task-go-3",
            "display_name": "Retry webhooks",
            "prompt": "Retry webhooks!",
        },
    ]
    source = tmp_path / "tasks.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return source


@pytest.fixture
def plan(tmp_path: Path) -> Callable[..., Ran]:
    return lambda *options: rename(
        "plan", source_of(tmp_path), "--plan", tmp_path / "plan.jsonl", *options
    )


def test_an_estimate_tells_what_a_free_pass_would_cover(plan: Callable[..., Ran]) -> None:
    ran = plan("--estimate")
    assert "3 tasks, 2 questions to Claude" in ran.out
    assert (
        "2 tasks (67%) hold good words already; --keep-good names these without asking\n" in ran.out
    )
    assert "3 tasks, 1 questions to Claude" in plan("--estimate", "--keep-good").out
    assert "at $0.05 in and $0.25 out" in plan("--estimate", "--batches").out


def test_an_estimate_of_no_tasks_is_one_too(plan: Callable[..., Ran]) -> None:
    assert "0 tasks (0%)" in plan("--estimate", "--match", "^none").out


def test_kept_words_are_unique_and_told_apart_by_their_reason(
    plan: Callable[..., Ran], tmp_path: Path
) -> None:
    assert plan("--no-claude", "--keep-good").status == 0
    rows = rows_of(tmp_path / "plan.jsonl")
    assert [(row["new_name"], row["source"], row["reason"]) for row in rows] == [
        ("retry-webhooks", "prompt", "not_asked"),
        ("why-is-the-page-so-slow", "prompt", "no_api_key"),
        ("retry-webhooks-2", "prompt", "not_asked"),
    ]
    assert "(keep_good)" in plan("--no-claude").complaint
