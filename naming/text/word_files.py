"""Words and phrases as people keep them: text files in `naming/data`, read when first asked for.

A file has sections of lines:

    # a comment, on a line of its own
    [section name]
    one entry
    another entry, which is long and
        goes on here: an indented line continues the one before, without its indentation
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

DATA: Final = files("naming") / "data"

_HEADING: Final = re.compile(r"\[([a-z_ ]+)\]")


class BadWordFile(ValueError):
    """A word file breaks the format. The message names the file and the line."""


@cache
def read_sections(name: str) -> Mapping[str, tuple[str, ...]]:
    """Read a file such as `languages/en.txt` of `naming/data` by section. Raises BadWordFile."""
    return parse_sections((DATA / name).read_text("utf-8"), name)


def parse_sections(text: str, name: str) -> dict[str, tuple[str, ...]]:
    """Take the `text` of a word file apart; `name` is how errors call it. Raises BadWordFile."""
    sections: dict[str, list[str]] = {}
    entries: list[str] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        entry = line.strip()
        if not entry or entry.startswith("#"):
            continue
        heading, place = _HEADING.fullmatch(line.rstrip()), f"{name}, line {number}"
        if heading is not None:
            if heading[1] in sections:
                raise BadWordFile(f"{place}: the section [{heading[1]}] was there before")
            entries = sections[heading[1]] = []
        elif entries is None or (line[0].isspace() and not entries):
            raise BadWordFile(f"{place}: belongs to no section or entry")
        elif line[0].isspace():
            entries[-1] += entry
        else:
            entries.append(entry)
    return {section: tuple(found) for section, found in sections.items()}


@cache
def words_in(name: str, section: str) -> frozenset[str]:
    """Give the words of a section, which spaces part; none where there is no such section."""
    return frozenset(" ".join(read_sections(name).get(section, ())).split())


def pairs_in(name: str, section: str) -> dict[str, str]:
    """Give what entries such as `ログイン login` put for what, the longest first."""
    pairs = (entry.split() for entry in read_sections(name).get(section, ()))
    return dict(sorted(pairs, key=lambda pair: -len(pair[0])))
