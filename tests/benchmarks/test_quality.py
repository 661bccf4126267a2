"""The comparison with other namers: peers that do what is said of them, and pages that hold what was measured."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given

from benchmarks.quality.__main__ import COLUMNS, SHORT, by_class, judge, put, rounded, table
from benchmarks.quality.peers import PEERS, ours, python_slugify, shortened, truncation
from naming.names import TaskName
from tests.evaluation.test_cases import CORPUS
from tests.strategies import hostile_text

ROOT = Path(__file__).parents[2]


def rows(page: str, heading: str) -> dict[str, list[str]]:
    text = (ROOT / page).read_text("utf-8").partition(heading)[2]
    cells = [
        [cell.strip() for cell in line.strip("| \n").split("|")]
        for line in text.splitlines()
        if "|" in line
    ]
    return {row[0]: row[1:] for row in cells if row[0] in PEERS}


def test_the_readme_and_the_page_hold_the_same_figures_of_every_peer() -> None:
    page, readme = (
        rows("docs/quality.md", "<!-- figures -->"),
        rows("README.md", "<!-- figures -->"),
    )
    assert list(page) == list(readme) == list(PEERS)
    for name, cells in page.items():
        of = dict(zip([*COLUMNS, "micros"], cells, strict=True))
        assert readme[name] == [of[each] for each in [*SHORT, "micros"]]


def test_truncation_cuts_at_a_whole_word() -> None:
    prompt = "Please fix\nthe login button on the settings page, which is cut off in Firefox"
    assert truncation(prompt) == (
        "please-fix-the-login",  # at the last space within the length
        "Please fix the login button on the settings page, which is cut…",
    )
    assert truncation("") == ("task-unnamed", "")
    assert truncation("x" * 90) == ("x" * 27, "X" + "x" * 62 + "…")
    assert python_slugify(prompt)[0] == "please-fix-the-login-button-on"


@given(hostile_text)
def test_ours_is_lawful_and_a_cut_line_fits(prompt: str) -> None:
    TaskName(*ours(prompt))
    assert len(shortened(prompt)) <= 64


def test_tables_hold_means_of_what_is_judged() -> None:
    some = [case for case in CORPUS["judged"] if "short" in case.tags]
    judged = {"ours": judge(ours, some), "cut": judge(truncation, some)}
    lines = table(judged, SHORT).splitlines()
    assert len(lines) == 4
    assert re.fullmatch(
        r"\| ours \| [01]\.\d{3} \([01]\.\d{3} to [01]\.\d{3}\) \|.*\| [\d,]+ \|", lines[2]
    )
    assert by_class(judged, ["short"]).splitlines()[2].startswith("| short | 20 | ")
    assert (rounded(1234.5), rounded(45.4)) == ("1,200", "45")


def test_figures_are_put_between_the_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- figures -->\nold\n<!-- end of figures -->\nb\n")
    put(page, "new")
    put(page, "newer")
    assert page.read_text() == "a\n<!-- figures -->\nnewer\n<!-- end of figures -->\nb\n"
