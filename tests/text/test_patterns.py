"""Patterns and rules as the word files keep them."""

from __future__ import annotations

import re

import pytest

from naming.text import patterns
from naming.text.patterns import (
    WordPattern,
    entries_of,
    language_files,
    words_of_languages,
)
from naming.text.word_files import BadWordFile


@pytest.fixture
def two_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        "languages/en.txt": {
            "verbs": ("fix|add",),
            "small": ("a the",),
        },
        "languages/de.txt": {"small": ("der the",)},
    }
    monkeypatch.setattr(
        patterns, "language_files", lambda: {"en": "languages/en.txt", "de": "languages/de.txt"}
    )
    monkeypatch.setattr(patterns, "read_sections", files.__getitem__)


@pytest.mark.usefixtures("two_languages")
def test_a_section_in_braces_stands_for_any_of_its_entries() -> None:
    assert entries_of("verbs", "languages/de.txt") == ["fix|add"]
    assert WordPattern(r"{verbs}{2}\{verbs\}", flags=re.NOFLAG).compiled.fullmatch("fixadd{verbs}")
    assert WordPattern("{verbs}").compiled.match("FIX")


@pytest.mark.usefixtures("two_languages")
def test_a_section_that_is_nowhere_breaks_the_format() -> None:
    with pytest.raises(BadWordFile, match="there is no section"):
        entries_of("verb")


def test_english_comes_first_and_every_language_has_a_file() -> None:
    assert next(iter(language_files())) == "en"
    assert {"de", "es", "fr", "ja", "ru", "zh"} <= set(language_files())
    assert {"the", "der", "les"} <= words_of_languages("stop words")
