"""What the pages say, held against what is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = {path: path.read_text("utf-8") for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]}
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


def test_every_link_within_the_project_leads_somewhere() -> None:
    links = [
        (page.name, link)
        for page, text in PAGES.items()
        for link in re.findall(r"(?:\]\(|src(?:set)?=\")(?!https?:|#)([^)#\"]+)", text)
        if not (page.parent / link).exists()
    ]
    assert links == []


def test_the_map_knows_every_room_and_names_nothing_that_is_not_there() -> None:
    text = PAGES[ROOT / "docs/architecture.md"]
    rooms = {path.parent.name for path in (ROOT / "naming").glob("*/__init__.py")}
    assert sorted(room for room in rooms if room not in text) == []
    named = re.findall(r"`((?:naming|prompts)/[\w./]+)`", text)
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_verb_of_make_that_a_page_names_is_there_with_a_word_of_help() -> None:
    helped = set(re.findall(r"^#: .+\n([a-z]+):", MAKEFILE, re.MULTILINE))
    named = {
        verb for text in PAGES.values() for verb in re.findall(r"(?:`|^ {4})make ([a-z]+)", text)
    }
    assert named
    assert sorted(named - helped) == []
