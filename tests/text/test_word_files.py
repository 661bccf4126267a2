"""The format of the word files, and that each of them keeps to it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from naming.text.patterns import entries_of, language_files
from naming.text.word_files import DATA, BadWordFile, parse_sections, read_sections

WORD_FILES = sorted(
    str(file.relative_to(Path(str(DATA)))) for file in Path(str(DATA)).rglob("*.txt")
)


def test_a_word_file_is_sections_of_entries() -> None:
    text = "# words\n[small words]\na the\nan\n\n[phrases]\none two\n    three\n"
    assert parse_sections(text, "x.txt") == {
        "small words": ("a the", "an"),
        "phrases": ("one twothree",),
    }


@pytest.mark.parametrize(
    "text", ["word\n", "  word\n", "[a]\n  word\n", "[a]\n[b]\nc\n[a]\n"], ids=repr
)
def test_what_breaks_the_format_is_told_with_its_line(text: str) -> None:
    with pytest.raises(BadWordFile, match=r"x\.txt, line \d: "):
        parse_sections(text, "x.txt")


def test_every_word_file_keeps_to_the_format() -> None:
    assert len(WORD_FILES) > len(language_files()) > 0
    assert [name for name in WORD_FILES if "" in map("".join, read_sections(name).values())] == []


def test_every_pattern_of_pastes_and_wrappers_can_be_compiled() -> None:
    sections = [
        (section, file)
        for file in WORD_FILES
        if file.startswith("cleaning")
        for section in read_sections(file)
    ]
    assert sections
    assert [re.compile(entry) for where in sections for entry in entries_of(*where)]


def test_every_pattern_that_judges_replies_can_be_compiled() -> None:
    assert [
        re.compile(entry)
        for entries in read_sections("validation.txt").values()
        for entry in entries
    ]


def test_phrases_that_lead_in_are_of_many_words_as_they_are_compared() -> None:
    phrases = [phrase for entry in entries_of("lead in phrases") for phrase in entry.split("|")]
    assert [phrase for phrase in phrases if phrase != " ".join(phrase.lower().split())] == []
    assert [phrase for phrase in phrases if " " not in phrase] == []


@pytest.mark.parametrize("file", ["title_words.txt", "injection.txt"])
def test_no_word_stands_twice_in_a_kind_of_words(file: str) -> None:
    for kind, entries in read_sections(file).items():
        words = " ".join(entries).split()
        assert [word for word, times in Counter(words).items() if times > 1] == [], kind


@pytest.mark.parametrize(
    "section", ["common words", "small words", "work", "things", "left out words", "turning words"]
)
def test_no_word_stands_twice_in_a_section_of_a_language(section: str) -> None:
    for file in language_files().values():
        words = " ".join(read_sections(file).get(section, ())).split()
        assert [word for word, times in Counter(words).items() if times > 1] == [], file


def test_every_word_of_a_random_name_has_one_reason_to_be_in_or_out() -> None:
    for section, entries in read_sections("random_words.txt").items():
        words = " ".join(entries).split()
        assert len(words) == len(set(words)), section
