"""Reading the corpora: `# language`, `> prompt`, then the titles judged with that prompt, one a line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

CORPORA = Path(__file__).parent / "corpora"


class Case(NamedTuple):
    """A title and the prompt that it answers."""

    language: str
    prompt: str
    title: str


def read_corpus(name: str) -> list[Case]:
    """Read the corpus `name`."""
    language, prompt, cases = "", "", []
    for line in (CORPORA / f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("# "):
            language = line[2:]
        elif line.startswith("> "):
            prompt = line[2:]
        elif line:
            cases.append(Case(language, prompt, line))
    return cases


class Complaints(NamedTuple):
    """What a language says is wrong with requests: every one of the things in every one of the states."""

    language: str
    prompts: tuple[str, ...]
    titles: tuple[str, ...]


def read_complaints() -> list[Complaints]:
    """Read the corpus of complaints: `# language`, `> prompt`, `things:`, `states:`, the last two lists of parts."""
    found: list[Complaints] = []
    language, things = "", [""]
    prompts: list[str] = []
    for line in (CORPORA / "complaints.txt").read_text("utf-8").splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "#":
            language, prompts = rest, []
        elif kind == ">":
            prompts.append(rest)
        elif kind == "things:":
            things = rest.split("|")
        else:
            titles = tuple(f"{thing}{state}" for thing in things for state in rest.split("|"))
            found.append(Complaints(language, tuple(prompts), titles))
    return found


def misses(
    answer: Callable[[str], object], cases: Iterable[tuple[str, ...]]
) -> list[tuple[str, object]]:
    """List what `answer` gives for the first of each case, where it is not the rest of it."""
    answers = ((case, answer(case[0])) for case in cases)
    return [
        (case[0], given)
        for case, given in answers
        if given != (case[1] if len(case) == 2 else case[1:])
    ]
