"""The cases that come with the project, held to their own format; and what is said of cases that are wrong."""

from __future__ import annotations

import io
import ipaddress
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from naming.evaluation.inputs import Case, InvalidInput, read_cases
from naming.evaluation.scoring import score
from naming.names import TaskName, display_fault, name_fault
from naming.text.characters import is_shown, needed_joiners

FOLDER = Path(__file__).parents[2] / "prompts" / "cases"
OURS = read_cases(str(FOLDER))
CLASSES = "short vague long code logs links language injection secret role story spec commit legacy".split()


def refusal(line: Any, tmp_path: Path) -> str:
    file = tmp_path / "cases.jsonl"
    file.write_bytes(
        b'{"prompt": "fine"}\n' + (line if isinstance(line, bytes) else json.dumps(line).encode())
    )
    with pytest.raises(InvalidInput) as told:
        read_cases(str(file))
    message = str(told.value)
    assert message.startswith(f"{file}:2: ")
    assert "\n" not in message
    return message.removeprefix(f"{file}:2: ")


# Ours ------------------------------------------------------------------------------------------------------------


def test_there_are_enough_of_every_class() -> None:
    counts = Counter(tag for case in OURS for tag in case.tags)
    assert len(OURS) >= 250
    assert all(counts[tag] >= 8 for tag in CLASSES)
    assert len({case.lang for case in OURS if "language" in case.tags}) >= 20


def test_no_prompt_stands_twice() -> None:
    assert len({case.prompt for case in OURS}) == len(OURS)


def faults(case: Case) -> list[str]:
    """List what is wrong with one of our own cases."""
    found = [] if case.tags else ["no tag"]
    if (case.name is None) != (case.display_name is None) or (case.name is None) != (
        case.lang is None
    ):
        found.append("labels are half there")
    if case.name is None or case.display_name is None:
        return found
    found += filter(None, (name_fault(case.name), display_fault(case.display_name)))
    names = TaskName(case.name, case.display_name)
    texts = f"{names.name.replace('-', ' ')}\n{names.display_name}".casefold()
    found += [f"holds {text}" for text in case.must_not_contain if text.casefold() in texts]
    if f"{case.tags[0]}.jsonl" != Path(case.place.rsplit(":", 1)[0]).name:
        found.append("stands in another class's file")
    return found


def test_every_case_is_whole_and_lawful() -> None:
    assert {case.place: found for case in OURS if (found := faults(case))} == {}


def test_the_files_show_all_that_they_hold() -> None:
    for file in FOLDER.glob("*.jsonl"):
        for line in file.read_text("utf-8").splitlines():
            assert all(is_shown(char) or at in needed_joiners(line) for at, char in enumerate(line))


HOST = re.compile(r"(?:(?<!attachment)://(?:[^/@\s]*@)?|[\w.]@)([a-z0-9.-]+\.[a-z]{2,})\b")
FREE = re.compile(
    r"(?:^|\.)(?:example\.(?:com|net|org)|example|github\.com|slack\.com|figma\.com)$"
)
"""Names reserved for examples (RFC 2606), and sites whose shape of address matters; what is behind it is invented."""


def test_no_host_or_address_is_anybodys() -> None:
    for case in OURS:
        for host in HOST.findall(case.prompt):
            assert FREE.search(host), (case.place, host)
        for number in re.findall(r"\b\d{1,3}(?:\.\d{1,3}){3}\b", case.prompt):
            assert not ipaddress.ip_address(number).is_global, (case.place, number)


def test_every_secret_says_what_must_not_come_back() -> None:
    for case in OURS:
        if "secret" in case.tags:
            assert any(text in case.prompt for text in case.must_not_contain), case.place


TALK = "messages must be a list of objects of role and content"

ALLOWED = "prompt, name, display_name, lang, must_contain, must_not_contain, matters, tags, messages, current and turn"

# Others' ---------------------------------------------------------------------------------------------------------


def test_a_case_needs_no_more_than_a_prompt(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_bytes(b'\xef\xbb\xbf{"prompt": "", "name": null}\r\n\n{"prompt": "a\\ud800"}')
    assert read_cases(str(file)) == [Case(f"{file}:1", ""), Case(f"{file}:3", "a\ud800")]


def test_a_folder_holds_many_files_and_a_dash_is_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "b.jsonl").write_text('{"prompt": "b"}\n')
    (tmp_path / "a.jsonl").write_text('{"prompt": "a"}\n{"prompt": "c"}\n')
    (tmp_path / "notes.txt").write_text("no case")
    assert [case.prompt for case in read_cases(str(tmp_path))] == ["a", "c", "b"]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"prompt": "x"}')))
    assert read_cases("-") == [Case("standard input:1", "x")]


def test_tags_pick(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(
        '{"prompt": "a", "tags": ["x"]}\n{"prompt": "b", "tags": ["y", "z"]}\n{"prompt": "c"}\n'
    )
    assert [case.prompt for case in read_cases(str(file), ["x", "z"])] == ["a", "b"]
    with pytest.raises(InvalidInput, match=r"^--tag: no case carries it$"):
        read_cases(str(file), ["w"])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b'{"prompt": "\xff"}', "is not text in UTF-8"),
        ([], "must be a JSON object"),
        ({}, "prompt is required, or messages in its place"),
        ({"prompt": None}, "prompt is required, or messages in its place"),
        ({"prompt": "a", "messages": []}, "prompt is required, or messages in its place"),
        ({"messages": [{"role": "system", "content": "a"}]}, TALK),
        ({"messages": "a"}, TALK),
        ({"messages": [["user", "a"]]}, TALK),
        ({"messages": [{"role": "user"}]}, TALK),
        (
            {"prompt": "a", "current": {"name": "a"}},
            "current must be an object of name and display_name",
        ),
        ({"prompt": "a", "current": 1}, "current must be an object of name and display_name"),
        ({"prompt": "a", "place": "b"}, f"unknown field place; allowed are {ALLOWED}"),
        ({"prompt": "a", "turn": "yes"}, "turn must be true or false"),
        ({"prompt": 1}, "prompt must be a string"),
        ({"prompt": "a", "name": " "}, "name must be a string that is not blank"),
        ({"prompt": "a", "display_name": ["b"]}, "display_name must be a string that is not blank"),
        ({"prompt": "a", "lang": "German"}, "lang must be a language code such as de or zh-TW"),
        ({"prompt": "a", "tags": "x"}, "tags must be a list of strings that are not blank"),
        (
            {"prompt": "a", "must_contain": [""]},
            "must_contain must be a list of strings that are not blank",
        ),
        (
            {"prompt": "a", "must_not_contain": [1]},
            "must_not_contain must be a list of strings that are not blank",
        ),
    ],
)
def test_a_wrong_line_is_said_with_file_line_and_field(
    tmp_path: Path, line: Any, said: str
) -> None:
    assert refusal(line, tmp_path) == said


def test_an_unknown_field_is_named_and_the_allowed_ones_are_listed(tmp_path: Path) -> None:
    said = refusal({"prompt": "a", "tittle\x1b\n": "b"}, tmp_path)
    assert said == (f"unknown field tittle??; allowed are {ALLOWED}")
    assert refusal({"prompt": "a", "": 1}, tmp_path).startswith("unknown field '';")


@pytest.mark.parametrize(
    ("name", "why"), [("absent.jsonl", "No such file or directory"), ("a\x00b", "it is no file")]
)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, why: str) -> None:
    with pytest.raises(InvalidInput) as told:
        read_cases(f"{tmp_path}/{name}")
    assert str(told.value) == f"{tmp_path}/{name}: cannot be read: {why}".replace("\x00", "?")


def test_no_cases_are_said(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n \n")
    for where in (tmp_path, tmp_path / "empty.jsonl"):
        with pytest.raises(InvalidInput, match=r"holds no case$"):
            read_cases(str(where))


# The corpus of prompts as people type them ---------------------------------------------------------------------


CORPUS = {
    part: read_cases(str(FOLDER.parent / "corpus" / part), frozenset())
    for part in ("tune", "judged", "blind")
}


def test_the_corpus_is_large_its_parts_share_classes_and_no_prompt_stands_twice() -> None:
    tags = {part: {tag for case in cases for tag in case.tags} for part, cases in CORPUS.items()}
    prompts = [case.prompt for cases in CORPUS.values() for case in cases]
    assert len(prompts) == len(set(prompts)) >= 1500
    assert len(CORPUS["judged"]) >= 500
    assert tags["judged"] | tags["blind"] <= tags["tune"]
    assert len({case.lang for cases in CORPUS.values() for case in cases}) >= 20


def test_the_names_that_colleagues_gave_meet_what_they_ask_for() -> None:
    asked = ("matters", "avoids", "lawful", "no_leak")
    misses = [
        (case.place, measure)
        for cases in CORPUS.values()
        for case in cases
        for measure in asked
        if score(case, case.name or "", case.display_name or "").get(measure, 1.0) < 1.0
    ]
    assert misses == []
