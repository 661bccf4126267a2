"""Patterns of the words and phrases in word files, put together and compiled when first used.

An entry of a pattern's section is a regular expression. `{verbs}` in it stands for any entry of
the section [verbs] of the same file or, where that has none, of the files of all languages. `␣` is
a space where the file would lose it: at the ends of an entry and of its lines.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from naming.text.word_files import DATA, BadWordFile, read_sections, words_in

_FIRST: Final = ("en", "es", "pt", "fr", "de", "it", "ru", "tr", "cs", "pl", "nl", "ar", "hi")
_REFERENCE: Final = re.compile(r"(?<!\\)\{([a-z]+(?: [a-z]+)*)\}")


@cache
def language_files() -> Mapping[str, str]:
    """List the word files of languages by the language's code, those of most prompts first."""
    codes = sorted(file.name.removesuffix(".txt") for file in (DATA / "languages").iterdir())
    return {code: f"languages/{code}.txt" for code in (*_FIRST, *codes)}


@cache
def words_of_languages(section: str) -> frozenset[str]:
    """Give the words that a section has in the files of all languages together."""
    return frozenset().union(*(words_in(file, section) for file in language_files().values()))


def entries_of(section: str, file: str | None = None) -> list[str]:
    """Give the patterns of a section, of `file` or else of all languages. Raises BadWordFile."""
    files = [file] if file and section in read_sections(file) else language_files().values()
    entries = [
        _filled(entry.replace("␣", " "), name)
        for name in files
        for entry in read_sections(name).get(section, ())
    ]
    if not entries:
        raise BadWordFile(f"{file or 'languages'}: there is no section [{section}]")
    return entries


def _filled(pattern: str, file: str | None) -> str:
    return _REFERENCE.sub(lambda found: f"(?:{'|'.join(entries_of(found[1], file))})", pattern)


@dataclass(frozen=True)
class WordPattern:
    """A pattern with `{section}`s of `file`, or of the languages, in it."""

    pattern: str
    file: str | None = None
    flags: re.RegexFlag = re.IGNORECASE

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern, compiled when first asked for."""
        return re.compile(_filled(self.pattern, self.file), self.flags)
