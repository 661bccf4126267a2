"""The pages about renaming are run as they stand."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

from tests.rename.pages import run_page
from tests.rename.running import ROOT, environment

if TYPE_CHECKING:
    from pathlib import Path

    from tests.rename.conftest import Database

PAGE = ROOT / "docs" / "renaming.md"


def test_every_command_of_the_walk_through_says_what_the_page_says(tmp_path: Path) -> None:
    content = PAGE.read_text("utf-8").split("$ cat tasks.csv\n", 1)[1].split("```", 1)[0]
    (tmp_path / "tasks.csv").write_text(content)
    assert run_page("renaming.md", tmp_path, lambda _: None) == []


CODER = """
CREATE TABLE workspaces (
  id uuid PRIMARY KEY, owner_id uuid NOT NULL, name varchar(64) NOT NULL, deleted boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX workspaces_owner ON workspaces (owner_id, lower(name)) WHERE NOT deleted;
ALTER TABLE tasks ADD organization_id uuid NOT NULL DEFAULT gen_random_uuid(),
  ADD workspace_id uuid REFERENCES workspaces (id), ADD created_at timestamptz NOT NULL DEFAULT now();
INSERT INTO workspaces (id, owner_id, name)
SELECT md5(name)::uuid, md5('anna')::uuid, name
FROM unnest(ARRAY['task-python-debug-a1b2', 'task-web-c3d4', 'renamed-since', 'add-dark-mode']) AS name;
INSERT INTO tasks (id, owner_id, name, display_name, prompt, deleted_at, workspace_id) VALUES
  ('00000000-0000-0000-0000-000000000001', md5('anna')::uuid, 'task-python-debug-a1b2', 'Python debug', '', NULL,
   md5('task-python-debug-a1b2')::uuid),
  ('00000000-0000-0000-0000-000000000002', md5('anna')::uuid, 'Task-Web-C3D4', 'Web', 'Add dark mode', NULL,
   md5('task-web-c3d4')::uuid),
  ('00000000-0000-0000-0000-000000000003', md5('anna')::uuid, 'task-api-e5f6', 'Api', 'Fix the login button', NULL,
   md5('renamed-since')::uuid),
  ('00000000-0000-0000-0000-000000000004', md5('bert')::uuid, 'release-notes',
   'Please write the release notes of the next version with a para…',
   'Please write the release notes of the next version with a paragraph for operators', NULL, NULL),
  ('00000000-0000-0000-0000-000000000005', md5('bert')::uuid, 'task-gone-0000', '', 'gone', now(), NULL);
"""


def test_coders_page_renames_tasks_and_with_a_view_their_workspaces(
    db: Database, postgres: str, tmp_path: Path
) -> None:
    db.execute(CODER)
    try:
        assert run_page("renaming-coder.md", tmp_path, db.execute, DB=postgres) == []
        names = db.execute("SELECT name FROM workspaces ORDER BY name").fetchall()
        assert [name for (name,) in names] == [
            "add-dark-mode",
            "python-debug",
            "renamed-since",
            "task-web-c3d4",
        ]
        assert run(tmp_path, "undo", "both.jsonl") == "3 put back, 0 had been already, 0 left\n"
        names = db.execute("SELECT name FROM tasks ORDER BY id").fetchall()
        assert [name for (name,) in names][:3] == [
            "task-python-debug-a1b2",
            "Task-Web-C3D4",
            "task-api-e5f6",
        ]
    finally:
        db.execute("DROP VIEW IF EXISTS tasks_with_workspaces; DROP FUNCTION IF EXISTS rename_both")
        db.execute("DROP TABLE tasks; DROP TABLE workspaces; DROP ROLE IF EXISTS renamer")


CHATS = {
    "New Chat": [
        "Explain the difference between a mutex and a semaphore",
        "Plan a week in Lisbon with two children",
    ],
    "My thesis": ["Read chapter 2"],
}


def test_open_webuis_page_titles_chats_in_both_places(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "webui.db", isolation_level=None)) as db:
        db.execute(
            "CREATE TABLE chat (id VARCHAR(255) PRIMARY KEY, user_id VARCHAR(255) NOT NULL, title TEXT NOT NULL,"
            " chat JSON, created_at BIGINT, updated_at BIGINT, archived BOOLEAN, meta JSON DEFAULT '{}')"
        )
        for title, prompts in CHATS.items():
            for number, prompt in enumerate(prompts):
                turns = [
                    {"role": "user", "content": prompt},
                    {"role": "assistant", "content": "Sure."},
                ]
                chat = json.dumps({"title": title, "messages": turns}, separators=(",", ":"))
                db.execute(
                    "INSERT INTO chat (id, user_id, title, chat) VALUES (?, 'anna', ?, ?)",
                    [f"{title}-{number}", title, chat],
                )
        before = db.execute("SELECT * FROM chat ORDER BY id").fetchall()
        statements: list[str] = []

        def execute(text: str) -> None:
            statements.append(text)
            db.executescript(text)

        assert run_page("renaming-open-webui.md", tmp_path, execute) == []
        assert db.execute("SELECT * FROM chat ORDER BY id").fetchall() == before
        db.executescript(statements[0])
        db.execute("UPDATE chats_to_title SET display_name = 'My book' WHERE id = 'My thesis-0'")
        places = "SELECT title, json_extract(chat, '$.title') FROM chat WHERE id = 'My thesis-0'"
        assert db.execute(places).fetchall() == [("My book", "My book")]


def run(folder: Path, *arguments: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", "from naming.cli import run; run()", "rename", *arguments],
        cwd=folder, env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    return ran.stdout + ran.stderr


def test_every_option_of_plan_is_on_the_page(tmp_path: Path) -> None:
    assert not [
        option
        for option in re.findall(r"--[a-z-]+", run(tmp_path, "plan", "--help"))
        if option != "--help" and option not in PAGE.read_text("utf-8")
    ]
